//! What the map tells by itself, as JSON: what is raised, and what was put aside.

use serde_json::{Value, json};

use super::subject;
use crate::analysis::findings::Finding;
use crate::analysis::report::Report;
use crate::model::{Dismissal, Document};

/// The findings alone, as in the whole report.
pub fn findings_json(document: &Document, findings: &[Finding]) -> Value {
    findings.iter().map(|finding| one(document, finding)).collect()
}

/// The findings that were put aside, as in the whole report: each with the reason and the day, which may be unknown.
pub fn dismissed_json(document: &Document, dismissed: &[(Finding, Dismissal)]) -> Value {
    let each = |(finding, dismissal): &(Finding, Dismissal)| {
        let mut value = one(document, finding);
        value["reason"] = json!(dismissal.reason);
        value["date"] = json!(dismissal.when.map(|when| when.to_string()));
        value
    };
    dismissed.iter().map(each).collect()
}

pub(in crate::analysis) fn findings(document: &Document, report: &Report) -> Value {
    findings_json(document, &report.findings)
}

pub(in crate::analysis) fn dismissed(document: &Document, report: &Report) -> Value {
    dismissed_json(document, &report.dismissed)
}

fn one(document: &Document, finding: &Finding) -> Value {
    let (subject, kind, id) = subject(document, finding.subject);
    json!({
        "kind": finding.kind,
        "severity": finding.severity.word(),
        "subject": subject,
        "subject_kind": kind,
        "subject_id": id,
        "requirement_id": finding.requirement().map(|id| id.to_string()),
        "message": finding.message(document),
        "why": finding.why(),
        "what_to_do": finding.remedy(),
    })
}
