//! Texts that Meta has encoded twice.
//!
//! Its JSON writes every byte of a text in UTF-8 as a character of its own: `René` comes
//! as `RenÃ©`. Undone only where the whole text shows it: no character is beyond U+00FF,
//! and these as bytes are UTF-8. A name that is really written so, such as `Ã©` alone in
//! a longer text with other letters, is no UTF-8 and stays.

use std::borrow::Cow;

/// The text as it was meant.
///
/// # Examples
/// ```
/// use dormouse::ingest::text::mojibake::repaired;
/// assert_eq!(repaired("RenÃ©"), "René");
/// assert_eq!(repaired("René"), "René");
/// assert_eq!(repaired("Łukasz Ã©"), "Łukasz Ã©");
/// ```
pub fn repaired(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let bytes: Result<Vec<u8>, _> = text.chars().map(u8::try_from).collect();
    match bytes.ok().and_then(|bytes| String::from_utf8(bytes).ok()) {
        Some(text) => Cow::Owned(text),
        None => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_what_was_encoded_twice() {
        for (text, expected) in [
            ("", ""),
            ("voorbeeld", "voorbeeld"),
            ("Ã\u{89}lise", "Élise"),
            ("ð\u{9F}\u{90}\u{AD}", "🐭"),
            ("Élise", "Élise"),
            ("Ã©Ł", "Ã©Ł"),
            // A part alone is no UTF-8.
            ("Ã© en é", "Ã© en é"),
            ("Ã", "Ã"),
        ] {
            assert_eq!(repaired(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn undoes_what_meta_does(text in ".{0,30}") {
            let twice: String = text.bytes().map(char::from).collect();
            prop_assert_eq!(repaired(&twice), text);
        }
    }
}
