//! What was not measured, and the next step; equal gaps of several channels once.

use crate::model::evidence::Field;
use crate::model::results::{Channel, Notice, Results};
use crate::wording::Words;
use crate::wording::briefing::notices as told;

use super::view::{Block, Term};

/// The gaps: names of channels, and what is missing there.
pub(super) fn blocks(results: &Results, words: Words) -> Vec<Block> {
    let mut gaps: Vec<(Vec<&str>, String)> = Vec::new();
    for channel in &results.channels {
        for text in sentences(channel, words) {
            match gaps.iter_mut().find(|(_, known)| *known == text) {
                Some((names, _)) => names.push(&channel.name),
                None => gaps.push((vec![&channel.name], text)),
            }
        }
    }
    if gaps.is_empty() {
        return vec![Block::Paragraph(told::nothing_missing(words).to_owned())];
    }
    // What concerns most channels comes first; the sort keeps the order of equals.
    gaps.sort_by_key(|(names, _)| std::cmp::Reverse(names.len()));
    let mut terms: Vec<Term> = Vec::new();
    for (names, text) in gaps {
        let names = words.list(&names);
        match terms.iter_mut().find(|(known, _)| *known == names) {
            Some((_, texts)) => texts.push(text),
            None => terms.push((names, vec![text])),
        }
    }
    vec![Block::Terms(terms)]
}

/// The sentences about one channel; fields that are missing go together.
fn sentences(channel: &Channel, words: Words) -> Vec<String> {
    let mut sentences = Vec::new();
    let mut missing: Vec<Field> = Vec::new();
    for notice in &channel.notices {
        match notice {
            Notice::NotCollected { field, .. } => missing.push(*field),
            other => sentences.push(told::notice(words, other, channel)),
        }
    }
    if !missing.is_empty() {
        sentences.push(told::not_collected(words, &missing));
    }
    sentences
}
