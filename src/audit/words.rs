//! The words that analysts write, and what spreadsheet programs do to ids.

use super::Label;

/// What an analyst may write, in lower case, and what it means.
const WORDS: [(&str, Label); 28] = [
    ("dormant", Label::Dormant),
    ("asleep", Label::Dormant),
    ("sleeping", Label::Dormant),
    ("inactive", Label::Dormant),
    ("slapend", Label::Dormant),
    ("slapende", Label::Dormant),
    ("slaapt", Label::Dormant),
    ("inactief", Label::Dormant),
    ("active", Label::Active),
    ("awake", Label::Active),
    ("actief", Label::Active),
    ("wakker", Label::Active),
    ("unknown", Label::Unknown),
    ("unclear", Label::Unknown),
    ("can't tell", Label::Unknown),
    ("cannot tell", Label::Unknown),
    ("onbekend", Label::Unknown),
    ("onduidelijk", Label::Unknown),
    ("weet niet", Label::Unknown),
    ("niet te zien", Label::Unknown),
    ("niet te zeggen", Label::Unknown),
    ("?", Label::Unknown),
    // An account that is gone is not dormant, and what it was at the census is not seen.
    ("gone", Label::Unknown),
    ("deleted", Label::Unknown),
    ("suspended", Label::Unknown),
    ("verdwenen", Label::Unknown),
    ("verwijderd", Label::Unknown),
    ("geschorst", Label::Unknown),
];

/// What a cell of the column `label` says.
pub enum Meaning {
    /// Nothing.
    Blank,
    /// A label.
    Label(Label),
    /// A word that is none.
    Other,
}

/// Reads a cell of the column `label`.
pub fn meaning(cell: &str) -> Meaning {
    let word = cell
        .trim_matches(|letter: char| letter.is_whitespace() || matches!(letter, '"' | '\'' | '.'))
        .replace('’', "'")
        .to_lowercase();
    if word.is_empty() {
        return Meaning::Blank;
    }
    WORDS
        .iter()
        .find(|(known, _)| *known == word)
        .map_or(Meaning::Other, |&(_, label)| Meaning::Label(label))
}

/// Whether a spreadsheet program has rounded an id: `8.41E+17`, `8,41E17`.
pub fn is_rounded(id: &str) -> bool {
    let Some((mantissa, exponent)) = id.split_once(['E', 'e']) else {
        return false;
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let exponent = exponent.strip_prefix('+').unwrap_or(exponent);
    digits(exponent)
        && mantissa.starts_with(|letter: char| letter.is_ascii_digit())
        && digits(&mantissa.replacen(['.', ','], "", 1))
}
