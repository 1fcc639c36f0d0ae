//! What goes to the terminal: results, notes, warnings and errors.

use std::io::{self, ErrorKind, Write as _};

use serde_json::Value;

use super::failure::Failure;

/// Prints what was asked for. A reader that closes the pipe has seen enough, which is no failure.
pub(super) fn print(text: &str) -> Result<(), Failure> {
    match write(text) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            let reason = crate::files::reason::in_words(&error);
            Err(Failure::refused(format!("the result could not be written to standard output: {reason}")))
        }
        _ => Ok(()),
    }
}

/// Prints a value as JSON. What a terminal obeys is escaped, so that it is in the text and does nothing.
pub(super) fn print_json(value: &Value) -> Result<(), Failure> {
    let mut text = String::new();
    for c in format!("{value:#}\n").chars() {
        if is_obeyed(c) {
            text += &format!("\\u{:04x}", u32::from(c));
        } else {
            text.push(c);
        }
    }
    print(&text)
}

/// Says what was done. It is done already, so that nobody to tell it to is no failure.
pub(super) fn tell(text: &str) {
    drop(write(&format!("{text}\n")));
}

/// Says on standard error what a person should look at although the work was done.
pub(super) fn warn(text: &str) {
    drop(writeln!(io::stderr(), "warning: {}", harmless(text)));
}

/// Says on standard error why the work was not done.
pub(super) fn report(failure: &Failure) {
    drop(writeln!(io::stderr(), "error: {}", harmless(&failure.message)));
}

fn write(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(harmless(text).as_bytes())?;
    out.flush()
}

/// True for what a terminal obeys instead of showing it: controls but for line ends, and what turns text around.
fn is_obeyed(c: char) -> bool {
    (c.is_control() && c != '\n') || is_turning(c)
}

/// True for the invisible characters that set the direction of text.
fn is_turning(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A text that a terminal shows and does not obey.
fn harmless(text: &str) -> String {
    text.chars().filter(|c| !is_turning(*c)).map(|c| if is_obeyed(c) { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_obeys_becomes_a_space_or_goes() {
        for (text, shown) in [
            ("two\nlines", "two\nlines"),
            ("a\u{1b}[2Jb\rc\td", "a [2Jb c d"),
            ("\u{9b}2J\u{7f}\0", " 2J  "),
            ("pay\u{202e}fdp", "payfdp"),
            ("שלום 🙂", "שלום 🙂"),
        ] {
            assert_eq!(harmless(text), shown);
        }
    }
}
