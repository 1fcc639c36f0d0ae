//! What the map tells by itself: a table of rules, each of which finds one kind of trouble.
//!
//! No two rules report one cause: an untestable requirement was not "never evaluated" too, a handoff with an open end
//! is not a process without a customer too, and a fence is reported where a requirement could be told and was not.

mod handoffs;
mod improve;
mod map;
mod measures;
mod time;

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::graph::{Chain, Link, Walk};
use super::layers;
use super::quality::roughly_sorted;
use crate::model::{Dismissal, Document, Part, Requirement, RequirementId, Subject};

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Somebody is hurt by it now, or the figures miss their end.
    Error,
    /// The chain has a hole here.
    Warning,
    /// Something is still to be filled in.
    Note,
}

impl Severity {
    /// Every severity, the gravest first.
    pub const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Note];

    /// The word in JSON and in lists.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// What the rules look at.
#[derive(Debug)]
pub struct Seen<'a> {
    /// The chain.
    pub chain: &'a Chain<'a>,
    /// [`Chain::whole`].
    pub whole: &'a Walk,
    /// [`layers::nearest`]: `None` is unconnected.
    pub layers: &'a [Option<usize>],
    /// The day it is; without one nothing is stale or overdue.
    pub today: Option<Date>,
    /// The last day on which an observation is not stale.
    oldest: Option<Date>,
}

impl<'a> Seen<'a> {
    /// See the fields.
    pub fn new(chain: &'a Chain<'a>, whole: &'a Walk, layers: &'a [Option<usize>], today: Option<Date>) -> Self {
        let days = (chain.document().info().stale_after_days as i64).days();
        let oldest = today.and_then(|today| today.checked_sub(days).ok());
        Self { chain, whole, layers, today, oldest }
    }

    /// The party of an index as [`Document::name_of`] calls it, without looking for it by its id.
    fn name(&self, party: usize) -> Cow<'a, str> {
        let numbers = self.chain.numbers();
        let name = numbers.name[party];
        if is_blank(name) {
            format!("unnamed {}", numbers.kind[party].title().to_lowercase()).into()
        } else {
            name.into()
        }
    }

    /// The link in quotes.
    fn quote(&self, link: &Link<'_>) -> String {
        format!("“{}”", self.chain.document().describe(link.handoff))
    }
}

/// Where a rule found something, and what is to be said there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The party or handoff; `None` is the map as a whole.
    pub subject: Option<Subject>,
    /// The requirement or measure, when it is about one.
    pub part: Option<Part>,
    /// One sentence that names the thing.
    pub said: Said,
}

/// One sentence that names the thing a finding is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// The whole sentence.
    Whole(Box<str>),
    /// What follows the handoff, which stands before it in quotes. Of these a large map has very many, so the names in
    /// them are put in when they are read.
    OfHandoff(Cow<'static, str>),
}

impl Hit {
    /// About a party or handoff as a whole.
    fn at(subject: Subject, message: String) -> Self {
        Self { subject: Some(subject), part: None, said: Said::Whole(message.into()) }
    }

    /// About a handoff, whose name in quotes stands before the words.
    fn of(link: &Link<'_>, words: impl Into<Cow<'static, str>>) -> Self {
        Self { subject: Some(Subject::Handoff(link.id)), part: None, said: Said::OfHandoff(words.into()) }
    }
}

