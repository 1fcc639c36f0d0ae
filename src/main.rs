//! The program: the command line, and the window where there is one.

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    peel::cli::run(std::env::args_os(), window)
}

/// Opens the window, with a file or with the welcome page; gives the reason when there can be none.
#[cfg(feature = "gui")]
fn window(file: Option<PathBuf>) -> Result<(), String> {
    peel::app::run(file)
}

/// A build without the window says how to go on without it.
#[cfg(not(feature = "gui"))]
fn window(_: Option<PathBuf>) -> Result<(), String> {
    Err("this Peel was built without one".into())
}
