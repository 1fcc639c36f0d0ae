//! The command line: everything Peel can do without a window.
//!
//! A command is a variant of [`args::Command`] with its help, and a file here with a function that carries it out.
//! Nothing is written before everything that can fail has been tried.

mod args;
mod export;
mod failure;
mod import;
mod maps;
mod new;
mod output;
mod show;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser as _};

use args::{Arguments, Command};
use failure::Failure;

/// Opens the window with a file, or with the welcome page; gives the message to print when there can be none.
pub type Window = fn(Option<PathBuf>) -> Result<(), String>;

/// Does what the words ask for, the program's name first. Exit status 0: done; 1: it could not be carried out, and one
/// message on standard error says why and what to do; 2: the words make no sense.
pub fn run(words: impl IntoIterator<Item = OsString>, window: Window) -> ExitCode {
    let words: Vec<OsString> = words.into_iter().collect();
    let done = match Arguments::try_parse_from(&words) {
        Ok(arguments) => carry_out(arguments, window),
        Err(error) => explain(&error, &words),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            output::report(&failure);
            ExitCode::from(failure.status)
        }
    }
}

/// What to print when there can be no window, and why: the way to go on without it.
pub fn without_window(why: &str) -> String {
    format!(
        "Peel cannot open a window here: {why}. Everything but drawing works without it, for example:\n  \
         peel new map.ron --sample lab\n  peel export map.ron map.png\n  peel --help"
    )
}

fn carry_out(arguments: Arguments, window: Window) -> Result<(), Failure> {
    match arguments.command {
        None => open_window(arguments.map, window),
        Some(Command::New(arguments)) => new::new(&arguments),
        Some(Command::Export(arguments)) => export::export(&arguments),
        Some(Command::Analyse(arguments)) => show::analyse(&arguments),
        Some(Command::Check(arguments)) => show::check(&arguments),
        Some(Command::Import(arguments)) => import::import(&arguments),
    }
}

fn open_window(file: Option<PathBuf>, window: Window) -> Result<(), Failure> {
    if let Some(file) = file.as_deref().filter(|file| !file.exists()) {
        return Err(Failure::refused(format!(
            "there is no file “{}”: `peel new` makes a map; the commands are {}",
            file.display(),
            commands()
        )));
    }
    window(file).map_err(Failure::refused)
}

/// The commands in a row.
fn commands() -> String {
    let command = Arguments::command();
    let names: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
    names.join(", ")
}

/// Prints help and version; anything else is wrong usage.
fn explain(error: &clap::Error, words: &[OsString]) -> Result<(), Failure> {
    if !error.use_stderr() {
        return output::print(&error.render().to_string());
    }
    // “peel analise map.ron”: the parser takes the first word for a map and complains of what follows.
    let first = words.get(1).filter(|word| !word.as_encoded_bytes().starts_with(b"-"));
    let known = |word: &OsString| Arguments::command().find_subcommand(word).is_some() || Path::new(word).exists();
    match first.filter(|word| !known(word)) {
        Some(word) => Err(Failure::usage(format!(
            "“{}” is neither a command nor a file: the commands are {}; see peel --help",
            word.display(),
            commands()
        ))),
        None => Err(Failure::usage(error.render().to_string().trim_start_matches("error: ").trim_end().to_owned())),
    }
}
