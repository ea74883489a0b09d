//! Several exports of one channel, and lists of interactions beside them, through the
//! whole way to the tally.

use std::fs;
use std::path::Path;

use dormouse::model::results::{InteractionCounts, Notice};
use dormouse::model::tally::{Counts, Tally};
use dormouse::pipeline::{self, Count, Quiet};
use dormouse::study::Study;
use proptest::prelude::*;

/// Counts the channels of a study whose files lie in a folder.
fn count(folder: &Path, channels: &str) -> Count {
    pipeline::count(&study(folder, channels), &Quiet).unwrap()
}

fn study(folder: &Path, channels: &str) -> Study {
    let path = folder.join("study.toml");
    let text = format!(
        "title = \"Exports\"\norganisation = \"Gemeente Voorbeeld\"\n\
         census = 2025-01-14T00:00:00Z\n{channels}"
    );
    fs::write(&path, text).unwrap();
    Study::read(&path).unwrap()
}

fn channel(platform: &str, exports: &[&str], more: &str) -> String {
    format!(
        "[[channel]]\nid = \"{platform}\"\nplatform = \"{platform}\"\nexports = {exports:?}\n\
         design = \"census\"\n{more}\n"
    )
}

fn of(awake: u64, silent: u64, undetermined: u64, gone: u64) -> Counts {
    Counts {
        awake,
        silent,
        undetermined,
        gone,
    }
}

const ARCHIVE: &str = r#"window.YTD.follower.part0 = [
  {"follower" : {"accountId" : "1500000000000000001", "userLink" : ""}},
  {"follower" : {"accountId" : "1500000000000000002", "userLink" : ""}},
  {"follower" : {"accountId" : "1500000000000000003", "userLink" : ""}},
  {"follower" : {"accountId" : "45000000", "userLink" : ""}},
  {"follower" : {"accountId" : "45000001", "userLink" : ""}}
]"#;

/// Three of the five, and one who is gone.
const PAGE: &str = r#"{"data":[
  {"id":"1500000000000000001","username":"een","created_at":"2022-03-05T06:00:00.000Z","most_recent_tweet_id":"1870000000000000000","public_metrics":{"followers_count":1,"following_count":40,"tweet_count":7}},
  {"id":"1500000000000000002","username":"twee","created_at":"2022-03-05T06:00:00.000Z","public_metrics":{"followers_count":1,"following_count":40,"tweet_count":0}},
  {"id":"45000000","username":"vier","created_at":"2009-06-05T00:00:00.000Z","most_recent_tweet_id":"1500000000000000000","public_metrics":{"followers_count":1,"following_count":40,"tweet_count":7}}],
 "errors":[{"resource_type":"user","resource_id":"45000001","title":"Not Found Error"}]}"#;

#[test]
fn an_archive_and_pages_of_an_api_say_more_together() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("follower.js"), ARCHIVE).unwrap();
    fs::write(folder.path().join("page.json"), PAGE).unwrap();
    for exports in [&["follower.js", "page.json"], &["page.json", "follower.js"]] {
        let count = count(folder.path(), &channel("x", exports, ""));
        let counted = &count.channels[0];
        // Posted in December; never posted; last in 2022; gone; nothing known.
        assert_eq!(counted.tally.counts(180), of(1, 2, 1, 1), "{exports:?}");
    }
    let alone = count(folder.path(), &channel("x", &["follower.js"], ""));
    assert_eq!(alone.channels[0].tally.counts(180), of(0, 0, 5, 0));
}

#[test]
fn who_is_drawn_is_judged_by_all_exports() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("follower.js"), ARCHIVE).unwrap();
    fs::write(folder.path().join("page.json"), PAGE).unwrap();
    fs::write(
        folder.path().join("acts.csv"),
        "user_id,date\n1500000000000000003,2025-01-10\n",
    )
    .unwrap();
    let mut drawn = Vec::new();
    for exports in [&["follower.js", "page.json"], &["page.json", "follower.js"]] {
        let channels = channel("x", exports, "interactions = [\"acts.csv\"]");
        let study = study(folder.path(), &channels);
        let plan = dormouse::audit::Plan {
            labels: 4,
            floor: 1,
            overlap: 0,
            seed: 3,
            window_days: 180,
        };
        let wanted: Vec<_> = study.channels.iter().collect();
        let draws = pipeline::draw(&study, &wanted, plan, &Quiet).unwrap();
        drawn.push(format!("{:?}", draws.channels));
    }
    assert_eq!(drawn[0], drawn[1]);
    // By the archive alone all of them would be undetermined.
    assert!(drawn[0].contains("silent"), "{}", drawn[0]);
}

