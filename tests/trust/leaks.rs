//! After a run nobody can be found in the results: no id, handle, name, address or
//! pseudonym, in text or in binary files.

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use dormouse::frame::states::Pseudonyms;
use polars::prelude::{ParquetReader, SerReader};
use zip::ZipArchive;

use super::{contents, dormouse, root, run, stderr};

/// Shorter ones stand in other words by chance.
const SHORTEST: usize = 6;

/// Every text in a file of results: as it is, unpacked, decoded.
pub(super) fn texts(path: &Path, bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut texts = vec![bytes.to_vec()];
    if bytes.starts_with(b"PK\x03\x04") {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
        for index in 0..archive.len() {
            let mut member = Vec::new();
            archive
                .by_index(index)
                .unwrap()
                .read_to_end(&mut member)
                .unwrap();
            texts.push(
                archive
                    .by_index(index)
                    .unwrap()
                    .name()
                    .unwrap()
                    .into_owned()
                    .into_bytes(),
            );
            texts.push(member);
        }
    } else if bytes.starts_with(b"PAR1") {
        let frame = ParquetReader::new(Cursor::new(bytes)).finish().unwrap();
        for column in frame.columns() {
            texts.push(column.name().as_str().as_bytes().to_vec());
            for row in 0..column.len() {
                texts.push(column.get(row).unwrap().to_string().into_bytes());
            }
        }
    } else if bytes.starts_with(b"\x89PNG") {
        // Length, kind, data, checksum.
        let mut rest = &bytes[8..];
        while rest.len() >= 12 {
            let length = u32::from_be_bytes(rest[..4].try_into().unwrap()) as usize;
            let (kind, data) = (&rest[4..8], &rest[8..8 + length]);
            let packed = data
                .iter()
                .position(|&byte| byte == 0)
                .map_or(data, |end| &data[end + 2..]);
            if matches!(kind, b"zTXt" | b"iTXt") {
                texts.extend(inflated(packed));
            }
            rest = &rest[12 + length..];
        }
    } else if bytes.starts_with(b"%PDF") {
        for (place, _) in bytes
            .windows(7)
            .enumerate()
            .filter(|(_, word)| word == b"stream\n")
        {
            texts.extend(inflated(&bytes[place + 7..]));
        }
        // The words of a page are numbers of glyphs.
        texts.push(words_of_pdf(bytes));
    }
    assert!(!texts.is_empty(), "{}", path.display());
    texts
}

/// The text of a file that a reader has before them, without what stands beside it: titles of
/// documents, alternative texts.
pub(super) fn pages(path: &Path, bytes: &[u8]) -> Vec<Vec<u8>> {
    let kind = path.extension().unwrap_or_default().to_string_lossy();
    match &*kind {
        "pdf" => vec![words_of_pdf(bytes)],
        "docx" => {
            let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
            let mut body = Vec::new();
            let mut part = archive.by_name("word/document.xml").unwrap();
            part.read_to_end(&mut body).unwrap();
            vec![body]
        }
        "html" => {
            let text = String::from_utf8_lossy(bytes);
            let (_, body) = text.split_once("<body").unwrap();
            vec![body.as_bytes().to_vec()]
        }
        _ => texts(path, bytes),
    }
}

/// The words on the pages of a PDF, as poppler reads them.
fn words_of_pdf(bytes: &[u8]) -> Vec<u8> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    std::io::Write::write_all(&mut file, bytes).unwrap();
    let read = std::process::Command::new("pdftotext")
        .arg(file.path())
        .arg("-")
        .output()
        .expect("poppler-utils is installed");
    assert!(read.status.success());
    read.stdout
}

fn inflated(packed: &[u8]) -> Option<Vec<u8>> {
    let mut text = Vec::new();
    let _ = flate2::read::ZlibDecoder::new(packed).read_to_end(&mut text);
    (!text.is_empty()).then_some(text)
}

/// The secrets that stand in a text. Numbers count where they stand alone, words anywhere.
struct Secrets {
    numbers: HashSet<Vec<u8>>,
    words: HashSet<Vec<u8>>,
    lengths: BTreeSet<usize>,
}

impl Secrets {
    fn new(secrets: impl IntoIterator<Item = String>) -> Self {
        let long = secrets
            .into_iter()
            .filter(|secret| secret.len() >= SHORTEST);
        let (numbers, words): (HashSet<_>, HashSet<_>) = long
            .map(String::into_bytes)
            .partition(|secret| secret.iter().all(u8::is_ascii_digit));
        let lengths = words.iter().map(Vec::len).collect();
        Self {
            numbers,
            words,
            lengths,
        }
    }

    fn found(&self, text: &[u8]) -> Vec<String> {
        let is_digit = |byte: &u8| byte.is_ascii_digit();
        let numbers = text
            .split(|byte| !is_digit(byte))
            .filter(|number| self.numbers.contains(*number));
        let words = self.lengths.iter().flat_map(|&length| {
            text.windows(length)
                .filter(|word| self.words.contains(*word))
        });
        numbers
            .chain(words)
            .map(|secret| String::from_utf8_lossy(secret).into_owned())
            .collect()
    }
}

