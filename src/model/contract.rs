//! How a handoff stands as a contract: what is required of it, and how well that is met.

use super::handoff::{Agreement, Handoff};
use super::requirement::Requirement;

/// The state of a handoff's requirements at a glance, from the worst to the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Contract {
    /// A must is not met: the handoff is red whatever else is green.
    Failed,
    /// A requirement that is no must is not met.
    Short,
    /// Nothing is required of it yet.
    Missing,
    /// None of the requirements that were evaluated is failed, and one cannot be tested or was never evaluated.
    Untested,
    /// All requirements were evaluated and are met.
    Met,
}

impl Contract {
    /// Every state, from the worst to the best.
    pub const ALL: [Self; 5] = [Self::Failed, Self::Short, Self::Missing, Self::Untested, Self::Met];

    /// The word in tables and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::Short => "short",
            Self::Missing => "missing",
            Self::Untested => "untested",
            Self::Met => "met",
        }
    }

    /// The words on the screen.
    pub fn title(self) -> &'static str {
        match self {
            Self::Failed => "must failed",
            Self::Short => "not all met",
            Self::Missing => "no requirement yet",
            Self::Untested => "not evaluated yet",
            Self::Met => "all met",
        }
    }
}

/// The state of a handoff's requirements; `None` where none are asked for: rework is to go away, not to be specified,
/// and an output that nobody receives has nobody to ask.
pub fn contract(handoff: &Handoff) -> Option<Contract> {
    let requirements = &handoff.requirements;
    if requirements.is_empty() {
        return (handoff.is_forward() && handoff.customer.is_some()).then_some(Contract::Missing);
    }
    let failed = |r: &&Requirement| r.met() == Some(false);
    let state = if requirements.iter().filter(failed).any(|r| r.must) {
        Contract::Failed
    } else if requirements.iter().any(|r| failed(&r)) {
        Contract::Short
    } else if requirements.iter().any(|r| r.met().is_none() || r.untestable().is_some()) {
        Contract::Untested
    } else {
        Contract::Met
    };
    Some(state)
}

/// How well the requirements that were evaluated are met.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Score {
    /// Σ weight · pass / Σ weight, 0 to 1. While a basic requirement fails, over the basic ones alone: they must pass
    /// before the others count.
    pub share: f64,
    /// True while a basic requirement fails.
    pub basics_fail: bool,
    /// Requirements that were evaluated.
    pub known: usize,
    /// All requirements.
    pub of: usize,
}

/// The score of a handoff; `None` when no requirement with a weight was evaluated.
pub fn score(handoff: &Handoff) -> Option<Score> {
    let evaluated: Vec<(&Requirement, bool)> =
        handoff.requirements.iter().filter_map(|r| Some((r, r.met()?))).collect();
    let basics_fail = evaluated.iter().any(|(r, met)| r.basic && !met);
    let counted = || evaluated.iter().filter(|(r, _)| r.basic || !basics_fail);
    let all: f64 = counted().map(|(r, _)| r.weight).sum();
    let passed: f64 = counted().filter(|(_, met)| *met).map(|(r, _)| r.weight).sum();
    let (known, of) = (evaluated.len(), handoff.requirements.len());
    (all > 0.0).then(|| Score { share: (passed / all).clamp(0.0, 1.0), basics_fail, known, of })
}

/// True for a handoff that hurts whoever receives it: a must failed.
pub fn is_red(handoff: &Handoff) -> bool {
    contract(handoff) == Some(Contract::Failed)
}

/// True when the supplier was told what is required.
pub fn is_told(handoff: &Handoff) -> bool {
    !matches!(handoff.agreement, Agreement::None | Agreement::Draft)
}

#[cfg(test)]
mod tests {
    use super::super::{History, Operator, PartyId, RequirementId};
    use super::*;

    /// A requirement with target 80, its weight, and how it is: `m`ust, `b`asic.
    fn requirement(kind: &str, weight: f64, actual: Option<f64>) -> Requirement {
        let id = RequirementId::parse("r").expect("id");
        Requirement {
            measure: "share".into(),
            operator: Some(Operator::AtLeast),
            target: Some(80.0),
            must: kind.contains('m'),
            basic: kind.contains('b'),
            weight,
            observations: actual.map(History::of).unwrap_or_default(),
            ..Requirement::new(id, "complete")
        }
    }

    fn handoff(requirements: Vec<Requirement>) -> Handoff {
        let id = |text| PartyId::parse(text).ok();
        Handoff { requirements, ..Handoff::between(id("a"), id("b"), "file") }
    }

    #[test]
    fn the_state_is_the_worst_there_is() {
        let (good, bad) = (Some(80.0), Some(45.0));
        let state = |list: &[(&str, Option<f64>)]| {
            contract(&handoff(list.iter().map(|(kind, actual)| requirement(kind, 1.0, *actual)).collect()))
        };
        assert_eq!(state(&[]), Some(Contract::Missing));
        assert_eq!(state(&[("m", None)]), Some(Contract::Untested));
        assert_eq!(state(&[("m", good), ("m", None)]), Some(Contract::Untested));
        assert_eq!(state(&[("m", good), ("", bad), ("", None)]), Some(Contract::Short));
        assert_eq!(state(&[("m", bad), ("", good), ("", bad)]), Some(Contract::Failed));
        assert_eq!(state(&[("m", good), ("", good)]), Some(Contract::Met));
        assert_eq!(contract(&Handoff { kind: super::super::HandoffKind::Rework, ..handoff(vec![]) }), None);
        assert_eq!(contract(&Handoff { customer: None, ..handoff(vec![]) }), None);
        assert_eq!(contract(&Handoff { supplier: None, ..handoff(vec![]) }), Some(Contract::Missing));
    }

    #[test]
    fn the_score_weighs_what_was_evaluated_and_basics_come_first() {
        let (good, bad) = (Some(80.0), Some(45.0));
        let of = |list: Vec<Requirement>| score(&handoff(list)).map(|s| (s.share, s.basics_fail, s.known, s.of));
        assert_eq!(of(vec![]), None);
        assert_eq!(of(vec![requirement("", 1.0, None)]), None, "nothing evaluated");
        assert_eq!(of(vec![requirement("", 0.0, good)]), None, "nothing that weighs");
        let weighed = vec![requirement("", 3.0, good), requirement("", 1.0, bad), requirement("", 9.0, None)];
        assert_eq!(of(weighed), Some((0.75, false, 2, 3)));
        let basics = vec![requirement("b", 1.0, bad), requirement("b", 1.0, good), requirement("", 8.0, good)];
        assert_eq!(of(basics), Some((0.5, true, 3, 3)), "the differentiating one does not count yet");
        let passed = vec![requirement("b", 1.0, good), requirement("", 3.0, bad)];
        assert_eq!(of(passed), Some((0.25, false, 2, 2)));
    }
}
