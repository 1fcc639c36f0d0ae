//! The table against maps made by hand and by chance.

use proptest::prelude::*;

use super::*;
use crate::geom::pt;
use crate::model::{Edit, HandoffKind, IdGen, Operator, Party, Requirement, check};

fn ids() -> IdGen {
    IdGen::new(400_000, 11)
}

/// The map of a list like `Sales > Planning: order`; `Customer:` and `Supplier:` before a name say the kind.
pub(in crate::model::ops) fn map(lines: &[&str]) -> Document {
    let (mut document, mut ids) = (Document::default(), IdGen::new(1, 1));
    for line in lines {
        let (supplier, rest) = line.split_once('>').expect("two ends");
        let (customer, item) = rest.rsplit_once(':').expect("an item");
        let mut end = |name: &str| {
            let (kind, name) = match name.trim().split_once('/') {
                Some(("customer", name)) => (PartyKind::Customer, name),
                Some((_, name)) => (PartyKind::Supplier, name),
                None => (PartyKind::Process, name.trim()),
            };
            if name.is_empty() {
                return None;
            }
            if let Some((id, _)) = document.parties().find(|(_, p)| p.name == name) {
                return Some(id);
            }
            let id: PartyId = ids.make();
            document
                .apply(vec![Edit::PutParty(id, Party::named(name, kind)), Edit::Place(id, pt(0.0, 0.0))])
                .expect(name);
            Some(id)
        };
        let handoff = Handoff::between(end(supplier), end(customer), item.trim());
        document.apply(vec![Edit::PutHandoff(ids.make(), handoff)]).expect(line);
    }
    document
}

fn id(document: &Document, name: &str) -> PartyId {
    document.parties().find(|(_, p)| p.name == name).expect(name).0
}

fn table(document: &Document, asked: &Sipoc) -> Vec<String> {
    let line = |row: &Row| Column::ALL.map(|column| text(document, row, column)).join("|");
    rows(document, asked).iter().map(line).collect()
}

fn shop() -> Document {
    map(&[
        "supplier/Mill > Bakery: flour",
        "Dairy > Bakery: milk",
        "Bakery > Shop: bread",
        "Shop > customer/Guest: breakfast",
        "> Shop: paper bags",
        "Bakery >: crumbs",
    ])
}

/// Types in the row that shows `item`, and gives the map after it.
fn typed(document: &Document, process: &str, item: &str, column: Column, typed: &str) -> Result<Document, String> {
    let asked = Sipoc { process: Some(id(document, process)), ..Sipoc::default() };
    let shows = |row: &Row| [Column::Input, Column::Output].iter().any(|c| text(document, row, *c) == item);
    let row = rows(document, &asked).into_iter().find(|row| if item.is_empty() { row.is_empty() } else { shows(row) });
    let edits = edit(document, &mut ids(), &row.expect(item), column, typed)?;
    let mut after = document.clone();
    after.apply(edits).expect("accepted");
    Ok(after)
}

#[test]
fn the_table_shows_every_process_with_its_handoffs_from_suppliers_to_customers() {
    let document = shop();
    assert_eq!(
        table(&document, &Sipoc::default()),
        [
            "|||Dairy|milk||Bakery",
            "|||Dairy|||",
            "Dairy|milk||Bakery|bread||Shop",
            "Mill|flour||Bakery|crumbs||",
            "|||Bakery|||",
            "Bakery|bread||Shop|breakfast||Guest",
            "|paper bags||Shop|||",
            "|||Shop|||",
            "||||||",
        ]
    );
    let one = Sipoc { process: Some(id(&document, "Shop")), ..Sipoc::default() };
    assert_eq!(table(&document, &one), ["Bakery|bread||Shop|breakfast||Guest", "|paper bags||Shop|||", "|||Shop|||"]);
}

