//! Finds where in a text a record or field stands, so that an error can be pointed at.
//!
//! A small tokenizer of RON that never fails: what is no RON is skipped over. Only errors and the check of the version
//! use it; values are read by the parser proper.

use std::ops::Range;

/// One step on the way to a value.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step<'a> {
    /// The field of a record.
    Field(&'a str),
    /// An element of a list, from 0.
    Item(usize),
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// `(`, `[` or `{`.
    Open,
    /// `)`, `]` or `}`.
    Close,
    Comma,
    Colon,
    /// A name, a number, or anything else that stands in one piece.
    Word,
    /// A string or character in its quotes.
    Quoted,
}

#[derive(Debug, Clone)]
struct Token {
    kind: Kind,
    span: Range<usize>,
}

/// The tokens of a text, without blanks and comments.
#[derive(Debug, Clone)]
struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Tokens<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// Passes over characters while they fit.
    fn pass(&mut self, fits: impl Fn(char) -> bool) {
        self.at += self.rest().find(|c| !fits(c)).unwrap_or(self.rest().len());
    }

    /// Passes to just after the next `end`, or to the end of the text.
    fn pass_to(&mut self, end: &str) {
        self.at += self.rest().find(end).map_or(self.rest().len(), |i| i + end.len());
    }

    fn skip_blanks(&mut self) {
        loop {
            self.pass(is_blank);
            if self.rest().starts_with("//") {
                self.pass_to("\n");
            } else if self.rest().starts_with("/*") {
                self.skip_block_comment();
            } else {
                return;
            }
        }
    }

    /// Block comments nest.
    fn skip_block_comment(&mut self) {
        let mut depth = 0;
        while let Some(i) = self.rest().find(['/', '*']) {
            self.at += i;
            if self.rest().starts_with("/*") {
                depth += 1;
                self.at += 2;
            } else if self.rest().starts_with("*/") {
                depth -= 1;
                self.at += 2;
                if depth == 0 {
                    return;
                }
            } else {
                self.at += 1;
            }
        }
        self.at = self.text.len();
    }

    /// After an opening quote: to just after the closing one.
    fn pass_quoted(&mut self, quote: char) {
        while let Some(i) = self.rest().find([quote, '\\']) {
            let escape = self.rest()[i..].starts_with('\\');
            self.at += i + 1;
            if !escape {
                return;
            }
            self.at += self.rest().chars().next().map_or(0, char::len_utf8);
        }
        self.at = self.text.len();
    }

    /// At `r`, `br`, `b` or nothing before a quote: passes the whole string. False when it is none.
    fn pass_string(&mut self) -> bool {
        let rest = self.rest();
        let plain = rest.strip_prefix('b').unwrap_or(rest);
        if let Some(raw) = plain.strip_prefix('r') {
            let hashes = raw.len() - raw.trim_start_matches('#').len();
            if raw[hashes..].starts_with('"') {
                self.at = self.text.len() - raw.len() + hashes + 1;
                self.pass_to(&format!("\"{}", "#".repeat(hashes)));
                return true;
            }
        }
        match plain.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                self.at = self.text.len() - plain.len() + 1;
                self.pass_quoted(quote);
                true
            }
            _ => false,
        }
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        self.skip_blanks();
        let (start, first) = (self.at, self.rest().chars().next()?);
        let single = match first {
            '(' | '[' | '{' => Some(Kind::Open),
            ')' | ']' | '}' => Some(Kind::Close),
            ',' => Some(Kind::Comma),
            ':' => Some(Kind::Colon),
            _ => None,
        };
        let kind = if let Some(kind) = single {
            self.at += 1;
            kind
        } else if self.pass_string() {
            Kind::Quoted
        } else {
            self.at += first.len_utf8();
            self.pass(|c| !is_blank(c) && !"()[]{},:\"'/".contains(c));
            Kind::Word
        };
        Some(Token { kind, span: start..self.at })
    }
}

/// What RON takes for white space.
fn is_blank(c: char) -> bool {
    matches!(c, '\t'..='\r' | ' ' | '\u{85}' | '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}')
}

