//! The letter for Word, the workbook and the letter for the archive are well built, hold
//! what the view holds and nothing else, and are the same bytes twice.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx};
use resvg::usvg::roxmltree::{Document, Node};
use serde_json::Value;
use zip::ZipArchive;

use super::fixtures::{both, hostile, nothing_known, results, view, without_audits};
use dormouse::briefing::docx::{self, Pictures};
use dormouse::briefing::view::{Block, Table, View};
use dormouse::briefing::workbook;
use dormouse::wording::Words;

/// A PNG as far as a document looks into it: its size.
fn pictures(view: &View) -> Pictures {
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    png.extend(2_160_u32.to_be_bytes());
    png.extend(1_200_u32.to_be_bytes());
    let blocks = view.sections.iter().flat_map(|section| &section.blocks);
    blocks
        .filter_map(|block| match block {
            Block::Picture(picture) => Some((picture.id.clone(), png.clone())),
            _ => None,
        })
        .collect()
}

fn letter(view: &View) -> Vec<u8> {
    docx::render(view, &pictures(view)).unwrap()
}

/// A part of a zip as text.
fn part(bytes: &[u8], name: &str) -> String {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    zip.by_name(name)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

fn named_file(zip: &mut ZipArchive<Cursor<&[u8]>>, place: usize) -> String {
    zip.by_index(place).unwrap().name().unwrap().into_owned()
}

fn named<'a>(document: &'a Document<'_>, name: &'a str) -> impl Iterator<Item = Node<'a, 'a>> {
    document
        .descendants()
        .filter(move |node| node.tag_name().name() == name)
}

fn value<'a>(node: Node<'a, 'a>, name: &str) -> Option<&'a str> {
    let attributes = node.attributes();
    attributes
        .into_iter()
        .find(|attribute| attribute.name() == name)
        .map(|attribute| attribute.value())
}

/// What is read in the letter: its words and the alternative texts of its pictures.
pub fn read_letter(view: &View) -> String {
    let text = part(&letter(view), "word/document.xml");
    let document = Document::parse(&text).unwrap();
    let words = document
        .descendants()
        .filter_map(|node| match node.tag_name().name() {
            "t" => node.text(),
            "docPr" => value(node, "descr"),
            _ => None,
        });
    words.collect::<Vec<_>>().join("\n")
}

/// Every finished string of a view that a paper may place.
fn strings(view: &View) -> BTreeSet<String> {
    fn table(all: &mut BTreeSet<String>, table: &Table) {
        all.insert(format!("{}. ", table.number));
        all.insert(table.caption.clone());
        all.extend(table.columns.iter().map(|column| column.name.clone()));
        all.extend(table.rows.iter().flatten().cloned());
    }
    let mut all: BTreeSet<String> = [&view.headline, &view.lead].into_iter().cloned().collect();
    all.insert(match view.organisation.trim() {
        "" => view.document.clone(),
        organisation => format!("{} · {organisation}", view.document),
    });
    for line in &view.letterhead {
        all.extend([line.name.clone(), line.value.clone()]);
    }
    for (name, values) in &view.facts {
        all.extend([name.clone(), values.join(" ")]);
    }
    for section in &view.sections {
        all.insert(section.heading.clone());
        for block in &section.blocks {
            match block {
                Block::Heading(text) | Block::Paragraph(text) | Block::ToFillIn(text) => {
                    all.insert(text.clone());
                }
                Block::List(points) | Block::Steps(points) => all.extend(points.clone()),
                Block::Terms(pairs) => {
                    for (name, values) in pairs {
                        all.insert(name.clone());
                        all.extend(values.clone());
                    }
                }
                Block::Table(one) => table(&mut all, one),
                Block::Picture(picture) => {
                    all.insert(format!("{}. ", picture.number));
                    all.insert(format!("{}.", picture.title));
                    all.insert(picture.description.clone());
                    table(&mut all, &picture.table);
                }
            }
        }
    }
    all
}

#[test]
fn the_letter_places_every_string_of_the_view_and_no_other() {
    for results in [results(), without_audits(), nothing_known()] {
        for words in both() {
            let view = view(&results, words);
            let text = part(&letter(&view), "word/document.xml");
            let document = Document::parse(&text).unwrap();
            let placed: BTreeSet<String> = named(&document, "t")
                .filter_map(|node| node.text())
                .filter(|text| *text != "☐")
                .map(str::to_owned)
                .collect();
            let mut said = strings(&view);
            // Tables under figures have no number, and an empty text leaves no trace.
            said.retain(|text| !text.is_empty() && text != ". ");
            assert_eq!(placed, said);
        }
    }
}

