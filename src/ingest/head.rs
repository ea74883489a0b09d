//! The beginning of a file, by which it is recognised.
//!
//! All formats are asked about the same head, so what several of them look at (the keys of
//! JSON, the headings of a table, the rows of a page) is made out once.

use std::cell::OnceCell;

use super::html;
use super::json::outline::Outline;
use super::text::delimited::Header;
use super::text::sheet::Sheet;

/// How much of a file is looked at.
pub const LENGTH: usize = 64 * 1024;

/// The first bytes of a file (after decompression), without a byte order mark.
#[derive(Debug)]
pub struct Head<'a> {
    /// The bytes, at most [`LENGTH`].
    pub bytes: &'a [u8],
    /// Whether this is the whole file.
    pub whole: bool,
    /// The name of the file; empty where it does not matter. Only for what cannot be told
    /// by the bytes.
    pub name: &'a str,
    outline: OnceCell<Outline>,
    page: OnceCell<Option<html::Outline>>,
    header: OnceCell<Header>,
    sheet: OnceCell<Sheet>,
}

impl<'a> Head<'a> {
    /// The head in these bytes.
    pub fn new(bytes: &'a [u8], whole: bool) -> Self {
        Self {
            bytes: bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes),
            whole,
            name: "",
            outline: OnceCell::new(),
            page: OnceCell::new(),
            header: OnceCell::new(),
            sheet: OnceCell::new(),
        }
    }

    /// The same head, of a file of this name.
    pub fn named(self, name: &'a str) -> Self {
        Self { name, ..self }
    }

    /// Its keys, where it is JSON.
    pub fn outline(&self) -> &Outline {
        self.outline.get_or_init(|| Outline::of(self))
    }

    /// Its title and first row, where it is a page of Meta.
    pub fn page(&self) -> Option<&html::Outline> {
        self.page.get_or_init(|| html::Outline::of(self)).as_ref()
    }

    /// Its headings, where it is a table of one row a follower.
    pub fn header(&self) -> &Header {
        self.header.get_or_init(|| Header::of(self))
    }

    /// Its first lines, where it is a table of totals.
    pub fn sheet(&self) -> &Sheet {
        self.sheet.get_or_init(|| Sheet::head(self))
    }

    /// The bytes from the first that is not white.
    pub fn trimmed(&self) -> &'a [u8] {
        self.bytes.trim_ascii_start()
    }

    /// Whether the text stands in it.
    pub fn contains(&self, text: &str) -> bool {
        let text = text.as_bytes();
        self.bytes.windows(text.len()).any(|window| window == text)
    }

    /// The first line that is not empty, without its line end; lossy.
    pub fn first_line(&self) -> String {
        let line = self.trimmed();
        let end = line
            .iter()
            .position(|byte| matches!(byte, b'\n' | b'\r'))
            .unwrap_or(line.len());
        String::from_utf8_lossy(line.get(..end).unwrap_or(line))
            .trim_end()
            .to_owned()
    }

    /// Whether it begins like JSON.
    pub fn is_json(&self) -> bool {
        matches!(self.trimmed().first(), Some(b'{' | b'['))
    }

    /// Whether nothing is in the whole file but white space, or JSON's empty brackets.
    pub fn is_empty(&self) -> bool {
        self.whole
            && self
                .bytes
                .iter()
                .all(|byte| byte.is_ascii_whitespace() || b"[]{},".contains(byte))
    }
}