/// What a rule looks at. It adds a hit for everything it finds there.
#[derive(Debug, Clone, Copy)]
pub enum Look {
    /// The map as a whole, once.
    Map(fn(&Seen<'_>, &mut Vec<Hit>)),
    /// Every party, by its index.
    Party(fn(&Seen<'_>, usize, &mut Vec<Hit>)),
    /// Every handoff.
    Handoff(fn(&Seen<'_>, &Link<'_>, &mut Vec<Hit>)),
    /// Every requirement of every handoff; says what is to be said of it after its name.
    Requirement(fn(&Seen<'_>, &Requirement) -> Option<String>),
}

/// One kind of finding.
#[derive(Debug)]
pub struct Rule {
    /// Stable name, kebab-case.
    pub kind: &'static str,
    /// What it is called on the screen.
    pub title: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// Why it matters.
    pub why: &'static str,
    /// What to do.
    pub remedy: &'static str,
    /// Where it looks.
    pub looks: &'static [Look],
}

/// Something the map tells by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// [`Rule::kind`].
    pub kind: &'static str,
    /// [`Rule::severity`].
    pub severity: Severity,
    /// The party or handoff; `None` is the map as a whole.
    pub subject: Option<Subject>,
    /// The requirement or measure, when it is about one.
    pub part: Option<Part>,
    /// See [`Finding::message`].
    pub said: Said,
}

impl Finding {
    /// The requirement of the handoff, when it is about one.
    pub fn requirement(&self) -> Option<RequirementId> {
        match self.part {
            Some(Part::Requirement(id)) => Some(id),
            _ => None,
        }
    }

    /// One sentence that names the thing, on the map that it was found on.
    pub fn message(&self, document: &Document) -> Cow<'_, str> {
        let handoff = || match self.subject {
            Some(Subject::Handoff(id)) => document.handoff(id).map(|handoff| document.describe(handoff)),
            _ => None,
        };
        match &self.said {
            Said::Whole(message) => Cow::Borrowed(message),
            Said::OfHandoff(words) => format!("“{}”{words}", handoff().unwrap_or_default()).into(),
        }
    }

    /// What it is called on the screen.
    pub fn title(&self) -> &'static str {
        self.rule().map_or(self.kind, |rule| rule.title)
    }

    /// Why it matters.
    pub fn why(&self) -> &'static str {
        self.rule().map_or("", |rule| rule.why)
    }

    /// What to do.
    pub fn remedy(&self) -> &'static str {
        self.rule().map_or("", |rule| rule.remedy)
    }

    fn rule(&self) -> Option<&'static Rule> {
        ALL.iter().find(|rule| rule.kind == self.kind).copied()
    }
}

/// All that was found: what is raised, and what somebody put aside.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Findings {
    /// What is raised, the gravest first, then by rule, then parties before handoffs and each in the order of names.
    pub raised: Vec<Finding>,
    /// What is put aside, with the reason, in the same order.
    pub dismissed: Vec<(Finding, Dismissal)>,
}

/// Every rule, the gravest first.
pub const ALL: &[&Rule] = &[
    &map::NO_EXTERNAL_CUSTOMER,
    &handoffs::MUST_FAILED,
    &map::REACHES_NO_CUSTOMER,
    &map::LOOP,
    &handoffs::NOBODY_RECEIVES,
    &handoffs::NOBODY_SUPPLIES,
    &handoffs::DISPUTED,
    &measures::LOCAL_GREEN,
    &measures::RATED_APART,
    &time::OVERDUE,
    &improve::WITHOUT_BASELINE,
    &improve::OVERDUE,
    &handoffs::WITHOUT_REQUIREMENT,
    &handoffs::UNTESTABLE,
    &handoffs::FENCE,
    &handoffs::NEVER_EVALUATED,
    &time::STALE,
    &measures::PROMISE_UNMEASURED,
    &measures::ONLY_LAGGING,
    &measures::ONLY_LEADING,
    &improve::WITHOUT_REASON,
    &time::RANGE,
    &map::UNNAMED_PARTY,
    &handoffs::UNNAMED_ITEM,
];

/// All findings of the map on a day.
pub fn findings(chain: &Chain<'_>, today: Option<Date>) -> Findings {
    let whole = chain.whole();
    let layers = layers::nearest(chain);
    findings_in(&Seen::new(chain, &whole, &layers, today))
}

pub(super) fn findings_in(seen: &Seen<'_>) -> Findings {
    let (hits, aside) = look(seen);
    let count = hits.iter().map(|hits| hits.len()).sum();
    let mut all = Findings { raised: Vec::with_capacity(count), dismissed: Vec::new() };
    for (rule, hits) in ALL.iter().zip(hits) {
        for hit in hits.in_order() {
            let dismissal = aside.get(&(hit.subject, hit.part, rule.kind));
            let finding = rule.raise(hit);
            match dismissal {
                None => all.raised.push(finding),
                Some(dismissal) => all.dismissed.push((finding, (*dismissal).clone())),
            }
        }
    }
    all
}

/// What is put aside, by what it is about.
type Aside<'a> = BTreeMap<(Option<Subject>, Option<Part>, &'a str), &'a Dismissal>;

