//! Compressed bytes that become far too many.

use std::io::{self, Read};

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
