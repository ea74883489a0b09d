//! The whole way: the one room that knows every stage and what stands between them.
//!
//! [`count`] goes from exports to tallies, [`judge`] from tallies and labels to results,
//! [`publish`] from results to the folder that people read, and [`brief()`] writes the
//! figures and papers in it again. Beside that way, [`draw`] goes from exports to
//! worksheets, [`check()`] reads what analysts have labelled so far, [`verify()`] says
//! whether results still are what was made, and [`look`] makes a study file of a folder of
//! exports.

mod check;
mod count;
mod diagnose;
mod draw;
mod judge;
mod look;
mod papers;
mod publish;
mod snapshots;
mod sources;
mod sum;
mod verify;

use std::fs::File;
use std::io::Read;
use std::path::Path;

use sha2::{Digest, Sha256};

pub use check::{Checked, check, counts};
pub use count::{Count, Counted, count, tally};
pub use diagnose::histories;
pub use draw::{Draws, draw};
pub use judge::{judge, needs_a_look};
pub use look::{Said, Wanted, look};
pub use papers::{PAGE, brief};
pub use publish::{publish, publish_tallies};
pub use snapshots::Series;
pub use verify::{Finding, repeat, verify};

/// Told what is being done, for a progress line.
pub trait Watch: Sync {
    /// A file is being read, and so many rows of it are.
    fn reading(&self, file: &str, rows: u64);
    /// A later stage begins.
    fn stage(&self, what: &str);
}

/// Nobody watches.
pub struct Quiet;

impl Watch for Quiet {
    fn reading(&self, _: &str, _: u64) {}
    fn stage(&self, _: &str) {}
}

/// The SHA-256 of a file in the usual writing.
fn hash_file(path: &Path) -> std::io::Result<String> {
    let mut file = File::open(path)?;
    let mut hasher = Sha256::new();
    let mut block = vec![0; 1 << 18];
    loop {
        match file.read(&mut block)? {
            0 => return Ok(hex(&hasher.finalize())),
            read => hasher.update(block.get(..read).unwrap_or_default()),
        }
    }
}

/// The files below a folder, in order, with `/` between the names.
fn files_below(folder: &Path) -> std::io::Result<Vec<String>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() {
            let inner = files_below(&entry.path())?;
            files.extend(inner.into_iter().map(|path| format!("{name}/{path}")));
        } else {
            files.push(name);
        }
    }
    files.sort();
    Ok(files)
}

/// Bytes of a hash in the usual writing.
fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
