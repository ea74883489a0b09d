//! `dormouse explain`: the methods, one by one.

use super::methods::{Method, methods, named};
use super::table::table;
use super::{Outcome, print};
use crate::error::{Error, Result};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  dormouse explain                                  the list of methods
  dormouse explain post-stratified-mover-wilson     one of them")]
pub struct Arguments {
    /// The method, as results.json names it; the list when left out.
    method: Option<String>,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let Some(name) = &arguments.method else {
        let rows = methods()
            .map(|method| vec![method.name.to_owned(), method.what.to_owned()])
            .collect();
        print(&format!(
            "{}\n",
            table(&["Method", "What it gives"], rows, usize::MAX..)
        ))?;
        return Ok(Outcome::Done);
    };
    let method = named(name).ok_or_else(|| unknown(name))?;
    print(&text(method))?;
    Ok(Outcome::Done)
}

fn unknown(name: &str) -> Error {
    let nearest = methods()
        .map(|method| (strsim::jaro_winkler(name, method.name), method.name))
        .max_by(|a, b| a.0.total_cmp(&b.0));
    Error::new("cli::explain", format!("there is no method `{name}`")).help(match nearest {
        Some((likeness, nearest)) if likeness > 0.7 => format!("did you mean `{nearest}`?"),
        _ => "`dormouse explain` lists the methods".to_owned(),
    })
}

fn text(method: &Method) -> String {
    let parts = [
        ("Formula", method.formula),
        ("It assumes", method.assumes),
        ("It is wrong when", method.wrong_when),
        ("Source", method.source),
    ];
    let mut text = format!("{}\n{}\n", method.name, method.what);
    for (head, body) in parts {
        text.push_str(&format!("\n{head}\n"));
        for line in textwrap::wrap(body, 86) {
            text.push_str(&format!("  {line}\n"));
        }
    }
    text
}
