//! The survey sheet: what a customer of a process is asked, as a page to print or to fill in, and as a table.
//!
//! The page works without a network: its script writes the answers as tables that can be imported. Every answer is a new
//! record with the name of who answered; what was said before stays as it was.

use std::collections::BTreeSet;

use super::given::given;
use crate::model::{Aspect, Document, PartyId, VoiceKind};
use crate::writing::{colors, csv, escaped, shown};

const STYLE: &str = include_str!("survey/page.css");
const SCRIPT: &str = include_str!("survey/page.js");
/// What stands at the foot of the page.
const TOOLS: &str = include_str!("survey/tools.html");
/// Empty lines for what is new.
const EMPTY: usize = 3;
/// The columns of the table of expectations; the last one stays empty, as answers are new.
const COLUMNS: &str = "party,customer,kind,expectation,importance,satisfaction,source,period,people,id";

/// What is asked on a sheet.
struct Sheet {
    process: String,
    customer: String,
    /// What the customer expects, and what gets in the way, as it was said before; each once.
    expectations: Vec<String>,
    challenges: Vec<String>,
    /// What the process gives to the customer.
    items: Vec<String>,
    promise: String,
}

/// The sheet as one file of HTML, for the people of `customer` about `process`.
pub fn survey(document: &Document, process: PartyId, customer: PartyId) -> String {
    let sheet = sheet(document, process, customer);
    let (name, asked) = (line(&sheet.process), line(&sheet.customer));
    let mut body = format!(
        "<body data-party=\"{}\" data-customer=\"{}\">\n<main>\n<h1>What do you need from {name}?</h1>\n\
         <p class=\"about\">For {asked}, who receives from {name}. Whatever you leave empty counts as not answered.</p>\n",
        escaped(&sheet.process),
        escaped(&sheet.customer),
    );
    if !sheet.promise.is_empty() {
        body += &format!("<p>What {name} wants to be to you: “{}”</p>\n", line(&sheet.promise));
    }
    body += &who();
    let expect = ["What you expect", "How important is it?", "How satisfied are you today?"];
    body += &questions("expectation", &expect, &sheet.expectations);
    body += &questions("challenge", &["What gets in your way", "How much does it hinder you?"], &sheet.challenges);
    body += &format!(
        "<h2>Would you recommend working with {name}?</h2>\n<p data-kind=\"recommendation\"><label>0 never, 10 certainly: \
         {}</label></p>\n<p><label>Why? <input type=\"text\" class=\"why\"></label></p>\n",
        mark("satisfaction", "Would you recommend it, 0 to 10")
    );
    body += &ratings(&sheet.items);
    let nonce = blake3::hash(body.as_bytes()).to_hex();
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" \
         content=\"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; base-uri 'none'; form-action \
         'none'\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"generator\" \
         content=\"Peel {}\">\n<title>{asked}: what do you need from {name}?</title>\n<style nonce=\"{nonce}\">:root{{{}}}\n{STYLE}\
         </style>\n</head>\n{body}{TOOLS}</main>\n<script nonce=\"{nonce}\">\n{SCRIPT}</script>\n</body>\n</html>\n",
        env!("CARGO_PKG_VERSION"),
        colors(),
    )
}

/// The same questions as a table in CSV, with empty cells for the answers: importance, satisfaction, source, period and
/// people. Nothing in it is run by a spreadsheet.
pub fn survey_csv(document: &Document, process: PartyId, customer: PartyId) -> String {
    let sheet = sheet(document, process, customer);
    let mut text = format!("{COLUMNS}\r\n");
    let expectations = sheet.expectations.iter().map(|words| (VoiceKind::Expectation, words.as_str()));
    let challenges = sheet.challenges.iter().map(|words| (VoiceKind::Challenge, words.as_str()));
    let last = std::iter::once((VoiceKind::Recommendation, ""));
    for (kind, words) in expectations.chain(challenges).chain(last) {
        let cells = [csv::cell(&sheet.process), csv::cell(&sheet.customer), kind.word().into(), csv::cell(words)];
        text += &format!("{},,,,,,\r\n", cells.join(","));
    }
    text
}

