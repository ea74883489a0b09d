//! `dormouse completions` and `dormouse man`.

use clap::CommandFactory;
use clap_complete::Shell;

use super::{Arguments, Outcome, print};
use crate::error::{Error, Result};

#[derive(Debug, clap::Args)]
pub struct CompletionArguments {
    /// Which shell.
    #[arg(value_enum)]
    shell: Shell,
}

pub fn completions(arguments: &CompletionArguments) -> Result<Outcome> {
    let mut text = Vec::new();
    clap_complete::generate(
        arguments.shell,
        &mut Arguments::command(),
        "dormouse",
        &mut text,
    );
    print(&String::from_utf8_lossy(&text))?;
    Ok(Outcome::Done)
}

pub fn man() -> Result<Outcome> {
    let mut text = Vec::new();
    clap_mangen::Man::new(Arguments::command())
        .render(&mut text)
        .map_err(|error| {
            Error::new(
                "cli::man",
                format!("the manual page cannot be written: {error}"),
            )
        })?;
    print(&String::from_utf8_lossy(&text))?;
    Ok(Outcome::Done)
}
