//! The whole way: the one file that knows every stage and what stands between them.
//!
//! [`count`] goes from exports to tallies, [`judge`] from tallies and labels to
//! [`Results`], [`publish`] from results to the folder that people read.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::activity::{self, Judgement};
use crate::error::{Error, Result};
use crate::estimate::{self, Standing};
use crate::frame::dates::{self, rfc_3339};
use crate::frame::tallies;
use crate::ingest::container::{Member, members, unreadable};
use crate::ingest::intake::Seen;
use crate::ingest::recognise::{Recognised, recognise};
use crate::ingest::{self, Adapter, parts};
use crate::model::evidence::{Evidence, Fields};
use crate::model::figure::Drawn;
use crate::model::manifest::{Input, Manifest, Reading};
use crate::model::results::{self, Notice, Results, SCHEMA_VERSION, StudySummary};
use crate::model::tally::Tally;
use crate::output::{Output, RESULTS};
use crate::study::{Channel, Study};
use crate::wording::Words;
use crate::{audit, briefing, chart, compare};

/// Rows set aside beyond this share of a file ask for a look.
const ACCEPTABLE_LOSS: f64 = 0.01;

/// Told what is being done, for a progress line.
pub trait Watch {
    /// A file is being read, and so many rows of it are.
    fn reading(&self, file: &str, rows: u64);
    /// A later stage begins.
    fn stage(&self, what: &str);
}

/// What was counted for one channel.
#[derive(Debug)]
pub struct Counted {
    /// The tally.
    pub tally: Tally,
    /// The files, as the manifest lists them.
    pub inputs: Vec<Input>,
    /// What the files say of each other.
    pub notices: Vec<Notice>,
    /// Files that were found and not read, and why.
    pub left_out: Vec<(String, String)>,
}

/// What was counted for all channels.
#[derive(Debug)]
pub struct Count {
    /// The instant at which everybody is judged, in milliseconds since 1970 UTC.
    pub census: i64,
    /// One entry a channel, in the order of the study file.
    pub channels: Vec<Counted>,
}

/// Exports to tallies: every row is read once.
///
/// # Errors
/// A file that is missing, damaged, empty or no list of followers; no census instant.
pub fn count(study: &Study, watch: &dyn Watch) -> Result<Count> {
    let mut sources = Vec::with_capacity(study.channels.len());
    for channel in &study.channels {
        sources.push(sources_of(channel, &study.folder)?);
    }
    let census = census(study, &sources)?;
    let judgement = Judgement::new(census, study.window_days);
    let mut hashes = BTreeMap::new();
    let mut counted = Vec::with_capacity(sources.len());
    for (channel, sources) in study.channels.iter().zip(sources) {
        counted.push(count_channel(
            channel,
            sources,
            &judgement,
            &mut hashes,
            watch,
        )?);
    }
    Ok(Count {
        census,
        channels: counted,
    })
}

/// The census instant: the study's own, or when the latest of the exports was made.
///
/// # Errors
/// Neither is known: the wall clock is never taken.
fn census(study: &Study, sources: &[Sources]) -> Result<i64> {
    if let Some(census) = study.census {
        return Ok(census);
    }
    let mut latest = None;
    for (member, adapter) in sources.iter().flat_map(|sources| &sources.files) {
        let found = ingest::read(
            member,
            *adapter,
            &mut Seen::default(),
            None,
            &mut |_| Ok(()),
        )?;
        let made = found
            .reading
            .exported_at
            .and_then(|made| dates::iso_8601(made.as_bytes()));
        latest = latest.max(made);
    }
    latest.ok_or_else(|| {
        Error::new("pipeline::census", "there is no census instant")
            .help("the exports do not say when they were made; add `census = 2025-01-14T00:00:00Z` to the study file")
    })
}

