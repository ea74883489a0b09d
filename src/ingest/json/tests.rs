use super::cut::{Cut, Cutter, Fault, is_lines};
use super::{Part, Shape, Sink, parse};
use proptest::prelude::*;
use std::io::BufReader;

const SHAPE: Shape = Shape {
    assigned: false,
    lists: &["data", "errors"],
    marks: &["meta"],
};

/// The parts of a text, read through a buffer of so many bytes, as texts:
/// `list:row`, `page:…`, `broken`; and how it ends.
fn parts(text: &[u8], shape: Shape, buffer: usize) -> (Vec<String>, &'static str) {
    let lines =
        !shape.assigned && is_lines(&mut BufReader::with_capacity(buffer, text), "").unwrap();
    let mut reader = BufReader::with_capacity(buffer, text);
    let cutter = Cutter::new(&mut reader, shape);
    collect(|sink| {
        let mut cutter = cutter;
        if lines {
            cutter.white().and_then(|()| cutter.lines(sink))
        } else {
            cutter.document(sink)
        }
    })
}

/// The parts of a text with lists within sections.
fn nested_parts(text: &[u8], shape: Shape, buffer: usize) -> (Vec<String>, &'static str) {
    let mut reader = BufReader::with_capacity(buffer, text);
    let mut cutter = Cutter::new(&mut reader, shape);
    cutter.nested = true;
    collect(|sink| cutter.document(sink))
}

fn collect(read: impl FnOnce(&mut Sink<'_>) -> Cut<()>) -> (Vec<String>, &'static str) {
    let mut parts = Vec::new();
    let outcome = read(&mut |part: Part<'_>| {
        parts.push(match part {
            Part::Row(list, bytes) => format!("{list}:{}", String::from_utf8_lossy(bytes)),
            Part::Page(bytes) => format!("page:{}", String::from_utf8_lossy(bytes)),
            Part::Broken => "broken".to_owned(),
        });
        Ok(())
    });
    let end = match outcome {
        Ok(()) => "whole",
        Err(Fault::BreaksOff) => "breaks off",
        Err(Fault::Syntax) => "syntax",
        Err(Fault::TooLong) => "too long",
        Err(Fault::Unreadable(_) | Fault::Passed(_)) => "unreadable",
    };
    (parts, end)
}

#[test]
fn layouts() {
    let cases: &[(&str, &[&str], &str)] = &[
        ("", &[], "breaks off"),
        ("[]", &[], "whole"),
        (
            "[1, \"a]\\\"\", {\"b\": [2]}]",
            &[":1", ":\"a]\\\"\"", ":{\"b\":[2]}"],
            "whole",
        ),
        ("\u{feff}[1]\r\n", &[":1"], "whole"),
        ("[[1, 2], [3]]", &[":1", ":2", ":3"], "whole"),
        ("[1, 2", &[":1", ":2"], "breaks off"),
        ("[1, {\"a\": 2", &[":1"], "breaks off"),
        ("[1 2]", &[":1"], "syntax"),
        ("[1, ]", &[":1"], "syntax"),
        ("[1] trailing", &[":1"], "syntax"),
        (
            "{\"data\": [1, 2], \"x\": {\"data\": 3}, \"errors\": [4]}",
            &[
                "data:1",
                "data:2",
                "errors:4",
                "page:{\"data\":null,\"x\":{\"data\": 3},\"errors\":null}",
            ],
            "whole",
        ),
        (
            "{\"data\": {\"a\": 1}}",
            &["data:{\"a\": 1}", "page:{\"data\":null}"],
            "whole",
        ),
        // A key of that name with something else under it makes no page.
        ("{\"data\": 1}", &[":{\"data\":1}"], "whole"),
        ("{\"data\": []}", &["page:{\"data\":null}"], "whole"),
        ("{\"meta\": 1}", &["page:{\"meta\":1}"], "whole"),
        (
            "[{\"data\": [1]}, {\"data\": [2]}]",
            &[
                "data:1",
                "page:{\"data\":null}",
                "data:2",
                "page:{\"data\":null}",
            ],
            "whole",
        ),
        (
            "{\"a\":1}\n{\"a\":2}\n",
            &[":{\"a\":1}", ":{\"a\":2}"],
            "whole",
        ),
        (
            "{\n\"a\": 1\n}\n{\n\"a\": 2\n}",
            &[":{\"a\":1}", ":{\"a\":2}"],
            "whole",
        ),
        ("[1]\n[2]", &[":1", ":2"], "whole"),
        // A line that is broken, wherever it stands.
        (
            "{\"a\":\n{\"a\":2}\n{\"a\":3}",
            &["broken", ":{\"a\":2}", ":{\"a\":3}"],
            "whole",
        ),
        (
            "{\"a\":1}\n\"no {\n{\"a\":3}",
            &[":{\"a\":1}", "broken", ":{\"a\":3}"],
            "whole",
        ),
        (
            "{\"a\":1}\n\n{\"a\":2}\n{\"a",
            &[":{\"a\":1}", ":{\"a\":2}", "broken"],
            "whole",
        ),
        ("{\"a\":1", &[], "breaks off"),
    ];
    for &(text, expected, end) in cases {
        for buffer in [1, 2, 3, 7, 1 << 16] {
            let (found, found_end) = parts(text.as_bytes(), SHAPE, buffer);
            assert_eq!(
                (found.as_slice(), found_end),
                (
                    expected
                        .iter()
                        .map(|&part| part.to_owned())
                        .collect::<Vec<_>>()
                        .as_slice(),
                    end
                ),
                "{text:?} by {buffer}"
            );
        }
    }
}

