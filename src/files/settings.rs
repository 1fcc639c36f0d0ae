//! What one person likes: theme, sizes, snapping, recent files. Never precious, so that a damaged file costs only these.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::dirs::{self, Dirs};
use super::lock::LockFile;
use super::{reason, replace};

/// Light, dark, or as the system has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ThemeChoice {
    /// Always light.
    Light,
    /// Always dark.
    Dark,
    /// As the system has it.
    #[default]
    System,
}

/// The settings of one person, the same in every window.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct Settings {
    /// Light or dark.
    pub theme: ThemeChoice,
    /// Size of all text in the window; 1 is usual, 0.5 to 3 are allowed.
    pub text_scale: f32,
    /// Whether a map that has a file is saved by itself from time to time.
    pub autosave: bool,
    /// Whether dragged cards snap to the grid.
    pub snap_to_grid: bool,
    /// Whether dragged cards snap to the edges of others.
    pub guides: bool,
    /// Whether the wheel zooms; otherwise it scrolls.
    pub wheel_zooms: bool,
    /// Whether cards fly to their new places.
    pub animate: bool,
    /// Whether the strip of figures is shown below the map.
    pub figures: bool,
    /// Maps that were open, the last one first.
    pub recent: Vec<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: ThemeChoice::System,
            text_scale: 1.0,
            autosave: false,
            snap_to_grid: true,
            guides: true,
            wheel_zooms: false,
            animate: true,
            figures: true,
            recent: Vec::new(),
        }
    }
}

/// Why settings were not kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the settings were not kept in “{path}”: {reason}", path = .path.display())]
pub struct SettingsError {
    /// The file.
    pub path: PathBuf,
    /// What went wrong, in words.
    pub reason: String,
}

/// Most recent files that are kept.
pub const MOST_RECENT: usize = 12;

impl Settings {
    /// Reads the settings, and a sentence for the person when they could not be read.
    ///
    /// A damaged file is put aside as `settings.ron.bad`, so that it is not written over.
    pub fn load(dirs: &Dirs) -> (Self, Option<String>) {
        let path = file_of(dirs);
        let text = match super::target::read(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return (Self::default(), None),
            Err(error) => {
                let note =
                    format!("The settings in “{}” could not be read: {}.", path.display(), reason::in_words(&error));
                return (Self::default(), Some(note));
            }
            Ok(bytes) => String::from_utf8(bytes).map_err(|error| error.to_string()),
        };
        match text.and_then(|text| ron::from_str::<Self>(&text).map_err(|error| error.to_string())) {
            Ok(settings) => (settings.within_limits(), None),
            Err(error) => {
                let aside = path.with_extension("ron.bad");
                let kept = match fs::rename(&path, &aside) {
                    Ok(()) => format!("they were kept as “{}”", aside.display()),
                    Err(error) => format!("they could not be put aside: {}", reason::in_words(&error)),
                };
                (
                    Self::default(),
                    Some(format!("The settings could not be read ({error}); {kept}. The usual ones are used.")),
                )
            }
        }
    }

    /// Changes the settings on disk and gives them back. Another window that does so at the same time loses nothing.
    pub fn update(dirs: &Dirs, change: impl FnOnce(&mut Self)) -> Result<Self, SettingsError> {
        let path = file_of(dirs);
        let failed = |error: io::Error| SettingsError { path: path.clone(), reason: reason::in_words(&error) };
        dirs::make(dirs.config()).map_err(failed)?;
        let _held = wait_for_lock(&path.with_extension("lock")).map_err(failed)?;
        let (mut settings, _) = Self::load(dirs);
        change(&mut settings);
        settings = settings.within_limits();
        let config = ron::ser::PrettyConfig::new().new_line("\n");
        let text = ron::ser::to_string_pretty(&settings, config).map_err(|error| failed(io::Error::other(error)))?;
        replace::write_whole(&path, text.as_bytes()).map_err(failed)?;
        Ok(settings)
    }

