//! Earlier versions of saved maps, in the state directory: the last ten, one of each hour of a day, one of each day of
//! a month.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use super::dirs::{self, Dirs};
use super::{replace, target};

/// One earlier version of a map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// The file that holds it, compressed with gzip.
    pub file: PathBuf,
    /// Its place in the order: later versions have larger counters, whatever the clock said.
    pub counter: u64,
    /// When it was replaced, in seconds since 1970, by the clock of that moment.
    pub replaced_at: i64,
    /// The first 32 hexadecimal digits of the BLAKE3 of its bytes.
    pub hash: String,
}

impl Backup {
    /// The bytes of the map as they were.
    pub fn read(&self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        flate2::read::GzDecoder::new(File::open(&self.file)?).take(target::LARGEST + 1).read_to_end(&mut bytes)?;
        if hash_of(&bytes) == self.hash {
            Ok(bytes)
        } else {
            Err(io::Error::new(io::ErrorKind::InvalidData, "the backup was damaged"))
        }
    }

    /// Reads `00000012-1700000000-0123….ron.gz`.
    fn from_file(file: PathBuf) -> Option<Self> {
        let mut parts = file.file_name()?.to_str()?.strip_suffix(SUFFIX)?.splitn(2, '-');
        let counter = parts.next()?.parse().ok()?;
        let (time, hash) = parts.next()?.rsplit_once('-')?;
        let (replaced_at, hash) = (time.parse().ok()?, hash.to_owned());
        Some(Self { file, counter, replaced_at, hash })
    }
}

const SUFFIX: &str = ".ron.gz";

