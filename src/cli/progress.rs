//! A progress line on stderr, only on a terminal.

use std::io::IsTerminal;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::error::counted;
use crate::pipeline::Watch;

/// A spinner with what is being done.
pub struct Progress(ProgressBar);

impl Progress {
    /// A progress line that shows itself only on a terminal.
    pub fn new() -> Self {
        let bar = ProgressBar::new_spinner();
        if std::io::stderr().is_terminal() {
            bar.enable_steady_tick(Duration::from_millis(120));
        } else {
            bar.set_draw_target(ProgressDrawTarget::hidden());
        }
        if let Ok(style) = ProgressStyle::with_template("{spinner} {elapsed} {msg}") {
            bar.set_style(style);
        }
        Self(bar)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

impl Watch for Progress {
    fn reading(&self, file: &str, rows: u64) {
        self.0.set_message(match rows {
            0 => format!("reading {file}"),
            rows => format!("reading {file}: {}", counted(rows, "row")),
        });
    }

    fn stage(&self, what: &str) {
        self.0.set_message(what.to_owned());
    }
}
