//! Files that are refused, each with the place (marked ¦) and the words of its error.

use peel::files::format::read;

/// Parties beside a sound one; the marker stands where the error must point.
const PARTIES: &[(&str, &str)] = &[
    (r#"(id: "a", ¦colour: "red")"#, "a party has no field `colour`; possible are id, name, kind"),
    (r#"(¦Id: "a")"#, "did you mean `id`?"),
    (r#"(id: "a", ¦nmae: "x")"#, "did you mean `name`?"),
    (r#"¦(name: "x")"#, "a party needs the field `id`"),
    (r#"¦(name: "x", at: (1, 2))"#, "a party needs the field `id`"),
    ("¦()", "a party needs the field `id`"),
    (r#"(id: "¦A b")"#, "“A b” is not an id: use 1 to 12"),
    (r#"(id: "¦")"#, "“” is not an id"),
    (r#"(id: "¦thirteen-char")"#, "is not an id"),
    ("(id: ¦7)", "a text in double quotes was expected"),
    (r#"(id: ¦"z")"#, "the id “z” is taken by the record on line 4: give one of the two another id"),
    (r#"(id: "a", name: "x", ¦id: "b")"#, "a party has the field `id` twice"),
    (r#"(id: "a", name: "x" ¦kind: process)"#, "a comma or a closing bracket was expected"),
    (r#"(id: "a", kind: ¦proces)"#, "`proces` is not possible here: did you mean `process`?"),
    (r#"(id: "a", kind: ¦external)"#, "possible are process, customer, supplier"),
    (r#"(id: "a", kind: ¦Process)"#, "did you mean `process`?"),
    (r#"(id: "a", kind: ¦"process")"#, "the name of a field was expected"),
    (r#"(id: "a", name: ¦x)"#, "a text in double quotes was expected"),
    (r#"(id: "a", name: ¦'x')"#, "a text in double quotes was expected"),
    (r#"(id: "a", name: ¦"x)"#, "this text has no closing quote"),
    (r#"(id: "a", name: "¦\q")"#, "an escape that does not exist"),
    (r#"(id: "a", name: ¦"x\u{0}")"#, "name holds a NUL character"),
    (r#"(id: "a", ¦"name": "x")"#, "the name of a field was expected"),
    (r#"(id: "a", name ¦= "x")"#, "a colon was expected"),
    (r#"(id: "a"¦]"#, "a comma or a closing bracket was expected"),
    (r#"¦{"id": "a"}"#, "a party in round brackets was expected"),
    (r#"¦"a""#, "a party in round brackets was expected"),
    (r#"¦Handoff(id: "a")"#, "a party was expected here, and this is called “Handoff”"),
    (r#"(id: "a", process_time_h: ¦"3")"#, "a number was expected"),
    (r#"(id: "a", process_time_h: 1,¦5)"#, "write a point"),
    (r#"(id: "a", process_time_h: 3 ¦h)"#, "a comma or a closing bracket was expected"),
    (r#"(id: "a", process_time_h: ¦NaN)"#, "process_time_h must be a finite number, and here it is NaN"),
    (r#"(id: "a", process_time_h: ¦-inf)"#, "must be a finite number"),
    (r#"(id: "a", process_time_h: ¦1e400)"#, "must be a finite number, and here it is 1e400"),
    (r#"(id: "a", process_time_h: ¦-1)"#, "must lie between 0 and 1000000 h, and here it is -1"),
    (r#"(id: "a", process_time_h: ¦Some(2e6))"#, "must lie between 0 and 1000000 h"),
    (r#"(id: "a", value_adding: ¦yes)"#, "true or false was expected"),
    (r#"(id: "a", rate_per_h: ¦-1)"#, "rate_per_h must lie between 0 and 1000000000000, and here it is -1"),
    (r#"(id: "a", rate_per_h: ¦"60 €")"#, "a number was expected"),
    (r#"(id: "a", at: (1¦))"#, "two numbers in round brackets were expected"),
    (r#"(id: "a", at: (1, 2, ¦3))"#, "a closing ) was expected"),
    (r#"(id: "a", at: ¦[1, 2])"#, "two numbers in round brackets were expected"),
    (r#"(id: "a", at: ¦(1e39, 0))"#, "at must be a finite number, and here it is (1e39, 0)"),
    (r#"(id: "a", at: ¦(0, NaN))"#, "at must be a finite number"),
    (r#"(id: "a", at: ¦(0, 1000001))"#, "at must lie between -1000000 and 1000000"),
    (r#"¦/* (id: "a")"#, "this comment has no end"),
    ("\n¦<<<<<<< mine\n(id: \"a\"),\n=======\n(id: \"b\"),\n>>>>>>> theirs\n", "two versions were merged here"),
];

/// Handoffs of the parties z and y beside a sound one, h0.
const HANDOFFS: &[(&str, &str)] = &[
    (r#"¦(item: "x")"#, "a handoff needs a supplier, a customer or both"),
    (r#"(supplier: "z", customer: ¦"z")"#, "a party cannot hand off to itself"),
    (
        r#"(supplier: ¦"zz")"#,
        "the supplier of this handoff is “zz”, and no party has that id: add that party, or name another",
    ),
    (r#"(supplier: "z", customer: ¦"sale")"#, "did you mean “sales”?"),
    (r#"(id: ¦"h0", supplier: "z")"#, "the id “h0” is taken by the record on line 9"),
    (r#"(supplier: "z", ¦operator: ">=")"#, "a handoff has no field `operator`"),
    (r#"(supplier: "z", ¦requirements: [])"#, "a handoff has no field `requirements`"),
    (r#"(supplier: "z", wait_h: ¦-0.5)"#, "wait_h must lie between 0 and 1000000 h"),
    (r#"(supplier: "z", wait_h: 0¦x10)"#, "a comma or a closing bracket was expected"),
    (r#"(supplier: "z", wait_h: 10¦f32)"#, "10f32"),
    (r#"(supplier: "z", complete_accurate_pct: ¦101)"#, "must lie between 0 and 100 %, and here it is 101"),
    (r#"(supplier: "z", on_time_pct: ¦1e999)"#, "must be a finite number"),
    (r#"(supplier: "z", volume: ¦1e13)"#, "must lie between 0 and"),
    (r#"(supplier: "z", sample_size: ¦1.5)"#, "sample_size must be a whole number"),
    (r#"(supplier: "z", check_h: ¦-1)"#, "check_h must lie between 0 and 1000000 h"),
    (r#"(supplier: "z", fix_receiver_h: ¦NaN)"#, "fix_receiver_h must be a finite number"),
    (r#"(supplier: "z", fix_supplier_h: ¦1e7)"#, "fix_supplier_h must lie between 0 and 1000000 h"),
    (r#"(supplier: "z", late_h: ¦-0.1)"#, "late_h must lie between 0 and 1000000 h"),
    (r#"(supplier: "z", late_cost_per_h: ¦1e13)"#, "late_cost_per_h must lie between 0 and 1000000000000"),
    (r#"(supplier: "z", escape_pct: ¦100.5)"#, "escape_pct must lie between 0 and 100 %"),
    (r#"(supplier: "z", escape_cost: ¦inf)"#, "escape_cost must be a finite number"),
    (r#"(supplier: "z", ¦escape: 1)"#, "a handoff has no field `escape`"),
    (r#"(supplier: "z", critical: ¦Some(true))"#, "true or false was expected"),
    (r#"(supplier: "z", known: ¦guesss)"#, "did you mean `guess`?"),
    (r#"(supplier: "z", agreement: ¦signed)"#, "possible are none, draft, sent"),
    (r#"(supplier: "z", period: ¦decade)"#, "possible are day, week, month"),
    ("(supplier: ¦None, customer: None)", "a handoff needs a supplier, a customer or both"),
    (r#"(supplier: "z", contact: ¦"\u{0}")"#, "contact holds a NUL character"),
    (r#"(supplier: "z", ask: ¦"\u{0}")"#, "ask holds a NUL character"),
    (r#"(supplier: "z", offer: ¦"\u{0}")"#, "offer holds a NUL character"),
    (r#"(supplier: "z", valid_until: "¦soon")"#, "“soon” is no period: write for example 2026-03-31"),
    (r#"(supplier: "z", valid_until: ¦2026)"#, "a text in double quotes was expected"),
    (r#"(supplier: "z", ¦valid: "2026")"#, "a handoff has no field `valid`"),
    (r#"(supplier: "z", told: ¦(who: "Ana"))"#, "a list in square brackets was expected"),
    (r#"(supplier: "z", told: [¦"Ana"])"#, "an entry of `told` in round brackets was expected"),
    (r#"(supplier: "z", told: [(¦whom: "Ana")])"#, "an entry of `told` has no field `whom`: did you mean `who`?"),
    (r#"(supplier: "z", told: [(state: ¦told)])"#, "possible are none, draft, sent"),
    (r#"(supplier: "z", told: [(when: "¦31/3/2026")])"#, "“31/3/2026” is no period"),
    (r#"(supplier: "z", told: [(), (what: "x", who: ¦"\u{0}"), ()])"#, "told holds a name that holds a NUL character"),
    (r#"(supplier: "z", told: [(what: ¦"\u{0}")])"#, "told holds a text that holds a NUL character"),
    (
        r#"(supplier: "z", roles: [(who: "a", raci: ¦boss)])"#,
        "possible are responsible, accountable, consulted, informed",
    ),
    (r#"(supplier: "z", roles: [(who: "a", raci: ¦acountable)])"#, "did you mean `accountable`?"),
    (r#"(supplier: "z", roles: [(¦role: informed)])"#, "a role has no field `role`; possible are who, raci"),
    (
        r#"(supplier: "z", roles: [(raci: accountable), (), ¦(who: "b", raci: accountable), (raci: accountable)])"#,
        "roles name more than one that is accountable: exactly one is, and here it is (who: \"b\", raci: accountable)",
    ),
    (r#"(supplier: "z", roles: [(who: ¦"\u{0}", raci: accountable)])"#, "roles hold a name that holds a NUL"),
    (r#"(supplier: "z", ratings: [(side: ¦customer)])"#, "possible are supplier, receiver"),
    (r#"(supplier: "z", ratings: [(¦marks: [])])"#, "a rating has no field `marks`; possible are side, who, when"),
    (
        r#"(supplier: "z", ratings: [(), (speed: 1, ease: ¦11)])"#,
        "ratings hold a mark that must lie between 0 and 10, and here it is 11",
    ),
    (
        r#"(supplier: "z", ratings: [(overall: ¦NaN, speed: 1)])"#,
        "ratings hold a mark that must be a finite number, and here it is NaN",
    ),
    (r#"(supplier: "z", ratings: [¦(overall: 11, speed: 11)])"#, "ratings hold a mark that must lie between 0 and 10"),
    (r#"(supplier: "z", ratings: [(proactive: ¦-0.5)])"#, "must lie between 0 and 10, and here it is -0.5"),
    (r#"(supplier: "z", ratings: [(who: ¦"\u{0}")])"#, "ratings hold a name that holds a NUL"),
    (r#"(supplier: "z", ratings: [(speed: ¦good)])"#, "a number was expected"),
];

/// Requirements of the handoff h0 beside a sound one, r0.
const REQUIREMENTS: &[(&str, &str)] = &[
    (r#"¦(text: "x")"#, "a requirement needs the field `handoff`"),
    (r#"(handoff: ¦"h9", text: "x")"#, "this requirement is “h9”, and no handoff has that id"),
    (r#"(handoff: "h0", id: ¦"r0")"#, "the id “r0” is taken by the record on line 12"),
    (r#"(handoff: "h0", operator: "¦=>")"#, "“=>” is not an operator: write \">=\""),
    (r#"(handoff: "h0", operator: ¦>=)"#, "a text in double quotes was expected"),
    (r#"(handoff: "h0", weight: ¦-1)"#, "weight must lie between 0 and 1000"),
    (r#"(handoff: "h0", weight: ¦None)"#, "a number was expected"),
    (r#"(handoff: "h0", target: ¦-NaN)"#, "target must be a finite number"),
    (r#"(handoff: "h0", target: ¦2e15)"#, "target must lie between"),
    (r#"(handoff: "h0", tolerance: ¦-1)"#, "tolerance must lie between 0"),
    (r#"(handoff: "h0", actual: ¦inf)"#, "actual must be a finite number"),
    (r#"(handoff: "h0", text: ¦"a\0b")"#, "text holds a NUL character"),
    (r#"(handoff: "h0", must: ¦1)"#, "true or false was expected"),
    (r#"(handoff: "h0", basic: ¦yes)"#, "true or false was expected"),
    (
        r#"(handoff: "h0", actual: ¦1, observations: [(value: 1)])"#,
        "a requirement has either `actual` or `observations`: make its actual value one of the observations",
    ),
    (r#"(handoff: "h0", ¦observation: [])"#, "did you mean `observations`?"),
    (r#"(handoff: "h0", observations: ¦45)"#, "a list in square brackets was expected"),
    (r#"(handoff: "h0", observations: [¦45])"#, "an observation in round brackets was expected"),
    (r#"(handoff: "h0", observations: [¦(when: "2026")])"#, "an observation needs the field `value`"),
    (r#"(handoff: "h0", observations: [(value: 1, ¦sample_size: 2)])"#, "an observation has no field `sample_size`"),
    (r#"(handoff: "h0", observations: [(value: ¦None)])"#, "a number was expected"),
    (r#"(handoff: "h0", observations: [(value: 1, when: "¦2026-13")])"#, "“2026-13” is no period: write for example"),
    (r#"(handoff: "h0", observations: [(value: 1, when: "¦")])"#, "“” is no period"),
    (r#"(handoff: "h0", observations: [(value: 1, when: ¦2026)])"#, "a text in double quotes was expected"),
    (r#"(handoff: "h0", observations: [(value: 1, known: ¦counted)])"#, "possible are guess, sample, measured"),
    (
        r#"(handoff: "h0", observations: [(when: "2027", value: 1), (value: ¦NaN, when: "2026"), (value: inf)])"#,
        "observations hold a value that must be a finite number, and here it is NaN",
    ),
    (r#"(handoff: "h0", observations: [(value: 1), (value: ¦2e15, n: 1)])"#, "a value that must lie between"),
    (
        r#"(handoff: "h0", observations: [(value: 1, n: ¦1.5)])"#,
        "observations hold a sample size that must be a whole number, and here it is 1.5",
    ),
    (r#"(handoff: "h0", observations: [(value: 1, n: ¦-1)])"#, "a sample size that must lie between 0"),
    (r#"(handoff: "h0", observations: [(value: 1, by: ¦"\u{0}")])"#, "observations hold a name that holds a NUL"),
];

/// Measures of the party z beside a sound one, m0.
const MEASURES: &[(&str, &str)] = &[
    (r#"¦(name: "x")"#, "a measure needs the field `party`, and it is missing here"),
    (r#"(party: ¦"zz")"#, "the party of this measure is “zz”, and no party has that id: add that party"),
    (r#"(party: ¦"sale")"#, "did you mean “sales”?"),
    (r#"(party: "¦A b")"#, "is not an id"),
    (r#"(party: "z", id: ¦"m0")"#, "the id “m0” is taken by the record on line 12: give one of the two another id"),
    (r#"(party: "z", id: "¦M")"#, "is not an id"),
    (r#"(party: "z", ¦text: "x")"#, "a measure has no field `text`; possible are party, id, name"),
    (r#"(party: "z", name: ¦"\u{0}")"#, "name holds a NUL character"),
    (r#"(party: "z", unit: ¦"\u{0}")"#, "unit holds a NUL character"),
    (r#"(party: "z", direction: ¦up)"#, "possible are higher, lower"),
    (r#"(party: "z", direction: ¦">=")"#, "the name of a field was expected"),
    (r#"(party: "z", timing: ¦laging)"#, "did you mean `lagging`?"),
    (r#"(party: "z", target: ¦inf)"#, "target must be a finite number, and here it is inf"),
    (r#"(party: "z", tolerance: ¦-1)"#, "tolerance must lie between 0"),
    (r#"(party: "z", serves_promise: ¦1)"#, "true or false was expected"),
    (r#"(party: "z", observations: [(value: 1), (value: ¦NaN)])"#, "observations hold a value that must be a finite"),
    (r#"(party: "z", observations: [(value: 1, when: "¦2026-W54")])"#, "“2026-W54” is no period"),
    (r#"¦Party(party: "z")"#, "a measure was expected here, and this is called “Party”"),
];

/// What was said about the party z beside a sound expectation, e0.
const EXPECTATIONS: &[(&str, &str)] = &[
    (r#"¦(customer: "z")"#, "an expectation needs the field `party`"),
    (r#"(party: ¦"zz")"#, "the party of this expectation is “zz”, and no party has that id"),
    (r#"(party: "z", id: ¦"e0")"#, "the id “e0” is taken by the record on line 12"),
    (r#"(party: "z", customer: "¦A b")"#, "is not an id"),
    (r#"(party: "z", kind: ¦wish)"#, "possible are expectation, challenge, recommendation"),
    (r#"(party: "z", ¦name: "x")"#, "an expectation has no field `name`"),
    (r#"(party: "z", text: ¦"\u{0}")"#, "text holds a NUL character"),
    (r#"(party: "z", source: ¦"\u{0}")"#, "source holds a NUL character"),
    (r#"(party: "z", importance: ¦11)"#, "importance must lie between 0 and 10, and here it is 11"),
    (r#"(party: "z", satisfaction: ¦NaN)"#, "satisfaction must be a finite number"),
    (r#"(party: "z", people: ¦2.5)"#, "people must be a whole number, and here it is 2.5"),
    (r#"(party: "z", when: "¦yesterday")"#, "“yesterday” is no period"),
];

/// Views beside a sound one, v0.
const VIEWS: &[(&str, &str)] = &[
    (r#"(¦title: "x")"#, "a view has no field `title`; possible are id, rank, name"),
    (r#"(id: ¦"v0")"#, "the id “v0” is taken by the record on line 12"),
    (r#"(id: "¦A b")"#, "is not an id"),
    ("(kind: ¦onoin)", "`onoin` is not possible here: did you mean `onion`?"),
    ("(kind: ¦picture)", "possible are map, chain, onion, lanes, sipoc, silos, place"),
    ("(flow: ¦left)", "possible are right, down"),
    ("(mode: ¦shortest)", "possible are nearest, longest"),
    ("(figure: ¦complete)", "possible are none, complete_accurate, on_time, wait, cost, agreement"),
    ("(centre: ¦7)", "a text in double quotes was expected"),
    ("(rank: -¦1)", "a whole number was expected"),
    ("(rank: 1¦.5)", "a comma or a closing bracket was expected"),
    ("(rank: ¦4294967296)", "a whole number was expected"),
    ("(layers: ¦200001)", "layers must be at most 200000, and here it is 200001"),
    ("(layers: ¦99999999999999999999)", "a whole number was expected"),
    (r#"(name: ¦"x\u{0}")"#, "name holds a NUL character"),
    (r#"(notes: ¦"x\u{0}")"#, "notes holds a NUL character"),
    (r#"(filter: ¦"x\u{0}")"#, "filter holds a NUL character"),
    ("(area: (¦0, 0, 1, 1))", "the name of a field was expected"),
    ("(area: ¦(left: 0, top: 0, right: 1))", "an area needs the field `bottom`"),
    ("(area: ¦(left: 0, top: 0, right: NaN, bottom: 1))", "area must be a finite number"),
    ("(area: ¦(left: 0, top: 0, right: inf, bottom: 1))", "area must be a finite number"),
    ("(area: ¦(left: 0, top: 0, right: 2e9, bottom: 1))", "area must lie between -1000000000 and 1000000000"),
    ("(area: ¦(left: 0, top: 0, right: 0, bottom: 1))", "area needs its left before its right"),
    ("(area: ¦(left: 0, top: 2, right: 1, bottom: 1))", "its top above its bottom"),
    (r#"(emphasis: [¦department("x")])"#, "possible are party, handoff"),
    (r#"(emphasis: [¦"z"])"#, "the name of a field was expected"),
    ("(emphasis: [party¦])", "an id in round brackets was expected here, such as party(\"p1\")"),
    ("(emphasis: [party(¦z)])", "a text in double quotes was expected"),
    (r#"(emphasis: [party("¦Z")])"#, "is not an id"),
    (r#"(emphasis: ¦party("z"))"#, "a list in square brackets was expected"),
];

/// Whole files.
const FILES: &[(&str, &str)] = &[
    ("", "the file is empty"),
    (" \n\t", "nothing but blanks"),
    ("¦()", "the file needs the field `version`"),
    ("(version: ¦0)", "there is no file format 0"),
    ("(version: ¦\"1\")", "`version` is a whole number, such as 1"),
    ("(version: ¦1.0)", "`version` is a whole number"),
    ("(version: ¦-1)", "`version` is a whole number"),
    ("(version: ¦2, what: ever)", "made by a newer Peel (file format 2; this Peel reads up to 1)"),
    ("(version: 1)¦(version: 1)", "the map ends before this"),
    ("(version: 1, ¦version: 1)", "the file has the field `version` twice"),
    ("(version: 1, parties: [], ¦parties: [])", "the file has the field `parties` twice"),
    ("(version: 1, ¦boards: [])", "the file has no field `boards`"),
    ("(version: 1, parties: ¦(id: \"a\"))", "a list in square brackets was expected"),
    ("(version: 1, map: ¦[])", "`map` in round brackets was expected"),
    ("(version: 1, map: (¦name: \"x\"))", "`map` has no field `name`"),
    ("(version: 1, map: (hours_per_day: ¦0))", "hours_per_day must lie between 0.25 and 24 h"),
    ("(version: 1, map: (hours_per_day: ¦NaN))", "hours_per_day must be a finite number"),
    ("(version: 1, map: (currency: ¦\"\\u{0}\"))", "currency holds a NUL"),
    ("(version: 1, map: (lane_order: ¦\"Ops\"))", "a list in square brackets was expected"),
    ("(version: 1, map: (lane_order: ¦[\"\\u{0}\"]))", "lane_order holds a NUL"),
    ("(version: 1, map: (title: ¦\"\\u{0}\"))", "title holds a NUL"),
    ("(version: 1, parties: [(id: \"a\")¦", "the file ends here"),
    ("(version: 1¦", "the file ends here"),
    ("#![enable(¦teleport)]\n(version: 1)", "RON has no extension “teleport”"),
    ("¦[]", "this is no map: a map begins with"),
    ("¦Map(version: 1)", "this is no map"),
    ("hello¦", "the file ends here"),
    ("¦hello world", "this is no map"),
    ("{\"version\": 1}", "this is JSON"),
    ("[{\"name\": \"x\"}]", "this is JSON"),
    ("<?xml version=\"1.0\"?><svg/>", "this is XML, HTML or SVG"),
    ("name,kind,department\nx,process,y\n", "this is a table, not a map: import it"),
    ("\"Supplier\";\"Customer\";\"Item\"\n", "this is a table"),
    ("\u{feff}", "the file is empty"),
    ("%PDF-1.7", "PDF document"),
    ("PK\u{3}\u{4}xxxx", "import an .xlsx workbook"),
    ("(version: 1, map: (title: \"a¦\0b\"))", "a zero byte"),
    ("\0\0\0\0", "nothing but zero bytes"),
];

/// Line and column.
type Place = Option<(usize, usize)>;

/// Bytes that are no UTF-8.
const BYTES: &[(&[u8], Place, &str)] = &[
    (b"\x89PNG\r\n\x1a\n", None, "PNG picture"),
    (b"\xff\xd8\xff\xe0", None, "JPEG picture"),
    (b"\x1f\x8b\x08", None, "compressed"),
    (b"\xff\xfe(\0v\0", None, "UTF-16"),
    (b"\xfe\xff\0(\0v", None, "UTF-16"),
    (b"(\0v\0e\0", None, "UTF-16"),
    (b"(version: 1,\n map: (title: \"Gr\xfc\xdfe\"))", Some((2, 18)), "not UTF-8"),
    (b"(version: 1) // caf\xc3", Some((1, 20)), "not UTF-8"),
    (b"\xef\xbb\xbf(version: 1,\n\xff)", Some((2, 1)), "not UTF-8"),
];

/// What is wrong with the refusal of the text; nothing when it is as wanted.
pub fn refused(text: &str, part: &str) -> Option<String> {
    let mark = text.find('¦');
    let text = text.replacen('¦', "", 1);
    let place = mark.map(|at| {
        let line = 1 + text[..at].matches('\n').count();
        (line, 1 + text[..at].chars().rev().take_while(|c| *c != '\n').count())
    });
    let Err(error) = read(text.as_bytes()) else { return Some(format!("was read: {text}")) };
    let shown = match place {
        Some((line, column)) => format!("line {line}, column {column}: {}", error.message),
        None => error.message.clone(),
    };
    let right = error.message.contains(part) && error.line.zip(error.column) == place && error.to_string() == shown;
    (!right).then(|| format!("{error}\nwanted: {part} at {place:?}\n{text}\n"))
}

#[test]
fn bad_files_are_refused_where_and_why() {
    let parties =
        "    (id: \"z\", name: \"é \\\" [(,\", at: (1, 2)),\n    (id: \"y\"), (id: \"sales\", name: r#\"\"(\"#),\n";
    let mut wrong = Vec::new();
    for (bad, part) in PARTIES {
        wrong.extend(refused(&format!("(\n  version: 1,\n  parties: [\n{parties}    {bad},\n  ],\n)\n"), part));
    }
    let handoffs = "    (id: \"h0\", supplier: \"z\", customer: \"y\", item: \"/* ( \\\\\"),\n";
    let start = format!(
        "(\n  version: 1,\n  /* parties: [ /* nested */ ( */\n  parties: [\n{parties}  ],\n  handoffs: [\n{handoffs}"
    );
    for (bad, part) in HANDOFFS {
        wrong.extend(refused(&format!("{start}    {bad},\n  ],\n)\n"), part));
    }
    let requirements = "    (handoff: \"h0\", id: \"r0\", text: \"// ]\"),\n";
    for (bad, part) in REQUIREMENTS {
        let text = format!("{start}  ],\n  requirements: [\n{requirements}    {bad},\n  ],\n)\n");
        wrong.extend(refused(&text, part));
    }
    for (list, sound, table) in [
        ("measures", "(party: \"z\", id: \"m0\", name: \"// ]\")", MEASURES),
        ("expectations", "(party: \"z\", id: \"e0\", text: \"// ]\")", EXPECTATIONS),
    ] {
        for (bad, part) in table {
            let text = format!("{start}  ],\n  {list}: [\n    {sound},\n    {bad},\n  ],\n)\n");
            wrong.extend(refused(&text, part));
        }
    }
    for (bad, part) in VIEWS {
        let text = format!("{start}  ],\n  views: [\n    (id: \"v0\", notes: \"// ]\"),\n    {bad},\n  ],\n)\n");
        wrong.extend(refused(&text, part));
    }
    for (bad, part) in FILES {
        wrong.extend(refused(bad, part));
    }
    for (bytes, place, part) in BYTES {
        let error = read(bytes).expect_err(part);
        if !error.message.contains(part) || error.line.zip(error.column) != *place {
            wrong.push(format!("{error}\nwanted: {part} at {place:?}\n"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let parts = REQUIREMENTS.len() + MEASURES.len() + EXPECTATIONS.len();
    let count = PARTIES.len() + HANDOFFS.len() + parts + VIEWS.len() + FILES.len() + BYTES.len();
    assert!(count > 230, "{count} cases");
}

#[test]
fn a_text_or_a_list_of_requirements_that_is_too_long_is_pointed_at() {
    let long = "x".repeat(10_001);
    let head = "(version: 1, parties: [(id: \"a\")], handoffs: [(id: \"h\", supplier: \"a\", item: ";
    assert_eq!(refused(&format!("{head}¦\"{long}\")])"), "item is longer than 10000 characters"), None);
    let many = "(handoff: \"h\"),".repeat(1000);
    let text = format!("{head}\"\")], requirements: [{many}(handoff: ¦\"h\")])");
    assert_eq!(refused(&text, "has more than 1000 requirements"), None);
}

#[test]
fn a_view_that_names_too_much_is_refused() {
    let emphasis = "party(\"a\"),".repeat(10_000);
    let text = |rest: &str| format!("(version: 1, views: [(emphasis: [{emphasis}{rest}])])");
    assert!(read(text("").as_bytes()).is_ok(), "nothing of it needs to be there");
    assert_eq!(refused(&text("handoff(\"b\")¦"), "more than 10000 records"), None);
    let views = "(),".repeat(1000);
    assert!(read(format!("(version: 1, views: [{views}])").as_bytes()).is_ok());
    assert_eq!(refused(&format!("(version: 1, views: [{views}()¦])"), "more than 1000 records"), None);
    let lanes = "\"x\",".repeat(10_000);
    assert_eq!(refused(&format!("(version: 1, map: (lane_order: [{lanes}\"y\"¦]))"), "more than 10000 records"), None);
}

#[test]
fn more_of_a_contract_than_there_may_be_is_pointed_at() {
    let head = "(version: 1, parties: [(id: \"a\")], handoffs: [(id: \"h\", supplier: \"a\"";
    let mut wrong = Vec::new();
    for (list, item, most) in [("told", "()", 1000), ("roles", "()", 1000), ("ratings", "()", 1000)] {
        let items = format!("{item},").repeat(most);
        assert!(read(format!("{head}, {list}: [{items}])])").as_bytes()).is_ok(), "{list}");
        wrong.extend(refused(&format!("{head}, {list}: [{items}{item}¦])])"), "more than 1000 records"));
    }
    for (list, record, most) in [("measures", "(party: \"a\"),", 1000), ("expectations", "(party: \"a\"),", 10_000)] {
        let many = record.repeat(most);
        let text = format!("{head})], {list}: [{many}(party: ¦\"a\")])");
        wrong.extend(refused(&text, &format!("has more than {most} {list}, beginning with this one")));
    }
    let many = "(value: 1),".repeat(9_999);
    let text = |last: &str| format!("{head})], requirements: [(handoff: \"h\", observations: [{many}{last}])])");
    assert!(read(text("(value: 1)").as_bytes()).is_ok());
    wrong.extend(refused(&text("(value: 1), (value: 1)¦"), "more than 10000 records"));
    wrong.extend(refused(&text("(value: ¦NaN)"), "and here it is NaN"));
    let long = format!("(handoff: \"h\", observations: [(value: 1, by: ¦\"{}\")])", "x".repeat(10_001));
    wrong.extend(refused(
        &format!("{head})], requirements: [{long}])"),
        "hold a name that is longer than 10000 characters",
    ));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
