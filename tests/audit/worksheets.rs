//! What the analyst gets.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::Path;

use dormouse::audit::worksheet::{self, Place};
use dormouse::audit::{Drawn, Plan};
use dormouse::model::platform::Language;
use dormouse::study::Study;
use dormouse::wording::Words;

use super::{AWAKE, PLAN, SILENT, UNDETERMINED, drawn, study};

const CHANNEL: &str = "[[channel]]\nid = \"x\"\nplatform = \"x\"\nexports = [\"x.csv\"]\n";

fn some() -> Drawn {
    let ids: Vec<String> = (0..90_u64)
        .map(|place| (2_103_270_657_016_568_154 + place).to_string())
        .collect();
    let keys = [AWAKE, SILENT, UNDETERMINED].into_iter().cycle();
    drawn(
        Plan { labels: 60, ..PLAN },
        keys.zip(ids.iter().map(String::as_str)),
    )
}

fn write(
    study: &Study,
    out: Option<&Path>,
    drawn: &Drawn,
    words: Words,
) -> BTreeMap<String, Vec<u8>> {
    let channel = &study.channels[0];
    let place = Place::of(study, channel, out);
    let paths = place
        .write(drawn, channel, 1_790_812_800_000, words)
        .unwrap();
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    let read = |path: &Path| fs::read(path).unwrap();
    paths.iter().map(|path| (name(path), read(path))).collect()
}

/// The parts of a workbook, as texts.
fn parts(workbook: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(workbook)).unwrap();
    (0..archive.len())
        .map(|place| {
            let mut part = archive.by_index(place).unwrap();
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            (part.name().unwrap().into_owned(), text)
        })
        .collect()
}

