//! Labels from the hands of spreadsheet programs.

use dormouse::audit::labels::Labels;
use dormouse::audit::{Drawn, Plan, read, worksheet};
use dormouse::model::platform::Language;
use dormouse::model::results::{AuditSummary, Stratum};
use dormouse::model::tally::Counts;
use proptest::prelude::*;

use super::programs::{ods, text, wide, xlsx};
use super::{AWAKE, PLAN, SILENT, UNDETERMINED, drawn};

const NOW: Counts = Counts {
    awake: 7,
    silent: 5,
    undetermined: 3,
    gone: 1,
};

/// A drawn worksheet as rows of cells, its heading first.
fn cells(drawn: &Drawn) -> Vec<Vec<String>> {
    let rows: Vec<_> = drawn.rows.iter().collect();
    let text = worksheet::csv(&rows, Language::Nl).unwrap();
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b';')
        .has_headers(false)
        .from_reader(text.as_slice());
    let records = reader.records().map(Result::unwrap);
    records
        .map(|record| record.iter().map(str::to_owned).collect())
        .collect()
}

fn some() -> Drawn {
    let ids: Vec<String> = (0..400_u64)
        .map(|place| (2_103_270_657_016_568_154 + 7 * place).to_string())
        .collect();
    let keys = [AWAKE, SILENT, SILENT, UNDETERMINED].into_iter().cycle();
    let plan = Plan { labels: 90, ..PLAN };
    drawn(plan, keys.zip(ids.iter().map(String::as_str)))
}

/// Words for one label, as different people write them.
const DORMANT: [&str; 6] = [
    "slapend",
    "Slapend",
    " SLAPEND ",
    "dormant",
    "inactief",
    "asleep.",
];
const ACTIVE: [&str; 5] = ["actief", "Actief", "active", "wakker", "\u{a0}awake"];
const UNKNOWN: [&str; 5] = ["onbekend", "unknown", "weet niet", "Can’t tell", "?"];

/// A labelled worksheet, and the counts that it must give.
fn labelled() -> (Vec<Vec<String>>, AuditSummary) {
    let mut rows = cells(&some());
    let mut strata: Vec<Stratum> = Vec::new();
    for (place, row) in rows.iter_mut().enumerate().skip(1) {
        let stratum = match strata.iter_mut().find(|stratum| stratum.name == row[1]) {
            Some(stratum) => stratum,
            None => {
                strata.push(Stratum {
                    name: row[1].clone(),
                    size: row[2].parse().unwrap(),
                    dormant: 0,
                    active: 0,
                    unknown: 0,
                });
                strata.last_mut().unwrap()
            }
        };
        let word = match place % 7 {
            0..=2 => {
                stratum.dormant += 1;
                DORMANT[place % DORMANT.len()]
            }
            3 => {
                stratum.unknown += 1;
                UNKNOWN[place % UNKNOWN.len()]
            }
            _ => {
                stratum.active += 1;
                ACTIVE[place % ACTIVE.len()]
            }
        };
        row[3] = word.to_owned();
        row[5] = if place % 5 == 0 {
            "gezien; \"privé\"\nvanaf 2019"
        } else {
            ""
        }
        .to_owned();
    }
    strata.sort_by(|a, b| a.name.cmp(&b.name));
    (
        rows,
        AuditSummary {
            strata,
            suppressed: false,
            agreement: None,
        },
    )
}

