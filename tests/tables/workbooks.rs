//! Workbooks made by others, by hand, and to do harm.

use peel::files::tables::{TableKind, import, read_xlsx};
use peel::model::Document;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

use super::{handoff, ids, lines, party};

fn workbook(fill: impl FnOnce(&mut Workbook) -> Result<(), rust_xlsxwriter::XlsxError>) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(&mut book).expect("fills");
    book.save_to_buffer().expect("saves")
}

#[test]
fn cells_of_a_sheet_mean_what_they_show() {
    let bytes = workbook(|book| {
        book.add_worksheet().set_name("Read me")?;
        let sheet = book.add_worksheet().set_name(" PARTIES")?;
        sheet.write_row(1, 1, ["Name", "Kind", "process time (h)", "Value adding"])?;
        sheet.write_row(3, 1, ["Sales", "Process"])?.write_number(3, 3, 1.5)?.write_boolean(3, 4, true)?;
        sheet.write_number(4, 1, 42)?.write_string(4, 3, "90 min")?.write_number(4, 4, 0)?;
        let time = ExcelDateTime::from_hms(2, 30, 0)?;
        sheet.write_string(5, 1, "Night")?.write_with_format(5, 3, &time, &Format::new().set_num_format("h:mm"))?;
        sheet.write_string(6, 1, "Long")?.write_number_with_format(
            6,
            3,
            1.25,
            &Format::new().set_num_format("[h]:mm"),
        )?;
        let sheet = book.add_worksheet().set_name("handoffs")?;
        sheet.write_row(0, 0, ["supplier", "customer", "item", "complete_accurate_pct", "on_time_pct", "volume"])?;
        sheet.write_row(1, 0, ["Sales", "42", "offer"])?.write_number_with_format(
            1,
            3,
            0.07,
            &Format::new().set_num_format("0%"),
        )?;
        sheet.write_number_with_format(1, 4, 99.5, &Format::new().set_num_format("0.0\" %\""))?;
        sheet.write_formula(1, 5, Formula::new("=1+2").set_result("3"))?;
        Ok(())
    });
    let read = read_xlsx("plan.xlsx", &bytes).expect("reads");
    let imported = import(&read, &Document::default(), &mut ids()).expect("imports");
    let map = &imported.document;
    assert_eq!(imported.warnings, ["plan.xlsx: the sheet “Read me” was left out"]);
    let got = |name: &str| (party(map, name).1.process_time_h, party(map, name).1.value_adding);
    assert_eq!(got("Sales"), (Some(1.5), Some(true)), "number and boolean");
    assert_eq!(got("42"), (Some(1.5), Some(false)), "a number as a name, a duration as text, 0 as no");
    assert_eq!((got("Night").0, got("Long").0), (Some(2.5), Some(30.0)), "times of day and durations");
    let offer = handoff(map, "offer").1;
    assert_eq!((offer.complete_accurate_pct, offer.on_time_pct), (Some(7.0), Some(99.5)), "percent");
    assert_eq!(offer.volume, Some(3.0), "the result of a formula");
}

#[test]
fn periods_of_a_sheet_are_the_ones_that_are_seen() {
    let bytes = workbook(|book| {
        book.add_worksheet().set_name("parties")?.write_row_matrix(0, 0, [["name"], ["Sales"]])?;
        book.add_worksheet().set_name("Measures")?.write_row_matrix(
            0,
            0,
            [["party", "measure"], ["Sales", "calls"]],
        )?;
        let sheet = book.add_worksheet().set_name("observations")?;
        sheet.write_row(0, 0, ["party", "measure", "period", "value"])?;
        let date = ExcelDateTime::from_ymd(2026, 3, 31)?.and_hms(17, 30, 0)?;
        let formats = ["yyyy-mm-dd", "m/d/yyyy h:mm", "[$-409]mmm\\-yy;@", "mmm-yy", "yyyy", "dd.mm.yyyy"];
        for (row, format) in (1..).zip(formats) {
            sheet.write_row(row, 0, ["Sales", "calls"])?.write_number(row, 3, row)?;
            sheet.write_with_format(row, 2, &date, &Format::new().set_num_format(format))?;
        }
        for (row, text) in (7..).zip(["2026-03-31 00:00:00", "2026-03-31T00:00:00", " 2026-q1 "]) {
            sheet.write_row(row, 0, ["Sales", "calls", text])?.write_number(row, 3, row)?;
        }
        sheet.write_row(10, 0, ["Sales", "calls"])?.write_number(10, 2, 2025)?.write_number(10, 3, 10)?;
        Ok(())
    });
    let read = read_xlsx("plan.xlsx", &bytes).expect("reads");
    let map = import(&read, &Document::default(), &mut ids()).expect("imports").document;
    let seen = party(&map, "Sales").1.measures[0].observations.clone();
    let mut seen: Vec<_> = seen.all().iter().map(|one| (one.value, one.when.expect("a period").to_string())).collect();
    seen.sort_by(|a, b| a.0.total_cmp(&b.0));
    let periods: Vec<&str> = seen.iter().map(|(_, when)| when.as_str()).collect();
    let day = "2026-03-31";
    assert_eq!(periods, [day, day, "2026-03", "2026-03", "2026", day, day, day, "2026-Q1", "2025"]);
}

