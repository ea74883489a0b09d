//! The beginning of a file, by which it is recognised.

/// How much of a file is looked at.
pub const LENGTH: usize = 64 * 1024;

/// The first bytes of a file (after decompression), without a byte order mark.
#[derive(Clone, Copy, Debug)]
pub struct Head<'a> {
    /// The bytes, at most [`LENGTH`].
    pub bytes: &'a [u8],
    /// Whether this is the whole file.
    pub whole: bool,
    /// The name of the file; empty where it does not matter. Only for what cannot be told
    /// by the bytes.
    pub name: &'a str,
}

impl<'a> Head<'a> {
    /// The head in these bytes.
    pub fn new(bytes: &'a [u8], whole: bool) -> Self {
        Self {
            bytes: bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes),
            whole,
            name: "",
        }
    }

    /// The same head, of a file of this name.
    pub fn named(self, name: &'a str) -> Self {
        Self { name, ..self }
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
