//! Text into lines of a limited width.

use std::ops::Range;

use super::clean::{ends_line, may_break};
use super::{Fonts, Line, shape};
use crate::scene::Weight;

const ELLIPSIS: &str = "…";
/// What a line may be too wide by, in em: rounding of a width that was measured, stored and given back as the limit.
const SLACK: f32 = 1e-4;

/// How text is set: fonts, weight, size, and the limit of a line in em.
#[derive(Clone, Copy)]
struct Setting<'a> {
    fonts: &'a Fonts,
    weight: Weight,
    size: f32,
    limit: f32,
}

impl Fonts {
    /// Text in at most `max_lines` lines of at most `max_width`. Lines end at spaces, hyphens and slashes and where
    /// the text has a line break; a word too long for a line is parted between clusters of characters, and a line has
    /// at least one of these, however wide. When not all of it fits, the last line ends with `…`.
    ///
    /// Blank text gives no line. A `max_width` that is no number counts as 0.
    pub fn wrap(&self, text: &str, size: f32, weight: Weight, max_width: f32, max_lines: usize) -> Vec<Line> {
        let Some(setting) = Setting::new(self, size, weight, max_width) else { return Vec::new() };
        let (mut lines, text) = (Vec::new(), text.trim());
        let mut rest = (!text.is_empty() && max_lines > 0).then_some(text);
        while let Some(open) = rest {
            let (paragraph, after) = split_paragraph(open);
            let left = max_lines - lines.len();
            setting.add_paragraph(Self::shown(paragraph).trim(), after.is_some(), left, &mut lines);
            rest = after.filter(|_| lines.len() < max_lines);
        }
        lines
    }

    /// Text in one line of at most `max_width`; ends with `…` when not all of it fits.
    pub fn fit(&self, text: &str, size: f32, weight: Weight, max_width: f32) -> Line {
        let shown = Self::shown(text.trim());
        match Setting::new(self, size, weight, max_width) {
            None => self.line(&shown, size, weight),
            Some(setting) => {
                let mut lines = Vec::with_capacity(1);
                setting.add_paragraph(&shown, false, 1, &mut lines);
                lines.pop().unwrap_or_else(|| self.line("", size, weight))
            }
        }
    }
}

/// The text up to its first line break, and what follows the break.
fn split_paragraph(text: &str) -> (&str, Option<&str>) {
    match text.find(ends_line) {
        None => (text, None),
        Some(at) => {
            let rest = &text[at..];
            let skipped = if rest.starts_with("\r\n") { 2 } else { rest.chars().next().map_or(1, char::len_utf8) };
            (&text[..at], Some(&rest[skipped..]))
        }
    }
}

impl<'a> Setting<'a> {
    /// `None` for a size that is not a positive number.
    fn new(fonts: &'a Fonts, size: f32, weight: Weight, max_width: f32) -> Option<Self> {
        let limit = if max_width.is_nan() { 0.0 } else { max_width.max(0.0) / size };
        (size > 0.0 && size.is_finite()).then_some(Self { fonts, weight, size, limit: limit + SLACK })
    }

    /// A finished line; `width` is in em.
    fn line(&self, text: &str, width: f32) -> Line {
        Line { text: text.into(), width: width * self.size }
    }

    /// Adds a paragraph in at most `most` lines (at least 1); with an ellipsis when it is cut or `more` follows that
    /// there is no line for.
    fn add_paragraph(&self, text: &str, more: bool, most: usize, lines: &mut Vec<Line>) {
        let forced = more && most == 1;
        if let Some(width) = self.fonts.known_width(text, self.weight).filter(|width| *width <= self.limit && !forced) {
            lines.push(self.line(text, width));
            return;
        }
        let measured = Measured::new(self, text, most);
        let (mut start, mut left) = (0, most);
        loop {
            let all = start..measured.len();
            let fits = measured.is_whole && measured.width(all.clone()) <= self.limit;
            if left == 1 && (more || !fits) {
                lines.push(measured.cut(start));
                return;
            }
            let end = if fits { all.end } else { measured.line_end(start) };
            if end == all.end && !measured.is_whole {
                lines.push(measured.cut(start)); // characters without width hid how much there is
                return;
            }
            let line = start..measured.without_spaces(start..end);
            lines.push(self.line(measured.text(line.clone()), measured.width(line)));
            start = (end..measured.len()).find(|i| !measured.is_space(*i)).unwrap_or(measured.len());
            left -= 1;
            if start == measured.len() {
                return;
            }
        }
    }
}

/// A cluster of characters that is never parted.
#[derive(Clone, Copy)]
struct Cluster {
    /// Its first byte.
    start: usize,
    /// Width of all before it, in em.
    x: f32,
    /// True when text before it and text from it on look different set apart than together.
    tied: bool,
}

/// A paragraph, shaped once; lines are ranges of its clusters.
struct Measured<'a> {
    setting: &'a Setting<'a>,
    text: &'a str,
    /// In the order of the text, and one at the end that stands for nothing.
    clusters: Vec<Cluster>,
    /// False when the text is so long that its end cannot be seen and was left out.
    is_whole: bool,
}

