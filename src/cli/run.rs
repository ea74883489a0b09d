//! `dormouse run`: the whole way.

use std::path::PathBuf;

use super::open::open;
use super::progress::Progress;
use super::table::table;
use super::{Format, Outcome, note, print, print_json};
use crate::briefing::summary::finding_lines;
use crate::error::{Result, counted};
use crate::model::evidence::Evidence;
use crate::model::platform::Language;
use crate::model::results::{Channel, Results};
use crate::model::share::{Method, Share};
use crate::output::Output;
use crate::pipeline;
use crate::study::Study;
use crate::wording::Words;
use crate::wording::briefing::counts::cell;
use crate::wording::briefing::notices;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  dormouse run data/demo/study.toml
  dormouse run review.toml --open
  dormouse run review.toml --out review-2026 --strict
  dormouse run review.toml --format json | jq '.channels[].dormant'")]
pub struct Arguments {
    /// The study file.
    study: PathBuf,
    /// Folder for the results; earlier results in it are replaced.
    #[arg(long, default_value = "out")]
    out: PathBuf,
    /// What is printed.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Show small groups as well: the results are then not for publication.
    #[arg(long)]
    internal: bool,
    /// Open the page in the browser.
    #[arg(long)]
    open: bool,
    /// Exit with 1 when a channel has no evidence of activity at all.
    #[arg(long)]
    strict: bool,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let mut study = Study::read(&arguments.study)?;
    study.internal |= arguments.internal;
    // Early, so that nobody waits for a run that cannot end.
    let output = Output::begin(&arguments.out)?;
    let progress = Progress::new();
    let count = pipeline::count(&study, &progress)?;
    let (results, specifications) = pipeline::judge(&study, &count)?;
    let left_out: Vec<_> = count
        .channels
        .iter()
        .flat_map(|counted| counted.left_out.clone())
        .collect();
    let tallies: Vec<_> = study
        .channels
        .iter()
        .zip(count.channels)
        .map(|(channel, counted)| (channel.id.clone(), counted.tally))
        .collect();
    pipeline::publish(
        &results,
        &tallies,
        &specifications,
        &arguments.study.to_string_lossy(),
        output,
        &progress,
    )?;
    drop(progress);

    for (file, why) in left_out {
        note(&format!("left out {file}: {why}"));
    }
    match arguments.format {
        Format::Json => print_json(&results)?,
        Format::Text => print(&text(&results, &arguments.out.display().to_string()))?,
    }
    let lossy = pipeline::needs_a_look(&results);
    for input in &lossy {
        note(&format!(
            "look at {}: set aside {} of {}",
            input.path,
            input.reading.set_aside,
            counted(input.reading.rows, "row")
        ));
        for (reason, rows) in &input.reading.set_aside_reasons {
            note(&format!("  {rows} × {reason}"));
        }
    }
    let page = arguments.out.join(pipeline::PAGE);
    let unopened = arguments.open && {
        let opened = open(&page);
        if let Err(why) = &opened {
            note(&format!(
                "cannot open the page: {why}; it is {}",
                page.display()
            ));
        }
        opened.is_err()
    };
    let blind = arguments.strict && results.channels.iter().any(without_evidence);
    Ok(if blind || unopened || !lossy.is_empty() {
        Outcome::Look
    } else {
        Outcome::Done
    })
}

/// Neither the export nor an audit says anything about activity.
fn without_evidence(channel: &Channel) -> bool {
    let blind = matches!(
        channel.evidence,
        Evidence::None | Evidence::Aggregate | Evidence::Ids
    );
    channel.dormant.is_none() && blind
}

/// The table of channels and the findings, in plain words.
fn text(results: &Results, out: &str) -> String {
    let words = Words::new(Language::En);
    let rows = results
        .channels
        .iter()
        .map(|channel| {
            vec![
                channel.name.clone(),
                channel.evidence.as_str().to_owned(),
                words.count(channel.listed),
                cell(words, channel.counts.awake),
                cell(words, channel.counts.silent),
                cell(words, channel.counts.undetermined),
                cell(words, channel.counts.gone),
                share(words, &channel.silent),
                match &channel.dormant {
                    None => "no audit".to_owned(),
                    Some(dormant) => share(words, dormant),
                },
            ]
        })
        .collect();
    let silent = format!("silent for {}", words.days(results.study.window_days));
    let head = [
        "Channel",
        "Evidence",
        "Listed",
        "Awake",
        "Silent",
        "Undetermined",
        "Gone",
        &silent,
        "Dormant (audit)",
    ];
    let mut text = format!(
        "{}, {}: followers on {}\n\n{}\n\n",
        results.study.organisation,
        results.study.title,
        words.date(&results.study.census),
        table(&head, rows, 2..)
    );
    for line in finding_lines(results, words) {
        text.push_str(&line);
        text.push('\n');
    }
    for channel in &results.channels {
        for notice in channel.notices.iter().filter(|notice| notice.is_of_a_cut()) {
            let told = notices::notice(words, notice, channel);
            text.push_str(&format!("{}: {told}\n", channel.name));
        }
    }
    text.push_str(&format!(
        "\nFigures, briefing and results: {out}/ (begin with {out}/briefing.html)\n"
    ));
    text
}

fn share(words: Words, share: &Share) -> String {
    if share.method == Method::Suppressed {
        return "not published".to_owned();
    }
    let limits = words.range_brackets(share.lower, share.upper);
    match share.estimate {
        Some(estimate) => format!("{} {limits}", words.percent(estimate)),
        None => format!("{limits} %"),
    }
}