#[test]
fn sheets_are_known_by_their_columns_when_no_name_helps() {
    let bytes = workbook(|book| {
        book.add_worksheet().write_row(0, 0, ["a", "b"])?;
        book.add_worksheet().write_row(0, 0, ["customer", "supplier", "item"])?.write_row(1, 0, ["B", "A", "x"])?;
        Ok(())
    });
    let read = read_xlsx("plan.xlsx", &bytes).expect("reads");
    assert_eq!((read.len(), read[0].kind), (1, TableKind::Handoffs));
    assert_eq!(read[0].notes, ["plan.xlsx: the sheet “Sheet1” was left out"]);
}

#[test]
fn errors_in_a_workbook_name_sheet_and_cell() {
    let bytes = workbook(|book| {
        let sheet = book.add_worksheet().set_name("Handoffs")?;
        sheet.write_row(0, 0, ["supplier", "customer", "item", "on_time_pct"])?;
        sheet.write_row(6, 0, ["A", "B", "x"])?.write_number(6, 3, 120)?;
        sheet.write_row(7, 0, ["A", "B", "y", "", "", "note"])?;
        sheet.write_string(8, 0, "A")?.write_string(8, 2, "z")?;
        let date = ExcelDateTime::from_ymd(2026, 11, 30)?;
        sheet.write_with_format(8, 3, &date, &Format::new().set_num_format("yyyy-mm-dd"))?;
        Ok(())
    });
    let error =
        import(&read_xlsx("plan.xlsx", &bytes).expect("reads"), &Document::default(), &mut ids()).expect_err("bad");
    assert_eq!(
        error.problems,
        [
            "plan.xlsx, sheet Handoffs, cell D7 (on_time_pct): “120” must lie between 0 and 100 %",
            "plan.xlsx, sheet Handoffs, cell F8 (no column): “note” stands beyond the last of the 4 columns: name the column or \
             clear the cell",
            "plan.xlsx, sheet Handoffs, cell D9 (on_time_pct): “2026-11-30” is not a number",
        ]
    );
}

const SHEET: &str = "<worksheet><sheetData>ROWS</sheetData></worksheet>";

/// A workbook with one sheet `parties`, from parts written by hand.
fn by_hand(sheet: &str, texts: &str) -> Vec<(&'static str, Vec<u8>)> {
    let types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relation = |target: &str, kind: &str| {
        format!("<Relationships><Relationship Id=\"r1\" Type=\"{types}/{kind}\" Target=\"{target}\"/></Relationships>")
    };
    vec![
        ("_rels/.rels", relation("xl/workbook.xml", "officeDocument").into_bytes()),
        ("xl/_rels/workbook.xml.rels", relation("worksheets/sheet1.xml", "worksheet").into_bytes()),
        (
            "xl/workbook.xml",
            b"<workbook><sheets><sheet name=\"parties\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>".to_vec(),
        ),
        ("xl/sharedStrings.xml", texts.into()),
        ("xl/worksheets/sheet1.xml", SHEET.replace("ROWS", sheet).into_bytes()),
    ]
}

