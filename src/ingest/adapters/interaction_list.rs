//! Lists of interactions: a person and a date a row.
//!
//! Who reacted, liked, replied or mentioned, as monitoring programs and people's own
//! notes have it. There is no standard, so columns are known by their headings, in
//! English and Dutch; other columns are passed over.

use super::synonyms;
use crate::error::Result;
use crate::ingest::container::Member;
use crate::ingest::head::Head;
use crate::ingest::intake::Intake;
use crate::ingest::text::column::{Column, Kind, Meaning};
use crate::ingest::text::dates::Layout;
use crate::ingest::text::delimited::{self, Table};
use crate::ingest::{Adapter, Fact, Format, Holding, Role};
use crate::model::evidence::{Design, Field};

/// The adapter.
pub struct InteractionList;

/// The name of the format.
pub const NAME: &str = "interaction-list";

static FORMAT: Format = Format {
    name: NAME,
    platform: None,
    title: "list of interactions (CSV of a person and a date a row)",
    how: "From a program that watches reactions, or from your own notes: a column with the id or \
          handle of the person, and one with the date; name the file under `interactions` of the \
          channel",
    carries: &[Field::Id, Field::LastActiveAt],
    proves: "that these people were awake on that day",
    lacks: "followers: it says of some that they were awake, of nobody that they are silent",
    holds: &[Holding {
        files: "list of interactions",
        whole: &[],
        partly: &[
            (Fact::Id, "or the handle"),
            (Fact::Handle, "or the id"),
            (Fact::LastActive, "of those who reacted"),
        ],
    }],
    design: Design::Unknown,
    page: None,
    role: Role::Interactions,
};

/// Headings over a number that names the person.
const IDS: &[&str] = &[
    "follower_id",
    "user_id",
    "author_id",
    "account_id",
    "from_id",
    "id_str",
    "did",
    "id",
    "volger_id",
    "gebruiker_id",
];

/// Headings over a name that the person has chosen.
const HANDLES: &[&str] = &[
    "screen_name",
    "username",
    "user_name",
    "handle",
    "acct",
    "user",
    "account",
    "author",
    "follower",
    "gebruikersnaam",
    "gebruiker",
    "volger",
    "accountnaam",
];

/// Headings over the date of an interaction, and of nothing else.
const DATES: &[&str] = &[
    "interacted_at",
    "interaction_date",
    "interaction_at",
    "last_interaction",
    "last_interaction_at",
    "date_of_interaction",
    "datum_interactie",
    "interactiedatum",
    "laatste_interactie",
    "commented_at",
    "liked_at",
    "reacted_at",
    "replied_at",
    "date",
    "datum",
    "day",
    "dag",
    "timestamp",
    "tijdstip",
    "time",
    "tijd",
];

/// Headings over a date that may also be another; enough where the study says that the
/// file lists interactions.
const OTHER_DATES: &[&str] = &[
    "created_at",
    "published_at",
    "posted_at",
    "published",
    "created",
];

impl Adapter for InteractionList {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn recognise(&self, head: &Head<'_>) -> bool {
        if head.is_json() {
            return false;
        }
        let names = &head.header().names;
        person(names).is_some()
            && place(names, DATES).is_some()
            && !synonyms::describes_accounts(names)
    }

    fn read(&self, member: &Member, intake: &mut Intake<'_>) -> Result<()> {
        delimited::read(member, intake, understand).map_err(|error| {
            if error.kind() == "ingest::columns" {
                error.help(
                    "a list of interactions needs a column with the person, such as user_id or \
                     username, and one with the date, such as date or datum",
                )
            } else {
                error
            }
        })
    }
}

fn place(names: &[String], headings: &[&str]) -> Option<usize> {
    headings
        .iter()
        .find_map(|heading| names.iter().position(|name| synonyms::same(name, heading)))
}

/// The column of the person, and how it is written.
fn person(names: &[String]) -> Option<(usize, Kind)> {
    place(names, IDS)
        .map(|place| (place, Kind::Id))
        .or_else(|| place(names, HANDLES).map(|place| (place, Kind::Handle)))
}

/// The person as id, the date as last activity, and the handle beside an id as profile.
fn understand(names: &[String]) -> Option<Table> {
    let (id, kind) = person(names)?;
    let date = place(names, DATES).or_else(|| place(names, OTHER_DATES))?;
    let column = |index: usize, meaning, kind| {
        Some(Column {
            index,
            name: names.get(index)?.clone(),
            meaning,
            kind,
            layout: Layout::Unseen,
            empty_is_default: false,
        })
    };
    let handle = place(names, HANDLES).filter(|&handle| handle != id);
    let columns = [
        column(id, Meaning::Is(Field::Id), kind),
        column(date, Meaning::Is(Field::LastActiveAt), Kind::Date),
        handle.and_then(|handle| column(handle, Meaning::Profile, Kind::Handle)),
    ];
    Some(Table {
        platform: None,
        columns: columns.into_iter().flatten().collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recognised(names: &str) -> bool {
        let text = format!("{names}\n1,2,3\n");
        InteractionList.recognise(&Head::new(text.as_bytes(), true))
    }

    #[test]
    fn headings() {
        for names in [
            "follower_id,date",
            "Gebruikersnaam;Datum;Soort",
            "date,user_id,type,post_url",
            "handle,liked_at",
        ] {
            assert!(recognised(names), "{names}");
        }
        for names in [
            // Followers, posts, totals.
            "id,created_at",
            "id,username,date,followers_count",
            "username,followed_at",
            "Date,Impressions,Likes,New follows,Unfollows",
            "name,date",
            "id,stratum,stratum_size,label",
        ] {
            assert!(!recognised(names), "{names}");
        }
        let names = ["author_id", "created_at", "text"].map(str::to_owned);
        assert!(understand(&names).is_some());
    }
}
