//! The key of a study and the states of its followers under pseudonyms.
//!
//! ```text
//! <folder of the study>/.dormouse/
//! ├── .gitignore                    nothing in here is ever committed
//! ├── review.key                    32 random bytes
//! └── review/
//!     └── x.2026-04-04T000000Z.states
//! ```
//!
//! All of it is for its owner alone (mode 0600), never inside a folder of exports or of
//! results, and [`purge`] removes it. A state file has one line that says what it is
//! (version, window, which key) and then pseudonyms and states, nothing else.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result, plainly};
use crate::frame::dates::rfc_3339;
use crate::frame::states::{KEY_LENGTH, Pseudonyms, States};
use crate::output::RESULTS;
use crate::study::{Channel, Study};

/// The folder beside the study file.
pub const FOLDER: &str = ".dormouse";

/// Ending of a file of states.
const STATES: &str = "states";

/// How a file of states begins while it is being written; a run that is killed leaves it.
const UNFINISHED: &str = ".unfinished-";

/// The key of one study and the place of its states.
pub struct Vault {
    key: [u8; KEY_LENGTH],
    folder: PathBuf,
}

impl Vault {
    /// Opens the vault of a study; on first use the key is made.
    ///
    /// # Errors
    /// The vault would lie inside exports or results (`vault::exposed`); the key is
    /// damaged (`vault::key`) or open to others (`vault::mode`); the disk may not be
    /// written.
    pub fn open(study: &Study) -> Result<Self> {
        let vault = beside(&study.folder);
        refuse_exposed(study)?;
        let folder = vault.join(&study.name);
        make_private_folder(&vault)
            .and_then(|()| make_private_folder(&folder))
            .and_then(|()| fs::write(vault.join(".gitignore"), "*\n"))
            .map_err(|error| unusable(&folder, &error))?;
        let key = key(&key_file(&vault, &study.name))?;
        Ok(Self { key, folder })
    }

    /// What gives the followers of a channel their pseudonyms.
    pub fn pseudonyms(&self, channel: &Channel) -> Pseudonyms {
        Pseudonyms::new(&self.key, channel.platform.label(), &channel.id)
    }

    /// Keeps the states of a channel's followers at a census instant.
    ///
    /// # Errors
    /// The disk is full or may not be written.
    pub fn write(&self, channel: &Channel, census: i64, window: u32, kept: &Kept) -> Result<()> {
        let path = self.path(channel, census);
        // A temporary file is its maker's alone, and takes the place of the old one whole.
        let temporary = tempfile::Builder::new()
            .prefix(UNFINISHED)
            .tempfile_in(&self.folder);
        let written = temporary.and_then(|mut file| {
            file.write_all(self.head(window, kept.cut_off).as_bytes())?;
            file.write_all(&kept.states.to_bytes())?;
            file.persist(&path).map_err(|error| error.error)
        });
        written.map(drop).map_err(|error| unusable(&path, &error))
    }

    /// The states that were kept; `None` if there are none.
    ///
    /// # Errors
    /// The file cannot be read (`vault::unusable`), is none of ours or damaged
    /// (`vault::damaged`), or was made under another key or for another window
    /// (`vault::stale`).
    pub fn read(&self, channel: &Channel, census: i64, window: u32) -> Result<Option<Kept>> {
        let path = self.path(channel, census);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(unusable(&path, &error)),
        };
        let way_out = "put the exports of that date back for one run";
        let line = bytes.iter().position(|&byte| byte == b'\n');
        let (head, rows) = bytes.split_at(line.map_or(0, |end| end + 1));
        if !head.starts_with(VERSION.as_bytes()) {
            return Err(Error::new("vault::damaged", "this is no file of states")
                .at(path.display().to_string())
                .help(way_out));
        }
        let is_head = |cut_off| head == self.head(window, cut_off).as_bytes();
        if !is_head(false) && !is_head(true) {
            return Err(Error::new(
                "vault::stale",
                "these states were kept for another window, or under a key that is gone",
            )
            .at(path.display().to_string())
            .help(way_out));
        }
        match States::from_bytes(rows) {
            Some(states) => Ok(Some(Kept {
                states,
                cut_off: is_head(true),
            })),
            None => Err(Error::new("vault::damaged", "the states are damaged")
                .at(path.display().to_string())
                .help(way_out)),
        }
    }

    fn path(&self, channel: &Channel, census: i64) -> PathBuf {
        let date = rfc_3339(census).replace(':', "");
        self.folder.join(format!("{}.{date}.{STATES}", channel.id))
    }

    /// The first line: what the file is, for which window, under which key, and whether
    /// the list was cut off.
    fn head(&self, window: u32, cut_off: bool) -> String {
        let mark = Pseudonyms::new(&self.key, "", "").of("key");
        let end = if cut_off { " cut-off" } else { "" };
        format!("{VERSION} window={window} key={mark:016x}{end}\n")
    }
}

/// The states of a channel's followers at one instant.
#[derive(Clone, Debug)]
pub struct Kept {
    /// The states, under pseudonyms.
    pub states: States,
    /// Whether the exports showed that they hold only the newest followers.
    pub cut_off: bool,
}

