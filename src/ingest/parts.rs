//! Lists in several files: whether all parts are there, and as long as announced.
//!
//! Instagram and Facebook number their files from 1 (`followers_1.json`) and say nowhere
//! how many there are, so only a gap can be found. X calls the first file `follower.js` and the
//! others `follower-part1.js` and on; its manifest announces each with its rows. TikTok's
//! file says of itself how many followers the profile has.

use crate::model::results::Notice;

/// A file of followers that was read.
#[derive(Clone, Copy, Debug)]
pub struct File<'a> {
    /// Its name: the path, or `archive!path inside`.
    pub name: &'a str,
    /// The name of its format.
    pub format: &'a str,
    /// Rows read, those set aside and the duplicates included.
    pub rows: u64,
}

/// How a platform numbers the files of one list.
struct Numbering {
    format: &'static str,
    /// What stands before the number.
    before: &'static str,
    /// The file without a number, which then counts as part 0.
    unnumbered: Option<&'static str>,
}

static NUMBERINGS: &[Numbering] = &[
    Numbering {
        format: "instagram-followers",
        before: "followers_",
        unnumbered: None,
    },
    Numbering {
        format: "instagram-followers-html",
        before: "followers_",
        unnumbered: None,
    },
    Numbering {
        format: "facebook-followers",
        before: "people_who_followed_you_",
        unnumbered: None,
    },
    Numbering {
        format: "facebook-followers-html",
        before: "people_who_followed_you_",
        unnumbered: None,
    },
    Numbering {
        format: X_ARCHIVE,
        before: "follower-part",
        unnumbered: Some("follower.js"),
    },
];

/// The only format of which another file announces the parts.
const X_ARCHIVE: &str = "x-archive";

impl Numbering {
    fn of(format: &str) -> Option<&'static Self> {
        NUMBERINGS
            .iter()
            .find(|numbering| numbering.format == format)
    }

    /// The part that a file is, by its name; `followers_2 (1).json` is part 2.
    fn part(&self, name: &str) -> Option<u32> {
        let (_, file) = split(name);
        if self.unnumbered == Some(file) {
            return Some(0);
        }
        let rest = file.strip_prefix(self.before)?;
        let end = rest.find(|c: char| !c.is_ascii_digit())?;
        rest.get(..end)?.parse().ok()
    }
}