#[test]
fn the_letter_is_well_built_for_those_who_listen() {
    for results in [results(), without_audits(), nothing_known(), hostile()] {
        for words in both() {
            let view = view(&results, words);
            let bytes = letter(&view);
            let text = part(&bytes, "word/document.xml");
            let document = Document::parse(&text).unwrap();
            let levels: Vec<u32> = named(&document, "pStyle")
                .filter_map(|style| value(style, "val")?.strip_prefix("Heading")?.parse().ok())
                .collect();
            assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
            assert_eq!(levels[0], 1);
            assert!(
                levels.windows(2).all(|pair| pair[1] <= pair[0] + 1),
                "{levels:?}"
            );

            let tables: Vec<Node> = named(&document, "tbl").collect();
            assert!(!tables.is_empty());
            for table in tables {
                let rows: Vec<Node> = table
                    .children()
                    .filter(|node| node.tag_name().name() == "tr")
                    .collect();
                let heads = rows.iter().map(|row| {
                    row.descendants()
                        .any(|node| node.tag_name().name() == "tblHeader")
                });
                let heads: Vec<bool> = heads.collect();
                assert!(heads[0] && heads[1..].iter().all(|head| !head), "{heads:?}");
                let columns = named(&document, "tblGrid").count();
                assert!(columns > 0);
            }
            let drawings: Vec<Node> = named(&document, "docPr").collect();
            assert_eq!(drawings.len(), pictures(&view).len());
            for drawing in drawings {
                assert!(!value(drawing, "descr").unwrap().is_empty());
            }
            let styles = part(&bytes, "word/styles.xml");
            let styles = Document::parse(&styles).unwrap();
            let known: BTreeSet<&str> = named(&styles, "style")
                .filter_map(|style| value(style, "styleId"))
                .collect();
            let used = ["pStyle", "rStyle", "tblStyle"].map(|name| named(&document, name));
            for style in used.into_iter().flatten() {
                let style = value(style, "val").unwrap();
                assert!(known.contains(style), "{style}");
            }
            let language = named(&styles, "lang")
                .next()
                .and_then(|lang| value(lang, "val"));
            assert_eq!(language, Some(words.locale_tag()));
            let footer = part(&bytes, "word/footer1.xml");
            assert!(footer.contains(" PAGE ") && footer.contains(" NUMPAGES "));
        }
    }
}

#[test]
fn every_part_of_the_letter_is_there_and_said_to_be() {
    let bytes = letter(&view(&hostile(), both()[0]));
    let mut zip = ZipArchive::new(Cursor::new(&bytes[..])).unwrap();
    let names: BTreeSet<String> = (0..zip.len())
        .map(|place| named_file(&mut zip, place))
        .collect();
    let types = part(&bytes, "[Content_Types].xml");
    for place in 0..zip.len() {
        let name = named_file(&mut zip, place);
        let mut file = zip.by_index(place).unwrap();
        let ending = name.rsplit('.').next().unwrap();
        assert!(types.contains(&format!("Extension=\"{ending}\"")), "{name}");
        if ending != "png" {
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            Document::parse(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        }
    }
    for (folder, relations) in [
        ("", "_rels/.rels"),
        ("word/", "word/_rels/document.xml.rels"),
    ] {
        let text = part(&bytes, relations);
        let document = Document::parse(&text).unwrap();
        let targets = named(&document, "Relationship").filter_map(|one| value(one, "Target"));
        for target in targets {
            assert!(names.contains(&format!("{folder}{target}")), "{target}");
        }
    }
}

#[test]
fn a_figure_without_a_picture_is_refused() {
    let view = view(&results(), both()[0]);
    let mut pictures = pictures(&view);
    assert!(docx::render(&view, &pictures).is_ok());
    pictures.insert("curve".to_owned(), b"no picture".to_vec());
    assert!(docx::render(&view, &pictures).is_err());
    pictures.remove("curve");
    let error = docx::render(&view, &pictures).unwrap_err();
    assert!(error.to_string().contains("curve"), "{error}");
}

#[test]
fn papers_are_the_same_bytes_twice() {
    for words in both() {
        let (one, other) = (view(&results(), words), view(&results(), words));
        assert!(letter(&one) == letter(&other));
        assert!(workbook::render(&one).unwrap() == workbook::render(&other).unwrap());
    }
}

fn open(view: &View) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(workbook::render(view).unwrap())).unwrap()
}

/// Every number in a JSON value.
fn numbers(value: &Value, all: &mut BTreeSet<u64>) {
    match value {
        Value::Number(number) => {
            all.insert(number.as_f64().unwrap().to_bits());
        }
        Value::Array(values) => values.iter().for_each(|value| numbers(value, all)),
        Value::Object(fields) => fields.values().for_each(|value| numbers(value, all)),
        _ => {}
    }
}

