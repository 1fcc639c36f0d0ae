//! What is refused, and the whole message of each refusal.

use peel::files::tables::{LARGEST_FILE, TableKind, import, read_bytes, read_files, tables, to_xlsx};
use peel::model::Document;

use super::refusals::{self, E, G, M, O};
use super::{fresh, ids, lab, lines, texts};

/// A map for the refusals: two desks, one shop, two handoffs of one name.
fn desks() -> Document {
    let parties = "name,id\nDesk,a\nDesk,b\nShop,c\nMill,m\n";
    let handoffs = "supplier,customer,item,id\nDesk [a],Shop,form,h1\nDesk [a],Shop,form,h2\nMill,Shop,flour,h3\n";
    let requirements = "supplier,customer,item,requirement,id\nMill,Shop,flour,dry,r1\nMill,Shop,flour,dry,r2\n";
    fresh(&[("parties.csv", parties), ("handoffs.csv", handoffs), ("requirements.csv", requirements)]).document
}

/// The whole message of reading a CSV file and importing it into the desks.
fn refusal(name: &str, bytes: &[u8]) -> String {
    let read = match read_bytes(name, bytes) {
        Ok(read) => read,
        Err(error) => return error.to_string(),
    };
    match import(&read, &desks(), &mut ids()) {
        Ok(imported) => panic!(
            "{name} came in: {:?}",
            String::from_utf8_lossy(bytes).chars().take(200).collect::<String>() + &imported.warnings.join("; ")
        ),
        Err(error) => error.to_string(),
    }
}

pub(super) const P: &str = "parties.csv";
pub(super) const H: &str = "handoffs.csv";
pub(super) const R: &str = "requirements.csv";

