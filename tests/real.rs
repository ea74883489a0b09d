//! The adapters on real exports, where the environment variable `DORMOUSE_REAL` names
//! a folder of them; they hold real accounts and are no part of the project.

use std::path::PathBuf;

use dormouse::ingest::text::mojibake::repaired;
use dormouse::ingest::{container, inspect};
use dormouse::model::aggregate::Metric;
use dormouse::model::evidence::{Evidence, Field};
use dormouse::model::platform::Platform;

/// What is to be found in one file.
struct Expectation {
    file: &'static str,
    format: &'static str,
    rows: u64,
    duplicates: u64,
    unavailable: u64,
    evidence: Evidence,
    /// In how many rows fields are filled.
    filled: &'static [(Field, u64)],
}

/// Counted apart from this program, with the csv and json modules of Python.
const EXPECTED: &[Expectation] = &[
    Expectation {
        file: "x/archive_person_2022/data/follower.js",
        format: "x-archive",
        rows: 1965,
        duplicates: 0,
        unavailable: 0,
        evidence: Evidence::Ids,
        filled: &[(Field::Id, 1965), (Field::AccountCreatedAt, 1965)],
    },
    Expectation {
        file: "x/api_tweepy/v11_followers_list_0.json",
        format: "x-api-v1-users",
        rows: 2,
        duplicates: 0,
        unavailable: 0,
        evidence: Evidence::Activity,
        filled: &[
            (Field::LastActiveAt, 2),
            (Field::PostsCount, 2),
            (Field::Protected, 2),
        ],
    },
    // Eight errors: seven pinned posts of accounts in the list, and one account.
    Expectation {
        file: "x/twarc2/users.jsonl",
        format: "x-api-v2-users",
        rows: 96,
        duplicates: 5,
        unavailable: 8,
        evidence: Evidence::Counts,
        filled: &[
            (Field::AccountCreatedAt, 96),
            (Field::PostsCount, 96),
            (Field::DefaultAvatar, 96),
        ],
    },
    Expectation {
        file: "instagram/json_2024/connections/followers_and_following/followers_1.json",
        format: "instagram-followers",
        rows: 3477,
        duplicates: 0,
        unavailable: 0,
        evidence: Evidence::FollowDates,
        filled: &[(Field::Id, 3477), (Field::FollowedAt, 3477)],
    },
    Expectation {
        file: "mastodon/rtoot_followers_2026.csv",
        format: "follower-csv",
        rows: 502,
        duplicates: 0,
        unavailable: 0,
        evidence: Evidence::Counts,
        filled: &[
            (Field::Id, 502),
            (Field::AccountCreatedAt, 502),
            (Field::LastActiveAt, 0),
            (Field::PostsCount, 502),
            (Field::DefaultAvatar, 502),
        ],
    },
    Expectation {
        file: "x/profiles_2017.csv",
        format: "follower-csv",
        rows: 2806,
        duplicates: 43,
        unavailable: 0,
        evidence: Evidence::Activity,
        filled: &[
            (Field::Id, 2806),
            (Field::LastActiveAt, 2402),
            (Field::PostsCount, 2806),
            (Field::FollowersCount, 2805),
            (Field::FollowingCount, 2794),
            (Field::DefaultAvatar, 2619),
        ],
    },
    // Nobody was logged in, so there are no dates of follow.
    Expectation {
        file: "bluesky/getFollowers_profileViews.json",
        format: "bluesky-followers",
        rows: 2,
        duplicates: 0,
        unavailable: 0,
        evidence: Evidence::Ids,
        filled: &[
            (Field::Id, 2),
            (Field::AccountCreatedAt, 2),
            (Field::DefaultAvatar, 2),
        ],
    },
    // Somebody was logged in whom two of the five follow: no dates of follow either.
    Expectation {
        file: "bluesky/getProfiles_detailed.json",
        format: "bluesky-followers",
        rows: 5,
        duplicates: 0,
        unavailable: 0,
        evidence: Evidence::Counts,
        filled: &[
            (Field::Id, 5),
            (Field::AccountCreatedAt, 5),
            (Field::PostsCount, 5),
            (Field::FollowersCount, 5),
            (Field::FollowingCount, 5),
        ],
    },
    Expectation {
        file: "tiktok/user_data_tiktok_2025.json",
        format: "tiktok-user-data",
        rows: 62,
        duplicates: 0,
        unavailable: 0,
        evidence: Evidence::FollowDates,
        filled: &[(Field::Id, 62), (Field::FollowedAt, 62)],
    },
    // Names and nothing else, 21 of them twice or more: they are no ids, so that nobody is
    // a duplicate, and prove nothing.
    Expectation {
        file: FACEBOOK,
        format: "facebook-followers",
        rows: 961,
        duplicates: 0,
        unavailable: 0,
        evidence: Evidence::None,
        filled: &[],
    },
];

