//! `dormouse simulate`: synthetic exports of known truth.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use clap::builder::PossibleValuesParser;

use super::{Outcome, print};
use crate::error::{Error, Result, counted};
use crate::frame::dates;
use crate::model::platform::Platform;
use crate::simulate::audit::Plan;
use crate::simulate::truth::Truth;
use crate::simulate::{self, Export, Sample, Snapshots, exports};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  dormouse simulate demo data/demo
  dormouse simulate followers --format x-v1 --followers 100000 --seed 7 users.jsonl
  dormouse simulate followers --newest 3000 --audit audit.csv --truth truth.json followers.csv
  dormouse simulate snapshots --snapshots 3 --days-between 180 dated/")]
pub struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// The example study: a made-up municipality with its exports, audits and truth.
    Demo {
        /// An empty or new folder.
        folder: PathBuf,
    },
    /// One export of one channel.
    Followers {
        /// The file to write.
        file: PathBuf,
        /// The format.
        #[arg(long, default_value = "canonical", value_parser = PossibleValuesParser::new(exports::FORMATS.map(|format| format.name)))]
        format: String,
        /// Whose followers; the platform of the format when left out.
        #[arg(long, value_parser = platform)]
        platform: Option<Platform>,
        /// Followers of the channel.
        #[arg(long, default_value_t = 10_000)]
        followers: u64,
        /// Only a simple random sample of this size.
        #[arg(long, conflicts_with = "newest")]
        random: Option<u64>,
        /// Only the newest of this number.
        #[arg(long)]
        newest: Option<u64>,
        /// Also draw an audit of the export and write its labels here; a few of them say
        /// unknown.
        #[arg(long, value_name = "FILE")]
        audit: Option<PathBuf>,
        /// Labels of the audit.
        #[arg(long, default_value_t = 150, requires = "audit")]
        labels: u64,
        /// Also write what is true here, for comparison: no other command reads it.
        #[arg(long, value_name = "FILE")]
        truth: Option<PathBuf>,
        /// What everything is drawn from.
        #[arg(long, default_value_t = 0)]
        seed: u64,
        /// The census instant.
        #[arg(long, default_value = "2026-10-01T00:00:00Z", value_parser = instant)]
        census: i64,
    },
    /// Dated exports of one channel, with a study that compares them.
    Snapshots {
        /// An empty or new folder.
        folder: PathBuf,
        /// The format.
        #[arg(long, default_value = "canonical", value_parser = PossibleValuesParser::new(exports::FORMATS.map(|format| format.name)))]
        format: String,
        /// Whose followers; the platform of the format when left out.
        #[arg(long, value_parser = platform)]
        platform: Option<Platform>,
        /// Everybody who followed at the first export or began since.
        #[arg(long, default_value_t = 10_000)]
        followers: u64,
        /// Number of exports.
        #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u32).range(2..=24))]
        snapshots: u32,
        /// Days between them.
        #[arg(long, default_value_t = 180, value_parser = clap::value_parser!(u32).range(1..=36_500))]
        days_between: u32,
        /// Give every last post, where the format can.
        #[arg(long)]
        complete: bool,
        /// What everything is drawn from.
        #[arg(long, default_value_t = 0)]
        seed: u64,
        /// The last census instant.
        #[arg(long, default_value = "2026-10-01T00:00:00Z", value_parser = instant)]
        census: i64,
    },
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    match &arguments.what {
        What::Demo { folder } => {
            simulate::demo(folder)?;
            print(&format!(
                "{0}: begin with `dormouse run {0}/study.toml`\n",
                folder.display()
            ))?;
        }
        What::Followers {
            file,
            format,
            platform,
            followers,
            random,
            newest,
            audit,
            labels,
            truth: truth_file,
            seed,
            census,
        } => {
            let format = known(format)?;
            let channel = Export {
                format,
                platform: platform.or(format.platform).unwrap_or(Platform::X),
                followers: *followers,
                sample: match (random, newest) {
                    (Some(size), _) => Sample::Random(*size),
                    (None, Some(size)) => Sample::Newest(*size),
                    (None, None) => Sample::Census,
                },
                seed: *seed,
                census: *census,
            };
            let plan = Plan {
                labels: *labels,
                ..Plan::default()
            };
            let (truth, labels) = simulate::audited(&channel, file, plan)?;
            if let Some(path) = audit {
                labels
                    .write(path)
                    .map_err(|error| unwritable(path, &error))?;
            }
            if let Some(path) = truth_file {
                let all = Truth {
                    census: dates::rfc_3339(*census),
                    channels: vec![truth.clone()],
                };
                all.write(path).map_err(|error| unwritable(path, &error))?;
            }
            print(&format!(
                "{}: {}, of whom {} truly dormant\n",
                file.display(),
                counted(truth.all.followers, "follower"),
                truth.all.dormant
            ))?;
        }
        What::Snapshots {
            folder,
            format,
            platform,
            followers,
            snapshots,
            days_between,
            complete,
            seed,
            census,
        } => {
            let format = known(format)?;
            let plan = Snapshots {
                format,
                platform: platform.or(format.platform).unwrap_or(Platform::X),
                followers: *followers,
                snapshots: *snapshots,
                days_between: *days_between,
                complete: *complete,
                seed: *seed,
                census: *census,
            };
            simulate::snapshots(&plan, folder)?;
            print(&format!(
                "{0}: begin with `dormouse run {0}/study.toml`; truth.json says what really changed\n",
                folder.display()
            ))?;
        }
    }
    Ok(Outcome::Done)
}

fn unwritable(path: &Path, error: &std::io::Error) -> Error {
    Error::new("simulate::write", format!("cannot be written: {error}"))
        .at(path.display().to_string())
        .help("is there room, and may you write there?")
}

fn known(format: &str) -> Result<&'static exports::Format> {
    exports::format(format).ok_or_else(|| Error::new("simulate::format", "there is no such format"))
}

fn platform(name: &str) -> std::result::Result<Platform, String> {
    serde_json::from_value(serde_json::Value::String(name.to_owned()))
        .map_err(|_| "expected a platform like x, instagram or mastodon".to_owned())
}

fn instant(text: &str) -> std::result::Result<i64, String> {
    dates::iso_8601(text.as_bytes())
        .ok_or_else(|| "expected an instant like 2026-10-01T00:00:00Z".to_owned())
}
