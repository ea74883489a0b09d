//! Whether a list that is said to hold everybody is cut off.
//!
//! Platforms hand out followers newest first, and downloads stop midway: at the limit of
//! a call, at the end of a period, at a part that is missing. What is left is no sample:
//! taken for one, the newest 30 % missed the true share by 12 points, and their interval
//! covered it in 15 % of the runs. So the rule is on the careful side.
//!
//! # The rule
//! A list is cut off where
//!
//! 1. its last page names a next one ([`Sign::PagesLeft`]); or
//! 2. it is short, and shows one of three signs: the dates of follow fall from row to row
//!    ([`Sign::NewestFirst`]), the rows are a whole number of full pages
//!    ([`Sign::FullPages`]), a part of the list is missing ([`Sign::PartMissing`]).
//!
//! *Short* is: more than [`USUAL_GAP`] and more than [`FEW`] followers below the counter.
//! The counter is the study's, or else the export's own.
//!
//! # False alarms
//! Counters run up to 5 % ahead of whole lists, because they still count accounts that
//! are suspended or deactivated, and because they are read on another day. A gap of that
//! size is no sign, and in a small channel neither are ten followers. Whole lists come
//! newest first too, so the order alone is no sign either; nor is a round number of rows.
//! Where a list is whole although the rule says otherwise, the study file can say so, and
//! why ([`judged`]). A false alarm makes the limits wider and never moves them to one
//! side; a miss puts the newest followers in the place of all.
//!
//! # Source
//! Oracle 10 of the statistics (worst-case bounds of newest-first lists); detection by
//! order, page size and counter.

use std::collections::BTreeMap;

use super::Format;
use super::found::{Order, Pages};
use super::parts::folder;
use crate::frame::dates::{DAY, date};
use crate::model::cut_off::Sign;
use crate::model::evidence::Design;

/// The share of the counter by which whole lists may be short of it.
pub const USUAL_GAP: f64 = 0.05;

/// The number of followers by which whole lists may be short of the counter.
pub const FEW: u64 = 10;

/// Fewest dated rows whose order says something: by chance, one list of ten in 3.6
/// million is in order.
pub const FEWEST_DATED: u64 = 10;

/// The share of rows that may be out of order: platforms date a follow and enter it on
/// the list at two moments.
pub const OUT_OF_ORDER: f64 = 0.01;

/// One file of a list, as far as it tells of its end.
#[derive(Clone, Debug)]
pub struct File {
    /// Its name: the path, or `archive!path inside`.
    pub name: String,
    /// Its format.
    pub format: &'static Format,
    /// Rows read, those set aside and the duplicates included.
    pub rows: u64,
    /// What its last page says of a next one.
    pub pages: Pages,
    /// The order of its dates of follow.
    pub order: Order,
}

/// The signs that the files of one channel are cut off; none where they are not.
///
/// `listed` are the followers on the list, `counter` those of the channel as far as
/// known; `part_missing` says that a part between others is not there.
pub fn signs(files: &[File], listed: u64, counter: Option<u64>, part_missing: bool) -> Vec<Sign> {
    let mut signs = Vec::new();
    if pages_left(files) {
        signs.push(Sign::PagesLeft);
    }
    if counter.is_some_and(|counter| is_short(listed, counter)) {
        signs.extend(newest_first(files));
        signs.extend(full_pages(files));
        signs.extend(part_missing.then_some(Sign::PartMissing));
    }
    signs
}

/// The design by which a list is judged: a census, or a random sample, that is cut off is
/// the newest followers, unless the study file says why the declared design holds.
///
/// A random sample is short by its nature, so only pages that are left count against it.
pub fn judged(declared: Design, signs: &[Sign], overruled: bool) -> Design {
    let cut_off = match declared {
        Design::Census => !signs.is_empty(),
        Design::Srs => signs.contains(&Sign::PagesLeft),
        Design::Newest | Design::Unknown => false,
    };
    if cut_off && !overruled {
        Design::Newest
    } else {
        declared
    }
}

/// Whether a list falls short of the counter by more than whole lists do.
pub fn is_short(listed: u64, counter: u64) -> bool {
    let gap = counter.saturating_sub(listed);
    gap > FEW && gap as f64 > USUAL_GAP * counter as f64
}

/// Whether, in some folder, files name a next page and none is the last. An archive beside
/// pages that break off is the list itself, if it is as long as they are.
fn pages_left(files: &[File]) -> bool {
    /// The files of one format in one folder.
    #[derive(Default)]
    struct Pull {
        rows: u64,
        left: bool,
        done: bool,
    }
    let mut pulls: BTreeMap<_, Pull> = BTreeMap::new();
    for file in files {
        let pull = pulls
            .entry((file.format.name, folder(&file.name)))
            .or_default();
        pull.rows += file.rows;
        pull.left |= file.pages == Pages::Left;
        pull.done |= file.pages == Pages::Done;
    }
    let (left, whole): (Vec<_>, Vec<_>) = pulls.values().partition(|pull| pull.left && !pull.done);
    let longest = |pulls: &[&Pull]| pulls.iter().map(|pull| pull.rows).max();
    longest(&left).is_some_and(|left| longest(&whole).is_none_or(|whole| whole < left))
}

/// Whether every file that dates its follows goes from the newest to the oldest.
fn newest_first(files: &[File]) -> Option<Sign> {
    let dated: Vec<_> = files
        .iter()
        .map(|file| file.order)
        .filter(|order| order.dated > 0)
        .collect();
    let rows: u64 = dated.iter().map(|order| order.dated).sum();
    let falling = dated.iter().all(Order::is_newest_first);
    let oldest = dated.iter().filter_map(|order| order.oldest).min()?;
    (falling && rows >= FEWEST_DATED).then(|| Sign::NewestFirst {
        oldest: date(oldest.div_euclid(DAY)),
    })
}

/// Whether the rows of all files are a whole number of full pages.
fn full_pages(files: &[File]) -> Option<Sign> {
    let first = files.first()?.format;
    let page = first.page?;
    let alike = files.iter().all(|file| file.format.name == first.name);
    let rows: u64 = files.iter().map(|file| file.rows).sum();
    (alike && rows > 0 && rows.is_multiple_of(page)).then_some(Sign::FullPages { rows, page })
}