/// Where the value at the end of the path stands, or the longest part of the path that is there.
///
/// The path starts at the record that is the whole file; an empty path gives that record.
pub(super) fn find(text: &str, path: &[Step<'_>]) -> Range<usize> {
    let mut tokens = Tokens::new(text);
    skip_attributes(&mut tokens);
    let mut found = value_span(&tokens);
    for step in path {
        match enter(&mut tokens, *step) {
            Some(span) => found = span,
            None => break,
        }
    }
    found
}

/// The value at the end of the path as it is written, when all of the path is there.
pub(super) fn written<'a>(text: &'a str, path: &[Step<'_>]) -> Option<(&'a str, Range<usize>)> {
    let mut tokens = Tokens::new(text);
    skip_attributes(&mut tokens);
    let mut span = None;
    for step in path {
        span = Some(enter(&mut tokens, *step)?);
    }
    span.map(|span| (&text[span.clone()], span))
}

/// Passes over each `#![enable(…)]` at the beginning.
fn skip_attributes(tokens: &mut Tokens<'_>) {
    let mut ahead = tokens.clone();
    while ahead.next().is_some_and(|token| text_of(&ahead, &token).starts_with('#')) {
        let mut depth = 0_usize;
        for token in ahead.by_ref() {
            match token.kind {
                Kind::Open => depth += 1,
                Kind::Close => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
        *tokens = ahead.clone();
    }
}

fn text_of<'a>(tokens: &Tokens<'a>, token: &Token) -> &'a str {
    &tokens.text[token.span.clone()]
}

/// From before a value to before the value that the step leads to; gives its span.
fn enter(tokens: &mut Tokens<'_>, step: Step<'_>) -> Option<Range<usize>> {
    let mut token = tokens.next()?;
    // A record may have a name before its bracket, and a value may be wrapped in `Some(…)`.
    let wrapped = token.kind == Kind::Word && text_of(tokens, &token) == "Some";
    if token.kind == Kind::Word {
        token = tokens.next()?;
    }
    if token.kind != Kind::Open {
        return None;
    }
    if wrapped {
        return enter(tokens, step);
    }
    let mut item = 0;
    loop {
        let mut ahead = tokens.clone();
        let first = ahead.next().filter(|t| t.kind != Kind::Close)?;
        let here = match step {
            Step::Item(index) => item == index,
            Step::Field(name) => {
                let named = ahead.next().is_some_and(|t| t.kind == Kind::Colon);
                if named {
                    *tokens = ahead.clone();
                }
                named && text_of(&ahead, &first).trim_start_matches("r#") == name
            }
        };
        if here {
            return Some(value_span(tokens));
        }
        skip_value(tokens);
        tokens.next().filter(|t| t.kind == Kind::Comma)?;
        item += 1;
    }
}

/// The span of the value that comes next.
fn value_span(tokens: &Tokens<'_>) -> Range<usize> {
    let mut ahead = tokens.clone();
    ahead.skip_blanks();
    let start = ahead.at;
    let end = skip_value(&mut ahead);
    start..end.max(start)
}

/// Passes over a value, to before the comma or bracket that ends it; gives the end of its last token.
fn skip_value(tokens: &mut Tokens<'_>) -> usize {
    let (mut depth, mut end) = (0_usize, tokens.at);
    loop {
        let mut ahead = tokens.clone();
        let Some(token) = ahead.next() else { return end };
        match token.kind {
            Kind::Open => depth += 1,
            Kind::Close | Kind::Comma | Kind::Colon if depth == 0 => return end,
            Kind::Close => depth -= 1,
            _ => {}
        }
        end = token.span.end;
        *tokens = ahead;
    }
}

/// Where the innermost bracket opens that is still open at the offset.
pub(super) fn open_bracket(text: &str, offset: usize) -> Option<usize> {
    let mut open = Vec::new();
    for token in Tokens::new(text).take_while(|token| token.span.end <= offset) {
        match token.kind {
            Kind::Open => open.push(token.span.start),
            Kind::Close => drop(open.pop()),
            _ => {}
        }
    }
    open.pop()
}

/// Line and column of an offset, both from 1; columns count characters.
pub(super) fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = &text[..offset];
    let line_start = before.rfind('\n').map_or(0, |i| i + 1);
    (1 + before.bytes().filter(|b| *b == b'\n').count(), 1 + before[line_start..].chars().count())
}

