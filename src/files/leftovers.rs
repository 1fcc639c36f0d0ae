//! Sweeps up files that a save left beside a map when it was killed: moved to the state directory, as one of them may
//! be the only copy of another program's version.

use std::fs::{self, Metadata};
use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::dirs::{self, Dirs};
use super::{replace, target};

/// A save that is still running is younger than this, in seconds, also on another machine whose clock is a bit off.
const SETTLED: i64 = 600;
const MONTH: i64 = 30 * 24 * 3600;
/// The newest that stay however old they are, as the clock may be wrong.
const NEWEST: usize = 20;
/// How many go at a time, for the same reason.
const AT_ONCE: usize = 2;

/// Moves what saves left in the folder to the state directory; `now` is in seconds since 1970. Gives their number.
///
/// Files of other people are left to them.
pub fn sweep(dirs: &Dirs, folder: &Path, now: i64) -> io::Result<usize> {
    let mut swept = 0;
    for (path, found) in settled_temps(folder, now)? {
        if found.len() > 0 {
            let Ok(bytes) = target::read(&path) else { continue };
            dirs::make(&dirs.leftovers())?;
            let kept = dirs.leftovers().join(format!("{}.ron", blake3::hash(&bytes).to_hex()));
            if !kept.exists() {
                replace::write_whole(&kept, &bytes)?;
            }
        }
        fs::remove_file(&path)?;
        swept += 1;
    }
    expire(&dirs.leftovers(), now);
    Ok(swept)
}

/// Removes what was left in one of the program's own folders, where nothing half written is the only copy.
pub(super) fn remove_temps(folder: &Path, now: i64) {
    for (path, _) in settled_temps(folder, now).unwrap_or_default() {
        drop(fs::remove_file(path)); // the next time tries again
    }
}

fn settled_temps(folder: &Path, now: i64) -> io::Result<Vec<(std::path::PathBuf, Metadata)>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if !entry.file_name().to_str().is_some_and(replace::is_temp_name) {
            continue;
        }
        if let Ok(Some(there)) = target::regular(&entry.path())
            && is_ours(&there)
            && now.saturating_sub(touched(&there)) > SETTLED
        {
            found.push((entry.path(), there));
        }
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(found)
}

/// Removes what a folder has held for more than a month: a few at a time, and never the newest.
pub(super) fn expire(folder: &Path, now: i64) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let files = entries.flatten().filter_map(|entry| {
        let found = target::regular(&entry.path()).ok()??;
        Some((seconds(found.modified().ok()?), entry.path()))
    });
    let mut files: Vec<_> = files.collect();
    files.sort();
    let removable = files.len().saturating_sub(NEWEST);
    for (time, path) in files.into_iter().take(removable.min(AT_ONCE)) {
        if now.saturating_sub(time) > MONTH {
            drop(fs::remove_file(path)); // the next time tries again
        }
    }
}

/// Marks a file as put away now, for [`expire`].
pub(super) fn put_away(file: &Path, now: i64) -> io::Result<()> {
    let time = UNIX_EPOCH.checked_add(Duration::from_secs(now.max(0).unsigned_abs())).unwrap_or(UNIX_EPOCH);
    fs::OpenOptions::new().write(true).open(file)?.set_modified(time)
}

/// Seconds since 1970.
fn seconds(time: SystemTime) -> i64 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_secs()).unwrap_or(i64::MAX),
        Err(before) => -i64::try_from(before.duration().as_secs()).unwrap_or(i64::MAX),
    }
}

/// When a file got its name or content, whichever was later: the exchange keeps the old time of the content.
#[cfg(unix)]
fn touched(found: &Metadata) -> i64 {
    std::os::unix::fs::MetadataExt::ctime(found)
}

#[cfg(not(unix))]
fn touched(found: &Metadata) -> i64 {
    found.modified().map_or(i64::MAX, seconds)
}

#[cfg(unix)]
fn is_ours(found: &Metadata) -> bool {
    std::os::unix::fs::MetadataExt::uid(found) == rustix::process::geteuid().as_raw()
}

#[cfg(not(unix))]
fn is_ours(_: &Metadata) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leftovers_are_moved_once_settled() {
        let root = tempfile::tempdir().expect("tempdir");
        let (dirs, folder) = (Dirs::below(root.path().join("state")), root.path().join("maps"));
        fs::create_dir(&folder).expect("folder");
        let names: Vec<_> = (0..3).map(|_| replace::temp_name().expect("name")).collect();
        for (name, text) in names.iter().zip(["only copy", "only copy", ""]) {
            fs::write(folder.join(name), text).expect("leftover");
        }
        for name in ["map.ron", ".peel-short.tmp", ".peel-0123456789abcdef0123456789abcdeX.tmp"] {
            fs::write(folder.join(name), "not ours to take").expect("file");
        }
        let now = seconds(SystemTime::now());
        assert_eq!(sweep(&dirs, &folder, now).expect("swept"), 0, "a save may be running");
        assert_eq!(sweep(&dirs, &folder, now - 5000).expect("swept"), 0, "clock behind");
        assert_eq!(sweep(&dirs, &folder, now + 700).expect("swept"), 3);
        assert_eq!(fs::read_dir(&folder).expect("folder").count(), 3, "the others stay");
        let kept: Vec<_> = fs::read_dir(dirs.leftovers()).expect("kept").flatten().map(|e| e.path()).collect();
        assert_eq!(kept.len(), 1, "equal ones once");
        assert_eq!(fs::read_to_string(&kept[0]).expect("reads"), "only copy");
    }

    #[test]
    fn old_files_go_a_few_at_a_time() {
        let root = tempfile::tempdir().expect("tempdir");
        for i in 0..25 {
            let file = root.path().join(format!("{i:02}"));
            fs::write(&file, "x").expect("file");
            put_away(&file, 1_000_000 + i).expect("marked");
        }
        let count = || fs::read_dir(root.path()).expect("folder").count();
        expire(root.path(), 1_000_000 + MONTH);
        assert_eq!(count(), 25, "not yet a month");
        expire(root.path(), 1_000_001 + MONTH);
        assert_eq!(count(), 24, "the oldest");
        for _ in 0..10 {
            expire(root.path(), 100 * MONTH);
        }
        assert_eq!(count(), NEWEST, "the newest stay");
        assert!(!root.path().join("04").exists() && root.path().join("05").exists(), "the oldest went");
    }
}