#[test]
fn what_every_program_makes_of_a_worksheet_is_read_alike() {
    use csv::QuoteStyle::{Always, Necessary};
    let (rows, expected) = labelled();
    let semicolons = text(&rows, b';', Necessary);
    let change = |column: usize, change: fn(&str) -> String| {
        let mut rows = rows.clone();
        for row in rows.iter_mut().skip(1) {
            row[column] = change(&row[column]);
        }
        rows
    };
    // Excel shows and saves a long number so; the profile still tells who it is.
    let rounded = change(0, |_| "2,10327E+18".to_owned());
    let mut headed: Vec<Vec<String>> = vec![vec!["Onderzoek 2026".to_owned()], Vec::new()];
    headed[1] = vec![String::new(); 6];
    headed.extend(rows.clone());
    let mut shuffled = rows.clone();
    shuffled[1..].reverse();
    let mut shouted = rows.clone();
    shouted[0] = rows[0]
        .iter()
        .map(|name| format!(" {} ", name.to_uppercase()))
        .collect();
    let mut below = rows.clone();
    below.extend([
        vec![String::new(); 6],
        vec![String::new(), "klaar op maandag".to_owned()],
    ]);
    let turned: Vec<Vec<String>> = rows
        .iter()
        .map(|row| row.iter().rev().cloned().collect())
        .collect();
    let narrow: Vec<Vec<String>> = rows.iter().map(|row| row[..4].to_vec()).collect();

    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("semicolons", semicolons.clone().into()),
        ("commas", text(&rows, b',', Necessary).into()),
        ("quotes everywhere", text(&rows, b',', Always).into()),
        ("a mark for UTF-8", format!("\u{FEFF}{semicolons}").into()),
        ("line feeds", semicolons.replace("\r\n", "\n").into()),
        ("sep=", format!("sep=;\r\n{semicolons}").into()),
        ("tabs", text(&rows, b'\t', Necessary).into()),
        (
            "tabs in UTF-16",
            wide(&text(&rows, b'\t', Necessary), u16::to_le_bytes),
        ),
        ("UTF-16, the other way", wide(&semicolons, u16::to_be_bytes)),
        // The words of this list are all of Latin-1 but one.
        (
            "a code page",
            semicolons
                .replace('’', "'")
                .chars()
                .map(|letter| u8::try_from(u32::from(letter)).unwrap())
                .collect(),
        ),
        ("rounded ids", text(&rounded, b';', Necessary).into()),
        ("a title above", text(&headed, b';', Necessary).into()),
        (
            "another order of rows",
            text(&shuffled, b';', Necessary).into(),
        ),
        ("capital headings", text(&shouted, b';', Necessary).into()),
        ("remarks below", text(&below, b';', Necessary).into()),
        (
            "another order of columns",
            text(&turned, b';', Necessary).into(),
        ),
        ("four columns", text(&narrow, b',', Necessary).into()),
        ("XLSX", xlsx(&rows)),
        ("ODS", ods(&rows)),
    ];
    let folder = tempfile::tempdir().unwrap();
    for (case, bytes) in cases {
        // The name says nothing of what is in the file.
        let path = folder.path().join("labels");
        std::fs::write(&path, bytes).unwrap();
        let found = read(&path, case, NOW).unwrap_or_else(|error| panic!("{case}: {error}"));
        assert_eq!(found, expected, "{case}");
    }
}

/// A worksheet, and the error with its place: kind, row, column, and a word of the way out.
const REFUSED: &[(&str, &str, &str, &str)] = &[
    (
        "",
        "audit::label",
        "row 1, column id",
        "id, stratum, stratum_size, label",
    ),
    (
        "id,stratum\na,all\n",
        "audit::label",
        "row 1, column label",
        "id, stratum",
    ),
    ("id,label\n", "audit::empty", "", "label the draw"),
    (
        "id,label\na,\nb,\n",
        "audit::empty",
        "no row",
        "label the draw",
    ),
    (
        "id,label\na,active\nb,\n",
        "audit::label",
        "row 3, column label",
        "write unknown",
    ),
    (
        "id,label\na,active\nb,maybe\n",
        "audit::label",
        "row 3, column label",
        "write unknown",
    ),
    (
        "id,label\na,active\na,active\n",
        "audit::label",
        "row 3, column id",
        "one row",
    ),
    (
        "id,label\n8.41E+17,active\n8.41E+17,active\n",
        "audit::label",
        "row 3, column id",
        "XLSX",
    ),
    (
        "id,label\n,active\nb,active\n",
        "audit::label",
        "row 2, column id",
        "take the row out",
    ),
    (
        "id,stratum,stratum_size,label\na,awake,7,active\nb,awake,8,active\n",
        "audit::label",
        "row 3, column stratum_size",
        "all rows of a stratum",
    ),
    (
        "id,stratum,stratum_size,label\na,awake,1.234,active\n",
        "audit::label",
        "row 2, column stratum_size",
        "without points",
    ),
    (
        "id,stratum,label\na,young,active\nb,old,active\n",
        "audit::sizes",
        "column stratum_size",
        "stratum_size",
    ),
    (
        "id,stratum,stratum_size,label\na,all,1,active\nb,all,1,active\n",
        "audit::sizes",
        "column stratum_size",
        "not of labels",
    ),
    (
        "PK\u{3}\u{4}",
        "audit::unreadable",
        "cannot be read",
        "save it as XLSX",
    ),
];

