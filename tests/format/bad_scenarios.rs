//! Files that are refused for their scenarios, for findings put aside, or for a range of times, each with the place
//! (marked ¦) and the words of its error.

use peel::files::format::read;

use super::bad::refused;

/// Fields of the map.
const MAP: &[(&str, &str)] = &[
    ("stale_after_days: ¦0", "stale_after_days must lie between 1 and 36500 d, and here it is 0"),
    ("stale_after_days: ¦36501", "stale_after_days must lie between 1 and 36500 d"),
    ("stale_after_days: ¦1.5", "stale_after_days must be a whole number, and here it is 1.5"),
    ("stale_after_days: ¦NaN", "stale_after_days must be a finite number"),
    ("stale_after_days: ¦\"30\"", "a number was expected"),
    ("¦stale_after: 30", "`map` has no field `stale_after`"),
    ("dismissed: [(kind: ¦\" \", reason: \"x\")]", "dismissed holds a kind without words, and here it is \" \""),
    (
        r#"dismissed: [(kind: "a", reason: "b"), (kind: "a", reason: ¦"")]"#,
        "dismissed holds a reason without words, and here it is \"\"",
    ),
    (
        r#"dismissed: [(kind: "a", reason: "b", requirement: "r", measure: ¦"m")]"#,
        "a dismissal is about a `requirement`, about a `measure`, or about neither: remove one of the two",
    ),
];

