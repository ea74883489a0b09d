//! The documents are well built, and the same bytes twice.

use std::collections::BTreeSet;

use super::fixtures::{both, hostile, nothing_known, results, view, without_audits};
use dormouse::briefing::view::{Block, View};
use dormouse::briefing::{html, markdown};
use dormouse::model::letter::{Letter, Part};

/// The levels of the headings in order.
fn levels(page: &str) -> Vec<u32> {
    let tags = page.split("<h").skip(1);
    tags.filter_map(|tag| tag.chars().next()?.to_digit(10))
        .collect()
}

#[test]
fn the_page_has_one_title_and_skips_no_level() {
    for results in [results(), without_audits(), nothing_known()] {
        for words in both() {
            let page = html::render(&view(&results, words));
            let levels = levels(&page);
            assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
            assert_eq!(levels[0], 1);
            assert!(
                levels.windows(2).all(|pair| pair[1] <= pair[0] + 1),
                "{levels:?}"
            );
            assert!(page.starts_with("<!DOCTYPE html>"));
            assert!(page.contains(&format!("<html lang=\"{}\">", words.tag())));
        }
    }
}

#[test]
fn the_page_asks_for_nothing() {
    for words in both() {
        let page = html::render(&view(&results(), words));
        assert!(
            page.contains("http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'sha256-")
        );
        // One script, its own, and nothing that fetches.
        assert_eq!(page.matches("<script").count(), 1);
        assert_eq!(page.matches("<script>").count(), 1);
        for asking in [
            "fetch(",
            "XMLHttpRequest",
            "import(",
            "<link",
            "<img",
            "<iframe",
            " src=",
            "@import",
            "url(http",
            "url(/",
        ] {
            assert!(!page.contains(asking), "{asking}");
        }
        let links = page.split("href=\"").skip(1);
        assert!(links.clone().count() > 9);
        assert!(links.clone().all(|link| link.starts_with('#')));
    }
}

#[test]
fn every_link_has_its_place_and_every_place_one_name() {
    for words in both() {
        let page = html::render(&view(&results(), words));
        let named = |mark: &str| -> Vec<String> {
            let parts = page.split(mark).skip(1);
            parts
                .map(|part| part.split('"').next().unwrap().to_owned())
                .collect()
        };
        let ids = named(" id=\"");
        let places: BTreeSet<&String> = ids.iter().collect();
        assert_eq!(places.len(), ids.len());
        for link in named("href=\"#") {
            assert!(places.contains(&link), "{link}");
        }
        for labels in named("aria-labelledby=\"") {
            for label in labels.split(' ') {
                assert!(places.contains(&label.to_owned()), "{label}");
            }
        }
    }
}

#[test]
fn every_table_has_a_caption_scopes_and_a_region_that_can_be_reached() {
    for words in both() {
        let page = html::render(&view(&results(), words));
        let tables = page.matches("<table").count();
        let figures = page.matches("<figure").count();
        assert!(figures > 0);
        // Verdicts, rules, followers, shares, totals, differences, ranks, costs, choices,
        // decisions, inputs, and one in each figure.
        assert_eq!(tables, 11 + figures);
        assert_eq!(page.matches("<caption>").count(), tables);
        let regions = page.matches("<section class=\"scroll").count();
        assert_eq!(regions, tables + figures);
        assert_eq!(
            page.matches("tabindex=\"0\" aria-label=\"").count(),
            regions
        );
        let heads = page.matches("<th ").count();
        let scopes = page.matches("<th scope=\"").count();
        assert_eq!(heads, scopes);
        assert_eq!(page.matches("<th>").count(), 0);
        assert_eq!(page.matches("<details>").count(), figures);
    }
}

