//! Names that try to be something else, in what is written of a map but told nowhere else: map files, names of files, PDF.

mod names;
#[path = "hostile/paper.rs"]
mod paper;
mod told;

use peel::files::format::{read, read_edits, write, write_edits};
use peel::files::names::file_name_of;
use peel::model::{Document, Edit, Party, PartyId, PartyKind};
use told::told;

#[test]
fn the_table_is_read_and_bad_lines_are_refused() {
    let all = names::all();
    assert!(all.len() >= 300, "{} texts", all.len());
    assert_eq!(names::text("md-blocks"), "# heading\n\n- list\n1. one\n> quote\n---");
    assert_eq!(names::text("path-unc"), "\\\\server\\share\\x");
    let sound = "# comment\n\na\tone\\ttwo\\0\nb\t\\u{202e}\\\\\nc\t\n";
    let found = names::read(sound).expect("sound");
    let texts: Vec<&str> = found.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(texts, ["one\ttwo\0", "\u{202e}\\", ""]);
    for (line, problem) in [
        ("a", "a tab after the label is missing"),
        ("\ttext", "a label is of a-z, 0-9 and -"),
        ("A b\ttext", "a label is of a-z, 0-9 and -"),
        ("a\tend\\", "it ends in a backslash"),
        ("a\t\\q", "\\q is not known"),
        ("a\t\\u202e", "\\u needs {…}"),
        ("a\t\\u{d800}", "\\u{d800} is no character"),
        ("b\tfirst", "label or text are those of b"),
        ("c\tone", "label or text are those of b"),
    ] {
        assert_eq!(names::read(&format!("# x\nb\tone\n{line}\n")), Err(format!("line 3: {problem}")), "{line}");
    }
}

#[test]
fn maps_and_journals_hold_names_as_they_are() {
    let names = names::kept();
    let comes_back = |map: &Document, label: &str| {
        let text = write(map);
        let back = read(text.as_bytes()).unwrap_or_else(|error| panic!("{label}: {error}")).document;
        assert!(back == *map, "{label}: {:#?}", map.edits_to(&back));
        assert_eq!(write(&back), text, "{label}");
        let edits = Document::default().edits_to(map);
        let line = write_edits(&edits);
        assert!(!line.contains(['\n', '\r', '\0']), "{label}: a journal has a line for each edit");
        assert_eq!(read_edits(&line).as_ref(), Ok(&edits), "{label}");
    };
    for name in &names {
        comes_back(&names::crowd_with_notes(std::slice::from_ref(name)), &name.0);
    }
    comes_back(&names::crowd_with_notes(&names), "all together");
    told("hostile names: map file and journal", "a table of texts", names.len() as u64, "read and written back equal");
}

#[test]
fn a_nul_is_refused_wherever_it_comes_from() {
    let refused: Vec<_> = names::all().into_iter().filter(|(_, text)| text.contains('\0')).collect();
    assert!(!refused.is_empty());
    for (label, name) in &refused {
        let id = PartyId::parse("a").expect("an id");
        let edits = vec![Edit::PutParty(id, Party::named(name, PartyKind::Process))];
        let error = Document::default().apply(edits).expect_err(label).to_string();
        assert!(error.contains("holds a NUL character"), "{label}: {error}");
        let text = format!("(version: 1, parties: [(id: \"a\", name: \"{}\")])", name.escape_default());
        let error = read(text.as_bytes()).expect_err(label).to_string();
        assert!(error.contains("NUL"), "{label}: {error}");
    }
}

/// True for what Windows takes for a device, whatever its ending.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_uppercase();
    let devices = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"];
    let numbered = "0123456789¹²³".chars().flat_map(|n| [format!("COM{n}"), format!("LPT{n}")]);
    devices.contains(&stem.as_str()) || numbered.into_iter().any(|device| device == stem)
}

#[test]
fn names_become_files_in_the_folder_that_was_chosen() {
    let folder = tempfile::tempdir().expect("a folder");
    let names = names::all();
    for (label, name) in &names {
        // As the window makes them: from the title, from what a brief is about, with every ending.
        for proposed in [name.clone(), format!("Supplier brief - {name}"), format!("{name} calendar")] {
            let stem = file_name_of(&proposed);
            for ending in ["ron", "png", "html", "xlsx", "ics"] {
                let file = format!("{stem}.{ending}");
                assert!(!stem.trim().is_empty() && !is_device(&file), "{label}: {file:?}");
                assert!(file.len() <= 255 && file.chars().count() <= 80, "{label}: {file:?}");
                assert!(!file.starts_with(['.', ' ', '-', '~']) && !stem.ends_with(['.', ' ']), "{label}: {file:?}");
                let odd = |c: char| c.is_control() || "/\\:*?\"<>|%$`!&;'()[]{}^".contains(c);
                assert!(!file.contains(odd), "{label}: {file:?}");
                let turns =
                    |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
                assert!(!file.contains(turns), "{label}: {file:?}");
                let path = folder.path().join(&file);
                assert_eq!(path.parent(), Some(folder.path()), "{label}: {file:?}");
                // What the exporter of pictures makes of it when the ending is another one.
                assert_eq!(path.with_extension("svg").parent(), Some(folder.path()), "{label}");
            }
        }
        let path = folder.path().join(format!("{}.ron", file_name_of(name)));
        std::fs::write(&path, label).unwrap_or_else(|error| panic!("{label}: {}: {error}", path.display()));
    }
    let there = std::fs::read_dir(folder.path()).expect("a folder").map(|entry| entry.expect("an entry"));
    let all_files = there.into_iter().all(|entry| entry.path().is_file() && entry.file_name().to_str().is_some());
    assert!(all_files, "files with names that are text, and nothing else");
    let above = folder.path().parent().expect("a folder above").join("etcpasswd.ron");
    assert!(!above.exists());
    told("hostile names: names of files", "a table of texts", names.len() as u64, "in the folder, for every system");
}
