//! Channels of which only totals are known, through the whole program.

use std::fs;
use std::path::Path;
use std::process::Command;

use dormouse::error::Result;
use dormouse::model::aggregate::Flag;
use dormouse::model::evidence::Evidence;
use dormouse::model::finding::{Finding, Quantity};
use dormouse::model::results::{Notice, Results};
use dormouse::model::share::Method;
use dormouse::pipeline::{self, Quiet};
use dormouse::study::Study;

fn fixture(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures")
        .join(name)
        .to_string_lossy()
        .into_owned()
}

/// A study of channels: platform, exports (fixtures, or files beside the study), further
/// lines.
fn study(folder: &Path, channels: &[(&str, &[&str], &str)]) -> Study {
    let mut text = "title = \"Totals\"\norganisation = \"Gemeente Voorbeeld\"\n\
                    census = 2025-01-08T00:00:00Z\nwindow_days = 180\n"
        .to_owned();
    for (platform, exports, more) in channels {
        let exports: Vec<_> = exports
            .iter()
            .map(|name| match name.contains('/') {
                true => fixture(name),
                false => (*name).to_owned(),
            })
            .collect();
        text.push_str(&format!(
            "[[channel]]\nid = \"{platform}\"\nplatform = \"{platform}\"\nexports = {exports:?}\n{more}\n"
        ));
    }
    let path = folder.join("study.toml");
    fs::write(&path, text).unwrap();
    Study::read(&path).unwrap()
}

fn results(channels: &[(&str, &[&str], &str)]) -> Result<Results> {
    let folder = tempfile::tempdir().unwrap();
    // Ten people of a list, of whom an audit found nine asleep.
    let list: String = (0..10).map(|id| format!("p{id},\n")).collect();
    fs::write(
        folder.path().join("list.csv"),
        format!("id,last_active_at\n{list}"),
    )
    .unwrap();
    let labels: String = (0..10)
        .map(|id| {
            format!(
                "p{id},all,10,{}\n",
                if id == 0 { "active" } else { "dormant" }
            )
        })
        .collect();
    fs::write(
        folder.path().join("audit.csv"),
        format!("id,stratum,stratum_size,label\n{labels}"),
    )
    .unwrap();
    let mut study = study(folder.path(), channels);
    study.internal = true;
    let count = pipeline::count(&study, &Quiet)?;
    Ok(pipeline::judge(&study, &count)?.0)
}

const STUDIO: &str = "tiktok-studio/zip/Followers_2024-12-27_1736294400_gemeente.zip";

#[test]
fn nobody_is_counted() {
    let results = results(&[
        ("tiktok", &[STUDIO], ""),
        ("linkedin", &["linkedin-page/followers/followers.csv"], ""),
    ])
    .unwrap();
    for channel in &results.channels {
        assert_eq!(channel.evidence, Evidence::Aggregate);
        assert_eq!(
            (
                channel.listed,
                channel.counts.folded(channel.listed).listed()
            ),
            (0, 0)
        );
        assert_eq!((channel.silent.lower, channel.silent.upper), (0.0, 1.0));
        assert_eq!(channel.silent.method, Method::NoEvidence);
        assert_eq!(channel.dormant, None);
        assert!(
            channel.notices.contains(&Notice::TotalsOnly),
            "{:?}",
            channel.notices
        );
    }
    assert_eq!(results.comparisons, []);

    // The fixtures have 1,019 followers on the last day, 229 active ones in some hour.
    let tiktok = results.channels[0].aggregate.as_ref().unwrap();
    assert_eq!(results.channels[0].followers, Some(1019));
    assert_eq!(tiktok.active_followers, Some(229));
    assert_eq!(tiktok.not_reached.lower, 0.0);
    assert!((tiktok.not_reached.upper - (1.0 - 229.0 / 1019.0)).abs() < 1e-12);
    assert_eq!(tiktok.flags, []);
    let growth: Vec<_> = tiktok
        .growth
        .iter()
        .map(|growth| (growth.month.as_str(), growth.followers, growth.net))
        .collect();
    assert_eq!(
        growth,
        [
            ("2024-12", Some(1010), Some(10)),
            ("2025-01", Some(1019), Some(9))
        ]
    );

    let linkedin = results.channels[1].aggregate.as_ref().unwrap();
    assert_eq!(linkedin.flags, [Flag::FollowersUnknown]);
    assert_eq!(
        (linkedin.not_reached.lower, linkedin.not_reached.upper),
        (0.0, 1.0)
    );
}

