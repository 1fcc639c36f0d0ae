//! Writes numbers, colours and texts as XML: short, safe and fast.

use crate::geom::Point;
use crate::scene::theme::Rgba;

/// Largest number written, so that no reader has to cope with more; no map comes near.
const FAR: f64 = 1e9;

/// A number in hundredths, the finest that is written; 0 for one that is none.
pub(super) fn hundredths(v: f32) -> i64 {
    let v = f64::from(v).clamp(-FAR, FAR) * 100.0;
    (if v < 0.0 { v - 0.5 } else { v + 0.5 }) as i64 // `as` cuts off, and makes 0 of what is no number
}

/// Appends a number with at most two decimals; 0 for one that is none.
pub(in crate::export) fn number(out: &mut String, v: f32) {
    decimal(out, hundredths(v));
}

/// Appends a number given in hundredths.
fn decimal(out: &mut String, hundredths: i64) {
    if hundredths < 0 {
        out.push('-');
    }
    let (whole, rest) = (hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100);
    integer(out, whole);
    if rest > 0 {
        out.push('.');
        out.push(digit(rest / 10));
        if rest % 10 > 0 {
            out.push(digit(rest % 10));
        }
    }
}

fn integer(out: &mut String, mut v: u64) {
    let (mut digits, mut first) = ([0u8; 20], 20);
    loop {
        first -= 1;
        digits[first] = b'0' + (v % 10) as u8;
        v /= 10;
        if v == 0 {
            break;
        }
    }
    out.push_str(std::str::from_utf8(&digits[first..]).unwrap_or_default());
}

fn digit(v: u64) -> char {
    char::from(b'0' + v as u8)
}

/// Appends ` name="v"`.
pub(in crate::export) fn attribute(out: &mut String, name: &str, v: f32) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    number(out, v);
    out.push('"');
}

/// Appends ` name="text"`.
pub(in crate::export) fn quoted(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    text(out, value);
    out.push('"');
}

/// Writes the steps of a path, each relative to where the one before ends, in whole hundredths: short, and no error adds up.
#[derive(Debug, Default)]
pub(super) struct Steps {
    first: (i64, i64),
    at: (i64, i64),
}

impl Steps {
    /// Starts a new outline.
    pub fn move_to(&mut self, out: &mut String, p: Point) {
        self.at = (hundredths(p.x), hundredths(p.y));
        self.first = self.at;
        out.push('M');
        decimal(out, self.at.0);
        self.then(out, self.at.1);
    }

    /// A straight line.
    pub fn line_to(&mut self, out: &mut String, p: Point) {
        let by = (hundredths(p.x) - self.at.0, hundredths(p.y) - self.at.1);
        match by {
            (0, y) => self.along(out, 'v', y),
            (x, 0) => self.along(out, 'h', x),
            _ => self.curve_to(out, 'l', &[p]),
        }
        self.at = (hundredths(p.x), hundredths(p.y));
    }

    fn along(&self, out: &mut String, letter: char, by: i64) {
        out.push(letter);
        decimal(out, by);
    }

    /// A step with several points, the last of which is its end.
    pub fn curve_to(&mut self, out: &mut String, letter: char, points: &[Point]) {
        out.push(letter);
        let mut to = self.at;
        for (i, p) in points.iter().enumerate() {
            to = (hundredths(p.x), hundredths(p.y));
            let by = to.0 - self.at.0;
            if i > 0 {
                self.then(out, by);
            } else {
                decimal(out, by);
            }
            self.then(out, to.1 - self.at.1);
        }
        self.at = to;
    }

    /// Back to the start of the outline.
    pub fn close(&mut self, out: &mut String) {
        out.push('z');
        self.at = self.first;
    }

    /// A number behind another one; a minus parts them as well as a space.
    fn then(&self, out: &mut String, v: i64) {
        if v >= 0 {
            out.push(' ');
        }
        decimal(out, v);
    }
}

/// Appends ` name="#rrggbb"` and, where needed, ` name-opacity="…"`.
pub(in crate::export) fn color(out: &mut String, name: &str, [r, g, b, a]: Rgba) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"#");
    for byte in [r, g, b] {
        out.push(char::from(HEX[usize::from(byte >> 4)]));
        out.push(char::from(HEX[usize::from(byte & 15)]));
    }
    out.push('"');
    if a < 255 {
        out.push(' ');
        out.push_str(name);
        attribute_tail(out, "-opacity", f32::from(a) / 255.0);
    }
}

fn attribute_tail(out: &mut String, name: &str, v: f32) {
    out.push_str(name);
    out.push_str("=\"");
    number(out, v);
    out.push('"');
}

/// Appends a text, safe as content and inside of double quotes. What XML 1.0 forbids (section 2.2) is left out.
pub(in crate::export) fn text(out: &mut String, text: &str) {
    let mut done = 0;
    for (i, byte) in text.bytes().enumerate() {
        let instead = match byte {
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'&' => "&amp;",
            b'"' => "&quot;",
            b'\r' => "&#13;",
            b'\t' | b'\n' | b' '..=0x7e => continue,
            0..0x20 | 0x7f => "",
            // U+FFFE and U+FFFF are EF BF BE and EF BF BF.
            0xef if matches!(text.as_bytes().get(i + 1..i + 3), Some([0xbf, 0xbe | 0xbf])) => {
                out.push_str(&text[done..i]);
                done = i + 3;
                continue;
            }
            _ => continue,
        };
        out.push_str(&text[done..i]);
        out.push_str(instead);
        done = i + 1;
    }
    out.push_str(&text[done..]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(v: f32) -> String {
        let mut out = String::new();
        number(&mut out, v);
        out
    }

    #[test]
    fn numbers_are_short() {
        let table = [
            (0.0, "0"),
            (-0.001, "0"),
            (12.0, "12"),
            (12.5, "12.5"),
            (-0.25, "-0.25"),
            (7.14159, "7.14"),
            (0.05, "0.05"),
            (99.999, "100"),
            (f32::NAN, "0"),
            (f32::INFINITY, "1000000000"),
            (f32::MIN, "-1000000000"),
        ];
        for (v, expected) in table {
            assert_eq!(written(v), expected);
        }
    }

    proptest! {
        #[test]
        fn numbers_read_back(v in -1e5f32..1e5) {
            let read: f32 = written(v).parse().expect("a number");
            prop_assert!((read - v).abs() < 0.0101, "{v} became {read}");
        }

        #[test]
        fn texts_hold_no_markup(words in any::<String>()) {
            let mut out = String::new();
            text(&mut out, &words);
            let is_safe = !out.contains(['<', '>', '"', '\u{0}', '\u{b}', '\u{fffe}', '\u{ffff}']);
            prop_assert!(is_safe);
        }
    }

    #[test]
    fn texts_are_escaped_and_what_xml_forbids_is_gone() {
        let mut out = String::new();
        text(&mut out, "a\u{1}<b>&\"]]>\u{fffe}ü\u{ffff}\r\n\t検");
        assert_eq!(out, "a&lt;b&gt;&amp;&quot;]]&gt;ü&#13;\n\t検");
    }
}
