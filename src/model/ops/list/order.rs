//! The order of the rows.

use std::collections::BTreeMap;

use super::{Column, state};
use crate::model::{Agreement, Document, Handoff, HandoffId, PartyId, score};

/// By what rows are ordered within a column.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Number(u64),
    Text(String),
}

/// All handoffs in order; see [`super::rows`].
pub(super) fn ordered(document: &Document, sort: Option<(Column, bool)>) -> Vec<HandoffId> {
    let names = Names::of(document);
    let mut rows: Vec<(HandoffId, &Handoff)> = document.handoffs().map(|(id, handoff)| (id, &**handoff)).collect();
    let last = |rank: Option<u64>| (rank.is_none(), rank);
    rows.sort_by_cached_key(|(id, h)| {
        (last(names.rank(h.supplier)), last(names.rank(h.customer)), natural(&h.item), *id)
    });
    if let Some((column, down)) = sort {
        let mut keyed: Vec<(Option<Key>, HandoffId)> =
            rows.into_iter().map(|(id, handoff)| (key(handoff, column, &names), id)).collect();
        // Stable, so equal ones stay by their names.
        keyed.sort_by(|(a, _), (b, _)| match (a, b) {
            (Some(a), Some(b)) if down => b.cmp(a),
            (Some(a), Some(b)) => a.cmp(b),
            _ => a.is_none().cmp(&b.is_none()),
        });
        return keyed.into_iter().map(|(_, id)| id).collect();
    }
    rows.into_iter().map(|(id, _)| id).collect()
}

/// The key of a row; `None` when it is unknown.
fn key(handoff: &Handoff, column: Column, names: &Names) -> Option<Key> {
    let number = |value: Option<f64>| Some(Key::Number(ordinal(value?)));
    let text = |text: &str| Some(natural(text)).filter(|key| !key.is_empty()).map(Key::Text);
    match column {
        Column::Supplier => names.rank(handoff.supplier).map(Key::Number),
        Column::Customer => names.rank(handoff.customer).map(Key::Number),
        Column::Item => text(&handoff.item),
        Column::State => state(handoff).rank().map(Key::Number),
        Column::Requirements => text(&super::worst(handoff)?.text),
        Column::Score => number(score(handoff).map(|score| score.share)),
        Column::CompleteAccurate => number(handoff.complete_accurate_pct),
        Column::OnTime => number(handoff.on_time_pct),
        Column::Wait => number(handoff.wait_h),
        Column::Volume => number(handoff.volume.map(|volume| volume * handoff.period.per_year())),
        Column::Known => handoff.known.map(|known| Key::Number(known as u64)),
        Column::Agreement => {
            Some(handoff.agreement).filter(|state| *state != Agreement::None).map(|state| Key::Number(state as u64))
        }
        Column::Contact => text(&handoff.contact),
    }
}

/// A number that is ordered like this one, which is not below 0.
fn ordinal(value: f64) -> u64 {
    (value.max(0.0) + 0.0).to_bits()
}

/// The places of the parties by their names; those of the same name share one.
struct Names(BTreeMap<PartyId, u64>);

impl Names {
    fn of(document: &Document) -> Self {
        let mut named: Vec<(String, PartyId)> = document.parties().map(|(id, p)| (natural(&p.name), id)).collect();
        named.sort();
        let (mut ranks, mut rank) = (BTreeMap::new(), 0);
        for same in named.chunk_by(|a, b| a.0 == b.0).filter(|same| !same[0].0.is_empty()) {
            ranks.extend(same.iter().map(|(_, id)| (*id, rank)));
            rank += 1;
        }
        Self(ranks)
    }

    /// `None` for nobody, and for a party without a name.
    fn rank(&self, party: Option<PartyId>) -> Option<u64> {
        self.0.get(&party?).copied()
    }
}

/// A text that is ordered as people order names: in any case, and "Step 9" before "Step 10".
pub(super) fn natural(text: &str) -> String {
    let (mut key, mut rest) = (String::with_capacity(text.len() + 4), text.trim());
    while let Some(first) = rest.chars().next() {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if digits == 0 {
            key.extend(first.to_lowercase());
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let number = rest[..digits].trim_start_matches('0');
        // Longer numbers are larger; beyond 10,000 digits it does not matter.
        key.push('0');
        key.extend(char::from_u32(u32::from('0') + number.len().min(10_000) as u32));
        key.push_str(number);
        rest = &rest[digits..];
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_ordered_as_people_order_them() {
        let order = ["", "007", "10", "a", "A 2", "a 10", "A 10 b", "a1", "a02", "a10", "b", "Ä"];
        for pair in order.windows(2) {
            assert!(natural(pair[0]) < natural(pair[1]), "{pair:?}");
        }
        assert_eq!(natural(" Step 09"), natural("step 9"));
        assert!(natural(&"9".repeat(20_000)) >= natural(&"8".repeat(20_000)));
    }

    #[test]
    fn numbers_keep_their_order() {
        let order = [0.0, 1e-300, 0.5, 1.0, 99.9, 100.0, 1e12];
        assert!(order.windows(2).all(|pair| ordinal(pair[0]) < ordinal(pair[1])));
        assert_eq!(ordinal(-0.0), ordinal(0.0));
    }
}