/// The offset of a line and column, both from 1; the end of the text when it is shorter.
pub(super) fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    text[start..].char_indices().nth(column.saturating_sub(1)).map_or(text.len(), |(i, _)| start + i)
}

#[cfg(test)]
mod tests {
    use super::Step::{Field, Item};
    use super::*;

    /// Blanks, comments, strings and names that hold all that a tokenizer may trip over.
    const HARD: &str = r###"#![enable(implicit_some)] // (version: 9)
/* version: 8, /* parties: [ */ " */
Peel(
    version: 1, r#map: (title: "a \" ( [ { , : // /* ' ", notes: r##"raw " "# ( \"##),
    parties: [
        (id: "a", kind: process, name: r"\", at: Some((1.5, -2))), // (id: "x")
        Party ( id : "b" , at : ( 3 , 4 ) , name: '"' ),
        Some((id: "c", name: b"(\"", notes: br#"""#)),
    ],
    handoffs: [(supplier: Some("a")), ()],
)"###;

    fn value<'a>(path: &[Step<'_>]) -> Option<&'a str> {
        written(HARD, path).map(|(value, _)| value)
    }

    #[test]
    fn values_are_found_whatever_stands_before_them() {
        for (path, expected) in [
            (vec![Field("version")], "1"),
            (vec![Field("map"), Field("title")], r#""a \" ( [ { , : // /* ' ""#),
            (vec![Field("map"), Field("notes")], r###"r##"raw " "# ( \"##"###),
            (vec![Field("parties"), Item(0), Field("name")], r#"r"\""#),
            (vec![Field("parties"), Item(0), Field("at")], "Some((1.5, -2))"),
            (vec![Field("parties"), Item(0), Field("at"), Item(1)], "-2"),
            (vec![Field("parties"), Item(1)], r#"Party ( id : "b" , at : ( 3 , 4 ) , name: '"' )"#),
            (vec![Field("parties"), Item(1), Field("at")], "( 3 , 4 )"),
            (vec![Field("parties"), Item(1), Field("name")], r#"'"'"#),
            (vec![Field("parties"), Item(2), Field("id")], r#""c""#),
            (vec![Field("parties"), Item(2), Field("notes")], r##"br#"""#"##),
            (vec![Field("handoffs"), Item(1)], "()"),
        ] {
            assert_eq!(value(&path), Some(expected), "{path:?}");
        }
    }

    #[test]
    fn what_is_not_there_is_answered_by_the_longest_part_that_is() {
        let path = [Field("parties"), Item(1), Field("owner")];
        assert_eq!(value(&path), None);
        assert_eq!(&HARD[find(HARD, &path)], value(&path[..2]).unwrap_or_default(), "the record");
        assert_eq!(value(&[Field("parties"), Item(3)]), None, "after a trailing comma");
        assert_eq!(value(&[Field("handoffs"), Item(1), Item(0)]), None, "nothing in empty brackets");
        assert!(HARD[find(HARD, &[Field("boards")])].starts_with("Peel("), "the file");
        for text in ["", "(", "((", "(a", "(a:", "(a: (", "\"", "r#\"", "'", "/*", "#![", "(a: \"\\", ")", "]: ,", "é"]
        {
            assert_eq!(written(text, &[Field("x"), Item(0)]), None, "{text}");
            assert!(find(text, &[Field("a"), Item(7), Field("x")]).end <= text.len(), "{text}");
        }
    }

    #[test]
    fn places_and_offsets_are_counted_in_characters() {
        let text = "é\n\n  ü🙂x\n";
        for (offset_there, place) in
            [(0, (1, 1)), (2, (1, 2)), (3, (2, 1)), (4, (3, 1)), (6, (3, 3)), (12, (3, 5)), (14, (4, 1))]
        {
            assert_eq!(position(text, offset_there), place, "{offset_there}");
            assert_eq!(offset(text, place.0, place.1), offset_there, "{place:?}");
        }
        assert_eq!(offset(text, 99, 1), text.len(), "beyond the end");
    }

    #[test]
    fn the_bracket_that_is_open_is_found() {
        let text = "(a: [(b: \")\", c: (1, 2), )]";
        assert_eq!(open_bracket(text, text.len() - 2), Some(5));
        assert_eq!(open_bracket(text, text.len()), Some(0));
        assert_eq!(open_bracket("()", 2), None);
    }
}
