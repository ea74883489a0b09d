//! What results say beside the tallies, as it may be published.

use crate::model::aggregate::{Aggregate, ChannelTotals, Metric};
use crate::model::change::{Change, Step, StepNotice, Transitions};
use crate::model::evidence::Field;
use crate::model::finding::{Comparison, Finding, Quantity, Ranked};
use crate::model::manifest::Reading;
use crate::model::monotone::FollowAge;
use crate::model::multiverse::Specification;
use crate::model::published::{SMALLEST_WHOLE, StateCounts, is_small};
use crate::model::results::{Channel, Notice, Results};
use crate::model::share::{Limits, Method, Share};
use crate::model::tally::{Counts, State};

use super::audit::stands_for_few;

/// The states that are counted.
const STATES: [State; 4] = [
    State::Awake,
    State::Silent,
    State::Undetermined,
    State::Gone,
];

/// Hides in results what is not published, and says so in their manifest.
///
/// The tallies behind them must be [`publishable`](super::publishable) already.
pub fn hide(results: &mut Results) {
    for channel in &mut results.channels {
        hide_channel(channel);
    }
    let shares = |id: &str, quantity| {
        results
            .channels
            .iter()
            .filter(|channel| channel.id == id)
            .any(|channel| is_hidden(channel, quantity))
    };
    for comparison in &mut results.comparisons {
        let quantity = comparison.quantity;
        if shares(&comparison.a, quantity) || shares(&comparison.b, quantity) {
            hide_comparison(comparison);
        }
    }
    if let Some(ranking) = &mut results.ranking {
        let hidden = |ranked: &Ranked| shares(&ranked.channel, Quantity::Dormant);
        // The chances add up to one.
        if ranking.channels.iter().any(hidden) {
            for ranked in &mut ranking.channels {
                ranked.largest = None;
            }
        }
    }
    for change in &mut results.changes {
        let channels = results.channels.iter();
        let own = channels.filter(|channel| channel.id == change.channel);
        hide_change(change, own.map(|channel| channel.counts).next());
    }
    for channel in &results.channels {
        let inputs = results.manifest.inputs.iter_mut();
        let readings: Vec<&mut Reading> = inputs
            .filter(|input| input.channel == channel.id)
            .map(|input| &mut input.reading)
            .collect();
        hide_readings(readings, channel);
    }
}

/// Hides the shares of specifications that leave fewer than a hundred followers.
pub fn hide_specifications(specifications: &mut [Specification]) {
    let outcomes = specifications.iter_mut().flat_map(|one| &mut one.outcomes);
    for outcome in outcomes.filter(|outcome| outcome.n < SMALLEST_WHOLE) {
        outcome.share = None;
        (outcome.lower, outcome.upper) = (0.0, 1.0);
    }
}

/// Hides small numbers of followers among totals. What the platform's own counter shows to
/// everybody, and how it grew, is not hidden.
pub fn hide_totals(totals: &mut ChannelTotals) {
    if totals.active_followers.is_some_and(is_small) {
        totals.active_followers = None;
        totals.not_reached = Limits {
            lower: 0.0,
            upper: 1.0,
        };
    }
    totals.reach = totals.reach.filter(|&reach| !is_small(reach));
    let small = |n: Option<i64>| n.is_some_and(|n| is_small(n.unsigned_abs()));
    for month in &mut totals.growth {
        // Each of the two is the other one and the growth of the counter.
        if small(month.gained) || small(month.lost) {
            (month.gained, month.lost) = (None, None);
        }
    }
}

