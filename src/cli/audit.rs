//! `dormouse audit`: worksheets to label by hand, and the labels read back.

mod check;
mod draw;

use clap::Subcommand;

use super::Outcome;
use crate::error::Result;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
The way of an audit:
  dormouse audit draw review.toml        worksheets in audit/, one for each channel
  (label every row: dormant, active or unknown)
  dormouse audit check review.toml       what is missing, how far two readers agree
  dormouse run review.toml               the dormant share, with its margin")]
pub struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Draw followers at random and write the worksheets to label by hand.
    Draw(draw::Arguments),
    /// Read the labels back and say what is missing.
    Check(check::Arguments),
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    match &arguments.what {
        What::Draw(arguments) => draw::run(arguments),
        What::Check(arguments) => check::run(arguments),
    }
}
