//! A bounded memory of wrapped texts, so that a table of thousands of rows is set again within a frame or two after an
//! edit. Two generations, as for widths: what is still used moves from the old one to the young one.

use std::collections::HashMap;
use std::sync::Arc;

use super::Line;
use crate::scene::Weight;

/// Texts of one generation; both hold some 40 MB at most.
const GENERATION: usize = 65_536;
/// Longer texts are not kept, in bytes.
const LONGEST: usize = 512;

/// How a text is set: weight, the bits of its size and of the width of its lines, and the most lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Setting {
    weight: Weight,
    numbers: [u32; 2],
    lines: usize,
}

impl Setting {
    pub(super) fn new(size: f32, weight: Weight, width: f32, lines: usize) -> Self {
        Self { weight, numbers: [size.to_bits(), width.to_bits()], lines }
    }
}

/// Texts by their setting, so that they are found without making a key.
type Texts = HashMap<Setting, HashMap<Box<str>, Arc<[Line]>>>;

/// Lines by text and setting.
#[derive(Default)]
pub(super) struct Wrapped {
    young: Texts,
    old: Texts,
    /// Number of texts in the young generation.
    count: usize,
}

impl Wrapped {
    pub(super) fn get(&mut self, text: &str, setting: Setting) -> Option<Arc<[Line]>> {
        if let Some(lines) = self.young.get(&setting).and_then(|texts| texts.get(text)) {
            return Some(lines.clone());
        }
        let (key, lines) = self.old.get_mut(&setting)?.remove_entry(text)?;
        self.keep(key, setting, lines.clone());
        Some(lines)
    }

    pub(super) fn put(&mut self, text: &str, setting: Setting, lines: Arc<[Line]>) {
        if text.len() <= LONGEST {
            self.keep(text.into(), setting, lines);
        }
    }

    fn keep(&mut self, key: Box<str>, setting: Setting, lines: Arc<[Line]>) {
        if self.count >= GENERATION {
            self.old = std::mem::take(&mut self.young);
            self.count = 0;
        }
        self.young.entry(setting).or_default().insert(key, lines);
        self.count += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stays_bounded_and_keeps_what_is_used() {
        let setting = |lines| Setting::new(12.0, Weight::Regular, 100.0, lines);
        let line = |text: &str| -> Arc<[Line]> { [Line { text: text.into(), width: 1.0 }].into() };
        let mut wrapped = Wrapped::default();
        wrapped.put("kept", setting(1), line("kept"));
        wrapped.put("kept", setting(2), line("otherwise"));
        wrapped.put(&"long".repeat(LONGEST), setting(1), line("long"));
        assert_eq!(wrapped.get(&"long".repeat(LONGEST), setting(1)), None, "not worth the room");
        for i in 0..3 * GENERATION {
            wrapped.put(&i.to_string(), setting(3), line("x"));
            if i % 1000 == 0 {
                assert_eq!(wrapped.get("kept", setting(1)), Some(line("kept")), "after {i}");
            }
        }
        assert_eq!(wrapped.get("kept", setting(2)), None, "what was not asked for is gone");
        let count = |texts: &Texts| texts.values().map(HashMap::len).sum::<usize>();
        assert!(count(&wrapped.young) + count(&wrapped.old) <= 2 * GENERATION);
    }
}
