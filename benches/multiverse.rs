//! The whole multiverse of five channels, from a tally of ten million followers.
//!
//! `cargo bench --bench multiverse`

use divan::{Bencher, black_box};
use dormouse::compare;
use dormouse::model::tally::{Key, Record, Tally};

const CHANNELS: u64 = 5;
const FOLLOWERS: u64 = 10_000_000;

fn main() {
    divan::main();
}

/// 180 specifications for posts alone and 180 for any sign, with intervals, spreads and
/// the share of specifications in which each channel is the largest.
#[divan::bench]
fn five_channels_of_ten_million(bencher: Bencher) {
    let tallies: Vec<(String, Tally)> = (0..CHANNELS)
        .map(|channel| (format!("channel-{channel}"), tally(channel)))
        .collect();
    let cells: usize = tallies.iter().map(|(_, tally)| tally.len()).sum();
    let followers: u64 = tallies.iter().map(|(_, tally)| tally.total()).sum();
    println!("{followers} followers in {cells} cells");
    bencher.bench_local(|| {
        let found = compare::multiverse(black_box(&tallies), 180, 0.95);
        found.map(|specifications| compare::summary(&specifications, &[]))
    });
}

/// Two million followers of one channel, each judged apart: silent for up to seven years,
/// of every kind, so that the tally has as many cells as a real one of that size.
fn tally(channel: u64) -> Tally {
    let mut tally = Tally::default();
    let mut state = channel + 1;
    let mut draw = |below: u64| {
        // Knuth's linear congruential generator: the same followers every time.
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    for _ in 0..FOLLOWERS / CHANNELS {
        let days = draw(2_600) as u16;
        let never_posted = draw(100) < 20;
        let record = match (draw(100), never_posted) {
            (0..70, false) => Record::Dated,
            (0..90, true) => Record::NeverPosted,
            (90..96, _) => Record::Protected,
            (99, _) => Record::Gone,
            _ => Record::NotGiven,
        };
        let key = Key {
            record,
            days_silent: (draw(100) < 95).then_some(days),
            post_age: (draw(100) < 90).then_some(draw(6) as u8),
            never_posted,
            suspected_bot: draw(100) < 5,
            duplicate: draw(100) < 1,
            protected: record == Record::Protected,
            follow_age: (draw(100) < 80).then_some(draw(11) as u8),
        };
        tally.add(key, 1);
    }
    tally
}
