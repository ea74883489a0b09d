//! The instant in a record key of the AT Protocol (a TID).
//!
//! Source: <https://atproto.com/specs/tid>.

/// The digits, from 0 to 31.
const DIGITS: &[u8; 32] = b"234567abcdefghijklmnopqrstuvwxyz";

/// When a record was made, in milliseconds since 1970, by its key of 13 characters.
///
/// The program that makes a record also makes its key, so the instant is what that
/// program says; `None` where the key is no TID.
///
/// # Formula
/// ms = ⌊(n >> 10) / 1000⌋, n the key as a number to the base 32, below 2⁶³; the lowest
/// 10 bits name the clock.
///
/// # Examples
/// ```
/// use dormouse::frame::dates::iso_8601;
/// use dormouse::ingest::tid;
/// assert_eq!(tid::instant("3jzfcijpj2z2a"), iso_8601(b"2023-06-30T15:03:01.887Z"));
/// assert_eq!(tid::instant("self"), None);
/// ```
pub fn instant(key: &str) -> Option<i64> {
    let key = key.as_bytes();
    if key.len() != 13 {
        return None;
    }
    let number = key.iter().try_fold(0_u64, |number, byte| {
        let digit = DIGITS.iter().position(|digit| digit == byte)? as u64;
        // 13 digits have 65 bits, of which the uppermost 2 must be unset.
        (number < 1 << 58).then_some(number << 5 | digit)
    })?;
    i64::try_from((number >> 10) / 1000).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn keys() {
        for (key, expected) in [
            ("2222222222222", Some(0)),
            ("bzzzzzzzzzzzz", Some(9_007_199_254_740)),
            ("czzzzzzzzzzzz", None),
            ("zzzzzzzzzzzzz", None),
            ("3jzfcijpj2z2", None),
            ("3jzfcijpj2z2aa", None),
            ("3jzfcijpj2z21", None),
            ("3JZFCIJPJ2Z2A", None),
            ("", None),
        ] {
            assert_eq!(instant(key), expected, "{key}");
        }
    }

    proptest! {
        #[test]
        fn instants_come_back(ms in 0_u64..9_007_199_254_740, clock in 0_u64..1024) {
            let number = (ms * 1000) << 10 | clock;
            let key: String = (0..13)
                .rev()
                .map(|place| DIGITS[(number >> (5 * place) & 31) as usize] as char)
                .collect();
            prop_assert_eq!(instant(&key), i64::try_from(ms).ok());
        }

        #[test]
        fn no_text_panics(key in any::<String>()) {
            let _ = instant(&key);
        }
    }
}