fn hide_channel(channel: &mut Channel) {
    let present = channel.counts.folded(channel.listed).present();
    // Where nobody is listed there is nothing to hide either.
    if present > 0 && present < SMALLEST_WHOLE {
        hide_share(&mut channel.silent);
        channel.curve.clear();
    }
    hide_monotone(channel, present);
    let followers = channel.followers.unwrap_or(present);
    if let Some(dormant) = &mut channel.dormant
        && (followers < SMALLEST_WHOLE || stands_for_few(dormant, followers))
    {
        hide_share(dormant);
        channel.awake = None;
        channel.cost = None;
    }
    let beside = channel.monotone.as_mut();
    let beside = beside.and_then(|monotone| monotone.dormant.as_mut());
    for dormant in channel.dormant.iter_mut().chain(beside) {
        dormant.labels = dormant.labels.filter(|&labels| !is_small(labels));
    }
    let few = channel.interactions.is_some_and(|counts| {
        let people = [
            counts.followers,
            counts.others,
            counts.awake,
            counts.people,
            // What is left of the list, of its awake, and of those who did something.
            present.saturating_sub(counts.followers),
            channel
                .counts
                .awake
                .unwrap_or_default()
                .saturating_sub(counts.awake),
            counts.followers.saturating_sub(counts.awake),
        ];
        channel.counts.suppressed || people.into_iter().any(is_small)
    });
    if few {
        channel.interactions = None;
    }
    for notice in &mut channel.notices {
        match notice {
            Notice::LabelsUnknown { labels } => {
                *labels = labels.filter(|&labels| !is_small(labels));
            }
            Notice::Interactions {
                followers,
                awake,
                others,
            } if few => (*followers, *awake, *others) = (None, None, None),
            _ => {}
        }
    }
}

/// Hides what is computed from groups by age of the follow, which are parts of the counts:
/// where one of them is small, or what is left of the list without them.
fn hide_monotone(channel: &mut Channel, present: u64) {
    let Some(monotone) = &mut channel.monotone else {
        return;
    };
    let silent = channel.counts.silent.unwrap_or_default();
    let few = |groups: &[FollowAge]| {
        let all: u64 = groups.iter().map(|group| group.followers).sum();
        let of_them: u64 = groups.iter().map(|group| group.silent).sum();
        let rest = (present.saturating_sub(all), silent.saturating_sub(of_them));
        let groups = groups.iter().map(|group| (group.followers, group.silent));
        groups.chain([rest]).any(|(all, silent)| {
            let others = all.saturating_sub(silent);
            [all, silent, others].into_iter().any(is_small)
        })
    };
    if channel.counts.suppressed || present < SMALLEST_WHOLE || few(&[monotone.oldest]) {
        channel.monotone = None;
    } else {
        monotone.trend = monotone.trend.take().filter(|trend| !few(&trend.groups));
    }
}

fn hide_share(share: &mut Share) {
    *share = Share {
        lower: 0.0,
        upper: 1.0,
        estimate: None,
        level: share.level,
        method: Method::Suppressed,
        inner: None,
        quantiles: None,
        labels: share.labels,
    };
}

fn is_hidden(channel: &Channel, quantity: Quantity) -> bool {
    let share = match quantity {
        Quantity::Dormant => channel.dormant.as_ref(),
        Quantity::Silent => Some(&channel.silent),
    };
    share.is_some_and(|share| share.method == Method::Suppressed)
}

fn hide_comparison(comparison: &mut Comparison) {
    comparison.difference = None;
    (comparison.lower, comparison.upper) = (-1.0, 1.0);
    comparison.method = Method::Suppressed.as_str().to_owned();
    comparison.finding = Finding::Undecided;
    (comparison.p, comparison.p_holm, comparison.cohens_h) = (None, None, None);
}

/// Hides the snapshots and steps of a channel, whose own counts are `now`.
fn hide_change(change: &mut Change, now: Option<StateCounts>) {
    let mut hidden = false;
    // The last snapshot counts those with an id. Where few have none, it would tell them.
    if let (Some(now), Some(last)) = (now, change.snapshots.last_mut()) {
        let few = STATES.into_iter().any(|state| {
            let counts = now.of(state).zip(last.counts.of(state));
            counts.is_some_and(|(all, known)| is_small(all.abs_diff(known)))
        });
        if few {
            last.counts = StateCounts::HIDDEN;
            last.silent_share = None;
            hidden = true;
            if let Some(step) = change.steps.last_mut() {
                (step.rates, step.paired) = (None, None);
                hide_table(step);
            }
        }
    }
    for snapshot in &mut change.snapshots {
        let counts = snapshot.counts;
        if let (Some(awake), Some(silent)) = (counts.awake, counts.silent) {
            let all = StateCounts::published(Counts {
                awake,
                silent,
                undetermined: counts.undetermined.unwrap_or_default(),
                gone: counts.gone.unwrap_or_default(),
            });
            snapshot.counts = all;
            let shown = all.awake.is_some() && all.silent.is_some();
            if snapshot.silent_share.is_some() && (!shown || awake + silent < SMALLEST_WHOLE) {
                snapshot.silent_share = None;
                hidden = true;
            }
        }
    }
    if hidden {
        change.trend = None;
    }
    for step in &mut change.steps {
        hide_step(step);
    }
}

