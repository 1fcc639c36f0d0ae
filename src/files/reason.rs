//! Says what a system error means and what a person can do about it.

use std::io::{Error, ErrorKind};

/// The reason in words: "the disk is full".
pub fn in_words(error: &Error) -> String {
    let words = match error.kind() {
        ErrorKind::StorageFull => "the disk is full",
        ErrorKind::QuotaExceeded => "your share of the disk is used up",
        ErrorKind::FileTooLarge => "the file would be larger than this disk or account allows",
        ErrorKind::ReadOnlyFilesystem => "the disk may only be read",
        ErrorKind::PermissionDenied => "you may not write there",
        ErrorKind::NotFound => "it is not there any more",
        ErrorKind::NotADirectory => "a part of the path is a file, not a folder",
        ErrorKind::IsADirectory => "it is a folder",
        ErrorKind::StaleNetworkFileHandle | ErrorKind::NetworkDown | ErrorKind::HostUnreachable => {
            "the network folder cannot be reached"
        }
        ErrorKind::InvalidFilename => "the name is too long or not allowed there",
        ErrorKind::TimedOut => "the disk or network did not answer in time",
        _ if error.raw_os_error() == Some(EIO) => "the disk reported an error",
        _ => return error.to_string(),
    };
    words.into()
}

/// What to do about it, as a whole sentence.
pub fn what_to_do(error: &Error) -> &'static str {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            "Make room and save again, or use Save as with another disk."
        }
        ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => "Use Save as with another folder.",
        ErrorKind::InvalidFilename => "Use Save as with a shorter name.",
        ErrorKind::NotFound | ErrorKind::NotADirectory => "Use Save as with a folder that is there.",
        _ => "Save again, or use Save as with another disk.",
    }
}

/// `EIO`, which has no [`ErrorKind`]; the same number on Linux, macOS and the BSDs.
#[cfg(unix)]
const EIO: i32 = 5;
/// `ERROR_IO_DEVICE`.
#[cfg(not(unix))]
const EIO: i32 = 1117;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(target_os = "linux")]
    fn errors_of_a_save_are_said_in_words() {
        for (number, words, advice) in [
            (28, "the disk is full", "Make room"),
            (122, "your share of the disk is used up", "Make room"),
            (5, "the disk reported an error", "Save again"),
            (13, "you may not write there", "another folder"),
            (30, "the disk may only be read", "another folder"),
            (36, "the name is too long or not allowed there", "shorter name"),
            (2, "it is not there any more", "a folder that is there"),
        ] {
            let error = Error::from_raw_os_error(number);
            assert_eq!(in_words(&error), words, "{number}");
            assert!(what_to_do(&error).contains(advice), "{number}: {}", what_to_do(&error));
        }
    }
}