#[test]
fn filter_and_sort_choose_and_order_rows() {
    let document = shop();
    let filter = |text: &str| table(&document, &Sipoc { filter: text.into(), ..Sipoc::default() });
    assert_eq!(filter("FLOUR"), ["Mill|flour||Bakery|crumbs||", "|||Bakery|||", "||||||"], "a row");
    assert_eq!(filter(" dairy").len(), 5, "a block by its process, another by its row");
    assert_eq!(filter("nothing of this"), ["||||||"]);
    let sort = |column, down| table(&document, &Sipoc { sort: Some((column, down)), ..Sipoc::default() });
    assert_eq!(sort(Column::Input, false)[2..4], ["Mill|flour||Bakery|bread||Shop", "Dairy|milk||Bakery|crumbs||"]);
    assert_eq!(sort(Column::Output, true)[2..4], ["Dairy|milk||Bakery|crumbs||", "Mill|flour||Bakery|bread||Shop"]);
    assert_eq!(sort(Column::Process, true)[0], "Bakery|bread||Shop|breakfast||Guest");
    assert_eq!(sort(Column::Process, false)[0], "Dairy|milk||Bakery|bread||Shop");
}

#[test]
fn typing_in_a_cell_changes_the_map() {
    let document = shop();
    let bakery = |after: Result<Document, String>| {
        let after = after.expect("typed");
        assert_eq!(check(&after), [""; 0]);
        table(&after, &Sipoc { process: Some(id(&document, "Bakery")), ..Sipoc::default() })
    };
    let row = |item, column, text| bakery(typed(&document, "Bakery", item, column, text));
    assert_eq!(row("milk", Column::Supplier, "mill")[0], "Mill|flour||Bakery|bread||Shop", "whatever the case");
    assert_eq!(row("milk", Column::Supplier, "")[1], "|milk||Bakery|crumbs||", "an open end");
    assert_eq!(row("bread", Column::Customer, "Café")[0], "Dairy|milk||Bakery|bread||Café");
    assert_eq!(row("bread", Column::Output, " rolls ")[0], "Dairy|milk||Bakery|rolls||Shop");
    assert_eq!(row("bread", Column::OutputNeeds, "fresh; by 7")[0], "Dairy|milk||Bakery|bread|fresh; by 7|Shop");
    assert_eq!(row("bread", Column::Process, "Oven")[2], "|||Oven|||");
    assert_eq!(row("", Column::Supplier, "Well")[2], "Well|||Bakery|||");
    assert_eq!(row("", Column::Input, "water")[2], "|water||Bakery|||");
    assert_eq!(row("", Column::OutputNeeds, "hot")[2], "|||Bakery||hot|");
}

#[test]
fn a_new_party_is_a_process_at_a_free_place() {
    let after = typed(&shop(), "Bakery", "flour", Column::Supplier, "Silo").expect("typed");
    let (silo, bakery) = (id(&after, "Silo"), id(&after, "Bakery"));
    assert_eq!(after.party(silo).expect("made").kind, PartyKind::Process);
    let (silo, bakery) = (after.place(silo).expect("place"), after.place(bakery).expect("place"));
    assert!(silo.x < bakery.x - 200.0, "left of the process: {silo:?}");
}

#[test]
fn what_cannot_be_is_said() {
    let mut document = shop();
    let error = |document: &Document, item, column, text: &str| {
        typed(document, "Bakery", item, column, text).expect_err("refused")
    };
    assert_eq!(
        error(&document, "flour", Column::Supplier, "bakery"),
        "“bakery” cannot supply itself: name another supplier"
    );
    assert!(error(&document, "flour", Column::Input, &"x".repeat(10_001)).contains("longer than"));
    let again = ids().make();
    document
        .apply(vec![Edit::PutParty(again, Party::named("MILL", PartyKind::Process)), Edit::Place(again, pt(9.0, 9.0))])
        .expect("sound");
    assert!(typed(&document, "Bakery", "milk", Column::Supplier, "MILL").is_ok(), "the exact name comes first");
    assert_eq!(
        error(&document, "milk", Column::Supplier, "mIll"),
        "2 parties are called “mIll”: rename them or connect them on the map"
    );
    let new = |column, text| edit(&document, &mut ids(), &Row::NEW, column, text);
    assert!(new(Column::Process, "Shop").expect_err("there").contains("is on the map already"));
    assert_eq!(new(Column::Process, " "), Ok(Vec::new()));
    let gone = Row { input: Some(HandoffId::parse("gone").expect("id")), ..Row::empty(id(&document, "Shop")) };
    assert!(edit(&document, &mut ids(), &gone, Column::Input, "x").is_err());
    assert!(
        edit(&document, &mut ids(), &Row::empty(PartyId::parse("nobody").expect("id")), Column::Input, "x").is_err()
    );
}