#[test]
fn rows_are_as_wide_as_their_heads() {
    for results in [results(), without_audits(), nothing_known()] {
        for words in both() {
            for section in &view(&results, words).sections {
                for block in &section.blocks {
                    if let Block::Table(table) = block {
                        assert!(
                            table
                                .rows
                                .iter()
                                .all(|row| row.len() == table.columns.len())
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn the_title_of_the_window_is_not_cut_off() {
    let [dutch, _] = both();
    let title = |title: &str, organisation: &str| {
        let mut results = results();
        results.study.title = title.to_owned();
        results.study.organisation = organisation.to_owned();
        let page = html::render(&View::new(&results, &[], dutch));
        let (_, rest) = page.split_once("<title>").unwrap();
        rest.split("</title>").next().unwrap().to_owned()
    };
    let (short, long) = ("Kanalen", "Kanalen ".repeat(9));
    assert_eq!(title(short, "Gemeente"), "Kanalen – Gemeente");
    assert_eq!(title(short, ""), "Kanalen");
    assert_eq!(title("", "Gemeente"), "Gemeente");
    assert_eq!(title(short, &long), "Kanalen");
    let cut = title(&long, "Gemeente");
    assert!(cut.starts_with("Kanalen Kanalen") && cut.ends_with('…'));
    assert!(cut.chars().count() <= 70);
    assert!(title("", "").starts_with("Waarschijnlijk"));
}

#[test]
fn text_from_outside_stays_text() {
    let results = hostile();
    for words in both() {
        let page = html::render(&view(&results, words));
        assert!(page.contains("&lt;b&gt;&quot;Kanalen&quot;&lt;/b&gt; &amp; [x](y) | *z* # w "));
        assert_eq!(page.matches("<script").count(), 1);
        for tag in ["<b>", "<i>", "\u{7}"] {
            assert!(!page.contains(tag), "{tag}");
        }
        let text = markdown::render(&view(&results, words));
        assert!(text.contains("\\<b\\>\"Kanalen\"\\</b\\> \\& \\[x\\](y) \\| \\*z\\* # w "));
        assert!(text.contains("a\\|b\\_\\<script\\>.csv"));
        assert!(!text.contains("\n# w"));
    }
}

#[test]
fn markdown_tables_keep_their_columns() {
    for words in both() {
        let text = markdown::render(&view(&results(), words));
        let mut width = None;
        let mut tables = 0;
        for line in text.lines() {
            let bars = line.replace("\\|", "").matches('|').count();
            if !line.starts_with('|') {
                width = None;
                continue;
            }
            tables += usize::from(width.is_none());
            assert_eq!(*width.get_or_insert(bars), bars, "{line}");
        }
        assert_eq!(tables, 11 + text.matches("](figures/").count());
        assert_eq!(
            text.lines().filter(|line| line.starts_with("# ")).count(),
            1
        );
    }
}

#[test]
fn the_same_results_give_the_same_bytes() {
    for words in both() {
        let again = || view(&results(), words);
        assert_eq!(html::render(&again()), html::render(&again()));
        assert_eq!(markdown::render(&again()), markdown::render(&again()));
    }
}

/// Both documents say the same.
#[test]
fn the_page_and_the_markdown_say_the_same_sentences() {
    for words in both() {
        let view = view(&results(), words);
        let text = markdown::render(&view).replace('\\', "");
        let page = html::render(&view);
        for section in &view.sections {
            assert!(text.contains(&format!("## {}\n", section.heading)));
            for block in &section.blocks {
                if let Block::List(points) = block {
                    for point in points {
                        assert!(
                            text.contains(point.as_str()) && page.contains(point.as_str()),
                            "{point}"
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn the_study_sets_the_form_of_the_letter() {
    let mut results = results();
    let line = |name: &str, value: &str| [name.to_owned(), value.to_owned()];
    results.study.briefing = Some(Letter {
        document: Some("Collegebrief".to_owned()),
        letterhead: Some(vec![line("Aan", "De raad"), line("Zaaknummer", " ")]),
        sections: Some(vec![Part::Methods, Part::Changes, Part::Found]),
        headings: [(Part::Found, "Bevindingen".to_owned())].into(),
    });
    let [dutch, _] = both();
    let view = View::new(&results, &[], dutch);
    // Without snapshots nothing changed, and an empty part is left out.
    let parts: Vec<Part> = view.sections.iter().map(|section| section.part).collect();
    assert_eq!(parts, [Part::Methods, Part::Found]);
    assert_eq!(view.sections[1].heading, "Bevindingen");
    let lines = view.letterhead.iter();
    let lines: Vec<_> = lines
        .map(|line| (line.name.as_str(), line.value.as_str(), line.to_fill_in))
        .collect();
    assert_eq!(
        lines,
        [
            ("Aan", "De raad", false),
            ("Zaaknummer", "[in te vullen]", true)
        ]
    );
    let page = html::render(&view);
    assert!(page.contains("Collegebrief") && page.contains("<mark>[in te vullen]</mark>"));
    assert!(page.contains("href=\"#found\">Bevindingen"));

    results.study.briefing = Some(Letter {
        letterhead: Some(vec![]),
        ..Letter::default()
    });
    assert!(View::new(&results, &[], dutch).letterhead.is_empty());
    results.study.briefing = None;
    let view = View::new(&results, &[], dutch);
    assert_eq!(view.letterhead.len(), 6);
    assert_eq!(view.letterhead[5].value, results.study.title);
    assert!(view.letterhead[..5].iter().all(|line| line.to_fill_in));
}

#[test]
fn what_accounts_for_the_letter_is_annexed_to_it_and_listed_there() {
    for words in both() {
        let view = view(&results(), words);
        let word = words.pick("Annex", "Bijlage");
        let letter = view.sections.iter().filter(|one| one.annex.is_none());
        assert!(letter.clone().all(|one| !one.part.accounts()));
        let annexes = view.sections.iter().skip(letter.count());
        let headings: Vec<String> = annexes.map(|one| one.heading.clone()).collect();
        assert!(headings.len() > 4);
        for (place, heading) in headings.iter().enumerate() {
            assert!(heading.starts_with(&format!("{word} {}: ", place + 1)));
        }
        let list = &view.section(Part::Annexes).unwrap().blocks[0];
        assert_eq!(*list, Block::List(headings));
        // The letter shows the first drawing; they are numbered in the order of reading.
        let pictures = view.sections.iter().flat_map(|one| &one.blocks);
        let numbers: Vec<&str> = pictures
            .filter_map(|block| match block {
                Block::Picture(picture) => Some(picture.number.as_str()),
                _ => None,
            })
            .collect();
        let figure = words.pick("Figure", "Figuur");
        let expected = (1..=numbers.len()).map(|number| format!("{figure} {number}"));
        assert_eq!(numbers, expected.collect::<Vec<_>>());
        let found = &view.section(Part::Found).unwrap().blocks;
        let is_picture = |block: &&Block| matches!(block, Block::Picture(_));
        assert_eq!(found.iter().filter(is_picture).count(), 1);
    }
    // Nothing is annexed to a letter that ends with a part of its own.
    let mut results = results();
    results.study.briefing = Some(Letter {
        sections: Some(vec![Part::Counts, Part::Found]),
        ..Letter::default()
    });
    let view = view(&results, both()[0]);
    assert!(view.sections.iter().all(|section| section.annex.is_none()));
}

#[test]
fn the_reader_of_the_curve_has_every_window_and_begins_at_that_of_the_study() {
    for words in both() {
        let view = view(&results(), words);
        let figures = &view.section(Part::Figures).unwrap().blocks;
        let readouts: Vec<_> = figures
            .iter()
            .filter_map(|block| match block {
                Block::Picture(picture) => Some((picture.id.as_str(), picture.readout.as_ref()?)),
                _ => None,
            })
            .collect();
        let [(id, readout)] = readouts[..] else {
            panic!("{readouts:?}");
        };
        assert_eq!(id, "curve");
        assert_eq!(
            readout.windows[readout.start].days,
            results().study.window_days
        );
        let days: Vec<u32> = readout.windows.iter().map(|window| window.days).collect();
        assert!(days.is_sorted() && days.len() > 5);
        for window in &readout.windows {
            assert_eq!(window.values.len(), readout.names.len());
        }
        let page = html::render(&view);
        assert_eq!(page.matches("data-readout=\"{").count(), 1);
        assert_eq!(page.matches("data-plot=\"").count(), 2);
    }
}

/// Writes the documents into the folder that `DORMOUSE_BRIEFINGS` names, for the checks of
/// accessibility (`.ci/accessibility.mjs`) and for looking at them.
#[test]
#[ignore = "writes documents into the folder DORMOUSE_BRIEFINGS"]
fn documents_can_be_looked_at() {
    let folder = std::env::var_os("DORMOUSE_BRIEFINGS").unwrap();
    let folder = std::path::PathBuf::from(folder);
    for (name, results) in [
        ("full", results()),
        ("silent", without_audits()),
        ("blank", nothing_known()),
        ("hostile", hostile()),
    ] {
        for words in both() {
            let view = view(&results, words);
            let file = |ending: &str| folder.join(format!("{name}-{}.{ending}", words.tag()));
            std::fs::write(file("html"), html::render(&view)).unwrap();
            std::fs::write(file("md"), markdown::render(&view)).unwrap();
        }
    }
}
