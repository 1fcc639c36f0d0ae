//! Figures as the window says them.

use crate::analysis::Figure;
use crate::model::quantity::duration;
pub use crate::model::words::{count, gained, money, percent, points};

/// A length of time that may be more, while some times are unknown: "≥ 7.9 h".
pub fn at_least(figure: &Figure, hours_per_day: f64) -> Option<String> {
    let least = if figure.is_partial() { "≥ " } else { "" };
    figure.value.map(|hours| format!("{least}{}", duration(hours, hours_per_day)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_more_says_so() {
        let partial = Figure { value: Some(2.0), known: 1, of: 2 };
        assert_eq!(at_least(&partial, 8.0).as_deref(), Some("≥ 2 h"));
        assert_eq!(at_least(&Figure { known: 2, ..partial }, 8.0).as_deref(), Some("2 h"));
        assert_eq!(at_least(&Figure::default(), 8.0), None);
    }
}
