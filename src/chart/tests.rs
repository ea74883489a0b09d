//! Every figure of every invented result, in both languages and on both papers: what
//! must hold of words, places and numbers.

use std::collections::BTreeSet;

use resvg::usvg::{Group, Node, Rect};

use super::canvas::Paper;
use super::png::tree;
use super::{FIGURES, cases, draw, draw_all, numbers, png};
use crate::model::figure::{Figure, Marks};
use crate::model::platform::{Language, Platform};
use crate::model::results::Results;
use crate::wording::Words;

const LANGUAGES: [Language; 2] = [Language::Nl, Language::En];
const PAPERS: [Paper; 2] = [Paper::Wide, Paper::Phone];

/// One text of a drawing: what it says, where it is, how large it is.
struct Text {
    words: String,
    place: Rect,
    size: f32,
}

fn texts(group: &Group, found: &mut Vec<Text>) {
    for node in group.children() {
        match node {
            Node::Group(group) => texts(group, found),
            Node::Text(text) => {
                let scale = text.abs_transform().get_scale().0;
                let spans = text.chunks().iter().flat_map(|chunk| chunk.spans());
                found.push(Text {
                    words: text.chunks().iter().map(|chunk| chunk.text()).collect(),
                    place: text.abs_bounding_box(),
                    size: spans
                        .map(|span| span.font_size().get() * scale)
                        .fold(f32::INFINITY, f32::min),
                });
            }
            _ => {}
        }
    }
}

/// Everything that is wrong with the places of the texts of a drawing.
fn faults(svg: &str, smallest: f32) -> Vec<String> {
    let tree = tree(svg).unwrap();
    let (width, height) = (tree.size().width(), tree.size().height());
    let mut found = Vec::new();
    texts(tree.root(), &mut found);
    assert!(found.len() >= 4, "a figure without texts");
    let mut faults = Vec::new();
    for (place, text) in found.iter().enumerate() {
        let Text {
            words,
            place: a,
            size,
        } = text;
        if a.left() < 0.0 || a.top() < 0.0 || a.right() > width || a.bottom() > height {
            faults.push(format!("outside: {words}"));
        }
        if *size < smallest {
            faults.push(format!("{size} px: {words}"));
        }
        for other in &found[place + 1..] {
            let b = other.place;
            let across = a.right().min(b.right()) - a.left().max(b.left());
            let down = a.bottom().min(b.bottom()) - a.top().max(b.top());
            // The box of a line is a little higher than its letters.
            if across > 0.1 && down > 1.0 {
                faults.push(format!("overlap: {words} / {}", other.words));
            }
        }
    }
    faults
}

/// Every figure with what it was made from.
fn each(mut look: impl FnMut(&str, &Results, Words, &Figure)) {
    let mut seen = 0;
    for (case, results) in cases::all() {
        for language in LANGUAGES {
            let words = Words::new(language);
            for drawn in draw_all(&results, words) {
                let place = format!("{case}, {}, {}", drawn.figure.id, words.tag());
                look(&place, &results, words, &drawn.figure);
                seen += 1;
            }
        }
    }
    assert!(seen >= 6 * cases::all().len() - 6, "figures are missing");
}

