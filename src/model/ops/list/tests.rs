//! The list of handoffs against maps made by hand and by chance.

use proptest::prelude::*;

use super::*;
use crate::geom::pt;
use crate::model::ops::grid::Grid;
use crate::model::ops::sipoc::tests::{Chance, map, random_map};
use crate::model::{
    Agreement, Edit, HandoffKind, History, IdGen, Known, Observation, Operator, Party, PartyKind, Period, Requirement,
    RequirementId, ViewChoice, check,
};

fn ids() -> IdGen {
    IdGen::new(400_000, 11)
}

fn shop() -> Document {
    map(&[
        "supplier/Mill > Bakery: flour",
        "Dairy > Bakery: milk",
        "Bakery > Shop: bread",
        "Shop > customer/Guest: breakfast",
        "> Shop: paper bags",
        "Bakery >: crumbs",
        "Bakery > Shop 10: bread",
        "Bakery > Shop 9: bread",
    ])
}

fn called(document: &Document, item: &str) -> HandoffId {
    document.handoffs().find(|(_, h)| h.item == item).expect(item).0
}

fn lines(document: &Document, sort: Option<(Column, bool)>, filter: &str) -> Vec<String> {
    let line = |id: HandoffId| {
        [Column::Supplier, Column::Item, Column::Customer].map(|column| text(document, id, column)).join("|")
    };
    rows(document, sort, filter).into_iter().map(line).collect()
}

fn changed(document: &Document, item: &str, change: impl FnOnce(&mut Handoff)) -> Document {
    let id = called(document, item);
    let mut handoff = (**document.handoff(id).expect(item)).clone();
    change(&mut handoff);
    let mut after = document.clone();
    after.apply(vec![Edit::PutHandoff(id, handoff)]).expect("sound");
    after
}

fn typed(document: &Document, item: &str, column: Column, typed: &str) -> Result<Document, String> {
    let id = (!item.is_empty()).then(|| called(document, item));
    let edits = edit(document, &mut ids(), id, column, typed)?;
    let mut after = document.clone();
    after.apply(edits).expect("accepted");
    assert_eq!(check(&after), [""; 0]);
    Ok(after)
}

/// A must of ≥ 80 %, as it is: with its actual value, and how that is known.
fn must(text: &str, actual: Option<f64>, known: Option<Known>) -> Requirement {
    Requirement {
        measure: "share".into(),
        unit: "%".into(),
        operator: Some(Operator::AtLeast),
        target: Some(80.0),
        observations: actual.map(|value| Observation { known, ..Observation::of(value) }).into_iter().collect(),
        ..Requirement::new(RequirementId::parse(&text.to_lowercase()).expect("an id"), text)
    }
}

#[test]
fn rows_are_in_the_order_of_names_or_of_a_column() {
    let document = shop();
    assert_eq!(
        lines(&document, None, ""),
        [
            "Bakery|bread|Shop",
            "Bakery|bread|Shop 9",
            "Bakery|bread|Shop 10",
            "Bakery|crumbs|",
            "Dairy|milk|Bakery",
            "Mill|flour|Bakery",
            "Shop|breakfast|Guest",
            "|paper bags|Shop",
        ]
    );
    let by = |column, down| lines(&document, Some((column, down)), "");
    assert_eq!(by(Column::Supplier, true)[..2], ["Shop|breakfast|Guest", "Mill|flour|Bakery"]);
    assert_eq!(by(Column::Supplier, true)[7], "|paper bags|Shop", "nobody comes last both ways");
    assert_eq!(by(Column::Customer, false)[7], "Bakery|crumbs|");
    assert_eq!(by(Column::Customer, true)[..2], ["Bakery|bread|Shop 10", "Bakery|bread|Shop 9"]);
    assert_eq!(by(Column::Item, true)[0], "|paper bags|Shop");
    assert_eq!(by(Column::Contact, false), lines(&document, None, ""), "all equal: as usual");
}

