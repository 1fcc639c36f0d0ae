//! Text in tones: what is stressed, what is beside the point, what is good, bad or doubtful.

use crate::scene::text::Fonts;
use crate::scene::{Ink, Weight};

/// How a piece of text is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// Ordinary.
    #[default]
    Plain,
    /// Stressed.
    Strong,
    /// Beside the point.
    Faint,
    /// Good, fulfilled.
    Good,
    /// Take care: missing or unfinished.
    Warn,
    /// Failed.
    Bad,
    /// A number that somebody guessed.
    Guess,
}

/// A piece of text in one tone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// How it is meant.
    pub tone: Tone,
    /// The characters, as people wrote them.
    pub text: String,
}

/// Text of one or more lines.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words {
    /// The lines, each in pieces.
    pub lines: Vec<Vec<Span>>,
}

impl Tone {
    /// What stands before the text, so that the tone is told without colour; may be empty.
    pub fn mark(self) -> &'static str {
        match self {
            Self::Plain | Self::Strong | Self::Faint => "",
            Self::Good => "✓\u{a0}",
            Self::Warn => "△\u{a0}",
            Self::Bad => "✗\u{a0}",
            Self::Guess => "≈\u{a0}",
        }
    }

    /// Its colour.
    pub fn ink(self) -> Ink {
        match self {
            Self::Plain | Self::Strong => Ink::Text,
            Self::Faint | Self::Guess => Ink::Faint,
            Self::Good => Ink::Good,
            Self::Warn => Ink::Warn,
            Self::Bad => Ink::Bad,
        }
    }

    /// How heavy it is.
    pub(super) fn weight(self) -> Weight {
        match self {
            Self::Plain | Self::Faint | Self::Guess => Weight::Regular,
            Self::Strong | Self::Good | Self::Warn | Self::Bad => Weight::SemiBold,
        }
    }

    /// The word for style sheets.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Strong => "strong",
            Self::Faint => "faint",
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Bad => "bad",
            Self::Guess => "guess",
        }
    }
}

impl Span {
    /// The text with its mark as it is shown: on one line, without controls, spaces one at a time.
    pub(super) fn shown(&self) -> String {
        format!("{}{}", self.tone.mark(), shown(&self.text))
    }
}

/// One line of text without controls, spaces one at a time.
pub(crate) fn shown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in Fonts::shown(text).chars() {
        if c != ' ' || !out.ends_with(' ') {
            out.push(c);
        }
    }
    out
}

/// True when there is a letter of a script that runs from the right.
pub(super) fn runs_from_right(text: &str) -> bool {
    text.contains(|c| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}'))
}

impl Words {
    /// Ordinary text.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::of(Tone::Plain, text)
    }

    /// Text in a tone.
    pub fn of(tone: Tone, text: impl Into<String>) -> Self {
        Self::default().then(tone, text)
    }

    /// What somebody wrote, line by line; blank lines are left out.
    pub fn written(text: &str) -> Self {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let line = |text: &str| vec![Span { tone: Tone::Plain, text: text.into() }];
        Self { lines: lines.map(line).collect() }
    }

    /// The same text, all of it in one tone.
    #[must_use]
    pub fn in_tone(mut self, tone: Tone) -> Self {
        self.lines.iter_mut().flatten().for_each(|span| span.tone = tone);
        self
    }

    /// With more text behind it on the same line.
    #[must_use]
    pub fn then(mut self, tone: Tone, text: impl Into<String>) -> Self {
        let span = Span { tone, text: text.into() };
        match self.lines.last_mut() {
            Some(line) => line.push(span),
            None => self.lines.push(vec![span]),
        }
        self
    }

    /// With more ordinary text behind it on the same line.
    #[must_use]
    pub fn and(self, text: impl Into<String>) -> Self {
        self.then(Tone::Plain, text)
    }

    /// With a further line.
    #[must_use]
    pub fn line(mut self, tone: Tone, text: impl Into<String>) -> Self {
        self.lines.push(vec![Span { tone, text: text.into() }]);
        self
    }

    /// With other words behind it on the same line, and their further lines.
    #[must_use]
    pub fn join(mut self, other: Self) -> Self {
        let mut lines = other.lines.into_iter();
        if let Some(last) = self.lines.last_mut() {
            last.extend(lines.next().unwrap_or_default());
        }
        self.lines.extend(lines);
        self
    }

    /// True when there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.lines.iter().flatten().all(|span| span.text.trim().is_empty())
    }

    /// All of it in one line as it is shown, `between` the lines.
    pub(super) fn in_one_line(&self, between: &str) -> String {
        let lines = self.lines.iter().map(|line| line.iter().map(Span::shown).collect::<String>());
        let lines: Vec<String> = lines.map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect();
        lines.join(between)
    }
}
