//! `dormouse formats`: the exports that can be read, and how to get them.

use serde::Serialize;

use super::{Format, Outcome, print, print_json};
use crate::error::Result;
use crate::ingest::adapters::ADAPTERS;
use crate::model::evidence::Field;
use crate::model::platform::Platform;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// What is printed.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Serialize)]
struct Entry {
    name: &'static str,
    platform: Option<Platform>,
    title: &'static str,
    how: &'static str,
    carries: &'static [Field],
    lacks: &'static str,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let entries = ADAPTERS.iter().map(|adapter| {
        let format = adapter.format();
        Entry {
            name: format.name,
            platform: format.platform,
            title: format.title,
            how: format.how,
            carries: format.carries,
            lacks: format.lacks,
        }
    });
    match arguments.format {
        Format::Json => print_json(&entries.collect::<Vec<_>>())?,
        Format::Text => print(&entries.map(text).collect::<Vec<_>>().join("\n"))?,
    }
    Ok(Outcome::Done)
}

fn text(entry: Entry) -> String {
    let carries: Vec<_> = entry.carries.iter().map(|field| field.as_str()).collect();
    let mut text = format!("{}\n  {}\n", entry.name, entry.title);
    text.push_str(&format!("  how to get it   {}\n", entry.how));
    if !carries.is_empty() {
        text.push_str(&format!("  can carry       {}\n", carries.join(", ")));
    }
    text.push_str(&format!("  cannot say      {}\n", entry.lacks));
    text
}