const FACEBOOK: &str =
    "facebook/page_download_2026/connections/followers/people_who_followed_you.json";

/// Files that no adapter may take for followers.
const NOT_FOLLOWERS: &[&str] = &["MANIFEST.csv"];

/// One metric of a file of totals: its sum, or its largest value where days do not add up.
struct Totals {
    file: &'static str,
    format: &'static str,
    platform: Option<Platform>,
    rows: u64,
    metric: Metric,
    number: i64,
}

const fn totals(
    file: &'static str,
    format: &'static str,
    platform: Option<Platform>,
    rows: u64,
    metric: Metric,
    number: i64,
) -> Totals {
    Totals {
        file,
        format,
        platform,
        rows,
        metric,
        number,
    }
}

const META: &str = "meta-business-suite";

/// Counted apart from this program, with the csv module of Python.
#[rustfmt::skip]
const TOTALS: &[Totals] = &[
    totals("linkedin/page_2023/followers.csv", "linkedin-page", Some(Platform::Linkedin), 365, Metric::Gained, 38_910),
    totals("linkedin/page_2023/visitors.csv", "linkedin-page", Some(Platform::Linkedin), 365, Metric::Visits, 66_417),
    totals("meta_business_suite/za_2025/Follows.csv", META, None, 105, Metric::Gained, 66),
    totals("meta_business_suite/za_2025/Interactions (1).csv", META, None, 105, Metric::Interactions, 749),
    totals("meta_business_suite/za_2025/Interactions.csv", META, None, 105, Metric::Interactions, 208),
    totals("meta_business_suite/za_2025/Reach.csv", META, Some(Platform::Facebook), 105, Metric::Reach, 961),
    totals("meta_business_suite/za_2025/Views.csv", META, None, 105, Metric::Views, 29_981),
    totals("meta_business_suite/za_2025/Visits (1).csv", META, Some(Platform::Instagram), 105, Metric::Visits, 449),
    totals("meta_business_suite/za_2025/Visits.csv", META, Some(Platform::Facebook), 105, Metric::Visits, 976),
    totals("x/analytics/account_overview_analytics.csv", "x-account-overview", Some(Platform::X), 7, Metric::Gained, 13),
    totals("x/analytics/account_overview_analytics.csv", "x-account-overview", Some(Platform::X), 7, Metric::Lost, 2),
    totals("youtube/studio_2025/Table data.csv", "youtube-studio", Some(Platform::Youtube), 72, Metric::Net, 53),
    totals("youtube/studio_2025/Table data.csv", "youtube-studio", Some(Platform::Youtube), 72, Metric::Views, 46_333),
];

fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("DORMOUSE_REAL").map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: DORMOUSE_REAL names no folder of real exports");
    }
    folder
}

