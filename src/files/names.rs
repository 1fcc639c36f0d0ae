//! Names of files that are proposed: what people call things, in letters that every system takes.

/// Most characters of a name: with four bytes each, and an ending, they fit into any folder.
const LONGEST: usize = 60;

/// A title as the name of a file without its ending: only letters, digits, spaces, dashes and underscores.
///
/// It does not begin with a dash, which programs take for an option, and is none that Windows keeps for a device.
pub fn file_name_of(title: &str) -> String {
    let is_kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    let kept: String = title.chars().filter(is_kept).take(LONGEST).collect();
    match kept.trim_start_matches([' ', '-']).trim_end() {
        "" => "map".to_owned(),
        kept if is_device(kept) => format!("{kept} map"),
        kept => kept.to_owned(),
    }
}

fn is_device(name: &str) -> bool {
    let name = name.to_uppercase();
    let is_number = |rest: &str| matches!(rest, "¹" | "²" | "³") || matches!(rest.as_bytes(), [b'0'..=b'9']);
    let numbered = ["COM", "LPT"].iter().any(|device| name.strip_prefix(device).is_some_and(is_number));
    numbered || matches!(name.as_str(), "CON" | "PRN" | "AUX" | "NUL")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_become_names_that_every_system_takes() {
        for (title, name) in [
            ("Loan approval (2026)", "Loan approval 2026"),
            ("../../etc/passwd", "etcpasswd"),
            (" - --help", "help"),
            ("con", "con map"),
            ("Lpt³.", "Lpt³ map"),
            ("COM10", "COM10"),
            ("Prüfung_検査", "Prüfung_検査"),
            ("…", "map"),
            ("", "map"),
        ] {
            assert_eq!(file_name_of(title), name, "{title:?}");
        }
    }
}
