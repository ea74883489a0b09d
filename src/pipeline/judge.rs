//! Tallies and labels to results.

use sha2::{Digest, Sha256};

use super::count::{Count, Counted};
use super::hex;
use crate::error::Result;
use crate::estimate::{self, Standing};
use crate::frame::dates::rfc_3339;
use crate::model::evidence::{Evidence, Fields};
use crate::model::manifest::{Input, Manifest, Reading};
use crate::model::results::{self, Results, SCHEMA_VERSION, StudySummary};
use crate::study::{Channel, Study};
use crate::{audit, compare};

/// Rows set aside beyond this share of a file ask for a look.
const ACCEPTABLE_LOSS: f64 = 0.01;

/// Tallies and labels to results.
///
/// # Errors
/// An audit file that cannot be read or contradicts the list.
pub fn judge(study: &Study, count: &Count) -> Result<Results> {
    let mut channels = Vec::with_capacity(count.channels.len());
    let mut changes = Vec::new();
    for (channel, counted) in study.channels.iter().zip(&count.channels) {
        channels.push(judge_channel(study, channel, counted)?);
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
    Ok(Results {
        schema_version: SCHEMA_VERSION,
        study: StudySummary {
            title: study.title.clone(),
            organisation: study.organisation.clone(),
            language: study.language,
            census: rfc_3339(count.census),
            window_days: study.window_days,
            level: study.level,
            residents: study.residents,
        },
        comparisons: compare::differences(&channels, study.level)?,
        changes,
        channels,
        manifest: Manifest {
            tool: format!("dormouse {}", env!("CARGO_PKG_VERSION")),
            inputs: count
                .channels
                .iter()
                .flat_map(|counted| {
                    let older = counted.series.iter().flat_map(|series| &series.inputs);
                    counted.inputs.iter().chain(older).cloned()
                })
                .collect(),
            settings_sha256: hex(&Sha256::digest(study.text.as_bytes())),
            seed: study.seed,
        },
    })
}

fn judge_channel(study: &Study, channel: &Channel, counted: &Counted) -> Result<results::Channel> {
    let (window, level) = (study.window_days, study.level);
    let standing = Standing {
        design: channel.design,
        followers: channel.followers,
    };
    let counts = counted.tally.counts(window);
    let audit = match &channel.audit {
        None => None,
        Some(path) => Some(audit::read(
            &study.folder.join(path),
            &path.to_string_lossy(),
            counts,
        )?),
    };
    let dormant = match &audit {
        None => None,
        Some(audit) => Some(
            estimate::dormant(audit, standing, level)
                .map_err(|error| error.at(format!("channel {}", channel.id)))?,
        ),
    };
    let readings: Vec<&Reading> = counted.inputs.iter().map(|input| &input.reading).collect();
    let fields = fields_of(&readings);
    let mut notices = counted.notices.clone();
    notices.extend(estimate::notices(
        &readings,
        &fields,
        &counted.tally,
        window,
        standing,
        audit.as_ref(),
    ));
    Ok(results::Channel {
        id: channel.id.clone(),
        name: channel.name.clone(),
        platform: channel.platform,
        evidence: Evidence::of(&fields),
        design: channel.design,
        followers: channel.followers,
        listed: counts.listed(),
        counts,
        silent: estimate::silent(counts, standing, level)?,
        dormant,
        audit,
        curve: estimate::curve(&counted.tally, standing, window, level)?,
        notices,
    })
}

/// The fields of several files together.
fn fields_of(readings: &[&Reading]) -> Fields {
    let mut fields = Fields::new();
    for reading in readings {
        for (&field, count) in &reading.fields {
            let sum = fields.entry(field).or_default();
            sum.present += count.present;
            sum.null += count.null;
        }
    }
    fields
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