fn assert_nobody_in(out: &Path, secrets: &Secrets) {
    for (path, bytes) in contents(out) {
        for text in texts(&path, &bytes) {
            let found = secrets.found(&text);
            assert!(found.is_empty(), "{} holds {found:?}", path.display());
        }
        let name = secrets.found(path.to_string_lossy().as_bytes());
        assert!(name.is_empty(), "{}: {name:?}", path.display());
    }
}

/// Everything between quotation marks in a JSON file that is no key, and all numbers: far
/// more than what tells a person, without what the platform writes for everybody.
fn values(json: &str) -> Vec<String> {
    fn collect(value: &serde_json::Value, found: &mut Vec<String>) {
        match value {
            serde_json::Value::String(text) => {
                found.push(text.clone());
                found.extend(text.split(['/', '@', '=']).map(str::to_owned));
            }
            serde_json::Value::Array(values) => values.iter().for_each(|one| collect(one, found)),
            serde_json::Value::Object(map) => map.values().for_each(|one| collect(one, found)),
            _ => {}
        }
    }
    let start = json.find(['[', '{']).unwrap();
    let value = serde_json::from_str(&json[start..]).unwrap();
    let mut found = Vec::new();
    collect(&value, &mut found);
    found
}

/// Ids, handles, names and addresses of everybody in the demo.
fn people_of_the_demo() -> Secrets {
    let exports = root().join("data/demo/exports");
    let mut files = Vec::new();
    for (path, bytes) in contents(&exports) {
        if bytes.starts_with(b"PK") {
            let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
            for index in 0..archive.len() {
                let mut text = String::new();
                let mut member = archive.by_index(index).unwrap();
                let name = member.name().unwrap().into_owned();
                let is_list = name.rsplit('/').next().unwrap().starts_with("follower");
                member.read_to_string(&mut text).unwrap();
                files.extend(is_list.then_some(text));
            }
        } else {
            files.push(String::from_utf8(bytes).unwrap_or_else(|_| panic!("{}", path.display())));
        }
    }
    assert_eq!(files.len(), 3);
    let mut often = std::collections::HashMap::new();
    for value in files.iter().flat_map(|file| values(file)) {
        *often.entry(value).or_insert(0) += 1;
    }
    // What stands in many rows tells nobody: `https:`, the platform, dates of a day.
    let is_personal = |value: &str| !value.contains("T00:00:00") && !value.starts_with("20");
    let secrets = often
        .into_iter()
        .filter(|(value, times)| *times <= 3 && is_personal(value));
    Secrets::new(secrets.map(|(value, _)| value))
}

#[test]
fn nobody_of_the_demo_is_in_its_results() {
    let folder = tempfile::tempdir().unwrap();
    let secrets = people_of_the_demo();
    assert!(secrets.numbers.len() > 19_000 && secrets.words.len() > 15_000);
    for internal in [false, true] {
        let out = folder.path().join(format!("out-{internal}"));
        let mut command = dormouse();
        command
            .args(["run", "data/demo/study.toml", "--out"])
            .arg(&out);
        if internal {
            command.arg("--internal");
        }
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", stderr(&output));
        assert_nobody_in(&out, &secrets);
        assert!(secrets.found(&output.stdout).is_empty());
        assert!(secrets.found(&output.stderr).is_empty());
    }
}