/// What is missing among the files of one channel, and what differs from what the
/// exports announce.
///
/// `announced` holds names of files, as [`sibling`] makes them, with their rows. Parts
/// are numbered as the platform does it: from 1 at Instagram, from 0 at X.
pub fn check(files: &[File<'_>], announced: &[(String, u64)]) -> Vec<Notice> {
    let mut notices = announcements(files, announced);
    for numbering in NUMBERINGS {
        let mut parts: Vec<(&str, u32)> = files
            .iter()
            .filter(|file| file.format == numbering.format)
            .filter_map(|file| Some((folder(file.name), numbering.part(file.name)?)))
            .collect();
        parts.sort_unstable();
        for list in parts.chunk_by(|a, b| a.0 == b.0) {
            let is_announced = announced.iter().any(|(name, _)| {
                numbering.format == X_ARCHIVE
                    && list.iter().any(|&(place, _)| place == folder(name))
            });
            if !is_announced {
                gaps(numbering, list, &mut notices);
            }
        }
    }
    notices
}

/// Parts between the first number and the largest that are not there.
fn gaps(numbering: &Numbering, list: &[(&str, u32)], notices: &mut Vec<Notice>) {
    // A name can hold any number; nobody has had a list of more parts than this.
    const MOST: u32 = 10_000;
    let first = u32::from(numbering.unnumbered.is_none());
    let last = list.iter().map(|&(_, part)| part).max().unwrap_or(first);
    let missing = (first..last.min(MOST))
        .filter(|part| list.iter().all(|&(_, there)| there != *part))
        .map(|part| Notice::PartMissing { part, of: None });
    notices.extend(missing);
}

fn announcements(files: &[File<'_>], announced: &[(String, u64)]) -> Vec<Notice> {
    let Some(numbering) = Numbering::of(X_ARCHIVE) else {
        return Vec::new();
    };
    let mut notices = Vec::new();
    for (name, rows) in announced {
        let beside = |other: &str| folder(other) == folder(name);
        let of = announced.iter().filter(|(other, _)| beside(other)).count();
        let candidates = || {
            files
                .iter()
                .filter(|file| file.format == X_ARCHIVE && beside(file.name))
        };
        let part = numbering.part(name);
        let found = files
            .iter()
            .find(|file| file.name == name)
            .or_else(|| candidates().find(|file| numbering.part(file.name) == part))
            // A single file may have been renamed.
            .or_else(|| {
                candidates()
                    .next()
                    .filter(|_| of == 1 && candidates().count() == 1)
            });
        match found {
            Some(file) if file.rows == *rows => {}
            Some(file) => notices.push(Notice::CountDiffers {
                announced: *rows,
                found: file.rows,
            }),
            None if *rows == 0 => {}
            None => notices.push(Notice::PartMissing {
                part: part.unwrap_or_default(),
                of: u32::try_from(of).ok(),
            }),
        }
    }
    notices
}

/// The name of a file that lies beside another.
///
/// # Examples
/// ```
/// use dormouse::ingest::parts::sibling;
/// assert_eq!(sibling("x.zip!data/manifest.js", "data/follower.js"), "x.zip!data/follower.js");
/// assert_eq!(sibling("manifest.js", "follower.js"), "follower.js");
/// ```
pub fn sibling(name: &str, other: &str) -> String {
    format!("{}{}", split(name).0, split(other).1)
}

/// The folder with its separator, and the file.
fn split(name: &str) -> (&str, &str) {
    let start = name
        .rfind(['/', '\\', '!'])
        .map_or(0, |separator| separator + 1);
    name.split_at(start)
}

/// The folder of a file; inside an archive without the archive, because a platform may
/// hand out one export as several archives.
fn folder(name: &str) -> &str {
    let (folder, _) = split(name);
    folder.rsplit_once('!').map_or(folder, |(_, inside)| inside)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Notice::{CountDiffers, PartMissing};

    #[test]
    fn gaps_and_announcements() {
        let missing = |part, of| PartMissing { part, of };
        // Files with their rows, announcements, notices.
        type Case = (
            &'static [(&'static str, u64)],
            &'static [(&'static str, u64)],
            Vec<Notice>,
        );
        let cases: &[Case] = &[
            (&[], &[], vec![]),
            (&[("ig/followers_1.json", 5)], &[], vec![]),
            (
                &[("ig/followers_1.json", 5), ("ig/followers_2.json", 5)],
                &[],
                vec![],
            ),
            (
                &[("ig/followers_1.json", 5), ("ig/followers_3.json", 5)],
                &[],
                vec![missing(2, None)],
            ),
            (
                &[("ig/followers_3 (1).json", 5)],
                &[],
                vec![missing(1, None), missing(2, None)],
            ),
            // Without a number, nothing is known of parts.
            (&[("ig/followers.json", 5)], &[], vec![]),
            // Two exports in two folders: each has its own numbers.
            (
                &[("a/followers_1.json", 5), ("b/followers_2.json", 5)],
                &[],
                vec![missing(1, None)],
            ),
            // One export in two archives.
            (
                &[
                    ("a.zip!c/followers_1.json", 5),
                    ("b.zip!c/followers_2.json", 5),
                ],
                &[],
                vec![],
            ),
            (
                &[("follower.js", 5), ("follower-part2.js", 5)],
                &[],
                vec![missing(1, None)],
            ),
            (&[("d/follower.js", 5)], &[("d/follower.js", 5)], vec![]),
            (&[("d/follower (1).js", 5)], &[("d/follower.js", 5)], vec![]),
            (
                &[("d/follower.js", 4)],
                &[("d/follower.js", 5)],
                vec![CountDiffers {
                    announced: 5,
                    found: 4,
                }],
            ),
            (
                &[("z.zip!d/follower.js", 5), ("z.zip!d/follower-part2.js", 5)],
                &[
                    ("z.zip!d/follower.js", 5),
                    ("z.zip!d/follower-part1.js", 5),
                    ("z.zip!d/follower-part2.js", 5),
                ],
                vec![missing(1, Some(3))],
            ),
            (&[], &[("d/follower.js", 5)], vec![missing(0, Some(1))]),
            (&[], &[("d/follower.js", 0)], vec![]),
            // A file that speaks of itself.
            (
                &[("tt/followers.json", 5)],
                &[("tt/followers.json", 6)],
                vec![CountDiffers {
                    announced: 6,
                    found: 5,
                }],
            ),
            // A number that is none of a list's.
            (&[("ig/followers_99999999999.json", 5)], &[], vec![]),
        ];
        for (files, announced, expected) in cases {
            let files: Vec<_> = files
                .iter()
                .map(|&(name, rows)| File {
                    name,
                    format: if name.contains("followers") {
                        "instagram-followers"
                    } else {
                        X_ARCHIVE
                    },
                    rows,
                })
                .collect();
            let announced: Vec<_> = announced
                .iter()
                .map(|&(name, rows)| (name.to_owned(), rows))
                .collect();
            assert_eq!(
                &check(&files, &announced),
                expected,
                "{files:?} {announced:?}"
            );
        }
    }
}
