//! CSV files of one row a follower, as the tools of researchers write them.

use super::synonyms;
use crate::error::Result;
use crate::ingest::container::Member;
use crate::ingest::head::Head;
use crate::ingest::intake::Intake;
use crate::ingest::text::delimited;
use crate::ingest::{Adapter, Fact, Format, Holding, Role};
use crate::model::evidence::{Design, Field};
use crate::model::platform::Platform;

/// The adapter.
pub struct FollowerCsv;

static FORMAT: Format = Format {
    name: "follower-csv",
    platform: None,
    title: "CSV of one row a follower (twarc-csv, minet, rtweet, rtoot, atrrr, snscrape, \
            twikit, tweepy with pandas, followers2csv, Apify)",
    how: "Save the list of followers of the tool as CSV; do not open it in a spreadsheet \
          program on the way, because that rounds ids and turns dates",
    carries: &Field::ALL,
    proves: "what the tool saved: mostly the age of each account and the number of posts",
    lacks: "dates of last posts in most tools; dates of follow",
    holds: &[
        Holding {
            files: "twarc-csv users",
            whole: &[
                Fact::Id,
                Fact::Handle,
                Fact::CreatedAt,
                Fact::Posts,
                Fact::Followers,
                Fact::Following,
                Fact::Bio,
                Fact::Verified,
                Fact::Protected,
            ],
            partly: &[(Fact::DefaultAvatar, "from the link")],
        },
        Holding {
            files: "minet tw users",
            whole: &[
                Fact::Id,
                Fact::Handle,
                Fact::CreatedAt,
                Fact::Posts,
                Fact::Followers,
                Fact::Following,
                Fact::Bio,
                Fact::Verified,
                Fact::Protected,
                Fact::DefaultAvatar,
            ],
            partly: &[],
        },
        Holding {
            files: "minet tw followers",
            whole: &[Fact::Id],
            partly: &[(Fact::CreatedAt, "from the id")],
        },
        Holding {
            files: "minet ig user-followers",
            whole: &[
                Fact::Id,
                Fact::Handle,
                Fact::DefaultAvatar,
                Fact::Verified,
                Fact::Protected,
            ],
            partly: &[(Fact::LastActive, "a current story")],
        },
        Holding {
            files: "minet bluesky profile-followers",
            whole: &[
                Fact::Id,
                Fact::Handle,
                Fact::CreatedAt,
                Fact::DefaultAvatar,
                Fact::Bio,
            ],
            partly: &[],
        },
        Holding {
            files: "rtweet, tweepy with pandas",
            whole: &[
                Fact::Id,
                Fact::Handle,
                Fact::CreatedAt,
                Fact::Posts,
                Fact::Followers,
                Fact::Following,
                Fact::Bio,
                Fact::Verified,
                Fact::Protected,
                Fact::DefaultAvatar,
            ],
            partly: &[(Fact::LastActive, "where status is kept")],
        },
        Holding {
            files: "Apify-like X CSV",
            whole: &[
                Fact::Id,
                Fact::Handle,
                Fact::CreatedAt,
                Fact::Posts,
                Fact::Followers,
                Fact::Following,
                Fact::Bio,
                Fact::Verified,
            ],
            partly: &[(Fact::DefaultAvatar, "some"), (Fact::Protected, "some")],
        },
        Holding {
            files: "rtoot CSV",
            whole: &[
                Fact::Id,
                Fact::Handle,
                Fact::CreatedAt,
                Fact::Posts,
                Fact::Followers,
                Fact::Following,
                Fact::DefaultAvatar,
                Fact::Bio,
                Fact::Protected,
                Fact::Bot,
            ],
            partly: &[
                (Fact::FollowedAt, "order"),
                (Fact::LastActive, "empty in older rtoot"),
            ],
        },
        Holding {
            files: "atrrr CSV",
            whole: &[
                Fact::Id,
                Fact::Handle,
                Fact::CreatedAt,
                Fact::DefaultAvatar,
                Fact::Bio,
            ],
            partly: &[],
        },
    ],
    design: Design::Unknown,
    page: Some(1000),
    role: Role::Followers,
};

impl Adapter for FollowerCsv {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn recognise(&self, head: &Head<'_>) -> bool {
        !head.is_json() && synonyms::understand(&head.header().names).is_some()
    }

    fn platform(&self, head: &Head<'_>) -> Option<Platform> {
        synonyms::understand(&head.header().names)?.platform
    }

    fn read(&self, member: &Member, intake: &mut Intake<'_>) -> Result<()> {
        let platform = intake.channel_platform();
        delimited::read(member, intake, |header| {
            synonyms::understand_on(header, platform)
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::ingest::{container, inspect};

    const HEADINGS: [&str; 7] = [
        "id",
        "screen_name",
        "created_at",
        "statuses_count",
        "protected",
        "profile_image_url",
        "note",
    ];

    /// Cells as they are and as they should not be.
    fn cell() -> impl Strategy<Value = String> {
        prop_oneof![
            Just(String::new()),
            Just("NA".to_owned()),
            Just("8,41E+17".to_owned()),
            Just("TRUE".to_owned()),
            Just("2022-03-05T06:00:00Z".to_owned()),
            "[0-9]{1,18}",
            "[ -~\t\n\r]{0,12}",
        ]
    }

    /// What is found in the rows, written with a delimiter and the columns in an order.
    fn found(rows: &[[String; 7]], delimiter: u8, order: &[usize]) -> String {
        let folder = tempfile::tempdir().unwrap();
        let mut writer = csv::WriterBuilder::new()
            .delimiter(delimiter)
            .from_path(folder.path().join("followers.csv"))
            .unwrap();
        writer
            .write_record(order.iter().map(|&column| HEADINGS[column]))
            .unwrap();
        for row in rows {
            writer
                .write_record(order.iter().map(|&column| &row[column]))
                .unwrap();
        }
        writer.flush().unwrap();
        let member = &container::members(&["followers.csv".to_owned()], folder.path()).unwrap()[0];
        match inspect(member) {
            Ok(reading) => {
                assert_eq!(reading.rows, rows.len() as u64);
                for count in reading.fields.values() {
                    assert_eq!(count.present + count.null + reading.set_aside, reading.rows);
                }
                serde_json::to_string(&reading).unwrap()
            }
            Err(error) => error.kind().to_owned(),
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn neither_delimiter_nor_order_matters(
            rows in proptest::collection::vec(proptest::array::uniform7(cell()), 1..20),
            order in Just((0..7).collect::<Vec<_>>()).prop_shuffle(),
        ) {
            let plain = found(&rows, b',', &[0, 1, 2, 3, 4, 5, 6]);
            for delimiter in [b',', b';', b'\t'] {
                prop_assert_eq!(&found(&rows, delimiter, &order), &plain);
            }
        }
    }
}
