//! Why a command ends without having done what was asked.

use std::path::Path;

use crate::files::dirs::NoHome;
use crate::files::save::SaveError;

/// A message for a person, and the exit status that goes with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Failure {
    /// 1: it could not be carried out; 2: wrong usage.
    pub status: u8,
    /// What is wrong, where, and what to do.
    pub message: String,
}

impl Failure {
    /// The request could not be carried out.
    pub fn refused(message: impl Into<String>) -> Self {
        Self { status: 1, message: message.into() }
    }

    /// The words make no sense together.
    pub fn usage(message: impl Into<String>) -> Self {
        Self { status: 2, message: message.into() }
    }

    /// A file that is in the way, and what to do about it.
    pub fn is_there(path: &Path, what_to_do: &str) -> Self {
        Self::refused(format!("“{}” is there already and was not touched: {what_to_do}", path.display()))
    }
}

impl From<NoHome> for Failure {
    fn from(error: NoHome) -> Self {
        Self::refused(error.to_string())
    }
}

impl From<SaveError> for Failure {
    /// In the words of a terminal, where there is no “Save as”.
    fn from(error: SaveError) -> Self {
        Self::refused(match error {
            SaveError::ReadOnly(path) => {
                format!("“{}” may only be read: choose another name or folder", path.display())
            }
            SaveError::ChangedOnDisk(path) => {
                format!("“{}” was changed by another program meanwhile: run the command again", path.display())
            }
            SaveError::Failed { path, reason, .. } => {
                format!("“{}” was not written: {reason}. Choose another name, folder or disk", path.display())
            }
            SaveError::NotDurable { path, reason, .. } => {
                format!("“{}” was written but may not survive a power cut: {reason}", path.display())
            }
            error => error.to_string(),
        })
    }
}
