//! A limit for rows of delimited text.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

/// Stops a row that does not end: a quotation mark that nobody closes would otherwise
/// take the whole file into memory before it shows.
pub struct Fuse<'a> {
    input: &'a mut dyn BufRead,
    left: Rc<Cell<usize>>,
}

impl<'a> Fuse<'a> {
    /// A fuse, and the number of bytes that may still be read, to be set anew for each row.
    pub fn new(input: &'a mut dyn BufRead, left: usize) -> (Self, Rc<Cell<usize>>) {
        let left = Rc::new(Cell::new(left));
        let fuse = Self {
            input,
            left: Rc::clone(&left),
        };
        (fuse, left)
    }
}

impl Read for Fuse<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.left.get();
        if left == 0 {
            return Err(io::Error::other(Endless));
        }
        let length = buffer.len().min(left);
        let read = self
            .input
            .read(buffer.get_mut(..length).unwrap_or_default())?;
        self.left.set(left - read);
        Ok(read)
    }
}

/// What a [`Fuse`] fails with.
#[derive(Debug)]
struct Endless;

impl std::fmt::Display for Endless {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a row does not end")
    }
}

impl std::error::Error for Endless {}

/// Whether reading stopped because a row does not end.
pub fn is_endless(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|inner| inner.is::<Endless>())
}
