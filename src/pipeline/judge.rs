//! Tallies and labels to results.

use sha2::{Digest, Sha256};

use super::count::{Count, Counted};
use super::{hash_file, hex};
use crate::compare::{Asked, Audited, Compared};
use crate::disclosure::Publishable;
use crate::error::Result;
use crate::estimate::{self, Expense, Standing};
use crate::frame::dates::{DAY, rfc_3339};
use crate::ingest::container::unreadable;
use crate::model::evidence::{Design, Evidence, together};
use crate::model::finding::Comparison;
use crate::model::manifest::{Input, LabelFile, Manifest, Reading, Suppression};
use crate::model::monotone::OlderFollowers;
use crate::model::multiverse::{Multiverse, Outcome, Question, Specification, Whole};
use crate::model::published::StateCounts;
use crate::model::results::{self, AuditSummary, Notice, Results, SCHEMA_VERSION, StudySummary};
use crate::model::share::Share;
use crate::model::tally::Tally;
use crate::model::verdict::Verdict;
use crate::study::{Channel, Study};
use crate::wording::Words;
use crate::{audit, compare, decide, disclosure};

/// Rows set aside beyond this share of a file ask for a look.
const ACCEPTABLE_LOSS: f64 = 0.01;

/// Tallies and labels to results, and every specification of the multiverse: as they may
/// be published, unless the study is internal.
///
/// # Errors
/// An audit file that cannot be read or contradicts the list.
pub fn judge(study: &Study, count: &Count) -> Result<(Results, Vec<Specification>)> {
    let mut channels = Vec::with_capacity(count.channels.len());
    let mut changes = Vec::new();
    let mut tallies = Vec::with_capacity(count.channels.len());
    for (channel, counted) in study.channels.iter().zip(&count.channels) {
        let shown = shown(&counted.tally, study.window_days, study.internal);
        channels.push(judge_channel(
            study,
            channel,
            counted,
            &shown,
            count.census,
        )?);
        tallies.push((channel.id.clone(), shown.classes));
        if let Some(series) = &counted.series {
            changes.push(compare::snapshots(
                &channel.id,
                &series.snapshots,
                &series.transitions,
                study.window_days,
                study.level,
            )?);
        }
    }
    let comparisons = comparisons(study, &channels)?;
    let mut specifications = compare::multiverse(&tallies, study.window_days, study.level)?;
    if !study.internal {
        disclosure::hide_specifications(&mut specifications);
    }
    let mut results = Results {
        schema_version: SCHEMA_VERSION,
        study: StudySummary {
            title: if study.internal {
                let mark = Words::new(study.language).internal();
                format!("{mark}: {}", study.title)
            } else {
                study.title.clone()
            },
            organisation: study.organisation.clone(),
            language: study.language,
            census: rfc_3339(count.census),
            window_days: study.window_days,
            level: study.level,
            residents: study.residents,
            internal: study.internal,
            policy: study.policy.clone(),
            briefing: study.briefing.clone(),
        },
        ranking: compare::ranking(&audited(&channels), &comparisons, study.seed, study.level)?,
        multiverse: None,
        comparisons,
        changes,
        verdicts: Vec::new(),
        channels,
        manifest: Manifest {
            tool: format!("dormouse {}", env!("CARGO_PKG_VERSION")),
            inputs: count
                .channels
                .iter()
                .flat_map(|counted| {
                    let older = counted.series.iter().flat_map(|series| &series.inputs);
                    let own = counted.inputs.iter().chain(&counted.interaction_inputs);
                    own.chain(older).cloned()
                })
                .collect(),
            labels: labels(study)?,
            settings_sha256: hex(&Sha256::digest(study.text.as_bytes())),
            seed: study.seed,
            suppression: Suppression {
                applied: !study.internal,
                ..Suppression::default()
            },
        },
    };
    if !study.internal {
        disclosure::hide(&mut results);
    }
    let (multiverse, verdicts) = decided(study, &results, &specifications)?;
    (results.multiverse, results.verdicts) = (Some(multiverse), verdicts);
    if !study.internal {
        disclosure::hide_strata(&mut results);
    }
    Ok((results, specifications))
}

/// In how many specifications each rule of the council is broken, and what the rules make
/// of each channel: both from one set of answers.
fn decided(
    study: &Study,
    results: &Results,
    specifications: &[Specification],
) -> Result<(Multiverse, Vec<Verdict>)> {
    let asked = asked(study, &results.channels);
    let verdicts = decide::verdicts(results, &|channel, rules| {
        let broken: Vec<Question> = rules.iter().filter_map(|rule| rule.broken()).collect();
        compare::none_holds_in(specifications, &asked, channel, &broken)
    })?;
    Ok((compare::summary(specifications, &asked), verdicts))
}

