//! The project's own CSV: the canonical fields under their own names.

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
pub struct CanonicalCsv;

/// What the project's own columns hold, in whichever kind of file.
pub(super) const OWN_COLUMNS: &[(Fact, &str)] = &[
    (Fact::Id, "column id"),
    (Fact::FollowedAt, "where known"),
    (Fact::CreatedAt, "where known"),
    (Fact::LastActive, "where known"),
    (Fact::Posts, "where known"),
    (Fact::Followers, "where known"),
    (Fact::Following, "where known"),
    (Fact::DefaultAvatar, "where known"),
    (Fact::Protected, "where known"),
];

static FORMAT: Format = Format {
    name: "canonical-csv",
    platform: None,
    title: "dormouse's own CSV",
    how: "Write the columns id, followed_at, account_created_at, last_active_at, posts_count, \
          followers_count, following_count, default_avatar, protected: id always, of the others \
          those that are known; dates as 2018-10-10T20:19:24Z, an empty cell is not known",
    carries: &Field::ALL,
    proves: "whatever its columns hold",
    lacks: "nothing that the tool can use",
    holds: &[Holding {
        files: "dormouse's own CSV",
        whole: &[],
        partly: OWN_COLUMNS,
    }],
    design: Design::Unknown,
    page: None,
    role: Role::Followers,
};

impl Adapter for CanonicalCsv {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn recognise(&self, head: &Head<'_>) -> bool {
        understand(&head.header().names).is_some()
    }

    fn read(&self, member: &Member, intake: &mut Intake<'_>) -> Result<()> {
        delimited::read(member, intake, understand)
    }
}

/// The columns, when every heading is a canonical name, none twice, and `id` is one.
fn understand(header: &[String]) -> Option<Table> {
    let mut columns: Vec<Column> = Vec::with_capacity(header.len());
    for (index, name) in header.iter().enumerate() {
        let field = Field::ALL
            .into_iter()
            .find(|field| field.as_str() == name)?;
        let meaning = Meaning::Is(field);
        if columns.iter().any(|column| column.meaning == meaning) {
            return None;
        }
        columns.push(Column {
            index,
            name: name.clone(),
            meaning,
            kind: kind(field),
            layout: Layout::Unseen,
            empty_is_default: false,
        });
    }
    columns
        .iter()
        .any(|column| column.meaning == Meaning::Is(Field::Id))
        .then_some(Table {
            platform: None,
            columns,
        })
}

/// How the values of a canonical field are written.
pub(super) fn kind(field: Field) -> Kind {
    match field {
        Field::Id => Kind::Id,
        Field::FollowedAt | Field::AccountCreatedAt | Field::LastActiveAt => Kind::Date,
        Field::PostsCount | Field::FollowersCount | Field::FollowingCount => Kind::Count,
        Field::DefaultAvatar | Field::Protected => Kind::Flag,
    }
}