/// File, content, message.
const REFUSED: &[(&str, &str, &str)] = &[
    (P, "", "parties.csv: the file is empty: it needs a line with the names of the columns"),
    (P, "\n\n;;\n", "parties.csv: the file is empty: it needs a line with the names of the columns"),
    (
        "x.csv",
        "colour,size\n",
        "x.csv: neither its name nor its columns say which table it is: put parties, handoffs, requirements, measures, \
        observations, expectations, ratings, reviews, steps, sprints or tasks into its name, or name its columns as in parties (name …), handoffs \
        (supplier, customer, item …), requirements (supplier, customer, item, requirement …), measures (party, measure …), \
        observations (requirement or measure, period, value …), expectations (party, expectation …), ratings (supplier, \
        customer, item, overall …), reviews (party, started …), steps (party, step, reason), sprints (goal …) or tasks \
        (sprint, task …)",
    ),
    (P, "kind\nprocess\n", "parties.csv: the column name is missing"),
    (H, "supplier,item\nA,x\n", "handoffs.csv: the column customer is missing"),
    (
        H,
        "from,to,what\n",
        "handoffs.csv: the column supplier is missing\nhandoffs.csv: the column customer is missing\n\
        handoffs.csv: the column item is missing",
    ),
    (
        R,
        "requirement,id\nx,r1\n",
        "requirements.csv: the column supplier is missing\nrequirements.csv: the column customer is \
        missing\nrequirements.csv: the column item is missing",
    ),
    (P, "name,Name\nA,B\n", "parties.csv: the column name is there twice: keep one"),
    (P, "name\n\"A\nB\n", "parties.csv, line 2: a quotation mark is opened here and never closed"),
    (P, "name\nA\0B\n", "parties.csv, line 2: a NUL character: is this a text file?"),
    (
        P,
        "name,owner\nA,Ann, the boss\n",
        "parties.csv, line 2, column 3: “ the boss” stands beyond the last of the 2 columns: \
        put a text with a comma into quotation marks",
    ),
    (P, "name,kind\n,process\n", "parties.csv, line 2, name: the name is missing"),
    (P, "name,kind\n   ,process\n", "parties.csv, line 2, name: the name is missing"),
    (
        P,
        "name,kind\nA,team\n",
        "parties.csv, line 2, kind: “team” is not known here: write process, customer or supplier",
    ),
    (
        P,
        "name,process_time_h\nA,soon\n",
        "parties.csv, line 2, process_time_h: “soon” is not a duration: write for example \
        90 min, 1.5 h or 2 d",
    ),
    (P, "name,process_time_h\nA,-1\n", "parties.csv, line 2, process_time_h: “-1” must lie between 0 and 1000000 h"),
    (
        P,
        "name,process_time_h\nA,-1 min\n",
        "parties.csv, line 2, process_time_h: “-1 min” must lie between 0 and 1000000 h",
    ),
    (P, "name,process_time_h\nA,1e400\n", "parties.csv, line 2, process_time_h: “1e400” must be a finite number"),
    (
        P,
        "name,process_time_h\nA,NaN\n",
        "parties.csv, line 2, process_time_h: “NaN” is not a duration: write for example \
        90 min, 1.5 h or 2 d",
    ),
    (
        P,
        "name,value_adding\nA,maybe\n",
        "parties.csv, line 2, value_adding: “maybe” is not known here: write yes or no",
    ),
    (
        P,
        "name,id\nA,Sales Desk\n",
        "parties.csv, line 2, id: “Sales Desk” is not an id: use 1 to 12 of the characters a-z, \
        0-9, - and _",
    ),
    (
        P,
        "name,id\nX,c\nY,c\n",
        "parties.csv, line 3, id: the same id as in parties.csv, line 2: an id belongs to one row",
    ),
    (
        P,
        "name,id\nX,new\nY,new\n",
        "parties.csv, line 3, id: the same id as in parties.csv, line 2: an id belongs to one row",
    ),
    (
        P,
        "name,owner\nDesk,Ann\n",
        "parties.csv, line 2, name: 2 parties are called “Desk”: write “Desk [a]” or “Desk [b]”",
    ),
    (
        P,
        "name,owner\nDesks [a],Ann\n",
        "parties.csv, line 2, name: the id in “Desks [a]” belongs to “Desk [a]”: write that, \
        or leave the id out",
    ),
    (
        H,
        "supplier,customer,item\nMill,Shop,\n",
        "handoffs.csv, line 2, item: the item is missing: say what is handed over",
    ),
    (
        H,
        "supplier,customer,item\n,,x\n",
        "handoffs.csv, line 2, supplier: a handoff needs a supplier, a customer or both",
    ),
    (H, "supplier,customer,item\nMill, Mill ,x\n", "handoffs.csv, line 2, customer: a party cannot hand off to itself"),
    (H, "supplier,customer,item,id\nShop,,x,h3\n", "handoffs.csv, line 2, customer: a party cannot hand off to itself"),
    (
        H,
        "supplier,customer,item\nDesk,Shop,x\n",
        "handoffs.csv, line 2, supplier: 2 parties are called “Desk”: write \
        “Desk [a]” or “Desk [b]”",
    ),
    (
        H,
        "supplier,customer,item\nShop [a],Mill,x\n",
        "handoffs.csv, line 2, supplier: the id in “Shop [a]” belongs to \
        “Desk [a]”: write that, or leave the id out",
    ),
    (
        H,
        "supplier,customer,item\nDesk [a],Shop,form\n",
        "handoffs.csv, line 2, item: 2 handoffs between these two are called \
        “form”: write “form [h1]” or “form [h2]”",
    ),
    (
        H,
        "supplier,customer,item\nMill,Shop,form [h1]\n",
        "handoffs.csv, line 2, item: the id in “form [h1]” belongs to \
        “Desk [a] → Shop: form”: write that, or leave the id out",
    ),
    (
        H,
        "supplier,customer,item,kind\nMill,Shop,x,back\n",
        "handoffs.csv, line 2, kind: “back” is not known here: write forward \
        or rework",
    ),
    (
        H,
        "supplier,customer,item,critical\nMill,Shop,x,2\n",
        "handoffs.csv, line 2, critical: “2” is not known here: write yes or no",
    ),
    (
        H,
        "supplier,customer,item,complete_accurate_pct\nMill,Shop,x,120\n",
        "handoffs.csv, line 2, complete_accurate_pct: “120” \
        must lie between 0 and 100 %",
    ),
    (
        H,
        "supplier,customer,item,on_time_pct\nMill,Shop,x,often\n",
        "handoffs.csv, line 2, on_time_pct: “often” is not a number",
    ),
    (
        H,
        "supplier,customer,item,volume\nMill,Shop,x,-5\n",
        "handoffs.csv, line 2, volume: “-5” must lie between 0 and 1000000000000",
    ),
    (
        H,
        "supplier,customer,item,volume\nMill,Shop,x,1.200.000\n",
        "handoffs.csv, line 2, volume: “1.200.000” is not a number",
    ),
    (
        H,
        "supplier,customer,item,sample_size\nMill,Shop,x,2.5\n",
        "handoffs.csv, line 2, sample_size: “2.5” must be a whole number",
    ),
    (
        H,
        "supplier,customer,item,known\nMill,Shop,x,rumour\n",
        "handoffs.csv, line 2, known: “rumour” is not known here: write \
        guess, sample or measured",
    ),
    (
        R,
        "supplier,customer,item,requirement\nMill,Shop,flour,\n",
        "requirements.csv, line 2, requirement: the requirement is \
        missing: say what the receiver needs",
    ),
    (
        R,
        "supplier,customer,item,requirement\nMill,Shop,,x\n",
        "requirements.csv, line 2, item: the item is missing: say which \
        handoff this is about",
    ),
    (
        R,
        "supplier,customer,item,requirement\nMil,Shop,flour,x\n",
        "requirements.csv, line 2, supplier: there is no party “Mil”: \
        add it, or write it as it is written there",
    ),
    (
        R,
        "supplier,customer,item,requirement\nMill,Shop,flower,x\n",
        "requirements.csv, line 2, item: there is no handoff \
        “Mill → Shop: flower”: add it to handoffs, or write it as it is written there",
    ),
    (
        R,
        "supplier,customer,item,requirement\n,Shop,flour,x\n",
        "requirements.csv, line 2, item: there is no handoff \
        “nobody → Shop: flour”: add it to handoffs, or write it as it is written there",
    ),
    (
        R,
        "supplier,customer,item,requirement\nDesk [a],Shop,form,x\n",
        "requirements.csv, line 2, item: 2 handoffs between these \
        two are called “form”: write “form [h1]” or “form [h2]”",
    ),
    (
        R,
        "supplier,customer,item,requirement\nMill,Shop,flower [h3],x\n",
        "requirements.csv, line 2, item: the id in “flower [h3]” \
        belongs to “Mill → Shop: flour”: write that, or leave the id out",
    ),
    (
        R,
        "supplier,customer,item,requirement\nMill,Shop,flour,dry\n",
        "requirements.csv, line 2, requirement: 2 requirements of the \
        handoff are called “dry”: write “dry [r1]” or “dry [r2]”",
    ),
    (
        R,
        "supplier,customer,item,requirement,id\nMill,Shop,flour,x,r1\nMill,Shop,flour,y,r1\n",
        "requirements.csv, line 3, id: \
        the same id as in requirements.csv, line 2: an id belongs to one row",
    ),
    (
        R,
        "supplier,customer,item,requirement,operator\nMill,Shop,flour,x,>\n",
        "requirements.csv, line 2, operator: “>” is not known \
        here: write >=, <= or =",
    ),
    (
        R,
        "supplier,customer,item,requirement,target\nMill,Shop,flour,x,1e16\n",
        "requirements.csv, line 2, target: “1e16” must lie \
        between -1000000000000000 and 1000000000000000",
    ),
    (
        R,
        "supplier,customer,item,requirement,weight\nMill,Shop,flour,x,-1\n",
        "requirements.csv, line 2, weight: “-1” must lie \
        between 0 and 1000",
    ),
];

