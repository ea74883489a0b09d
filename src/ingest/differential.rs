//! Readers that guess beside parsers that do not: what is read must be the same, whatever
//! the rows look like. In tests a stretch is a few rows long, so several threads read.

use std::sync::Mutex;

use proptest::prelude::*;
use serde_json::{Map, Value};

use super::container::members;
use super::intake::Seen;
use super::recognise::{Recognised, recognise};
use crate::frame::columns as name;
use crate::frame::dates::iso_8601;
use crate::model::evidence::Field;

/// What a row says, without its id, and whether the id was there before.
type Row = ([Option<i64>; 6], [Option<bool>; 2], bool);

/// What is found in a file: its rows in any order, the number of rows set aside, and how
/// often the fields are given.
#[derive(Debug, Default, PartialEq)]
struct Found {
    rows: Vec<Row>,
    set_aside: u64,
    present: [u64; 9],
}

const TIMES: [&str; 3] = [
    name::FOLLOWED_AT,
    name::ACCOUNT_CREATED_AT,
    name::LAST_ACTIVE_AT,
];
const COUNTS: [&str; 3] = [
    name::POSTS_COUNT,
    name::FOLLOWERS_COUNT,
    name::FOLLOWING_COUNT,
];
const FLAGS: [&str; 2] = [name::DEFAULT_AVATAR, name::PROTECTED];

/// Reads a file as the program does.
fn read(file: &str, text: &[u8]) -> Option<Found> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(file), text).unwrap();
    let member = &members(&[file.to_owned()], folder.path()).unwrap()[0];
    let Recognised::Followers(adapter) = recognise(member).unwrap() else {
        return None;
    };
    let rows = Mutex::new(Vec::new());
    let mut seen = Seen::default();
    let found = super::read(member, adapter, &mut seen, None, &|batch| {
        let number = |name: &str, row: usize| batch.column(name).unwrap().i64().unwrap().get(row);
        let flag = |name: &str, row: usize| batch.column(name).unwrap().bool().unwrap().get(row);
        let mut rows = rows.lock().unwrap();
        for row in 0..batch.height() {
            let [a, b, c] = TIMES.map(|name| number(name, row));
            let [d, e, f] = COUNTS.map(|name| number(name, row));
            let flags = FLAGS.map(|name| flag(name, row));
            let duplicate = flag(name::DUPLICATE, row).unwrap();
            rows.push(([a, b, c, d, e, f], flags, duplicate));
        }
        Ok(())
    })
    .ok()?;
    let mut rows = rows.into_inner().unwrap();
    rows.sort();
    Some(Found {
        rows,
        set_aside: found.reading.set_aside,
        present: Field::ALL.map(|field| {
            let count = found.reading.fields.get(&field);
            count.map_or(0, |count| count.present)
        }),
    })
}

/// The rows of a plain parser, in the order of the file; nothing where a row is set aside.
fn plain(rows: Vec<Option<(Option<String>, Row)>>) -> Found {
    let mut found = Found::default();
    let mut ids = std::collections::HashSet::new();
    for row in rows {
        let Some((id, mut row)) = row else {
            found.set_aside += 1;
            continue;
        };
        let given = std::iter::once(id.is_some())
            .chain(row.0.iter().map(Option::is_some))
            .chain(row.1.iter().map(Option::is_some));
        for (present, given) in found.present.iter_mut().zip(given) {
            *present += u64::from(given);
        }
        row.2 = id.is_some_and(|id| !ids.insert(id));
        found.rows.push(row);
    }
    found.rows.sort();
    found
}

