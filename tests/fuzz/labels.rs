//! Any bytes as a worksheet that an analyst sends back.

#![no_main]

mod input;

use dormouse::audit;
use dormouse::model::tally::Counts;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    input::pass_caught_panics();
    let path = input::file("labels.csv", bytes);
    let counts = Counts {
        awake: 40,
        silent: 300,
        undetermined: 60,
        gone: 0,
    };
    match audit::read(&path, "labels.csv", counts) {
        Ok(summary) => {
            for stratum in summary.strata {
                assert!(stratum.dormant + stratum.active + stratum.unknown <= stratum.size);
            }
        }
        Err(error) => assert!(error.way_out().is_some(), "{error}"),
    }
});
