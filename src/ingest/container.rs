//! Files, folders and archives as one list of members, read without unpacking.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use flate2::read::MultiGzDecoder;
use zip::ZipArchive;
use zip::result::ZipError;

use super::text::encoding::{Utf8, utf_16};
use super::unpacked::Unpacked;
use super::{head, workbook};
use crate::error::{Error, Result};
use crate::frame::dates::days_from_civil;

/// One file that can be read: on disk, or inside an archive.
#[derive(Clone, Debug)]
pub struct Member {
    /// What people call it: the path, or `archive!path inside`.
    pub name: String,
    /// The file on disk: itself, or the archive that it is in.
    pub file: PathBuf,
    /// When it was packed into its archive, in days since 1970 by the clock of whoever
    /// packed it.
    pub packed_at: Option<i64>,
    inside: Inside,
}

/// The bytes of a member, unpacked.
pub type Reader<'r> = dyn BufRead + Send + 'r;

/// Where in the file on disk a member is.
#[derive(Clone, Debug)]
enum Inside {
    /// It is the file.
    Whole,
    /// An entry of an archive, whose list of contents is read once.
    Archive(ZipArchive<Handle>, usize),
    /// A sheet of a workbook, as CSV.
    Workbook(Arc<[u8]>),
}

/// A file that is opened when it is first read; a clone opens it anew, so that the
/// members of an archive can be read side by side.
#[derive(Debug)]
struct Handle {
    path: PathBuf,
    file: Option<BufReader<File>>,
}

impl Handle {
    fn file(&mut self) -> io::Result<&mut BufReader<File>> {
        match &mut self.file {
            Some(file) => Ok(file),
            none => Ok(none.insert(BufReader::new(File::open(&self.path)?))),
        }
    }
}

impl Clone for Handle {
    fn clone(&self) -> Self {
        Self {
            path: self.path.clone(),
            file: None,
        }
    }
}

impl Read for Handle {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.file()?.read(buffer)
    }
}

impl Seek for Handle {
    fn seek(&mut self, place: SeekFrom) -> io::Result<u64> {
        self.file()?.seek(place)
    }
}

impl Member {
    /// The last part of the name.
    pub fn file_name(&self) -> &str {
        self.name
            .rsplit(['/', '\\', '!'])
            .next()
            .unwrap_or(&self.name)
    }

