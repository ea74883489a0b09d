//! A file in stretches of whole rows, read side by side.
//!
//! ```text
//! bytes ─ cut ─▶ stretch 1, 2, 3, … ─ rows, by any thread ─▶ intake, in their order ─ batches, by any thread ─▶
//! ```
//!
//! Only what depends on the rows before (which id was seen first) is done in the order of
//! the file, so the outcome does not depend on the number of threads. A file of one
//! stretch is read without any.

use std::io::ErrorKind;
use std::num::NonZeroUsize;
use std::ops::Deref;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::container::{Reader, unreadable};
use super::intake::{Consumer, Intake};
use crate::error::{Error, Result};

/// Bytes of a stretch: enough that taking turns costs nothing, few enough that a stretch
/// stays in the cache of a processor.
const LENGTH: usize = if cfg!(test) { 512 } else { 1 << 19 };

/// More threads than this wait for memory, or for each other.
const MOST_THREADS: usize = 8;

/// Where stretches come from, in their order.
pub trait Source: Send {
    /// Some whole rows, or where they are to be found.
    type Stretch: Default + Send + Sync;

    /// The next stretch, in the place of what is in `stretch`; whether there may be more.
    ///
    /// # Errors
    /// The file cannot be read.
    fn next(&mut self, stretch: &mut Self::Stretch) -> Result<bool>;
}

/// Reads the rows of a stretch. In an error the rows are counted from the first of the
/// intake.
pub type Parse<'a, S> = dyn Fn(&S, &mut Intake<'_>) -> Result<()> + Sync + 'a;

/// Tells from the first stretch and its rows how many rows will come.
pub type Foresee<'a, S> = dyn Fn(&S, u64) -> u64 + Sync + 'a;

/// Reads a stream to its end. `size` is the number of its bytes, where it is known.
///
/// # Errors
/// The stream cannot be read, and whatever `parse` or the consumer of the batches fails
/// with first.
pub fn read_stream<C: Fn(&[u8]) -> usize + Send>(
    stream: Stream<'_, C>,
    size: Option<u64>,
    intake: &mut Intake<'_>,
    parse: &Parse<'_, Bytes>,
) -> Result<()> {
    let size = size.unwrap_or_default();
    read(stream, intake, parse, &|stretch, rows| {
        // A short stretch stands before a row that does not end: it foretells nothing.
        if stretch.len() < LENGTH / 2 {
            return 0;
        }
        let foreseen = rows.saturating_mul(size) / (stretch.len() as u64).max(1);
        // Later rows may be shorter; ids grow with the years, and lists begin with the
        // newest.
        foreseen + foreseen / 16
    })
}

/// Reads all stretches of a source.
///
/// # Errors
/// As [`read_stream`].
pub fn read<S: Source>(
    mut source: S,
    intake: &mut Intake<'_>,
    parse: &Parse<'_, S::Stretch>,
    foresee: &Foresee<'_, S::Stretch>,
) -> Result<()> {
    let mut first = S::Stretch::default();
    let mut more = source.next(&mut first)?;
    let threads = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    if let Some(consume) = intake.consumer().filter(|_| more && threads > 1) {
        let side_by_side = SideBySide {
            threads: threads.min(MOST_THREADS),
            consume,
            parse,
            foresee,
        };
        return side_by_side.read(source, first, intake);
    }
    loop {
        parse(&first, intake)?;
        if !more {
            return Ok(());
        }
        more = source.next(&mut first)?;
    }
}

/// A stream, cut into stretches.
pub struct Stream<'s, C> {
    reader: &'s mut Reader<'s>,
    name: &'s str,
    cut: C,
    /// The beginning of a row whose end is still to be read.
    rest: Vec<u8>,
}

impl<'s, C: Fn(&[u8]) -> usize> Stream<'s, C> {
    /// A stream of a file of this name.
    ///
    /// `cut` says where a stretch ends: the number of its bytes up to and with the last
    /// row that ends in them, zero where none does.
    pub fn new(reader: &'s mut Reader<'s>, name: &'s str, cut: C) -> Self {
        Self {
            reader,
            name,
            cut,
            rest: Vec::new(),
        }
    }
}

impl<C: Fn(&[u8]) -> usize + Send> Source for Stream<'_, C> {
    type Stretch = Bytes;

    fn next(&mut self, stretch: &mut Bytes) -> Result<bool> {
        stretch.clear();
        stretch.append(&self.rest);
        self.rest.clear();
        loop {
            let whole = stretch
                .fill(self.reader)
                .map_err(|error| unreadable(self.name, &error))?;
            if whole {
                return Ok(false);
            }
            let end = (self.cut)(stretch);
            if end > 0 {
                self.rest
                    .extend_from_slice(stretch.get(end..).unwrap_or_default());
                stretch.length = end;
                return Ok(true);
            }
        }
    }
}

/// Bytes in a room that is used again and again, so that it is made and cleared once.
#[derive(Debug, Default)]
pub struct Bytes {
    room: Vec<u8>,
    length: usize,
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        self.room.get(..self.length).unwrap_or_default()
    }
}

impl Bytes {
    fn clear(&mut self) {
        self.length = 0;
    }

    fn append(&mut self, bytes: &[u8]) {
        let end = self.length + bytes.len();
        if self.room.len() < end {
            self.room.resize(end, 0);
        }
        if let Some(room) = self.room.get_mut(self.length..end) {
            room.copy_from_slice(bytes);
        }
        self.length = end;
    }

