//! Puts whole files in place: written and synced beside the target under a name of chance, then moved there in one step.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

pub(super) use attributes::same_file;

/// What temporary names begin and end with. The map's own name is no part of it: that may be 255 bytes long, and a
/// name that can be guessed can be planted.
const TEMP: (&str, &str) = (".peel-", ".tmp");

/// A name for a file being written, which nobody can foresee.
pub(super) fn temp_name() -> io::Result<String> {
    Ok(format!("{}{}{}", TEMP.0, random_hex()?, TEMP.1))
}

/// 32 hexadecimal digits of chance.
pub(super) fn random_hex() -> io::Result<String> {
    let mut random = [0; 16];
    getrandom::fill(&mut random).map_err(|error| io::Error::other(error.to_string()))?;
    Ok(format!("{:032x}", u128::from_le_bytes(random)))
}

/// True for the names that [`temp_name`] makes.
pub(super) fn is_temp_name(name: &str) -> bool {
    let middle = name.strip_prefix(TEMP.0).and_then(|rest| rest.strip_suffix(TEMP.1));
    middle.is_some_and(|hex| hex.len() == 32 && hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// A whole file beside its target, synced; taken away again when dropped, unless it was moved.
#[derive(Debug)]
pub(super) struct Temp {
    path: PathBuf,
    file: File,
    /// Whether owner, permissions and attributes of the old file could be given to it.
    pub kept_attributes: bool,
}

impl Temp {
    /// Writes and syncs the bytes, with owner, permissions and attributes of the old file when there is one.
    pub fn write(folder: &Path, bytes: &[u8], old: Option<(&Path, &Metadata)>) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        if old.is_some() {
            // Nobody may look in before it has the permissions of the old file.
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        }
        let path = folder.join(temp_name()?);
        let file = options.open(&path)?;
        let mut temp = Self { path, file, kept_attributes: true };
        if let Some((path, found)) = old {
            temp.kept_attributes = attributes::copy(path, found, &temp.file);
        }
        temp.file.write_all(bytes)?;
        temp.file.sync_all()?;
        Ok(temp)
    }

    /// Moves it over the target, whatever is there.
    pub fn over(self, target: &Path) -> io::Result<()> {
        rename(&self.path, target)
    }

    /// Moves it to the target and brings out what was there before, however late that came.
    ///
    /// When another program put a folder or a link there meanwhile, everything is left as it was.
    pub fn exchange(self, target: &Path, how: How) -> io::Result<Out> {
        for _ in 0..TRIES {
            let out = match how {
                How::Swap => swap(&self.path, target),
                How::Link => by_link(&self.path, target),
                How::Copy => by_copy(&self.path, target),
            };
            match out {
                Err(error) if error.kind() == io::ErrorKind::NotFound => match place(&self.path, target) {
                    Ok(()) => return Ok(Out::Nothing),
                    Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {} // it came back: once more
                    Err(error) => return Err(error),
                },
                Err(error) if how == How::Swap && is_unsupported(&error) => return self.exchange(target, How::Link),
                Err(error) if how == How::Link && is_unsupported(&error) => return self.exchange(target, How::Copy),
                out => return out,
            }
        }
        Err(io::Error::other("another program keeps replacing the file"))
    }
}

/// How often a target may appear and vanish under a save.
const TRIES: usize = 8;

impl Drop for Temp {
    /// Only our own file: after an error it may be the other one that stands under the temporary name.
    fn drop(&mut self) {
        if same_file(&self.file, &self.path) {
            // Nothing can be done when it stays; the sweep of a later save takes it away.
            drop(fs::remove_file(&self.path));
        }
    }
}

/// The ways to exchange two files, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// In one step of the file system.
    Swap,
    /// The old file gets a second name first. What replaces it in the instant between is lost.
    Link,
    /// The old file is read first. What replaces it in the instant between is lost.
    Copy,
}

/// What came out from under the target.
#[derive(Debug)]
pub(super) enum Out {
    /// There was nothing.
    Nothing,
    /// The earlier file, now under this name.
    File(PathBuf),
    /// The content of the earlier file, which is gone.
    Bytes(Vec<u8>),
}

fn is_unsupported(error: &io::Error) -> bool {
    use io::ErrorKind::{InvalidInput, PermissionDenied, TooManyLinks, Unsupported};
    // `EPERM` is what FAT, and the protection of foreign files against links, answer.
    matches!(error.kind(), InvalidInput | Unsupported | PermissionDenied | TooManyLinks)
}

