//! Any bytes as a study file.

#![no_main]

mod input;

use dormouse::study::Study;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    input::pass_caught_panics();
    let path = input::file("study.toml", bytes);
    if let Err(error) = Study::read(&path) {
        assert!(error.way_out().is_some(), "{error}");
    }
});
