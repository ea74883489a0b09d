//! X: `manifest.js` beside `follower.js`, which says how long the list is and from when.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::error::Result;
use crate::ingest::container::Member;
use crate::ingest::head::Head;
use crate::ingest::intake::Intake;
use crate::ingest::json::value::{Iso, Value};
use crate::ingest::json::{self, Shape};
use crate::ingest::parts::sibling;
use crate::ingest::{Adapter, Format, Role};
use crate::model::evidence::Design;
use crate::model::platform::Platform;

/// `data/manifest.js`.
pub struct XArchiveManifest;

static FORMAT: Format = Format {
    name: "x-archive-manifest",
    platform: Some(Platform::X),
    title: "X archive, manifest.js",
    how: "beside data/follower.js in the archive of the account",
    carries: &[],
    proves: "how many rows follower.js and its parts have, and when the archive was made",
    lacks: "followers; it announces the parts of follower.js, their rows and the date of the export",
    holds: &[],
    design: Design::Unknown,
    page: None,
    role: Role::Companion,
};

const SHAPE: Shape = Shape {
    assigned: true,
    lists: &[],
    marks: &[],
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Manifest {
    #[serde(default)]
    user_info: UserInfo,
    #[serde(default)]
    archive_info: ArchiveInfo,
    #[serde(default)]
    data_types: BTreeMap<String, DataType>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct UserInfo {
    #[serde(default)]
    user_name: Value<String>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ArchiveInfo {
    #[serde(default)]
    generation_date: Value<Iso>,
}

#[derive(Deserialize)]
struct DataType {
    #[serde(default)]
    files: Vec<File>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct File {
    #[serde(default)]
    file_name: Value<String>,
    /// A number in quotes.
    #[serde(default)]
    count: Value<u64>,
}

impl Adapter for XArchiveManifest {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn recognise(&self, head: &Head<'_>) -> bool {
        head.first_line()
            .split_once('=')
            .is_some_and(|(name, _)| name.trim_end() == "window.__THAR_CONFIG")
    }

    fn read(&self, member: &Member, intake: &mut Intake<'_>) -> Result<()> {
        let manifest: Manifest = json::read_whole(member, SHAPE)?;
        if let Value::Given(Iso(ms)) = manifest.archive_info.generation_date {
            intake.exported_at(ms);
        }
        if let Value::Given(name) = &manifest.user_info.user_name {
            intake.account(name);
        }
        let followers = manifest.data_types.get("follower");
        for file in followers.into_iter().flat_map(|followers| &followers.files) {
            if let (Value::Given(name), Value::Given(rows)) = (&file.file_name, &file.count) {
                intake.announce(sibling(&member.name, name), *rows);
            }
        }
        Ok(())
    }
}