#[test]
fn mistakes_are_refused_with_their_place() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.csv");
    for &(text, kind, place, way_out) in REFUSED {
        std::fs::write(&path, text).unwrap();
        let error = read(&path, "x.csv", NOW).unwrap_err();
        assert_eq!(error.kind(), kind, "{text}");
        assert!(error.to_string().contains(place), "{text}: {error}");
        assert!(
            error.way_out().unwrap().contains(way_out),
            "{text}: {:?}",
            error.way_out()
        );
        // What a cell holds is nobody's business.
        assert!(!error.to_string().contains("maybe"));
    }
    let error = read(&folder.path().join("none.csv"), "none.csv", NOW).unwrap_err();
    assert_eq!(error.kind(), "audit::unreadable");
}

/// Without sizes the list as it is now stands in, where its classes are the strata.
#[test]
fn sizes_may_come_from_the_list() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.csv");
    let stratum = |name: &str, size, [dormant, active, unknown]: [u64; 3]| Stratum {
        name: name.to_owned(),
        size,
        dormant,
        active,
        unknown,
    };
    let cases = [
        (
            "id,label\na,active\nb,dormant\n",
            vec![stratum("all", 15, [1, 1, 0])],
        ),
        (
            "id,stratum,label\na,awake,active\nb,Silent,dormant\n",
            vec![
                stratum("undetermined", 3, [0, 0, 0]),
                stratum("awake", 7, [0, 1, 0]),
                stratum("silent", 5, [1, 0, 0]),
            ],
        ),
    ];
    for (text, strata) in cases {
        std::fs::write(&path, text).unwrap();
        assert_eq!(
            read(&path, "x.csv", NOW).unwrap(),
            AuditSummary {
                strata,
                suppressed: false,
                agreement: None
            }
        );
    }
}

#[test]
fn labels_in_another_file_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.csv");
    std::fs::write(&path, "id,label\na,\n").unwrap();
    let rows = [["id", "label"], ["a", "actief"]].map(|row| row.map(str::to_owned).to_vec());
    std::fs::write(folder.path().join("x.xlsx"), xlsx(&rows)).unwrap();
    let error = read(&path, "x.csv", NOW).unwrap_err();
    assert!(
        error
            .way_out()
            .unwrap()
            .contains("the labels are in x.xlsx")
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = Labels::of(&bytes, "x");
        let _ = Labels::of(&[b"id;label\r\n".as_slice(), &bytes].concat(), "x");
    }

    #[test]
    fn no_damaged_workbook_panics(
        places in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        cut in any::<prop::sample::Index>(),
        open in any::<bool>(),
    ) {
        let rows: Vec<Vec<String>> = cells(&some()).into_iter().take(6).collect();
        for mut bytes in [xlsx(&rows), ods(&rows)] {
            for (place, byte) in &places {
                let place = place.index(bytes.len());
                bytes[place] = *byte;
            }
            if open {
                bytes.truncate(cut.index(bytes.len()));
            }
            let _ = Labels::of(&bytes, "x");
        }
    }
}
