//! Thrift's compact protocol, as far as Parquet is written in it.
//!
//! Nothing is given where the bytes are not built as they should be.
//!
//! Source: the specification of the compact protocol of Apache Thrift.

/// The types of fields and elements, as they are written.
pub(super) mod code {
    pub const STOP: u8 = 0;
    pub const TRUE: u8 = 1;
    pub const FALSE: u8 = 2;
    pub const BYTE: u8 = 3;
    pub const I16: u8 = 4;
    pub const I32: u8 = 5;
    pub const I64: u8 = 6;
    pub const DOUBLE: u8 = 7;
    pub const BINARY: u8 = 8;
    pub const LIST: u8 = 9;
    pub const STRUCT: u8 = 12;
}

/// What is left of the bytes.
pub(super) struct Compact<'a>(pub &'a [u8]);

impl Compact<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (&byte, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(byte)
    }

    /// Passes over so many bytes.
    pub fn pass(&mut self, bytes: u64) -> Option<()> {
        self.0 = self.0.get(usize::try_from(bytes).ok()?..)?;
        Some(())
    }

    /// A number in groups of seven bits, of at most 64: a length.
    pub fn unsigned(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    /// A whole number with its sign in the lowest bit.
    pub fn signed(&mut self) -> Option<i64> {
        let number = self.unsigned()?;
        Some((number >> 1) as i64 ^ -((number & 1) as i64))
    }

    /// The number and type of the field that comes after `last`; type [`code::STOP`] ends a
    /// structure.
    pub fn field(&mut self, last: i16) -> Option<(i16, u8)> {
        let head = self.byte()?;
        let (step, code) = (head >> 4, head & 0xF);
        let number = match step {
            _ if code == code::STOP => last,
            0 => i16::try_from(self.signed()?).ok()?,
            _ => last.checked_add(i16::from(step))?,
        };
        Some((number, code))
    }

    /// The type of the elements of a list and their number: each takes a byte or more.
    pub fn list(&mut self) -> Option<(u8, u64)> {
        let head = self.byte()?;
        let count = match head >> 4 {
            15 => self.unsigned()?,
            few => u64::from(few),
        };
        (count <= self.0.len() as u64).then_some((head & 0xF, count))
    }
}
