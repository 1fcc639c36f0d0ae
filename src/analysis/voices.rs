//! The voice of the customer added up: opportunities, the gap matrix, and the internal NPS.

use std::collections::BTreeMap;

use crate::model::{Party, PartyId, Voice, VoiceId, VoiceKind};

/// Fewest answers from which an NPS is given; with fewer, the answers are shown.
pub const LEAST_ANSWERS: f64 = 10.0;

/// Opportunity of an expectation on 0–10: importance + max(importance − satisfaction, 0).
pub fn opportunity(importance: f64, satisfaction: f64) -> f64 {
    importance + (importance - satisfaction).max(0.0)
}

/// What one customer wants (or is hindered by), over everybody who said so in the same words.
#[derive(Debug, Clone, PartialEq)]
pub struct Wish {
    /// The customer; `None` when it is not said which.
    pub customer: Option<PartyId>,
    /// Their words.
    pub text: String,
    /// The voices it is made of.
    pub voices: Vec<VoiceId>,
    /// Mean importance, 0 to 10, each voice counting for its people.
    pub importance: Option<f64>,
    /// Mean satisfaction, 0 to 10.
    pub satisfaction: Option<f64>,
    /// How many people it stands for.
    pub people: f64,
}

impl Wish {
    /// [`opportunity`], when both marks are known.
    pub fn opportunity(&self) -> Option<f64> {
        Some(opportunity(self.importance?, self.satisfaction?))
    }
}

/// The expectations (or the challenges) about a process, the greatest opportunity first; those without marks last. Voices
/// of one customer with the same words (whatever their case) are one.
pub fn wishes(party: &Party, kind: VoiceKind) -> Vec<Wish> {
    let mut groups: BTreeMap<(Option<PartyId>, String), Vec<&Voice>> = BTreeMap::new();
    for voice in party.voices.iter().filter(|voice| voice.kind == kind) {
        groups.entry((voice.customer, voice.text.trim().to_lowercase())).or_default().push(voice);
    }
    let mut wishes: Vec<Wish> = groups.into_iter().map(|((customer, _), voices)| wish(customer, &voices)).collect();
    let rank = |wish: &Wish| wish.opportunity().or(wish.importance.map(|i| i - 100.0)).unwrap_or(f64::NEG_INFINITY);
    wishes.sort_by(|a, b| rank(b).total_cmp(&rank(a)));
    wishes
}

fn wish(customer: Option<PartyId>, voices: &[&Voice]) -> Wish {
    Wish {
        customer,
        text: voices.first().map_or_else(String::new, |voice| voice.text.trim().to_owned()),
        voices: voices.iter().map(|voice| voice.id).collect(),
        importance: mean(voices, |voice| voice.importance),
        satisfaction: mean(voices, |voice| voice.satisfaction),
        people: voices.iter().map(|voice| people(voice)).sum(),
    }
}

fn people(voice: &Voice) -> f64 {
    voice.people.unwrap_or(1.0)
}

/// The mean of the known values, each voice counting for its people; voices of nobody count nothing.
fn mean(voices: &[&Voice], value: impl Fn(&Voice) -> Option<f64>) -> Option<f64> {
    let known = voices.iter().filter_map(|voice| Some((value(voice)?, people(voice))));
    let (sum, weight) =
        known.fold((0.0, 0.0), |(sum, weight), (value, people)| (sum + value * people, weight + people));
    (weight > 0.0).then(|| (sum / weight).clamp(0.0, 10.0))
}

/// Where the cross-hairs of the gap matrix stand: the mean satisfaction and the mean importance of all expectations that
/// have both; `None` when there is none.
pub fn cross_hairs(wishes: &[Wish]) -> Option<(f64, f64)> {
    let marked: Vec<(f64, f64)> = wishes.iter().filter_map(|w| Some((w.satisfaction?, w.importance?))).collect();
    let n = marked.len() as f64;
    let sum = marked.iter().fold((0.0, 0.0), |sum, mark| (sum.0 + mark.0, sum.1 + mark.1));
    (n > 0.0).then_some((sum.0 / n, sum.1 / n))
}

/// How likely the internal customers are to recommend a process.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Recommended {
    /// People who answered 9 or 10.
    pub promoters: f64,
    /// People who answered 0 to 6.
    pub detractors: f64,
    /// People who answered.
    pub n: f64,
    /// Every answer and how many people gave it, the lowest first.
    pub answers: Vec<(f64, f64)>,
}

