//! What lies in a folder, for the window's own file dialog.

use std::fs;
use std::path::Path;

/// Most names that are listed.
const MOST: usize = 500;

/// The folders (with a slash at the end) and then the files with one of the endings, each in the order of their names.
/// Hidden folders are left out; a folder that cannot be read is empty.
pub fn list(folder: &Path, endings: &[&str]) -> Vec<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let (name, path) = (entry.file_name().to_string_lossy().into_owned(), entry.path());
        if path.is_dir() {
            if !name.starts_with('.') {
                names.push(format!("{name}/"));
            }
        } else if path.extension().is_some_and(|e| endings.iter().any(|x| e.eq_ignore_ascii_case(x))) {
            names.push(name);
        }
    }
    names.sort_by_key(|name| (!name.ends_with('/'), name.to_lowercase()));
    names.truncate(MOST);
    names
}
