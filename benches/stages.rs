//! What single stages cost: `cargo bench --bench stages`, or one of them with its name
//! behind. Whole runs beside other engines are measured by `compare.py`.

#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "a bench fails by panicking"
)]

use std::fmt::Write as _;
use std::path::Path;

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};

use dormouse::activity::{Counter, HEURISTICS, Judgement, Row};
use dormouse::frame::batch::{Batch, Follower};
use dormouse::frame::dates::{self, DAY};
use dormouse::frame::fields::NONE;
use dormouse::ingest::intake::Seen;
use dormouse::ingest::{container, examine};
use dormouse::model::results::Results;
use dormouse::wording::Words;

fn main() {
    divan::main();
}

/// 2026-10-01.
const CENSUS: i64 = 1_790_812_800_000;

const ROWS: usize = 1 << 14;

/// Numbers that look like nothing, the same in every run (splitmix64).
fn number(seed: usize) -> u64 {
    let mut z = (seed as u64)
        .wrapping_add(1)
        .wrapping_mul(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

fn instant(seed: usize) -> i64 {
    CENSUS - (number(seed) % (4000 * DAY as u64)) as i64
}

fn row(seed: usize) -> Row {
    let given = |bit: u64| number(seed) >> bit & 3 != 0;
    let count = |place: usize| (number(seed + place * ROWS) % 3000) as i64;
    Row {
        followed_at: instant(seed + ROWS),
        account_created_at: instant(seed + 2 * ROWS),
        last_active_at: if given(0) { instant(seed) } else { NONE },
        posts_count: if given(2) { count(1) / 2 } else { NONE },
        followers_count: count(2),
        following_count: count(3),
        default_avatar: Some(!given(4)),
        protected: Some(!given(6)),
        ..Row::BLANK
    }
}

/// The kernels of dates, one date a row.
mod kernels {
    use super::*;

    fn each(
        bencher: Bencher<'_, '_>,
        texts: &[String],
        read: impl Fn(&[u8]) -> Option<i64> + Sync,
    ) {
        bencher.counter(ItemsCount::new(texts.len())).bench(|| {
            texts
                .iter()
                .filter_map(|text| read(black_box(text.as_bytes())))
                .fold(0_i64, i64::wrapping_add)
        });
    }

    fn iso() -> Vec<String> {
        (0..ROWS)
            .map(|seed| dates::rfc_3339(instant(seed)))
            .collect()
    }

    #[divan::bench]
    fn iso_8601(bencher: Bencher<'_, '_>) {
        each(bencher, &iso(), dates::iso_8601);
    }

    #[divan::bench]
    fn iso_8601_with_milliseconds(bencher: Bencher<'_, '_>) {
        let texts: Vec<_> = iso()
            .iter()
            .map(|text| text.replace('Z', ".123Z"))
            .collect();
        each(bencher, &texts, dates::iso_8601);
    }

    #[divan::bench]
    fn x_api(bencher: Bencher<'_, '_>) {
        let texts: Vec<_> = (0..ROWS)
            .map(|seed| format!("Wed Oct {:02} 20:19:24 +0000 2018", 1 + number(seed) % 28))
            .collect();
        each(bencher, &texts, dates::x_api);
    }

    #[divan::bench]
    fn epoch_and_snowflake(bencher: Bencher<'_, '_>) {
        let ids: Vec<_> = (0..ROWS).map(|seed| number(seed) >> 3).collect();
        bencher.counter(ItemsCount::new(ROWS)).bench(|| {
            ids.iter()
                .filter_map(|&id| dates::x_snowflake(black_box(id)).and_then(dates::epoch))
                .fold(0_i64, i64::wrapping_add)
        });
    }
}

/// Each heuristic by itself.
#[divan::bench(args = HEURISTICS.iter().map(|heuristic| heuristic.name))]
fn heuristic(bencher: Bencher<'_, '_>, name: &str) {
    let rule = HEURISTICS
        .iter()
        .find(|heuristic| heuristic.name == name)
        .unwrap()
        .rule;
    let judgement = Judgement::new(CENSUS, 180);
    let rows: Vec<_> = (0..ROWS).map(row).collect();
    let mut keys = vec![0; ROWS];
    // By the block, as in a tally, but more rows than a processor remembers.
    bencher.counter(ItemsCount::new(ROWS)).bench_local(|| {
        for (rows, keys) in rows.chunks(64).zip(keys.chunks_mut(64)) {
            rule(&judgement, black_box(rows), keys);
        }
    });
}

/// Rows of a batch to cells of the tally.
#[divan::bench]
fn tally(bencher: Bencher<'_, '_>) {
    let judgement = Judgement::new(CENSUS, 180);
    let mut batch = Batch::default();
    for seed in 0..ROWS {
        let row = row(seed);
        let time = |time: i64| (time != NONE).then_some(time);
        let count = |count: i64| u64::try_from(count).ok();
        batch.push(&Follower {
            followed_at: time(row.followed_at),
            account_created_at: time(row.account_created_at),
            last_active_at: time(row.last_active_at),
            posts_count: count(row.posts_count),
            followers_count: count(row.followers_count),
            following_count: count(row.following_count),
            default_avatar: row.default_avatar,
            protected: row.protected,
            ..Follower::default()
        });
    }
    let batch = batch.take(&[]).unwrap();
    let counter = Counter::new(judgement);
    bencher
        .counter(ItemsCount::new(ROWS))
        .bench_local(|| counter.count(black_box(&batch)).unwrap());
}

/// Whether an id was there before, among a million others.
#[divan::bench]
fn duplicates(bencher: Bencher<'_, '_>) {
    let ids: Vec<_> = (0..1 << 20).map(|seed| number(seed).to_string()).collect();
    bencher.counter(ItemsCount::new(ids.len())).bench(|| {
        let mut seen = Seen::default();
        seen.expect(ids.len() as u64);
        ids.iter().filter(|id| !seen.is_new(id)).count()
    });
}

/// A file to counts, without the tally.
mod reading {
    use super::*;

    fn file(bencher: Bencher<'_, '_>, name: &str, text: &str) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(name), text).unwrap();
        let member = &container::members(&[name.to_owned()], folder.path()).unwrap()[0];
        bencher
            .counter(BytesCount::new(text.len()))
            .bench(|| examine(member).unwrap());
    }

    #[divan::bench]
    fn csv(bencher: Bencher<'_, '_>) {
        let mut text = String::from("id,followed_at,last_active_at,posts_count,protected\n");
        for seed in 0..ROWS * 4 {
            let (followed, active) = (
                dates::rfc_3339(instant(seed)),
                dates::rfc_3339(instant(seed + ROWS)),
            );
            writeln!(
                text,
                "{},{followed},{active},{},false",
                number(seed),
                number(seed) % 999
            )
            .unwrap();
        }
        file(bencher, "followers.csv", &text);
    }

    #[divan::bench]
    fn json_lines(bencher: Bencher<'_, '_>) {
        let mut text = String::new();
        for seed in 0..ROWS * 4 {
            let (followed, active) = (
                dates::rfc_3339(instant(seed)),
                dates::rfc_3339(instant(seed + ROWS)),
            );
            writeln!(
                text,
                r#"{{"id":"{}","followed_at":"{followed}","last_active_at":"{active}","posts_count":{},"protected":false}}"#,
                number(seed),
                number(seed) % 999
            )
            .unwrap();
        }
        file(bencher, "followers.jsonl", &text);
    }
}

/// All figures of the demo, as SVG.
#[divan::bench]
fn charts(bencher: Bencher<'_, '_>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/demo/expected/results.json");
    let results: Results = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let words = Words::new(results.study.language);
    bencher.bench(|| dormouse::chart::draw_all(&results, words));
}