impl Recommended {
    /// The net promoter score from −100 to 100; `None` below [`LEAST_ANSWERS`] answers (show the answers instead).
    pub fn score(&self) -> Option<f64> {
        (self.n >= LEAST_ANSWERS).then(|| (self.promoters - self.detractors) / self.n * 100.0)
    }
}

/// The answers among some voices; `None` when nobody was asked.
pub fn recommended<'a>(voices: impl IntoIterator<Item = &'a Voice>) -> Option<Recommended> {
    let voices = voices.into_iter().filter(|voice| voice.kind == VoiceKind::Recommendation);
    let mut all = Recommended::default();
    for (answer, people) in voices.filter_map(|voice| Some((voice.satisfaction?, people(voice)))) {
        all.n += people;
        all.promoters += if answer >= 9.0 { people } else { 0.0 };
        all.detractors += if answer <= 6.0 { people } else { 0.0 };
        match all.answers.iter_mut().find(|(known, _)| *known == answer) {
            Some((_, count)) => *count += people,
            None => all.answers.push((answer, people)),
        }
    }
    all.answers.sort_by(|a, b| a.0.total_cmp(&b.0));
    (all.n > 0.0).then_some(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::PartyKind;

    fn voice(n: usize, kind: VoiceKind, text: &str, marks: (Option<f64>, Option<f64>), people: Option<f64>) -> Voice {
        let (importance, satisfaction) = marks;
        let id = VoiceId::parse(&format!("v{n}")).expect("id");
        Voice { importance, satisfaction, people, ..Voice::new(id, PartyId::parse("c").ok(), kind, text) }
    }

    fn process(voices: Vec<Voice>) -> Party {
        Party { voices, ..Party::named("Lab", PartyKind::Process) }
    }

    #[test]
    fn opportunities_are_those_of_the_method() {
        assert_eq!(opportunity(9.0, 3.0), 15.0);
        assert_eq!(opportunity(9.0, 9.0), 9.0);
        assert_eq!(opportunity(3.0, 9.0), 3.0, "never below the importance");
    }

    #[test]
    fn voices_with_the_same_words_are_one_and_the_greatest_opportunity_is_first() {
        use VoiceKind::{Challenge, Expectation};
        let party = process(vec![
            voice(1, Expectation, "Fast", (Some(9.0), Some(9.0)), None),
            voice(2, Expectation, "Complete", (Some(8.0), Some(4.0)), Some(3.0)),
            voice(3, Expectation, " complete ", (Some(10.0), None), None),
            voice(4, Expectation, "Friendly", (Some(5.0), None), None),
            voice(5, Expectation, "Cheap", (None, None), Some(0.0)),
            voice(6, Challenge, "Complete", (Some(1.0), None), None),
        ]);
        let all = wishes(&party, Expectation);
        let names: Vec<&str> = all.iter().map(|wish| wish.text.as_str()).collect();
        assert_eq!(names, ["Complete", "Fast", "Friendly", "Cheap"]);
        assert_eq!((all[0].importance, all[0].satisfaction, all[0].people), (Some(8.5), Some(4.0), 4.0));
        assert_eq!((all[0].opportunity(), all[1].opportunity(), all[2].opportunity()), (Some(13.0), Some(9.0), None));
        assert_eq!(cross_hairs(&all), Some((6.5, 8.75)));
        assert_eq!(cross_hairs(&all[2..]), None);
        assert_eq!(wishes(&party, Challenge).len(), 1);
    }

    #[test]
    fn the_score_is_promoters_minus_detractors_and_not_given_for_few() {
        let answers = |list: &[(f64, f64)]| {
            let voices = list.iter().enumerate();
            let voices = voices.map(|(i, (answer, people))| {
                voice(i, VoiceKind::Recommendation, "", (None, Some(*answer)), Some(*people))
            });
            recommended(&process(voices.collect()).voices)
        };
        let ten = answers(&[(10.0, 2.0), (9.0, 1.0), (8.0, 3.0), (7.0, 2.0), (6.0, 1.0), (0.0, 1.0)]).expect("asked");
        assert!((ten.score().expect("enough") - 10.0).abs() < 1e-9, "30 % promoters, 20 % detractors");
        let nine = answers(&[(10.0, 9.0)]).expect("asked");
        assert_eq!((nine.score(), nine.answers), (None, vec![(10.0, 9.0)]));
        assert_eq!(answers(&[]), None);
        assert_eq!(answers(&[(10.0, 0.0)]), None, "nobody");
    }
}
