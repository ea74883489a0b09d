//! What a reader must know beside the figures of a channel.

use super::Standing;
use crate::model::evidence::{Design, Evidence, Field, Fields};
use crate::model::manifest::Reading;
use crate::model::published::StateCounts;
use crate::model::results::{AuditSummary, Notice};
use crate::model::tally::Counts;

/// The fields whose absence changes what can be said.
const TELLING: [Field; 2] = [Field::LastActiveAt, Field::FollowedAt];

/// A list and a counter that differ by more than this share are worth a word: the
/// platforms' own counters run up to 5 % ahead of their lists.
const USUAL_GAP: f64 = 0.05;

/// The notices that follow from the counts, as far as those are shown, of `listed`
/// followers; `protected` accounts are among the undetermined.
pub fn notices(
    readings: &[&Reading],
    fields: &Fields,
    (shown, listed): (StateCounts, u64),
    protected: Option<u64>,
    standing: Standing,
    audit: Option<&AuditSummary>,
) -> Vec<Notice> {
    let counts = shown.folded(listed);
    let mut notices = Vec::new();
    if holds_totals_only(readings) {
        notices.push(Notice::TotalsOnly);
        notices.extend(of_rows(readings));
        return notices;
    }
    if matches!(Evidence::of(fields), Evidence::None | Evidence::Ids) && counts.silent == 0 {
        notices.push(Notice::NoEvidence);
    }
    for field in TELLING {
        if fields.get(&field).is_none_or(|count| count.present == 0) {
            notices.push(Notice::NotCollected {
                field,
                rows: counts.present(),
            });
        }
    }
    if protected != Some(0) {
        notices.push(Notice::Protected {
            followers: protected,
        });
    }
    if shown.gone != Some(0) {
        notices.push(Notice::Gone {
            followers: shown.gone,
        });
    }
    notices.extend(of_rows(readings));
    notices.extend(of_standing(counts, standing));
    match audit {
        None => notices.push(Notice::NoAudit),
        Some(audit) => {
            let labels = audit.strata.iter().map(|stratum| stratum.unknown).sum();
            if labels > 0 {
                notices.push(Notice::LabelsUnknown {
                    // Where labels are hidden, some of them count as unknown.
                    labels: Some(labels).filter(|_| !audit.suppressed),
                });
            }
        }
    }
    notices
}

/// Whether the exports of a channel hold totals, and none of them a follower.
pub fn holds_totals_only(readings: &[&Reading]) -> bool {
    readings.iter().any(|reading| reading.aggregate.is_some())
        && readings.iter().all(|reading| reading.fields.is_empty())
}

fn of_rows(readings: &[&Reading]) -> Vec<Notice> {
    let sum = |count: fn(&Reading) -> u64| readings.iter().map(|reading| count(reading)).sum();
    let mut notices = Vec::new();
    let (set_aside, rows): (u64, u64) = (
        sum(|reading| reading.set_aside),
        sum(|reading| reading.rows),
    );
    if set_aside > 0 {
        notices.push(Notice::SetAside {
            rows: set_aside,
            of: rows,
        });
    }
    let duplicates = sum(|reading| reading.duplicates);
    if duplicates > 0 {
        notices.push(Notice::Duplicates { rows: duplicates });
    }
    let dates = sum(|reading| reading.implausible_dates);
    if dates > 0 {
        notices.push(Notice::ImplausibleDates { dates });
    }
    notices
}

fn of_standing(counts: Counts, standing: Standing) -> Option<Notice> {
    let listed = counts.listed();
    match (standing.design, standing.followers) {
        (Design::Newest | Design::Unknown, followers) => Some(Notice::NewestFirst {
            listed,
            followers: followers.unwrap_or(listed),
        }),
        (Design::Census, Some(counter))
            if counter.abs_diff(listed) as f64 > USUAL_GAP * counter as f64 =>
        {
            Some(Notice::ListDiffersFromCounter { listed, counter })
        }
        _ => None,
    }
}
