//! Claims go no further than the limits, and "dormant" no further than the audit.

use super::fixtures::{audited, both, judged, nothing_known, results, share, view, without_audits};
use dormouse::briefing::summary::finding_lines;
use dormouse::briefing::view::{Block, Section, Table, View};
use dormouse::model::finding::Quantity;
use dormouse::model::letter::Part;
use dormouse::model::platform::Language;
use dormouse::model::results::{Notice, Results};
use dormouse::model::share::Method;
use dormouse::wording::Words;
use dormouse::wording::briefing::findings::headline;
use dormouse::wording::briefing::{notices, parts};

/// Every string of a section.
fn strings(section: &Section) -> Vec<String> {
    let mut all = vec![section.heading.clone()];
    for block in &section.blocks {
        match block {
            Block::Heading(text) | Block::Paragraph(text) | Block::ToFillIn(text) => {
                all.push(text.clone());
            }
            Block::List(points) | Block::Steps(points) => all.extend(points.clone()),
            Block::Terms(pairs) => {
                all.extend(
                    pairs
                        .iter()
                        .map(|(name, value)| format!("{name}: {}", value.join(" "))),
                );
            }
            Block::Table(table) => {
                all.push(table.caption.clone());
                all.extend(table.columns.iter().map(|column| column.name.clone()));
                all.extend(table.rows.iter().map(|row| row.join(" ")));
            }
            Block::Picture(picture) => all.push(picture.title.clone()),
        }
    }
    all
}

fn says_dormant(text: &str) -> bool {
    let text = text.to_lowercase();
    ["dormant", "slaap", "slap"]
        .iter()
        .any(|word| text.contains(word))
}

#[test]
fn without_any_audit_no_finding_says_dormant() {
    for mut results in [without_audits(), nothing_known()] {
        // The council's own rules may name what nobody has found.
        results.study.policy = None;
        results.verdicts.clear();
        for words in both() {
            let view = view(&results, words);
            let parts = [
                Part::KeyMessage,
                Part::Found,
                Part::Counts,
                Part::Differences,
                Part::Figures,
            ];
            let sections = parts.into_iter().filter_map(|part| view.section(part));
            let mut said: Vec<String> = sections.flat_map(strings).collect();
            said.extend([view.headline.clone(), view.lead.clone()]);
            said.extend(finding_lines(&results, words));
            for text in said {
                assert!(!says_dormant(&text), "{text}");
            }
        }
    }
}

#[test]
fn of_a_channel_without_an_audit_no_sentence_says_dormant() {
    let results = results();
    let unaudited: Vec<&str> = results
        .channels
        .iter()
        .filter(|channel| channel.dormant.is_none())
        .map(|channel| channel.name.as_str())
        .collect();
    assert_eq!(unaudited.len(), 3);
    for words in both() {
        let view = view(&results, words);
        let parts = [
            Part::KeyMessage,
            Part::Found,
            Part::Counts,
            Part::Differences,
        ];
        let sections = parts.into_iter().filter_map(|part| view.section(part));
        let mut said: Vec<String> = sections.flat_map(strings).collect();
        said.extend(finding_lines(&results, words));
        let sentences = said.iter().flat_map(|text| text.split(". "));
        for sentence in sentences.filter(|text| says_dormant(text)) {
            let named = unaudited.iter().find(|name| sentence.contains(**name));
            assert!(named.is_none(), "{sentence}");
        }
        // The one place that names both says that nobody is called so.
        let no_audit = view
            .section(Part::Gaps)
            .unwrap()
            .blocks
            .iter()
            .any(|block| match block {
                Block::Terms(pairs) => pairs.iter().any(|(names, texts)| {
                    names.contains("Facebook")
                        && names.contains("LinkedIn")
                        && says_dormant(&texts[0])
                }),
                _ => false,
            });
        assert!(no_audit);
    }
}

