//! What cannot be done: the exit status, the message, and that nothing was written or touched.

use std::fs;

use super::Place;

/// Files of every sort that a person may name by mistake.
fn place() -> Place {
    let place = Place::with_samples();
    place.done(&["new", "blank.ron"]);
    place.done(&["export", "loan.ron", "own.png", "--scale", "0.5"]);
    place.write("broken.ron", "(\n    version: 1,\n    parties: [\n        (id: \"a\" name: \"A\"),\n    ],\n)\n");
    place.write("unknown.ron", "(version: 1, parties: [(id: \"a\", nmae: \"A\")])\n");
    place.write("dangling.ron", "(version: 1,\nhandoffs: [\n(customer: \"nobody\", item: \"x\")])\n");
    place.write(
        "range.ron",
        "(version: 1, parties: [(id: \"a\")],\nhandoffs: [(supplier: \"a\",\ncomplete_accurate_pct: 120)])",
    );
    place.write("newer.ron", "(version: 9, islands: [])");
    place.write("empty.ron", "");
    place.write("json.ron", "{\"version\": 1}");
    place.write("latin.ron", b"(version: 1,\nmap: (title: \"Pr\xfcfung\"))");
    let mut picture = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(9, 9).write_to(&mut picture, image::ImageFormat::Png).expect("encodes");
    place.write("picture.png", picture.get_ref());
    place.write("torn.png", &place.read("own.png")[..600]);
    place.write("good.csv", "supplier,customer,item\nSales,Planning,order\n");
    place.write("bad.csv", "supplier,customer,item,complete_accurate_pct\nA,B,x,120\n,,y,3\n");
    place.write("colours.csv", "colour,size\nred,2\n");
    for folder in ["folder", "folder.png", "blocked-handoffs.csv"] {
        fs::create_dir(place.path(folder)).expect(folder);
    }
    for (name, like) in
        [("readonly.ron", "lab.ron"), ("readonly.png", "own.png"), ("kept-requirements.csv", "good.csv")]
    {
        place.write(name, place.read(like));
        let mut permissions = place.path(name).metadata().expect(name).permissions();
        permissions.set_readonly(true);
        fs::set_permissions(place.path(name), permissions).expect(name);
    }
    place
}

/// Runs words that must fail and holds the folder against what it was.
fn fails(place: &Place, words: &str, status: i32, parts: &[&str]) {
    let before = place.everything();
    let ran = place.peel(&words.split_whitespace().collect::<Vec<_>>());
    assert_eq!(ran.status, status, "peel {words}: {ran:?}");
    assert_eq!(ran.out, "", "peel {words}");
    assert!(ran.err.starts_with("error: ") && ran.err.matches("error: ").count() == 1, "peel {words}: {}", ran.err);
    for part in parts {
        assert!(ran.err.contains(part), "peel {words}: “{part}” is missing in\n{}", ran.err);
    }
    assert_eq!(place.everything(), before, "peel {words}: something was written");
}

const ALL_COMMANDS: &str = "new, export, analyse, check, import";

#[test]
fn words_that_make_no_sense() {
    let place = place();
    for (words, parts) in [
        ("analise lab.ron", ["“analise” is neither a command nor a file", ALL_COMMANDS]),
        ("missing.ron --json", ["“missing.ron” is neither a command nor a file", ALL_COMMANDS]),
        ("lab.ron loan.ron", ["opens one map, “lab.ron”", "leave out “loan.ron”"]),
        ("lab.ron --dark", ["opens one map, “lab.ron”", "leave out “--dark”"]),
        ("lab.ron analyse", ["the command comes first", "peel analyse lab.ron"]),
        ("--colour", ["--colour", "Usage: peel"]),
        ("new", ["<OUT>", "Usage: peel new"]),
        ("new x.ron --sample bakery", ["bakery", "lab, loan, release"]),
        ("analyse", ["<MAP>", "Usage: peel analyse"]),
        ("analyse lab.ron --yaml", ["--yaml", "Usage: peel analyse"]),
        ("check lab.ron loan.ron", ["loan.ron", "Usage: peel check"]),
        ("export lab.ron", ["<OUT>", "Usage: peel export"]),
        ("export lab.ron x.png --scale 0", ["--scale", "a number above 0"]),
        ("export lab.ron x.png --scale=-1", ["--scale", "a number above 0"]),
        ("export lab.ron x.png --scale NaN", ["--scale", "a number above 0"]),
        ("export lab.ron x.png --width 0", ["--width", "0"]),
        ("export lab.ron x.png --width 1.5", ["--width", "1.5"]),
        ("export lab.ron x.png --dpi 0.5", ["--dpi", "1 to 100000"]),
        ("export lab.ron x.png --scale 1 --width 9", ["--scale", "--width"]),
        ("export lab.ron x.png --theme pink", ["pink", "light, dark"]),
        ("export lab.ron x.png --margin=-1", ["--margin", "0 to 10000"]),
        ("export lab.ron x.png --date tomorrow", ["tomorrow", "YYYY-MM-DD"]),
        ("export lab.ron x.png --date 2026-02-30", ["2026-02-30", "YYYY-MM-DD"]),
        ("export lab.ron x.png --date 2026-01-01 --no-date", ["--date", "--no-date"]),
        ("export lab.ron x.csv --scale 2 --no-title", ["“x.csv” is no picture", "--scale, --no-title"]),
        ("import --out x.ron", ["<TABLE>", "Usage: peel import"]),
        ("import good.csv", ["--out", "Usage: peel import"]),
    ] {
        fails(&place, words, 2, &parts);
    }
}

