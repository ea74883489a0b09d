//! The catalogue of formats: complete, true to the fixtures, and the same in the README.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use dormouse::ingest::adapters::ADAPTERS;
use dormouse::ingest::{Fact, Role};
use dormouse::model::evidence::Field;

fn printed(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_dormouse"))
        .arg("formats")
        .args(arguments)
        .output()
        .unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

/// `DORMOUSE_UPDATE=1 cargo test --release formats` writes the table anew.
#[test]
fn the_readme_has_the_table() {
    const BEGIN: &str = "<!-- formats: `dormouse formats --format markdown` -->\n";
    const END: &str = "<!-- /formats -->";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = readme.split_once(BEGIN).unwrap();
    let (table, after) = rest.split_once(END).unwrap();
    let printed = printed(&["--format", "markdown"]);
    if std::env::var_os("DORMOUSE_UPDATE").is_some() {
        std::fs::write(&path, format!("{before}{BEGIN}{printed}{END}{after}")).unwrap();
        return;
    }
    assert_eq!(table, printed, "write it anew with DORMOUSE_UPDATE=1");
}

#[test]
fn every_format_says_what_it_is() {
    for adapter in ADAPTERS {
        let format = adapter.format();
        let name = format.name;
        for text in [format.title, format.how, format.proves, format.lacks] {
            assert!(text.len() > 5, "{name} leaves something open");
            assert!(
                !text.ends_with('.') && !text.contains("  "),
                "{name}: {text}"
            );
        }
        assert_eq!(
            format.holds.is_empty(),
            format.role == Role::Companion,
            "{name} has no line in the table"
        );
        for holding in format.holds {
            let partly = holding.partly.iter().map(|&(fact, _)| fact);
            let all: Vec<_> = holding.whole.iter().copied().chain(partly).collect();
            let once: BTreeSet<_> = all.iter().copied().collect();
            assert_eq!(all.len(), once.len(), "{name} says a fact twice");
            assert!(!all.is_empty(), "{name} holds nothing");
        }
    }
}

/// A field that a format can carry stands in its table, and what stands there in every
/// row can be carried.
#[test]
fn the_table_and_the_fields_agree() {
    for adapter in ADAPTERS {
        let format = adapter.format();
        if format.role != Role::Followers {
            continue;
        }
        let held = |fact: &Fact| {
            let there = |holding: &dormouse::ingest::Holding| holding.mark(*fact) != "·";
            format.holds.iter().any(there)
        };
        for field in Field::ALL {
            let facts = Fact::filling(field);
            let whole = format
                .holds
                .iter()
                .any(|holding| facts.iter().any(|fact| holding.mark(*fact) == "●"));
            let carried = format.carries.contains(&field);
            let name = (format.name, field.as_str());
            assert!(
                !carried || facts.iter().any(held),
                "{name:?} is in no table"
            );
            assert!(!whole || carried, "{name:?} is in the table and not read");
        }
    }
}

#[test]
fn every_name_prints_its_own_entry() {
    for adapter in ADAPTERS {
        let format = adapter.format();
        let text = printed(&[format.name]);
        assert!(text.starts_with(format.name), "{text}");
        assert!(
            text.contains("how to get it") && text.contains("it proves"),
            "{text}"
        );
    }
}
