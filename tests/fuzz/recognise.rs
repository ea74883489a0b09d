//! Any file through the container, recognition and whichever adapter takes it, as
//! `dormouse inspect` does.

#![no_main]

mod input;

use dormouse::ingest::{container, inspect};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    input::pass_caught_panics();
    input::file("input", bytes);
    let Ok(members) = container::members(&["input".to_owned()], input::folder()) else {
        return;
    };
    for member in members {
        match inspect(&member) {
            Ok(reading) => {
                assert!(reading.set_aside + reading.duplicates <= reading.rows);
            }
            Err(error) => assert!(error.way_out().is_some(), "{error}"),
        }
    }
});