    /// Reads on, at least a quarter of [`LENGTH`]; whether the stream is at its end.
    fn fill(&mut self, reader: &mut Reader<'_>) -> std::io::Result<bool> {
        let end = LENGTH.max(self.length + LENGTH / 4);
        if self.room.len() < end {
            self.room.resize(end, 0);
        }
        while let Some(room) = self
            .room
            .get_mut(self.length..end)
            .filter(|room| !room.is_empty())
        {
            match reader.read(room) {
                Ok(0) => return Ok(true),
                Ok(read) => self.length += read,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(false)
    }
}

/// Reads stretches with several threads.
struct SideBySide<'p, S> {
    threads: usize,
    consume: &'p Consumer<'p>,
    parse: &'p Parse<'p, S>,
    foresee: &'p Foresee<'p, S>,
}

impl<T: Default + Send + Sync> SideBySide<'_, T> {
    fn read(
        &self,
        source: impl Source<Stretch = T>,
        first: T,
        intake: &mut Intake<'_>,
    ) -> Result<()> {
        let limits = intake.limits();
        let turns = Turns::new(intake);
        let queue = Mutex::new(Queue {
            source,
            number: 0,
            first: Some(first),
            more: true,
        });
        std::thread::scope(|scope| {
            for _ in 0..self.threads {
                scope.spawn(|| {
                    let _guard = Guard(&turns);
                    let mut rows = T::default();
                    // Who reads a stretch also parses it: it is in the cache of that
                    // processor.
                    loop {
                        // Let go of before the rows are read.
                        let next = locked(&queue).next(&mut rows);
                        let Some((number, outcome)) = next else {
                            return;
                        };
                        let mut stretch = Intake::stretch(&limits);
                        let parsed = outcome.and_then(|()| (self.parse)(&rows, &mut stretch));
                        let foreseen = match number {
                            0 => (self.foresee)(&rows, stretch.rows()),
                            _ => 0,
                        };
                        let taken = turns.take(number, |intake| {
                            parsed.map_err(|error| error.later(intake.rows()))?;
                            intake.expect(foreseen);
                            intake.absorb(stretch)
                        });
                        let consumed = match taken {
                            None => return,
                            Some(Ok(None)) => Ok(()),
                            Some(Ok(Some(batch))) => (self.consume)(batch),
                            Some(Err(error)) => Err(error),
                        };
                        if let Err(error) = consumed {
                            turns.fail(error);
                            return;
                        }
                    }
                });
            }
        });
        turns.failure().map_or(Ok(()), Err)
    }
}

/// The stretches that nobody has taken yet.
struct Queue<S: Source> {
    source: S,
    number: u64,
    /// Was read before there were several threads.
    first: Option<S::Stretch>,
    more: bool,
}

impl<S: Source> Queue<S> {
    /// The number of the next stretch, which is then in `stretch` unless it cannot be
    /// read; `None` when all are taken.
    fn next(&mut self, stretch: &mut S::Stretch) -> Option<(u64, Result<()>)> {
        if !self.more {
            return None;
        }
        let outcome = match self.first.take() {
            Some(first) => {
                *stretch = first;
                Ok(())
            }
            None => self.source.next(stretch).map(|more| self.more = more),
        };
        self.more &= outcome.is_ok();
        let number = self.number;
        self.number += 1;
        Some((number, outcome))
    }
}

/// Whose turn it is: stretches are taken in their order.
struct Turns<'i, 'a> {
    state: Mutex<State<'i, 'a>>,
    changed: Condvar,
}

struct State<'i, 'a> {
    next: u64,
    intake: &'i mut Intake<'a>,
    failure: Option<Error>,
    stopped: bool,
}

impl<'i, 'a> Turns<'i, 'a> {
    fn new(intake: &'i mut Intake<'a>) -> Self {
        Self {
            state: Mutex::new(State {
                next: 0,
                intake,
                failure: None,
                stopped: false,
            }),
            changed: Condvar::new(),
        }
    }

    /// Waits until all earlier stretches are taken, then does `what`; nothing where the
    /// reading has stopped before. If `what` fails, no later stretch has its turn.
    fn take<T>(
        &self,
        number: u64,
        what: impl FnOnce(&mut Intake<'a>) -> Result<T>,
    ) -> Option<Result<T>> {
        let mut state = self
            .changed
            .wait_while(locked(&self.state), |state| {
                state.next != number && !state.stopped
            })
            .unwrap_or_else(PoisonError::into_inner);
        if state.stopped {
            return None;
        }
        let done = what(state.intake);
        state.next += 1;
        state.stopped = done.is_err();
        drop(state);
        self.changed.notify_all();
        Some(done)
    }

    /// Stops the reading with an error, unless one is there.
    fn fail(&self, error: Error) {
        let mut state = locked(&self.state);
        state.failure.get_or_insert(error);
        state.stopped = true;
        drop(state);
        self.changed.notify_all();
    }

    fn failure(&self) -> Option<Error> {
        locked(&self.state).failure.take()
    }
}

/// Lets nobody wait for a thread that is gone.
struct Guard<'t, 'i, 'a>(&'t Turns<'i, 'a>);

impl Drop for Guard<'_, '_, '_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            locked(&self.0.state).stopped = true;
            self.0.changed.notify_all();
        }
    }
}

/// A lock that does not mind if a thread has panicked: the panic itself is passed on.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
