//! Where the program keeps its own files: state (journals, backups, locks) and settings.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

/// Overrides both directories; for tests and for running several apart.
pub const STATE_DIR_VARIABLE: &str = "PEEL_STATE_DIR";

/// The directories of one user. They are made when something is first written there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dirs {
    state: PathBuf,
    config: PathBuf,
}

/// There is no home directory to keep anything in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "your home folder is not known, so nothing can be recovered after a crash: set {STATE_DIR_VARIABLE} to a folder"
)]
pub struct NoHome;

impl Dirs {
    /// The directories of the user who runs the program.
    pub fn of_user() -> Result<Self, NoHome> {
        Self::from_variables(|name| std::env::var_os(name)).ok_or(NoHome)
    }

    /// Everything below one directory.
    pub fn below(root: impl Into<PathBuf>) -> Self {
        let state = root.into();
        Self { config: state.join("config"), state }
    }

    /// The rules, with the environment passed in. Paths that are not absolute are ignored, as XDG asks.
    fn from_variables(get: impl Fn(&str) -> Option<OsString>) -> Option<Self> {
        if let Some(root) = get(STATE_DIR_VARIABLE).filter(|root| !root.is_empty()) {
            return std::path::absolute(root).ok().map(Self::below);
        }
        let folder = |name: &str| get(name).map(PathBuf::from).filter(|path| path.is_absolute());
        if cfg!(windows) {
            let (local, roaming) = (folder("LOCALAPPDATA")?, folder("APPDATA"));
            let config = roaming.unwrap_or_else(|| local.clone()).join("Peel").join("config");
            return Some(Self { state: local.join("Peel").join("state"), config });
        }
        let home = folder("HOME");
        if cfg!(target_vendor = "apple") {
            let support = home?.join("Library").join("Application Support").join("Peel");
            return Some(Self { state: support.join("state"), config: support.join("config") });
        }
        let under_home = |below: &str| home.as_ref().map(|home| home.join(below));
        Some(Self {
            state: folder("XDG_STATE_HOME").or_else(|| under_home(".local/state"))?.join("peel"),
            config: folder("XDG_CONFIG_HOME").or_else(|| under_home(".config"))?.join("peel"),
        })
    }

    /// The state directory.
    pub fn state(&self) -> &Path {
        &self.state
    }

    /// The directory of the settings.
    pub fn config(&self) -> &Path {
        &self.config
    }

    /// The journals of open maps.
    pub fn journals(&self) -> PathBuf {
        self.state.join("journals")
    }

    /// Earlier versions of saved maps.
    pub fn backups(&self) -> PathBuf {
        self.state.join("backups")
    }

    /// The locks that say which maps are open.
    pub fn locks(&self) -> PathBuf {
        self.state.join("locks")
    }

    /// What was left beside maps by saves that never ended.
    pub fn leftovers(&self) -> PathBuf {
        self.state.join("leftovers")
    }
}

/// Makes a directory and those above it that are missing, for this user only, so that they survive a power cut.
pub fn make(dir: &Path) -> io::Result<()> {
    if dir.is_dir() {
        return Ok(());
    }
    if let Some(parent) = dir.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        make(parent)?;
    }
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(dir) {
        Err(error) if !dir.is_dir() => Err(error),
        _ => dir.parent().map_or(Ok(()), sync),
    }
}

/// Makes the names in a directory durable. Where directories cannot be synced (some network disks), does nothing.
pub fn sync(dir: &Path) -> io::Result<()> {
    if cfg!(windows) {
        return Ok(()); // Windows cannot open a directory for that
    }
    let opened = match std::fs::File::open(dir) {
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => return Ok(()), // may be written, not listed
        opened => opened?,
    };
    match opened.sync_all() {
        Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
        done => done,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dirs(variables: &[(&str, &str)]) -> Option<Dirs> {
        Dirs::from_variables(|name| variables.iter().find(|(n, _)| *n == name).map(|(_, value)| value.into()))
    }

    #[test]
    #[cfg(all(unix, not(target_vendor = "apple")))]
    fn directories_follow_the_variables() {
        let state = |variables: &[(&str, &str)]| dirs(variables).map(|d| d.state.display().to_string());
        let config = |variables: &[(&str, &str)]| dirs(variables).map(|d| d.config.display().to_string());
        assert_eq!(state(&[("HOME", "/h")]).as_deref(), Some("/h/.local/state/peel"));
        assert_eq!(config(&[("HOME", "/h")]).as_deref(), Some("/h/.config/peel"));
        assert_eq!(state(&[("HOME", "/h"), ("XDG_STATE_HOME", "/s")]).as_deref(), Some("/s/peel"));
        assert_eq!(state(&[("HOME", "/h"), ("XDG_STATE_HOME", "s")]).as_deref(), Some("/h/.local/state/peel"));
        assert_eq!(config(&[("HOME", "/h"), ("XDG_CONFIG_HOME", "/c")]).as_deref(), Some("/c/peel"));
        assert_eq!(state(&[("HOME", "/h"), (STATE_DIR_VARIABLE, "/t")]).as_deref(), Some("/t"));
        assert_eq!(config(&[(STATE_DIR_VARIABLE, "/t")]).as_deref(), Some("/t/config"));
        assert_eq!(state(&[(STATE_DIR_VARIABLE, ""), ("HOME", "/h")]).as_deref(), Some("/h/.local/state/peel"));
        assert_eq!(dirs(&[]), None);
        assert_eq!(dirs(&[("HOME", "not/absolute")]), None);
    }

    #[test]
    #[cfg(unix)]
    fn made_directories_are_private() {
        use std::os::unix::fs::PermissionsExt as _;
        let root = tempfile::tempdir().expect("tempdir");
        let deep = root.path().join("a/b/c");
        make(&deep).expect("made");
        make(&deep).expect("again");
        for dir in [root.path().join("a"), root.path().join("a/b"), deep] {
            assert_eq!(dir.metadata().expect("there").permissions().mode() & 0o777, 0o700, "{}", dir.display());
        }
        std::fs::write(root.path().join("file"), "x").expect("file");
        assert!(make(&root.path().join("file/below")).is_err(), "not below a file");
    }
}
