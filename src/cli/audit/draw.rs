//! `dormouse audit draw`: whom to look up.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde::Serialize;

use crate::audit::worksheet::Place;
use crate::audit::{Drawn, Plan};
use crate::cli::progress::Progress;
use crate::cli::table::table;
use crate::cli::{Format, Outcome, print, print_json};
use crate::error::{Error, Result};
use crate::frame::dates::rfc_3339;
use crate::model::platform::Language;
use crate::pipeline;
use crate::study::{Channel, Study};
use crate::wording::Words;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Each channel gets a worksheet as XLSX, with drop-downs and links to the profiles, and as CSV;
and a smaller one for a second reader. Label one of the two. The strata of the draw are the
followers who are awake, silent and undetermined at the window of the study.

Who is drawn follows from the seed: the followers of a stratum with the smallest SHA-256 of
seed:channel:id. The same seed gives the same files, and more labels add rows:
  printf '0:x:2103270657016568154' | sha256sum

The worksheets name people. They are readable for you alone, and belong in no folder that is
passed on.

Examples:
  dormouse audit draw data/demo/study.toml --out labelling
  dormouse audit draw review.toml --labels 250 --channel x
  dormouse audit draw review.toml --seed 7 --overlap 50 --force")]
pub struct Arguments {
    /// The study file.
    study: PathBuf,
    /// Followers to look up in each channel.
    #[arg(long, default_value_t = 150, value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    labels: u64,
    /// At least so many in each stratum, or the whole stratum.
    #[arg(long, default_value_t = 20)]
    floor: u64,
    /// How many of them a second reader labels as well; 0 for none.
    #[arg(long, default_value_t = 30)]
    overlap: u64,
    /// What the draw follows from; the seed of the study when left out.
    #[arg(long)]
    seed: Option<u64>,
    /// Only this channel; may be given again.
    #[arg(long = "channel", value_name = "ID")]
    channels: Vec<String>,
    /// Folder for the worksheets; where the study file names them when left out, or the
    /// folder `audit` beside it.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Replace worksheets that hold labels.
    #[arg(long)]
    force: bool,
    /// What is printed.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// What a draw prints as JSON.
#[derive(Serialize)]
struct Report {
    census: String,
    window_days: u32,
    seed: u64,
    channels: Vec<DrawnChannel>,
    /// Channels whose exports list nobody who could be drawn and looked up.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    nobody: Vec<String>,
}

#[derive(Serialize)]
struct DrawnChannel {
    channel: String,
    strata: Vec<DrawnStratum>,
    /// Followers without an id, whom nobody can look up.
    nameless: u64,
    labels: usize,
    overlap: usize,
    files: Vec<String>,
    /// The line that the study file needs, where it does not name these files.
    #[serde(skip_serializing_if = "Option::is_none")]
    study_line: Option<String>,
}

#[derive(Serialize)]
struct DrawnStratum {
    name: &'static str,
    followers: u64,
    drawn: u64,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let study = Study::read(&arguments.study)?;
    let wanted = wanted(&study, &arguments.channels)?;
    let out = arguments.out.as_deref();
    let places: Vec<Place> = wanted
        .iter()
        .map(|channel| Place::of(&study, channel, out))
        .collect();
    let mut taken = BTreeSet::new();
    for (place, channel) in places.iter().zip(&wanted) {
        if !place.written().into_iter().all(|path| taken.insert(path)) {
            return Err(Error::new(
                "audit::same_file",
                format!(
                    "another channel would have the same worksheet as `{}`",
                    channel.id
                ),
            )
            .help("name another file under `audit` of this channel in the study file"));
        }
        place.check_writable(arguments.force)?;
    }
    let plan = Plan {
        labels: arguments.labels,
        floor: arguments.floor,
        overlap: arguments.overlap,
        seed: arguments.seed.unwrap_or(study.seed),
        window_days: study.window_days,
    };
    let draws = pipeline::draw(&study, &wanted, plan, &Progress::new())?;
    let words = Words::new(study.language);
    let mut report = Report {
        census: rfc_3339(draws.census),
        window_days: plan.window_days,
        seed: plan.seed,
        channels: Vec::with_capacity(wanted.len()),
        nobody: draws.nobody,
    };
    for (channel, place) in wanted.iter().zip(&places) {
        let mut drawn = draws.channels.iter();
        let Some(drawn) = drawn.find(|drawn| drawn.channel == channel.id) else {
            continue;
        };
        let files = place.write(drawn, channel, draws.census, words)?;
        report
            .channels
            .push(drawn_channel(&study, channel, place, drawn, &files));
    }
    match arguments.format {
        Format::Json => print_json(&report)?,
        Format::Text => print(&text(&report, arguments))?,
    }
    let nameless = report.channels.iter().any(|channel| channel.nameless > 0);
    Ok(if nameless {
        Outcome::Look
    } else {
        Outcome::Done
    })
}

/// The channels with these ids; all where none is given.
fn wanted<'a>(study: &'a Study, ids: &[String]) -> Result<Vec<&'a Channel>> {
    if let Some(unknown) = ids
        .iter()
        .find(|id| study.channels.iter().all(|channel| channel.id != **id))
    {
        let known: Vec<&str> = study
            .channels
            .iter()
            .map(|channel| channel.id.as_str())
            .collect();
        return Err(Error::new(
            "audit::channel",
            format!("the study has no channel `{unknown}`"),
        )
        .help(format!("its channels are: {}", known.join(", "))));
    }
    let channels = study.channels.iter();
    Ok(channels
        .filter(|channel| ids.is_empty() || ids.contains(&channel.id))
        .collect())
}

