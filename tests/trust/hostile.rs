//! Files made to do harm, or broken beyond what happens: each is refused or its rows are
//! set aside, with a message, within a minute and a gibibyte, and without a panic.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

use super::dormouse;

/// What must come of a file.
enum Expected {
    /// Exit 2 and this in the message.
    Refused(&'static str),
    /// Exit 0 or 1; so many rows, so many of them set aside.
    Read(u64, u64),
}

use Expected::{Read as Rows, Refused};

struct Case {
    name: &'static str,
    /// The file that is inspected.
    file: &'static str,
    make: fn(&Path),
    expected: Expected,
}

const CSV: &str = "id,last_active_at,posts_count\n";
const X: &str = "window.YTD.follower.part0 = [";

fn follower(id: &str) -> String {
    format!(
        "{{\"follower\": {{\"accountId\": \"{id}\", \
         \"userLink\": \"https://twitter.com/intent/user?user_id={id}\"}}}}"
    )
}

/// A zip of members that compress as well as anything does.
fn zip(path: &Path, members: &[(&str, &str, usize)]) {
    let mut archive = zip::ZipWriter::new(File::create(path).unwrap());
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .large_file(true);
    for (name, start, blanks) in members {
        archive.start_file(*name, options).unwrap();
        archive.write_all(start.as_bytes()).unwrap();
        fill(&mut archive, *blanks);
    }
    archive.finish().unwrap();
}

/// A workbook of one row.
fn workbook(path: &Path, cells: &str) {
    let related = |target: &str, what: &str| {
        let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        format!(
            "<Relationships><Relationship Id=\"r\" Type=\"{kind}/{what}\" Target=\"{target}\"/>\
             </Relationships>"
        )
    };
    let book = "<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/\
                relationships\"><sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"r\"/></sheets></workbook>";
    let sheet = format!("<worksheet><sheetData><row r=\"1\">{cells}</row></sheetData></worksheet>");
    zip(
        path,
        &[
            (
                "_rels/.rels",
                &related("xl/workbook.xml", "officeDocument"),
                0,
            ),
            ("xl/workbook.xml", book, 0),
            (
                "xl/_rels/workbook.xml.rels",
                &related("worksheets/sheet1.xml", "worksheet"),
                0,
            ),
            ("xl/worksheets/sheet1.xml", &sheet, 0),
        ],
    );
}

fn fill(out: &mut impl Write, mut blanks: usize) {
    let block = vec![b' '; 1 << 20];
    while blanks > 0 {
        let length = blanks.min(block.len());
        out.write_all(&block[..length]).unwrap();
        blanks -= length;
    }
}

/// A file of 4 GiB that takes no room on the disk: a start, then zeros.
fn sparse(path: &Path, start: &str) {
    let mut file = File::create(path).unwrap();
    file.write_all(start.as_bytes()).unwrap();
    file.set_len(4 << 30).unwrap();
}

fn text(path: &Path, text: impl AsRef<[u8]>) {
    fs::write(path, text).unwrap();
}

const MANY: usize = 1_000_000;
const CASES: &[Case] = &[
    Case {
        name: "a zip bomb",
        file: "bomb.zip",
        make: |path| zip(path, &[("data/follower.js", X, 600 << 20)]),
        expected: Refused("it unpacks to more than 200 times its size"),
    },
    Case {
        name: "a gzip bomb",
        file: "bomb.js.gz",
        make: |path| {
            let file = File::create(path).unwrap();
            let mut packed = flate2::write::GzEncoder::new(file, flate2::Compression::best());
            packed.write_all(X.as_bytes()).unwrap();
            fill(&mut packed, 600 << 20);
            packed.finish().unwrap();
        },
        expected: Refused("it unpacks to more than 200 times its size"),
    },
    Case {
        name: "a workbook bomb",
        file: "bomb.xlsx",
        make: |path| {
            zip(
                path,
                &[
                    ("xl/workbook.xml", "<workbook/>", 0),
                    ("xl/sharedStrings.xml", "<sst>", 600 << 20),
                ],
            );
        },
        expected: Refused("far larger than exports are"),
    },
    Case {
        name: "a bomb in an archive in an archive is a file like others",
        file: "nested.zip",
        make: |path| {
            let inner = path.with_extension("inner");
            zip(&inner, &[("follower.js", X, 100 << 20)]);
            let mut archive = zip::ZipWriter::new(File::create(path).unwrap());
            archive
                .start_file("inner.zip", SimpleFileOptions::default())
                .unwrap();
            archive.write_all(&fs::read(&inner).unwrap()).unwrap();
            archive
                .start_file("follower.js", SimpleFileOptions::default())
                .unwrap();
            archive
                .write_all(format!("{X}{}]", follower("12")).as_bytes())
                .unwrap();
            archive.finish().unwrap();
            fs::remove_file(inner).unwrap();
        },
        expected: Rows(1, 0),
    },
    Case {
        name: "paths out of the archive, and names that move the cursor",
        file: "paths.zip",
        make: |path| {
            let list = format!("{X}{}]", follower("12"));
            let mut archive = zip::ZipWriter::new(File::create(path).unwrap());
            for name in [
                "../../outside.js",
                "/absolute.js",
                "C:\\outside.js",
                "\u{1b}[2Jx.js",
            ] {
                archive
                    .start_file(name, SimpleFileOptions::default())
                    .unwrap();
                archive.write_all(list.as_bytes()).unwrap();
            }
            archive.finish().unwrap();
        },
        expected: Rows(4, 0),
    },
    Case {
        name: "a link in an archive leads nowhere",
        file: "link.zip",
        make: |path| {
            let mut archive = zip::ZipWriter::new(File::create(path).unwrap());
            archive
                .add_symlink("follower.js", "/etc/passwd", SimpleFileOptions::default())
                .unwrap();
            archive.finish().unwrap();
        },
        expected: Rows(0, 0),
    },
    Case {
        name: "an archive of many members",
        file: "many.zip",
        make: |path| {
            let mut archive = zip::ZipWriter::new(File::create(path).unwrap());
            for n in 0..20_000 {
                archive
                    .start_file(format!("{n}.txt"), SimpleFileOptions::default())
                    .unwrap();
            }
            archive
                .start_file("follower.js", SimpleFileOptions::default())
                .unwrap();
            archive
                .write_all(format!("{X}{}]", follower("12")).as_bytes())
                .unwrap();
            archive.finish().unwrap();
        },
        expected: Rows(1, 0),
    },
    Case {
        name: "an archive that breaks off",
        file: "cut.zip",
        make: |path| {
            zip(path, &[("data/follower.js", X, 1_000)]);
            let bytes = fs::read(path).unwrap();
            text(path, &bytes[..bytes.len() / 2]);
        },
        expected: Refused("this zip cannot be read"),
    },
    Case {
        name: "a million columns",
        file: "wide.csv",
        make: |path| {
            let mut wide = "id,last_active_at".to_owned();
            (0..MANY).for_each(|n| wide.push_str(&format!(",c{n}")));
            text(path, format!("{wide}\n1,2025-01-01\n"));
        },
        expected: Refused("expected at most 4096"),
    },
    Case {
        name: "a row of a million cells",
        file: "row.csv",
        make: |path| {
            text(
                path,
                format!("{CSV}a,2025-01-01,1\nb{}\nc,,\n", ",".repeat(MANY) + "x"),
            )
        },
        expected: Rows(3, 1),
    },
    Case {
        name: "lists in lists, deeper than any stack",
        file: "deep.js",
        make: |path| text(path, format!("{X}{}", "[".repeat(MANY))),
        expected: Refused("breaks off"),
    },
    Case {
        name: "objects in objects in a row",
        file: "row.js",
        make: |path| {
            let deep = format!("{}1{}", "{\"a\":".repeat(100_000), "}".repeat(100_000));
            text(
                path,
                format!(
                    "{X}{}, {{\"follower\": {deep}}}, {}]",
                    follower("1"),
                    follower("2")
                ),
            );
        },
        expected: Rows(3, 1),
    },
    Case {
        name: "a cell of 4 GiB",
        file: "cell.csv",
        make: |path| sparse(path, &format!("{CSV}a,2025-01-01,1\n\"")),
        expected: Refused("a row has more than 16 MiB"),
    },
    Case {
        name: "a header of 4 GiB",
        file: "header.csv",
        make: |path| sparse(path, "id,last_active_at,posts_count,"),
        expected: Refused("a row has more than 16 MiB"),
    },
    Case {
        name: "a string of 4 GiB",
        file: "string.js",
        make: |path| sparse(path, &format!("{X}{{\"follower\": {{\"accountId\": \"")),
        expected: Refused("expected less than 64 MiB a row"),
    },
    Case {
        name: "nothing but zeros",
        file: "zeros.csv",
        make: |path| sparse(path, ""),
        expected: Refused("none of the known exports"),
    },
    Case {
        name: "zeros in cells",
        file: "nul.csv",
        make: |path| {
            text(
                path,
                format!("{CSV}a\0b,2025-01-01,1\nc,20\0,1\nd,2025-01-01,\0\n"),
            )
        },
        expected: Rows(3, 2),
    },
    Case {
        name: "lone surrogates",
        file: "surrogates.js",
        make: |path| {
            text(
                path,
                format!(
                    "{X}{}, {}, {}]",
                    follower("1"),
                    follower("\\ud800"),
                    follower("2")
                ),
            );
        },
        expected: Rows(3, 1),
    },
    Case {
        name: "years that nobody lives in",
        file: "years.csv",
        make: |path| {
            let dates = [
                "0000-01-01T00:00:00Z",
                "9999-12-31T23:59:59Z",
                "-0001-01-01T00:00:00Z",
                "99999-01-01T00:00:00Z",
                "2025-13-01T00:00:00Z",
                "2025-02-30T00:00:00Z",
                "2025-01-01T25:61:61Z",
            ];
            let rows = dates.iter().enumerate();
            let rows: String = rows.map(|(n, date)| format!("p{n},{date},1\n")).collect();
            text(path, format!("{CSV}a,2025-01-01T00:00:00Z,1\n{rows}"));
        },
        expected: Rows(8, 5),
    },
    Case {
        name: "counts beyond 64 bits",
        file: "counts.csv",
        make: |path| {
            text(
                path,
                format!(
                    "{CSV}a,2025-01-01,18446744073709551615\nb,2025-01-01,18446744073709551616\n\
                     c,2025-01-01,-1\nd,2025-01-01,1e400\ne,2025-01-01,{}\nf,2025-01-01,7\n",
                    "9".repeat(10_000)
                ),
            );
        },
        expected: Rows(6, 4),
    },
    Case {
        name: "counts beyond 64 bits in JSON",
        file: "counts.json",
        make: |path| {
            let account = |id: &str, posts: &str| {
                format!(
                    "{{\"id\":\"{id}\",\"username\":\"u\",\"acct\":\"u@x.example\",\"locked\":false,\
                     \"created_at\":\"2022-08-24T00:00:00.000Z\",\"followers_count\":1,\
                     \"following_count\":1,\"statuses_count\":{posts},\
                     \"last_status_at\":\"2025-01-01\"}}"
                )
            };
            text(
                path,
                format!(
                    "[{},{},{}]",
                    account("1", "5"),
                    account("2", "99999999999999999999999999"),
                    account("3", "-1e999")
                ),
            );
        },
        expected: Rows(3, 2),
    },
    Case {
        name: "bytes that are no UTF-8",
        file: "bytes.csv",
        make: |path| {
            let mut bytes = CSV.as_bytes().to_vec();
            bytes.extend(b"\xFF\xFE\xFA,2025-01-01,1\nb,2025-\xC3-01,1\nc,2025-01-01,1\n");
            text(path, bytes);
        },
        expected: Rows(3, 2),
    },
    #[cfg(unix)]
    Case {
        name: "a pipe that nobody writes to",
        file: "pipe.csv",
        make: |path| {
            let made = std::process::Command::new("mkfifo").arg(path).status();
            assert!(made.unwrap().success());
        },
        expected: Refused("neither a file nor a folder"),
    },
    #[cfg(unix)]
    Case {
        name: "a folder of links: back to itself, to a device, to nothing; and a pipe",
        file: "folder",
        make: |path| {
            use std::os::unix::fs::symlink;
            fs::create_dir(path).unwrap();
            symlink(path, path.join("loop")).unwrap();
            symlink("/dev/zero", path.join("zero.csv")).unwrap();
            symlink("/nowhere", path.join("nowhere.csv")).unwrap();
            let pipe = std::process::Command::new("mkfifo")
                .arg(path.join("pipe"))
                .status();
            assert!(pipe.unwrap().success());
            text(&path.join("list.csv"), format!("{CSV}a,2025-01-01,1\n"));
        },
        expected: Rows(1, 0),
    },
];

/// What a command took and said.
struct Ended {
    code: Option<i32>,
    stdout: String,
    stderr: String,
    seconds: f64,
    /// Most memory that it held, in KiB; 0 where the system does not tell.
    memory: u64,
}

fn watched(arguments: &[&str], folder: &Path) -> Ended {
    let began = Instant::now();
    let mut child = dormouse()
        .current_dir(folder)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut memory = 0;
    let status = format!("/proc/{}/status", child.id());
    let mut out = child.stdout.take().unwrap();
    let mut err = child.stderr.take().unwrap();
    let reader = std::thread::spawn(move || {
        let mut text = String::new();
        let _ = out.read_to_string(&mut text);
        text
    });
    let errors = std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = err.read_to_end(&mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    });
    let code = loop {
        if let Ok(text) = fs::read_to_string(&status) {
            let line = text.lines().find(|line| line.starts_with("VmHWM"));
            let number = line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok());
            memory = memory.max(number.unwrap_or(0));
        }
        if let Some(status) = child.try_wait().unwrap() {
            break status.code();
        }
        if began.elapsed() > Duration::from_secs(120) {
            child.kill().unwrap();
        }
        std::thread::sleep(Duration::from_millis(3));
    };
    Ended {
        code,
        stdout: reader.join().unwrap(),
        stderr: errors.join().unwrap(),
        seconds: began.elapsed().as_secs_f64(),
        memory,
    }
}