/// What one rule finds at the map, at parties and at handoffs.
#[derive(Default)]
struct Hits {
    map: Vec<Hit>,
    parties: Vec<Hit>,
    handoffs: Vec<Hit>,
    /// The indices of the parties and links, one for each hit at them.
    party_at: Vec<usize>,
    link_at: Vec<usize>,
}

impl Hits {
    fn len(&self) -> usize {
        self.map.len() + self.parties.len() + self.handoffs.len()
    }

    /// The map, then parties, then handoffs, each in the order of the chain; several at one as they were found.
    fn in_order(self) -> impl Iterator<Item = Hit> {
        let Self { map, parties, handoffs, party_at, link_at } = self;
        map.into_iter().chain(sorted(parties, &party_at)).chain(sorted(handoffs, &link_at))
    }
}

fn sorted(hits: Vec<Hit>, at: &[usize]) -> impl Iterator<Item = Hit> + use<> {
    // The last bits, by which is not sorted, are kept free.
    let bits = at.len().next_power_of_two().ilog2();
    let order = roughly_sorted(at.iter().map(|at| (*at as u64) << bits), at.len());
    let mut hits: Vec<Option<Hit>> = hits.into_iter().map(Some).collect();
    order.into_iter().filter_map(move |hit| hits[hit].take())
}

/// What each rule finds, and what is put aside. Every record is looked at once, by all rules, in the order in which records
/// lie in memory: going there takes longer than most rules.
fn look<'a>(seen: &Seen<'a>) -> (Vec<Hits>, Aside<'a>) {
    let mut hits: Vec<Hits> = ALL.iter().map(|_| Hits::default()).collect();
    let (mut at_parties, mut at_handoffs, mut at_requirements) = (Vec::new(), Vec::new(), Vec::new());
    let mut aside = Aside::new();
    for (rule, look) in ALL.iter().enumerate().flat_map(|(at, rule)| rule.looks.iter().map(move |look| (at, look))) {
        match look {
            Look::Map(look) => look(seen, &mut hits[rule].map),
            Look::Party(look) => at_parties.push((rule, look)),
            Look::Handoff(look) => at_handoffs.push((rule, look)),
            Look::Requirement(look) => at_requirements.push((rule, look)),
        }
    }
    let mut put_aside = |subject: Option<Subject>, dismissed: &'a [Dismissal]| {
        for dismissal in dismissed {
            aside.entry((subject, dismissal.part, dismissal.kind.as_str())).or_insert(dismissal);
        }
    };
    put_aside(None, &seen.chain.document().info().dismissed);
    for &at in seen.chain.parties_by_id() {
        let (id, party) = seen.chain.parties()[at];
        put_aside(Some(Subject::Party(id)), &party.dismissed);
        for (rule, look) in &at_parties {
            let Hits { parties, party_at, .. } = &mut hits[*rule];
            look(seen, at, parties);
            party_at.resize(parties.len(), at);
        }
    }
    for &at in seen.chain.links_by_id() {
        let link = &seen.chain.links()[at];
        put_aside(Some(Subject::Handoff(link.id)), &link.handoff.dismissed);
        for (rule, look) in &at_handoffs {
            let Hits { handoffs, link_at, .. } = &mut hits[*rule];
            look(seen, link, handoffs);
            link_at.resize(handoffs.len(), at);
        }
        for requirement in &link.handoff.requirements {
            for (rule, look) in &at_requirements {
                if let Some(words) = look(seen, requirement) {
                    hits[*rule].handoffs.push(of_requirement(link, requirement, &words));
                    hits[*rule].link_at.push(at);
                }
            }
        }
    }
    (hits, aside)
}

fn of_requirement(link: &Link<'_>, requirement: &Requirement, words: &str) -> Hit {
    let what = quoted(&requirement.text, "an unnamed requirement");
    Hit { part: Some(Part::Requirement(requirement.id)), ..Hit::of(link, format!(", {what}: {words}.")) }
}

impl Rule {
    fn raise(&self, Hit { subject, part, said }: Hit) -> Finding {
        let Self { kind, severity, .. } = *self;
        Finding { kind, severity, subject, part, said }
    }
}

/// The words in quotes, or `instead` where there are none.
fn quoted(words: &str, instead: &str) -> String {
    if is_blank(words) { instead.into() } else { format!("“{}”", words.trim()) }
}

/// True when there is nothing but space. Mostly the first letter tells.
fn is_blank(words: &str) -> bool {
    words.chars().all(char::is_whitespace)
}