/// Exchanges the two names.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn swap(temp: &Path, target: &Path) -> io::Result<Out> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, temp, CWD, target, RenameFlags::EXCHANGE)?;
    match fs::symlink_metadata(temp) {
        Ok(out) if !out.is_file() => {
            renameat_with(CWD, temp, CWD, target, RenameFlags::EXCHANGE)?;
            Err(io::Error::other("another program put a folder or a link there"))
        }
        _ => Ok(Out::File(temp.to_owned())),
    }
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn swap(_: &Path, _: &Path) -> io::Result<Out> {
    Err(io::ErrorKind::Unsupported.into())
}

fn by_link(temp: &Path, target: &Path) -> io::Result<Out> {
    super::target::regular(target)?;
    let kept = temp.with_file_name(temp_name()?);
    fs::hard_link(target, &kept)?;
    match rename(temp, target) {
        Ok(()) => Ok(Out::File(kept)),
        Err(error) => {
            // A second name of what is still there; left to the sweep when it may be the only one.
            if File::open(target).is_ok_and(|file| same_file(&file, &kept)) {
                fs::remove_file(&kept)?;
            }
            Err(error)
        }
    }
}

fn by_copy(temp: &Path, target: &Path) -> io::Result<Out> {
    super::target::regular(target)?;
    let bytes = super::target::read(target)?;
    rename(temp, target)?;
    Ok(Out::Bytes(bytes))
}

/// Moves a file to a name that nobody has; `AlreadyExists` when somebody does.
pub(super) fn place(from: &Path, to: &Path) -> io::Result<()> {
    #[cfg(any(target_os = "linux", target_vendor = "apple"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE).map_err(io::Error::from) {
            Err(error) if is_unsupported(&error) => {}
            done => return done,
        }
    }
    match fs::hard_link(from, to) {
        Ok(()) => fs::remove_file(from),
        Err(error) if is_unsupported(&error) => match to.symlink_metadata() {
            Ok(_) => Err(io::ErrorKind::AlreadyExists.into()),
            Err(_) => rename(from, to),
        },
        Err(error) => Err(error),
    }
}

/// Renames; on Windows again for half a second while a virus scanner or a sync client holds the file.
fn rename(from: &Path, to: &Path) -> io::Result<()> {
    #[cfg(windows)]
    for _ in 0..10 {
        match fs::rename(from, to) {
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                std::thread::sleep(std::time::Duration::from_millis(50));
            }
            done => return done,
        }
    }
    fs::rename(from, to)
}

/// Writes a file in one step: afterwards there is the old one or the new one, and after `Ok` the new one, whatever
/// happens to the power. For the program's own files.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    Temp::write(folder, bytes, None)?.over(path)?;
    super::dirs::sync(folder)
}

#[cfg(unix)]
mod attributes {
    use std::fs::{self, File, Metadata, Permissions};
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    use std::path::Path;

    /// True when the open file stands under the path.
    pub fn same_file(file: &File, path: &Path) -> bool {
        match (file.metadata(), fs::symlink_metadata(path)) {
            (Ok(a), Ok(b)) => (a.dev(), a.ino()) == (b.dev(), b.ino()),
            _ => false,
        }
    }

    /// Gives `to` the owner, permissions and extended attributes (access lists among them) of the old file; false when
    /// some of it was refused. Rights are never wider than they were: a group that cannot be kept gets what all have.
    pub fn copy(old: &Path, found: &Metadata, to: &File) -> bool {
        let Ok(fresh) = to.metadata() else { return false };
        let group = fresh.gid() == found.gid() || std::os::unix::fs::fchown(to, None, Some(found.gid())).is_ok();
        let owner = fresh.uid() == found.uid() || std::os::unix::fs::fchown(to, Some(found.uid()), None).is_ok();
        let refused = copy_extended(old, to);
        let access_list = refused.iter().any(|name| name.starts_with(b"system."));
        let mode = found.mode() & 0o777;
        let mode = if group && !access_list { mode } else { (mode & 0o707) | ((mode & 0o007) << 3) };
        let permissions = to.set_permissions(Permissions::from_mode(mode)).is_ok();
        group && owner && refused.is_empty() && permissions
    }

