//! The folder of results: whole or not at all.
//!
//! Everything is written to a temporary folder beside the target and takes its place in
//! one step at the end, so that a run that fails or is killed leaves the earlier results
//! as they were. One run at a time has a target: a lock file beside it, which the system
//! lets go of when a run ends in whatever way. What a killed run left is cleared away by
//! the next. A folder with anything else in it is never replaced.

use std::fs::{self, File, TryLockError};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::error::{Error, Result, plainly};

/// The file by which a folder is known as one of ours.
pub const RESULTS: &str = "results.json";

/// The file that says what the results were made from, and lists them.
pub const MANIFEST: &str = "manifest.json";
/// The file of the tallies, which may stand alone in a folder.
pub const TALLIES: &str = "tallies.parquet";

/// A folder of results in the making.
pub struct Output {
    target: PathBuf,
    folder: PathBuf,
    // Fields are dropped in this order: the folder goes while the lock is still held.
    temporary: TempDir,
    _lock: Lock,
}

impl Output {
    /// Begins a folder that will stand at `target`.
    ///
    /// # Errors
    /// The target holds something that is not ours (`output::not_ours`), another run is
    /// writing it (`output::busy`), or nothing can be written beside it
    /// (`output::unwritable`).
    pub fn begin(target: &Path) -> Result<Self> {
        Self::replacing(target, |folder| folder.join(RESULTS).is_file())
    }

    /// Begins a folder of tallies and nothing else, which takes the place of such a one.
    ///
    /// # Errors
    /// As [`Output::begin`].
    pub fn of_tallies(target: &Path) -> Result<Self> {
        Self::replacing(target, |folder| {
            fs::read_dir(folder).is_ok_and(|entries| {
                entries
                    .into_iter()
                    .all(|entry| entry.is_ok_and(|entry| entry.file_name() == TALLIES))
            })
        })
    }

    fn replacing(target: &Path, is_ours: impl Fn(&Path) -> bool) -> Result<Self> {
        check_replaceable(target, is_ours)?;
        // Where the target is a link, what it leads to is replaced, and the link stays.
        let target = fs::canonicalize(target).unwrap_or_else(|_| target.to_owned());
        let parent = match target.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
            _ => PathBuf::from("."),
        };
        let failed = |error: &std::io::Error| unwritable(&target, error);
        fs::create_dir_all(&parent).map_err(|error| failed(&error))?;
        let name = target.file_name().unwrap_or_default().to_string_lossy();
        let prefix = format!(".{name}.dormouse-");
        let lock = Lock::take(parent.join(format!("{prefix}lock")), &target)?;
        clear_away(&parent, &prefix);
        let temporary = tempfile::Builder::new()
            .prefix(&prefix)
            .tempdir_in(&parent)
            .map_err(|error| failed(&error))?;
        // A temporary folder is for its maker alone; the one inside it is for whoever the
        // system's settings say.
        let folder = temporary.path().join("new");
        fs::create_dir(&folder).map_err(|error| failed(&error))?;
        Ok(Self {
            target,
            folder,
            temporary,
            _lock: lock,
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
        let full = self.folder.join(path);
        let parent = full.parent().unwrap_or(&self.folder);
        fs::create_dir_all(parent)
            .and_then(|()| File::create(&full))
            .map_err(|error| unwritable(&self.target.join(path), &error))
    }

    /// The folder as it is so far.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Takes over the files of an earlier folder of results; what is written later replaces
    /// them.
    ///
    /// # Errors
    /// A file cannot be read or written.
    pub fn keep(&self, folder: &Path) -> Result<()> {
        copy(folder, &self.folder).map_err(|error| unwritable(folder, &error))
    }

    /// Leaves out a file or folder that was taken over, if there is one.
    ///
    /// # Errors
    /// It cannot be removed.
    pub fn leave_out(&self, path: &str) -> Result<()> {
        let full = self.folder.join(path);
        let removed = if full.is_dir() {
            fs::remove_dir_all(&full)
        } else {
            fs::remove_file(&full)
        };
        match removed {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(unwritable(&self.target.join(path), &error))
            }
            _ => Ok(()),
        }
    }

    /// Puts the folder in its place.
    ///
    /// # Errors
    /// The target cannot be replaced; it is then as it was before.
    pub fn finish(self) -> Result<()> {
        let failed = |error: &std::io::Error| unwritable(&self.target, error);
        if !self.target.exists() {
            return fs::rename(&self.folder, &self.target).map_err(|error| failed(&error));
        }
        if exchange(&self.folder, &self.target) {
            return Ok(());
        }
        // Where the system cannot exchange two folders, the earlier results step aside.
        let aside = self.temporary.path().join("earlier");
        fs::rename(&self.target, &aside).map_err(|error| failed(&error))?;
        if let Err(error) = fs::rename(&self.folder, &self.target) {
            fs::rename(&aside, &self.target).map_err(|error| failed(&error))?;
            return Err(failed(&error));
        }
        Ok(())
    }
}

/// Lets two folders change places in one step; `false` where the system cannot.
#[cfg(target_os = "linux")]
fn exchange(one: &Path, other: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).is_ok()
}

#[cfg(not(target_os = "linux"))]
fn exchange(_: &Path, _: &Path) -> bool {
    false
}

/// Removes what killed runs have left; nobody else has the lock.
fn clear_away(parent: &Path, prefix: &str) {
    let entries = fs::read_dir(parent).into_iter().flatten().flatten();
    for entry in entries {
        let name = entry.file_name();
        let left = name.to_string_lossy().starts_with(prefix);
        if left && entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            // What cannot be removed is in nobody's way.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// The sole right to write a target: a locked file, gone at the end.
struct Lock {
    path: PathBuf,
    _file: File,
}

impl Lock {
    fn take(path: PathBuf, target: &Path) -> Result<Self> {
        loop {
            let file = File::options()
                .create(true)
                .truncate(false)
                .write(true)
                .open(&path)
                .map_err(|error| unwritable(target, &error))?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(busy(target)),
                // Some network drives know no locks; the last run to end has the target.
                Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {}
                Err(TryLockError::Error(error)) => return Err(unwritable(target, &error)),
            }
            // The run before may have removed the file between the two steps.
            if is_same(&file, &path) {
                return Ok(Self { path, _file: file });
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

#[cfg(unix)]
fn is_same(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let number = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
    let (of_file, of_path) = (file.metadata().map(number), fs::metadata(path).map(number));
    matches!((of_file, of_path), (Ok(one), Ok(other)) if one == other)
}

#[cfg(not(unix))]
fn is_same(_: &File, _: &Path) -> bool {
    true
}

fn busy(target: &Path) -> Error {
    Error::new("output::busy", "another run is writing these results")
        .at(target.display().to_string())
        .help("wait until it is done, or choose another folder with --out")
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

fn unwritable(path: &Path, error: &std::io::Error) -> Error {
    Error::new("output::unwritable", format!("the results cannot be written: {}", plainly(error)))
        .at(path.display().to_string())
        .help("check that the folder may be written and the disk has room; earlier results are as they were")
}
