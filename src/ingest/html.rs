//! Pages of Meta's downloads: lists for people to look at, one box a row.
//!
//! ```text
//! <title>Followers</title>
//! <div class="pam … _a6-g uiBoxWhite noborder"> texts, links, one perhaps a date </div>
//! ```
//!
//! The page is streamed tag by tag; memory holds one row. Of a row the texts are kept in
//! their order and where it links to; what they mean is the adapter's to say. Since 2022 a
//! row has the class `_a6-g`; before, only `uiBoxWhite`, which the newer ones have too.

use std::io::{self, Read};

use html5gum::emitters::callback::{Callback, CallbackEmitter, CallbackEvent};
use html5gum::{IoReader, Span, Tokenizer};

use super::container::{Member, unreadable};
use super::head::Head;
use super::text::encoding;
use crate::error::{Error, Result, counted};

/// The classes of a row.
const ROW: [&str; 2] = ["_a6-g", "uiBoxWhite"];

/// The class of the body of every page.
const PAGE: &str = "_5vb_";

/// More texts than a row about one person has.
const TEXTS: usize = 8;

/// The longest tag or text.
const LONGEST: usize = 16 << 20;

/// One box of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// What stands in it, without white space around; at most a few.
    pub texts: Vec<String>,
    /// Where its first link leads that leads anywhere.
    pub link: Option<String>,
}

/// A piece of a page.
#[derive(Debug, PartialEq, Eq)]
enum Piece {
    Body,
    Title(String),
    Row(Row),
    End,
}

/// What the beginning of a page shows.
#[derive(Debug, Default)]
pub struct Outline {
    /// Its title; empty where there is none.
    pub title: String,
    /// Its first row.
    pub first: Option<Row>,
}

impl Outline {
    /// The outline of a head; `None` where it is no page of Meta.
    pub fn of(head: &Head<'_>) -> Option<Self> {
        if head.trimmed().first() != Some(&b'<') {
            return None;
        }
        let mut outline = Self::default();
        let mut is_meta = false;
        for piece in pieces(head.bytes) {
            // Bytes in memory can be read.
            match piece.ok()? {
                Piece::Title(title) => outline.title = title,
                Piece::Body => is_meta = true,
                Piece::Row(row) => {
                    outline.first = Some(row);
                    break;
                }
                Piece::End => break,
            }
        }
        (is_meta || outline.first.is_some()).then_some(outline)
    }
}

/// Streams the rows of a page into `sink`.
///
/// # Errors
/// The file cannot be read or breaks off; and whatever `sink` fails with.
pub fn read(member: &Member, sink: &mut dyn FnMut(Row) -> Result<()>) -> Result<()> {
    let mut rows = 0;
    member.read(|reader| {
        for piece in pieces(reader) {
            match piece.map_err(|error| unreadable(&member.name, &error))? {
                Piece::Row(row) => {
                    rows += 1;
                    sink(row)?;
                }
                Piece::End => return Ok(()),
                Piece::Title(_) | Piece::Body => {}
            }
        }
        Err(Error::new(
            "ingest::truncated",
            format!(
                "the page breaks off after {}: no </html> ends it",
                counted(rows, "row")
            ),
        )
        .help("download the export again, and do not open and save it in an editor"))
    })
}

fn pieces<'a>(input: impl Read + 'a) -> impl Iterator<Item = io::Result<Piece>> + 'a {
    let mut emitter = CallbackEmitter::new(Page::default());
    // What stands in a style or a script is neither tags nor rows.
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(IoReader::new(Bounded { input, since: 0 }), emitter)
}

/// The place in a page, as its tags pass by.
#[derive(Default)]
struct Page {
    tag: Tag,
    attribute: Attribute,
    class: String,
    href: String,
    title: Option<String>,
    /// The row, and how many boxes deep in it.
    row: Option<(Row, u32)>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Tag {
    Div,
    Body,
    Title,
    Link,
    #[default]
    Other,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Attribute {
    Class,
    Href,
    #[default]
    Other,
}

impl Callback<Piece, ()> for Page {
    fn handle_event(&mut self, event: CallbackEvent<'_>, _: Span<()>) -> Option<Piece> {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag = match name {
                    b"div" => Tag::Div,
                    b"body" => Tag::Body,
                    b"title" => Tag::Title,
                    b"a" => Tag::Link,
                    _ => Tag::Other,
                };
                self.class.clear();
                self.href.clear();
                None
            }
            CallbackEvent::AttributeName { name } => {
                self.attribute = match name {
                    b"class" => Attribute::Class,
                    b"href" => Attribute::Href,
                    _ => Attribute::Other,
                };
                None
            }
            CallbackEvent::AttributeValue { value } => {
                let text = match self.attribute {
                    Attribute::Class => &mut self.class,
                    Attribute::Href => &mut self.href,
                    Attribute::Other => return None,
                };
                *text = encoding::text(value);
                None
            }
            CallbackEvent::CloseStartTag { .. } => self.open(),
            CallbackEvent::String { value } => {
                self.text(value);
                None
            }
            CallbackEvent::EndTag { name } => self.close(name),
            _ => None,
        }
    }
}