#[test]
fn what_cannot_be_imported_is_said_with_its_place() {
    assert!(REFUSED.len() >= 50, "the table is long");
    for (name, text, message) in REFUSED.iter().chain(refusals::REFUSED) {
        assert_eq!(&refusal(name, text.as_bytes()), message, "{text:?}");
    }
}

#[test]
fn other_encodings_are_refused_by_their_byte() {
    assert_eq!(
        refusal(P, b"name\nB\xe4ckerei\n"),
        "parties.csv, line 2: the byte 0xE4 is not UTF-8: save the table as “CSV UTF-8”"
    );
    let utf16: Vec<u8> = "\u{feff}name\r\nA".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let message = "parties.csv: this is UTF-16 text (it begins with a byte 0xFF): save the table as “CSV UTF-8”";
    assert_eq!(refusal(P, &utf16), message);
    assert_eq!(
        refusal("parties.xls", &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]),
        "parties.xls: an old Excel file or one with a password: save it as .xlsx without a password, or as CSV"
    );
}

#[test]
fn what_is_too_much_is_refused() {
    let long = "x".repeat(10_001);
    let message = "parties.csv, line 2, promise: the text is longer than 10000 characters";
    assert_eq!(refusal(P, format!("name,promise\nA,{long}\n").as_bytes()), message);
    let message = "handoffs.csv, line 2, customer: the text is longer than 10000 characters";
    assert_eq!(refusal(H, format!("supplier,customer,item\nMill,{long},x\n").as_bytes()), message);
    let rows = "A\n".repeat(200_001);
    let message = "parties.csv, line 200003: a table may have at most 200000 rows";
    assert_eq!(refusal(P, format!("name\n{rows}B\n").as_bytes()), message);
    let rows = "x,y,1\n".repeat(200_002);
    let read = read_bytes(O, format!("party,measure,value\n{rows}").as_bytes()).expect("there may be more of these");
    assert_eq!(read[0].rows.len(), 200_002);
    let rows = lines(0..1001, |i| format!("Mill,Shop,flour,need {i}\n"));
    let text = format!("supplier,customer,item,requirement\n{rows}");
    let message = refusal(R, text.as_bytes());
    let first = "requirements.csv, line 1000, requirement: a handoff holds at most 1000 requirements";
    assert_eq!(message.lines().next(), Some(first), "two are there, so the 999th is too many");
    assert_eq!(message.lines().count(), 3, "lines 1000 to 1002");
    for (name, header, row, most, message) in [
        (M, "party,measure", "Mill,x{}", 1000, "measures.csv, line 1002, measure: a party holds at most 1000 measures"),
        (
            O,
            "supplier,customer,item,requirement,value",
            "Mill,Shop,flour,dry [r1],1",
            10_000,
            "observations.csv, line 10002, period: a requirement holds at most 10000 observations",
        ),
        (
            E,
            "party,expectation",
            "Mill,x{}",
            10_000,
            "expectations.csv, line 10002, expectation: a party holds at most 10000 expectations",
        ),
        (
            G,
            "supplier,customer,item,overall",
            "Mill,Shop,flour,1",
            1000,
            "ratings.csv, line 1002, side: a handoff holds at most 1000 ratings",
        ),
    ] {
        let rows = lines(0..most + 1, |i| row.replace("{}", &i.to_string()) + "\n");
        assert_eq!(refusal(name, format!("{header}\n{rows}").as_bytes()), message);
    }
}