/// How a file of states begins.
const VERSION: &str = "dormouse-states 1";

/// What a purge removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Purged {
    /// Whether there was a key.
    pub key: bool,
    /// Files of states.
    pub states: u64,
}

/// Removes the key and the states of a study: nobody in them can be recognised again.
/// The study file itself need not be there or be right.
///
/// # Errors
/// A file that cannot be removed.
pub fn purge(study: &Path) -> Result<Purged> {
    let vault = beside(study.parent().unwrap_or(Path::new("")));
    let name = study.file_stem().unwrap_or_default().to_string_lossy();
    let mut purged = Purged {
        key: remove(&key_file(&vault, &name))?,
        states: 0,
    };
    let folder = vault.join(&*name);
    let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
    for path in entries.map(|entry| entry.path()) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let unfinished = name.starts_with(UNFINISHED);
        if unfinished || path.extension().is_some_and(|ending| ending == STATES) {
            purged.states += u64::from(remove(&path)?);
        }
    }
    // A folder that still holds something stays.
    let _ = fs::remove_dir(&folder);
    let rest = fs::read_dir(&vault).map_or(0, Iterator::count);
    if rest == 1 && remove(&vault.join(".gitignore"))? {
        let _ = fs::remove_dir(&vault);
    }
    Ok(purged)
}

fn remove(path: &Path) -> Result<bool> {
    match fs::remove_file(path) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(unusable(path, &error)),
    }
}

fn beside(folder: &Path) -> PathBuf {
    folder.join(FOLDER)
}

fn key_file(vault: &Path, name: &str) -> PathBuf {
    vault.join(format!("{name}.key"))
}

/// Refuses a vault inside a folder that is handed on: of exports, or of results.
fn refuse_exposed(study: &Study) -> Result<()> {
    let home = canonical(&study.folder);
    let refusal = |what: &str, at: &Path| {
        Error::new(
            "vault::exposed",
            format!("the key of the study would lie inside {what}"),
        )
        .at(at.display().to_string())
        .help(
            "move the study file to a folder of its own, above the exports and beside the results",
        )
    };
    if let Some(results) = home.ancestors().find(|above| above.join(RESULTS).is_file()) {
        return Err(refusal("a folder of results", results));
    }
    let own = study.channels.iter().flat_map(|channel| {
        let older = channel.snapshots.iter().map(|snapshot| &snapshot.exports);
        std::iter::once(&channel.exports).chain(older).flatten()
    });
    for exports in own {
        // `data/**/*.zip` takes in all of `data`.
        let folder = match exports.split_once("**") {
            Some((above, _)) => study.folder.join(above),
            None => study.folder.join(exports),
        };
        if folder.is_dir() && home.starts_with(canonical(&folder)) {
            return Err(refusal("a folder of exports", &folder));
        }
    }
    Ok(())
}

/// The real place of a folder; an empty path is the working folder.
fn canonical(folder: &Path) -> PathBuf {
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned())
}

/// The key; made of random bytes if there is none yet.
fn key(path: &Path) -> Result<[u8; KEY_LENGTH]> {
    let mut key = [0; KEY_LENGTH];
    match private(OpenOptions::new().write(true).create_new(true)).open(path) {
        Ok(mut file) => {
            getrandom::fill(&mut key).map_err(|error| {
                Error::new("vault::random", format!("no random bytes: {error}"))
                    .help("the operating system gives none; try again later")
            })?;
            file.write_all(&key)
                .and_then(|()| file.sync_all())
                .map_err(|error| unusable(path, &error))?;
            return Ok(key);
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
        Err(error) => return Err(unusable(path, &error)),
    }
    let mut file = File::open(path).map_err(|error| unusable(path, &error))?;
    if open_to_others(&file) {
        return Err(
            Error::new("vault::mode", "others may read the key of the study")
                .at(path.display().to_string())
                .help("take their rights away (chmod 600), or begin anew with `dormouse purge`"),
        );
    }
    let whole = file.read_exact(&mut key).is_ok() && file.read(&mut [0]).is_ok_and(|n| n == 0);
    if whole {
        return Ok(key);
    }
    Err(Error::new(
        "vault::key",
        format!("the key of the study is damaged: it has {KEY_LENGTH} bytes"),
    )
    .at(path.display().to_string())
    .help("put the key back from where it was copied, or begin anew with `dormouse purge`"))
}

#[cfg(unix)]
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    options.mode(0o600)
}

#[cfg(unix)]
fn open_to_others(file: &File) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata()
        .is_ok_and(|metadata| metadata.permissions().mode() & 0o077 != 0)
}

#[cfg(unix)]
fn make_private_folder(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
}

#[cfg(not(unix))]
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

#[cfg(not(unix))]
fn open_to_others(_: &File) -> bool {
    false
}

#[cfg(not(unix))]
fn make_private_folder(folder: &Path) -> std::io::Result<()> {
    fs::create_dir_all(folder)
}

fn unusable(path: &Path, error: &std::io::Error) -> Error {
    Error::new(
        "vault::unusable",
        format!(
            "the key or the states of the study cannot be used: {}",
            plainly(error)
        ),
    )
    .at(path.display().to_string())
    .help("check that you may write there and the disk has room")
}
