//! What the customers of a party said: expectations by opportunity, challenges, and whether they would recommend it.

use std::collections::BTreeMap;

use crate::analysis::{self, recommended};
use crate::model::quantity::{number, rounded};
use crate::model::{Party, PartyId, Voice, VoiceKind};
use crate::writing::{Block, Side, Table, Tone, Words};

/// What is to be gained by meeting an expectation; `None` without both marks.
pub(super) fn opportunity(voice: &Voice) -> Option<f64> {
    Some(analysis::opportunity(voice.importance?, voice.satisfaction?))
}

/// The voices about a party by their customer; `None` where it is not said which.
pub(super) fn by_customer(party: &Party) -> BTreeMap<Option<PartyId>, Vec<&Voice>> {
    let mut all: BTreeMap<Option<PartyId>, Vec<&Voice>> = BTreeMap::new();
    for voice in &party.voices {
        all.entry(voice.customer).or_default().push(voice);
    }
    all
}

/// What was said, as blocks; none where nothing was.
pub(super) fn said(voices: &[&Voice]) -> Vec<Block> {
    let of = |kind| voices.iter().copied().filter(move |voice| voice.kind == kind);
    let mut blocks = Vec::new();
    // Greatest first, the unknown last; stable, so that equals stay as they were noted.
    let sorted = |kind, key: fn(&Voice) -> Option<f64>| {
        let mut all: Vec<&Voice> = of(kind).collect();
        all.sort_by(|a, b| key(b).unwrap_or(-1.0).total_cmp(&key(a).unwrap_or(-1.0)));
        all
    };
    let expectations = sorted(VoiceKind::Expectation, opportunity);
    if !expectations.is_empty() {
        blocks.push(table("They expect", &["Importance", "Satisfaction", "Opportunity"], &expectations));
    }
    let challenges = sorted(VoiceKind::Challenge, |voice| voice.importance);
    if !challenges.is_empty() {
        blocks.push(table("What gets in their way", &["Hinders"], &challenges));
    }
    let answers: Vec<&Voice> = of(VoiceKind::Recommendation).collect();
    blocks.extend(recommendation(&answers).map(Block::Paragraph));
    blocks
}

fn table(what: &str, numbers: &[&str], voices: &[&Voice]) -> Block {
    let mut head = vec![(what.to_owned(), Side::Left)];
    head.extend(numbers.iter().map(|name| ((*name).to_owned(), Side::Right)));
    let row = |voice: &&Voice| {
        let text = if voice.text.trim().is_empty() { "no words" } else { voice.text.trim() };
        let mut cells = vec![Words::plain(text).line(Tone::Faint, source(voice))];
        let values = [voice.importance, voice.satisfaction, opportunity(voice)];
        cells.extend(values.into_iter().take(numbers.len()).map(mark));
        cells
    };
    Block::Table(Table { head, rows: voices.iter().map(row).collect(), tall: false })
}

fn mark(value: Option<f64>) -> Words {
    value.map_or_else(|| Words::of(Tone::Faint, "not\u{a0}known"), |value| Words::plain(rounded(value, 1)))
}

fn source(voice: &Voice) -> String {
    let mut parts: Vec<String> =
        Some(voice.source.trim()).filter(|s| !s.is_empty()).map(str::to_owned).into_iter().collect();
    parts.extend(voice.when.map(|when| when.to_string()));
    parts.extend(voice.people.filter(|people| *people != 1.0).map(|people| format!("{} people", number(people))));
    parts.join(", ")
}

/// The net promoter score: % of 9–10 minus % of 0–6; of few answers the answers themselves.
pub(super) fn recommendation(voices: &[&Voice]) -> Option<Words> {
    let asked = recommended(voices.iter().copied())?;
    let words = Words::plain("Would they recommend us? ");
    let Some(score) = asked.score() else {
        let marks = asked.answers.iter().map(|(mark, people)| {
            let mark = rounded(*mark, 1);
            if *people == 1.0 { mark } else { format!("{mark} (× {})", number(*people)) }
        });
        let marks: Vec<String> = marks.collect();
        return Some(words.then(Tone::Strong, marks.join(", ")).and(" of 10: too few answers for a score."));
    };
    let sign = if score > 0.0 { "+" } else { "" };
    Some(
        words
            .then(Tone::Strong, format!("{sign}{}", rounded(score, 0)))
            .and(format!(" (internal NPS, n = {})", number(asked.n))),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::VoiceId;

    fn voice(kind: VoiceKind, importance: f64, satisfaction: f64, people: f64) -> Voice {
        let numbers = (Some(importance), Some(satisfaction), Some(people));
        let (importance, satisfaction, people) = numbers;
        let id = VoiceId::parse("v").expect("id");
        Voice { importance, satisfaction, people, ..Voice::new(id, None, kind, "fast") }
    }

    #[test]
    fn opportunity_is_as_in_the_tables() {
        assert_eq!(opportunity(&voice(VoiceKind::Expectation, 9.0, 3.0, 1.0)), Some(15.0));
        assert_eq!(opportunity(&voice(VoiceKind::Expectation, 9.0, 9.0, 1.0)), Some(9.0));
        assert_eq!(opportunity(&Voice { importance: None, ..voice(VoiceKind::Expectation, 9.0, 9.0, 1.0) }), None);
    }

    #[test]
    fn few_answers_are_shown_and_many_make_a_score() {
        let of = |answers: &[(f64, f64)]| {
            let all: Vec<Voice> = answers.iter().map(|(m, n)| voice(VoiceKind::Recommendation, 0.0, *m, *n)).collect();
            recommendation(&all.iter().collect::<Vec<_>>()).map(|words| words.lines[0][1].text.clone())
        };
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[(9.0, 1.0), (2.0, 1.0)]).as_deref(), Some("2, 9"));
        assert_eq!(of(&[(9.0, 3.0), (8.0, 5.0), (6.0, 2.0)]).as_deref(), Some("+10"));
        assert_eq!(of(&[(6.0, 10.0)]).as_deref(), Some("-100"));
        assert_eq!(of(&[(6.0, 0.0)]), None);
    }
}
