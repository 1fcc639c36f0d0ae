//! What goes to the terminal: results, notes, warnings and errors.

use std::io::{self, ErrorKind, Write as _};

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

/// Says what was done. It is done already, so that nobody to tell it to is no failure.
pub(super) fn tell(text: &str) {
    drop(write(&format!("{text}\n")));
}

/// Says on standard error what a person should look at although the work was done.
pub(super) fn warn(text: &str) {
    drop(writeln!(io::stderr(), "warning: {text}"));
}

/// Says on standard error why the work was not done.
pub(super) fn report(failure: &Failure) {
    drop(writeln!(io::stderr(), "error: {}", failure.message));
}

fn write(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}
