//! The commands, one file each. The only place that prints: results on stdout,
//! progress and faults on stderr.

mod audit;
mod brief;
mod diagnose;
mod explain;
mod formats;
mod inspect;
mod methods;
mod open;
mod plan;
mod progress;
mod purge;
mod run;
mod schema;
mod shell;
mod simulate;
mod table;
mod tally;

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use miette::{GraphicalReportHandler, GraphicalTheme};

use crate::error::{Error, Result};

/// How many of our followers are still awake, and how sure are we?
///
/// Reads the follower exports that platforms hand out, says per channel which share is
/// publicly silent or dormant, with honest uncertainty, and writes the charts and the
/// briefing for a council.
#[derive(Debug, Parser)]
#[command(version, propagate_version = true, after_help = EXAMPLES)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  dormouse run data/demo/study.toml          the whole way, into out/
  dormouse tally review.toml                 only the counts, as tallies.parquet
  dormouse inspect exports/x/archive.zip     what a file is and what it can prove
  dormouse plan data/demo/study.toml         how many followers to look up by hand
  dormouse audit draw review.toml            whom to look up, as a worksheet
  dormouse formats                           which exports can be read, and how to get them

Exit codes: 0 done; 1 done, but somebody must look; 2 nothing done.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Go the whole way: exports to figures, briefing and results.
    Run(run::Arguments),
    /// Go no further than the counts: exports to tallies.
    Tally(tally::Arguments),
    /// Write the figures and papers again, from the results alone.
    Brief(brief::Arguments),
    /// Say what a file is, which evidence it holds and what it lacks.
    Inspect(inspect::Arguments),
    /// Draw followers to label by hand, and read the labels back.
    Audit(audit::Arguments),
    /// Say how many labels an audit needs, and which margin they give.
    Plan(plan::Arguments),
    /// List the exports that can be read, and how to get them.
    Formats(formats::Arguments),
    /// Say what a method computes, what it assumes, and when it is wrong.
    Explain(explain::Arguments),
    /// Compare with other methods; diagnostics, never a result.
    Diagnose(diagnose::Arguments),
    /// Make synthetic exports of known truth, in the real formats.
    Simulate(simulate::Arguments),
    /// Remove the key of a study and the states of its followers.
    Purge(purge::Arguments),
    /// Print the JSON Schema of an artefact.
    Schema(schema::Arguments),
    /// Print completions for a shell.
    Completions(shell::CompletionArguments),
    /// Print the manual page.
    Man,
}

/// How a command prints its result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
}

/// Whether somebody must look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// Done.
    Done,
    /// Done, but somebody must look.
    Look,
}

/// Parses the command line, runs the command and gives the exit code.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match arguments.command {
        Command::Run(arguments) => run::run(&arguments),
        Command::Tally(arguments) => tally::run(&arguments),
        Command::Brief(arguments) => brief::run(&arguments),
        Command::Inspect(arguments) => inspect::run(&arguments),
        Command::Audit(arguments) => audit::run(&arguments),
        Command::Plan(arguments) => plan::run(&arguments),
        Command::Formats(arguments) => formats::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Diagnose(arguments) => diagnose::run(&arguments),
        Command::Simulate(arguments) => simulate::run(&arguments),
        Command::Purge(arguments) => purge::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Completions(arguments) => shell::completions(&arguments),
        Command::Man => shell::man(),
    };
    match done {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Look) => ExitCode::from(1),
        Err(error) => {
            complain(&error);
            ExitCode::from(2)
        }
    }
}

/// Prints a fault on stderr; colours only on a terminal.
fn complain(error: &Error) {
    let terminal = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let theme = if terminal {
        GraphicalTheme::unicode()
    } else {
        GraphicalTheme::unicode_nocolor()
    };
    let mut text = String::new();
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_width(100)
        .with_links(false);
    if handler.render_report(&mut text, error).is_err() {
        text = error.to_string();
    }
    // Nobody is left to tell when stderr is closed.
    let _ = writeln!(std::io::stderr(), "{}", text.trim_end());
}

/// Prints a result on stdout; a reader that has gone away (`| head`) is no fault.
fn print(text: &str) -> Result<()> {
    let mut stdout = std::io::stdout().lock();
    match stdout
        .write_all(text.as_bytes())
        .and_then(|()| stdout.flush())
    {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(Error::new(
            "cli::stdout",
            format!("the result cannot be printed: {error}"),
        )),
        _ => Ok(()),
    }
}

/// Prints a value as JSON on stdout.
fn print_json(value: &impl serde::Serialize) -> Result<()> {
    let text = serde_json::to_string_pretty(value).map_err(|error| {
        Error::new(
            "cli::json",
            format!("the result cannot be written as JSON: {error}"),
        )
    })?;
    print(&format!("{text}\n"))
}