impl<'a> Measured<'a> {
    /// Shapes as much of a paragraph as can be seen in `most` lines.
    fn new(setting: &'a Setting<'a>, text: &'a str, most: usize) -> Self {
        // The narrowest letters are about a fifth of an em wide; 16 more for what takes no room.
        let seen = (16.0 + 8.0 * setting.limit) * most as f32;
        let seen = if text.len() as f32 <= seen { None } else { text.char_indices().nth(seen as usize) };
        let text = seen.map_or(text, |(at, _)| &text[..at]);
        let mut clusters: Vec<Cluster> = Vec::with_capacity(text.len() + 1);
        shape::shape(setting.fonts, text, setting.weight, &mut |glyph, tied| {
            clusters.push(Cluster { start: glyph.cluster as usize, x: glyph.advance, tied });
        });
        clusters.sort_by_key(|cluster| cluster.start); // runs from right to left come reversed
        clusters.dedup_by(|next, kept| {
            let same = next.start == kept.start;
            kept.x += if same { next.x } else { 0.0 };
            same
        });
        let mut x = 0.0;
        for cluster in &mut clusters {
            x += std::mem::replace(&mut cluster.x, x);
        }
        clusters.push(Cluster { start: text.len(), x, tied: false });
        if seen.is_none() {
            setting.fonts.remember_width(text, setting.weight, x);
        }
        Self { setting, text, clusters, is_whole: seen.is_none() }
    }

    /// Number of clusters.
    fn len(&self) -> usize {
        self.clusters.len() - 1
    }

