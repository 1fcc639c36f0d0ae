//! Words wrapped before, so that a table of thousands of rows is laid out again within a frame or two after an edit.

use std::collections::HashMap;
use std::sync::Arc;

use super::Words;
use crate::scene::Weight;
use crate::scene::text::{Fonts, Line};

/// Most paragraphs that are remembered; about 20 MB.
const MOST: usize = 65_536;

/// What was wrapped before. Keep one for a table that is drawn again and again.
#[derive(Debug, Default)]
pub struct Memory {
    /// Number of faces of the fonts that were measured with: more of them measure some texts otherwise.
    faces: usize,
    lines: HashMap<Key, Arc<[Line]>>,
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct Key {
    text: String,
    weight: Weight,
    /// Bits of the size and of the width.
    numbers: [u32; 2],
    lines: usize,
}

impl Memory {
    /// Forgets everything when it was measured with other fonts.
    pub(super) fn open(&mut self, fonts: &Fonts) {
        if self.faces != fonts.faces() {
            *self = Self { faces: fonts.faces(), ..Self::default() };
        }
    }

    pub(super) fn wrap(&mut self, words: &Words, width: f32, fonts: &Fonts) -> Arc<[Line]> {
        let Words { text, size, weight, lines, .. } = words;
        let key =
            Key { text: text.clone(), weight: *weight, numbers: [size.to_bits(), width.to_bits()], lines: *lines };
        if let Some(known) = self.lines.get(&key) {
            return known.clone();
        }
        if self.lines.len() >= MOST {
            self.lines.clear();
        }
        let wrapped: Arc<[Line]> = fonts.wrap(text, *size, *weight, width, *lines).into();
        self.lines.insert(key, wrapped.clone());
        wrapped
    }
}
