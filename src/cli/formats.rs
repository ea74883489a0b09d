//! `dormouse formats`: the exports that can be read, how to get them, and what they prove.

use clap::ValueEnum;
use serde::Serialize;

use super::table::table;
use super::{Outcome, print, print_json};
use crate::error::{Error, Result};
use crate::ingest::adapters::{ADAPTERS, REFUSALS};
use crate::ingest::{self, Fact, Holding, Role};
use crate::model::evidence::{Design, Field};
use crate::model::platform::Platform;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  dormouse formats                        the catalogue, and the table of what stands where
  dormouse formats instagram-followers    one of them
  dormouse formats --format json | jq '.formats[] | {name, how}'")]
pub struct Arguments {
    /// One format, by its name; all when left out.
    #[arg(value_name = "NAME")]
    name: Option<String>,
    /// What is printed.
    #[arg(long, value_enum, default_value_t)]
    format: Shape,
}

/// How the catalogue is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Shape {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
    /// The table of what stands where, for documents.
    Markdown,
}

#[derive(Serialize)]
struct Catalogue {
    formats: Vec<Entry>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    refused: Vec<Refused>,
}

#[derive(Serialize)]
struct Entry {
    name: &'static str,
    platform: Option<Platform>,
    title: &'static str,
    how: &'static str,
    proves: &'static str,
    lacks: &'static str,
    carries: &'static [Field],
    design: Design,
    page: Option<u64>,
    holds: &'static [Holding],
}

#[derive(Serialize)]
struct Refused {
    what: &'static str,
    help: &'static str,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let mut formats: Vec<&'static ingest::Format> =
        ADAPTERS.iter().map(|adapter| adapter.format()).collect();
    if let Some(name) = &arguments.name {
        let names: Vec<_> = formats.iter().map(|format| format.name).collect();
        formats.retain(|format| format.name == name);
        if formats.is_empty() {
            return Err(unknown(name, &names));
        }
    }
    let all = arguments.name.is_none();
    match arguments.format {
        Shape::Markdown => print(&markdown(&formats))?,
        Shape::Json => print_json(&Catalogue {
            formats: formats.iter().map(|format| entry(format)).collect(),
            refused: REFUSALS
                .iter()
                .filter(|_| all)
                .map(|(refusal, _)| Refused {
                    what: refusal.what,
                    help: refusal.help,
                })
                .collect(),
        })?,
        Shape::Text => print(&text(&formats, all))?,
    }
    Ok(Outcome::Done)
}

fn entry(format: &ingest::Format) -> Entry {
    Entry {
        name: format.name,
        platform: format.platform,
        title: format.title,
        how: format.how,
        proves: format.proves,
        lacks: format.lacks,
        carries: format.carries,
        design: format.design,
        page: format.page,
        holds: format.holds,
    }
}

fn unknown(name: &str, names: &[&'static str]) -> Error {
    let nearest = names
        .iter()
        .map(|known| (strsim::jaro_winkler(name, known), known))
        .max_by(|a, b| a.0.total_cmp(&b.0));
    Error::new("cli::formats", format!("there is no format `{name}`")).help(match nearest {
        Some((likeness, nearest)) if likeness > 0.7 => format!("did you mean `{nearest}`?"),
        _ => "`dormouse formats` lists them".to_owned(),
    })
}

/// The catalogue, the table, and what is refused; or one format whole.
fn text(formats: &[&ingest::Format], all: bool) -> String {
    let entries: Vec<_> = formats
        .iter()
        .map(|format| described(format, !all))
        .collect();
    let mut text = entries.join("\n");
    let held: Vec<_> = formats.iter().flat_map(|format| format.holds).collect();
    if !held.is_empty() {
        text.push_str(&format!("\n{}\n", matrix(&held)));
        text.push_str("● in every row   ◐ derived, or in some   · never\n");
    }
    if all {
        text.push_str("\nKnown, and refused with the way out:\n");
        for (refusal, _) in REFUSALS {
            text.push_str(&wrapped("- ", refusal.what));
        }
    }
    text
}

fn described(format: &ingest::Format, whole: bool) -> String {
    let mut text = wrapped(&format!("{:<24}", format.name), format.title);
    let mut line = |name: &str, value: &str| {
        text.push_str(&wrapped(&format!("  {name:<16}"), value));
    };
    line("how to get it", format.how);
    line("it proves", format.proves);
    line("it cannot say", format.lacks);
    if !whole {
        return text;
    }
    if let Some(platform) = format.platform {
        line("platform", platform.label());
    }
    if !format.carries.is_empty() {
        let carries: Vec<_> = format.carries.iter().map(|field| field.as_str()).collect();
        line("fields", &carries.join(", "));
    }
    if format.role == Role::Followers {
        line("design", design(format.design));
    }
    if let Some(page) = format.page {
        let pages = format!(
            "pages of {page}; a whole number of them, and a counter that is larger, mean that the \
             list was cut off"
        );
        line("comes in", &pages);
    }
    for (fact, how) in format.holds.iter().flat_map(|holding| holding.partly) {
        line("partly", &format!("{}: {how}", fact.label()));
    }
    text
}

/// What a study file says of a whole export.
fn design(design: Design) -> &'static str {
    match design {
        Design::Census => "census: a whole download lists everybody",
        Design::Srs => "srs: a random sample",
        Design::Newest => "newest: only the newest followers, and only some of those",
        Design::Unknown => "unknown: say census in the study file if everything was fetched",
    }
}

/// A text with what stands before it, wrapped under itself.
fn wrapped(before: &str, text: &str) -> String {
    let under = " ".repeat(before.chars().count());
    let options = textwrap::Options::new(98)
        .initial_indent(before)
        .subsequent_indent(&under);
    format!("{}\n", textwrap::fill(text, options))
}

/// The table for a terminal.
fn matrix(held: &[&Holding]) -> String {
    let head: Vec<&str> = std::iter::once("")
        .chain(Fact::ALL.into_iter().map(Fact::short))
        .collect();
    let rows = held
        .iter()
        .map(|holding| {
            std::iter::once(holding.files.to_owned())
                .chain(
                    Fact::ALL
                        .into_iter()
                        .map(|fact| holding.mark(fact).to_owned()),
                )
                .collect()
        })
        .collect();
    table(&head, rows, usize::MAX..)
}

/// The table for documents.
fn markdown(formats: &[&ingest::Format]) -> String {
    let labels: Vec<_> = Fact::ALL.into_iter().map(Fact::label).collect();
    let mut text = format!("| export | {} |\n", labels.join(" | "));
    text.push_str(&format!("|---|{}\n", "---|".repeat(labels.len())));
    for holding in formats.iter().flat_map(|format| format.holds) {
        let cells: Vec<_> = Fact::ALL
            .into_iter()
            .map(|fact| match holding.partly(fact) {
                Some(how) => format!("◐ {how}"),
                None => holding.mark(fact).replace('·', "○"),
            })
            .collect();
        text.push_str(&format!("| {} | {} |\n", holding.files, cells.join(" | ")));
    }
    text
}
