//! Compressed bytes that become far too many.

use std::io::{self, BufRead, Read};

/// No list of followers shrinks to less than this part of itself; a file that is made to
/// fill the memory or the disk does.
const RATIO: u64 = 200;

/// So much may come out of any file: small ones may be very uniform.
const FREE: u64 = 64 << 20;

/// Reads what comes out of a decompressor, and fails beyond [`RATIO`] times the bytes that
/// go in.
pub struct Unpacked<R> {
    inner: R,
    left: u64,
}

impl<R> Unpacked<R> {
    /// A reader of what `packed` bytes become.
    pub fn new(inner: R, packed: u64) -> Self {
        Self {
            inner,
            left: packed.saturating_mul(RATIO).max(FREE),
        }
    }

    fn take(&mut self, read: usize) -> io::Result<()> {
        self.left = self
            .left
            .checked_sub(read as u64)
            .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, TOO_MUCH))?;
        Ok(())
    }
}

/// What is said of such a file.
const TOO_MUCH: &str = "it unpacks to more than 200 times its size, as no export does";

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.take(read)?;
        Ok(read)
    }
}

/// Lets only so many bytes of one row pass: a row that never ends must not fill the memory.
pub struct Rowwise<'a> {
    inner: &'a mut dyn BufRead,
    left: &'a std::cell::Cell<usize>,
}

/// The longest row of a table, and what is read ahead of it.
pub const LONGEST_ROW: usize = 16 << 20;

impl<'a> Rowwise<'a> {
    /// A reader that fails once `left` is used up; whoever reads rows fills it again with
    /// [`LONGEST_ROW`] before each.
    pub fn new(inner: &'a mut dyn BufRead, left: &'a std::cell::Cell<usize>) -> Self {
        Self { inner, left }
    }
}

impl Read for Rowwise<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left.get() == 0 {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "a row has more than 16 MiB",
            ));
        }
        let length = buffer.len().min(self.left.get());
        let read = self
            .inner
            .read(buffer.get_mut(..length).unwrap_or_default())?;
        self.left.set(self.left.get() - read);
        Ok(read)
    }
}