/// A ZIP archive with every part deflated.
fn zipped(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    use std::io::Write;
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in parts {
        let mut deflate = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
        deflate.write_all(content).expect("deflates");
        let packed = deflate.finish().expect("deflates");
        let at = out.len() as u32;
        let mut fields = vec![8_u16, 0, 0].into_iter().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        for value in [crc32fast::hash(content), packed.len() as u32, content.len() as u32] {
            fields.extend(value.to_le_bytes());
        }
        fields.extend((name.len() as u16).to_le_bytes());
        fields.extend([0; 2]);
        out.extend([b"PK\x03\x04\x14\0\0\0", &fields[..], name.as_bytes(), &packed[..]].concat());
        directory.extend(
            [b"PK\x01\x02\x14\0\x14\0\0\0", &fields[..], &[0; 10][..], &at.to_le_bytes(), name.as_bytes()].concat(),
        );
    }
    let count = (parts.len() as u16).to_le_bytes();
    let (size, start) = ((directory.len() as u32).to_le_bytes(), (out.len() as u32).to_le_bytes());
    [&out[..], &directory, b"PK\x05\x06\0\0\0\0", &count, &count, &size, &start, &[0; 2]].concat()
}

#[test]
fn hostile_workbooks_are_errors() {
    const TEXTS: &str = "<sst count=\"1\" uniqueCount=\"1\"><si><t>name</t></si></sst>";
    const ROWS: &str = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>";
    let refused = |sheet: &str, texts: &str| match read_xlsx("x.xlsx", &zipped(&by_hand(sheet, texts))) {
        Ok(read) => format!("{} tables", read.len()),
        Err(error) => error.to_string(),
    };
    assert_eq!(refused(ROWS, TEXTS), "1 tables", "the workbook itself is sound");
    let cases = [
        (
            ROWS,
            TEXTS.replace("uniqueCount=\"1\"", "uniqueCount=\"99999999999999\""),
            "x.xlsx: the workbook cannot be read: it is damaged",
        ),
        (
            "<row><c r=\"XFD1048576\" t=\"n\"><v>1</v></c></row>",
            TEXTS.into(),
            "x.xlsx, sheet parties, cell XFD1048576: a table may have at most 100 columns",
        ),
        (
            "<row><c r=\"A1\" t=\"e\"><v>#REF!</v></c></row>",
            TEXTS.into(),
            "x.xlsx, sheet parties, cell A1: the cell shows the error #REF!: correct its formula",
        ),
        ("", TEXTS.into(), "x.xlsx, sheet parties: the sheet is empty: it needs a row with the names of the columns"),
    ];
    for (sheet, texts, message) in cases {
        assert_eq!(refused(sheet, &texts), message, "{sheet}");
    }
    for sheet in [
        "<row><c t=\"s\"><v>7</v></c></row>",
        "<row><c t=\"n\"><v>abc</v></c></row>",
        "<row><c t=\"str\"><v>&bomb;</v></c></row>",
        "<row><c r=\"A1\"><v>1",
    ] {
        let message = refused(sheet, TEXTS);
        assert!(message.starts_with("x.xlsx, sheet parties: the sheet cannot be read: "), "{sheet}: {message}");
    }
    for reference in ["ZZZZZZZZZZZZZZZZZZZZ1", "A99999999999999999999", "A0", "é1", ""] {
        let sheet = format!("<row><c r=\"{reference}\"><v>1</v></c></row>");
        let read = read_xlsx("x.xlsx", &zipped(&by_hand(&sheet, TEXTS)));
        let imported = read.and_then(|read| import(&read, &Document::default(), &mut ids()));
        assert!(imported.is_err(), "{reference}");
    }
    let rows = lines(1..200_003, |row| format!("<row r=\"{row}\"><c t=\"s\"><v>0</v></c></row>"));
    assert_eq!(refused(&rows, TEXTS), "x.xlsx, sheet parties, cell A200002: a table may have at most 200000 rows");
    let spaces = " ".repeat(257 * 1024 * 1024);
    let bomb = zipped(&by_hand(&spaces, TEXTS));
    assert!(bomb.len() < 4_000_000, "a bomb is small: {}", bomb.len());
    let message = read_xlsx("x.xlsx", &bomb).expect_err("a bomb").to_string();
    assert_eq!(message, "x.xlsx: the workbook cannot be read: it unpacks to more than 256 MB");
    let parts = by_hand(ROWS, TEXTS);
    for missing in 0..parts.len() {
        let fewer: Vec<_> =
            parts.iter().enumerate().filter(|(i, _)| *i != missing).map(|(_, part)| part.clone()).collect();
        assert!(read_xlsx("x.xlsx", &zipped(&fewer)).is_err(), "without {}", parts[missing].0);
    }
    assert!(read_xlsx("x.xlsx", b"PK\x03\x04").is_err(), "nothing behind the signature");
    assert!(read_xlsx("x.ods", &zipped(&[("content.xml", b"<office/>".to_vec())])).is_err(), "another office's file");
}