#[test]
fn every_column_sorts_by_what_it_means_and_puts_the_unknown_last() {
    let document = shop();
    let document = changed(&document, "milk", |h| {
        h.wait_h = Some(2.0);
        (h.volume, h.period) = (Some(10.0), Period::Day);
        (h.complete_accurate_pct, h.on_time_pct) = (Some(9.0), Some(9.0));
        (h.known, h.agreement, h.contact) = (Some(Known::Measured), Agreement::Agreed, "Zoë".into());
        h.requirements = vec![must("zeal", Some(90.0), None)];
    });
    let document = changed(&document, "flour", |h| {
        h.wait_h = Some(10.0);
        (h.volume, h.period) = (Some(50.0), Period::Month);
        (h.complete_accurate_pct, h.on_time_pct) = (Some(80.0), Some(80.0));
        (h.known, h.agreement, h.contact) = (Some(Known::Guess), Agreement::Draft, "Ann".into());
        h.requirements = vec![must("all", Some(45.0), None)];
    });
    let milk_first = [Column::Wait, Column::CompleteAccurate, Column::OnTime];
    let columns = Column::ALL[3..].iter().filter(|column| **column != Column::State);
    for column in columns {
        for down in [false, true] {
            let items: Vec<String> = rows(&document, Some((*column, down)), "")
                .iter()
                .map(|id| text(&document, *id, Column::Item))
                .collect();
            let first = if milk_first.contains(column) == down { ["flour", "milk"] } else { ["milk", "flour"] };
            assert_eq!(items[..2], first, "{column:?} {down}");
        }
    }
    let state = |down| lines(&document, Some((Column::State, down)), "");
    assert_eq!(state(false)[..3], ["Mill|flour|Bakery", "|paper bags|Shop", "Bakery|crumbs|"], "the worst first");
    assert_eq!(state(true)[0], "Dairy|milk|Bakery");
}

#[test]
fn a_filter_keeps_rows_of_which_any_cell_holds_the_text() {
    let document = changed(&shop(), "milk", |h| {
        h.requirements = vec![must("fresh", Some(45.0), None), must("cold", Some(90.0), None)];
        h.contact = "Ann".into();
    });
    for (filter, found) in [
        ("", 8),
        (" MILK ", 1),
        ("shop", 5),
        ("ann", 1),
        ("must failed", 1),
        ("nobody receives", 1),
        ("actual 45 %", 1),
        ("cold", 1),
        ("nothing of this", 0),
    ] {
        assert_eq!(rows(&document, None, filter).len(), found, "{filter}");
    }
}

#[test]
fn cells_say_how_a_handoff_stands() {
    let (document, bare) = (shop(), Handoff::between(None, None, ""));
    let of = |requirements: Vec<Requirement>| {
        let at = |id| PartyId::parse(id).ok();
        Handoff { requirements, supplier: at("a"), customer: at("b"), ..bare.clone() }
    };
    let says = |handoff: &Handoff, column| shown(&document, handoff, column);
    let (good, bad) = (must("good", Some(85.0), Some(Known::Measured)), must("bad", Some(45.0), Some(Known::Guess)));
    let should = Requirement { must: false, text: "should".into(), ..bad.clone() };
    let untested = must("never", None, None);
    let vague = Requirement { measure: String::new(), observations: History::default(), ..good.clone() };
    for (requirements, state, needs, score) in [
        (vec![], "no requirement yet", "", ""),
        (vec![good.clone()], "all met", "good ≥ 80 %, actual 85 %", "100 %"),
        (vec![good.clone(), untested], "not evaluated yet", "never ≥ 80 %, not evaluated yet · +1 more", "100 %"),
        (vec![good.clone(), should.clone()], "not all met", "should ≥ 80 %, actual ≈ 45 % · +1 more", "50 %"),
        (vec![should, good.clone(), bad], "must failed", "bad ≥ 80 %, actual ≈ 45 % · +2 more", "33 %"),
        (vec![Requirement { target: None, operator: None, ..vague }], "not evaluated yet", "good no measure yet", ""),
    ] {
        let handoff = of(requirements);
        let all = [Column::State, Column::Requirements, Column::Score].map(|column| says(&handoff, column));
        assert_eq!(all, [state, needs, score]);
    }
    let rework = Handoff { kind: HandoffKind::Rework, ..of(vec![]) };
    assert_eq!(state(&rework), State::Rework);
    assert_eq!(state(&Handoff { supplier: None, ..of(vec![good]) }), State::NobodySupplies);
    assert_eq!(state(&Handoff { customer: None, ..of(vec![]) }), State::NobodyReceives);
    let failed = Handoff { supplier: None, ..of(vec![must("bad", Some(0.0), None)]) };
    assert_eq!(state(&failed), State::Contract(Contract::Failed), "what fails is said first");
}

