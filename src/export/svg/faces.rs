//! The letters that pictures use: which go into an embedded font, and which are drawn as outlines.

use std::collections::BTreeSet;

use super::{font, woff};
use crate::scene::text::{FaceIndex, Fonts};
use crate::scene::{Item, Scene, Weight};

/// The family of the embedded fonts, and what stands in for it in programs that do not read them.
pub(in crate::export) const FAMILIES: &str =
    "'Inter Peel', Inter, 'Segoe UI', 'Helvetica Neue', Helvetica, Arial, sans-serif";

/// The letters of some scenes.
#[derive(Debug, Default)]
pub(in crate::export) struct Faces {
    /// In each weight.
    used: [Letters; 2],
    /// Those that only a fallback face has: such a face is not ours to pass on, and is large.
    foreign: BTreeSet<char>,
}

#[derive(Debug)]
struct Letters {
    ascii: [bool; 128],
    others: BTreeSet<char>,
}

impl Default for Letters {
    fn default() -> Self {
        Self { ascii: [false; 128], others: BTreeSet::new() }
    }
}

impl Letters {
    fn add(&mut self, text: &str) {
        if text.is_ascii() {
            text.bytes().for_each(|byte| self.ascii[usize::from(byte)] = true);
        } else {
            text.chars().for_each(|c| self.add_one(c));
        }
    }

    fn add_one(&mut self, c: char) {
        match self.ascii.get_mut(c as usize) {
            Some(used) => *used = true,
            None => {
                self.others.insert(c);
            }
        }
    }

    fn all(&self) -> BTreeSet<char> {
        let ascii = (0..128u8).filter(|byte| self.ascii[usize::from(*byte)]).map(char::from);
        ascii.chain(self.others.iter().copied()).collect()
    }
}

impl Faces {
    /// The letters of these scenes.
    pub fn of<'a>(scenes: impl Iterator<Item = &'a Scene>, fonts: &Fonts) -> Self {
        let mut faces = Self::default();
        for item in scenes.flat_map(|scene| &scene.groups).flat_map(|group| &group.items) {
            if let Item::Text { text, weight, .. } = item {
                faces.used[*weight as usize].add(&Fonts::shown(text));
            }
        }
        let bundled = Fonts::bundled();
        let all: String = faces.used.iter().flat_map(|letters| &letters.others).collect();
        let lacking = bundled.missing(&all);
        let nowhere = fonts.missing(&lacking.iter().collect::<String>());
        // What no face has is left to the fonts of whoever looks at the picture.
        faces.foreign = lacking.difference(&nowhere).copied().collect();
        faces
    }

    /// Adds letters that stand elsewhere in the file, in both weights.
    pub fn add(&mut self, text: &str) {
        self.used.iter_mut().for_each(|letters| letters.add(text));
    }

    /// True for a text that is drawn as outlines.
    pub fn draws(&self, text: &str) -> bool {
        !self.foreign.is_empty() && !text.is_ascii() && text.contains(|c| self.foreign.contains(&c))
    }

    /// Appends the style sheet rules that embed the fonts, as far as they are used.
    pub fn rules(&self, fonts: &Fonts, out: &mut String) {
        for (weight, number) in [(Weight::Regular, 400), (Weight::SemiBold, 600)] {
            let letters = self.used[weight as usize].all();
            let file = fonts.file(FaceIndex(weight as u8)).filter(|_| !letters.is_empty());
            let Some(woff) = file.and_then(|(file, index)| font::subset(file, index, &letters)) else { continue };
            out.push_str(&format!(
                "@font-face{{font-family:'Inter Peel';font-weight:{number};src:url(data:font/woff;base64,"
            ));
            woff::base64(out, &woff);
            out.push_str(") format('woff')}\n");
        }
    }
}
