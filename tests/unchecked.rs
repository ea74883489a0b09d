//! Without the check of duplicates nobody is lost, and nobody else is counted.

use std::path::{Path, PathBuf};

use dormouse::model::tally::{Key, Tally};
use dormouse::pipeline::{self, Quiet};
use dormouse::study::Study;
use polars::prelude::{Column, DataFrame, ParquetWriter};

fn tally(file: &Path, check: bool) -> Result<Tally, String> {
    let folder = tempfile::tempdir().unwrap();
    let study = folder.path().join("study.toml");
    let text = format!(
        "title = \"T\"\norganisation = \"O\"\ncensus = 2026-10-01T00:00:00Z\n\
         [[channel]]\nid = \"x\"\nplatform = \"x\"\nexports = [{:?}]\n",
        file.display().to_string()
    );
    std::fs::write(&study, text).unwrap();
    pipeline::tally(&Study::read(&study).unwrap(), check, &Quiet)
        .map(|count| count.channels[0].tally.clone())
        .map_err(|error| error.kind().to_owned())
}

/// What both ways count; how many of these are listed again.
fn same(file: &Path) -> Result<(u64, u64), String> {
    let unchecked = tally(file, false);
    let checked = tally(file, true);
    let again = |tally: &Tally| {
        let again = tally.cells().filter(|(key, _)| key.duplicate);
        again.map(|(_, count)| count).sum::<u64>()
    };
    let first = |key: Key| Key {
        duplicate: false,
        ..key
    };
    let merged = checked.clone().map(|tally| tally.map_keys(first));
    assert_eq!(unchecked, merged, "{}", file.display());
    checked.map(|tally| (tally.total(), again(&tally)))
}

#[test]
fn whoever_is_listed_twice_is_counted_twice() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let (mut all, mut twice) = (0, 0);
    for format in ["canonical-csv", "canonical-json", "canonical-parquet"] {
        for case in std::fs::read_dir(fixtures.join(format)).unwrap() {
            for file in std::fs::read_dir(case.unwrap().path()).unwrap() {
                let file: PathBuf = file.unwrap().path();
                if file.file_name().unwrap() == "expected.json" {
                    continue;
                }
                if let Ok((rows, again)) = same(&file) {
                    all += rows;
                    twice += again;
                }
            }
        }
    }
    assert!(all > 20 && twice > 2, "{all} {twice}");
}

/// Ids are not even read from Parquet then, unless a row may have nothing else.
#[test]
fn a_follower_of_whom_only_the_id_is_given_is_no_empty_row() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, protected: [Option<bool>; 4]| {
        let file = folder.path().join(name);
        let id = [Some("1"), Some("2"), None, Some("1")];
        let last = [Some("2026-09-01T00:00:00Z"), None, None, None];
        let mut frame = DataFrame::new_infer_height(vec![
            Column::new("id".into(), id),
            Column::new("last_active_at".into(), last),
            Column::new("protected".into(), protected),
        ])
        .unwrap();
        ParquetWriter::new(std::fs::File::create(&file).unwrap())
            .finish(&mut frame)
            .unwrap();
        file
    };
    let gaps = write("gaps.parquet", [Some(false), None, None, None]);
    assert_eq!(same(&gaps), Ok((3, 1)));
    let whole = write("whole.parquet", [Some(false); 4]);
    assert_eq!(same(&whole), Ok((4, 1)));
}
