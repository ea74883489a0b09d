//! The whole way from exports to results: every step that hides is taken.

use std::fs;

use dormouse::model::share::Method;
use dormouse::pipeline::{self, Quiet};
use dormouse::study::Study;

/// Three channels: a list with seven silent followers, some of whom are labelled; a list of
/// sixty; days on which few came and left.
fn study(folder: &std::path::Path, internal: bool) -> Study {
    let list = |people: u32, silent: u32| -> String {
        let rows = (0..people).map(|n| {
            let year = if n < silent { 2020 } else { 2025 };
            format!("p{n},{year}-{:02}-02T10:00:00Z\n", 8 + n % 5)
        });
        format!("id,last_active_at\n{}", rows.collect::<String>())
    };
    fs::write(folder.join("list.csv"), list(400, 7)).unwrap();
    fs::write(folder.join("short.csv"), list(60, 25)).unwrap();
    let labels: String = (7..60)
        .map(|n| {
            let label = if n < 10 { "dormant" } else { "active" };
            format!("p{n},all,400,{label}\n")
        })
        .collect();
    fs::write(
        folder.join("labels.csv"),
        format!("id,stratum,stratum_size,label\n{labels}"),
    )
    .unwrap();
    fs::write(
        folder.join("account_overview_analytics.csv"),
        "\"Date\",\"Impressions\",\"Likes\",\"Engagements\",\"Bookmarks\",\"Shares\",\"New follows\",\"Unfollows\",\"Replies\",\"Reposts\",\"Profile visits\",\"Create Post\",\"Video views\",\"Media views\"\n\
         \"Mon, Dec 15, 2025\",\"10\",\"1\",\"1\",\"0\",\"0\",\"3\",\"2\",\"0\",\"0\",\"1\",\"0\",\"0\",\"0\"\n",
    )
    .unwrap();
    let path = folder.join("study.toml");
    let text = format!(
        "title = \"t\"\norganisation = \"o\"\ncensus = 2026-01-01T00:00:00Z\ninternal = {internal}\n\
         [[channel]]\nid = \"list\"\nplatform = \"mastodon\"\ndesign = \"census\"\n\
         exports = [\"list.csv\"]\naudit = \"labels.csv\"\n\
         [[channel]]\nid = \"short\"\nplatform = \"bluesky\"\ndesign = \"census\"\n\
         exports = [\"short.csv\"]\n\
         [[channel]]\nid = \"days\"\nplatform = \"x\"\n\
         exports = [\"account_overview_analytics.csv\"]\n"
    );
    fs::write(&path, text).unwrap();
    Study::read(&path).unwrap()
}

#[test]
fn every_step_that_hides_is_taken() {
    for internal in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let study = study(folder.path(), internal);
        let count = pipeline::count(&study, &Quiet).unwrap();
        let (results, specifications) = pipeline::judge(&study, &count).unwrap();
        let [list, short, days] = &results.channels[..] else {
            panic!("another number of channels");
        };
        // Of the tally: seven are silent.
        assert_eq!(list.counts.silent.is_some(), internal);
        assert_eq!(list.counts.suppressed, !internal);
        // Of the labels: three are dormant.
        assert_eq!(list.audit.as_ref().unwrap().strata.is_empty(), !internal);
        // Of the shares: sixty people are no hundred.
        assert_eq!(short.silent.method == Method::Suppressed, !internal);
        let outcomes = specifications.iter().flat_map(|one| &one.outcomes);
        let mut of_few = outcomes.filter(|one| one.channel == "short" && one.n > 0);
        assert_eq!(of_few.all(|one| one.share.is_none()), !internal);
        // Of the totals: three came.
        let month = &days.aggregate.as_ref().unwrap().growth[0];
        assert_eq!(month.gained, internal.then_some(3));
        assert_eq!(results.manifest.suppression.applied, !internal);
    }
}