#[test]
fn texts_neither_touch_nor_leave_the_picture_nor_are_small() {
    let mut wrong = Vec::new();
    each(|place, _, _, figure| {
        for paper in PAPERS {
            let smallest = match paper {
                Paper::Wide => 12.0,
                Paper::Phone => 9.0,
            };
            for fault in faults(&draw(figure, paper), smallest) {
                wrong.push(format!("{place}, {}: {fault}", paper.as_str()));
            }
        }
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_check_of_places_sees_what_is_wrong() {
    let picture = |texts: &str| {
        format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="720" height="100" font-family="{}">
            <text x="10" y="20" font-size="12">one</text>
            <text x="10" y="40" font-size="12">two</text>
            <text x="10" y="60" font-size="12">three</text>{texts}</svg>"#,
            super::theme::FAMILY
        )
    };
    for (text, fault) in [
        (
            r#"<text x="14" y="62" font-size="12">over</text>"#,
            "overlap: three / over",
        ),
        (
            r#"<text x="700" y="20" font-size="12">too far</text>"#,
            "outside: too far",
        ),
        (
            r#"<text x="200" y="20" font-size="11">tiny</text>"#,
            "11 px: tiny",
        ),
    ] {
        assert_eq!(faults(&picture(text), 12.0), [fault]);
    }
    assert!(
        faults(
            &picture(r#"<text x="200" y="20" font-size="12">good</text>"#),
            12.0
        )
        .is_empty()
    );
}

#[test]
fn titles_are_short_and_every_word_is_there() {
    each(|place, results, _, figure| {
        let words = figure.title.split(' ').count();
        assert!((3..=10).contains(&words), "{place}: {}", figure.title);
        assert!(figure.alt.starts_with(&figure.title), "{place}");
        assert!(
            figure.subtitle.contains(&results.study.organisation),
            "{place}"
        );
        assert!(figure.subtitle.contains("14"), "{place}: no census date");
        assert!(figure.description.len() > figure.title.len(), "{place}");
        let source = figure.notes.last().unwrap();
        assert!(
            source.contains(&results.study.organisation),
            "{place}: {source}"
        );
        let columns = figure.table.head.len();
        assert!(columns >= 3 && !figure.table.rows.is_empty(), "{place}");
        for row in &figure.table.rows {
            assert_eq!(row.len(), columns, "{place}");
            assert!(row.iter().all(|cell| !cell.is_empty()), "{place}: {row:?}");
        }
    });
}

#[test]
fn without_an_audit_nobody_is_called_dormant() {
    let mut with_audit = 0;
    each(|place, results, words, figure| {
        let dormant = words.pick("ormant", "lapend");
        let said = serde_json::to_string(figure).unwrap();
        let audited = results.channels.iter().any(|c| c.dormant.is_some());
        // The figures that rest on an audit.
        if ["forest", "cost", "odds"].contains(&figure.id.as_str()) && audited {
            assert!(said.contains(dormant), "{place}");
            with_audit += 1;
        } else {
            assert!(!said.contains(dormant), "{place}: {said}");
        }
    });
    assert!(with_audit > 0);
}

/// The numbers of a text that are followed by a per cent sign, or stand before "to".
fn numbers_of(title: &str) -> Vec<u32> {
    let clean = |word: &str| {
        word.trim_end_matches(['%', ',', ':'])
            .parse()
            .ok()
            .filter(|_| {
                word.chars()
                    .all(|c| c.is_ascii_digit() || "%,:".contains(c))
            })
    };
    let words: Vec<&str> = title.split_whitespace().collect();
    words
        .iter()
        .enumerate()
        .filter(|(place, word)| {
            word.contains('%') || matches!(words.get(place + 1), Some(&("tot" | "to")))
        })
        .filter_map(|(_, word)| clean(word))
        .collect()
}

#[test]
fn a_forest_title_claims_no_more_than_its_interval() {
    let mut ranges = 0;
    each(|place, _, _, figure| {
        let Marks::Forest(forest) = &figure.marks else {
            return;
        };
        if figure.id != "forest" {
            return;
        }
        let row = forest.rows.iter().find(|row| row.highlighted).unwrap();
        let allowed = [
            (row.lower * 100.0 + 1e-9).floor() as u32,
            (row.upper * 100.0 - 1e-9).ceil() as u32,
        ];
        for number in numbers_of(&figure.title) {
            assert!(allowed.contains(&number), "{place}: {}", figure.title);
            ranges += 1;
        }
    });
    assert!(ranges >= 8, "no title with a range was seen");
}

#[test]
fn a_curve_title_claims_no_more_than_its_band() {
    let mut claims = 0;
    each(|place, results, _, figure| {
        if figure.id != "curve" {
            return;
        }
        for number in numbers_of(&figure.title) {
            let share = f64::from(number) / 100.0;
            let holds = results.channels.iter().any(|channel| {
                let at = |p: &&crate::model::results::CurvePoint| p.window_days == 365;
                let point = channel.curve.iter().find(at).unwrap();
                if figure.title.contains("at least") || figure.title.contains("minstens") {
                    share <= point.lower && point.lower < share + 0.01
                } else {
                    share >= point.upper && point.upper > share - 0.01
                }
            });
            assert!(holds, "{place}: {}", figure.title);
            claims += 1;
        }
    });
    assert!(claims >= 8);
}

#[test]
fn drawings_are_named_described_and_can_stand_in_one_page() {
    let mut ids = BTreeSet::new();
    let (_, results) = cases::all().swap_remove(2);
    for kind in FIGURES {
        for paper in PAPERS {
            let figure = (kind.compose)(&results, Words::new(Language::Nl)).unwrap();
            let svg = draw(&figure, paper);
            for part in svg.split(" id=\"").skip(1) {
                let id = part.split('"').next().unwrap().to_owned();
                assert!(ids.insert(id.clone()), "{id} comes twice");
            }
            let refers = svg
                .split("url(#")
                .skip(1)
                .map(|part| part.split(')').next());
            for id in refers.flatten() {
                assert!(svg.contains(&format!("id=\"{id}\"")), "{id} is nowhere");
            }
            let stem = format!("figure-{}-{}", kind.id, paper.as_str());
            assert!(svg.starts_with("<svg xmlns="));
            assert!(svg.contains(&format!("viewBox=\"0 0 {} ", paper.width())));
            assert!(svg.contains("role=\"img\""));
            assert!(svg.contains(&format!("aria-labelledby=\"{stem}-title {stem}-desc\"")));
            assert!(svg.contains(&format!(
                "<title id=\"{stem}-title\">{}</title>",
                figure.title
            )));
            assert!(svg.contains(&format!("<desc id=\"{stem}-desc\">")));
            assert!(!svg.contains("<image") && !svg.contains("@font-face"));
        }
    }
    assert!(ids.len() >= 12);
}

#[test]
fn the_same_results_give_the_same_bytes() {
    for (case, results) in cases::all() {
        let words = Words::new(Language::En);
        let (once, twice) = (draw_all(&results, words), draw_all(&results, words));
        assert_eq!(once, twice, "{case}");
    }
    let (_, results) = cases::all().swap_remove(0);
    let svg = &draw_all(&results, Words::new(Language::Nl))[0].svg;
    assert_eq!(png(svg).unwrap(), png(svg).unwrap());
}

#[test]
fn a_png_is_three_times_as_large() {
    let (_, results) = cases::all().swap_remove(0);
    let drawn = draw_all(&results, Words::new(Language::Nl));
    let picture = png(&drawn[0].svg).unwrap();
    assert_eq!(&picture[..8], b"\x89PNG\r\n\x1a\n");
    assert_eq!(
        u32::from_be_bytes(picture[16..20].try_into().unwrap()),
        2160
    );
    assert_eq!(png("<svg").unwrap_err().kind(), "chart::svg");
}

#[test]
fn names_cannot_break_out_of_the_drawing() {
    let (_, results) = cases::all()
        .into_iter()
        .find(|(case, _)| *case == "awkward")
        .unwrap();
    for drawn in draw_all(&results, Words::new(Language::Nl)) {
        assert!(!drawn.svg.contains("<crisis>"));
    }
    let mut named = 0;
    for kind in FIGURES {
        let file = numbers(kind, &results, Words::new(Language::Nl));
        assert!(file.starts_with('\u{feff}') && file.ends_with("\r\n"));
        assert!(!file.contains(";=") && !file.contains(";@"), "{file}");
        named += usize::from(file.contains(r#""Nieuws & <crisis> ""112"" =1+1 @""#));
    }
    assert!(named >= 3, "the figures of all channels name this one");
}

#[test]
fn results_without_channels_give_no_figure() {
    let none = cases::results(Vec::new());
    assert!(draw_all(&none, Words::new(Language::Nl)).is_empty());
}

#[test]
fn numbers_that_are_none_do_not_stop_a_drawing() {
    let mut channel = cases::channel("X", Platform::X, [100, 200, 300, 400]);
    channel.silent.lower = f64::NAN;
    channel.silent.upper = f64::INFINITY;
    channel.curve[3].lower = f64::NAN;
    channel.curve[4].upper = f64::NEG_INFINITY;
    channel.curve[0].window_days = 0;
    channel.followers = Some(u64::MAX);
    channel.name = String::new();
    let mut results = cases::results(vec![channel]);
    results.study.window_days = 0;
    results.study.census = String::new();
    for drawn in draw_all(&results, Words::new(Language::En)) {
        assert!(
            !drawn.svg.contains("NaN") && !drawn.svg.contains("inf"),
            "{}",
            drawn.svg
        );
        assert!(png(&drawn.svg).is_ok());
    }
}