#[test]
fn four_files_for_their_owner_alone_and_twice_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let study = study(folder.path(), CHANNEL, &[]);
    let words = Words::new(Language::Nl);
    let first = write(&study, None, &some(), words);
    let names: Vec<_> = first.keys().map(String::as_str).collect();
    assert_eq!(names, ["x-second.csv", "x-second.xlsx", "x.csv", "x.xlsx"]);
    let out = folder.path().join("elsewhere/deep");
    assert_eq!(write(&study, Some(&out), &some(), words), first);
    // Over themselves, with nobody's labels in them.
    Place::of(&study, &study.channels[0], None)
        .check_writable(false)
        .unwrap();
    assert_eq!(write(&study, None, &some(), words), first);
    #[cfg(unix)]
    for name in names {
        use std::os::unix::fs::PermissionsExt;
        let path = folder.path().join("audit").join(name);
        let mode = fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

#[test]
fn the_csv_opens_with_a_double_click() {
    let rows = some();
    let rows: Vec<_> = rows.rows.iter().collect();
    let dutch = worksheet::csv(&rows, Language::Nl).unwrap();
    let english = worksheet::csv(&rows, Language::En).unwrap();
    let head = |bytes: &[u8]| {
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        text.split_once("\r\n").unwrap().0.to_owned()
    };
    assert_eq!(head(&dutch), "id;stratum;stratum_size;label;profile;note");
    assert_eq!(head(&english), "id,stratum,stratum_size,label,profile,note");
    // A plain file for programs, a marked one where a letter needs it.
    let accent = drawn(PLAN, [(AWAKE, "café")]);
    let accent: Vec<_> = accent.rows.iter().collect();
    let marked = worksheet::csv(&accent, Language::Nl).unwrap();
    assert!(marked.starts_with(b"\xEF\xBB\xBFid;"));
}

/// A handle that a spreadsheet program would compute is text in both kinds of file, and
/// comes back as it was.
#[test]
fn no_cell_is_a_formula() {
    let hostile = [
        "=1+1",
        "+cmd",
        "-2",
        "@SUM(A1)",
        "=HYPERLINK(\"http://a\")",
        "a;b,\"c\"\n=d",
    ];
    let drawn = drawn(PLAN, hostile.map(|id| (SILENT, id)));
    let folder = tempfile::tempdir().unwrap();
    let study = study(folder.path(), CHANNEL, &[]);
    for language in [Language::En, Language::Nl] {
        let files = write(&study, None, &drawn, Words::new(language));
        for (name, bytes) in &files {
            if name.ends_with("csv") {
                let text = String::from_utf8(bytes.clone()).unwrap();
                for line in text.lines() {
                    let cell = line.trim_start_matches('"');
                    let starts = cell.starts_with(['=', '+', '-', '@']);
                    // Inside quotation marks a line is no cell.
                    assert!(!starts || line.starts_with("=d\""), "{name}: {line}");
                }
            } else {
                let parts = parts(bytes);
                let sheets = parts.iter().filter(|(name, _)| name.contains("sheet"));
                assert!(sheets.clone().count() >= 2);
                assert!(sheets.into_iter().all(|(_, text)| !text.contains("<f>")));
            }
            if !name.contains("second") {
                let labels = dormouse::audit::labels::Labels::of(bytes, name).unwrap();
                let mut ids: Vec<_> = labels.rows.iter().map(|row| row.id.as_str()).collect();
                ids.sort_unstable();
                let mut expected = hostile.to_vec();
                expected.sort_unstable();
                assert_eq!(ids, expected, "{name}");
            }
        }
    }
}

#[test]
fn the_workbook_helps_the_analyst_and_hides_the_strata() {
    let folder = tempfile::tempdir().unwrap();
    let study = study(folder.path(), CHANNEL, &[]);
    for (language, choices, sheets) in [
        (
            Language::Nl,
            "slapend,actief,onbekend",
            ["Volgers", "Uitleg"],
        ),
        (
            Language::En,
            "dormant,active,unknown",
            ["Followers", "How to label"],
        ),
    ] {
        let files = write(&study, None, &some(), Words::new(language));
        let parts = parts(&files["x.xlsx"]);
        let sheet = &parts["xl/worksheets/sheet1.xml"];
        assert!(sheet.contains(&format!("<formula1>\"{choices}\"</formula1>")));
        assert!(sheet.contains("sqref=\"D2:D61\""), "{sheet}");
        assert!(sheet.contains("hidden=\"1\""));
        let links = &parts["xl/worksheets/_rels/sheet1.xml.rels"];
        assert_eq!(
            links
                .matches("https://x.com/intent/user?user_id=21032706570165")
                .count(),
            60
        );
        // Whole ids, as text.
        for row in &some().rows {
            let text = format!("<t>{}</t>", row.id);
            assert!(parts["xl/sharedStrings.xml"].contains(&text));
        }
        for name in sheets {
            assert!(parts["xl/workbook.xml"].contains(&format!("name=\"{name}\"")));
        }
        assert!(parts["docProps/core.xml"].contains("2026-10-01T00:00:00Z"));
    }
}

/// The stratum of a row says nothing of its place: the runs of one stratum are as many as
/// chance makes them.
#[test]
fn the_strata_do_not_stand_in_blocks() {
    let ids: Vec<String> = (0..1000).map(|place| format!("a{place}")).collect();
    let keys = ids.iter().enumerate().map(|(place, id)| {
        let key = if place < 30 { AWAKE } else { SILENT };
        (key, id.as_str())
    });
    // A stratum in full beside one of which a twentieth is drawn.
    let plan = Plan {
        labels: 80,
        floor: 30,
        ..PLAN
    };
    let drawn = drawn(plan, keys);
    let strata: Vec<_> = drawn.rows.iter().map(|row| row.stratum).collect();
    let (a, b) = (30.0, 50.0);
    let runs = strata.chunk_by(|x, y| x == y).count() as f64;
    let mean = 1.0 + 2.0 * a * b / (a + b);
    let variance = (mean - 1.0) * (mean - 2.0) / (a + b - 1.0);
    assert!(
        (runs - mean).abs() < 4.0 * f64::sqrt(variance),
        "{runs} runs"
    );
}

#[test]
fn labels_and_results_are_not_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let study = study(folder.path(), CHANNEL, &[]);
    let words = Words::new(Language::En);
    let channel = &study.channels[0];
    let place = Place::of(&study, channel, None);
    place.check_writable(false).unwrap();
    write(&study, None, &some(), words);
    // One label in one of the four is enough.
    let path = place.second("csv");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replacen(",,http", ",Slapend,http", 1)).unwrap();
    assert_eq!(
        place.check_writable(false).unwrap_err().kind(),
        "audit::labelled"
    );
    place.check_writable(true).unwrap();

    let out = folder.path().join("notes");
    fs::create_dir(&out).unwrap();
    fs::write(out.join("x.csv"), "my own notes").unwrap();
    let place = Place::of(&study, channel, Some(&out));
    assert_eq!(
        place.check_writable(false).unwrap_err().kind(),
        "audit::not_ours"
    );

    let results = folder.path().join("out");
    fs::create_dir(&results).unwrap();
    fs::write(results.join("results.json"), "{}").unwrap();
    fs::write(results.join("briefing.html"), "").unwrap();
    for out in [results.clone(), results.join("audit")] {
        let place = Place::of(&study, channel, Some(&out));
        let error = place.check_writable(true).unwrap_err();
        assert_eq!(error.kind(), "audit::among_results");
    }
}

#[test]
fn without_an_overlap_there_is_no_second_reader() {
    let folder = tempfile::tempdir().unwrap();
    let study = study(folder.path(), CHANNEL, &[]);
    let words = Words::new(Language::En);
    write(&study, None, &some(), words);
    let alone = drawn(Plan { overlap: 0, ..PLAN }, [(AWAKE, "a")]);
    assert_eq!(write(&study, None, &alone, words).len(), 2);
    let place = Place::of(&study, &study.channels[0], None);
    assert!(!place.second("csv").exists() && !place.second("xlsx").exists());
}
