//! What of a text is shown: control characters and the like replaced, so that every painter shows the same.

use std::borrow::Cow;

/// True for characters that end a line.
pub(super) fn ends_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// True for characters that are left out: byte order marks, soft hyphens and the controls that reorder text.
///
/// Reordering controls can make a name read as another one, and no painter of ours obeys them.
fn is_left_out(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// True for code points that are no characters; XML may not hold them.
fn is_nothing(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe
}

/// One line of text as it is shown: line breaks, tabs and control characters become spaces, invisible ones go.
pub(super) fn shown(text: &str) -> Cow<'_, str> {
    let odd = |c: char| c.is_control() || ends_line(c) || is_left_out(c) || is_nothing(c);
    let plain = text.bytes().all(|b| (0x20..0x7f).contains(&b));
    if plain || !text.contains(odd) {
        return Cow::Borrowed(text);
    }
    let one = |c: char| match c {
        c if is_left_out(c) => None,
        c if is_nothing(c) => Some('\u{fffd}'),
        c if odd(c) => Some(' '),
        c => Some(c),
    };
    Cow::Owned(text.replace("\r\n", " ").chars().filter_map(one).collect())
}

/// True for characters that stand on the one before: accents, joiners, variation selectors, skin tones and tags.
///
/// The common blocks of Unicode's `Grapheme_Extend`; marks of other scripts are in the face of their letters anyway.
pub(super) fn stands_on_previous(c: char) -> bool {
    c >= '\u{300}'
        && matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{610}'..='\u{61a}'
            | '\u{64b}'..='\u{65f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{200c}' | '\u{200d}'
            | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}'
            | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}' | '\u{e0100}'..='\u{e01ef}')
}

/// True for characters that take no room and need no glyph.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200d}' | '\u{fe00}'..='\u{fe0f}') || is_left_out(c) || c.is_control() || ends_line(c)
}

/// True for ideographs and kana, which may be parted anywhere.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

/// True for spaces at which a line may end; not for those made to hold words together.
fn is_breaking_space(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{2007}' | '\u{202f}')
}

/// True when a line may end between two characters. A line never ends inside of numbers such as 24/7 and 2026-11.
pub(super) fn may_break(before: Option<char>, last: char, next: char) -> bool {
    if is_breaking_space(next) {
        return false;
    }
    match last {
        '\u{200b}' => true,
        '-' | '\u{2010}' | '\u{2013}' | '\u{2014}' | '/' | '\\' | '|' => {
            let inside_number = before.is_some_and(char::is_numeric) && next.is_numeric();
            before.is_some_and(char::is_alphanumeric) && next.is_alphanumeric() && !inside_number
        }
        last if is_breaking_space(last) => true,
        last => is_ideograph(last) && is_ideograph(next),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_becomes_a_space_or_goes() {
        for (text, expected) in [
            ("plain – text", "plain – text"),
            ("a\tb\r\nc\nd", "a b c d"),
            ("a\u{1}b\u{7f}c\u{85}d", "a b c d"),
            ("pay\u{202e}gnp\u{202c}.x\u{feff}", "paygnp.x"),
            ("\u{ffff}\u{fdd0}", "\u{fffd}\u{fffd}"),
            ("naïve 日本 👍🏽", "naïve 日本 👍🏽"),
        ] {
            assert_eq!(shown(text), expected, "{text:?}");
        }
    }

    #[test]
    fn lines_end_where_a_reader_expects_it() {
        for (text, expected) in [
            ("credit check", "credit |check"),
            ("well-known and/or", "well-|known |and/|or"),
            ("24/7 on 2026-11-03", "24/7 |on |2026-11-03"),
            ("-5 or a - b", "-5 |or |a |- |b"),
            ("10\u{a0}000 h", "10\u{a0}000 |h"),
            ("検査結果", "検|査|結|果"),
            ("a  b", "a  |b"),
        ] {
            let chars: Vec<char> = text.chars().collect();
            let mut marked = String::new();
            for (i, c) in chars.iter().enumerate() {
                marked.push(*c);
                let before = i.checked_sub(1).map(|b| chars[b]);
                if chars.get(i + 1).is_some_and(|next| may_break(before, *c, *next)) {
                    marked.push('|');
                }
            }
            assert_eq!(marked, expected);
        }
    }
}
