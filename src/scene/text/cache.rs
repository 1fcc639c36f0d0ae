//! A bounded memory of measured widths. Two generations: when the young one is full it becomes the old one, and what
//! is still used moves back, so nothing has to be sorted by age.

use std::collections::HashMap;

use crate::scene::Weight;

/// Entries of one generation; a label takes about 100 bytes, so both hold some 13 MB at most.
const GENERATION: usize = 65_536;
/// Longer texts are not kept, in bytes.
const LONGEST: usize = 256;

type Widths = HashMap<Box<str>, f32>;

/// Widths in em by text and weight.
#[derive(Default)]
pub(super) struct Cache {
    young: [Widths; 2],
    old: [Widths; 2],
}

impl Cache {
    pub(super) fn get(&mut self, text: &str, weight: Weight) -> Option<f32> {
        let of = weight as usize;
        if let Some(width) = self.young[of].get(text) {
            return Some(*width);
        }
        let (key, width) = self.old[of].remove_entry(text)?;
        self.keep(key, weight, width);
        Some(width)
    }

    pub(super) fn put(&mut self, text: &str, weight: Weight, width: f32) {
        if text.len() <= LONGEST {
            self.keep(text.into(), weight, width);
        }
    }

    fn keep(&mut self, key: Box<str>, weight: Weight, width: f32) {
        if self.young.iter().map(Widths::len).sum::<usize>() >= GENERATION {
            self.old = std::mem::take(&mut self.young);
        }
        self.young[weight as usize].insert(key, width);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stays_bounded_and_keeps_what_is_used() {
        let mut cache = Cache::default();
        cache.put("kept", Weight::Regular, 1.0);
        for i in 0..3 * GENERATION {
            cache.put(&i.to_string(), Weight::SemiBold, i as f32);
            if i % 1000 == 0 {
                assert_eq!(cache.get("kept", Weight::Regular), Some(1.0), "after {i}");
            }
        }
        assert_eq!(cache.get("kept", Weight::SemiBold), None, "weights are apart");
        assert_eq!(cache.get("0", Weight::SemiBold), None, "old ones go");
        let held: usize = cache.young.iter().chain(&cache.old).map(Widths::len).sum();
        assert!(held <= 2 * GENERATION, "{held}");
    }
}