#[test]
fn all_problems_are_counted_and_twenty_shown() {
    let rows = lines(0..57, |i| format!("P{i},team\n"));
    let read = texts(&[(P, &format!("name,kind\n{rows}")), (H, "supplier,customer,item,known\nA,B,x,?\n")]);
    let error = import(&read, &Document::default(), &mut ids()).expect_err("all wrong");
    assert_eq!((error.problems.len(), error.count), (20, 58));
    assert!(error.to_string().ends_with("\nand 38 problems more"), "{error}");
}

#[test]
fn a_renamed_party_is_renamed_everywhere() {
    let read = texts(&[(P, "id,name\nm,Miller\n"), (H, "supplier,customer,item\nMill,Shop,flour\n")]);
    let error = import(&read, &desks(), &mut ids()).expect_err("two names");
    let message = "handoffs.csv, line 2, supplier: “Mill” is called “Miller” now: write that here too, or give “Mill” a row of \
        its own in parties";
    assert_eq!(error.to_string(), message);
}

#[test]
fn files_are_read_or_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("parties.csv"), "name\nA\n").expect("written");
    std::fs::write(path("bad.csv"), b"name\nB\xff").expect("written");
    std::fs::write(path("map.xlsx"), to_xlsx(&tables(&lab())).expect("writes")).expect("written");
    let large = std::fs::File::create(path("large.csv")).expect("made");
    large.set_len(LARGEST_FILE + 1).expect("sparse");
    let read = read_files(&[path("map.xlsx"), path("parties.csv")]).expect("reads");
    let kinds: Vec<TableKind> = read.iter().map(|table| table.kind).collect();
    assert_eq!(kinds, [&TableKind::ALL[..3], &[TableKind::Parties]].concat(), "in the order of the files");
    let error =
        read_files(&[path("bad.csv"), path("no.csv"), folder.path().into(), path("large.csv")]).expect_err("four");
    assert_eq!(error.count, 4, "{error}");
    let lines: Vec<String> =
        error.to_string().lines().map(|line| line.replace(&*folder.path().to_string_lossy(), "…")).collect();
    assert_eq!(lines[0], "bad.csv, line 2: the byte 0xFF is not UTF-8: save the table as “CSV UTF-8”");
    assert!(lines[1].starts_with("…/no.csv: cannot be read: "), "{}", lines[1]);
    assert_eq!(lines[2], "…: is not a file: name a CSV file or an XLSX workbook");
    assert_eq!(lines[3], "…/large.csv: is larger than 64 MB");
}