#[test]
fn maps_that_cannot_be_read() {
    let place = place();
    for (map, parts) in [
        ("missing.ron", ["there is no file “missing.ron”", "peel new"]),
        ("folder", ["folder is a folder", "name the map"]),
        ("broken.ron", ["broken.ron, line 4, column 18: ", "comma"]),
        ("unknown.ron", ["unknown.ron, line 1, column 34: ", "nmae"]),
        ("dangling.ron", ["dangling.ron, line 3, column ", "nobody"]),
        ("range.ron", ["range.ron, line 3, column ", "between 0 and 100"]),
        ("newer.ron", ["newer.ron, line 1, column 11: ", "update Peel"]),
        ("empty.ron", ["empty.ron: the file is empty", "earlier copy"]),
        ("json.ron", ["json.ron: this is JSON", "(version: 1,"]),
        ("latin.ron", ["latin.ron, line 2, column 17: ", "UTF-8"]),
        ("picture.png", ["picture.png is a picture without a map inside", "name the map"]),
        ("torn.png", ["torn.png: this picture is damaged", ""]),
        ("good.csv", ["good.csv: this is a table, not a map", "import"]),
    ] {
        for words in [
            "analyse {}",
            "check {} --json",
            "export {} x.png",
            "export {} x.xlsx",
            "import good.csv --into {} --out x.ron",
        ] {
            fails(&place, &words.replace("{}", map), 1, &parts);
        }
    }
}

#[test]
fn requests_that_cannot_be_carried_out() {
    let place = place();
    for (words, parts) in [
        ("missing.ron", ["there is no file “missing.ron”", ALL_COMMANDS]),
        ("analise", ["there is no file “analise”", ALL_COMMANDS]),
        ("new lab.ron", ["“lab.ron” is there already and was not touched", "choose another name"]),
        ("new loan.ron --sample loan", ["“loan.ron” is there already", "choose another name"]),
        ("new folder", ["“folder” is there already", "choose another name"]),
        ("new gone/x.ron", ["“gone/x.ron” cannot be written", "there is no folder “gone”: make it"]),
        ("new lab.ron/x.ron", ["“lab.ron/x.ron” cannot be written", "there is no folder “lab.ron”"]),
        ("new x.PNG", ["a map cannot be called “x.PNG”", "call it “x.ron”"]),
        ("export lab.ron x.doc", ["“x.doc” has the ending .doc", ".png, .svg, .pdf, .html, .csv, .xlsx"]),
        ("export lab.ron x", ["“x” has no ending", ".png, .svg, .pdf, .html, .csv, .xlsx"]),
        ("export lab.ron loan.ron", ["“loan.ron” has the ending .ron", ".png, .svg, .pdf, .html, .csv, .xlsx"]),
        ("export lab.ron x.png --view rings", ["there is no view “rings”", "the views are map, chain, onion"]),
        ("export lab.ron x.png --view onion --centre Nobody", ["no party “Nobody”", "Accessioning, Analysis"]),
        ("export lab.ron x.png --spotlight Nobody", ["no party “Nobody”", "Accessioning, Analysis"]),
        ("export lab.ron x.png --width 30001", ["“x.png” was not written: a picture of 30001 × ", "at most"]),
        ("export lab.ron x.png --scale 1e30", ["“x.png” was not written", "Choose a smaller"]),
        ("export lab.ron x.png --only Report Nobody", ["no party “Nobody”", "Accessioning, Analysis, Clinician"]),
        ("export blank.ron x.png", ["“x.png” was not written", "add a party first"]),
        ("export lab.ron gone/x.png", ["“gone/x.png” cannot be written", "there is no folder “gone”"]),
        ("export lab.ron folder.png", ["“folder.png” is a folder", "choose another name"]),
        ("export lab.ron readonly.png", ["“readonly.png” may only be read", "choose another name"]),
        ("export lab.ron blocked.csv", ["“blocked-handoffs.csv” is a folder", "choose another name"]),
        ("export lab.ron kept.csv", ["“kept-requirements.csv” may only be read", "choose another name"]),
        ("export own.png own.png", ["“own.png” is there already", "it is the map itself"]),
        ("import missing.csv --out x.ron", ["missing.csv: cannot be read", ""]),
        ("import folder --out x.ron", ["folder: is not a file", "CSV"]),
        (
            "import colours.csv --out x.ron",
            ["colours.csv: neither its name nor its columns", "supplier, customer, item"],
        ),
        ("import bad.csv --out x.ron", ["bad.csv, line 2, complete_accurate_pct: ", "bad.csv, line 3, supplier: "]),
        ("import good.csv missing.csv --into lab.ron --out lab.ron", ["missing.csv: cannot be read", ""]),
        ("import good.csv --out lab.ron", ["“lab.ron” is there already", "--into lab.ron"]),
        ("import good.csv --into loan.ron --out lab.ron", ["“lab.ron” is there already", "--into lab.ron"]),
        ("import good.csv --out gone/x.ron", ["“gone/x.ron” cannot be written", "there is no folder"]),
        ("import good.csv --out x.xlsx", ["a map cannot be called “x.xlsx”", "call it “x.ron”"]),
        ("import good.csv --into readonly.ron --out readonly.ron", ["“readonly.ron” may only be read", "another name"]),
        (
            "import good.csv --into own.png --out own.png",
            ["“own.png” is there already", "a picture with the map inside"],
        ),
    ] {
        fails(&place, words, 1, &parts);
    }
}

