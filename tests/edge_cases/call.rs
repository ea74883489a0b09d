//! A call as the table of edge cases writes it.

use std::str::SplitWhitespace;

use dormouse::stats::many_groups::Group;
use dormouse::stats::{Estimate, Stratum};

/// The arguments of a call.
pub(super) struct Call<'a>(SplitWhitespace<'a>);

impl<'a> Call<'a> {
    pub(super) fn new(call: &'a str) -> Self {
        Self(call.split_whitespace())
    }

    pub(super) fn next(&mut self) -> &'a str {
        self.0.next().unwrap()
    }

    pub(super) fn count(&mut self) -> u64 {
        self.next().parse().unwrap()
    }

    pub(super) fn number(&mut self) -> f64 {
        self.next().parse().unwrap()
    }

    pub(super) fn maybe_count(&mut self) -> Option<u64> {
        Some(self.next())
            .filter(|&text| text != "-")
            .map(|text| text.parse().unwrap())
    }

    pub(super) fn maybe_number(&mut self) -> Option<f64> {
        Some(self.next())
            .filter(|&text| text != "-")
            .map(|text| text.parse().unwrap())
    }

    pub(super) fn list<T>(&mut self, one: impl Fn(&str) -> T) -> Vec<T> {
        let text = self.next();
        text.split(',')
            .filter(|text| *text != "-")
            .map(one)
            .collect()
    }

    pub(super) fn strata(&mut self) -> Vec<Stratum> {
        self.list(|text| {
            let mut counts = text.split([':', '/']).map(|count| count.parse().unwrap());
            let mut next = || counts.next().unwrap();
            Stratum {
                size: next(),
                dormant: next(),
                active: next(),
                unknown: next(),
            }
        })
    }

    pub(super) fn groups(&mut self) -> Vec<Group> {
        self.list(|text| {
            let (k, n) = text.split_once('/').unwrap();
            Group {
                successes: k.parse().unwrap(),
                n: n.parse().unwrap(),
            }
        })
    }

    pub(super) fn numbers(&mut self) -> Vec<f64> {
        self.list(|text| text.parse().unwrap())
    }

    pub(super) fn estimate(&mut self) -> Estimate {
        let text = self.next();
        let mut numbers = text.split(['[', ';', ']']).filter(|text| !text.is_empty());
        let mut next = || numbers.next().unwrap().parse().unwrap();
        Estimate {
            estimate: next(),
            lower: next(),
            upper: next(),
        }
    }
}
