//! The findings in plain words, for the terminal.

use crate::model::results::Results;
use crate::wording::Words;

use super::{decision, differences, findings};

/// The headline, a line a channel, a line for each finding of the comparison, and a line
/// for each verdict: the sentences of the briefing itself.
pub fn finding_lines(results: &Results, words: Words) -> Vec<String> {
    let mut lines = vec![findings::headline(results, words)];
    lines.extend(
        results
            .channels
            .iter()
            .map(|channel| findings::sentences(results, channel, words).join(" ")),
    );
    lines.extend(differences::sentences(results, words));
    lines.extend(decision::sentences(results, words));
    lines
}
