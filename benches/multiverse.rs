//! The whole multiverse of five channels, from a tally of ten million followers.
//!
//! `cargo bench --bench multiverse`

use divan::{Bencher, black_box};
use dormouse::compare;
use dormouse::model::tally::{FOLLOW_AGE_EDGES, Key, Record, Tally, post_edges};

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

/// Two million followers of one channel with dates of their own, judged as the rows are:
/// the tally has as many cells as a real one of that size.
fn tally(channel: u64) -> Tally {
    let edges = post_edges(180);
    let mut tally = Tally::default();
    let mut state = channel + 1;
    // Knuth's linear congruential generator: the same followers every time.
    let mut draw = |below: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    for _ in 0..FOLLOWERS / CHANNELS {
        let created = draw(5_500) + 1;
        let followed = draw(created.min(3_700)) + 1;
        let never_posted = draw(100) < 25;
        // Recent days are the likelier ones.
        let share = draw(1_000) * draw(1_000);
        let posted = created * share / 1_000_000;
        let (protected, missing) = (draw(100) < 8, draw(100) < 10);
        let record = match (never_posted, protected, missing) {
            (true, ..) => Record::NeverPosted,
            (_, true, true) => Record::Protected,
            (_, _, true) => Record::NotGiven,
            _ => Record::Dated,
        };
        let last_post = (record == Record::Dated).then_some(posted);
        let silent = last_post.unwrap_or(created).min(followed);
        let of_posts = if never_posted {
            Some(created)
        } else {
            last_post
        };
        let bucket = |days: u64, edges: &[u32]| {
            edges.iter().filter(|&&edge| days > u64::from(edge)).count() as u8
        };
        let key = Key {
            record,
            days_silent: Some(silent as u16),
            post_age: of_posts.map(|days| bucket(days, &edges)),
            never_posted,
            suspected_bot: draw(100) < 4,
            duplicate: draw(200) == 0,
            protected,
            follow_age: Some(bucket(followed, &FOLLOW_AGE_EDGES)),
        };
        tally.add(key, 1);
    }
    tally
}