#[test]
fn typing_in_a_cell_changes_the_handoff() {
    let document = shop();
    for (column, what, then) in [
        (Column::Supplier, "mill", "Mill"),
        (Column::Supplier, " Farm ", "Farm"),
        (Column::Supplier, "", ""),
        (Column::Customer, "Shop", "Shop"),
        (Column::Item, " cream ", "cream"),
        (Column::Requirements, "cold; fresh", "cold; fresh"),
        (Column::CompleteAccurate, "97,5 %", "97.5 %"),
        (Column::OnTime, "80", "80 %"),
        (Column::OnTime, "", ""),
        (Column::Wait, "2 d", "16 h"),
        (Column::Wait, "90 min", "1.5 h"),
        (Column::Volume, "120", "120 a month"),
        (Column::Volume, "3/day", "3 a day"),
        (Column::Volume, "1 200 per w", "1200 a week"),
        (Column::Volume, "40 a quarter", "40 a quarter"),
        (Column::Volume, "7 yearly", "7 a year"),
        (Column::Volume, "2,5 daily", "2.5 a day"),
        (Column::Known, "M", "measured"),
        (Column::Known, "≈ guess", "guess"),
        (Column::Known, "", ""),
        (Column::Agreement, "ag", "agreed"),
        (Column::Agreement, "disp", "disputed"),
        (Column::Agreement, "none", ""),
        (Column::Contact, "Ann", "Ann"),
    ] {
        let after = typed(&document, "milk", column, what).expect(what);
        let id = if column == Column::Item { called(&after, "cream") } else { called(&after, "milk") };
        assert_eq!(text(&after, id, column), then, "{column:?} {what}");
        let again = edit(&after, &mut ids(), Some(id), column, &text(&after, id, column));
        assert_eq!(again, Ok(vec![]), "{column:?}: typed as it stands");
    }
    let guess = typed(&document, "milk", Column::CompleteAccurate, "~ 80").expect("typed");
    let guess = guess.handoff(called(&guess, "milk")).expect("there");
    assert_eq!((guess.complete_accurate_pct, guess.known), (Some(80.0), Some(Known::Guess)));
    let farm = typed(&document, "milk", Column::Supplier, "Farm").expect("typed");
    let (farm, party) =
        farm.parties().find(|(_, p)| p.name == "Farm").map(|(id, p)| (farm.place(id), p)).expect("made");
    assert!(party.kind == PartyKind::Process && farm.is_some_and(|at| at.x < -200.0), "left of its customer: {farm:?}");
}

