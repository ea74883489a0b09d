//! Downloads as they lie on people's disks: zips packed again, folders in folders, `.gz`,
//! lists in parts with a gap. What is in them must come out the same.

use std::fs;
use std::io::Write;
use std::path::Path;

use dormouse::ingest::{container, inspect, parts};
use flate2::Compression;
use flate2::write::GzEncoder;
use zip::write::{SimpleFileOptions, ZipWriter};

fn followers(names: &[&str]) -> Vec<u8> {
    let rows: Vec<_> = names
        .iter()
        .map(|name| {
            format!(
                r#"{{"title":"","media_list_data":[],"string_list_data":[{{"href":"https://www.instagram.com/{name}","value":"{name}","timestamp":1733433674}}]}}"#
            )
        })
        .collect();
    format!("[{}]", rows.join(",")).into_bytes()
}

fn zipped(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut gz = GzEncoder::new(Vec::new(), Compression::fast());
    gz.write_all(bytes).unwrap();
    gz.finish().unwrap()
}

/// The followers in some files: member, rows; and the parts that are missing.
fn found(files: &[(&str, Vec<u8>)]) -> (Vec<(String, u64)>, Vec<u32>) {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    lists(folder.path())
}

fn lists(folder: &Path) -> (Vec<(String, u64)>, Vec<u32>) {
    let members = container::members(&[".".to_owned()], folder).unwrap();
    let readings: Vec<_> = members
        .iter()
        .filter_map(|member| Some((member.name.clone(), inspect(member).ok()?)))
        .collect();
    let files: Vec<_> = readings
        .iter()
        .map(|(name, reading)| parts::File {
            name,
            format: &reading.format,
            rows: reading.rows,
        })
        .collect();
    let missing = parts::check(&files, &[])
        .into_iter()
        .filter_map(|notice| match notice {
            dormouse::model::results::Notice::PartMissing { part, .. } => Some(part),
            _ => None,
        })
        .collect();
    let rows = readings
        .iter()
        .map(|(name, reading)| (name.trim_start_matches("./").to_owned(), reading.rows))
        .collect();
    (rows, missing)
}

