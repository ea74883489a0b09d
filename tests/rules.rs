//! The rules of the house, read off the sources.
//!
//! `cli → pipeline → stages → { frame, stats, study, wording } → model`; a stage never
//! names another stage; polars is named only left of the tally; stats is pure.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const STAGES: [&str; 9] = [
    "ingest", "activity", "audit", "estimate", "compare", "decide", "chart", "briefing", "simulate",
];
const FOUNDATIONS: [&str; 4] = ["frame", "stats", "study", "wording"];
const LEFT_OF_THE_TALLY: [&str; 4] = ["frame", "ingest", "activity", "audit"];

/// Source files under a room, with their code but without comments and inner tests.
fn room(name: &str) -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root.join(name), &mut files);
    let single = root.join(format!("{name}.rs"));
    if single.is_file() {
        files.push(single);
    }
    assert!(!files.is_empty(), "the room {name} is empty");
    files
        .into_iter()
        .filter(|file| file.file_stem().is_none_or(|stem| stem != "tests"))
        .map(|file| {
            let text = fs::read_to_string(&file).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap_or("");
            let lines = code
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"));
            (file, lines.collect::<Vec<_>>().join("\n"))
        })
        .collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
}

/// The rooms that a piece of code names, through `crate::room` or `use crate::{room, …}`.
fn named(code: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (place, _) in code.match_indices("crate::") {
        let rest = &code[place + "crate::".len()..];
        match rest.strip_prefix('{') {
            None => {
                names.insert(identifier(rest));
            }
            Some(list) => {
                let mut depth = 0;
                let mut start = true;
                for (at, character) in list.char_indices() {
                    match character {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => start = true,
                        _ if start && !character.is_whitespace() => {
                            names.insert(identifier(&list[at..]));
                            start = false;
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    names
}

fn identifier(text: &str) -> String {
    text.chars()
        .take_while(|&letter| letter.is_alphanumeric() || letter == '_')
        .collect()
}

fn violations(rooms: &[&str], forbidden: impl Fn(&str, &str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for &name in rooms {
        for (file, code) in room(name) {
            for other in named(&code) {
                if other != name && forbidden(name, &other) {
                    found.push(format!("{} names {other}", file.display()));
                }
            }
        }
    }
    found
}

#[test]
fn a_stage_never_names_another_stage_nor_what_is_above_it() {
    let above = ["pipeline", "cli", "output", "vault"];
    let found = violations(&STAGES, |_, other| {
        STAGES.contains(&other) || above.contains(&other)
    });
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn foundations_and_nouns_name_nothing_above_them() {
    let found = violations(&FOUNDATIONS, |_, other| {
        STAGES.contains(&other) || ["pipeline", "cli", "output", "vault"].contains(&other)
    });
    assert!(found.is_empty(), "{found:#?}");
    let found = violations(&["model"], |_, other| other != "error");
    assert!(found.is_empty(), "{found:#?}");
    let found = violations(&["pipeline", "output", "vault"], |_, other| other == "cli");
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn polars_is_named_only_left_of_the_tally() {
    for name in STAGES
        .into_iter()
        .chain(FOUNDATIONS)
        .chain(["model", "pipeline", "output", "vault", "cli", "error"])
        .filter(|name| !LEFT_OF_THE_TALLY.contains(name))
    {
        for (file, code) in room(name) {
            assert!(!code.contains("polars"), "{} names polars", file.display());
        }
    }
    // The rule would hold of an empty house too: the engine must be somewhere.
    assert!(
        room("frame")
            .iter()
            .any(|(_, code)| code.contains("use polars"))
    );
}

#[test]
fn statistics_know_no_file_clock_or_platform() {
    for (file, code) in room("stats") {
        let name = file.display();
        for other in named(&code) {
            assert!(other == "stats" || other == "model", "{name} names {other}");
        }
        let uses = code
            .lines()
            .filter_map(|line| line.trim_start().strip_prefix("use "));
        for path in uses {
            let root = identifier(path);
            let allowed = [
                "super",
                "self",
                "crate",
                "std",
                "statrs",
                "rand",
                "rand_chacha",
                "rand_distr",
            ];
            assert!(allowed.contains(&root.as_str()), "{name} uses {root}");
        }
        for word in [
            "std::fs",
            "std::io",
            "std::time",
            "std::env",
            "chrono",
            "platform",
        ] {
            assert!(!code.contains(word), "{name} names {word}");
        }
    }
}

#[test]
fn only_the_command_line_prints() {
    for name in STAGES
        .into_iter()
        .chain(FOUNDATIONS)
        .chain(["model", "pipeline", "output", "vault", "error"])
    {
        for (file, code) in room(name) {
            for call in ["println!", "eprintln!", "print!(", "dbg!("] {
                assert!(!code.contains(call), "{} calls {call}", file.display());
            }
        }
    }
}