    /// Gives back the names of the attributes that were refused.
    #[cfg(any(target_os = "linux", target_vendor = "apple"))]
    fn copy_extended(old: &Path, to: &File) -> Vec<Vec<u8>> {
        use rustix::fs::{XattrFlags, fgetxattr, fsetxattr, getxattr, listxattr};
        let mut names = vec![0; 1 << 16]; // the most that Linux gives, of names and of one value
        let length = match listxattr(old, &mut names[..]) {
            Ok(length) => length,
            Err(rustix::io::Errno::NOTSUP) => 0,
            Err(_) => return vec![b"system.".to_vec()], // it may have an access list
        };
        let kept = |name: &[u8]| {
            let (mut value, mut there) = (vec![0; 1 << 16], vec![0; 1 << 16]);
            let Ok(length) = getxattr(old, name, &mut value[..]) else { return false };
            let same = fgetxattr(to, name, &mut there[..]).is_ok_and(|n| there[..n] == value[..length]);
            same || fsetxattr(to, name, &value[..length], XattrFlags::empty()).is_ok()
        };
        let names = names[..length].split(|byte| *byte == 0).filter(|name| !name.is_empty());
        names.filter(|name| !kept(name)).map(<[u8]>::to_vec).collect()
    }

    #[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
    fn copy_extended(_: &Path, _: &File) -> Vec<Vec<u8>> {
        Vec::new()
    }
}

#[cfg(not(unix))]
mod attributes {
    use std::fs::{File, Metadata};
    use std::path::Path;

    /// Windows keeps a name to its file while that is open, so what stands there is ours.
    pub fn same_file(_: &File, path: &Path) -> bool {
        path.exists()
    }

    /// Windows gives a new file the rights of its folder, as it gave the old one.
    pub fn copy(_: &Path, _: &Metadata, _: &File) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(path: &Path) -> String {
        fs::read_to_string(path).expect("reads")
    }

    /// Everything in a folder, by content.
    fn contents(folder: &Path) -> Vec<String> {
        let mut found: Vec<String> =
            fs::read_dir(folder).expect("folder").map(|e| text(&e.expect("e").path())).collect();
        found.sort();
        found
    }

    #[test]
    fn each_way_of_exchanging_brings_out_the_old_file() {
        for how in [How::Swap, How::Link, How::Copy] {
            let root = tempfile::tempdir().expect("tempdir");
            let target = root.path().join("map");
            let temp = Temp::write(root.path(), b"new", None).expect("written");
            assert!(matches!(temp.exchange(&target, how), Ok(Out::Nothing)), "{how:?}: nothing was there");
            assert_eq!(contents(root.path()), ["new"], "{how:?}");
            let temp = Temp::write(root.path(), b"newer", None).expect("written");
            let out = match temp.exchange(&target, how).expect("exchanged") {
                Out::File(file) => text(&file),
                Out::Bytes(bytes) => String::from_utf8(bytes).expect("text"),
                Out::Nothing => String::new(),
            };
            assert_eq!((out.as_str(), text(&target).as_str()), ("new", "newer"), "{how:?}");
        }
    }

    #[test]
    #[cfg(unix)]
    fn a_folder_or_link_that_got_in_the_way_stays() {
        for how in [How::Swap, How::Link, How::Copy] {
            let root = tempfile::tempdir().expect("tempdir");
            let (folder, link) = (root.path().join("folder"), root.path().join("link"));
            fs::create_dir(&folder).expect("folder");
            std::os::unix::fs::symlink("elsewhere", &link).expect("link");
            for target in [&folder, &link] {
                let temp = Temp::write(root.path(), b"new", None).expect("written");
                assert!(temp.exchange(target, how).is_err(), "{how:?} {}", target.display());
            }
            assert!(folder.is_dir() && link.is_symlink(), "{how:?}");
            assert_eq!(fs::read_dir(root.path()).expect("root").count(), 2, "{how:?}: no temporary file stays");
        }
    }

    #[test]
    fn what_is_not_moved_is_taken_away_and_what_is_not_ours_is_not() {
        let root = tempfile::tempdir().expect("tempdir");
        drop(Temp::write(root.path(), b"new", None).expect("written"));
        assert_eq!(contents(root.path()), [""; 0]);
        let temp = Temp::write(root.path(), b"new", None).expect("written");
        fs::rename(&temp.path, root.path().join("moved")).expect("moved");
        fs::write(&temp.path, "another's").expect("written");
        drop(temp);
        assert_eq!(contents(root.path()), ["another's", "new"]);
    }

    #[test]
    fn a_name_that_is_taken_is_never_replaced() {
        let root = tempfile::tempdir().expect("tempdir");
        let (one, two) = (root.path().join("one"), root.path().join("two"));
        fs::write(&one, "one").expect("written");
        fs::write(&two, "two").expect("written");
        assert_eq!(place(&one, &two).expect_err("taken").kind(), io::ErrorKind::AlreadyExists);
        place(&one, &root.path().join("free")).expect("placed");
        assert_eq!(contents(root.path()), ["one", "two"]);
        assert!(is_temp_name(&temp_name().expect("name")) && !is_temp_name(".peel-.tmp"));
    }
}