fn json_row(line: &[u8]) -> Option<(Option<String>, Row)> {
    let object: Map<String, Value> = serde_json::from_slice(line).ok()?;
    let get = |key: &str| {
        object
            .get(key)
            .filter(|value| !value.is_null() && *value != "")
    };
    let id = match get("id") {
        None => None,
        Some(Value::String(text)) => Some(text.trim().to_owned()).filter(|id| !id.is_empty()),
        Some(Value::Number(number)) => Some(number.as_u64()?.to_string()),
        Some(_) => return None,
    };
    let mut numbers = [None; 6];
    for (number, key) in numbers.iter_mut().zip(TIMES) {
        *number = match get(key) {
            None => None,
            Some(value) => Some(iso_8601(value.as_str()?.as_bytes())?),
        };
    }
    for (number, key) in numbers.iter_mut().skip(3).zip(COUNTS) {
        *number = match get(key) {
            None => None,
            Some(Value::String(text)) => Some(text.parse().ok()?),
            Some(value) => Some(i64::try_from(value.as_u64()?).ok()?),
        };
    }
    let mut flags = [None; 2];
    for (flag, key) in flags.iter_mut().zip(FLAGS) {
        *flag = match get(key) {
            None => None,
            Some(value) => Some(value.as_bool()?),
        };
    }
    let nothing = id.is_none() && numbers == [None; 6] && flags == [None; 2];
    (!nothing).then_some((id, (numbers, flags, false)))
}

fn csv_rows(text: &[u8]) -> Vec<Option<(Option<String>, Row)>> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text);
    let headings = reader.byte_headers().unwrap().clone();
    let place = |name: &str| {
        headings
            .iter()
            .position(|heading| heading == name.as_bytes())
    };
    let row = |record: csv::ByteRecord| {
        let extra = record.iter().skip(headings.len()).all(<[u8]>::is_empty);
        if record.len() < headings.len() || !extra {
            return None;
        }
        let cell = |name: &str| {
            let cell = record.get(place(name)?)?.trim_ascii();
            (!cell.is_empty()).then(|| String::from_utf8_lossy(cell).into_owned())
        };
        let mut numbers = [None; 6];
        for (number, name) in numbers.iter_mut().zip(TIMES) {
            *number = match cell(name) {
                None => None,
                Some(cell) => Some(iso_8601(cell.as_bytes())?),
            };
        }
        for (number, name) in numbers.iter_mut().skip(3).zip(COUNTS) {
            *number = match cell(name) {
                None => None,
                Some(cell) => Some(cell.parse::<u32>().ok()?.into()),
            };
        }
        let mut flags = [None; 2];
        for (flag, name) in flags.iter_mut().zip(FLAGS) {
            *flag = match cell(name).as_deref() {
                None => None,
                Some("0" | "false") => Some(false),
                Some("1" | "true") => Some(true),
                Some(_) => return None,
            };
        }
        let id = cell("id");
        let nothing = id.is_none() && numbers == [None; 6] && flags == [None; 2];
        (!nothing).then_some((id, (numbers, flags, false)))
    };
    reader
        .byte_records()
        .map(|record| row(record.unwrap()))
        .collect()
}

