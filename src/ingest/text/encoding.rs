//! In which encoding a file is, decided once a file: a byte order mark or the place of
//! the zero bytes tells UTF-16, everything else is passed on as it is.
//!
//! Text that is not UTF-8 and small enough to be held whole is read as Windows-1252,
//! what Excel writes on a Western European computer ([`text`]).

use std::io::{self, BufRead, Read};

use encoding_rs::{Decoder, Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How much is decoded at once.
const BLOCK: usize = 1 << 16;

/// Code units that are looked at where there is no byte order mark.
const LOOKED_AT: usize = 16;

/// The UTF-16 that a file begins in, if it does.
pub fn utf_16(start: &[u8]) -> Option<&'static Encoding> {
    match start {
        [0xFF, 0xFE, ..] => Some(UTF_16LE),
        [0xFE, 0xFF, ..] => Some(UTF_16BE),
        _ => {
            let units = || start.chunks_exact(2).take(LOOKED_AT);
            let is_text = |byte: u8| byte.is_ascii_graphic() || byte.is_ascii_whitespace();
            if units().len() < 2 {
                None
            } else if units().all(|unit| matches!(*unit, [text, 0] if is_text(text))) {
                Some(UTF_16LE)
            } else if units().all(|unit| matches!(*unit, [0, text] if is_text(text))) {
                Some(UTF_16BE)
            } else {
                None
            }
        }
    }
}

/// A whole text, whatever it was written in.
pub fn text(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        // A character that the end of the file, or of what was read of it, cuts in two.
        Err(error) if error.error_len().is_none() => String::from_utf8_lossy(bytes).into_owned(),
        Err(_) => WINDOWS_1252
            .decode_without_bom_handling(bytes)
            .0
            .into_owned(),
    }
}

/// UTF-16 in, UTF-8 out; what is no character becomes U+FFFD.
pub struct Utf8<R> {
    input: R,
    decoder: Decoder,
    ready: Vec<u8>,
    at: usize,
    ended: bool,
}

impl<R: BufRead> Utf8<R> {
    /// Decodes `input`, without its byte order mark.
    pub fn new(input: R, encoding: &'static Encoding) -> Self {
        Self {
            input,
            decoder: encoding.new_decoder_with_bom_removal(),
            ready: Vec::with_capacity(BLOCK),
            at: 0,
            ended: false,
        }
    }

    fn decode(&mut self) -> io::Result<()> {
        let mut decoded = String::with_capacity(BLOCK);
        let block = self.input.fill_buf()?;
        let last = block.is_empty();
        let (_, taken, _) = self.decoder.decode_to_string(block, &mut decoded, last);
        self.input.consume(taken);
        self.ended = last;
        self.ready = decoded.into_bytes();
        self.at = 0;
        Ok(())
    }
}

impl<R: BufRead> Read for Utf8<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.ready.len() && !self.ended {
            self.decode()?;
        }
        let mut rest = self.ready.get(self.at..).unwrap_or_default();
        let read = rest.read(buffer)?;
        self.at += read;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn encoded(text: &str, big: bool, mark: bool) -> Vec<u8> {
        let mark = mark.then_some(0xFEFF);
        mark.into_iter()
            .chain(text.encode_utf16())
            .flat_map(|unit: u16| {
                if big {
                    unit.to_be_bytes()
                } else {
                    unit.to_le_bytes()
                }
            })
            .collect()
    }

    fn decoded(bytes: &[u8]) -> String {
        let encoding = utf_16(bytes).unwrap();
        let mut text = String::new();
        // Small blocks, so that characters are cut in two.
        let input = io::BufReader::with_capacity(3, bytes);
        Utf8::new(input, encoding)
            .read_to_string(&mut text)
            .unwrap();
        text
    }

    #[test]
    fn both_orders_with_mark_and_without() {
        let text = "sep=,\n\"Instagram follows\"\nVoorbeeld é 😀\n".repeat(5000);
        for (big, mark) in [(false, true), (true, true), (false, false), (true, false)] {
            assert_eq!(decoded(&encoded(&text, big, mark)), text, "{big} {mark}");
        }
    }

    #[test]
    fn other_files_are_left_alone() {
        for bytes in [
            b"".as_slice(),
            b"a",
            b"\0\0\0\0",
            b"a\0",
            b"id,name\n",
            b"\xEF\xBB\xBFid",
        ] {
            assert_eq!(utf_16(bytes), None, "{bytes:?}");
        }
    }

    #[test]
    fn small_texts() {
        assert_eq!(text(b"\xEF\xBB\xBFcaf\xC3\xA9"), "café");
        assert_eq!(text(b"caf\xE9;\x80"), "café;€");
        assert_eq!(text(b"caf\xC3"), "caf\u{FFFD}");
    }

    proptest! {
        #[test]
        fn what_was_encoded_is_decoded(text in ".{0,50}", big: bool) {
            prop_assert_eq!(decoded(&encoded(&text, big, true)), text);
        }

        #[test]
        fn no_bytes_panic(bytes in any::<Vec<u8>>()) {
            let _ = text(&bytes);
            if let Some(encoding) = utf_16(&bytes) {
                let mut text = String::new();
                let _ = Utf8::new(bytes.as_slice(), encoding).read_to_string(&mut text);
            }
        }
    }
}