fn faults(case: &Case, ended: &Ended) -> Vec<String> {
    let mut faults = Vec::new();
    let flat = ended.stderr.replace('│', " ");
    let flat = flat.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut check = |holds: bool, what: String| {
        if !holds {
            faults.push(format!(
                "{}: {what}\n{}{}",
                case.name,
                ended.stdout.chars().take(400).collect::<String>(),
                flat.chars().take(600).collect::<String>()
            ));
        }
    };
    check(
        ended.memory < 1 << 20,
        format!("{} KiB of memory", ended.memory),
    );
    check(ended.seconds < 60.0, format!("{} s", ended.seconds));
    check(!flat.contains("was not made for"), "a panic".to_owned());
    check(
        !ended.stderr.contains('\u{1b}') && !ended.stdout.contains('\u{1b}'),
        "a name reached the terminal".to_owned(),
    );
    match &case.expected {
        Refused(what) => {
            check(ended.code == Some(2), format!("exit {:?}", ended.code));
            check(flat.contains(what), format!("the message lacks {what:?}"));
        }
        Rows(rows, set_aside) => {
            check(
                matches!(ended.code, Some(0 | 1)),
                format!("exit {:?}", ended.code),
            );
            let readings: serde_json::Value =
                serde_json::from_str(&ended.stdout).unwrap_or_default();
            let sum = |of: &str| -> u64 {
                let readings = readings.as_array().into_iter().flatten();
                readings.filter_map(|reading| reading[of].as_u64()).sum()
            };
            let found = (sum("rows"), sum("set_aside"));
            check(
                found == (*rows, *set_aside),
                format!("{found:?} rows and set aside"),
            );
        }
    }
    faults
}