#[test]
fn a_day_in_two_exports_counts_once() {
    let once = results(&[("linkedin", &["linkedin-page/followers/followers.csv"], "")]).unwrap();
    let twice = results(&[(
        "linkedin",
        &[
            "linkedin-page/followers/followers.csv",
            "linkedin-page/dutch/volgers.csv",
        ],
        "",
    )])
    .unwrap();
    assert_eq!(once.channels[0].aggregate, twice.channels[0].aggregate);
    let growth = &once.channels[0].aggregate.as_ref().unwrap().growth;
    assert_eq!(growth.len(), 1);
    // 9 to 22 organic ones, and what was sponsored and invited.
    let organic: i64 = (9..23).sum();
    let sponsored: i64 = (0..14).map(|day| day % 3 + day % 2).sum();
    assert_eq!(growth[0].gained, Some(organic + sponsored));
}

#[test]
fn totals_decide_a_comparison_only_where_their_bounds_lie_apart() {
    let with = |followers: u32| {
        results(&[
            ("tiktok", &[STUDIO], &format!("followers = {followers}")),
            (
                "other",
                &["list.csv"],
                "design = \"census\"\naudit = \"audit.csv\"",
            ),
        ])
        .unwrap()
        .comparisons
    };
    // At least 229 of 1,000 are awake: at most 77.1 % asleep, against about 90 % of ten.
    assert_eq!(with(100_000), []);
    let decided = with(1000);
    assert_eq!(decided.len(), 1);
    assert_eq!(decided[0].quantity, Quantity::Dormant);
    assert_eq!(decided[0].finding, Finding::Smaller);
    assert_eq!((decided[0].difference, decided[0].p), (None, None));
}

#[test]
fn cards_of_another_platform_are_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let study = study(
        folder.path(),
        &[("instagram", &["meta-business-suite/cards"], "")],
    );
    let count = pipeline::count(&study, &Quiet).unwrap();
    let counted = &count.channels[0];
    let left_out: Vec<_> = counted
        .left_out
        .iter()
        .filter(|(_, why)| why == "these are totals of Facebook")
        .map(|(name, _)| name.rsplit('/').next().unwrap())
        .collect();
    assert_eq!(left_out, ["Follows.csv", "Reach.csv", "Visits.csv"]);
    let only = pipeline::count(
        &self::study(
            folder.path(),
            &[("instagram", &["meta-business-suite/one-row"], "")],
        ),
        &Quiet,
    );
    assert_eq!(only.unwrap_err().kind(), "pipeline::platform");
}

#[test]
fn tables_without_rows_are_no_fault_beside_others() {
    let results = results(&[(
        "tiktok",
        &["tiktok-studio/year-of-the-zip/Followers_gemeente.zip"],
        "",
    )])
    .unwrap();
    assert_eq!(results.channels[0].followers, Some(1019));
    let alone = self::results(&[("linkedin", &["linkedin-page/empty/headings-only.csv"], "")]);
    assert_eq!(alone.unwrap_err().kind(), "ingest::empty");
}

#[test]
fn a_briefing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    study(
        folder.path(),
        &[
            ("tiktok", &[STUDIO], ""),
            ("linkedin", &["linkedin-page/workbook"], ""),
        ],
    );
    let output = Command::new(env!("CARGO_BIN_EXE_dormouse"))
        .arg("run")
        .arg(folder.path().join("study.toml"))
        .arg("--out")
        .arg(folder.path().join("out"))
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let text = fs::read_to_string(folder.path().join("out/briefing.md")).unwrap();
    assert!(
        text.contains("The platform hands out totals only"),
        "{text}"
    );
}