#[test]
fn downloads_as_they_lie_on_disks() {
    const LIST: &str = "connections/followers_and_following/followers";
    let one = || followers(&["een", "twee"]);
    let two = || followers(&["drie"]);
    let wrapped = |inner: &str| format!("instagram-gemeente-2025-01-14-ab12/{inner}");
    // Files on disk; members with their rows; missing parts.
    type Case = (
        &'static str,
        Vec<(&'static str, Vec<u8>)>,
        Vec<(String, u64)>,
        Vec<u32>,
    );
    let cases: Vec<Case> = vec![
        (
            "as downloaded",
            vec![("a.zip", zipped(&[(&format!("{LIST}_1.json"), one())]))],
            vec![(format!("a.zip!{LIST}_1.json"), 2)],
            vec![],
        ),
        (
            "a folder around everything",
            vec![(
                "a.zip",
                zipped(&[(&wrapped(&format!("{LIST}_1.json")), one())]),
            )],
            vec![(format!("a.zip!{}", wrapped(&format!("{LIST}_1.json"))), 2)],
            vec![],
        ),
        (
            "packed again on a Mac",
            vec![(
                "a.zip",
                zipped(&[
                    (&format!("x/{LIST}_1.json"), one()),
                    (&format!("__MACOSX/x/{LIST}_1.json"), two()),
                    (
                        "x/connections/followers_and_following/._followers_1.json",
                        two(),
                    ),
                    ("x/.DS_Store", two()),
                ]),
            )],
            vec![(format!("a.zip!x/{LIST}_1.json"), 2)],
            vec![],
        ),
        (
            "unpacked on a Mac and copied elsewhere",
            vec![
                ("followers_1.json", one()),
                ("._followers_1.json", two()),
                ("__MACOSX/followers_2.json", two()),
                (".DS_Store", two()),
                ("Thumbs.db", two()),
                ("~$followers_3.json", two()),
            ],
            vec![("followers_1.json".to_owned(), 2)],
            vec![],
        ),
        (
            "packed again on Windows",
            vec![(
                "a.zip",
                zipped(&[(
                    r"connections\followers_and_following\followers_1.json",
                    one(),
                )]),
            )],
            vec![(format!("a.zip!{LIST}_1.json"), 2)],
            vec![],
        ),
        (
            "a list in parts",
            vec![(
                "a.zip",
                zipped(&[
                    (&format!("{LIST}_1.json"), one()),
                    (&format!("{LIST}_2.json"), two()),
                ]),
            )],
            vec![
                (format!("a.zip!{LIST}_1.json"), 2),
                (format!("a.zip!{LIST}_2.json"), 1),
            ],
            vec![],
        ),
        (
            "a part is missing",
            vec![(
                "a.zip",
                zipped(&[
                    (&format!("{LIST}_1.json"), one()),
                    (&format!("{LIST}_4.json"), two()),
                ]),
            )],
            vec![
                (format!("a.zip!{LIST}_1.json"), 2),
                (format!("a.zip!{LIST}_4.json"), 1),
            ],
            vec![2, 3],
        ),
        (
            "one export in two zips",
            vec![
                ("a.zip", zipped(&[(&format!("{LIST}_1.json"), one())])),
                ("b.zip", zipped(&[(&format!("{LIST}_2.json"), two())])),
            ],
            vec![
                (format!("a.zip!{LIST}_1.json"), 2),
                (format!("b.zip!{LIST}_2.json"), 1),
            ],
            vec![],
        ),
        (
            "downloaded twice",
            vec![("followers_1.json", one()), ("followers_1 (1).json", two())],
            vec![
                ("followers_1 (1).json".to_owned(), 1),
                ("followers_1.json".to_owned(), 2),
            ],
            vec![],
        ),
        (
            "folders in folders, and whom the account follows beside",
            vec![
                (
                    "2024/nieuw/a.zip",
                    zipped(&[(&format!("{LIST}_1.json"), one())]),
                ),
                ("2024/oud/los/followers_1.json", two()),
                (
                    "2024/oud/los/following.json",
                    br#"{"relationships_following":[]}"#.to_vec(),
                ),
                ("2024/leesmij.txt", b"de exports van 2024\n".to_vec()),
            ],
            vec![
                (format!("2024/nieuw/a.zip!{LIST}_1.json"), 2),
                ("2024/oud/los/followers_1.json".to_owned(), 1),
            ],
            vec![],
        ),
        (
            "gzipped, in one piece and in two",
            vec![
                ("followers_1.json.gz", gzipped(&one())),
                ("followers_2.json.gz", {
                    let bytes = two();
                    let (a, b) = bytes.split_at(20);
                    [gzipped(a), gzipped(b)].concat()
                }),
            ],
            vec![
                ("followers_1.json.gz".to_owned(), 2),
                ("followers_2.json.gz".to_owned(), 1),
            ],
            vec![],
        ),
        (
            "gzipped within a zip",
            vec![("a.zip", zipped(&[("followers_1.json.gz", gzipped(&one()))]))],
            vec![("a.zip!followers_1.json.gz".to_owned(), 2)],
            vec![],
        ),
        (
            "a name that does not say zip",
            vec![("download", zipped(&[(&format!("{LIST}_1.json"), one())]))],
            vec![(format!("download!{LIST}_1.json"), 2)],
            vec![],
        ),
    ];
    for (what, files, expected, missing) in cases {
        assert_eq!(found(&files), (expected, missing), "{what}");
    }
}

#[test]
fn a_download_that_broke_off_is_told() {
    let whole = zipped(&[("followers_1.json", followers(&["een"; 50]))]);
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes, kind) in [
        ("half.zip", &whole[..whole.len() / 2], "ingest::archive"),
        ("page.zip", b"<html>".as_slice(), "ingest::archive"),
    ] {
        fs::write(folder.path().join(name), bytes).unwrap();
        let error = container::members(&[name.to_owned()], folder.path()).unwrap_err();
        assert_eq!(error.kind(), kind, "{name}");
        assert!(error.way_out().is_some(), "{name}");
    }
    let gz = gzipped(&followers(&["een"; 50]));
    fs::write(folder.path().join("half.gz"), &gz[..gz.len() / 2]).unwrap();
    let member = &container::members(&["half.gz".to_owned()], folder.path()).unwrap()[0];
    assert!(inspect(member).unwrap_err().way_out().is_some());
}

#[test]
fn a_long_page_of_ids_is_known_without_its_cursor() {
    // The cursor stands behind 5,000 ids, far behind what is looked at.
    let ids: Vec<_> = (0..5000)
        .map(|n| format!("\"{}\"", 1_500_000_000_000_000_000_u64 + n))
        .collect();
    let cursor = 1_651_000_000_000_u64 << 20;
    let page = format!(
        r#"{{"ids":[{}],"next_cursor":{cursor},"next_cursor_str":"{cursor}","total_count":null}}"#,
        ids.join(",")
    );
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("page.json"), page).unwrap();
    let member = &container::members(&["page.json".to_owned()], folder.path()).unwrap()[0];
    let reading = inspect(member).unwrap();
    assert_eq!(reading.format, "x-follower-ids");
    let followed = reading.fields[&dormouse::model::evidence::Field::FollowedAt];
    assert_eq!((followed.present, followed.null), (5000, 0));
}

/// What is wrong with a zip is said in words, with the way out.
#[test]
fn zips_that_cannot_be_read_say_why() {
    let whole = zipped(&[("followers_1.json", followers(&["voorbeeld"]))]);
    // That a member is locked stands before it, and in the list at the end.
    let list = whole.windows(4).position(|at| at == b"PK\x01\x02").unwrap();
    let mut locked = whole.clone();
    locked[6] |= 1;
    locked[list + 8] |= 1;
    for (bytes, what, way_out) in [
        (locked, "a password locks it", "with its password"),
        (
            whole[..whole.len() / 2].to_vec(),
            "it breaks off, or is damaged",
            "download the export again",
        ),
        (
            zipped(&[]),
            "this zip is empty",
            "download the export again",
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("download.zip"), bytes).unwrap();
        let members = container::members(&["download.zip".to_owned()], folder.path());
        let error = members
            .and_then(|members| inspect(&members[0]))
            .unwrap_err();
        assert!(error.to_string().contains(what), "{error}");
        let said = error.way_out().unwrap_or_default();
        assert!(said.contains(way_out), "{error}: {said}");
    }
}
