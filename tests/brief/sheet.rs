//! The survey sheet: what is asked, and what its script makes of the answers.

use peel::brief::{survey, survey_csv};
use peel::model::{Party, PartyKind};

use super::browser::Browser;
use super::maps::{bank, document, id, spoken};
use super::told::told;
use super::{holds, lacks, names};

#[test]
fn the_sheet_asks_for_what_is_known_and_for_more() {
    let text = survey(&bank(), id("bankers"), id("uw"));
    holds(
        &text,
        &[
            "Complete when it arrives",
            "One contact for questions",
            "Scans that cannot be read",
            "Would you recommend working with",
            "data-item=\"Loan file\"",
            "Ease of doing business",
        ],
    );
    lacks(&text, &["Said by a team", "Fee note", "Weekly report", "Request for papers", "http://", "https://", "v1"]);
    let stranger = survey(&bank(), id("bankers"), id("borrower"));
    lacks(&stranger, &["Complete when it arrives", "How do you rate what you receive?"]);
}

#[test]
fn the_table_has_a_row_for_each_question_and_room_for_answers() {
    let text = survey_csv(&bank(), id("bankers"), id("uw"));
    let expected = "party,customer,kind,expectation,importance,satisfaction,source,period,people,id\r\n\
        \"Commercial bankers\",\"Underwriting\",expectation,\"Complete when it arrives\",,,,,,\r\n\
        \"Commercial bankers\",\"Underwriting\",expectation,\"One contact for questions\",,,,,,\r\n\
        \"Commercial bankers\",\"Underwriting\",challenge,\"Scans that cannot be read\",,,,,,\r\n\
        \"Commercial bankers\",\"Underwriting\",recommendation,,,,,,,\r\n";
    assert_eq!(text, expected);
}

/// The page after a script of ours has filled it in and pressed the button; what it would save is left in the title.
fn filled(browser: &Browser, page: &str, script: &str) -> String {
    let nonce = page.split("<script nonce=\"").nth(1).unwrap().split('"').next().unwrap();
    let run = format!(
        "<script nonce=\"{nonce}\">{{ const one = s => document.querySelector(s);\n \
         HTMLAnchorElement.prototype.click = () => {{}}; // a browser without a window has nowhere to save to\n {script}\n one('.save').click();\n \
         document.title = JSON.stringify([one('textarea').value, one('.note').textContent]); }}</script></body>"
    );
    let path = browser.file("sheet.html", &page.replace("</body>", &run));
    let text = browser.document(&path, "");
    let title = text.split("<title>").nth(1).unwrap().split("</title>").next().unwrap();
    title.replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", "\u{a0}").replace("&amp;", "&")
}

fn answers(browser: &Browser, page: &str, script: &str) -> (String, String) {
    let title = filled(browser, page, script);
    serde_json::from_str(&title).unwrap_or_else(|_| panic!("{title}"))
}

#[test]
fn answers_become_tables_that_can_be_imported() {
    let Some(browser) = Browser::find() else { return };
    let page = survey(&bank(), id("bankers"), id("uw"));
    let (text, note) = answers(
        &browser,
        &page,
        "one('.who').value = '=Ana \"A\"'; one('.period').value = '2026-11-22'; one('.people').value = '4';
         one('[data-words] .importance').value = '9'; one('[data-words] .satisfaction').value = '2.5';
         const fresh = one('[data-kind=challenge]:not([data-words])');
         fresh.querySelector('.words').value = '+ too late'; fresh.querySelector('.importance').value = '7';
         one('[data-kind=recommendation] .satisfaction').value = '0'; one('.why').value = 'slow';
         one('[data-item] .overall').value = '6';",
    );
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    assert_eq!(
        lines,
        [
            "party,customer,kind,expectation,importance,satisfaction,source,period,people,id",
            "\"Commercial bankers\",\"Underwriting\",expectation,\"Complete when it arrives\",9,2.5,\"'=Ana \"\"A\"\"\",2026-11-22,4,",
            "\"Commercial bankers\",\"Underwriting\",challenge,\"'+ too late\",7,,\"'=Ana \"\"A\"\"\",2026-11-22,4,",
            "\"Commercial bankers\",\"Underwriting\",recommendation,\"slow\",,0,\"'=Ana \"\"A\"\"\",2026-11-22,4,",
            "supplier,customer,item,side,who,period,speed,ease,proactive,overall",
            "\"Commercial bankers\",\"Underwriting\",\"Loan file\",\"receiver\",\"'=Ana \"\"A\"\"\",2026-11-22,,,,6",
        ]
        .map(|line| line.replace("\"receiver\"", "receiver"))
    );
    assert!(note.starts_with("Saved: expectations-Underwriting-Ana-A.csv, ratings-Underwriting-Ana-A.csv."), "{note}");
}

#[test]
fn nothing_and_wrong_marks_are_refused_in_words() {
    let Some(browser) = Browser::find() else { return };
    let page = survey(&bank(), id("bankers"), id("uw"));
    let (text, note) = answers(&browser, &page, "");
    assert_eq!((text.as_str(), note.as_str()), ("", "Nothing is filled in yet."));
    let (text, note) = answers(&browser, &page, "one('.importance').value = '11';");
    assert!(text.is_empty() && note.contains("from 0 to 10"), "{note}");
}

#[test]
fn hostile_names_come_back_as_they_were() {
    let Some(browser) = Browser::find() else { return };
    let names = names::kept();
    let page = survey(&spoken(&names), id("a"), id("b"));
    let script = "for (const mark of document.querySelectorAll('[data-words] .importance')) mark.value = '9';";
    let (text, note) = answers(&browser, &page, script);
    assert!(note.starts_with("Saved: expectations-heading-list-1-one-quote.csv."), "{note}");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let records: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().expect("a table");
    // Each is asked once, without the space around it.
    let mut asked: Vec<&str> = Vec::new();
    for name in names.iter().map(|(_, name)| name.trim()).filter(|name| !name.is_empty()) {
        if !asked.contains(&name) {
            asked.push(name);
        }
    }
    assert_eq!(records.len(), asked.len());
    const RUN: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    for (record, name) in records.iter().zip(asked) {
        let plain: String = name.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t' | '\r')).collect();
        let cell = record.get(3).unwrap();
        assert!(!cell.starts_with(RUN), "{cell:?}");
        // A text field has line feeds only, and a guard stands before what a spreadsheet would run.
        let guard = if plain.trim_start_matches('\'').starts_with(RUN) { "'" } else { "" };
        let expected = format!("{guard}{}", plain.replace("\r\n", "\n").replace('\r', "\n"));
        assert_eq!(cell, expected, "{name:?}");
    }
    let runs = records.len() as u64;
    told(
        "hostile names: answers of a survey",
        "a table of texts, in a browser",
        runs,
        "text everywhere, and back as they were",
    );
}

#[test]
fn the_name_of_a_file_is_cut_between_letters() {
    let Some(browser) = Browser::find() else { return };
    let customer = Party::named(names::text("path-long-wide"), PartyKind::Customer);
    let map = document(vec![("a", Party::named("A", PartyKind::Process)), ("b", customer)], Vec::new());
    let script = "one('[data-kind=recommendation] .satisfaction').value = '9';";
    let (_, note) = answers(&browser, &survey(&map, id("a"), id("b")), script);
    let name = note.trim_start_matches("Saved: ").split(". ").next().unwrap();
    assert_eq!(name, format!("expectations-{}.csv", "𐐷".repeat(33)), "{note}");
}
