//! The date of a post that stands as a whole in a cell.

use crate::frame::dates::{iso_8601, x_api};

/// The `created_at` of the outermost object, whether JSON or printed by Python.
///
/// A repost carries the post that it repeats, and every post its author, each with a
/// `created_at` of its own; so only keys of the first level count.
pub fn post_date(cell: &[u8]) -> Option<i64> {
    let start = cell.iter().position(|&byte| byte == b'{')?;
    let mut rest = cell.get(start..)?;
    let mut depth = 0u32;
    let mut is_date_next = false;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match byte {
            b'{' | b'[' | b'(' => depth += 1,
            b'}' | b']' | b')' => depth = depth.checked_sub(1)?,
            b'"' | b'\'' => {
                let end = end_of_string(rest, byte)?;
                let (text, after) = rest.split_at_checked(end)?;
                rest = after.get(1..)?;
                if is_date_next {
                    return x_api(text).or_else(|| iso_8601(text));
                }
                is_date_next = depth == 1
                    && text == b"created_at"
                    && rest.trim_ascii_start().first() == Some(&b':');
            }
            _ => {}
        }
    }
    None
}

/// Where the string ends that `quote` has opened.
fn end_of_string(text: &[u8], quote: u8) -> Option<usize> {
    let mut escaped = false;
    text.iter().position(|&byte| {
        let ends = byte == quote && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn posts() {
        let instant = iso_8601(b"2017-03-13T16:05:22Z");
        for cell in [
            r#"{"created_at":"Mon Mar 13 16:05:22 +0000 2017","id":1}"#,
            "{'id': 1, 'created_at': 'Mon Mar 13 16:05:22 +0000 2017'}",
            "{u'user': {u'created_at': u'Sat Oct 17 22:35:31 +0000 2015'}, \
             u'created_at': u'Mon Mar 13 16:05:22 +0000 2017'}",
            r"{'text': 'it\'s {', 'created_at': 'Mon Mar 13 16:05:22 +0000 2017'}",
            "Status(_api=<tweepy.api.API object at 0x7f>, _json={'text': 'created_at', \
             'created_at': 'Mon Mar 13 16:05:22 +0000 2017'})",
        ] {
            assert_eq!(post_date(cell.as_bytes()), instant, "{cell}");
        }
        for cell in [
            "{'user': {'created_at': 'Mon Mar 13 16:05:22 +0000 2017'}}",
            "{'created_at': 'gisteren'}",
            "{'created_at",
            "een bericht",
        ] {
            assert_eq!(post_date(cell.as_bytes()), None, "{cell}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(cell in any::<Vec<u8>>()) {
            let _ = post_date(&cell);
        }

        #[test]
        fn no_object_panics(cell in r#"[{}\[\]'":\\a ]{0,30}"#) {
            let _ = post_date(cell.as_bytes());
        }
    }
}