#[test]
fn what_cannot_be_is_said() {
    let mut document = shop();
    let twin = Edit::PutParty(ids().make(), Party::named("Dairy", PartyKind::Process));
    if let Edit::PutParty(id, _) = &twin {
        document.apply(vec![twin.clone(), Edit::Place(*id, pt(0.0, 0.0))]).expect("sound");
    }
    for (item, column, what, problem) in [
        ("milk", Column::Supplier, "Bakery", "“Bakery” cannot supply itself: name another supplier"),
        ("bread", Column::Customer, "bakery", "“bakery” cannot be its own customer: name another one"),
        ("crumbs", Column::Supplier, "", "a handoff needs a supplier, a customer or both"),
        ("flour", Column::Supplier, "dairy", "2 parties are called “dairy”"),
        ("milk", Column::CompleteAccurate, "lots", "“lots” is not a number"),
        ("milk", Column::OnTime, "101", "On time must lie between 0 and 100 %"),
        ("milk", Column::Wait, "soon", "“soon” is not a duration: write for example 90 min, 1.5 h or 2 d"),
        ("milk", Column::Volume, "-1", "Volume must lie between 0 and 1000000000000"),
        ("milk", Column::Volume, "a day", "“a day” is not a number"),
        (
            "milk",
            Column::Volume,
            "3 per fortnight",
            "“fortnight” is no period: write day, week, month, quarter or year",
        ),
        ("milk", Column::Known, "x", "“x” is no way to know: write guess, sample or measured"),
        ("milk", Column::Agreement, "d", "“d” could be draft, discussed or disputed: type more letters"),
        ("milk", Column::State, "good", "it follows from the requirements"),
        ("milk", Column::Score, "100 %", "it follows from the requirements"),
        ("", Column::Item, "cheese", "type its supplier or its customer first"),
    ] {
        let error = typed(&document, item, column, what).expect_err(what);
        assert!(error.contains(problem), "{column:?} {what}: {error}");
    }
    assert!(typed(&document, "milk", Column::Item, &"x".repeat(20_000)).is_err());
    let gone = HandoffId::parse("gone").expect("id");
    assert!(edit(&document, &mut ids(), Some(gone), Column::Item, "x").is_err());
    assert_eq!(text(&document, gone, Column::Item), "");
}

#[test]
fn the_empty_row_makes_a_handoff_of_its_first_end() {
    for (column, line) in [(Column::Supplier, "Farm||"), (Column::Customer, "||Farm")] {
        let after = typed(&shop(), "", column, "Farm").expect("typed");
        assert!(lines(&after, None, "").contains(&line.to_owned()), "{line}");
    }
    assert_eq!(edit(&shop(), &mut ids(), None, Column::Item, " "), Ok(vec![]), "nothing was typed");
}

fn pasted(document: &Document, at: (usize, Column), block: &str) -> Result<(Document, usize), String> {
    let rows: Vec<Option<HandoffId>> = rows(document, None, "").into_iter().map(Some).chain([None]).collect();
    let (edits, cells) = paste(document, &mut ids(), &rows, at, block)?;
    let mut after = document.clone();
    after.apply(edits).expect("accepted");
    assert_eq!(check(&after), [""; 0]);
    Ok((after, cells))
}

#[test]
fn a_block_from_a_spreadsheet_changes_rows_and_makes_new_ones() {
    let document = shop();
    let (after, cells) =
        pasted(&document, (7, Column::Supplier), "Press\nMill\tbran\tShop\nDairy\tmilk\tBakery\t\tcold\n")
            .expect("pasted");
    let found = lines(&after, None, "");
    assert!(found.contains(&"Press|paper bags|Shop".to_owned()) && found.contains(&"Mill|bran|Shop".to_owned()));
    assert_eq!((found.len(), cells), (9, 5), "the milk is there already and gets its requirement: {found:?}");
    assert_eq!(text(&after, called(&after, "milk"), Column::Requirements), "cold");
    let (swapped, _) = pasted(&document, (4, Column::Supplier), "Bakery\tmilk\tDairy").expect("pasted");
    assert!(lines(&swapped, None, "").contains(&"Bakery|milk|Dairy".to_owned()), "both ends at once");
    let (numbers, cells) =
        pasted(&document, (4, Column::State), "?\t\t-\t90\t80 %\t2 h\t3/week\tm\tsent\tAnn").expect("pasted");
    let milk = numbers.handoff(called(&numbers, "milk")).expect("there");
    assert_eq!((cells, milk.wait_h, milk.agreement), (7, Some(2.0), Agreement::Sent), "what follows is passed over");
}