/// The files with labels, as the manifest lists them.
fn labels(study: &Study) -> Result<Vec<LabelFile>> {
    let mut labels = Vec::new();
    for channel in &study.channels {
        let Some(path) = &channel.audit else { continue };
        let name = path.to_string_lossy().replace('\\', "/");
        labels.push(LabelFile {
            channel: channel.id.clone(),
            sha256: hash_file(&study.folder.join(path))
                .map_err(|error| unreadable(&name, &error))?,
            path: name,
        });
    }
    Ok(labels)
}

/// What may be shown of a tally: everything where the study is internal.
pub(super) fn shown(tally: &Tally, window: u32, internal: bool) -> Publishable {
    if internal {
        Publishable::internal(tally, window)
    } else {
        disclosure::publishable(tally, window, &estimate::windows(window))
    }
}

/// All pairs, with limits at which they are right together.
fn comparisons(study: &Study, channels: &[results::Channel]) -> Result<Vec<Comparison>> {
    let level = compare::pair_level(channels.len(), study.level)?;
    let mut compared = Vec::with_capacity(channels.len());
    for channel in channels {
        let standing = Standing {
            design: channel.design,
            followers: channel.followers,
        };
        let totals_only = channel.evidence == Evidence::Aggregate;
        let dormant = match (&channel.audit, &channel.aggregate) {
            (Some(audit), _) => Some(dormant(audit, channel.counts, standing, level)?),
            (None, Some(totals)) if totals_only => Some(estimate::dormant_by_totals(totals, level)),
            (None, _) => None,
        };
        compared.push(Compared {
            id: channel.id.clone(),
            totals_only,
            silent: estimate::silent(channel.counts.folded(channel.listed), standing, level)?,
            dormant,
            standard_error: channel
                .audit
                .as_ref()
                .and_then(|audit| estimate::standard_error(audit, standing)),
        });
    }
    compare::differences(&compared, level)
}

/// The dormant share by an audit as it is published, beside these counts.
fn dormant(
    audit: &AuditSummary,
    shown: StateCounts,
    standing: Standing,
    level: f64,
) -> Result<Share> {
    let listed = audit.strata.iter().map(|stratum| stratum.size);
    let followers = standing.followers.unwrap_or(listed.sum());
    let found = estimate::dormant(audit, standing, level)?;
    Ok(disclosure::widened(found, shown, followers))
}

fn audited(channels: &[results::Channel]) -> Vec<Audited<'_>> {
    channels
        .iter()
        .filter_map(|channel| {
            Some(Audited {
                id: &channel.id,
                audit: channel.audit.as_ref()?,
                census: channel.design == Design::Census,
            })
        })
        .collect()
}

/// What the council's policy asks of each specification, channel by channel.
fn asked<'a>(study: &Study, channels: &'a [results::Channel]) -> Vec<Asked<'a>> {
    let policy = study.policy.clone().unwrap_or_default();
    let mut asked = Vec::new();
    for (channel, settings) in channels.iter().zip(&study.channels) {
        let whole = whole(channel);
        let mut ask = |question, holds: Box<dyn Fn(&Outcome) -> bool>| {
            asked.push(Asked {
                question,
                channel: &channel.id,
                holds,
            });
        };
        if let Some(minimum) = policy.min_awake_followers {
            let fewer = move |one: &Outcome| whole.active(one) < minimum as f64;
            ask(Question::FewerActiveThan { minimum }, Box::new(fewer));
        }
        if let Some(maximum) = policy.max_dormant_share {
            let share = move |one: &Outcome| whole.silent_share(one);
            let above = move |one: &Outcome| share(one).is_some_and(|share| share > maximum);
            ask(Question::ShareAbove { maximum }, Box::new(above));
        }
        let costs = policy
            .max_cost_per_awake_follower
            .zip(settings.stated.cost_per_month);
        if let Some((maximum, cost)) = costs {
            let above = move |one: &Outcome| cost > maximum * whole.active(one);
            ask(Question::CostAbove { maximum }, Box::new(above));
        }
        // A survey says who is reached, whatever the specification.
        let surveyed = settings.stated.residents_reached.is_some();
        let reach = policy.min_share_of_residents.zip(study.residents);
        if let Some((minimum, residents)) = reach.filter(|_| !surveyed) {
            let below = move |one: &Outcome| whole.active(one) < minimum * residents as f64;
            ask(Question::ResidentsBelow { minimum }, Box::new(below));
        }
    }
    asked
}