    /// Opens the member and reads it through; `.gz` is taken off on the way, and
    /// UTF-16 becomes UTF-8.
    ///
    /// # Errors
    /// The file is gone, may not be read, or the archive is broken; and whatever
    /// `read` fails with.
    pub fn read<T>(&self, read: impl FnOnce(&mut Reader<'_>) -> Result<T>) -> Result<T> {
        match &self.inside {
            Inside::Whole => {
                let file = open(&self.file, &self.name)?;
                let length = file.metadata().map_or(0, |metadata| metadata.len());
                unwrapped(BufReader::with_capacity(1 << 18, file), length, read)
            }
            Inside::Workbook(text) => read(&mut text.as_ref()),
            Inside::Archive(archive, index) => {
                let mut archive = archive.clone();
                let entry = archive
                    .by_index(*index)
                    .map_err(|error| broken_archive(&self.name, &error))?;
                let packed = entry.compressed_size();
                let entry = Unpacked::new(entry, packed);
                unwrapped(BufReader::with_capacity(1 << 18, entry), packed, read)
            }
        }
        .map_err(|error| error.at(&self.name))
    }

    /// How long the file is, where it lies on disk by itself.
    pub fn size(&self) -> Option<u64> {
        let metadata = std::fs::metadata(&self.file).ok()?;
        (!self.is_archived()).then_some(metadata.len())
    }

    /// Whether it lies in an archive or workbook, as the platform packed it.
    pub fn is_archived(&self) -> bool {
        !matches!(self.inside, Inside::Whole)
    }

    /// The first bytes, for recognition: at most [`head::LENGTH`], and whether that is all.
    ///
    /// # Errors
    /// As [`Member::read`].
    pub fn head(&self) -> Result<(Vec<u8>, bool)> {
        self.read(|reader| {
            let mut bytes = Vec::new();
            reader
                .take(head::LENGTH as u64 + 1)
                .read_to_end(&mut bytes)
                .map_err(|error| unreadable(&self.name, &error))?;
            let whole = bytes.len() <= head::LENGTH;
            bytes.truncate(head::LENGTH);
            Ok((bytes, whole))
        })
    }
}

fn unwrapped<R: BufRead + Send, T>(
    mut reader: R,
    packed: u64,
    read: impl FnOnce(&mut Reader<'_>) -> Result<T>,
) -> Result<T> {
    let gzipped = reader
        .fill_buf()
        .is_ok_and(|bytes| bytes.starts_with(&[0x1F, 0x8B]));
    if gzipped {
        let unzipped = Unpacked::new(MultiGzDecoder::new(reader), packed);
        in_utf_8(BufReader::with_capacity(1 << 18, unzipped), read)
    } else {
        in_utf_8(reader, read)
    }
}

fn in_utf_8<R: BufRead + Send, T>(
    mut reader: R,
    read: impl FnOnce(&mut Reader<'_>) -> Result<T>,
) -> Result<T> {
    // What cannot be read is told by whoever reads on.
    match reader.fill_buf().ok().and_then(utf_16) {
        Some(encoding) => read(&mut BufReader::new(Utf8::new(reader, encoding))),
        None => read(&mut reader),
    }
}

/// What zips begin with: a member, or, where there is none, the end.
const ZIPS: [[u8; 4]; 2] = [*b"PK\x03\x04", *b"PK\x05\x06"];

/// All members behind a list of files, folders, archives and patterns, in order.
///
/// Relative paths are taken from `base`, and names are given relative to it.
///
/// # Errors
/// A path or pattern that matches nothing, a folder that may not be listed, an
/// archive that cannot be read.
pub fn members(paths: &[String], base: &Path) -> Result<Vec<Member>> {
    let mut members = Vec::new();
    for path in paths {
        let joined = base.join(path);
        let found = if path.contains(['*', '?', '[']) && !joined.exists() {
            matching(&joined, path)?
        } else {
            vec![joined]
        };
        for path in found {
            add(&path, base, &mut members)?;
        }
    }
    Ok(members)
}

/// All files below a folder, in order, without what operating systems add; folders that
/// are hidden or that `skip` names are passed over with all that is in them.
///
/// # Errors
/// A folder that may not be listed.
pub fn files(folder: &Path, skip: &dyn Fn(&Path) -> bool) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    gather(folder, skip, &mut files)?;
    Ok(files)
}

fn gather(folder: &Path, skip: &dyn Fn(&Path) -> bool, files: &mut Vec<PathBuf>) -> Result<()> {
    let name = folder.display().to_string();
    let entries = std::fs::read_dir(folder).map_err(|error| unreadable(&name, &error))?;
    let mut entries: Vec<_> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .collect();
    entries.sort();
    for entry in entries {
        let last = entry.file_name().unwrap_or_default().to_string_lossy();
        let passed = is_junk(&last) || last.starts_with('.') || entry.is_symlink() || skip(&entry);
        if passed {
            continue;
        }
        if entry.is_dir() {
            gather(&entry, skip, files)?;
        } else {
            files.push(entry);
        }
    }
    Ok(())
}

fn matching(pattern: &Path, written: &str) -> Result<Vec<PathBuf>> {
    let mistake = |what: String| {
        Error::new("ingest::pattern", what)
            .at(written)
            .help("write a path below the study file's folder; * stands for any name")
    };
    let paths = glob::glob(&pattern.to_string_lossy())
        .map_err(|error| mistake(format!("this is no pattern of paths: {}", error.msg)))?;
    let found: Vec<_> = paths.filter_map(std::result::Result::ok).collect();
    if found.is_empty() {
        return Err(mistake("no file matches this pattern".to_owned()));
    }
    Ok(found)
}

fn add(path: &Path, base: &Path, members: &mut Vec<Member>) -> Result<()> {
    let name = path
        .strip_prefix(base)
        .unwrap_or(path)
        .to_string_lossy()
        .replace('\\', "/");
    let name = printable(&name);
    let metadata = std::fs::metadata(path).map_err(|error| unreadable(&name, &error))?;
    if metadata.is_dir() {
        let entries = std::fs::read_dir(path).map_err(|error| unreadable(&name, &error))?;
        let mut entries: Vec<_> = entries
            .filter_map(|entry| entry.ok().map(|entry| entry.path()))
            .collect();
        entries.sort();
        for entry in entries {
            // A link may lead anywhere, also back here.
            let is_other = !entry.is_file() && !entry.is_dir();
            if !is_junk(&entry.to_string_lossy()) && !entry.is_symlink() && !is_other {
                add(&entry, base, members)?;
            }
        }
        return Ok(());
    }
    if !metadata.is_file() {
        // A pipe or a device may never end.
        return Err(
            Error::new("ingest::no_file", "this is neither a file nor a folder")
                .at(name)
                .help("name the downloads themselves"),
        );
    }
    let mut magic = [0; 4];
    let read = open(path, &name)?
        .read(&mut magic)
        .map_err(|error| unreadable(&name, &error))?;
    if read == 4 && magic == workbook::COMPOUND {
        add_workbook(path, &name, members)
    } else if read == 4 && ZIPS.contains(&magic) {
        add_archive(path, &name, members)
    } else if path
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("zip"))
    {
        Err(
            Error::new("ingest::archive", "this is named as a zip, but it is none")
                .at(name)
                .help("download the export again; the download may have broken off"),
        )
    } else {
        members.push(Member {
            name,
            file: path.to_owned(),
            packed_at: None,
            inside: Inside::Whole,
        });
        Ok(())
    }
}

fn add_archive(path: &Path, name: &str, members: &mut Vec<Member>) -> Result<()> {
    let mut archive = ZipArchive::new(Handle {
        path: path.to_owned(),
        file: None,
    })
    .map_err(|error| broken_archive(name, &error))?;
    if archive.index_for_name(workbook::ZIPPED).is_some() {
        return add_workbook(path, name, members);
    }
    let mut inside = Vec::new();
    for index in 0..archive.len() {
        let entry = archive
            .by_index_raw(index)
            .map_err(|error| broken_archive(name, &error))?;
        let entry_name = entry
            .name()
            .map_err(|error| broken_archive(name, &error))?
            .replace('\\', "/");
        if entry.is_file() && !entry_name.ends_with('/') && !is_junk(&entry_name) {
            let packed_at = entry.last_modified().and_then(day);
            inside.push((entry_name, index, packed_at));
        }
    }
    if archive.is_empty() {
        return Err(Error::new("ingest::empty", "this zip is empty")
            .at(name)
            .help("download the export again; the platform may not have been done with it"));
    }
    inside.sort();
    for (entry, index, packed_at) in inside {
        let member = Member {
            name: format!("{name}!{}", printable(&entry)),
            file: path.to_owned(),
            packed_at,
            inside: Inside::Archive(archive.clone(), index),
        };
        if is_named_workbook(&entry) && workbook::begins(&member.head()?.0) {
            let bytes = member.read(|reader| bytes_of(reader, &member.name))?;
            add_sheets(bytes, &member, members)?;
        } else {
            members.push(member);
        }
    }
    Ok(())
}

/// Entries of archives are not all opened only to see whether they are workbooks.
fn is_named_workbook(entry: &str) -> bool {
    let ending = entry.rsplit('.').next().unwrap_or_default();
    ["xls", "xlsx"]
        .iter()
        .any(|known| ending.eq_ignore_ascii_case(known))
}

fn add_workbook(path: &Path, name: &str, members: &mut Vec<Member>) -> Result<()> {
    let bytes = bytes_of(&mut open(path, name)?, name)?;
    let workbook = Member {
        name: name.to_owned(),
        file: path.to_owned(),
        packed_at: None,
        inside: Inside::Whole,
    };
    add_sheets(bytes, &workbook, members)
}

/// A workbook is the one kind of file that is held whole, because its reader must jump.
fn bytes_of(reader: &mut dyn Read, name: &str) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader
        .take(workbook::LARGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| unreadable(name, &error))?;
    if bytes.len() as u64 > workbook::LARGEST {
        return Err(workbook::too_large(name));
    }
    Ok(bytes)
}