#[test]
fn the_last_row_makes_a_process_whichever_cell_comes_first() {
    for (column, line) in [
        (Column::Process, "|||x|||"),
        (Column::Supplier, "x||||||"),
        (Column::Input, "|x|||||"),
        (Column::OutputNeeds, "|||||x|"),
    ] {
        let mut document = Document::default();
        let edits = edit(&document, &mut ids(), &Row::NEW, column, "x").expect("made");
        document.apply(edits).expect("accepted");
        assert!(table(&document, &Sipoc::default()).contains(&line.to_owned()), "{line}");
    }
}

fn needs_after(old: &[&str], line: &str) -> Vec<(String, Option<f64>)> {
    let mut made = IdGen::new(7, 7);
    let target = |i: usize| Some(i as f64);
    let before: Vec<Requirement> = old
        .iter()
        .enumerate()
        .map(|(i, text)| Requirement {
            target: target(i),
            operator: Some(Operator::AtLeast),
            ..Requirement::new(made.make(), *text)
        })
        .collect();
    needs::read(&before, line, &mut made).into_iter().map(|r| (r.text, r.target)).collect()
}

#[test]
fn requirements_keep_what_was_not_touched() {
    let after = |old: &[&str], line: &str| {
        let found = needs_after(old, line);
        let shown = |(text, target): &(String, Option<f64>)| {
            format!("{text}={}", target.map_or("new".into(), |t| t.to_string()))
        };
        found.iter().map(shown).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(after(&["a", "b", "c"], "a; b; c"), "a=0 b=1 c=2", "nothing");
    assert_eq!(after(&["a", "b", "c"], "c;a ;b"), "c=2 a=0 b=1", "another order");
    assert_eq!(after(&["a", "b", "c"], "a; B; c"), "a=0 B=1 c=2", "one renamed");
    assert_eq!(after(&["a", "b", "c"], "a; c"), "a=0 c=2", "one removed");
    assert_eq!(after(&["a", "b"], "a; x; b"), "a=0 x=new b=1", "one added");
    assert_eq!(after(&["a", "b", "c"], "a; B; c; d"), "a=0 B=1 c=2 d=new", "one renamed, one added");
    assert_eq!(after(&["a", "b", "c"], "x; c"), "x=new c=2", "two gone, one new: nobody knows which it was");
    assert_eq!(after(&["a; b", "c"], "a; b; d"), "a; b=0 d=1", "a semicolon within");
    assert_eq!(after(&["", "a"], "b\nc"), "b=new c=new =0", "one without words is not shown and stays");
    assert_eq!(after(&["a"], " ;; "), "", "all removed");
    assert_eq!(after(&["a", "a"], "a"), "a=0", "twice the same");
}

fn pasted(document: &Document, at: (usize, Column), block: &str) -> Result<(Vec<String>, usize), String> {
    let rows = rows(document, &Sipoc::default());
    let (edits, cells) = paste(document, &mut ids(), &rows, at, block)?;
    let mut after = document.clone();
    after.apply(edits).expect("accepted");
    assert_eq!(check(&after), [""; 0]);
    Ok((table(&after, &Sipoc::default()), cells))
}

#[test]
fn a_block_from_a_spreadsheet_grows_the_block_of_the_process() {
    let (after, cells) =
        pasted(&shop(), (3, Column::Supplier), "Mill\trye\tdry; clean\r\nWell\twater\r\n\"Hen\thouse\"\teggs\r\n")
            .expect("pasted");
    let bakery: Vec<&String> = after.iter().filter(|line| line.split('|').nth(3) == Some("Bakery")).collect();
    assert_eq!(
        bakery,
        [
            "Dairy|milk||Bakery|bread||Shop",
            "Hen\thouse|eggs||Bakery|crumbs||",
            "Mill|rye|dry; clean|Bakery|||",
            "Well|water||Bakery|||",
            "|||Bakery|||",
        ]
    );
    assert_eq!(cells, 6, "of which the first was there already");
}

#[test]
fn whole_tables_can_be_pasted_into_an_empty_map() {
    let block = "Mill\tflour\t\tBakery\tbread\tfresh\tShop\n\t\t\t\tcrumbs\t\t\nBakery\tbread\tfresh\tShop\tbreakfast\t\tGuest\n";
    let (after, _) = pasted(&Document::default(), (0, Column::Supplier), block).expect("pasted");
    // No customer is external yet, so blocks follow names.
    assert!(after.contains(&"Mill|flour||Bakery|bread|fresh|Shop".to_owned()), "{after:#?}");
    assert!(after.contains(&"|||Bakery|crumbs||".to_owned()), "{after:#?}");
    assert!(after.contains(&"Bakery|bread|fresh|Shop|breakfast||Guest".to_owned()), "{after:#?}");
    let (again, cells) = {
        let mut document = Document::default();
        let (edits, _) = paste(&document, &mut ids(), &[Row::NEW], (0, Column::Supplier), block).expect("pasted");
        document.apply(edits).expect("accepted");
        let last = rows(&document, &Sipoc::default()).len() - 1;
        pasted(&document, (last, Column::Supplier), block).expect("pasted")
    };
    assert_eq!((again, cells), (after, 0), "what is there already is not made twice");
}

#[test]
fn a_block_that_does_not_fit_changes_nothing_and_says_where() {
    let document = shop();
    let error = |at, block: &str| pasted(&document, at, block).expect_err("refused");
    assert_eq!(
        error((2, Column::Supplier), "Mill\nBakery\n"),
        "row 2, Suppliers: “Bakery” cannot supply itself: name another supplier"
    );
    assert!(error((2, Column::Customer), "Shop\tmore").starts_with("row 1: “more” would stand right of the customers"));
    assert!(error((99, Column::Customer), "Shop").contains("no row"));
    assert!(error((2, Column::Process), "Oven\nKitchen\n").contains("belongs to “Oven”"));
    assert_eq!(pasted(&document, (0, Column::Supplier), "").expect("nothing").1, 0);
}

#[test]
fn cells_are_quoted_and_guarded_as_spreadsheets_do() {
    let document =
        map(&["=cmd > Bakery: -5", "+44 20 > Bakery: '=x", "\"A\" > Bakery: say \"hi\"", "a\nb > Bakery: @x"]);
    let rows = rows(&document, &Sipoc { process: Some(id(&document, "Bakery")), ..Sipoc::default() });
    let area = Area { rows: 0..99, first: Column::Supplier, last: Column::Input };
    assert_eq!(
        copy(&document, &rows, &area),
        "\"\"\"A\"\"\"\tsay \"hi\"\n+44 20\t''=x\n'=cmd\t-5\n\"a\nb\"\t'@x\n\t\n"
    );
    let cells = |block: &str| tsv::cells(block).expect("few rows");
    assert_eq!(cells("a\t\"b\"\"c\nd\"\r\n\r\n\te"), [vec!["a", "b\"c\nd"], vec![""], vec!["", "e"]]);
    assert_eq!(
        cells("\"Gold\" standard\t\"open\n5\" pipe\t"),
        [vec!["\"Gold\" standard", "\"open"], vec!["5\" pipe", ""]]
    );
    assert_eq!(cells(""), [[""; 0]; 0]);
    assert_eq!(cells("é\ré"), [["é"], ["é"]]);
}

const WORDS: [&str; 16] = [
    "", "Sales", "sales", "Plan", "=1+1", "-5", "'x", "\"q\"", "a\tb", "c\nd", " pad ", "x; y", "Ünï", "'=z", "\"",
    "\r",
];

/// Numbers by chance (xorshift).
pub(in crate::model::ops) struct Chance(pub u64);

impl Chance {
    pub fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n.max(1) as u64) as usize
    }

    pub fn word(&mut self) -> String {
        let word = WORDS[self.below(WORDS.len())];
        if self.below(3) == 0 { format!("{word}{}", self.below(9)) } else { word.into() }
    }
}

