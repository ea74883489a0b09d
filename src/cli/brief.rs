//! `dormouse brief`: the papers again, from the results alone.

use std::path::PathBuf;

use super::open::open;
use super::progress::Progress;
use super::{Outcome, note, print};
use crate::error::Result;
use crate::model::platform::Language;
use crate::pipeline;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Reads results.json in the folder, and nothing else: no export, no study file. Figures and
papers are the same bytes that `dormouse run` wrote, unless another language is asked for.

Examples:
  dormouse brief out
  dormouse brief out --language en --open")]
pub struct Arguments {
    /// The folder that `dormouse run` wrote.
    #[arg(default_value = "out")]
    out: PathBuf,
    /// Language of the papers; that of the study when left out.
    #[arg(long, value_parser = language)]
    language: Option<Language>,
    /// Open the page in the browser.
    #[arg(long)]
    open: bool,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let progress = Progress::new();
    pipeline::brief(&arguments.out, arguments.language, &progress)?;
    drop(progress);
    let page = arguments.out.join(pipeline::PAGE);
    print(&format!("Figures and papers: {}\n", page.display()))?;
    if arguments.open
        && let Err(why) = open(&page)
    {
        note(&format!(
            "cannot open the page: {why}; it is {}",
            page.display()
        ));
        return Ok(Outcome::Look);
    }
    Ok(Outcome::Done)
}

fn language(text: &str) -> std::result::Result<Language, String> {
    match text {
        "nl" => Ok(Language::Nl),
        "en" => Ok(Language::En),
        _ => Err("a language is nl or en".to_owned()),
    }
}
