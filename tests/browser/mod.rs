//! A browser for tests, when the machine has one: opens files without a window and tells what is there to be seen.
#![expect(dead_code, reason = "each test uses a part of it")]

pub mod xml;

use std::path::{Path, PathBuf};
use std::process::Command;

/// What Chromium is called on different systems.
const NAMES: [&str; 5] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/// A Chromium that can be started, and a folder of its own.
pub struct Browser {
    program: PathBuf,
    folder: tempfile::TempDir,
}

impl Browser {
    /// `None`, and a word on standard error, when there is no browser here.
    #[expect(clippy::print_stderr, reason = "who runs the tests is to know what they did not test")]
    pub fn find() -> Option<Self> {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let programs = std::env::split_paths(&path).flat_map(|folder| NAMES.map(|name| folder.join(name)));
        let Some(program) = programs.into_iter().find(|program| program.is_file()) else {
            eprintln!("not tested: there is no Chromium on this machine");
            return None;
        };
        Some(Self { program, folder: tempfile::tempdir().expect("a folder") })
    }

    /// Puts a file into the browser's folder.
    pub fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).expect("written");
        path
    }

    fn run(&self, options: &[String], address: &str) -> Vec<u8> {
        let output = Command::new(&self.program)
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run"])
            .args(["--force-device-scale-factor=1", "--virtual-time-budget=4000", "--force-color-profile=srgb"])
            .arg(format!("--user-data-dir={}", self.folder.path().join("profile").display()))
            .args(options)
            .arg(address)
            .output()
            .expect("the browser starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    }

    /// The page as it looks in a window of this size.
    pub fn look(&self, page: &Path, fragment: &str, (width, height): (u32, u32)) -> image::RgbaImage {
        let picture = self.folder.path().join("picture.png");
        let options = [format!("--window-size={width},{height}"), format!("--screenshot={}", picture.display())];
        self.run(&options, &format!("file://{}{fragment}", page.display()));
        image::open(&picture).expect("a picture").into_rgba8()
    }

    /// The page's document after its scripts have run.
    pub fn document(&self, page: &Path, fragment: &str) -> String {
        let options = ["--dump-dom".to_owned(), "--window-size=1280,800".to_owned()];
        let text = self.run(&options, &format!("file://{}{fragment}", page.display()));
        String::from_utf8(text).expect("UTF-8")
    }
}
