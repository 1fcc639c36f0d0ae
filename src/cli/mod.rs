//! The command line: everything Peel can do without a window.
//!
//! A command is a variant of [`args::Command`] with its help, and a file here with a function that carries it out.
//! Nothing is written before everything that can fail has been tried.

mod args;
mod brief;
mod dates;
mod export;
mod faces;
mod failure;
mod import;
mod improve;
mod maps;
mod names;
mod new;
mod output;
mod report;
mod scenarios;
mod show;
mod survey;
mod written;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser as _};

use args::{Arguments, Command};
use failure::Failure;

/// Opens the window with a file, or with the welcome page; gives the reason when there can be none.
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
fn without_window(why: &str) -> String {
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
        Some(Command::Report(arguments)) => report::report(&arguments),
        Some(Command::Import(arguments)) => import::import(&arguments),
        Some(Command::Brief(arguments)) => brief::brief(&arguments),
        Some(Command::Survey(arguments)) => survey::survey(&arguments),
        Some(Command::Case(arguments)) => improve::case(&arguments),
        Some(Command::Calendar(arguments)) => improve::ics(&arguments),
        Some(Command::Compare(arguments)) => improve::compare(&arguments),
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
    window(file).map_err(|why| Failure::refused(without_window(&why)))
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
    let message = match words.get(1..) {
        Some([first, rest @ ..]) if !first.as_encoded_bytes().starts_with(b"-") && !is_command(first) => {
            stray(first, rest)
        }
        _ => error.render().to_string().trim_start_matches("error: ").trim_end().to_owned(),
    };
    Err(Failure::usage(message))
}

/// What is wrong with words that begin with neither a command nor an option; the parser takes the first for a map.
fn stray(first: &OsString, rest: &[OsString]) -> String {
    let first_shown = first.display();
    match rest.first() {
        _ if !Path::new(first).exists() => {
            format!("“{first_shown}” is neither a command nor a file: the commands are {}; see peel --help", commands())
        }
        Some(next) if is_command(next) => {
            format!("the command comes first: peel {} {first_shown}", next.display())
        }
        Some(next) => {
            format!("a window opens one map, “{first_shown}”: leave out “{}” and what follows", next.display())
        }
        None => format!("“{first_shown}” cannot be opened: see peel --help"),
    }
}

fn is_command(word: &OsString) -> bool {
    Arguments::command().find_subcommand(word).is_some() || word == "help"
}