/// The earlier versions of the map at a canonical path, the newest first.
pub fn list(dirs: &Dirs, canonical: &Path) -> io::Result<Vec<Backup>> {
    let entries = match fs::read_dir(folder_of(dirs, canonical)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut found = Vec::new();
    for entry in entries {
        found.extend(Backup::from_file(entry?.path()));
    }
    found.sort_by(|a, b| b.counter.cmp(&a.counter).then_with(|| a.hash.cmp(&b.hash)));
    Ok(found)
}

/// Keeps a version of the map at a canonical path that was just replaced; `now` is in seconds since 1970.
///
/// A version that is the newest one already is not kept twice.
pub fn store(dirs: &Dirs, canonical: &Path, bytes: &[u8], now: i64) -> io::Result<PathBuf> {
    let folder = folder_of(dirs, canonical);
    dirs::make(&folder)?;
    let mut versions = list(dirs, canonical)?;
    let hash = hash_of(bytes);
    if let Some(newest) = versions.first().filter(|newest| newest.hash == hash) {
        return Ok(newest.file.clone());
    }
    let counter = versions.first().map_or(1, |newest| newest.counter.saturating_add(1));
    let file = folder.join(format!("{counter:08}-{now}-{hash}{SUFFIX}"));
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(bytes)?;
    replace::write_whole(&file, &packed.finish()?)?;
    let name = folder.join("map.txt"); // for a person who looks for a map by hand
    if !name.exists() {
        replace::write_whole(&name, canonical.as_os_str().as_encoded_bytes())?;
    }
    versions.insert(0, Backup { file: file.clone(), counter, replaced_at: now, hash });
    prune(&folder, &versions, now);
    Ok(file)
}

fn folder_of(dirs: &Dirs, canonical: &Path) -> PathBuf {
    dirs.backups().join(target::key(canonical))
}

fn hash_of(bytes: &[u8]) -> String {
    let mut hex = blake3::hash(bytes).to_hex().to_string();
    hex.truncate(32);
    hex
}

const NEWEST: usize = 10;
const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;
/// How many go at a time, so that a clock set wrong for one save cannot take all.
const AT_ONCE: usize = 2;

fn prune(folder: &Path, versions: &[Backup], now: i64) {
    let times: Vec<i64> = versions.iter().map(|version| version.replaced_at).collect();
    let kept = kept(&times, now);
    let gone = versions.iter().zip(kept).rev().filter(|(_, kept)| !kept).take(AT_ONCE);
    for (version, _) in gone {
        drop(fs::remove_file(&version.file)); // the next save tries again
    }
    super::leftovers::remove_temps(folder, now);
}

/// Which versions are kept, by the times of all, the newest first.
fn kept(times: &[i64], now: i64) -> Vec<bool> {
    let (mut hours, mut days) = (BTreeSet::new(), BTreeSet::new());
    let times = times.iter().map(|time| *time.min(&now)); // one from the future is of this hour
    let kept = times.enumerate().map(|(position, time)| {
        let first_of_hour = hours.insert(time.div_euclid(HOUR));
        let first_of_day = days.insert(time.div_euclid(DAY));
        let age = now.saturating_sub(time);
        position < NEWEST || (first_of_hour && age <= DAY) || (first_of_day && age <= 30 * DAY)
    });
    kept.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 19_675 * DAY; // midnight

    #[test]
    fn versions_thin_out_with_age() {
        // One every ten minutes for forty days, the newest first.
        let times: Vec<i64> = (0..40 * 144).map(|i| NOW - i * 600).collect();
        let kept = kept(&times, NOW);
        let count = |from: i64, to: i64| {
            times.iter().zip(&kept).filter(|(time, kept)| **kept && NOW - **time >= from && NOW - **time < to).count()
        };
        assert_eq!(count(0, 6000), 10, "the last ten");
        assert_eq!(count(6000, DAY + 1), 22, "hourly: the last ten are of three hours");
        assert_eq!(count(DAY + 1, 30 * DAY + 1), 29, "daily");
        assert_eq!(count(30 * DAY + 1, 41 * DAY), 0, "gone");
        assert_eq!(super::kept(&[NOW - 100 * DAY; 12], NOW).iter().filter(|kept| **kept).count(), 10, "old ones");
        assert_eq!(super::kept(&[NOW + 100 * DAY; 12], NOW).iter().filter(|kept| **kept).count(), 10, "future");
    }

    #[test]
    fn versions_come_back_in_order_whatever_the_clock_said() {
        let root = tempfile::tempdir().expect("tempdir");
        let dirs = Dirs::below(root.path());
        let map = Path::new("/somewhere/map.ron");
        assert_eq!(list(&dirs, map).expect("none"), []);
        for (text, now) in [("one", NOW), ("two", 4_000_000_000), ("two", NOW), ("three", 0), ("four", -5)] {
            store(&dirs, map, text.as_bytes(), now).expect(text);
        }
        let read: Vec<_> = list(&dirs, map).expect("list").iter().map(|b| b.read().expect("reads")).collect();
        assert_eq!(read, [b"four".to_vec(), b"three".to_vec(), b"two".to_vec(), b"one".to_vec()]);
        assert_eq!(list(&dirs, Path::new("/elsewhere/map.ron")).expect("none"), [], "another map");
        let newest = &list(&dirs, map).expect("list")[0];
        assert_eq!(newest.replaced_at, -5);
        let mut bytes = fs::read(&newest.file).expect("file");
        bytes[12] ^= 1;
        fs::write(&newest.file, bytes).expect("damaged");
        assert!(newest.read().is_err(), "damage is noticed");
    }

    #[test]
    fn a_wrong_clock_does_not_empty_the_backups() {
        let root = tempfile::tempdir().expect("tempdir");
        let dirs = Dirs::below(root.path());
        let map = Path::new("/somewhere/map.ron");
        for day in 0..30 {
            store(&dirs, map, format!("day {day}").as_bytes(), NOW + day * DAY).expect("stored");
        }
        assert_eq!(list(&dirs, map).expect("list").len(), 30);
        store(&dirs, map, b"from 2099", 4_070_908_800).expect("stored");
        assert_eq!(list(&dirs, map).expect("list").len(), 31 - AT_ONCE);
    }
}