/// Where dated exports are joined there are pseudonyms: they stay in the vault.
#[test]
fn no_pseudonym_is_in_the_results() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let ids: Vec<String> = (0..300).map(|n| format!("geheimevolger{n:04}")).collect();
    let list = |year: u32| -> String {
        let rows = ids.iter().enumerate();
        rows.map(|(n, id)| format!("{id},{year}-{:02}-02T10:00:00Z\n", 1 + n % 12))
            .collect()
    };
    fs::create_dir_all(at.join("exports")).unwrap();
    for (name, year) in [("before", 2024), ("after", 2025)] {
        let text = format!("id,last_active_at\n{}", list(year));
        fs::write(at.join(format!("exports/{name}.csv")), text).unwrap();
    }
    fs::write(
        at.join("review.toml"),
        "title = \"t\"\norganisation = \"o\"\ncensus = 2026-01-01T00:00:00Z\n\
         [[channel]]\nid = \"x\"\nplatform = \"x\"\ndesign = \"census\"\n\
         exports = [\"exports/after.csv\"]\n\
         [[channel.snapshot]]\ncensus = 2025-01-01T00:00:00Z\ndesign = \"census\"\n\
         exports = [\"exports/before.csv\"]\n",
    )
    .unwrap();
    let out = at.join("out");
    let output = run(&at.join("review.toml"), &out);
    assert!(output.status.success(), "{}", stderr(&output));
    let key: [u8; 32] = fs::read(at.join(".dormouse/review.key"))
        .unwrap()
        .try_into()
        .unwrap();
    let pseudonyms = Pseudonyms::new(&key, "X", "x");
    let states = fs::read(at.join(".dormouse/review/x.2026-01-01T000000Z.states")).unwrap();
    let mut secrets = ids.clone();
    let mut raw = HashSet::new();
    for id in &ids {
        let pseudonym = pseudonyms.of(id);
        let bytes = pseudonym.to_le_bytes();
        assert!(
            states.windows(8).any(|eight| eight == bytes),
            "not the pseudonyms of this study"
        );
        secrets.extend([
            pseudonym.to_string(),
            (pseudonym as i64).to_string(),
            format!("{pseudonym:016x}"),
            format!("{pseudonym:016X}"),
        ]);
        raw.extend([
            pseudonym.to_le_bytes().to_vec(),
            pseudonym.to_be_bytes().to_vec(),
        ]);
    }
    secrets.push(key.iter().map(|byte| format!("{byte:02x}")).collect());
    let secrets = Secrets::new(secrets);
    assert_nobody_in(&out, &secrets);
    for (path, bytes) in contents(&out) {
        for text in texts(&path, &bytes) {
            let found = text.windows(8).any(|eight| raw.contains(eight));
            assert!(!found, "{} holds a pseudonym", path.display());
            assert!(
                !text.windows(32).any(|bytes| bytes == key),
                "{}",
                path.display()
            );
        }
    }
    assert!(secrets.found(&output.stdout).is_empty() && secrets.found(&output.stderr).is_empty());
}

/// A channel that is called like somebody is found in every kind of file that a run writes.
/// A picture has no texts: its words are those of the drawing beside it.
#[test]
fn a_leak_would_be_found_in_every_kind_of_file() {
    let folder = tempfile::tempdir().unwrap();
    let study = super::small_study(folder.path(), "a");
    let text = fs::read_to_string(&study).unwrap();
    let named = text.replace("id = \"x\"", "id = \"sirobi-hzm\"\nname = \"sirobi-hzm\"");
    assert_ne!(text, named);
    fs::write(&study, named).unwrap();
    let secrets = Secrets::new(["sirobi-hzm".to_owned()]);
    for internal in [false, true] {
        let out = folder.path().join(format!("out-{internal}"));
        let mut command = dormouse();
        command.arg("run").arg(&study).arg("--out").arg(&out);
        if internal {
            command.arg("--internal");
        }
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", stderr(&output));
        let mut kinds = std::collections::BTreeMap::new();
        for (path, bytes) in contents(&out) {
            let kind = path.extension().unwrap().to_string_lossy().into_owned();
            let pages = pages(&path, &bytes);
            let found = pages.iter().any(|text| !secrets.found(text).is_empty());
            *kinds.entry(kind).or_insert(false) |= found;
        }
        assert_eq!(kinds.remove("png"), Some(false));
        assert!(
            kinds.len() >= 8 && kinds.values().all(|&found| found),
            "{kinds:?}"
        );
        assert_eq!(kinds.contains_key("pdf"), cfg!(feature = "pdf"));
    }
}

/// The search itself finds what is there.
#[test]
fn a_leak_would_be_found() {
    use std::io::Write;
    let secrets = Secrets::new(["830046299".to_owned(), "sirobi_hzm".to_owned()]);
    assert_eq!(secrets.found(b"x 830046299, y"), ["830046299"]);
    assert_eq!(secrets.found(b"0.8300462991"), Vec::<String>::new());
    assert_eq!(secrets.found(b"/sirobi_hzm/"), ["sirobi_hzm"]);

    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file(
        "xl/sharedStrings.xml",
        zip::write::SimpleFileOptions::default(),
    )
    .unwrap();
    zip.write_all("<t>sirobi_hzm</t>".repeat(50).as_bytes())
        .unwrap();
    let zip = zip.finish().unwrap().into_inner();

    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packed
        .write_all("sirobi_hzm ".repeat(50).as_bytes())
        .unwrap();
    let data = [b"Comment\0\0".to_vec(), packed.finish().unwrap()].concat();
    png.extend((data.len() as u32).to_be_bytes());
    png.extend(b"zTXt");
    png.extend(data);
    png.extend([0; 4]);

    let mut frame =
        polars::prelude::DataFrame::new_infer_height(vec![polars::prelude::Column::new(
            "handle".into(),
            vec!["sirobi_hzm"; 50],
        )])
        .unwrap();
    let mut parquet = Vec::new();
    polars::prelude::ParquetWriter::new(&mut parquet)
        .finish(&mut frame)
        .unwrap();
    for bytes in [zip, png, parquet] {
        let found = texts(Path::new("leak"), &bytes)
            .iter()
            .any(|text| !secrets.found(text).is_empty());
        assert!(found, "{:?}", &bytes[..8]);
    }
}