impl Page {
    fn has_class(&self, class: &str) -> bool {
        self.class.split_ascii_whitespace().any(|one| one == class)
    }

    fn open(&mut self) -> Option<Piece> {
        let is_row = ROW.iter().any(|class| self.has_class(class));
        match self.tag {
            Tag::Title => self.title = Some(String::new()),
            Tag::Body if self.has_class(PAGE) => return Some(Piece::Body),
            Tag::Div => match &mut self.row {
                Some((_, depth)) => *depth += 1,
                None if is_row => self.row = Some((Row::default(), 0)),
                None => {}
            },
            Tag::Link => {
                if let Some((row, _)) = &mut self.row
                    && row.link.is_none()
                    && !self.href.is_empty()
                    && !self.href.starts_with('#')
                {
                    row.link = Some(self.href.clone());
                }
            }
            Tag::Body | Tag::Other => {}
        }
        None
    }

    fn text(&mut self, value: &[u8]) {
        let value = value.trim_ascii();
        if value.is_empty() {
            return;
        }
        if let Some(title) = &mut self.title {
            *title = encoding::text(value).trim().to_owned();
        } else if let Some((row, _)) = &mut self.row
            && row.texts.len() < TEXTS
        {
            row.texts.push(encoding::text(value).trim().to_owned());
        }
    }

    fn close(&mut self, name: &[u8]) -> Option<Piece> {
        match name {
            b"title" => self.title.take().map(Piece::Title),
            b"html" => Some(Piece::End),
            b"div" => match self.row.take()? {
                (row, 0) => Some(Piece::Row(row)),
                (row, depth) => {
                    self.row = Some((row, depth - 1));
                    None
                }
            },
            _ => None,
        }
    }
}

/// Stops where no tag begins for longer than anything between two tags is.
struct Bounded<R> {
    input: R,
    /// Bytes since the last `<`.
    since: usize,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.input.read(buffer)?;
        let read = buffer.get(..length).unwrap_or_default();
        self.since = match memchr::memrchr(b'<', read) {
            Some(place) => length - place,
            None => self.since + length,
        };
        if self.since > LONGEST {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "no tag for 16 MiB, which no page of a download has",
            ));
        }
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn outline(text: &str) -> Option<Outline> {
        Outline::of(&Head::new(text.as_bytes(), true))
    }

    fn rows(text: &str) -> Vec<Row> {
        pieces(text.as_bytes())
            .filter_map(|piece| match piece.unwrap() {
                Piece::Row(row) => Some(row),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn rows_of_both_ages() {
        let page = "<html><head><title> Volgers &amp; meer </title>\
            <style>.x:before{content:\"<div class='_a6-g'>\"}</style></head><body class=\"_5vb_\">\
            <div><div class=\"pam _a6-g uiBoxWhite\"><div><a href=\"#\">x</a>\n\
            <a href=\"https://example.com/a?b&amp;c\"> a&#039;b </a></div>caf\u{E9}</div></div>\
            <div class=\"_2lej uiBoxWhite noborder\"><div>b</div><br><div></div></div></body></html>";
        let read = rows(page);
        assert_eq!(read[0].texts, ["x", "a'b", "café"]);
        assert_eq!(read[0].link.as_deref(), Some("https://example.com/a?b&c"));
        assert_eq!(read[1].texts, ["b"]);
        assert_eq!(read[1].link, None);
        assert_eq!(read.len(), 2);
        let outline = outline(page).unwrap();
        assert_eq!(outline.title, "Volgers & meer");
        assert_eq!(outline.first.as_ref(), read.first());
    }

    #[test]
    fn other_pages() {
        for page in [
            "",
            "{}",
            "<",
            "<html></html>",
            "<p>_a6-g</p>",
            "a <div class=\"_a6-g\">x</div>",
        ] {
            assert!(outline(page).is_none(), "{page}");
        }
        assert!(
            outline("<body class=\"_5vb_ _2yq\"></body>")
                .unwrap()
                .first
                .is_none()
        );
    }

    #[test]
    fn a_row_that_never_ends_does_not_grow() {
        let page = format!("<div class=\"_a6-g\">{}</div>", "a<br>".repeat(1000));
        assert_eq!(rows(&page)[0].texts.len(), TEXTS);
    }

    #[test]
    fn something_else_than_a_page_is_not_held() {
        let endless = io::repeat(b'a').take(1 << 30);
        let mut pieces = pieces(b"<html>".chain(endless));
        assert!(pieces.find_map(io::Result::err).is_some());
    }

    proptest! {
        #[test]
        fn no_page_panics(page in any::<Vec<u8>>()) {
            let _ = pieces(page.as_slice()).count();
        }

        #[test]
        fn no_tags_panic(page in "(<div class=\"_a6-g\">|</div>|<a href=x>|a|</html>|<title>|</title>|<){0,20}") {
            let _ = Outline::of(&Head::new(page.as_bytes(), true));
        }
    }
}
