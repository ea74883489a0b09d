//! Oracle 17: every specification, through the engine and the tally.

use std::collections::BTreeMap;
use std::path::Path;

use dormouse::activity::{Counter, Judgement};
use dormouse::compare::{self, Asked};
use dormouse::frame::batch::{Batch, Follower};
use dormouse::frame::dates::iso_8601;
use dormouse::ingest::intake::Seen;
use dormouse::model::multiverse::{Axis, Decision, Outcome, Question, Signs, Specification, Whole};
use dormouse::model::tally::Tally;
use serde_json::Value;

fn oracle(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/oracle")
        .join(name);
    std::fs::read_to_string(path).unwrap()
}

/// The tallies of the three platforms of the table.
fn tallies(census: i64) -> Vec<(String, Tally)> {
    let text = oracle("17_multiverse_followers.csv");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let mut platforms: BTreeMap<String, (Batch, Seen, Vec<usize>)> = BTreeMap::new();
    for record in reader.records() {
        let record = record.unwrap();
        let cell = |place: usize| Some(record[place].to_owned()).filter(|cell| !cell.is_empty());
        let count = |place| cell(place).map(|cell| cell.parse().unwrap());
        let flag = |place| cell(place).map(|cell| cell == "1");
        let date = |place| cell(place).map(|cell| iso_8601(cell.as_bytes()).unwrap());
        let (batch, seen, duplicates) = platforms.entry(record[0].to_owned()).or_default();
        let follower = Follower {
            account_created_at: date(2),
            last_active_at: date(3),
            posts_count: count(4),
            followers_count: count(5),
            following_count: count(6),
            default_avatar: flag(7),
            protected: flag(8),
            ..Follower::default()
        };
        if !seen.is_new(&record[1]) {
            duplicates.push(batch.len());
        }
        batch.push(&follower);
    }
    let judgement = Judgement::new(census, 180);
    platforms
        .into_iter()
        .map(|(name, (mut batch, _, duplicates))| {
            let counter = Counter::new(judgement.clone());
            counter.count(&batch.take(&duplicates).unwrap()).unwrap();
            (name, counter.finish().unwrap())
        })
        .collect()
}

#[test]
fn every_specification_is_as_the_table_has_it() {
    let expected: Value = serde_json::from_str(&oracle("17_multiverse_expected.json")).unwrap();
    let census = iso_8601(expected["census_date"].as_str().unwrap().as_bytes()).unwrap();
    let found = compare::multiverse(&tallies(census), 180, 0.95).unwrap();
    let posts: Vec<&Specification> = found
        .iter()
        .filter(|one| one.choice.signs == Signs::Posts)
        .collect();
    let table = expected["specifications"].as_array().unwrap();
    assert_eq!(posts.len(), table.len());
    for row in table {
        let choice = |axis: Axis| match &row[axis.as_str()] {
            Value::Number(number) => number.to_string(),
            other => other.as_str().unwrap().to_owned(),
        };
        let one = posts
            .iter()
            .find(|one| {
                Axis::ALL[1..]
                    .iter()
                    .all(|&axis| one.choice.option(axis) == choice(axis))
            })
            .unwrap();
        for outcome in &one.outcomes {
            let of = &row["result"][&outcome.channel];
            let close = |name: &str, value: f64| {
                let wanted = of[name].as_f64().unwrap();
                assert!((wanted - value).abs() < 1e-9, "{row}: {name} {value}");
            };
            assert_eq!(of["n"].as_u64(), Some(outcome.n), "{row}");
            assert_eq!(of["k"].as_u64(), Some(outcome.silent), "{row}");
            close("share", outcome.share.unwrap());
            close("lo", outcome.lower);
            close("hi", outcome.upper);
        }
        assert_eq!(row["largest"].as_str(), one.largest.as_deref());
    }
}

