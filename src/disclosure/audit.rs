//! What an audit says, as it may be published.
//!
//! Why labels are another thing than counts of people is told in [`crate::model::published`].

use crate::model::published::{SMALLEST_GROUP, StateCounts, is_small};
use crate::model::results::{AuditSummary, Results, Stratum};
use crate::model::share::Share;
use crate::model::tally::{Counts, State};

/// An audit from which everything may be computed that is published: `shown` of the
/// `counts` of the channel, and of no stratum that few are dormant, or active.
pub fn publishable_audit(audit: AuditSummary, counts: Counts, shown: StateCounts) -> AuditSummary {
    let strata = if shown.suppressed {
        joined(audit.strata.clone(), counts, shown)
    } else {
        audit.strata.clone()
    };
    let strata = strata.into_iter().map(without_few).collect();
    AuditSummary {
        suppressed: strata != audit.strata,
        strata,
        ..audit
    }
}

/// The strata whose sizes are hidden counts of the channel as one, which is as large as all
/// that is hidden. What its labels say is what those of its large part say; fewer than ten
/// of each other hidden count are counted with it, for which [`widened`] leaves room. Where
/// it has no large part it has no labels, and can be anything.
fn joined(strata: Vec<Stratum>, counts: Counts, shown: StateCounts) -> Vec<Stratum> {
    let states = [State::Awake, State::Silent, State::Undetermined];
    let is_hidden = |stratum: &Stratum| {
        let own = states
            .into_iter()
            .find(|state| state.as_str() == stratum.name);
        own.is_some_and(|state| shown.of(state).is_none())
    };
    let drawn_from: u64 = strata.iter().map(|stratum| stratum.size).sum();
    // Hidden accounts that are gone count as undetermined; nobody drew from them.
    let hidden_gone = if drawn_from == counts.present() {
        shown.folded(counts.listed()).present() - drawn_from
    } else {
        0
    };
    let (hidden, mut others): (Vec<_>, Vec<_>) = strata.into_iter().partition(is_hidden);
    let is_large = |part: &&Stratum| part.size >= SMALLEST_GROUP;
    let size = hidden.iter().map(|part| part.size).sum::<u64>() + hidden_gone;
    // Strata of an older draw may all be large.
    let large: Vec<&Stratum> = hidden.iter().filter(is_large).collect();
    let sum = |of: fn(&Stratum) -> u64| large.iter().map(|part| of(part)).sum();
    match (hidden.first(), others.last_mut()) {
        (Some(part), _) => others.push(Stratum {
            name: part.name.clone(),
            size,
            dormant: sum(|part| part.dormant),
            active: sum(|part| part.active),
            unknown: sum(|part| part.unknown),
        }),
        (None, Some(last)) if hidden_gone < SMALLEST_GROUP => last.size += hidden_gone,
        // Strata of one's own, and too many who are gone to count with one of them.
        (None, Some(last)) => {
            *last = Stratum {
                size: last.size + hidden_gone,
                dormant: 0,
                active: 0,
                unknown: 0,
                name: last.name.clone(),
            }
        }
        (None, None) => {}
    }
    others
}

/// A stratum of which so few are left without a label that a small number of labels is
/// the number of its followers: those labels count as unknown, and so many of the others
/// that ten followers may be anything.
fn without_few(stratum: Stratum) -> Stratum {
    let mut labels = [stratum.dormant, stratum.active];
    let left = stratum.size.saturating_sub(labels.iter().sum());
    if left >= SMALLEST_GROUP || !labels.into_iter().any(is_small) {
        return stratum;
    }
    let mut hidden = 0;
    let mut hide = |label: &mut u64, most: u64| {
        let part = most.min(*label);
        *label -= part;
        hidden += part;
        hidden
    };
    for label in labels.iter_mut().filter(|label| is_small(**label)) {
        hide(label, u64::MAX);
    }
    for label in &mut labels {
        let so_far = left + hide(label, 0);
        hide(label, SMALLEST_GROUP.saturating_sub(so_far));
        // What remains is a group of its own.
        if is_small(*label) {
            hide(label, u64::MAX);
        }
    }
    let [dormant, active] = labels;
    Stratum {
        dormant,
        active,
        unknown: stratum.unknown + hidden,
        ..stratum
    }
}

/// A dormant share of so many followers with room for those who were counted in another
/// stratum: nine for each hidden count of the channel but one, which is the large one.
pub fn widened(share: Share, shown: StateCounts, followers: u64) -> Share {
    let states = [shown.awake, shown.silent, shown.undetermined, shown.gone];
    let hidden = states.iter().filter(|count| count.is_none()).count();
    if hidden == 0 || followers == 0 {
        return share;
    }
    let people = (hidden as u64 - 1) * (SMALLEST_GROUP - 1);
    let room = people as f64 / followers as f64;
    Share {
        lower: (share.lower - room).max(0.0),
        upper: (share.upper + room).min(1.0),
        ..share
    }
}

/// Whether a share is one of one to nine of so many followers, or of all but so few.
pub(super) fn stands_for_few(share: &Share, followers: u64) -> bool {
    let people = |share: f64| (share * followers as f64).round() as u64;
    share
        .estimate
        .is_some_and(|share| is_small(people(share)) || is_small(people(1.0 - share)))
}

/// Hides the strata of audits that have a small count; the last thing that is hidden,
/// because verdicts say how many more labels would settle them.
pub fn hide_strata(results: &mut Results) {
    for channel in &mut results.channels {
        let Some(audit) = &mut channel.audit else {
            continue;
        };
        let mut numbers = audit.strata.iter().flat_map(|stratum| {
            [
                stratum.size,
                stratum.dormant,
                stratum.active,
                stratum.unknown,
            ]
        });
        // The sizes of the strata are the counts of the channel.
        audit.suppressed |= channel.counts.suppressed || numbers.any(is_small);
        if audit.suppressed {
            audit.strata.clear();
        }
        audit.agreement = audit.agreement.filter(|found| !is_small(found.both));
    }
}