#[test]
fn counts_of_real_exports() {
    let Some(folder) = folder() else { return };
    for expected in EXPECTED {
        let file = expected.file;
        let member = &container::members(&[file.to_owned()], &folder).unwrap()[0];
        let reading = inspect(member).unwrap();
        assert_eq!(reading.format, expected.format, "{file}");
        assert_eq!(reading.rows, expected.rows, "{file}");
        assert_eq!(
            reading.set_aside, 0,
            "{file}: {:?}",
            reading.set_aside_reasons
        );
        assert_eq!(reading.duplicates, expected.duplicates, "{file}");
        assert_eq!(reading.unavailable, expected.unavailable, "{file}");
        assert_eq!(reading.gone, u64::from(expected.unavailable > 0), "{file}");
        assert_eq!(reading.evidence, expected.evidence, "{file}");
        for (field, filled) in expected.filled {
            let count = reading.fields[field];
            assert_eq!(count.present, *filled, "{file}: {field:?}");
            assert_eq!(
                count.present + count.null,
                expected.rows,
                "{file}: {field:?}"
            );
        }
    }
}

#[test]
fn totals_of_real_exports() {
    let Some(folder) = folder() else { return };
    for expected in TOTALS {
        let file = expected.file;
        let member = &container::members(&[file.to_owned()], &folder).unwrap()[0];
        let reading = inspect(member).unwrap();
        assert_eq!(reading.format, expected.format, "{file}");
        assert_eq!(reading.platform, expected.platform, "{file}");
        assert_eq!(reading.evidence, Evidence::Aggregate, "{file}");
        assert_eq!(reading.rows, expected.rows, "{file}");
        assert_eq!((reading.set_aside, reading.duplicates), (0, 0), "{file}");
        let total = reading.aggregate.unwrap().totals[&expected.metric];
        assert_eq!(total.sum.or(total.largest), Some(expected.number), "{file}");
    }
}

#[test]
fn shares_of_an_audience_are_read_and_not_counted() {
    let Some(folder) = folder() else { return };
    let file = "meta_business_suite/za_2025/Audience.csv".to_owned();
    let member = &container::members(&[file], &folder).unwrap()[0];
    let reading = inspect(member).unwrap();
    // Six groups by age, one row of countries, one of cities.
    assert_eq!((reading.rows, reading.set_aside), (8, 0));
    assert_eq!(reading.evidence, Evidence::Aggregate);
    assert!(reading.aggregate.unwrap().totals.is_empty());
}

#[test]
fn what_is_unknown_is_not_taken_for_followers() {
    let Some(folder) = folder() else { return };
    for path in NOT_FOLLOWERS {
        for member in container::members(&[(*path).to_owned()], &folder).unwrap() {
            let error = inspect(&member).unwrap_err();
            assert_eq!(error.kind(), "ingest::unknown", "{}", member.name);
        }
    }
}

#[test]
fn every_real_file_is_known_but_the_list_of_them() {
    let Some(folder) = folder() else { return };
    let members = container::members(&[".".to_owned()], &folder).unwrap();
    let mut unknown = Vec::new();
    for member in &members {
        match inspect(member) {
            // The rows of a manifest are those of another file.
            Ok(reading) => assert!(
                reading.rows > reading.set_aside || reading.format.ends_with("manifest"),
                "{}: {reading:?}",
                member.name
            ),
            Err(error) => {
                assert_eq!(error.kind(), "ingest::unknown", "{}", member.name);
                unknown.push(member.file_name());
            }
        }
    }
    assert_eq!(unknown, NOT_FOLLOWERS);
    assert_eq!(members.len(), EXPECTED.len() + TOTALS_FILES + 3);
}

/// The files of [`TOTALS`]; beside these there are an audience, a manifest of X and the
/// list of all files.
const TOTALS_FILES: usize = 11;

#[test]
fn names_of_facebook_were_encoded_twice() {
    let Some(folder) = folder() else { return };
    let text = std::fs::read_to_string(folder.join(FACEBOOK)).unwrap();
    let file: serde_json::Value = serde_json::from_str(&text).unwrap();
    let names = file["followers_v3"].as_array().unwrap();
    let names: Vec<_> = names
        .iter()
        .map(|row| row["name"].as_str().unwrap())
        .collect();
    let changed = names.iter().filter(|name| repaired(name) != **name).count();
    let odd = names.iter().filter(|name| !name.is_ascii()).count();
    assert_eq!((names.len(), changed, odd), (961, 50, 50));
}