/// Findings about the party or handoff that were put aside, behind one that is sound.
const DISMISSED: &[(&str, &str)] = &[
    (r#"¦(kind: "fence")"#, "a dismissal needs the field `reason`, and it is missing here"),
    (r#"¦(reason: "x")"#, "a dismissal needs the field `kind`"),
    ("¦()", "a dismissal needs the field `kind`"),
    (
        r#"(kind: "fence", ¦why: "x")"#,
        "a dismissal has no field `why`; possible are kind, requirement, measure, reason, when",
    ),
    (r#"(kind: "fence", ¦reson: "x")"#, "did you mean `reason`?"),
    (r#"(kind: "fence", reason: "x", ¦kind: "loop")"#, "a dismissal has the field `kind` twice"),
    (r#"¦Finding(kind: "fence", reason: "x")"#, "a dismissal was expected here, and this is called “Finding”"),
    (r#"¦"fence""#, "a dismissal in round brackets was expected"),
    (r#"(kind: ¦fence, reason: "x")"#, "a text in double quotes was expected"),
    (r#"(kind: "fence", reason: ¦None)"#, "a text in double quotes was expected"),
    (r#"(kind: "fence", reason: ¦"  \n")"#, "dismissed holds a reason without words, and here it is \"  \\n\""),
    (r#"(kind: ¦"", reason: "")"#, "dismissed holds a kind without words, and here it is \"\""),
    (r#"(reason: "x", kind: ¦"\u{0}")"#, "dismissed holds a kind that holds a NUL character"),
    (r#"(kind: "\"", reason: ¦"\u{0}")"#, "dismissed holds a reason that holds a NUL character"),
    (r#"(kind: "a", reason: "b", when: "¦soon")"#, "“soon” is no period: write for example 2026-03-31"),
    (r#"(kind: "a", reason: "b", when: ¦2026)"#, "a text in double quotes was expected"),
    (r#"(kind: "a", reason: "b", requirement: "¦A b")"#, "“A b” is not an id"),
    (r#"(kind: "a", reason: "b", measure: ¦7)"#, "a text in double quotes was expected"),
    (
        r#"(kind: "a", measure: ¦"m", reason: "b", requirement: "r")"#,
        "a dismissal is about a `requirement`, about a `measure`",
    ),
    (
        r#"(kind: "a", reason: "b"), (kind: "a", measure: ¦Some("m"), requirement: "r", reason: ""), (kind: "", reason: "")"#,
        "or about neither: remove one of the two",
    ),
    (r#"(kind: "a", reason: "b"), (kind: "a", reason: ¦""), (kind: "", reason: "")"#, "a reason without words"),
];

/// Parties.
const PARTIES: &[(&str, &str)] = &[
    (r#"(id: "a", process_time_low_h: ¦-1)"#, "process_time_low_h must lie between 0 and 1000000 h, and here it is -1"),
    (r#"(id: "a", process_time_high_h: ¦inf)"#, "process_time_high_h must be a finite number, and here it is inf"),
    (r#"(id: "a", target_lead_time_h: ¦1e7)"#, "target_lead_time_h must lie between 0 and 1000000 h"),
    (r#"(id: "a", process_time_low_h: ¦"1 h")"#, "a number was expected"),
    (r#"(id: "a", process_time_high_h: ¦true)"#, "a number was expected"),
    (r#"(id: "a", target_lead_time_h: ¦(1))"#, "a number was expected"),
    (r#"(id: "a", ¦process_time_lo_h: 1)"#, "did you mean `process_time_low_h`?"),
    (r#"(id: "a", dismissed: ¦(kind: "fence", reason: "x"))"#, "a list in square brackets was expected"),
    (r#"(id: "a", dismissed: ¦"fence")"#, "a list in square brackets was expected"),
    (r#"(id: "a", at: ¦(NaN, 0), dismissed: [(kind: "fence", reason: "x")])"#, "at must be a finite number"),
];

/// Handoffs of the party z.
const HANDOFFS: &[(&str, &str)] = &[
    (r#"(supplier: "z", wait_low_h: ¦-0.5)"#, "wait_low_h must lie between 0 and 1000000 h, and here it is -0.5"),
    (r#"(supplier: "z", wait_high_h: ¦NaN)"#, "wait_high_h must be a finite number, and here it is NaN"),
    (r#"(supplier: "z", wait_low_h: ¦"1 h")"#, "a number was expected"),
    (r#"(supplier: "z", wait_high_h: ¦[1])"#, "a number was expected"),
    (r#"(supplier: "z", ¦process_time_low_h: 1)"#, "a handoff has no field `process_time_low_h`"),
    (
        r#"(supplier: "z", contact: "\u{0}", dismissed: [(kind: "a", reason: "b"), (kind: "a", reason: ¦"")])"#,
        "dismissed holds a reason without words, and here it is \"\"",
    ),
    (r#"(supplier: "z", dismissed: ¦{})"#, "a list in square brackets was expected"),
];

/// Scenarios beside a sound one, s0, of one change.
const SCENARIOS: &[(&str, &str)] = &[
    (
        r#"(¦title: "x")"#,
        "a scenario has no field `title`; possible are id, rank, name, cost, changes, parties, handoffs, notes",
    ),
    (r#"(id: ¦"s0")"#, "the id “s0” is taken by the record on line 6: give one of the two another id"),
    (r#"(id: "¦A b")"#, "is not an id"),
    (r#"(name: "x", ¦name: "y")"#, "a scenario has the field `name` twice"),
    (r#"¦View(name: "x")"#, "a scenario was expected here, and this is called “View”"),
    (r#"¦"x""#, "a scenario in round brackets was expected"),
    ("(rank: -¦1)", "a whole number was expected"),
    ("(rank: ¦4294967296)", "a whole number was expected"),
    (r#"(name: ¦"x\u{0}")"#, "name holds a NUL character"),
    (r#"(notes: ¦"x\u{0}")"#, "notes holds a NUL character"),
    ("(cost: ¦-1)", "cost must lie between 0 and 1000000000000, and here it is -1"),
    ("(cost: ¦1e13)", "cost must lie between 0 and 1000000000000"),
    ("(cost: ¦NaN)", "cost must be a finite number"),
    (r#"(cost: ¦"100 €")"#, "a number was expected"),
    (r#"(changes: ¦(party: "z", field: process_time_h, value: 1))"#, "a list in square brackets was expected"),
];

/// Changes behind a sound one, of the wait of h0.
const CHANGES: &[(&str, &str)] = &[
    (
        "¦(field: wait_h, value: 1)",
        "a change names either a `party` or a `handoff`, and this one names neither: say whose",
    ),
    ("¦(party: None, field: wait_h, value: 1)", "this one names neither"),
    (
        r#"¦(party: "z", handoff: "h0", field: on_time_pct, value: 1)"#,
        "a change names either a `party` or a `handoff`, and this one names both: remove one",
    ),
    (
        r#"(handoff: "h0", field: on_time_pct, value: 1), ¦(party: "z", handoff: "h0", field: wait_h, value: -1)"#,
        "this one names both",
    ),
    (r#"¦(handoff: "h0", value: 1)"#, "a change needs the field `field`"),
    (r#"¦(handoff: "h0", field: on_time_pct)"#, "a change needs the field `value`"),
    (
        r#"(handoff: "h0", ¦lever: wait_h, value: 1)"#,
        "a change has no field `lever`; possible are party, handoff, field",
    ),
    (r#"(handoff: "h0", field: on_time_pct, value: 1, ¦value: 2)"#, "a change has the field `value` twice"),
    (r#"¦Scenario(handoff: "h0", field: on_time_pct, value: 1)"#, "a change was expected here, and this is called"),
    (
        r#"(handoff: "h0", field: ¦wait, value: 1)"#,
        "`wait` is not possible here; possible are complete_accurate_pct, on_time_pct, wait_h",
    ),
    (
        r#"(handoff: "h0", field: ¦on_time, value: 1)"#,
        "`on_time` is not possible here; possible are complete_accurate_pct",
    ),
    (r#"(handoff: "h0", field: ¦OnTimePct, value: 1)"#, "did you mean `on_time_pct`?"),
    (r#"(handoff: "h0", field: ¦volume, value: 1)"#, "`volume` is not possible here"),
    (r#"(handoff: "h0", field: ¦"wait_h", value: 1)"#, "the name of a field was expected"),
    (r#"(handoff: "¦H", field: on_time_pct, value: 1)"#, "is not an id"),
    ("(party: ¦7, field: process_time_h, value: 1)", "a text in double quotes was expected"),
    (r#"(handoff: "h0", field: on_time_pct, value: ¦"5")"#, "a number was expected"),
    (r#"(handoff: "h0", field: on_time_pct, value: ¦None)"#, "a number was expected"),
    (
        r#"(handoff: "h0", field: on_time_pct, value: ¦100.5)"#,
        "changes hold a value that must lie between 0 and 100 %, and here it is 100.5",
    ),
    (
        r#"(handoff: "h0", field: complete_accurate_pct, value: ¦-1)"#,
        "changes hold a value that must lie between 0 and 100 %, and here it is -1",
    ),
    (
        r#"(party: "z", field: process_time_h, value: ¦NaN)"#,
        "changes hold a value that must be a finite number, and here it is NaN",
    ),
    (r#"(handoff: "gone", field: wait_h, value: ¦2e6)"#, "changes hold a value that must lie between 0 and 1000000 h"),
    (r#"(value: ¦inf, why: "x", field: on_time_pct, handoff: "h0")"#, "a value that must be a finite number"),
    (
        r#"(handoff: "h0", field: on_time_pct, value: 1, why: ¦"\u{0}")"#,
        "changes hold a reason that holds a NUL character",
    ),
    (r#"(handoff: "h0", field: on_time_pct, value: 1, why: ¦because)"#, "a text in double quotes was expected"),
    (
        r#"(handoff: "h0", field: ¦process_time_h, value: 1)"#,
        "changes hold the field process_time_h, which that record does not have, and here it is process_time_h",
    ),
    (r#"(party: "z", field: ¦wait_h, value: 1)"#, "changes hold the field wait_h, which that record does not have"),
    (r#"(party: "z", field: ¦on_time_pct, value: 1)"#, "which that record does not have"),
    (r#"¦(handoff: "h0", field: wait_h, value: 2)"#, "changes hold the field wait_h of one record twice"),
    (
        r#"(party: "h0", field: process_time_h, value: 1), ¦(party: "h0", field: process_time_h, value: 1), (party: "h0", field: process_time_h, value: 1)"#,
        "changes hold the field process_time_h of one record twice",
    ),
    (
        r#"(handoff: "h0", field: on_time_pct, value: ¦-5), (handoff: "h0", field: wait_h, value: NaN)"#,
        "and here it is -5",
    ),
];

#[test]
fn bad_scenarios_and_bad_dismissals_are_refused_where_and_why() {
    let mut wrong = Vec::new();
    for (bad, part) in MAP {
        wrong.extend(refused(&format!("(version: 1,\n map: (title: \"é // dismissed: [\", {bad}))"), part));
    }
    let z = "(id: \"z\", name: \"é \\\" dismissed: [(,\", dismissed: [(kind: \"fence\", reason: \"// ]\")])";
    for (bad, part) in PARTIES {
        wrong.extend(refused(&format!("(\n  version: 1,\n  parties: [\n    {z},\n    {bad},\n  ],\n)\n"), part));
    }
    let h0 = "(id: \"h0\", supplier: \"z\", dismissed: [(kind: \"fence\", reason: \"// ]\")])";
    let start = format!("(\n  version: 1,\n  parties: [{z}],\n");
    for (bad, part) in HANDOFFS {
        wrong.extend(refused(&format!("{start}  handoffs: [\n    {h0},\n    {bad},\n  ],\n)\n"), part));
    }
    for (bad, part) in DISMISSED {
        let list = format!("dismissed: [(kind: \"fence\", reason: \"// ]\"), {bad}]");
        wrong.extend(refused(&format!("(version: 1, map: (currency: \"€\", {list}))"), part));
        wrong.extend(refused(
            &format!("{start}  handoffs: [\n    {h0},\n    (customer: \"z\", {list}),\n  ],\n)\n"),
            part,
        ));
        let party = format!("(id: \"y\", promise: \"dismissed\", {list}, at: (1, 2))");
        wrong.extend(refused(&format!("(\n  version: 1,\n  parties: [\n    {z},\n    {party},\n  ],\n)\n"), part));
    }
    let sound = "(handoff: \"h0\", field: wait_h, value: 1, why: \"// ]\")";
    let start = format!("{start}  handoffs: [{h0}],\n  scenarios: [\n    (id: \"s0\", changes: [{sound}]),\n");
    for (bad, part) in SCENARIOS {
        wrong.extend(refused(&format!("{start}    {bad},\n  ],\n)\n"), part));
    }
    for (bad, part) in CHANGES {
        wrong.extend(refused(&format!("{start}    (name: \"é (\", changes: [{sound}, {bad}]),\n  ],\n)\n"), part));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The item of a list at a position.
type Item<'a> = &'a dyn Fn(usize) -> String;

#[test]
fn more_scenarios_than_there_may_be_are_pointed_at() {
    let aside = |_: usize| "(kind: \"a\", reason: \"b\")".to_owned();
    let party = "(version: 1, parties: [(id: \"a\"";
    let lists: [(&str, &str, usize, Item<'_>); 5] = [
        ("(version: 1, scenarios: [", "])", 1000, &|_| "()".into()),
        ("(version: 1, map: (dismissed: [", "]))", 1000, &aside),
        (&format!("{party}, dismissed: ["), "])])", 1000, &aside),
        (&format!("{party})], handoffs: [(supplier: \"a\", dismissed: ["), "])])", 1000, &aside),
        ("(version: 1, scenarios: [(changes: [", "])])", 10_000, &|i| {
            format!("(handoff: \"h{i}\", field: wait_h, value: 1)")
        }),
    ];
    let mut wrong = Vec::new();
    for (start, end, most, item) in lists {
        let items = |count: usize| (0..count).map(|i| item(i) + ", ").collect::<Vec<_>>().concat();
        let full = format!("{start}{}{end}", items(most));
        assert!(read(full.as_bytes()).is_ok(), "{start}");
        let more = format!("{start}{}{}¦{end}", items(most), item(most));
        wrong.extend(refused(&more, &format!("more than {most} records")));
    }
    let changes = (1..10_000).map(|i| format!("(handoff: \"h{i}\", field: wait_h, value: 1), ")).collect::<Vec<_>>();
    let text = |last: &str| format!("(version: 1, scenarios: [(changes: [{}{last}])])", changes.concat());
    wrong.extend(refused(&text("(handoff: \"h0\", field: wait_h, value: ¦NaN)"), "and here it is NaN"));
    wrong.extend(refused(&text("¦(handoff: \"h7\", field: wait_h, value: 1)"), "of one record twice"));
    let long = format!("(handoff: \"h0\", field: wait_h, value: 1, why: ¦\"{}\")", "x".repeat(10_001));
    wrong.extend(refused(&text(&long), "changes hold a reason that is longer than 10000 characters"));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