#[test]
fn a_long_block_into_an_empty_map_is_quick_and_puts_no_card_on_another() {
    let line = |i: usize| format!("Team {}\tItem {i}\tTeam {}\n", i % 997, i % 1009 + 2000);
    let block: String = (0..3000).map(line).collect();
    let rows = [None];
    let (edits, cells) = paste(&Document::default(), &mut ids(), &rows, (0, Column::Supplier), &block).expect("pasted");
    let mut after = Document::default();
    after.apply(edits).expect("accepted");
    assert_eq!((after.handoffs_len(), after.parties_len(), cells), (3000, 997 + 1009, 9000));
    let mut places: Vec<(i64, i64)> =
        after.parties().filter_map(|(id, _)| after.place(id)).map(|p| (p.x as i64, p.y as i64)).collect();
    places.sort_unstable();
    places.dedup();
    assert_eq!(places.len(), after.parties_len());
    let again = paste(&after, &mut ids(), &rows, (0, Column::Supplier), &block).expect("pasted");
    assert_eq!(again, (vec![], 0), "what is there already is not made twice");
}

#[test]
fn a_block_that_does_not_fit_changes_nothing_and_says_where() {
    let document = shop();
    let error = |at, block: &str| pasted(&document, at, block).expect_err("refused");
    assert_eq!(error((8, Column::Item), "cheese"), "row 1: a new handoff needs a supplier or a customer");
    assert_eq!(
        error((8, Column::Supplier), "A\tx\tB\nA\ty\ta"),
        "row 2, Customer: “a” cannot be its own customer: name another one"
    );
    assert_eq!(
        error((0, Column::Wait), "1 h\nsoon"),
        "row 2, Wait: “soon” is not a duration: write for example 90 min, 1.5 h or 2 d"
    );
    assert!(error((0, Column::Contact), "Ann\tmore").contains("right of the contacts"));
    assert!(error((3, Column::Supplier), "\tcrumbs\t").contains("a supplier, a customer or both"));
    assert!(error((0, Column::Item), &"x\n".repeat(10_001)).contains("at most 10000"));
    assert_eq!(pasted(&document, (99, Column::Item), "").expect("nothing").1, 0);
}

