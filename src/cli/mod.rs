//! The commands, one file each. The only place that prints: results on stdout,
//! progress and faults on stderr.

mod audit;
mod brief;
mod diagnose;
mod explain;
mod formats;
mod init;
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
mod verify;

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use miette::{GraphicalReportHandler, GraphicalTheme};

use crate::error::{Error, Result, is_caught};

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
  dormouse init exports                      what is in a folder, as a study file
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
    /// Look through a folder of exports, and write a study file that says what was found.
    Init(init::Arguments),
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
    /// Say whether results still are what a run made, and from the same inputs.
    Verify(verify::Arguments),
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
    survive_limits();
    std::panic::set_hook(Box::new(|panic| {
        if !is_caught() {
            complain(&fault(panic.location()));
        }
    }));
    let done = std::panic::catch_unwind(|| run_command(arguments.command));
    match done {
        Ok(Ok(Outcome::Done)) => ExitCode::SUCCESS,
        Ok(Ok(Outcome::Look)) => ExitCode::from(1),
        Ok(Err(error)) => {
            complain(&error);
            ExitCode::from(2)
        }
        Err(_) => ExitCode::from(2),
    }
}

/// A limit on the size of files ends a program without a word, unless it listens; writing
/// then fails like on a full disk.
#[cfg(target_os = "linux")]
fn survive_limits() {
    let heard = std::sync::Arc::default();
    // Where it cannot be listened to, the limit ends the run as it always would.
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, heard);
}

#[cfg(not(target_os = "linux"))]
fn survive_limits() {}

/// What is said of a fault of this program. Its own message may repeat what stood in a
/// cell, so only the place is told.
fn fault(place: Option<&std::panic::Location<'_>>) -> Error {
    let place = place.map_or_else(String::new, |place| {
        format!(" ({}:{})", place.file(), place.line())
    });
    Error::new(
        "cli::fault",
        format!(
            "dormouse met a case that it was not made for{place}; earlier results are as they were"
        ),
    )
    .help("please report this with the version and the kind of export, without its content")
}

fn run_command(command: Command) -> Result<Outcome> {
    match command {
        Command::Run(arguments) => run::run(&arguments),
        Command::Init(arguments) => init::run(&arguments),
        Command::Tally(arguments) => tally::run(&arguments),
        Command::Brief(arguments) => brief::run(&arguments),
        Command::Inspect(arguments) => inspect::run(&arguments),
        Command::Audit(arguments) => audit::run(&arguments),
        Command::Plan(arguments) => plan::run(&arguments),
        Command::Formats(arguments) => formats::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Diagnose(arguments) => diagnose::run(&arguments),
        Command::Simulate(arguments) => simulate::run(&arguments),
        Command::Verify(arguments) => verify::run(&arguments),
        Command::Purge(arguments) => purge::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Completions(arguments) => shell::completions(&arguments),
        Command::Man => shell::man(),
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
    note(text.trim_end());
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

/// Says on stderr what somebody must look at; a reader that has gone away is no fault.
fn note(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
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