#[test]
fn every_number_of_the_workbook_is_one_of_the_results_unrounded() {
    for results in [results(), without_audits(), nothing_known()] {
        let mut known = BTreeSet::new();
        numbers(&serde_json::to_value(&results).unwrap(), &mut known);
        for words in both() {
            let mut workbook = open(&view(&results, words));
            let mut found = 0;
            for name in workbook.sheet_names() {
                for row in workbook.worksheet_range(&name).unwrap().rows() {
                    for cell in row {
                        if let Data::Float(number) = cell {
                            assert!(known.contains(&number.to_bits()), "{name}: {number}");
                            found += 1;
                        }
                    }
                }
            }
            assert!(found > 50, "{found}");
        }
    }
}

#[test]
fn the_workbook_has_a_sheet_for_each_table_and_a_head_on_each() {
    let expected: [(Words, &[&str]); 2] = [
        (
            both()[0],
            &[
                "Lees mij",
                "Aandelen",
                "Aantallen",
                "Wakker en kosten",
                "Verschillen",
                "Andere keuzes",
                "Curve",
                "Bronnen",
            ],
        ),
        (
            both()[1],
            &[
                "Read me",
                "Shares",
                "Counts",
                "Awake and cost",
                "Differences",
                "Other choices",
                "Curve",
                "Sources",
            ],
        ),
    ];
    for (words, sheets) in expected {
        let view = view(&results(), words);
        let mut workbook = open(&view);
        let names = workbook.sheet_names();
        for sheet in sheets {
            assert!(names.contains(&(*sheet).to_owned()), "{sheet}: {names:?}");
        }
        workbook.load_tables().unwrap();
        for (name, sheet) in names.iter().zip(&view.annex) {
            assert_eq!(workbook.table_names_in_sheet(name).len(), 1);
            let range = workbook.worksheet_range(name).unwrap();
            assert_eq!(range.height(), sheet.rows.len() + 1);
            let head = range.rows().next().unwrap().iter().map(ToString::to_string);
            let columns = sheet.columns.iter().map(|(column, _)| column.clone());
            assert_eq!(head.collect::<Vec<_>>(), columns.collect::<Vec<_>>());
        }
    }
}

#[test]
fn no_cell_of_the_workbook_is_a_formula() {
    let mut results = results();
    results.channels[0].name = "=HYPERLINK(\"http://x\")".to_owned();
    results.manifest.inputs[0].path = "@SUM(A1)".to_owned();
    results.study.title = "+1".to_owned();
    let view = view(&results, both()[0]);
    let mut workbook = open(&view);
    for name in workbook.sheet_names() {
        let formulas = workbook.worksheet_formula(&name).unwrap();
        assert!(formulas.used_cells().next().is_none());
    }
    let range = workbook.worksheet_range("Aandelen").unwrap();
    assert_eq!(
        range.get((1, 0)),
        Some(&Data::String("=HYPERLINK(\"http://x\")".to_owned()))
    );
    // What looks like one stays text when the cell is edited.
    let styles = part(&workbook::render(&view).unwrap(), "xl/styles.xml");
    assert!(styles.contains("quotePrefix=\"1\""));
}

#[cfg(feature = "pdf")]
mod archive {
    use super::*;
    use dormouse::briefing::pdf;

    #[test]
    fn the_letter_for_the_archive_is_the_same_bytes_twice() {
        for results in [results(), without_audits(), nothing_known()] {
            for words in both() {
                let view = view(&results, words);
                let bytes = pdf::render(&view).unwrap();
                assert!(bytes.starts_with(b"%PDF-1.7"));
                assert!(bytes == pdf::render(&view).unwrap());
            }
        }
    }

    #[test]
    fn letters_that_the_font_lacks_do_not_stop_a_run() {
        let mut results = hostile();
        results.study.organisation = "Gemeente 🐿 黒".to_owned();
        results.channels[0].name = "X 🦔".to_owned();
        for words in both() {
            pdf::render(&view(&results, words)).unwrap();
        }
    }

    #[test]
    fn a_figure_without_alternative_text_is_refused() {
        let mut view = view(&results(), both()[0]);
        let blocks = view
            .sections
            .iter_mut()
            .flat_map(|section| &mut section.blocks);
        for block in blocks {
            if let Block::Picture(picture) = block {
                picture.alt.clear();
            }
        }
        let error = pdf::render(&view).unwrap_err();
        assert!(error.to_string().contains("alt"), "{error}");
    }
}