/// A value as programs write it under a key, and as they should not.
fn value(key: &'static str) -> BoxedStrategy<String> {
    let odd = prop_oneof![
        Just("null".to_owned()),
        Just("\"\"".to_owned()),
        Just("{\"id\":1,\"posts_count\":2}".to_owned()),
        Just("[]".to_owned()),
        Just("01".to_owned()),
        Just("tru".to_owned()),
        Just("\"\\ud83d\"".to_owned()),
        Just("\"a\\q\"".to_owned()),
        Just("\"\t\"".to_owned()),
        Just("-1".to_owned()),
    ];
    let usual = match key {
        "id" => prop_oneof![
            (0..30_u32).prop_map(|id| format!("\"{id}\"")),
            (0..30_u32).prop_map(|id| id.to_string()),
            Just(r#""a\",\"posts_count\":0,\"b""#.to_owned()),
            Just("\"\\u0031\"".to_owned()),
            Just("\"\u{e9}\"".to_owned()),
        ]
        .boxed(),
        name::POSTS_COUNT | name::FOLLOWERS_COUNT | name::FOLLOWING_COUNT => prop_oneof![
            (0..3000_u32).prop_map(|count| count.to_string()),
            Just("0".to_owned()),
            Just("\"7\"".to_owned()),
        ]
        .boxed(),
        name::DEFAULT_AVATAR | name::PROTECTED => {
            any::<bool>().prop_map(|flag| flag.to_string()).boxed()
        }
        _ => prop_oneof![
            (2010..2024_u32, 1..13_u32, 1..32_u32)
                .prop_map(|(y, m, d)| format!("\"{y}-{m:02}-{d:02}T10:20:30Z\"")),
            (2010..2024_u32).prop_map(|y| format!("\"{y}-01-02\"")),
            (2010..2024_u32).prop_map(|y| format!("\"{y}-01-02T03:04:05.678+01:00\"")),
        ]
        .boxed(),
    };
    prop_oneof![12 => usual, 1 => odd].boxed()
}

/// A line of the usual shape or another.
fn line() -> impl Strategy<Value = String> {
    let values: Vec<_> = Field::ALL
        .map(|field| {
            value(field.as_str()).prop_map(move |value| (field.as_str().to_owned(), value))
        })
        .into_iter()
        .collect();
    let pairs = (values, 0..12_u8).prop_flat_map(|(pairs, change)| {
        let pairs: Vec<_> = match change {
            0 => pairs.into_iter().skip(1).collect(),
            1 => pairs.into_iter().step_by(2).collect(),
            2 => pairs
                .into_iter()
                .map(|(key, value)| (key.replace("posts", "p\\u006fsts"), value))
                .collect(),
            _ => pairs,
        };
        match change {
            3 | 4 => Just(pairs).prop_shuffle().boxed(),
            _ => Just(pairs).boxed(),
        }
    });
    (pairs, 0..14_u8).prop_map(|(pairs, form)| {
        let (colon, comma) = if form == 0 {
            (" : ", " , ")
        } else {
            (":", ",")
        };
        let pairs: Vec<_> = pairs
            .into_iter()
            .map(|(key, value)| format!("\"{key}\"{colon}{value}"))
            .collect();
        let object = format!("{{{}}}", pairs.join(comma));
        match form {
            1 => format!("{object}\r"),
            2 => format!(" {object}  "),
            3 => format!("{object}x"),
            4 => object.chars().take(object.chars().count() / 2).collect(),
            _ => object,
        }
    })
}

fn cell(name: &'static str) -> BoxedStrategy<String> {
    let usual = match name {
        "id" => prop_oneof![
            (0..30_u32).prop_map(|id| id.to_string()),
            "[a-d]{1,3}",
            Just("a\nb".to_owned()),
            Just("a,b".to_owned()),
            Just("a\"b".to_owned()),
        ]
        .boxed(),
        name::POSTS_COUNT | name::FOLLOWERS_COUNT | name::FOLLOWING_COUNT => prop_oneof![
            (0..3000_u32).prop_map(|count| count.to_string()),
            Just("007".to_owned())
        ]
        .boxed(),
        name::DEFAULT_AVATAR | name::PROTECTED => {
            proptest::sample::select(vec!["0", "1", "true", "false"])
                .prop_map(str::to_owned)
                .boxed()
        }
        _ => (2010..2024_u32, 1..13_u32, 1..32_u32)
            .prop_map(|(y, m, d)| format!("{y}-{m:02}-{d:02}T10:20:30Z"))
            .boxed(),
    };
    // Where a column has no other date, a number is one too: seconds since 1970.
    let padded = if TIMES.contains(&name) { " 1-" } else { " 1" };
    let odd = prop_oneof![
        Just(String::new()),
        Just(" ".to_owned()),
        Just("x".to_owned()),
        Just(padded.to_owned())
    ];
    prop_oneof![10 => usual, 1 => odd].boxed()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn json_lines_as_serde_json_reads_them(
        lines in proptest::collection::vec(line(), 1..60),
        mark in any::<bool>(),
    ) {
        // The first two lines tell that this is one object a line, and of which format.
        let mut text = String::from(if mark { "\u{feff}" } else { "" });
        let first = "{\"id\":\"first\",\"posts_count\":1}";
        for line in std::iter::repeat_n(first, 2).chain(lines.iter().map(String::as_str)) {
            text.push_str(line);
            text.push('\n');
        }
        let rows = text
            .trim_start_matches('\u{feff}')
            .lines()
            .flat_map(|line| match line.strip_suffix("}x") {
                // The row, and something else behind it.
                Some(row) => vec![json_row(format!("{row}}}").as_bytes()), None],
                None => vec![json_row(line.as_bytes())],
            })
            .collect();
        // Keys within the wrong values may look like another format.
        if let Some(found) = read("followers.jsonl", text.as_bytes()) {
            prop_assert_eq!(found, plain(rows), "{}", text);
        }
    }

    #[test]
    fn csv_as_the_csv_crate_reads_it(
        rows in proptest::collection::vec(
            (Field::ALL.map(|field| cell(field.as_str())), 0..16_u8),
            1..60,
        ),
        crlf in any::<bool>(),
        mark in any::<bool>(),
        quoted in any::<bool>(),
    ) {
        let mut writer = csv::WriterBuilder::new()
            .flexible(true)
            .terminator(if crlf { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') })
            .quote_style(if quoted { csv::QuoteStyle::Always } else { csv::QuoteStyle::Necessary })
            .from_writer(Vec::new());
        writer.write_record(Field::ALL.map(Field::as_str)).unwrap();
        for (cells, change) in &rows {
            match change {
                0 => writer.write_record(cells.iter().take(5)).unwrap(),
                1 => writer.write_record(cells.iter().map(String::as_str).chain(["", ""])).unwrap(),
                2 => writer.write_record(cells.iter().map(String::as_str).chain(["x"])).unwrap(),
                _ => writer.write_record(cells).unwrap(),
            }
        }
        let text = writer.into_inner().unwrap();
        let expected = plain(csv_rows(&text));
        let text = if mark { [b"\xEF\xBB\xBF", text.as_slice()].concat() } else { text };
        if let Some(found) = read("followers.csv", &text) {
            prop_assert_eq!(found, expected, "{}", String::from_utf8_lossy(&text));
        } else {
            // Nobody could be read.
            prop_assert!(expected.rows.is_empty(), "{}", String::from_utf8_lossy(&text));
        }
    }
}

#[test]
fn an_error_names_its_row_however_the_file_is_read() {
    let mut text = String::from("id,posts_count,protected\n");
    for row in 0..300 {
        text.push_str(&format!("{row},1,false\n"));
    }
    // More stretches behind, of which none may be first.
    let wrong = "\"a\n1,2,false\n\",1,false\n";
    let text = format!("{text}{wrong}{}{wrong}", "b,1,false\n".repeat(500));
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("followers.csv"), text).unwrap();
    let member = &members(&["followers.csv".to_owned()], folder.path()).unwrap()[0];
    let Recognised::Followers(adapter) = recognise(member).unwrap() else {
        panic!("not recognised");
    };
    let beside = super::read(member, adapter, &mut Seen::default(), None, &|_| Ok(()));
    let mut heard = 0;
    let aloud = super::read_aloud(
        member,
        adapter,
        &mut Seen::default(),
        None,
        &|_| Ok(()),
        &mut |_| heard += 1,
    );
    for error in [beside.unwrap_err(), aloud.unwrap_err()] {
        assert!(
            error.to_string().starts_with("followers.csv, row 302: "),
            "{error}"
        );
    }
    assert_eq!(heard, 300);
}

#[test]
fn an_error_of_the_consumer_ends_the_reading() {
    let text = format!("id,posts_count\n{}", "a,1\n".repeat(5000));
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("followers.csv"), text).unwrap();
    let member = &members(&["followers.csv".to_owned()], folder.path()).unwrap()[0];
    let Recognised::Followers(adapter) = recognise(member).unwrap() else {
        panic!("not recognised");
    };
    let full = || crate::error::Error::new("test::full", "enough");
    let read = super::read(
        member,
        adapter,
        &mut Seen::default(),
        None,
        &|_| Err(full()),
    );
    assert_eq!(read.unwrap_err().kind(), "test::full");
}