/// The files of a channel that can be read, and those that cannot.
struct Sources {
    files: Vec<(Member, &'static dyn Adapter)>,
    left_out: Vec<(String, String)>,
}

fn sources_of(channel: &Channel, folder: &Path) -> Result<Sources> {
    let mut sources = Sources {
        files: Vec::new(),
        left_out: Vec::new(),
    };
    let (mut refused, mut unknown) = (None, None);
    for member in members(&channel.exports, folder)? {
        match recognise(&member)? {
            Recognised::Followers(adapter) | Recognised::Companion(adapter) => {
                if let Some(platform) = adapter.format().platform.filter(|&p| p != channel.platform)
                {
                    return Err(Error::new(
                        "pipeline::platform",
                        format!(
                            "this is a list of {}, but the channel `{}` is on {}",
                            platform.label(),
                            channel.id,
                            channel.platform.label()
                        ),
                    )
                    .at(&member.name)
                    .help("correct `platform` or `exports` of this channel in the study file"));
                }
                sources.files.push((member, adapter));
            }
            Recognised::Refused(refusal) => {
                sources
                    .left_out
                    .push((member.name.clone(), refusal.what.to_owned()));
                refused.get_or_insert(refusal.error(&member.name));
            }
            Recognised::Empty => {
                refused.get_or_insert(ingest::empty(&member));
                sources
                    .left_out
                    .push((member.name, "the file is empty".to_owned()));
            }
            Recognised::Unknown => {
                unknown.get_or_insert(ingest::unknown(&member));
                sources
                    .left_out
                    .push((member.name, "none of the known formats".to_owned()));
            }
        }
    }
    if sources
        .files
        .iter()
        .any(|(_, adapter)| adapter.format().role == ingest::Role::Followers)
    {
        return Ok(sources);
    }
    Err(refused.or(unknown).unwrap_or_else(|| {
        Error::new(
            "pipeline::no_files",
            "the exports of this channel hold no list of followers",
        )
        .at(channel.exports.join(", "))
        .help("put the download of the platform there, as it is")
    }))
}

fn count_channel(
    channel: &Channel,
    sources: Sources,
    judgement: &Judgement,
    hashes: &mut BTreeMap<PathBuf, String>,
    watch: &dyn Watch,
) -> Result<Counted> {
    // An export is often made some time after the census; a year later is no date.
    let latest = judgement.census.saturating_add(366 * dates::DAY);
    let mut counted = Counted {
        tally: Tally::default(),
        inputs: Vec::new(),
        notices: Vec::new(),
        left_out: sources.left_out,
    };
    let mut seen = Seen::default();
    let mut announced = Vec::new();
    for (member, adapter) in sources.files {
        watch.reading(&member.name, 0);
        let mut tally = Tally::default();
        let mut rows = 0;
        let found = ingest::read(&member, adapter, &mut seen, Some(latest), &mut |batch| {
            rows += batch.height() as u64;
            watch.reading(&member.name, rows);
            tally.merge(&activity::count(batch, judgement)?);
            Ok(())
        })?;
        let reading = found.reading;
        announced.extend(found.announced);
        let platform = reading.platform.unwrap_or(channel.platform);
        counted.tally.merge(&activity::confirm_zero_counts(
            tally,
            platform,
            &reading.fields,
        ));
        let sha256 = match hashes.get(&member.file) {
            Some(hash) => hash.clone(),
            None => {
                let hash = hash_file(&member)?;
                hashes.insert(member.file.clone(), hash.clone());
                hash
            }
        };
        counted.inputs.push(Input {
            channel: channel.id.clone(),
            path: member.name,
            sha256,
            reading,
        });
    }
    let files: Vec<_> = counted
        .inputs
        .iter()
        .map(|input| parts::File {
            name: &input.path,
            format: &input.reading.format,
            rows: input.reading.rows,
        })
        .collect();
    counted.notices = parts::check(&files, &announced);
    Ok(counted)
}

fn hash_file(member: &Member) -> Result<String> {
    let name = &member.name;
    let mut file = File::open(&member.file).map_err(|error| unreadable(name, &error))?;
    let mut hasher = Sha256::new();
    let mut block = vec![0; 1 << 18];
    loop {
        match file
            .read(&mut block)
            .map_err(|error| unreadable(name, &error))?
        {
            0 => return Ok(hex(&hasher.finalize())),
            read => hasher.update(block.get(..read).unwrap_or_default()),
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Tallies and labels to results.
///
/// # Errors
/// An audit file that cannot be read or contradicts the list.
pub fn judge(study: &Study, count: &Count) -> Result<Results> {
    let mut channels = Vec::with_capacity(count.channels.len());
    for (channel, counted) in study.channels.iter().zip(&count.channels) {
        channels.push(judge_channel(study, channel, counted)?);
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
        channels,
        manifest: Manifest {
            tool: format!("dormouse {}", env!("CARGO_PKG_VERSION")),
            inputs: count
                .channels
                .iter()
                .flat_map(|counted| counted.inputs.clone())
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

/// Results to the folder that people read, whole or not at all.
///
/// # Errors
/// The folder cannot be written, or holds something that is not ours.
pub fn publish(
    results: &Results,
    channel_tallies: &[(String, Tally)],
    target: &Path,
    watch: &dyn Watch,
) -> Result<()> {
    let output = Output::begin(target)?;
    let words = Words::new(results.study.language);
    output.write(RESULTS, &json(results)?)?;
    output.write("shares.csv", shares_csv(results)?.as_bytes())?;
    tallies::write(output.create("tallies.parquet")?, channel_tallies)?;

    watch.stage("drawing the figures");
    let figures = chart::draw_all(results, words);
    write_figures(&output, &figures)?;
    for kind in chart::FIGURES {
        let numbers = chart::numbers(kind, results, words);
        output.write(&format!("figures/{}.csv", kind.id), numbers.as_bytes())?;
    }

    watch.stage("writing the briefing");
    let view = briefing::View::new(results, &figures, words);
    output.write("briefing.html", briefing::html::page(&view).as_bytes())?;
    output.write("briefing.md", briefing::markdown::page(&view).as_bytes())?;
    output.finish()
}

/// Writes each figure as SVG and PNG; rendering is what takes time, so each has a
/// thread of its own.
fn write_figures(output: &Output, figures: &[Drawn]) -> Result<()> {
    std::thread::scope(|scope| {
        let renders: Vec<_> = figures
            .iter()
            .map(|drawn| scope.spawn(move || chart::png::png(&drawn.svg)))
            .collect();
        for (drawn, render) in figures.iter().zip(renders) {
            let id = &drawn.figure.id;
            let png = render.join().unwrap_or_else(|_| {
                Err(Error::new(
                    "chart::png",
                    format!("the figure {id} could not be rendered"),
                ))
            })?;
            output.write(&format!("figures/{id}.svg"), drawn.svg.as_bytes())?;
            output.write(&format!("figures/{id}.png"), &png)?;
        }
        Ok(())
    })
}

/// Any artefact as JSON with a line end.
fn json(value: &impl serde::Serialize) -> Result<Vec<u8>> {
    let mut text = serde_json::to_vec_pretty(value).map_err(|error| {
        Error::new(
            "pipeline::json",
            format!("the results cannot be written as JSON: {error}"),
        )
    })?;
    text.push(b'\n');
    Ok(text)
}

/// `shares.csv`: one row a channel and quantity, fractions with a decimal point.
fn shares_csv(results: &Results) -> Result<String> {
    let failed = |error: csv::Error| Error::new("pipeline::csv", error.to_string());
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer
        .write_record([
            "channel",
            "platform",
            "evidence",
            "design",
            "quantity",
            "window_days",
            "estimate",
            "lower",
            "upper",
            "level",
            "method",
            "labels",
            "followers",
            "listed",
            "awake",
            "silent",
            "undetermined",
            "gone",
        ])
        .map_err(failed)?;
    let text = |number: Option<u64>| number.map(|number| number.to_string()).unwrap_or_default();
    for channel in &results.channels {
        let shares = [
            ("silent", Some(&channel.silent)),
            ("dormant", channel.dormant.as_ref()),
        ];
        for (quantity, share) in shares {
            let Some(share) = share else { continue };
            writer
                .write_record([
                    channel.id.clone(),
                    channel.platform.label().to_lowercase(),
                    channel.evidence.as_str().to_owned(),
                    channel.design.as_str().to_owned(),
                    quantity.to_owned(),
                    results.study.window_days.to_string(),
                    share
                        .estimate
                        .map(|estimate| estimate.to_string())
                        .unwrap_or_default(),
                    share.lower.to_string(),
                    share.upper.to_string(),
                    share.level.to_string(),
                    share.method.as_str().to_owned(),
                    text(share.labels),
                    text(channel.followers),
                    channel.listed.to_string(),
                    channel.counts.awake.to_string(),
                    channel.counts.silent.to_string(),
                    channel.counts.undetermined.to_string(),
                    channel.counts.gone.to_string(),
                ])
                .map_err(failed)?;
        }
    }
    let bytes = writer
        .into_inner()
        .map_err(|error| failed(error.into_error().into()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