#[test]
fn the_summary_is_as_the_table_has_it() {
    let expected: Value = serde_json::from_str(&oracle("17_multiverse_expected.json")).unwrap();
    let census = iso_8601(expected["census_date"].as_str().unwrap().as_bytes()).unwrap();
    let found = compare::multiverse(&tallies(census), 180, 0.95).unwrap();
    let summary = &expected["summary"];
    // The minima are those of the table.
    let table = summary["active_below"].as_object().unwrap();
    let mut asked = Vec::new();
    for (channel, minima) in table {
        for minimum in minima.as_object().unwrap().keys() {
            let minimum: u64 = minimum.parse().unwrap();
            asked.push(Asked {
                question: Question::FewerActiveThan { minimum },
                channel,
                holds: Box::new(move |outcome| Whole::LIST.active(outcome) < minimum as f64),
            });
        }
    }
    let multiverse = compare::summary(&found, &asked);
    assert_eq!(summary["n_specs"].as_u64(), Some(multiverse.specifications));
    let close = |wanted: &Value, value: f64| {
        assert!(
            (wanted.as_f64().unwrap() - value).abs() < 1e-9,
            "{wanted} {value}"
        );
    };
    for spread in &multiverse.posts {
        close(&summary["share_min"][&spread.channel], spread.min.unwrap());
        close(
            &summary["share_median"][&spread.channel],
            spread.median.unwrap(),
        );
        close(&summary["share_max"][&spread.channel], spread.max.unwrap());
    }
    close(&summary["tie_share"], multiverse.posts_tied);
    let mut checked = 0;
    for decision in &multiverse.decisions {
        match decision.decision {
            Question::LargestShare => {
                close(
                    &summary["largest_share"][&decision.channel],
                    decision.posts.holds_in,
                );
                for (option, share) in &decision.posts.by_choice {
                    if let Some(wanted) = summary["largest_by_choice"].get(option) {
                        close(&wanted[&decision.channel], *share);
                        checked += 1;
                    }
                }
            }
            Question::FewerActiveThan { minimum } => close(
                &summary["active_below"][&decision.channel][minimum.to_string()],
                decision.posts.holds_in,
            ),
            _ => unreachable!("not asked"),
        }
    }
    // Fifteen options of five choices, three channels.
    assert_eq!(checked, 15 * 3);
    let main = found.iter().filter(|one| one.main).count();
    assert_eq!(
        main, 1,
        "one main specification, declared before any result"
    );
}

/// In how many specifications a verdict holds is counted over the same answers as the
/// decisions are: what is asked alone has the two shares of its decision, and of several
/// things together none holds where each of them does not.
#[test]
fn a_verdict_and_the_decisions_count_the_same_answers() {
    let census = iso_8601(b"2025-01-14T00:00:00Z").unwrap();
    let found = compare::multiverse(&tallies(census), 180, 0.95).unwrap();
    let channels = ["chirper", "snapper", "tuber"];
    let few = Question::FewerActiveThan { minimum: 60 };
    let above = Question::ShareAbove { maximum: 0.4 };
    let mut asked = Vec::new();
    for channel in channels {
        asked.push(Asked {
            question: few,
            channel,
            holds: Box::new(|one| Whole::LIST.active(one) < 60.0),
        });
        asked.push(Asked {
            question: above,
            channel,
            holds: Box::new(|one| one.share.is_some_and(|share| share > 0.4)),
        });
    }
    let decisions = compare::summary(&found, &asked).decisions;
    let none =
        |channel, questions: &[_]| compare::none_holds_in(&found, &asked, channel, questions);
    for channel in channels {
        for question in [few, above] {
            let of = |one: &&Decision| one.channel == channel && one.decision == question;
            let decision = decisions.iter().find(of).unwrap();
            let holds = (decision.posts.holds_in + decision.any.holds_in) / 2.0;
            let alone = none(channel, &[question]).unwrap();
            assert!((alone - (1.0 - holds)).abs() < 1e-12, "{channel} {alone}");
        }
        let by_hand = found.iter().filter(|one| {
            let outcome = one.outcomes.iter().find(|one| one.channel == channel);
            let outcome = outcome.unwrap();
            outcome.n - outcome.silent >= 60 && outcome.share.is_none_or(|share| share <= 0.4)
        });
        let by_hand = by_hand.count() as f64 / found.len() as f64;
        let both = none(channel, &[few, above]).unwrap();
        assert!((both - by_hand).abs() < 1e-12, "{channel} {both} {by_hand}");
    }
    assert_eq!(none("chirper", &[Question::LargestShare]), None);
    assert_eq!(none("nobody", &[few]), None);
}

/// What an outcome, which is of the list, says of the channel that a decision is about.
#[test]
fn decisions_are_about_the_whole_channel() {
    let outcome = Outcome {
        channel: "x".into(),
        n: 100,
        silent: 60,
        share: Some(0.6),
        lower: 0.5,
        upper: 0.7,
    };
    let sample = Whole {
        scale: 10.0,
        beyond: 0.0,
    };
    let newest = Whole {
        scale: 1.0,
        beyond: 900.0,
    };
    let endless = Whole {
        scale: 1.0,
        beyond: f64::INFINITY,
    };
    let active = [Whole::LIST, sample, newest, endless].map(|whole| whole.active(&outcome));
    assert_eq!(active, [40.0, 400.0, 940.0, f64::INFINITY]);
    let share = [Whole::LIST, sample, newest, endless].map(|whole| whole.silent_share(&outcome));
    assert_eq!(share, [Some(0.6), Some(0.6), Some(0.06), Some(0.0)]);
    let nobody = Outcome {
        n: 0,
        silent: 0,
        share: None,
        ..outcome
    };
    assert_eq!(Whole::LIST.silent_share(&nobody), None);
}
