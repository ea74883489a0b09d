//! Any bytes through one adapter, whether it would recognise them or not: the one that
//! `ADAPTER` names, or the one that the first byte picks.

#![no_main]

mod input;

use std::sync::OnceLock;

use dormouse::activity::{self, Judgement};
use dormouse::ingest::adapters::ADAPTERS;
use dormouse::ingest::intake::Seen;
use dormouse::ingest::{self, container};
use libfuzzer_sys::fuzz_target;

const CENSUS: i64 = 1_760_000_000_000;

fn chosen() -> Option<usize> {
    static CHOSEN: OnceLock<Option<usize>> = OnceLock::new();
    *CHOSEN.get_or_init(|| {
        let name = std::env::var("ADAPTER").ok()?;
        let place = ADAPTERS.iter().position(|adapter| adapter.format().name == name);
        Some(place.expect("ADAPTER is the name of a format"))
    })
}

fuzz_target!(|bytes: &[u8]| {
    input::pass_caught_panics();
    let Some((&first, rest)) = bytes.split_first() else {
        return;
    };
    let (place, rest) = match chosen() {
        Some(place) => (place, bytes),
        None => (usize::from(first) % ADAPTERS.len(), rest),
    };
    input::file("input.txt", rest);
    let Ok(members) = container::members(&["input.txt".to_owned()], input::folder()) else {
        return;
    };
    let judgement = Judgement::new(CENSUS, 180);
    for member in members {
        let mut seen = Seen::default();
        let found = ingest::read(&member, ADAPTERS[place], &mut seen, Some(CENSUS), &|batch| {
            let height = batch.height();
            assert_eq!(activity::keys(&batch, &judgement)?.len(), height);
            Ok(())
        });
        if let Ok(found) = found {
            let reading = found.reading;
            assert!(reading.set_aside + reading.duplicates <= reading.rows);
            let reasons: u64 = reading.set_aside_reasons.values().sum();
            assert_eq!(reasons, reading.set_aside);
            let sum = found.counted + reading.set_aside + reading.duplicates;
            assert_eq!(sum, reading.rows);
        }
    }
});
