//! The voice of the customer: what a customer of a process said they want, what gets in their way, and whether they would
//! recommend it.

use super::check::{Checks, number_fits, text_fits};
use super::handoff::words;
use super::id::{PartyId, VoiceId};
use super::quantity::{SAMPLE, SCORE};
use super::when::When;

/// Most voices about one process.
pub const MOST_VOICES: usize = 10_000;

words!(
    /// What a customer spoke of.
    VoiceKind {
        /// Something they want.
        #[default]
        Expectation = "expectation", "Expectation";
        /// Something that gets in their way.
        Challenge = "challenge", "Challenge";
        /// How likely they are to recommend the process, 0 to 10, in `satisfaction`.
        Recommendation = "recommendation", "Recommendation";
    }
);

/// Something that was said about a process by one of its customers.
///
/// The customer may be gone from the map since: what was said is kept all the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Voice {
    /// Stays with it through edits and merges.
    pub id: VoiceId,
    /// The customer, internal or external; `None` when it is not said which.
    pub customer: Option<PartyId>,
    /// Expectation, challenge or recommendation.
    pub kind: VoiceKind,
    /// Their words.
    pub text: String,
    /// How much it matters to them, 0 to 10. Of a challenge: how much it hinders.
    pub importance: Option<f64>,
    /// How well it is met today, 0 to 10. Of a recommendation: the answer.
    pub satisfaction: Option<f64>,
    /// Who said it, or where it was asked.
    pub source: String,
    /// When.
    pub when: Option<When>,
    /// How many people it stands for; `None` is one.
    pub people: Option<f64>,
}

impl Voice {
    /// A voice of which only kind and words are known.
    pub fn new(id: VoiceId, customer: Option<PartyId>, kind: VoiceKind, text: impl Into<String>) -> Self {
        Self {
            id,
            customer,
            kind,
            text: text.into(),
            importance: None,
            satisfaction: None,
            source: String::new(),
            when: None,
            people: None,
        }
    }

    /// Calls `report` with every field that holds what it may not.
    pub(super) fn check(&self, report: Checks<'_>) {
        let Self { id: _, customer: _, kind: _, text, importance, satisfaction, source, when: _, people } = self;
        text_fits("expectation", text, report);
        text_fits("source", source, report);
        number_fits("importance", SCORE, *importance, report);
        number_fits("satisfaction", SCORE, *satisfaction, report);
        number_fits("people", SAMPLE, *people, report);
    }
}
