//! Help, closed pipes, full disks, and no display.

use super::{Place, ran};

#[test]
fn help_fits_a_terminal_and_explains_every_option() {
    let place = Place::new();
    for command in [&[][..], &["new"], &["export"], &["analyse"], &["check"], &["import"], &["report"]] {
        for option in ["--help", "-h"] {
            let help = place.done(&[command, &[option]].concat());
            assert!(help.contains("Usage: peel"), "{help}");
            for line in help.lines() {
                assert!(line.chars().count() <= 100, "too long for a terminal: {line}");
            }
            let lines: Vec<&str> = help.lines().collect();
            for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.trim_start().starts_with("--")) {
                let explained = line.trim_start().split_once("  ").is_some()
                    || lines.get(at + 1).is_some_and(|next| next.starts_with("          "));
                assert!(explained, "not explained: {line}");
            }
        }
    }
    let export = place.done(&["export", "--help"]);
    for part in [
        ".png: PNG picture",
        ".svg: SVG drawing",
        ".pdf: PDF document",
        ".html: Web page",
        ".csv: tables",
        ".xlsx: a workbook",
        "[default: 2]",
        "[default: map]",
        "onion: rings",
    ] {
        assert!(export.contains(part), "{part} is missing in\n{export}");
    }
    assert_eq!(place.done(&["--version"]), concat!("peel ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let place = Place::with_samples();
    for words in [
        &["analyse", "lab.ron"][..],
        &["analyse", "lab.ron", "--json"],
        &["check", "lab.ron"],
        &["--help"],
        &["export", "lab.ron", "lab.png"],
        &["new", "x.ron"],
    ] {
        let (reader, writer) = std::io::pipe().expect("pipe");
        drop(reader);
        let output = place.command(words).stdout(writer).output().expect("runs");
        assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()), "{words:?}");
    }
    assert!(place.path("lab.png").exists() && place.path("x.ron").exists(), "the work was done");
}

#[test]
#[cfg(target_os = "linux")]
fn figures_that_cannot_be_printed_are_a_failure() {
    let place = Place::with_samples();
    let full = || std::fs::OpenOptions::new().write(true).open("/dev/full").expect("/dev/full");
    let output = place.command(&["analyse", "lab.ron"]).stdout(full()).output().expect("runs");
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("standard output: the disk is full"));
    let output = place.command(&["new", "x.ron"]).stdout(full()).output().expect("runs");
    assert_eq!(output.status.code(), Some(0), "the map is there, although nobody could be told");
    assert!(place.path("x.ron").exists());
}

#[test]
#[cfg(target_os = "linux")]
fn without_a_display_the_window_names_the_way_without_it() {
    let place = Place::with_samples();
    let before = place.everything();
    for words in [&[][..], &["lab.ron"]] {
        let ran = ran(&mut place.command(words));
        assert_eq!((ran.status, ran.out.as_str()), (1, ""), "{ran:?}");
        for part in ["cannot open a window", "peel export map.ron map.png", "peel --help"] {
            assert!(ran.err.contains(part), "{part} is missing in\n{}", ran.err);
        }
        for part in ["panicked", ".rs"] {
            assert!(!ran.err.contains(part), "{part} is in\n{}", ran.err);
        }
    }
    assert_eq!(place.everything(), before, "nothing was touched");
}

#[test]
fn a_map_that_is_open_in_a_window_can_still_be_updated() {
    use peel::files::{dirs::Dirs, lock::DocumentLock};
    let place = Place::with_samples();
    place.write("good.csv", "supplier,customer,item\nReport,Archive,copy\n");
    let dirs = Dirs::below(place.root.path().join("state"));
    let held = DocumentLock::take(&dirs, &place.path("lab.ron")).expect("free");
    let ran = place.peel(&["import", "good.csv", "--into", "lab.ron", "--out", "lab.ron"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(ran.err.contains("is open in a window"), "{ran:?}");
    drop(held);
}
