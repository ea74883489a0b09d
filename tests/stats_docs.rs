//! What the docs of every public function of `stats` must hold, read off the sources.
//!
//! A function that stands by itself has the formula with its symbols, an example that
//! runs (rustdoc runs it), its source, and its errors if it can refuse. What belongs to a
//! type says in a sentence what it gives, and has errors and an example if it can refuse.

use std::fs;
use std::path::{Path, PathBuf};

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else {
            files.push(path);
        }
    }
    files
}

struct Function {
    name: String,
    stands_alone: bool,
    refuses: bool,
    doc: String,
}

/// The public functions of a file, with their docs.
fn functions(text: &str) -> Vec<Function> {
    let code = text.split("#[cfg(test)]").next().unwrap_or("");
    let lines: Vec<&str> = code.lines().collect();
    let mut found = Vec::new();
    for (place, line) in lines.iter().enumerate() {
        let indent = line.len() - line.trim_start().len();
        let Some(rest) = line.trim_start().strip_prefix("pub ") else {
            continue;
        };
        let Some(rest) = rest.trim_start_matches("const ").strip_prefix("fn ") else {
            continue;
        };
        let above = lines[..place]
            .iter()
            .rev()
            .map(|line| line.trim_start())
            .take_while(|line| line.starts_with("///") || line.starts_with("#["));
        let mut doc: Vec<&str> = above
            .filter_map(|line| line.strip_prefix("///"))
            .map(|line| line.strip_prefix(' ').unwrap_or(line))
            .collect();
        doc.reverse();
        let signature: Vec<&str> = lines[place..]
            .iter()
            .scan(false, |over, line| {
                let before = *over;
                *over |= line.contains('{');
                (!before).then_some(*line)
            })
            .collect();
        found.push(Function {
            name: rest.split(['(', '<']).next().unwrap().to_owned(),
            stands_alone: indent == 0,
            refuses: signature.concat().contains("Result<"),
            doc: doc.join("\n"),
        });
    }
    found
}

/// What stands under a heading of a doc; `None` without the heading.
fn section<'a>(doc: &'a str, heading: &str) -> Option<&'a str> {
    let start = doc.find(&format!("# {heading}\n"))? + heading.len() + 3;
    let rest = &doc[start..];
    Some(rest.find("\n# ").map_or(rest, |end| &rest[..end]).trim())
}

#[test]
fn every_function_says_what_it_computes_and_whence() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut wanting, mut count) = (Vec::new(), 0);
    for file in sources(&root.join("src/stats")) {
        for function in functions(&fs::read_to_string(&file).unwrap()) {
            count += 1;
            let mut due = Vec::new();
            if function.stands_alone {
                due.extend(["Formula", "Examples", "Source"]);
            }
            if function.refuses {
                due.extend(["Errors", "Examples"]);
            }
            for heading in due {
                let text = section(&function.doc, heading);
                let enough = match heading {
                    "Examples" => {
                        text.is_some_and(|text| text.contains("```") && text.contains("assert"))
                    }
                    "Errors" => {
                        text.is_some_and(|text| text.contains("Refusal") || text.contains("As ["))
                    }
                    _ => text.is_some_and(|text| text.len() > 8),
                };
                if !enough {
                    wanting.push(format!(
                        "{}: {} lacks {heading}",
                        file.display(),
                        function.name
                    ));
                }
            }
            let first = function.doc.lines().next().unwrap_or("");
            if first.trim().is_empty() {
                wanting.push(format!(
                    "{}: {} says nothing",
                    file.display(),
                    function.name
                ));
            }
        }
    }
    assert!(wanting.is_empty(), "{}", wanting.join("\n"));
    assert!(count > 90, "the functions are gone: {count}");
}

/// The reader of docs finds what is missing: a test that cannot fail is none.
#[test]
fn a_gap_is_found() {
    let text = "/// Half.\n///\n/// # Formula\n///\n/// x/2 of x.\npub fn half(\n    x: f64,\n) -> Result<f64, Refusal> {\n";
    let [half] = &functions(text)[..] else {
        panic!("one function")
    };
    assert!(half.stands_alone && half.refuses && half.name == "half");
    assert_eq!(section(&half.doc, "Formula"), Some("x/2 of x."));
    assert_eq!(section(&half.doc, "Source"), None);
}