const HEADER: &str = "id,followed_at,account_created_at,last_active_at,posts_count,\
    followers_count,following_count,default_avatar,protected\n";

/// A row of few values under few ids, so that files overlap and disagree.
fn row() -> impl Strategy<Value = String> {
    let date = || {
        prop_oneof![
            Just(""),
            Just("2014-05-06"),
            Just("2024-12-31"),
            Just("2024-06-01")
        ]
    };
    let number = || prop_oneof![Just(""), Just("0"), Just("1500")];
    let flag = || prop_oneof![Just(""), Just("0"), Just("1")];
    (
        0..8_u8,
        (date(), date(), date()),
        (number(), number(), number()),
        (flag(), flag()),
    )
        .prop_map(|(id, dates, numbers, flags)| {
            format!(
                "{id},{},{},{},{},{},{},{},{}\n",
                dates.0, dates.1, dates.2, numbers.0, numbers.1, numbers.2, flags.0, flags.1
            )
        })
}

fn file() -> impl Strategy<Value = String> {
    proptest::collection::vec(row(), 1..8).prop_map(|rows| format!("{HEADER}{}", rows.concat()))
}

/// The followers of a tally, each once.
fn once(tally: &Tally) -> Tally {
    let mut once = Tally::default();
    for (key, count) in tally.cells().filter(|(key, _)| !key.duplicate) {
        once.add(key, count);
    }
    once
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_order_of_the_files_does_not_matter(
        files in proptest::collection::vec(file(), 2..4),
        order in Just(vec![0, 1, 2]).prop_shuffle(),
        // Of Mastodon a count of zero proves nothing by itself.
        platform in prop_oneof![Just("mastodon"), Just("x")],
    ) {
        let folder = tempfile::tempdir().unwrap();
        for (place, file) in files.iter().enumerate() {
            fs::write(folder.path().join(format!("{place}.csv")), file).unwrap();
        }
        let names: Vec<String> = (0..files.len()).map(|place| format!("{place}.csv")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let shuffled: Vec<&str> = order.iter().filter_map(|&place| names.get(place).copied()).collect();
        let channels = |names: &[&str]| channel(platform, names, "");
        let (one, other) = (
            count(folder.path(), &channels(&names)),
            count(folder.path(), &channels(&shuffled)),
        );
        prop_assert_eq!(&one.channels[0].tally, &other.channels[0].tally);
        let rows = |count: &Count| -> (u64, u64) {
            let readings = count.channels[0].inputs.iter().map(|input| &input.reading);
            readings.fold((0, 0), |sum, reading| (sum.0 + reading.rows, sum.1 + reading.duplicates))
        };
        prop_assert_eq!(rows(&one), rows(&other));
        prop_assert_eq!(rows(&one).0, one.channels[0].tally.total());
    }

    #[test]
    fn a_file_beside_its_copy_gives_duplicates_and_nothing_else(
        rows in proptest::collection::btree_map(0..40_u8, row(), 1..20),
        platform in prop_oneof![Just("mastodon"), Just("x")],
    ) {
        // Each id once: what is said twice within one file is another matter.
        let rows: String = rows
            .iter()
            .map(|(id, row)| format!("{id}{}", &row[row.find(',').unwrap()..]))
            .collect();
        let folder = tempfile::tempdir().unwrap();
        for name in ["a.csv", "b.csv"] {
            fs::write(folder.path().join(name), format!("{HEADER}{rows}")).unwrap();
        }
        let alone = count(folder.path(), &channel(platform, &["a.csv"], ""));
        let twice = count(folder.path(), &channel(platform, &["a.csv", "b.csv"], ""));
        let (alone, twice) = (&alone.channels[0], &twice.channels[0]);
        prop_assert_eq!(once(&twice.tally), once(&alone.tally));
        prop_assert_eq!(twice.tally.total(), 2 * alone.tally.total());
        prop_assert_eq!(twice.inputs[1].reading.duplicates, twice.inputs[1].reading.rows);
    }
}

#[test]
fn interactions_are_signs_of_life_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    // Six followers: undetermined but for the last two, who are silent and awake.
    write(
        "followers.csv",
        "id,last_active_at,posts_count\nEen,,\ntwee,,\ndrie,,\nvier,,5\nvijf,2020-01-01,9\nzes,2025-01-10,9\n",
    );
    write(
        "reacties.csv",
        "gebruiker;datum\n\
         @een;31-12-2024\n\
         een;1-2-2019\n\
         twee;1-2-2019\n\
         drie;15-1-2025\n\
         vijf;2-1-2025\n\
         zes;2-1-2019\n\
         een_ander;3-1-2025\n\
         nog_iemand;3-1-2025\n\
         ;4-1-2025\n\
         vier;gisteren\n",
    );
    let channels = channel(
        "instagram",
        &["followers.csv"],
        "interactions = [\"reacties.csv\"]",
    );
    let count_with = count(folder.path(), &channels);
    let with = &count_with.channels[0];
    assert_eq!(with.tally.counts(180), of(3, 0, 3, 0));
    assert_eq!(
        with.interactions,
        Some(InteractionCounts {
            rows: 10,
            set_aside: 1,
            incomplete: 1,
            // On the day after the census: it says nothing of that day.
            after_census: 1,
            people: 6,
            followers: 4,
            others: 2,
            awake: 2,
        })
    );
    // Nobody is silent by an interaction, and none is added to the followers.
    let alone = count(folder.path(), &channel("instagram", &["followers.csv"], ""));
    let before = alone.channels[0].tally.counts(180);
    assert_eq!(before, of(1, 1, 4, 0));
    for window in [1, 30, 180, 2000] {
        let (with, without) = (
            with.tally.counts(window),
            alone.channels[0].tally.counts(window),
        );
        assert_eq!(with.listed(), without.listed(), "{window}");
        assert!(with.silent <= without.silent, "{window}");
        assert!(with.awake >= without.awake, "{window}");
    }

    let mut study = study(folder.path(), &channels);
    study.internal = true;
    let (results, _) = pipeline::judge(&study, &count_with).unwrap();
    let channel = &results.channels[0];
    assert!(channel.notices.contains(&Notice::Interactions {
        followers: Some(4),
        awake: Some(2),
        others: Some(2),
    }));
    assert_eq!(channel.evidence.as_str(), "activity");
    let formats: Vec<_> = results
        .manifest
        .inputs
        .iter()
        .map(|input| input.reading.format.as_str())
        .collect();
    assert_eq!(formats, ["canonical-csv", "interaction-list"]);
}