#[test]
fn behind_an_assignment() {
    let shape = Shape {
        assigned: true,
        lists: &[],
        marks: &[],
    };
    let text = b"window.YTD.follower.part0 = [\r\n {\"a\": 1} ];\r\n";
    assert_eq!(
        parts(text, shape, 5),
        (vec![":{\"a\": 1}".to_owned()], "whole")
    );
    assert_eq!(parts(b"window.x", shape, 5).1, "breaks off");
}

#[test]
fn lists_within_sections() {
    let shape = Shape {
        assigned: false,
        lists: &["FansList"],
        marks: &["FansList"],
    };
    let cases: &[(&str, &[&str], &str)] = &[
        (
            r#"{"A": {"F": {"n": 1, "Fans List": [1, 2]}, "g": [{"FansList": [3]}]}, "b": {}}"#,
            &[
                "FansList:1",
                "FansList:2",
                r#"page:{"A":{"F":{"n":1,"Fans List":null},"g":null},"b":{}}"#,
            ],
            "whole",
        ),
        (
            r#"{"A": {"fanslist": null}}"#,
            &[r#"page:{"A":{"fanslist":null}}"#],
            "whole",
        ),
        (r#"{"A": {"x": [1]}}"#, &[r#":{"A":{"x":null}}"#], "whole"),
        (
            r#"{"A": {"FansList": [1, [2"#,
            &["FansList:1"],
            "breaks off",
        ),
        (r#"{"A": {"x": [1}"#, &[], "breaks off"),
    ];
    for &(text, expected, end) in cases {
        for buffer in [1, 3, 1 << 16] {
            let (found, found_end) = nested_parts(text.as_bytes(), shape, buffer);
            assert_eq!(
                (found.as_slice(), found_end),
                (strings(expected).as_slice(), end),
                "{text}"
            );
        }
    }
    let deep = "{\"a\":".repeat(1_000_000);
    assert_eq!(
        nested_parts(deep.as_bytes(), shape, 1 << 16).1,
        "breaks off"
    );
}

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

#[test]
fn depth_costs_no_stack() {
    let deep = format!("[{}1", "[".repeat(1_000_000));
    assert_eq!(parts(deep.as_bytes(), SHAPE, 1 << 16).1, "breaks off");
    let deep = format!(
        "{{\"data\": [{}1{}]}}",
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    let (found, end) = parts(deep.as_bytes(), SHAPE, 1 << 16);
    assert_eq!((found.len(), end), (2, "whole"));
    assert!(parse::<serde_json::Value>(&found[0].as_bytes()["data:".len()..]).is_err());
}

proptest! {
    #[test]
    fn rows_come_out_as_they_went_in(
        texts in prop::collection::vec(any::<String>(), 1..8),
        buffer in 1_usize..64,
    ) {
        let rows: Vec<String> = texts
            .iter()
            .map(|text| serde_json::json!({"a": text, "b": [{"c": text}]}).to_string())
            .collect();
        let expected: Vec<String> = rows.iter().map(|row| format!(":{row}")).collect();
        let array = format!("[{}]", rows.join(" , "));
        prop_assert_eq!(parts(array.as_bytes(), SHAPE, buffer), (expected.clone(), "whole"));
        let lines = rows.join("\r\n");
        prop_assert_eq!(parts(lines.as_bytes(), SHAPE, buffer), (expected, "whole"));
        let page = format!("{{\"data\":[{}],\"n\":1}}", rows.join(","));
        let expected: Vec<String> = rows
            .iter()
            .map(|row| format!("data:{row}"))
            .chain(["page:{\"data\":null,\"n\":1}".to_owned()])
            .collect();
        prop_assert_eq!(parts(page.as_bytes(), SHAPE, buffer), (expected, "whole"));
    }

    #[test]
    fn any_bytes_end(bytes in prop::collection::vec(any::<u8>(), 0..200), buffer in 1_usize..9) {
        let small = parts(&bytes, SHAPE, buffer);
        prop_assert_eq!(small, parts(&bytes, SHAPE, 1 << 16));
    }

    #[test]
    fn any_brackets_end(text in "[\\[\\]{}\",:a1\n\\\\ ]{0,60}", buffer in 1_usize..9) {
        let small = parts(text.as_bytes(), SHAPE, buffer);
        prop_assert_eq!(small, parts(text.as_bytes(), SHAPE, 1 << 16));
    }
}