    fn text(&self, range: Range<usize>) -> &'a str {
        &self.text[self.clusters[range.start].start..self.clusters[range.end].start]
    }

    /// Width of a line of these clusters, in em, as it is when shaped by itself.
    fn width(&self, range: Range<usize>) -> f32 {
        let [first, end] = [self.clusters[range.start], self.clusters[range.end]];
        if first.tied && range.start > 0 || end.tied {
            return self.setting.fonts.em_width(self.text(range), self.setting.weight);
        }
        end.x - first.x
    }

    fn is_space(&self, cluster: usize) -> bool {
        self.text(cluster..cluster + 1).chars().all(char::is_whitespace)
    }

    /// The end of a line without the spaces there.
    fn without_spaces(&self, line: Range<usize>) -> usize {
        line.clone().rev().find(|i| !self.is_space(*i)).map_or(line.start, |i| i + 1)
    }

    fn may_break(&self, at: usize) -> bool {
        let mut before = self.text[..self.clusters[at].start].chars().rev();
        let next = self.text[self.clusters[at].start..].chars().next();
        let (last, earlier) = (before.next(), before.next());
        last.zip(next).is_some_and(|(last, next)| may_break(earlier, last, next))
    }

    /// Where the line ends that begins at `start`: at least one cluster further on.
    fn line_end(&self, start: usize) -> usize {
        // Spaces at the end do not count, and a tied end may be a little narrower than the sum says.
        let fits = |end: usize| {
            let line = start..self.without_spaces(start..end);
            self.clusters[line.end].x - self.clusters[start].x <= self.setting.limit + 0.5
                && self.width(line) <= self.setting.limit
        };
        let beyond = |end: &usize| {
            self.clusters[*end].x - self.clusters[start].x > self.setting.limit + 0.5 && !self.is_space(*end - 1)
        };
        let furthest = (start + 1..self.len()).find(beyond).unwrap_or(self.len());
        let candidates = || (start + 1..=furthest).rev();
        let at_break = candidates().filter(|end| self.may_break(*end)).find(|end| fits(*end));
        at_break.or_else(|| candidates().find(|end| fits(*end))).unwrap_or(start + 1)
    }

    /// As much as fits together with an ellipsis.
    fn cut(&self, start: usize) -> Line {
        let Setting { fonts, weight, limit, .. } = *self.setting;
        let x = self.clusters[start].x;
        let beyond = self.clusters[start..].iter().position(|c| c.x - x > limit).unwrap_or(self.len() - start);
        for end in (start + 1..=start + beyond).rev() {
            let line = format!("{}{ELLIPSIS}", self.text(start..self.without_spaces(start..end)));
            let width = fonts.em_width(&line, weight);
            if width <= limit {
                return self.setting.line(&line, width);
            }
        }
        self.setting.line(ELLIPSIS, fonts.em_width(ELLIPSIS, weight))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn wrapped(text: &str, max_width: f32, max_lines: usize) -> Vec<String> {
        let lines = Fonts::bundled().wrap(text, 13.0, Weight::Regular, max_width, max_lines);
        lines.iter().map(|line| line.text.to_string()).collect()
    }

    #[test]
    fn lines_are_filled_and_the_last_one_is_cut() {
        for (text, width, lines, expected) in [
            ("Credit assessment", 200.0, 2, vec!["Credit assessment"]),
            ("Credit assessment", 80.0, 2, vec!["Credit", "assessment"]),
            ("Credit assessment and approval", 80.0, 2, vec!["Credit", "assessmen…"]),
            ("  Credit\n\nassessment  \n", 200.0, 5, vec!["Credit", "", "assessment"]),
            ("one\r\ntwo\u{2028}three", 200.0, 5, vec!["one", "two", "three"]),
            ("one\ntwo", 200.0, 1, vec!["one…"]),
            ("well-known", 50.0, 3, vec!["well-", "known"]),
            ("a\tb", 200.0, 1, vec!["a b"]),
            (" \n\t ", 200.0, 3, vec![]),
            ("x", 200.0, 0, vec![]),
            ("Mmmmmm", 25.0, 9, vec!["Mm", "mm", "mm"]),
            ("ab", 0.0, 9, vec!["a", "b"]),
            ("ab", f32::NAN, 1, vec!["…"]),
        ] {
            assert_eq!(wrapped(text, width, lines), expected, "{text:?} in {width}");
        }
    }

    #[test]
    fn heaps_of_accents_are_cut_visibly() {
        let heap = format!("a{}", "\u{301}".repeat(2000));
        let lines = wrapped(&heap.repeat(3), 100.0, 2);
        assert!(lines.len() <= 2 && lines.iter().any(|line| line.ends_with('…')), "{} lines", lines.len());
    }

    #[test]
    fn accents_stay_on_their_letter() {
        assert_eq!(wrapped("e\u{301}e\u{301}", 1.0, 9), ["e\u{301}", "e\u{301}"]);
    }

    #[test]
    fn a_width_that_was_measured_is_wide_enough() {
        let fonts = Fonts::bundled();
        for (i, text) in ["Validation", "AV To Ty.", "a – b → c", "Wagner & Söhne"].iter().enumerate() {
            for size in [1.0, 7.3, 12.0, 13.0, 40.0, 999.0] {
                let width = fonts.width(text, size, Weight::SemiBold);
                assert_eq!(&*fonts.fit(text, size, Weight::SemiBold, width).text, *text, "{i} at {size}");
                let narrower = fonts.fit(text, size, Weight::SemiBold, width * 0.999);
                assert!(narrower.text.ends_with('…') && narrower.width <= width, "{narrower:?} at {size}");
            }
        }
    }

    #[test]
    fn hostile_sizes_give_no_lines_and_no_panic() {
        let fonts = Fonts::bundled();
        for size in [0.0, -1.0, f32::NAN, f32::INFINITY] {
            assert!(fonts.wrap("text", size, Weight::Regular, 100.0, 3).is_empty(), "{size}");
            assert_eq!(fonts.fit("text", size, Weight::Regular, 100.0).width, 0.0, "{size}");
        }
        assert_eq!(fonts.wrap("text", 1e30, Weight::Regular, 1e-30, 9).len(), 4, "a letter a line");
        assert_eq!(fonts.wrap("a b", 1e-30, Weight::Regular, f32::INFINITY, 9).len(), 1, "no limit");
    }

    #[test]
    fn a_very_long_text_is_cut_quickly() {
        let text = "supercalifragilistic ".repeat(500);
        let start = std::time::Instant::now();
        assert_eq!(wrapped(&text, 150.0, 3).len(), 3);
        assert_eq!(wrapped(&text.replace(' ', ""), 150.0, 3).len(), 3);
        assert!(start.elapsed().as_millis() < 200, "{:?}", start.elapsed());
    }

    proptest! {
        #[test]
        fn every_line_fits_and_nothing_is_lost(text in "[a-zA-ZäéÅ0-9 ,./\\-–\n漢字é]{0,60}", width in 0.0f32..200.0) {
            let fonts = Fonts::bundled();
            let lines = fonts.wrap(&text, 13.0, Weight::Regular, width, usize::MAX);
            for line in &lines {
                let one_cluster = !line.text.chars().skip(1).any(|c| !super::super::clean::stands_on_previous(c));
                prop_assert!(line.width <= width + 0.01 || one_cluster, "{line:?} is wider than {width}");
                let alone = fonts.width(&line.text, 13.0, Weight::Regular);
                prop_assert!((line.width - alone).abs() < 1e-3, "{line:?} is {alone} wide");
                prop_assert_eq!(line.text.trim(), &*line.text);
            }
            let solid = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            let all: String = lines.iter().map(|line| &*line.text).collect();
            prop_assert_eq!(solid(&all), solid(&text));
        }

        #[test]
        fn a_cut_is_a_beginning_and_as_long_as_can_be(text in "[a-zA-Z ]{1,40}", width in 20.0f32..200.0) {
            let fonts = Fonts::bundled();
            let line = fonts.fit(&text, 13.0, Weight::Regular, width);
            prop_assert!(line.width <= width + 0.01);
            let text = text.trim();
            if let Some(kept) = line.text.strip_suffix('…') {
                prop_assert!(text.starts_with(kept));
                // Slow oracle: no longer beginning fits.
                for (end, _) in text.char_indices().filter(|(end, _)| text[..*end].trim_end().len() > kept.len()) {
                    let longer = format!("{}…", text[..end].trim_end());
                    prop_assert!(fonts.width(&longer, 13.0, Weight::Regular) > width, "{longer:?} fits too");
                }
            } else {
                prop_assert_eq!(&*line.text, text);
            }
        }
    }
}