fn drawn_channel(
    study: &Study,
    channel: &Channel,
    place: &Place,
    drawn: &Drawn,
    files: &[PathBuf],
) -> DrawnChannel {
    let named = channel.audit.as_ref().map(|path| study.folder.join(path));
    let study_line = match named {
        Some(named) if files.contains(&named) => None,
        _ => Some(Place::study_line(study, &place.first("xlsx"))),
    };
    DrawnChannel {
        channel: channel.id.clone(),
        strata: drawn
            .strata
            .iter()
            .map(|stratum| DrawnStratum {
                name: stratum.name,
                followers: stratum.size,
                drawn: stratum.drawn,
            })
            .collect(),
        nameless: drawn.nameless,
        labels: drawn.rows.len(),
        overlap: drawn.second.len(),
        files: files
            .iter()
            .map(|path| path.display().to_string())
            .collect(),
        study_line,
    }
}

fn text(report: &Report, arguments: &Arguments) -> String {
    let words = Words::new(Language::En);
    let rows = report.channels.iter().flat_map(|channel| {
        channel.strata.iter().map(|stratum| {
            vec![
                channel.channel.clone(),
                stratum.name.to_owned(),
                words.count(stratum.followers),
                words.count(stratum.drawn),
            ]
        })
    });
    let mut lines = format!(
        "Drawn with seed {}: followers on {}, strata at {}\n\n{}\n",
        report.seed,
        words.date(&report.census),
        words.days(report.window_days),
        table(
            &["Channel", "Stratum", "Followers", "Drawn"],
            rows.collect(),
            2..
        )
    );
    for channel in &report.channels {
        let second = match channel.overlap {
            0 => String::new(),
            n => format!(
                ", {} of them also by a second reader",
                words.count(n as u64)
            ),
        };
        lines.push_str(&format!(
            "\n{}: {} to label{second}\n",
            channel.channel,
            words.followers(channel.labels as u64),
        ));
        for file in &channel.files {
            lines.push_str(&format!("  {file}\n"));
        }
        if channel.nameless > 0 {
            lines.push_str(&format!(
                "  look: {} without an id count in the strata, but cannot be looked up\n",
                words.followers(channel.nameless)
            ));
        }
        if let Some(line) = &channel.study_line {
            lines.push_str(&format!("  this channel needs in the study file: {line}\n"));
        }
    }
    for channel in &report.nobody {
        lines.push_str(&format!(
            "\n{channel}: the exports list nobody who could be drawn and looked up\n"
        ));
    }
    lines.push_str(&format!(
        "\nThese files name people and are readable for you alone. Label the XLSX or the CSV,\n\
         then go on with `dormouse audit check {}{}`.\n",
        arguments.study.display(),
        match &arguments.out {
            Some(out) => format!(" --dir {}", out.display()),
            None => String::new(),
        }
    ));
    lines
}
