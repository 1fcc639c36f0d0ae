//! What stands where a map is to be saved: links resolved, its content told by a hash.

use std::fs::{self, File, Metadata};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

/// Largest map that is read, in bytes.
pub const LARGEST: u64 = super::format::LONGEST_FILE as u64;

/// Content as it was last read or written: what a later save expects to find.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Base {
    /// BLAKE3 of the bytes.
    pub hash: blake3::Hash,
    /// Their number.
    pub len: u64,
}

impl Base {
    /// Tells the bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self { hash: blake3::hash(bytes), len: bytes.len() as u64 }
    }
}

/// The one path of a file: absolute, with every link resolved, also when the file or a link's end is not there yet.
///
/// The folder must be there. Saving through a link must write the file it leads to and leave the link alone.
pub fn canonical(path: &Path) -> io::Result<PathBuf> {
    let mut path = std::path::absolute(path)?;
    for _ in 0..LINKS {
        let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
            return Err(io::ErrorKind::IsADirectory.into());
        };
        let folder = fs::canonicalize(folder)?;
        let found = folder.join(name);
        match fs::read_link(&found) {
            Ok(to) => path = folder.join(to),
            Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::NotFound) => {
                return Ok(found);
            }
            Err(error) if found.is_dir() || cfg!(unix) => return Err(error),
            Err(_) => return Ok(found), // Windows has its own number for “no link”
        }
    }
    Err(io::Error::other("the links lead in a circle"))
}

/// As many links as Linux follows.
const LINKS: usize = 40;

/// The name under which the state directory keeps what belongs to a canonical path: 32 hexadecimal digits.
pub fn key(canonical: &Path) -> String {
    let mut hex = blake3::hash(canonical.as_os_str().as_encoded_bytes()).to_hex().to_string();
    hex.truncate(32);
    hex
}

/// Whether something is there: `None` when not, an error when it is no regular file.
pub fn regular(path: &Path) -> io::Result<Option<Metadata>> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_file() => Ok(Some(found)),
        Ok(found) if found.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
        Ok(_) => Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not an ordinary file")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Reads a regular file of at most [`LARGEST`] bytes; pipes and devices, which may never end, are refused unopened.
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    let found = fs::metadata(path)?;
    if !found.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not an ordinary file"));
    }
    let too_large = || io::Error::new(io::ErrorKind::FileTooLarge, "it is larger than 64 MB");
    if found.len() > LARGEST {
        return Err(too_large());
    }
    let mut bytes = Vec::with_capacity(found.len() as usize + 1);
    File::open(path)?.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        return Err(too_large()); // it grew
    }
    Ok(bytes)
}

/// True when the file may only be read: nobody may write it, or we may not, or not in its folder.
///
/// Also for the administrator, who could write it all the same: somebody took the permission away on purpose.
pub fn read_only(path: &Path, found: Option<&Metadata>) -> bool {
    found.is_some_and(|found| found.permissions().readonly() || refused(path)) || path.parent().is_some_and(refused)
}

#[cfg(unix)]
fn refused(path: &Path) -> bool {
    let answer = rustix::fs::access(path, rustix::fs::Access::WRITE_OK).map_err(io::Error::from);
    answer
        .is_err_and(|error| matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem))
}

#[cfg(not(unix))]
fn refused(path: &Path) -> bool {
    path.is_file() && fs::metadata(path).is_ok_and(|found| found.permissions().readonly())
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn a_path_has_one_canonical_form() {
        let root = tempfile::tempdir().expect("tempdir");
        let root = fs::canonicalize(root.path()).expect("root");
        fs::create_dir(root.join("real")).expect("dir");
        fs::write(root.join("real/map.ron"), "x").expect("map");
        symlink("real", root.join("folder")).expect("link");
        symlink("real/map.ron", root.join("link")).expect("link");
        symlink("folder/../link", root.join("chain")).expect("link");
        symlink("real/new.ron", root.join("dangling")).expect("link");
        symlink(root.join("circle"), root.join("circle")).expect("link");
        for (path, to) in [
            ("real/map.ron", "real/map.ron"),
            ("folder/map.ron", "real/map.ron"),
            ("link", "real/map.ron"),
            ("chain", "real/map.ron"),
            ("dangling", "real/new.ron"),
            ("folder/new.ron", "real/new.ron"),
            ("real/../real/./map.ron", "real/map.ron"),
        ] {
            assert_eq!(canonical(&root.join(path)).expect(path), root.join(to), "{path}");
        }
        assert!(canonical(&root.join("circle")).is_err(), "circle");
        assert!(canonical(&root.join("no-folder/map.ron")).is_err(), "no folder");
        assert!(canonical(Path::new("/")).is_err(), "root");
    }

    #[test]
    fn only_ordinary_files_are_read() {
        let root = tempfile::tempdir().expect("tempdir");
        let pipe = root.path().join("pipe");
        rustix::fs::mknodat(rustix::fs::CWD, &pipe, rustix::fs::FileType::Fifo, 0o600.into(), 0).expect("pipe");
        assert!(read(&pipe).is_err(), "a pipe would block for ever");
        assert!(read(root.path()).is_err(), "a folder");
        assert!(regular(&pipe).is_err() && regular(root.path()).is_err(), "neither is regular");
        assert!(regular(&root.path().join("nothing")).expect("fine").is_none(), "nothing there");
    }
}