#[test]
fn a_list_of_interactions_among_the_exports_is_not_counted() {
    let folder = tempfile::tempdir().unwrap();
    let exports = folder.path().join("exports");
    fs::create_dir(&exports).unwrap();
    fs::write(
        exports.join("followers.csv"),
        "id,followed_at\neen,2020-01-01\n",
    )
    .unwrap();
    // By its headings alone it would be a list of accounts.
    fs::write(
        exports.join("acts.csv"),
        "username,created\neen,2025-01-10\ntwee,2025-01-10\n",
    )
    .unwrap();
    let channels = channel(
        "instagram",
        &["exports"],
        "interactions = [\"./exports/a*.csv\"]",
    );
    let count = count(folder.path(), &channels);
    assert_eq!(count.channels[0].tally.counts(180), of(1, 0, 0, 0));
    assert!(count.channels[0].left_out.is_empty());
}

#[test]
fn interactions_do_not_make_evidence_of_an_export_without_any() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("ids.txt"), "45000000\n45000001\n").unwrap();
    fs::write(
        folder.path().join("acts.csv"),
        "user_id,username,date\n45000000,een,2025-01-10\n7,zeven,2025-01-10\n",
    )
    .unwrap();
    let channels = channel("x", &["ids.txt"], "interactions = [\"acts.csv\"]");
    let count = count(folder.path(), &channels);
    assert_eq!(count.channels[0].tally.counts(180), of(1, 0, 1, 0));
    let study = study(folder.path(), &channels);
    let (results, _) = pipeline::judge(&study, &count).unwrap();
    assert_eq!(results.channels[0].evidence.as_str(), "ids");
}

#[test]
fn the_platform_of_the_study_dates_the_ids_of_a_csv() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("minet.csv"),
        "name,follower_id\ngemeente,1500000000000000001\ngemeente,45000000\n",
    )
    .unwrap();
    for (platform, dated) in [("x", true), ("instagram", false)] {
        let count = count(folder.path(), &channel(platform, &["minet.csv"], ""));
        let has_date = |tally: &Tally| tally.cells().all(|(key, _)| key.days_silent.is_some());
        assert_eq!(has_date(&count.channels[0].tally), dated, "{platform}");
    }
}