#[test]
fn one_front_serves_both_tables() {
    let document = shop();
    let listed: Vec<Option<HandoffId>> = rows(&document, None, "").into_iter().map(Some).chain([None]).collect();
    let sipoc = super::super::sipoc::rows(&document, &super::super::sipoc::Sipoc::default());
    let (list, table) = (Grid::List(&listed), Grid::Sipoc(&sipoc));
    assert_eq!((list.rows(), list.columns(), table.columns()), (9, 13, 7));
    assert_eq!((list.title(1), table.title(1), list.title(99)), ("Item", "Inputs", ""));
    assert_eq!((list.is_read_only(3), table.is_read_only(3)), (true, false));
    for grid in [list, table] {
        assert_eq!(grid.text(&document, (99, 99)), "");
        assert!(grid.edit(&document, &mut ids(), (99, 0), "x").is_err());
        assert!(grid.paste(&document, &mut ids(), (0, 99), "x").is_err());
        let (a, b) = (grid.copy(&document, (0, 0), (2, 1)), grid.copy(&document, (2, 1), (0, 0)));
        assert_eq!((a.lines().count(), &a), (3, &b), "whichever corner comes first");
        grid.copy(&document, (99, 99), (usize::MAX, usize::MAX));
        let (mut choice, mut seen) = (ViewChoice::default(), Vec::new());
        for _ in 0..3 {
            choice = grid.sorted(&choice, 1);
            seen.push((choice.sort.map(|(_, down)| down), choice.list_sort.map(|(_, down)| down)));
        }
        let other = if grid == list { |(_, list)| list } else { |(sipoc, _)| sipoc };
        assert_eq!(seen.into_iter().map(other).collect::<Vec<_>>(), [Some(false), Some(true), None]);
    }
    assert_eq!(list.copy(&document, (4, 0), (5, 2)), "Dairy\tmilk\tBakery\nMill\tflour\tBakery\n");
    let edits = list.edit(&document, &mut ids(), (8, 0), "Farm").expect("typed");
    let made = list.record((8, 0), &edits).expect("a new handoff");
    assert_eq!((list.find(made), list.record((8, 0), &[])), (None, None), "not there yet");
    let milk = list.record((4, 1), &[]).expect("the milk");
    assert_eq!((list.find(milk), list.record((99, 0), &[])), (Some(4), None));
    let row = table.find(table.record((2, 1), &[]).expect("a record"));
    assert_eq!(row, Some(2));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_edit_is_accepted_and_stays_as_typed(seed in any::<u64>()) {
        let (mut document, mut chance, mut made) = (random_map(seed), Chance(seed | 1), IdGen::new(3, seed));
        for _ in 0..12 {
            let rows = rows(&document, None, "");
            let row = rows.get(chance.below(rows.len() + 1)).copied();
            let (column, word) = (Column::ALL[chance.below(13)], chance.word());
            let Ok(edits) = edit(&document, &mut made, row, column, &word) else { continue };
            let id = edits.iter().find_map(|edit| if let Edit::PutHandoff(id, _) = edit { Some(*id) } else { None });
            document.apply(edits).expect("accepted");
            prop_assert_eq!(check(&document), vec![""; 0]);
            if let (Some(id), Column::Supplier | Column::Item | Column::Customer | Column::Contact) = (id, column) {
                prop_assert_eq!(text(&document, id, column).trim().to_lowercase(), word.trim().to_lowercase());
            }
        }
    }

    #[test]
    fn what_was_copied_can_be_pasted_where_it_was(seed in any::<u64>()) {
        let (document, mut chance) = (random_map(seed), Chance(seed | 1));
        let rows: Vec<Option<HandoffId>> = rows(&document, None, "").into_iter().map(Some).chain([None]).collect();
        let (a, b) = (chance.below(rows.len()), chance.below(rows.len()));
        let (first, last) = (chance.below(13), chance.below(13));
        let (first, last) = (first.min(last), first.max(last));
        let block = copy(&document, &rows, a.min(b)..a.max(b) + 1, first..last + 1);
        let at = (a.min(b), Column::ALL[first]);
        prop_assert_eq!(paste(&document, &mut ids(), &rows, at, &block), Ok((vec![], 0)), "{:?}", block);
    }

    #[test]
    fn any_block_is_pasted_whole_or_not_at_all(seed in any::<u64>(), block in "[a-cS5%\t\n\r\"'=; ]{0,60}") {
        let (document, mut chance) = (random_map(seed), Chance(seed | 1));
        let rows: Vec<Option<HandoffId>> = rows(&document, None, "").into_iter().map(Some).collect();
        let at = (chance.below(rows.len() + 2), Column::ALL[chance.below(13)]);
        if let Ok((edits, cells)) = paste(&document, &mut ids(), &rows, at, &block) {
            let mut after = document.clone();
            after.apply(edits).expect("accepted");
            prop_assert_eq!(check(&after), vec![""; 0]);
            prop_assert!(cells > 0 || after == document);
        }
    }

    #[test]
    fn rows_are_all_there_and_ordered(seed in any::<u64>(), column in 0..13_usize, down: bool) {
        let document = random_map(seed);
        let sorted = rows(&document, Some((Column::ALL[column], down)), "");
        let mut all = sorted.clone();
        all.sort();
        prop_assert_eq!(all, document.handoffs().map(|(id, _)| id).collect::<Vec<_>>());
        if matches!(Column::ALL[column], Column::Item | Column::Supplier | Column::Customer) {
            let key = |id: &HandoffId| order::natural(&text(&document, *id, Column::ALL[column]));
            let keys: Vec<String> = sorted.iter().map(key).filter(|key| !key.is_empty()).collect();
            prop_assert!(if down { keys.is_sorted_by(|a, b| a >= b) } else { keys.is_sorted() }, "{:?}", keys);
            prop_assert!(sorted.iter().map(|id| key(id).is_empty()).is_sorted(), "nameless ones are last");
        }
    }
}