    /// Puts a map at the head of the recent ones. Paths that are no Unicode cannot be kept.
    pub fn opened(&mut self, path: &Path) {
        let Some(path) = path.to_str() else { return };
        self.recent.retain(|recent| recent != path);
        self.recent.insert(0, path.to_owned());
        self.recent.truncate(MOST_RECENT);
    }

    /// Takes a map from the recent ones.
    pub fn forget(&mut self, path: &Path) {
        self.recent.retain(|recent| Path::new(recent) != path);
    }

    fn within_limits(mut self) -> Self {
        self.text_scale = if self.text_scale.is_finite() { self.text_scale.clamp(0.5, 3.0) } else { 1.0 };
        let recent = std::mem::take(&mut self.recent);
        for path in recent.into_iter().filter(|path| !path.is_empty() && !path.contains('\0')) {
            if self.recent.len() < MOST_RECENT && !self.recent.contains(&path) {
                self.recent.push(path);
            }
        }
        self
    }
}

fn file_of(dirs: &Dirs) -> PathBuf {
    dirs.config().join("settings.ron")
}

/// Another window holds it for some milliseconds; without it, the last to write wins.
fn wait_for_lock(path: &Path) -> io::Result<Option<LockFile>> {
    for _ in 0..50 {
        if let Some(held) = LockFile::try_take(path)? {
            return Ok(Some(held));
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_come_back() {
        let root = tempfile::tempdir().expect("tempdir");
        let dirs = Dirs::below(root.path());
        assert_eq!(Settings::load(&dirs), (Settings::default(), None), "nothing there yet");
        let written = Settings::update(&dirs, |settings| {
            settings.theme = ThemeChoice::Dark;
            settings.text_scale = 1.25;
            for i in 0..20 {
                settings.opened(Path::new(&format!("/maps/{}.ron", i % 15)));
            }
        });
        let written = written.expect("kept");
        assert_eq!(Settings::load(&dirs), (written.clone(), None));
        assert_eq!(written.recent.len(), MOST_RECENT);
        assert_eq!(written.recent[..2], ["/maps/4.ron", "/maps/3.ron"], "the last one first, each once");
        let after = Settings::update(&dirs, |settings| settings.forget(Path::new("/maps/4.ron"))).expect("kept");
        assert_eq!((after.recent[0].as_str(), after.theme), ("/maps/3.ron", ThemeChoice::Dark), "the rest stays");
    }

    #[test]
    fn hostile_settings_do_no_harm() {
        let root = tempfile::tempdir().expect("tempdir");
        let dirs = Dirs::below(root.path());
        dirs::make(dirs.config()).expect("made");
        for text in ["", "\0\0\0", "(theme: purple)", "(text_scale: \"big\")", "[[[[", "(theme: dark"] {
            fs::write(file_of(&dirs), text).expect("written");
            let (settings, note) = Settings::load(&dirs);
            assert_eq!(settings, Settings::default(), "{text:?}");
            assert!(note.is_some_and(|note| note.contains("settings.ron.bad")), "{text:?}");
            let aside = fs::read_to_string(file_of(&dirs).with_extension("ron.bad")).expect("aside");
            assert_eq!(aside, text, "kept");
        }
        for (text, scale) in
            [("(text_scale: inf)", 1.0), ("(text_scale: 1e9, from_the_future: (a: [1]))", 3.0), ("()", 1.0)]
        {
            fs::write(file_of(&dirs), text).expect("written");
            let (settings, note) = Settings::load(&dirs);
            assert_eq!((settings.text_scale, note), (scale, None), "{text}");
        }
    }

    #[test]
    fn windows_do_not_lose_each_others_settings() {
        let root = tempfile::tempdir().expect("tempdir");
        let dirs = Dirs::below(root.path());
        std::thread::scope(|scope| {
            for window in 0..4 {
                let dirs = &dirs;
                scope.spawn(move || {
                    let map = format!("/maps/{window}.ron");
                    Settings::update(dirs, |settings| settings.opened(Path::new(&map))).expect("kept");
                });
            }
        });
        let mut recent = Settings::load(&dirs).0.recent;
        recent.sort();
        assert_eq!(recent, ["/maps/0.ron", "/maps/1.ron", "/maps/2.ron", "/maps/3.ron"]);
    }
}
