//! LinkedIn: `Connections.csv` of a member's own archive.
//!
//! Connections are mutual contacts of a person; LinkedIn gives nobody the followers of
//! a page. Since about 2021 a note stands above the headings, and the address of the
//! profile in a column `URL`, which older exports lack. Rows without a name and address
//! are closed accounts; they stay in the list with the day of the connection.

use crate::error::Result;
use crate::ingest::container::Member;
use crate::ingest::head::Head;
use crate::ingest::intake::Intake;
use crate::ingest::text::column::{Column, Kind, Meaning};
use crate::ingest::text::dates::Layout;
use crate::ingest::text::delimited::{self, PREAMBLE, Table};
use crate::ingest::{Adapter, Fact, Format, Holding, Role};
use crate::model::evidence::{Design, Field};
use crate::model::platform::Platform;

/// `Connections.csv`, with English or German headings.
pub struct LinkedinConnections;

static FORMAT: Format = Format {
    name: "linkedin-connections",
    platform: Some(Platform::Linkedin),
    title: "LinkedIn archive, Connections.csv (connections of a member, not followers)",
    how: "LinkedIn → Settings → Data privacy → Get a copy of your data → Connections",
    carries: &[Field::Id, Field::FollowedAt],
    proves: "with whom a member is connected, and since when",
    lacks: "followers: these are mutual connections of one member, and their day is that of \
            the connection; posts, activity, age of the accounts",
    holds: &[Holding {
        files: "LinkedIn Connections.csv",
        whole: &[Fact::FollowedAt],
        partly: &[(Fact::Id, "link"), (Fact::Handle, "name")],
    }],
    design: Design::Unknown,
    page: None,
    role: Role::Followers,
};

/// Given name, address of the profile, day of the connection.
const HEADINGS: &[[&str; 3]] = &[
    ["First Name", "URL", "Connected On"],
    ["Vorname", "URL", "Verbunden am"],
];

impl Adapter for LinkedinConnections {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn recognise(&self, head: &Head<'_>) -> bool {
        let is_heading = |line| understand(&Head::new(line, false).header().names).is_some();
        let lines = head.bytes.split(|&byte| byte == b'\n');
        !head.is_json() && lines.take(PREAMBLE).any(is_heading)
    }

    fn read(&self, member: &Member, intake: &mut Intake<'_>) -> Result<()> {
        delimited::read(member, intake, understand)
    }
}

fn understand(header: &[String]) -> Option<Table> {
    let place = |heading: &str| header.iter().position(|name| name == heading);
    let [_, url, day] = HEADINGS
        .iter()
        .find(|[name, _, day]| place(name).is_some() && place(day).is_some())?;
    let column = |heading: &str, field, kind| {
        Some(Column {
            index: place(heading)?,
            name: heading.to_owned(),
            meaning: Meaning::Is(field),
            kind,
            layout: Layout::Unseen,
            empty_is_default: false,
        })
    };
    let columns = [
        column(url, Field::Id, Kind::Handle),
        column(day, Field::FollowedAt, Kind::Date),
    ];
    Some(Table {
        platform: None,
        columns: columns.into_iter().flatten().collect(),
    })
}