#[test]
fn an_audited_channel_is_called_dormant_with_its_limits() {
    let results = results();
    let [dutch, english] = both();
    let lines = finding_lines(&results, dutch);
    assert_eq!(
        lines[0],
        "Waarschijnlijk slaapt meer dan de helft van de volgers op X"
    );
    assert!(lines[1].starts_with(
        "Op X slaapt 51 tot 64 procent van de volgers, met 95 procent zekerheid. De beste schatting \
         is 58 procent. Daarvoor zijn 153 volgers met de hand bekeken."
    ));
    assert!(lines[1].contains(
        "Er blijven 7.277 tot 9.824 volgers over die niet slapen. Het kanaal kost €\u{a0}390,00 per maand: \
         €\u{a0}39,69 tot €\u{a0}53,59 per 1.000 volgers die niet slapen."
    ));
    let lines = finding_lines(&results, english);
    assert!(lines[1].starts_with(
        "On X, 51 to 64 per cent of the followers are dormant, at a confidence of 95 per cent."
    ));
}

/// Limits, what the headline says in English, and in Dutch.
#[test]
fn a_headline_holds_both_limits() {
    let rows = [
        (0.51, 0.80, "more than half", "meer dan de helft"),
        (0.50, 0.80, "50 to 80%", "50 tot 80%"),
        (0.20, 0.803, "20 to 81%", "20 tot 81%"),
        (0.76, 0.95, "more than three quarters", "meer dan driekwart"),
        (0.003, 0.40, "at most 40%", "hooguit 40%"),
    ];
    let [dutch, english] = both();
    for (lower, upper, en, nl) in rows {
        let share = audited(share(lower, upper, None, Method::AuditBounds), 9);
        let said = |words| headline(words, "X", Quantity::Dormant, &share, 180);
        assert_eq!(
            said(english),
            format!("Probably, {en} of the followers on X are dormant")
        );
        assert_eq!(
            said(dutch),
            format!("Waarschijnlijk slaapt {nl} van de volgers op X")
        );
    }
}

#[test]
fn bounds_of_a_whole_list_are_said_as_they_stand() {
    let said = |words, share: &_| headline(words, "X", Quantity::Silent, share, 90);
    let [dutch, english] = both();
    for (method, nl, en) in [
        (
            Method::ManskiBounds,
            "Meer dan de helft van de volgers op X was 90 dagen openbaar stil",
            "More than half of the followers on X were publicly silent for 90 days",
        ),
        (
            Method::ImbensManskiWilson,
            "Waarschijnlijk was meer dan de helft van de volgers op X 90 dagen openbaar stil",
            "Probably, more than half of the followers on X were publicly silent for 90 days",
        ),
    ] {
        let share = share(0.6, 0.9, None, method);
        assert_eq!(said(dutch, &share), nl);
        assert_eq!(said(english, &share), en);
    }
}

#[test]
fn the_three_mistakes_are_explained() {
    for words in both() {
        let methods = strings(view(&results(), words).section(Part::Methods).unwrap()).join("\n");
        for said in words.pick(
            [
                "Missing is not dormant",
                "Silent is not dormant",
                "newest followers are no sample",
            ],
            [
                "Ontbreken is niet slapen",
                "Stil is niet slapen",
                "nieuwste volgers zijn geen steekproef",
            ],
        ) {
            assert!(methods.contains(said));
        }
    }
}

#[test]
fn not_decided_is_said_plainly_and_never_as_overlap() {
    let [dutch, english] = both();
    let said =
        |words| strings(view(&results(), words).section(Part::Differences).unwrap()).join("\n");
    assert!(said(dutch).contains("Tussen Instagram en Bluesky is het niet beslist: op Instagram kan het aandeel slapende volgers 19 procentpunt lager zijn, maar ook 10 procentpunt hoger."));
    assert!(said(english).contains("Not decided does not mean equal"));
    assert!(said(dutch).contains("Op X is het aandeel slapende volgers groter dan op Instagram (31 tot 47 procentpunt) en Bluesky (18 tot 51 procentpunt)."));
    // Smaller for the first channel of a pair is larger for the second.
    assert!(said(dutch).contains("Op Bluesky is het aandeel openbaar stille volgers groter dan op Mastodon (1 tot 13 procentpunt)."));
    for text in [said(dutch), said(english)] {
        assert!(!text.to_lowercase().contains("overlap"));
    }
}

