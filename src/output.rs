//! The folder of results: whole or not at all.
//!
//! Everything is written to a temporary folder beside the target and takes its place
//! in one step at the end, so that a run that fails leaves the earlier results as
//! they were. A folder with anything else in it is never replaced.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::error::{Error, Result};

/// The file by which a folder is known as one of ours.
pub const RESULTS: &str = "results.json";

/// The file of the tallies, which may stand alone in a folder.
pub const TALLIES: &str = "tallies.parquet";

/// A folder of results in the making.
pub struct Output {
    target: PathBuf,
    folder: TempDir,
}

impl Output {
    /// Begins a folder that will stand at `target`.
    ///
    /// # Errors
    /// The target holds something that is not ours, or nothing can be written beside it.
    pub fn begin(target: &Path) -> Result<Self> {
        check_replaceable(target, |folder| folder.join(RESULTS).is_file())?;
        Self::beside(target)
    }

    /// Begins a folder of tallies and nothing else, which takes the place of such a one.
    ///
    /// # Errors
    /// As [`Output::begin`].
    pub fn of_tallies(target: &Path) -> Result<Self> {
        check_replaceable(target, |folder| {
            fs::read_dir(folder).is_ok_and(|entries| {
                entries
                    .into_iter()
                    .all(|entry| entry.is_ok_and(|entry| entry.file_name() == TALLIES))
            })
        })?;
        Self::beside(target)
    }

    fn beside(target: &Path) -> Result<Self> {
        let parent = match target.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        fs::create_dir_all(parent).map_err(|error| unwritable(parent, &error))?;
        let name = target
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        let folder = tempfile::Builder::new()
            .prefix(&format!(".{}-", name.unwrap_or_default()))
            .tempdir_in(parent)
            .map_err(|error| unwritable(parent, &error))?;
        Ok(Self {
            target: target.to_owned(),
            folder,
        })
    }

    /// Writes one file; folders in its path are made.
    ///
    /// # Errors
    /// The disk is full or may not be written.
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<()> {
        self.create(path)?
            .write_all(bytes)
            .map_err(|error| unwritable(&self.target.join(path), &error))
    }

    /// Opens one file for writing; folders in its path are made.
    ///
    /// # Errors
    /// The disk is full or may not be written.
    pub fn create(&self, path: &str) -> Result<File> {
        let full = self.folder.path().join(path);
        let parent = full.parent().unwrap_or(self.folder.path());
        fs::create_dir_all(parent)
            .and_then(|()| File::create(&full))
            .map_err(|error| unwritable(&self.target.join(path), &error))
    }

    /// Takes over the files of an earlier folder of results; what is written later replaces
    /// them.
    ///
    /// # Errors
    /// A file cannot be read or written.
    pub fn keep(&self, folder: &Path) -> Result<()> {
        copy(folder, self.folder.path()).map_err(|error| unwritable(folder, &error))
    }

    /// Puts the folder in its place.
    ///
    /// # Errors
    /// The target cannot be replaced; it is then as it was before.
    pub fn finish(self) -> Result<()> {
        let failed = |error: &std::io::Error| unwritable(&self.target, error);
        let made = self.folder.path();
        open_to_read(made).map_err(|error| failed(&error))?;
        if !self.target.exists() {
            fs::rename(made, &self.target).map_err(|error| failed(&error))?;
        } else {
            // The earlier results step aside until the new ones stand.
            let aside = made.with_extension("earlier");
            fs::rename(&self.target, &aside).map_err(|error| failed(&error))?;
            if let Err(error) = fs::rename(made, &self.target) {
                fs::rename(&aside, &self.target).map_err(|error| failed(&error))?;
                return Err(failed(&error));
            }
            fs::remove_dir_all(&aside).map_err(|error| failed(&error))?;
        }
        // Nothing is left at the temporary path that could be removed.
        let _ = self.folder.keep();
        Ok(())
    }
}

/// Copies a folder with all in it; links are not followed.
fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (kind, target) = (entry.file_type()?, to.join(entry.file_name()));
        if kind.is_dir() {
            fs::create_dir_all(&target)?;
            copy(&entry.path(), &target)?;
        } else if kind.is_file() {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// Refuses a target that holds something which a run did not make.
fn check_replaceable(target: &Path, is_ours: impl Fn(&Path) -> bool) -> Result<()> {
    let name = target.display().to_string();
    let way_out = "choose another folder with --out, or move what is there";
    if !target.exists() {
        return Ok(());
    }
    if !target.is_dir() {
        return Err(
            Error::new("output::not_a_folder", "this is a file, not a folder")
                .at(name)
                .help(way_out),
        );
    }
    let empty = fs::read_dir(target).is_ok_and(|mut entries| entries.next().is_none());
    if empty || is_ours(target) {
        return Ok(());
    }
    Err(Error::new(
        "output::not_ours",
        "the folder holds files that dormouse did not make",
    )
    .at(name)
    .help(way_out))
}

/// A temporary folder is for its maker alone; results are for whoever may read the
/// folder that they stand in.
#[cfg(unix)]
fn open_to_read(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn open_to_read(_: &Path) -> std::io::Result<()> {
    Ok(())
}

fn unwritable(path: &Path, error: &std::io::Error) -> Error {
    Error::new("output::unwritable", format!("the results cannot be written: {error}"))
        .at(path.display().to_string())
        .help("check that the folder may be written and the disk has room; earlier results are as they were")
}