fn sheet(document: &Document, process: PartyId, customer: PartyId) -> Sheet {
    let name = |id: PartyId| {
        let name = document.party(id).map(|party| party.name.clone()).filter(|name| !name.trim().is_empty());
        name.unwrap_or_else(|| document.name_of(id))
    };
    let about = document.party(process);
    let said = |kind| {
        let mut seen = BTreeSet::new();
        let voices = about.into_iter().flat_map(|party| &party.voices);
        let theirs = voices.filter(|voice| voice.kind == kind && voice.customer == Some(customer));
        let words = theirs.map(|voice| voice.text.trim().to_owned()).filter(|words| !words.is_empty());
        words.filter(|words| seen.insert(words.clone())).collect()
    };
    let gifts = given(document, process).forward;
    let mut items: Vec<String> =
        gifts.iter().filter(|one| one.receiver == customer).map(|one| one.handoff.item.clone()).collect();
    items.sort();
    items.dedup();
    Sheet {
        process: name(process),
        customer: name(customer),
        expectations: said(VoiceKind::Expectation),
        challenges: said(VoiceKind::Challenge),
        items,
        promise: about.map(|party| party.promise.trim().to_owned()).unwrap_or_default(),
    }
}

/// One line of text as markup.
fn line(text: &str) -> String {
    format!("<bdi>{}</bdi>", escaped(shown(text).trim()))
}

fn who() -> String {
    let field = |class: &str, kind: &str, label: &str, more: &str| {
        format!("<label>{label}<input type=\"{kind}\" class=\"{class}\"{more}></label>\n")
    };
    let fields = [
        field("who", "text", "Your name", ""),
        field("period", "date", "Date", ""),
        field("people", "number", "You speak for how many people?", " min=\"1\" max=\"1000000000\" step=\"1\""),
    ];
    format!("<div class=\"fields\">\n{}</div>\n", fields.concat())
}

/// A number from 0 to 10.
fn mark(class: &str, label: &str) -> String {
    let label = escaped(label);
    format!(
        "<input type=\"number\" class=\"{class}\" min=\"0\" max=\"10\" step=\"any\" inputmode=\"decimal\" aria-label=\"{label}\">"
    )
}

/// The head of a column of marks.
fn mark_head(words: &str) -> String {
    format!("<th class=\"mark\">{words}<br>0–10</th>")
}

/// What is made of each, one behind the other.
fn each<T>(all: impl IntoIterator<Item = T>, make: impl Fn(T) -> String) -> String {
    all.into_iter().map(make).collect::<Vec<_>>().concat()
}

/// A table of what was said before, with empty lines for what is new. The first heading is that of the words.
fn questions(kind: &str, heads: &[&str], known: &[String]) -> String {
    let marks = |what: &str| -> String {
        let classes = ["importance", "satisfaction"];
        let cells = heads.iter().skip(1).zip(classes);
        each(cells, |(head, class)| format!("<td>{}</td>", mark(class, &format!("{head} {what}"))))
    };
    let mut out = format!("<h2>{}</h2>\n<table><thead><tr><th>In a few words</th>", heads[0]);
    out += &each(heads.iter().skip(1), |head| mark_head(head));
    out += "</tr></thead><tbody>\n";
    for words in known {
        let (data, shown_words) = (escaped(words), line(words));
        let cells = marks(&shown(words));
        out += &format!("<tr data-kind=\"{kind}\" data-words=\"{data}\"><td>{shown_words}</td>{cells}</tr>\n");
    }
    for number in 1..=EMPTY {
        let cells = marks(&format!("(new line {number})"));
        out += &format!(
            "<tr data-kind=\"{kind}\"><td><input type=\"text\" class=\"words\" aria-label=\"{}, new line {number}\"></td>{cells}</tr>\n",
            heads[0]
        );
    }
    out + "</tbody></table>\n"
}

fn ratings(items: &[String]) -> String {
    if items.is_empty() {
        return String::new();
    }
    let mut out = "<h2>How do you rate what you receive?</h2>\n<table><thead><tr><th>What</th>".to_owned();
    out += &each(Aspect::ALL, |aspect| mark_head(aspect.title()));
    out += "</tr></thead><tbody>\n";
    for words in items {
        let label = |aspect: &Aspect| mark(aspect.word(), &format!("{}, {}", aspect.title(), shown(words)));
        let cells = each(Aspect::ALL, |aspect| format!("<td>{}</td>", label(aspect)));
        let name = if words.trim().is_empty() { "unnamed item".to_owned() } else { line(words) };
        out += &format!("<tr data-item=\"{}\"><td>{name}</td>{cells}</tr>\n", escaped(words));
    }
    out + "</tbody></table>\n"
}