#[test]
fn hostile_files_do_no_harm() {
    let folder = tempfile::tempdir().unwrap();
    let mut found = Vec::new();
    for case in CASES {
        let path = folder.path().join(case.file);
        (case.make)(&path);
        let ended = watched(&["inspect", case.file, "--format", "json"], folder.path());
        found.extend(faults(case, &ended));
        if path.is_dir() {
            fs::remove_dir_all(&path).unwrap();
        } else {
            fs::remove_file(&path).unwrap();
        }
        let left: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
        assert!(left.is_empty(), "{}: {left:?}", case.name);
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

/// The files that people write themselves are no other than the exports.
#[test]
fn hostile_settings_and_labels_do_no_harm() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    text(
        &at.join("list.csv"),
        format!("{CSV}a,2025-01-01,1\nb,2025-01-01,1\n"),
    );
    let study = |audit: &str| {
        format!(
            "title = \"t\"\norganisation = \"o\"\ncensus = 2026-01-01T00:00:00Z\n[[channel]]\n\
             id = \"x\"\nplatform = \"x\"\nexports = [\"list.csv\"]\n{audit}"
        )
    };
    let with_audit = study("audit = \"labels\"\n");
    /// Name, what is made, whether a study is needed beside it, what is said.
    type Written = (&'static str, fn(&Path), Option<&'static str>, &'static str);
    let cases: [Written; 8] = [
        (
            "deep lists",
            |at| {
                text(
                    &at.join("study.toml"),
                    "a = ".to_owned() + &"[".repeat(MANY),
                )
            },
            None,
            "",
        ),
        (
            "deep tables",
            |at| text(&at.join("study.toml"), "a.".repeat(200_000) + "b = 1"),
            None,
            "",
        ),
        (
            "4 GiB of settings",
            |at| sparse(&at.join("study.toml"), "title = \""),
            None,
            "it has more than 1 MiB",
        ),
        (
            "a folder",
            |at| fs::create_dir(at.join("study.toml")).unwrap(),
            None,
            "it is no file",
        ),
        (
            "4 GiB of labels",
            |at| sparse(&at.join("labels"), "id,label\n"),
            Some(""),
            "it has more than 64 MiB",
        ),
        (
            "a bomb of labels",
            |at| zip(&at.join("labels"), &[("content.xml", "<a>", 600 << 20)]),
            Some(""),
            "far larger than a worksheet",
        ),
        (
            "labels of a million rows and columns",
            |at| {
                let content = "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"a\">\
                     <table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell \
                     table:number-columns-repeated=\"16384\" office:value-type=\"string\"><text:p>a</text:p>\
                     </table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>";
                zip(
                    &at.join("labels"),
                    &[
                        (
                            "mimetype",
                            "application/vnd.oasis.opendocument.spreadsheet",
                            0,
                        ),
                        ("content.xml", content, 0),
                    ],
                );
            },
            Some(""),
            "far larger than a worksheet",
        ),
        (
            "zeros",
            |at| text(&at.join("labels"), vec![0; 1 << 20]),
            Some(""),
            "no table of text",
        ),
    ];
    for (name, make, needs_study, said) in cases {
        for file in ["study.toml", "labels"] {
            let path = at.join(file);
            if path.is_dir() {
                fs::remove_dir(&path).unwrap();
            } else {
                let _ = fs::remove_file(&path);
            }
        }
        if needs_study.is_some() {
            text(&at.join("study.toml"), &with_audit);
        }
        make(at);
        let ended = watched(&["run", "study.toml"], at);
        let case = Case {
            name,
            file: "",
            make: |_| {},
            expected: Refused(Box::leak(said.to_owned().into_boxed_str())),
        };
        assert_eq!(faults(&case, &ended), Vec::<String>::new());
        assert!(!at.join("out").exists());
    }
}

/// One byte makes the reader of old workbooks panic (found by fuzzing), and that of new ones
/// repeats what stands in a cell: neither is told.
#[test]
fn a_broken_workbook_is_refused_without_a_word_of_its_reader() {
    let folder = tempfile::tempdir().unwrap();
    let fixture = "tests/fixtures/linkedin-page/workbook/gemeente_nl_followers_1755216000000.xls";
    let mut bytes = fs::read(super::root().join(fixture)).unwrap();
    bytes[514] = 0;
    text(&folder.path().join("broken.xls"), bytes);
    workbook(
        &folder.path().join("broken.xlsx"),
        "<c r=\"A1\" t=\"e\"><v>sirobi_hzm</v></c>",
    );
    for file in ["broken.xls", "broken.xlsx"] {
        let Ended { code, stderr, .. } = watched(&["inspect", file], folder.path());
        assert_eq!(code, Some(2));
        assert!(stderr.contains("its structure is broken"), "{stderr}");
        for told in ["panicked", "was not made for", "sirobi_hzm"] {
            assert!(!stderr.contains(told), "{stderr}");
        }
    }
}
