//! Files that are none of the formats: what they look like, and the way out.

use super::adapters::{instagram_followers, tiktok_follower_text};
use super::head::Head;
use super::recognise::Refusal;

/// What a file looks like.
static LOOKS: &[Refusal] = &[
    WEB_PAGE,
    OTHER_ARCHIVE,
    API_ERROR,
    instagram_followers::WITHOUT_DATES,
    tiktok_follower_text::WITHOUT_DATES,
    OTHER_DELIMITER,
    TABLE,
];

/// What servers answer instead of a download.
const WEB_PAGE: Refusal = Refusal {
    what: "this is a web page, and not an export",
    help: "open it in a browser: it may ask to log in, or say that the download has expired; \
           then download the export again",
    recognise: |head| {
        let start = head.trimmed().get(..14).unwrap_or(head.trimmed());
        let start = start.to_ascii_lowercase();
        start == b"<!doctype html" || start.starts_with(b"<html")
    },
};

/// Archives that other programs make.
const OTHER_ARCHIVE: Refusal = Refusal {
    what: "this is an archive of another kind than zip, which is not read",
    help: "unpack it, and bring the files that were in it",
    recognise: |head| {
        [b"Rar!\x1A\x07".as_slice(), b"7z\xBC\xAF\x27\x1C"]
            .iter()
            .any(|start| head.bytes.starts_with(start))
    },
};

/// What an API answers where it gives nothing.
const API_ERROR: Refusal = Refusal {
    what: "this is an error that an API has answered, and not a list",
    help: "look into the file for its reason (a limit of calls, a login that has expired), then \
           fetch the list again",
    recognise: |head| {
        let outline = head.outline();
        ["error", "errors"]
            .iter()
            .any(|key| outline.has(&["", "[]"], &[key]))
    },
};

/// Tables of programs that divide cells by something else.
const OTHER_DELIMITER: Refusal = Refusal {
    what: "this looks like a table whose cells are divided by `|`",
    help: "save it with commas, semicolons or tabs between the cells",
    recognise: |head| {
        let lines = &head.sheet().lines;
        let bars = |line: usize| {
            let line = lines.get(line).filter(|line| line.cells.len() == 1)?;
            Some(line.cell(0).matches('|').count())
        };
        bars(0).is_some_and(|number| number > 0) && bars(0) == bars(1)
    },
};

/// Tables whose headings nobody has told the program.
const TABLE: Refusal = Refusal {
    what: "this is a table, and its headings are none that lists of followers are known to have",
    help: "if it does list followers, say under [channel.columns] of the study file what its \
           columns mean; `dormouse formats` lists what is known by itself",
    recognise: |head| {
        let is_text = |byte: &u8| !byte.is_ascii_control() || byte.is_ascii_whitespace();
        let width = |line: usize| head.sheet().lines.get(line).map(|line| line.cells.len());
        !head.is_json()
            && head.bytes.iter().all(is_text)
            && width(0).is_some_and(|width| width > 1)
            && width(0) == width(1)
    },
};

static ANYTHING: Refusal = Refusal {
    what: "this is none of the known exports of followers",
    help: "`dormouse formats` lists what can be read and how to get it",
    recognise: |_| true,
};

/// What a file looks like that none of the formats fits.
pub fn look(head: &Head<'_>) -> &'static Refusal {
    LOOKS
        .iter()
        .find(|look| (look.recognise)(head))
        .unwrap_or(&ANYTHING)
}
