//! Zip archives that are the same bytes whenever and wherever they are written.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use chrono::{Datelike, Timelike};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, System, ZipWriter};

/// A zip archive that is written member by member.
pub struct Archive {
    zip: ZipWriter<BufWriter<File>>,
    options: SimpleFileOptions,
    /// Bytes of all members so far, before compression.
    pub bytes: u64,
}

impl Archive {
    /// A new archive; every member is dated `seconds` (Unix).
    pub fn create(path: &Path, seconds: i64) -> io::Result<Self> {
        // No clock, no permissions of this machine, no default of this build.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(6))
            .system(System::Unix)
            .unix_permissions(0o644)
            .last_modified_time(member_date(seconds).unwrap_or_default());
        Ok(Self {
            zip: ZipWriter::new(BufWriter::new(File::create(path)?)),
            options,
            bytes: 0,
        })
    }

    /// Begins the next member; what is written from now on belongs to it.
    pub fn member(&mut self, name: &str) -> io::Result<()> {
        Ok(self.zip.start_file(name, self.options)?)
    }

    /// Writes a piece of the present member.
    pub fn write(&mut self, text: &str) -> io::Result<()> {
        self.bytes += text.len() as u64;
        self.zip.write_all(text.as_bytes())
    }

    /// Closes the archive.
    pub fn finish(self) -> io::Result<()> {
        self.zip.finish()?.flush()
    }
}

fn member_date(seconds: i64) -> Option<zip::DateTime> {
    let at = chrono::DateTime::from_timestamp(seconds, 0)?;
    let small = |number: u32| u8::try_from(number).ok();
    zip::DateTime::from_date_and_time(
        u16::try_from(at.year()).ok()?,
        small(at.month())?,
        small(at.day())?,
        small(at.hour())?,
        small(at.minute())?,
        small(at.second())?,
    )
    .ok()
}
