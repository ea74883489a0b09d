//! What went wrong, where, what was expected, and what to do.
//!
//! One kind of error for the whole house: every stage fails the same way, with
//! a place (file, row, column) and a way out. A message speaks of the shape of
//! a cell, never of its content, because a cell may hold a person's data.

use std::cell::Cell;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

use miette::{Diagnostic, LabeledSpan, NamedSource, SourceCode};

/// The result of everything that can fail for a reason that the user can mend.
pub type Result<T> = std::result::Result<T, Error>;

/// A failure with its place and its way out; ends the run with exit code 2.
#[derive(Debug)]
pub struct Error(Box<Parts>);

#[derive(Debug)]
struct Parts {
    code: &'static str,
    message: String,
    path: Option<String>,
    row: Option<u64>,
    column: Option<String>,
    help: Option<String>,
    snippet: Option<Snippet>,
}

#[derive(Debug)]
struct Snippet {
    source: NamedSource<String>,
    label: LabeledSpan,
}

/// A number with the word that it counts, in the language of messages: "1 row", "20 rows".
pub fn counted(n: u64, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

impl Error {
    /// An error of the kind `code` (`stage::what`, for searching), saying what was
    /// found and what was expected.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self(Box::new(Parts {
            code,
            message: message.into(),
            path: None,
            row: None,
            column: None,
            help: None,
            snippet: None,
        }))
    }

    /// The file (or `archive!member`) in which it happened.
    #[must_use]
    pub fn at(mut self, path: impl Into<String>) -> Self {
        self.0.path.get_or_insert(path.into());
        self
    }

    /// The row of the file, counted from 1 as a person would count it.
    #[must_use]
    pub fn row(mut self, row: u64) -> Self {
        self.0.row = Some(row);
        self
    }

    /// The same error further down in the file: its row comes after so many others.
    #[must_use]
    pub fn later(mut self, rows: u64) -> Self {
        self.0.row = self.0.row.map(|row| row.saturating_add(rows));
        self
    }

    /// The column or key in which it happened.
    #[must_use]
    pub fn column(mut self, column: impl Into<String>) -> Self {
        self.0.column = Some(column.into());
        self
    }

    /// What the user can do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.0.help = Some(help.into());
        self
    }

    /// The lines of a settings file around the mistake. Never used on exports.
    #[must_use]
    pub fn snippet(
        mut self,
        path: &str,
        text: &str,
        span: std::ops::Range<usize>,
        label: impl Into<String>,
    ) -> Self {
        self.0.snippet = Some(Snippet {
            source: NamedSource::new(path, text.to_owned()),
            label: LabeledSpan::new_with_span(Some(label.into()), span),
        });
        self
    }

    /// The kind of error, `stage::what`.
    pub fn kind(&self) -> &'static str {
        self.0.code
    }

    /// The way out, if one is known.
    pub fn way_out(&self) -> Option<&str> {
        self.0.help.as_deref()
    }
}

thread_local! {
    static CAUGHT: Cell<bool> = const { Cell::new(false) };
}

/// Runs code of others that may panic on files of others; `None` where it did. Nothing is
/// printed of it.
pub fn caught<T>(run: impl FnOnce() -> T) -> Option<T> {
    let outer = CAUGHT.replace(true);
    let result = catch_unwind(AssertUnwindSafe(run));
    CAUGHT.set(outer);
    result.ok()
}

/// Whether a panic of this thread would be [`caught`].
pub fn is_caught() -> bool {
    CAUGHT.get()
}

/// What the system says of a file, without the name of a temporary one that nobody knows of.
pub fn plainly(error: &std::io::Error) -> String {
    let said = error.to_string();
    match said.split_once(" at path ") {
        Some((what, _)) => what.to_owned(),
        None => said,
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = &self.0;
        if let Some(path) = &parts.path {
            write!(f, "{path}")?;
            if let Some(row) = parts.row {
                write!(f, ", row {row}")?;
            }
            if let Some(column) = &parts.column {
                write!(f, ", column {column}")?;
            }
            write!(f, ": ")?;
        }
        f.write_str(&parts.message)
    }
}

impl std::error::Error for Error {}

impl Diagnostic for Error {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(self.0.code))
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.0
            .help
            .as_ref()
            .map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.0
            .snippet
            .as_ref()
            .map(|snippet| &snippet.source as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.0.snippet.as_ref().map(|snippet| {
            Box::new(std::iter::once(snippet.label.clone()))
                as Box<dyn Iterator<Item = LabeledSpan>>
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_temporary_name_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let absent = folder.path().join("absent");
        let error = tempfile::tempdir_in(&absent).unwrap_err();
        assert!(error.to_string().contains("absent"));
        let said = plainly(&error);
        assert!(!said.is_empty() && !said.contains("absent"), "{said}");
        assert_eq!(plainly(&std::io::Error::other("full")), "full");
    }
}