/// Shows the table of a step only where no cell is small; the rates among those determined
/// at both instants also where these and what is left of their rows and columns are not.
fn hide_step(step: &mut Step) {
    let Some(table) = step.transitions else {
        return;
    };
    let core = core(&table);
    let determined: u64 = core.iter().take(4).sum();
    if core.into_iter().any(is_small) || determined < SMALLEST_WHOLE {
        (step.rates, step.paired) = (None, None);
    }
    let enough = |of: u64| of >= SMALLEST_WHOLE;
    step.rates = step
        .rates
        .take()
        .filter(|rates| enough(rates.fell_silent.of) && enough(rates.woke.of));
    let rows = [
        table.awake,
        table.silent,
        table.undetermined,
        table.gone,
        table.absent,
    ];
    let mut cells = rows.iter().flat_map(|row| {
        [
            row.awake,
            row.silent,
            row.undetermined,
            row.gone,
            row.absent,
        ]
    });
    if cells.any(is_small) {
        hide_table(step);
    }
}

fn hide_table(step: &mut Step) {
    step.transitions = None;
    step.decomposition = None;
    for notice in &mut step.notices {
        if let StepNotice::EvidenceChanged { lost, won } = notice {
            (*lost, *won) = (None, None);
        }
    }
}

/// The four cells of those determined at both instants, then what is left of their two
/// rows and two columns.
fn core(table: &Transitions) -> [u64; 8] {
    let (awake, silent) = (table.awake, table.silent);
    let (before, after) = (table.before(), table.after());
    [
        awake.awake,
        awake.silent,
        silent.awake,
        silent.silent,
        before.awake - awake.awake - awake.silent,
        before.silent - silent.awake - silent.silent,
        after.awake - awake.awake - silent.awake,
        after.silent - awake.silent - silent.silent,
    ]
}

/// Hides how many rows fill a field, unless all or none do, and accounts that are gone
/// where the channel's are hidden or one file has few.
fn hide_readings(readings: Vec<&mut Reading>, channel: &Channel) {
    let few = |reading: &&mut Reading| {
        reading.gone.is_some_and(is_small) || reading.unavailable.is_some_and(is_small)
    };
    let gone_hidden = channel.counts.gone.is_none() || readings.iter().any(few);
    let totals = channel.aggregate.iter().flat_map(|totals| &totals.growth);
    let growth_hidden = totals
        .into_iter()
        .any(|month| month.gained.is_none() && month.lost.is_none());
    for reading in readings {
        if gone_hidden {
            (reading.gone, reading.unavailable) = (None, None);
        }
        let partly: Vec<Field> = reading
            .fields
            .iter()
            .filter(|(_, count)| count.present > 0 && count.null > 0)
            .map(|(&field, _)| field)
            .collect();
        reading.fields.retain(|field, _| !partly.contains(field));
        reading.partly_filled = partly;
        if let Some(aggregate) = &mut reading.aggregate {
            hide_sums(aggregate, growth_hidden);
        }
    }
}

/// Hides the sums of followers gained and lost where they are small, or where those of a
/// month are hidden that they would give away; and small numbers of people active.
fn hide_sums(aggregate: &mut Aggregate, growth_hidden: bool) {
    let small = |n: Option<i64>| n.is_some_and(|n| is_small(n.unsigned_abs()));
    for (metric, total) in &mut aggregate.totals {
        match metric {
            Metric::Gained | Metric::Lost if growth_hidden || small(total.sum) => total.sum = None,
            Metric::ActiveFollowers | Metric::Reach | Metric::Viewers => {
                total.largest = total.largest.filter(|&n| !small(Some(n)));
                total.last = total.last.filter(|&n| !small(Some(n)));
            }
            _ => {}
        }
    }
}