#[test]
#[cfg(unix)]
fn links_do_not_lead_an_export_over_its_map() {
    let place = place();
    std::os::unix::fs::symlink("lab.ron", place.path("link.png")).expect("link");
    std::os::unix::fs::symlink("lab.ron", place.path("link-handoffs.csv")).expect("link");
    fails(&place, "export lab.ron link.png", 1, &["“link.png” is there already", "the map itself"]);
    fails(&place, "export lab.ron link.csv", 1, &["“link-handoffs.csv” is there already", "the map itself"]);
    place.done(&["export", "loan.ron", "new.png", "--scale", "0.5"]);
}

#[test]
fn a_pipe_is_not_waited_for() {
    let place = place();
    if std::process::Command::new("mkfifo").arg(place.path("pipe.ron")).status().is_ok_and(|status| status.success()) {
        fails(&place, "analyse pipe.ron", 1, &["pipe.ron", "not an ordinary file"]);
    }
}

#[test]
fn a_wrong_source_date_is_said() {
    let place = place();
    let before = place.everything();
    let mut command = place.command(&["export", "lab.ron", "x.png"]);
    let ran = super::ran(command.env("SOURCE_DATE_EPOCH", "yesterday"));
    assert!(ran.status == 1 && ran.err.contains("SOURCE_DATE_EPOCH is “yesterday”"), "{ran:?}");
    assert_eq!(place.everything(), before);
}

#[test]
fn without_a_home_maps_are_read_but_not_written() {
    let place = place();
    let before = place.everything();
    let run = |words: &[&str]| {
        let mut command = place.command(words);
        for variable in ["PEEL_STATE_DIR", "HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA"] {
            command.env_remove(variable);
        }
        super::ran(&mut command)
    };
    assert_eq!(run(&["check", "lab.ron"]).status, 0);
    let ran = run(&["new", "x.ron"]);
    assert!(ran.status == 1 && ran.err.contains("PEEL_STATE_DIR"), "{ran:?}");
    assert_eq!(place.everything(), before);
}

#[test]
fn a_state_directory_that_cannot_be_used_is_only_a_warning() {
    let place = place();
    place.write("state-is-a-file", "x");
    let mut command = place.command(&["import", "good.csv", "--into", "lab.ron", "--out", "lab.ron"]);
    let ran = super::ran(command.env("PEEL_STATE_DIR", place.path("state-is-a-file")));
    assert_eq!(ran.status, 0, "the map is written: {ran:?}");
    assert!(ran.err.contains("could not be added to the backups"), "and what could not be is said: {ran:?}");
}
