//! Findings for a terminal: how many there are, each with why it matters and what to do, and what was put aside.

use super::{plain, wrapped};
use crate::analysis::findings::{Finding, Severity};
use crate::analysis::report::Report;
use crate::model::{Dismissal, Document};

/// The findings alone, each with why it matters and what to do.
pub fn findings_text(document: &Document, findings: &[Finding]) -> String {
    if findings.is_empty() {
        return "No findings.\n".into();
    }
    let mut text = format!("{}\n", counts(findings));
    let mut before = "";
    for finding in findings {
        if finding.kind != before {
            text += &format!("\n{} {}\n", finding.severity.word(), finding.kind);
            text += &wrapped("  ", "why: ", finding.why().split(' '), " ");
            text += &wrapped("  ", "do:  ", finding.remedy().split(' '), " ");
            before = finding.kind;
        }
        text += &format!("  - {}\n", plain(&finding.message(document)));
    }
    text
}

/// The findings that were put aside, each with the reason; empty when there are none.
pub fn dismissed_text(document: &Document, dismissed: &[(Finding, Dismissal)]) -> String {
    if dismissed.is_empty() {
        return String::new();
    }
    let mut text = format!("{} put aside\n", dismissed.len());
    for (finding, Dismissal { reason, when, .. }) in dismissed {
        text += &format!("  - {}: {}\n", finding.kind, plain(&finding.message(document)));
        let day = when.map(|when| format!(" ({when})")).unwrap_or_default();
        text += &wrapped("    ", "because: ", (plain(reason) + &day).split(' '), " ");
    }
    text
}

pub(in super::super) fn findings(_: &Document, report: &Report) -> String {
    let aside = match report.dismissed.len() {
        0 => String::new(),
        count => format!("; {count} put aside"),
    };
    format!("  {}{aside}\n", counts(&report.findings))
}

/// They are counted with the others and listed on demand.
pub(in super::super) fn dismissed(_: &Document, _: &Report) -> String {
    String::new()
}

fn counts(findings: &[Finding]) -> String {
    let count = |severity: Severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let part = |severity: Severity| match count(severity) {
        1 => format!("1 {}", severity.word()),
        n => format!("{n} {}s", severity.word()),
    };
    Severity::ALL.map(part).join(", ")
}
