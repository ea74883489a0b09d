//! The numbers of a figure as CSV that a spreadsheet of the reader's country opens.
//!
//! Dutch: semicolons and decimal commas. English: commas and decimal points. Both:
//! UTF-8 with a byte order mark, lines ending in CR LF, and no cell that a
//! spreadsheet would take for a formula.

use crate::model::platform::Language;
use crate::wording::Words;

/// One value of a figure.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A whole number.
    Count(u64),
    /// A share, in [0, 1]; written in per cents to one decimal.
    Share(f64),
    /// A lower limit in [0, 1], rounded down.
    Lower(f64),
    /// An upper limit in [0, 1], rounded up.
    Upper(f64),
    /// An amount of money, to the cent.
    Amount(f64),
    /// A lower limit of an amount, rounded down.
    LowerAmount(f64),
    /// An upper limit of an amount, rounded up.
    UpperAmount(f64),
    /// Nothing there to say.
    Empty,
}

impl Cell {
    /// Words.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    fn written(&self, words: Words) -> String {
        match self {
            Self::Text(text) => harmless(text),
            Self::Count(n) => n.to_string(),
            Self::Share(share) => words.number(*share),
            Self::Lower(share) => words.lower_number(*share),
            Self::Upper(share) => words.upper_number(*share),
            Self::Amount(amount) => words.cents(*amount),
            Self::LowerAmount(amount) => words.lower_cents(*amount),
            Self::UpperAmount(amount) => words.upper_cents(*amount),
            Self::Empty => String::new(),
        }
    }
}

/// Text that no spreadsheet computes: an apostrophe goes before what begins a formula.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// The file; the first row heads the columns.
pub fn csv(rows: &[Vec<Cell>], words: Words) -> String {
    let separator = match words.language() {
        Language::Nl => ';',
        Language::En => ',',
    };
    let mut file = String::from("\u{feff}");
    for row in rows {
        for (place, cell) in row.iter().enumerate() {
            if place > 0 {
                file.push(separator);
            }
            let text = cell.written(words);
            if text.contains([separator, '"', '\n', '\r']) {
                file.push('"');
                file.push_str(&text.replace('"', "\"\""));
                file.push('"');
            } else {
                file.push_str(&text);
            }
        }
        file.push_str("\r\n");
    }
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_has_its_own_signs() {
        let rows = [
            vec![Cell::text("channel"), Cell::text("a;b,c")],
            vec![Cell::Lower(0.4129), Cell::Upper(0.5471)],
            vec![Cell::Share(0.5), Cell::Empty],
            vec![Cell::Count(18_240), Cell::text("=1+1")],
            vec![Cell::text("-x"), Cell::text("say \"x\", y; z")],
        ];
        assert_eq!(
            csv(&rows, Words::new(Language::Nl)),
            "\u{feff}channel;\"a;b,c\"\r\n41,2;54,8\r\n50,0;\r\n18240;'=1+1\r\n'-x;\"say \"\"x\"\", y; z\"\r\n"
        );
        assert_eq!(
            csv(&rows, Words::new(Language::En)),
            "\u{feff}channel,\"a;b,c\"\r\n41.2,54.8\r\n50.0,\r\n18240,'=1+1\r\n'-x,\"say \"\"x\"\", y; z\"\r\n"
        );
    }
}