/// How the list of a channel stands to its followers.
fn whole(channel: &results::Channel) -> Whole {
    let listed = channel.counts.folded(channel.listed).present();
    let all = channel.followers.map(|all| all.max(listed) as f64);
    match (channel.design, all) {
        (Design::Srs, Some(all)) if listed > 0 => Whole {
            scale: all / listed as f64,
            beyond: 0.0,
        },
        (Design::Census | Design::Srs, _) => Whole::LIST,
        // Without a counter there is no end to those who may be awake.
        (Design::Newest | Design::Unknown, all) => Whole {
            scale: 1.0,
            beyond: all.map_or(f64::INFINITY, |all| all - listed as f64),
        },
    }
}

fn judge_channel(
    study: &Study,
    channel: &Channel,
    counted: &Counted,
    shown: &Publishable,
    census: i64,
) -> Result<results::Channel> {
    let (window, level) = (study.window_days, study.level);
    let standing = counted.standing();
    let drawn_from = counted.tally.counts(window);
    let counts = shown.counts.folded(shown.listed);
    let audit = match &channel.audit {
        None => None,
        Some(path) => {
            let found = AuditSummary {
                agreement: audit::check::agreement(study, channel)?,
                ..audit::read(
                    &study.folder.join(path),
                    &path.to_string_lossy(),
                    drawn_from,
                )?
            };
            Some(if study.internal {
                found
            } else {
                disclosure::publishable_audit(found, drawn_from, shown.counts)
            })
        }
    };
    let dormant = match &audit {
        None => None,
        Some(audit) => Some(
            dormant(audit, shown.counts, standing, level)
                .map_err(|error| error.at(format!("channel {}", channel.id)))?,
        ),
    };
    let monotone = match channel.older_followers {
        OlderFollowers::Unknown => None,
        OlderFollowers::AtLeastAsSilent => Some(
            estimate::monotone(&counted.tally, audit.as_ref(), standing, window, level)
                .map_err(|error| error.at(format!("channel {}", channel.id)))?,
        ),
    };
    // The channel's total: an export may be a part of it.
    let followers = standing.followers.unwrap_or(counts.present());
    let expense = channel.stated.cost_per_month.map(|per_month| Expense {
        per_month,
        standard_error: channel.cost_standard_error,
    });
    let cost = match (&dormant, expense) {
        (Some(dormant), Some(expense)) => estimate::cost(dormant, followers, expense)?,
        _ => None,
    };
    let readings: Vec<&Reading> = counted.inputs.iter().map(|input| &input.reading).collect();
    let fields = together(readings.iter().map(|reading| &reading.fields));
    let today = census.div_euclid(DAY);
    let mut aggregate = estimate::aggregate(
        &readings,
        &counted.days,
        standing,
        (today - i64::from(window), today),
    )?;
    if let Some(totals) = aggregate.as_mut().filter(|_| !study.internal) {
        disclosure::hide_totals(totals);
    }
    let totals_only = estimate::holds_totals_only(&readings);
    let counter = aggregate.as_ref().and_then(|totals| totals.counter);
    let mut notices = counted.notices.clone();
    if let Some(interactions) = &counted.interactions {
        notices.push(Notice::Interactions {
            followers: Some(interactions.followers),
            awake: Some(interactions.awake),
            others: Some(interactions.others),
        });
    }
    notices.extend(estimate::notices(
        &readings,
        &fields,
        (shown.counts, shown.listed),
        shown.protected,
        standing,
        audit.as_ref(),
    ));
    if monotone.is_some() {
        notices.push(Notice::OlderAssumed);
    }
    Ok(results::Channel {
        id: channel.id.clone(),
        name: channel.name.clone(),
        platform: channel.platform,
        evidence: if totals_only {
            Evidence::Aggregate
        } else {
            Evidence::of(&fields)
        },
        design: counted.design,
        followers: standing.followers.or(counter.filter(|_| totals_only)),
        listed: shown.listed,
        counts: shown.counts,
        silent: estimate::silent(counts, standing, level)?,
        awake: dormant
            .as_ref()
            .map(|dormant| estimate::awake(dormant, followers)),
        dormant,
        monotone,
        cost,
        stated: channel.stated.clone(),
        audit,
        aggregate,
        interactions: counted.interactions,
        curve: estimate::curve(|window| shown.at(window), standing, window, level)?,
        notices,
    })
}

/// Whether somebody must look: more rows set aside than is acceptable.
pub fn needs_a_look(results: &Results) -> Vec<&Input> {
    results
        .manifest
        .inputs
        .iter()
        .filter(|input| {
            input.reading.set_aside as f64 > ACCEPTABLE_LOSS * input.reading.rows as f64
        })
        .collect()
}
