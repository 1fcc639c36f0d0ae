//! Starts Peel.

fn main() -> std::process::ExitCode {
    let file = std::env::args_os().nth(1).map(std::path::PathBuf::from);
    match peel::app::run(file) {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(_) => std::process::ExitCode::FAILURE,
    }
}
