//! No table that a spreadsheet program opens has a cell that it would compute.

use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use zip::ZipArchive;

use super::{contents, dormouse, stderr};

/// Names that begin like formulas, wherever a study or an export lets somebody name
/// something.
const EVIL: &str = "=HYPERLINK(\"http://example.org\",\"x\")";

fn evil_study(folder: &Path) {
    let rows: String = (0..300)
        .map(|n| {
            let sign = ["=", "+", "-", "@"][n % 4];
            format!("{sign}volger{n},2025-{:02}-02T10:00:00Z\n", 1 + n % 12)
        })
        .collect();
    fs::write(
        folder.join("=list.csv"),
        format!("id,last_active_at\n{rows}"),
    )
    .unwrap();
    fs::write(
        folder.join("review.toml"),
        format!(
            "title = '{EVIL}'\norganisation = '@o'\ncensus = 2026-01-01T00:00:00Z\n\
             [[channel]]\nid = \"-x\"\nname = '{EVIL}'\nplatform = \"x\"\ndesign = \"census\"\n\
             exports = [\"=list.csv\"]\naudit = \"audit/x.csv\"\n"
        ),
    )
    .unwrap();
}

/// Whether a spreadsheet program would compute a cell of a text file.
fn is_formula(cell: &str) -> bool {
    let begins = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    begins && cell.replace(',', ".").parse::<f64>().is_err()
}

fn check(path: &Path, bytes: &[u8]) -> bool {
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    match &*ending {
        "csv" => {
            let text = String::from_utf8_lossy(bytes);
            let text = text.trim_start_matches('\u{feff}');
            let first = text.lines().next().unwrap_or_default();
            let delimiter = if first.contains(';') { b';' } else { b',' };
            let mut reader = csv::ReaderBuilder::new()
                .delimiter(delimiter)
                .flexible(true)
                .has_headers(false)
                .from_reader(text.as_bytes());
            for record in reader.records() {
                for cell in &record.unwrap() {
                    assert!(!is_formula(cell), "{}: {cell}", path.display());
                }
            }
            true
        }
        "xlsx" => {
            let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
            for index in 0..archive.len() {
                let mut text = String::new();
                let mut part = archive.by_index(index).unwrap();
                let is_sheet = part.name().unwrap().starts_with("xl/worksheets/");
                if is_sheet {
                    part.read_to_string(&mut text).unwrap();
                    assert!(
                        !text.contains("<f>") && !text.contains("<f "),
                        "{}",
                        path.display()
                    );
                }
            }
            true
        }
        _ => false,
    }
}

#[test]
fn no_table_has_a_formula() {
    assert!(is_formula(EVIL) && is_formula("-x") && !is_formula("-0.5"));
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    evil_study(at);
    let command = |arguments: &[&str]| {
        let output = dormouse().current_dir(at).args(arguments).output().unwrap();
        assert!(
            output.status.code() == Some(0),
            "{arguments:?}: {}",
            stderr(&output)
        );
    };
    command(&["audit", "draw", "review.toml", "--labels", "60"]);
    let text = fs::read_to_string(at.join("review.toml")).unwrap();
    fs::write(
        at.join("review.toml"),
        text.replace("audit = \"audit/x.csv\"\n", ""),
    )
    .unwrap();
    command(&["run", "review.toml", "--out", "out"]);
    command(&["run", "review.toml", "--out", "internal", "--internal"]);
    let mut tables = 0;
    for folder in ["audit", "out", "internal"] {
        for (path, bytes) in contents(&at.join(folder)) {
            tables += u32::from(check(&path, &bytes));
        }
    }
    assert!(tables >= 10, "{tables} tables");
}