/// A small map with odd names, open ends, loops and rework.
pub(in crate::model::ops) fn random_map(seed: u64) -> Document {
    let mut chance = Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let (mut document, mut ids) = (Document::default(), IdGen::new(2, seed));
    let parties: Vec<PartyId> = (0..=chance.below(7)).map(|_| ids.make()).collect();
    for party in &parties {
        let kind = [PartyKind::Process, PartyKind::Process, PartyKind::Customer, PartyKind::Supplier][chance.below(4)];
        let place = pt(chance.below(2_000_000) as f32 - 1e6, chance.below(400) as f32);
        let edits = vec![Edit::PutParty(*party, Party::named(chance.word(), kind)), Edit::Place(*party, place)];
        document.apply(edits).expect("sound");
    }
    for _ in 0..chance.below(14) {
        let mut end = || parties.get(chance.below(parties.len() + 1)).copied();
        let (supplier, customer) = (end(), end());
        if supplier == customer {
            continue;
        }
        let mut handoff = Handoff::between(supplier, customer, chance.word());
        handoff.kind = [HandoffKind::Forward, HandoffKind::Forward, HandoffKind::Rework][chance.below(3)];
        handoff.requirements = (0..chance.below(4)).map(|_| Requirement::new(ids.make(), chance.word())).collect();
        document.apply(vec![Edit::PutHandoff(ids.make(), handoff)]).expect("sound");
    }
    document
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_edit_is_accepted_and_shows_what_was_typed(seed in any::<u64>()) {
        let (mut document, mut chance, mut made) = (random_map(seed), Chance(seed | 1), IdGen::new(3, seed));
        for _ in 0..12 {
            let rows = rows(&document, &Sipoc::default());
            let (row, column) = (rows[chance.below(rows.len())], Column::ALL[chance.below(7)]);
            let word = chance.word();
            let Ok((edits, after)) = edit::change(&document, &mut made, row, column, &word) else { continue };
            prop_assert!(edit(&document, &mut made.clone(), &row, column, &word).is_ok());
            document.apply(edits).expect("accepted");
            prop_assert_eq!(check(&document), vec![""; 0]);
            let shown = text(&document, &after, column);
            if column.index() % 3 == 0 {
                prop_assert_eq!(shown.trim().to_lowercase(), word.trim().to_lowercase());
            } else if !matches!(column, Column::InputNeeds | Column::OutputNeeds) {
                prop_assert_eq!(shown.trim(), word.trim());
            }
        }
    }

    #[test]
    fn what_was_copied_can_be_pasted_where_it_was(seed in any::<u64>()) {
        let (document, mut chance) = (random_map(seed), Chance(seed | 1));
        let rows = rows(&document, &Sipoc::default());
        let (a, b) = (chance.below(rows.len()), chance.below(rows.len()));
        let (first, last) = (chance.below(7), chance.below(7));
        let (first, last) = (Column::ALL[first.min(last)], Column::ALL[first.max(last)]);
        let block = copy(&document, &rows, &Area { rows: a.min(b)..a.max(b) + 1, first, last });
        let result = paste(&document, &mut IdGen::new(3, seed), &rows, (a.min(b), first), &block);
        prop_assert_eq!(result, Ok((vec![], 0)), "{:?}", block);
    }

    #[test]
    fn any_block_is_pasted_whole_or_not_at_all(seed in any::<u64>(), block in "[a-cS\t\n\r\"'=; ]{0,60}") {
        let (document, mut chance) = (random_map(seed), Chance(seed | 1));
        let rows = rows(&document, &Sipoc::default());
        let at = (chance.below(rows.len() + 1), Column::ALL[chance.below(7)]);
        if let Ok((edits, cells)) = paste(&document, &mut IdGen::new(3, seed), &rows, at, &block) {
            let mut after = document.clone();
            after.apply(edits).expect("accepted");
            prop_assert_eq!(check(&after), vec![""; 0]);
            prop_assert!(cells > 0 || after == document);
        }
    }
}