/// The sheets of a workbook; where there are none, one empty file that says so.
fn add_sheets(bytes: Vec<u8>, workbook: &Member, members: &mut Vec<Member>) -> Result<()> {
    let member = |name, text| Member {
        name,
        inside: Inside::Workbook(text),
        ..workbook.clone()
    };
    let sheets = workbook::sheets(bytes, &workbook.name)?;
    if sheets.is_empty() {
        members.push(member(workbook.name.clone(), Arc::new([])));
    }
    for (sheet, text) in sheets {
        members.push(member(format!("{}!{sheet}", workbook.name), text));
    }
    Ok(())
}

/// A day as archives have it; those that do not know it say 1980.
fn day(packed: zip::DateTime) -> Option<i64> {
    let year = i64::from(packed.year());
    days_from_civil(year, packed.month().into(), packed.day().into()).filter(|_| year > 2000)
}

/// A name without what a terminal would obey.
fn printable(name: &str) -> String {
    name.replace(char::is_control, "\u{FFFD}")
}

/// What operating systems add to folders and archives.
fn is_junk(path: &str) -> bool {
    path.split(['/', '\\']).any(|part| {
        part == "__MACOSX"
            || part.starts_with("~$")
            || part.starts_with("._")
            || part == ".DS_Store"
            || part == "Thumbs.db"
    })
}

fn open(path: &Path, name: &str) -> Result<File> {
    File::open(path).map_err(|error| unreadable(name, &error))
}

/// A file that cannot be read, with the way out.
pub fn unreadable(name: &str, error: &std::io::Error) -> Error {
    use std::io::ErrorKind;
    let (what, help) = match error.kind() {
        ErrorKind::NotFound => (
            "there is no such file".to_owned(),
            "check the path; it is taken from the folder of the study file",
        ),
        ErrorKind::PermissionDenied => (
            "this file may not be read".to_owned(),
            "give your account permission to read it, or copy it",
        ),
        ErrorKind::UnexpectedEof | ErrorKind::InvalidData | ErrorKind::InvalidInput => (
            format!("the file is damaged or breaks off: {error}"),
            "download the export again",
        ),
        _ => (
            format!("reading failed: {error}"),
            "check the disk, then run again",
        ),
    };
    Error::new("ingest::unreadable", what).at(name).help(help)
}

fn broken_archive(name: &str, error: &ZipError) -> Error {
    let (why, help) = match error {
        ZipError::Io(error) => return unreadable(name, error),
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => (
            "a password locks it",
            "unpack it with its password, and bring the files that were in it",
        ),
        ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => (
            "it is packed in a way that is not known here",
            "unpack it, and bring the files that were in it",
        ),
        _ => (
            "it breaks off, or is damaged",
            "download the export again; the download may have broken off",
        ),
    };
    Error::new("ingest::archive", format!("this zip cannot be read: {why}"))
        .at(name)
        .help(help)
}