#[test]
fn every_notice_has_a_fact_and_a_next_step() {
    let results = results();
    let mut seen = std::collections::BTreeSet::new();
    for channel in &results.channels {
        for notice in &channel.notices {
            let code = serde_json::to_value(notice).unwrap()["code"].clone();
            seen.insert(code.as_str().unwrap().to_owned());
            for words in both() {
                let text = notices::notice(words, notice, channel);
                let sentences = text.matches(". ").count() + 1;
                assert!(sentences >= 2 && text.ends_with('.'), "{text}");
            }
        }
    }
    // One of each variant of `Notice`.
    assert_eq!(seen.len(), 13, "{seen:?}");
}

#[test]
fn a_small_list_is_checked_as_a_whole() {
    let mut results = results();
    let channel = &mut results.channels[4];
    let draw = |channel: &_| notices::notice(Words::new(Language::En), &Notice::NoAudit, channel);
    assert!(draw(channel).contains("150 followers"));
    channel.listed = 120;
    assert!(draw(channel).contains("everybody on the list"));
}

#[test]
fn the_political_part_is_left_to_people() {
    for words in both() {
        let view = view(&results(), words);
        for part in [
            Part::Background,
            Part::Finance,
            Part::Communication,
            Part::FollowUp,
        ] {
            let section = view.section(part).unwrap();
            assert_eq!(section.heading, parts::heading(words, part));
            let last = section.blocks.last();
            assert!(matches!(last, Some(Block::ToFillIn(place)) if place.starts_with('[')));
        }
    }
}

/// The table of followers by state.
fn states(view: &View) -> &Table {
    let mut tables = view
        .section(Part::Counts)
        .unwrap()
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        });
    tables.next().unwrap()
}

#[test]
fn what_is_hidden_is_said_to_be_hidden() {
    let mut results = results();
    let instagram = &mut results.channels[1];
    (instagram.counts.undetermined, instagram.counts.gone) = (None, None);
    instagram.counts.suppressed = true;
    instagram.notices.push(Notice::Gone { followers: None });
    for words in both() {
        let view = view(&results, words);
        let row = states(&view).rows.iter().find(|row| row[0] == "Instagram");
        assert_eq!(row.unwrap()[6..], ["–", "–"]);
        let said: Vec<String> = view.sections.iter().flat_map(strings).collect();
        let hidden = words.pick("a part of the followers", "een deel van de volgers");
        let why = words.pick("A dash stands for", "Een streepje staat voor");
        for text in [hidden, why] {
            assert!(said.iter().any(|said| said.contains(text)), "{text}");
        }
    }
}

#[test]
fn a_channel_without_a_list_has_no_zeros() {
    let results: Results = results();
    for words in both() {
        let view = view(&results, words);
        let table = states(&view);
        let row = table.rows.iter().find(|row| row[0] == "LinkedIn").unwrap();
        assert_eq!(row[3..], vec![words.pick("not known", "niet bekend"); 5]);
    }
}

#[test]
fn without_rules_there_is_no_verdict_and_the_document_says_so() {
    let mut results = results();
    results.study.policy = None;
    let results = judged(results);
    assert!(results.verdicts.is_empty());
    for words in both() {
        let view = view(&results, words);
        let section = view.section(Part::Decision).unwrap();
        assert_eq!(section.blocks.len(), 1);
        let said = strings(section).join(" ");
        assert!(said.contains(words.pick("no rule was invented", "wij verzinnen geen regels")));
    }
}

#[test]
fn a_verdict_is_said_with_its_reason_and_what_would_change_it() {
    let results = results();
    let [dutch, english] = both();
    let said = |words| strings(view(&results, words).section(Part::Rules).unwrap()).join("\n");
    // X has a role in a crisis: reduced, not left.
    assert!(said(english).contains("To do for X: emergencies only"));
    assert!(said(dutch).contains("Te doen voor X: alleen bij noodgevallen"));
    assert!(said(dutch).contains("Log minstens elke 30 dagen in"));
    let lines = finding_lines(&results, english).join("\n");
    assert!(lines.contains(
        "X does not meet our rules, but has a role in a crisis: keep it for emergencies only. Not \
         met: At most 45 per cent of the followers are dormant. The figure is 51.2 to 63.9%."
    ), "{lines}");
}
