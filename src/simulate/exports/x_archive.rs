//! The data archive that X hands to the owner of an account.
//!
//! Layout as in archives of 2019 to 2026: `data/follower.js`, for long lists continued in
//! `data/follower-part1.js` and on, newest follower first; `data/manifest.js` counts the
//! parts, as strings; `data/account.js` says whose archive it is.

use std::fmt::Write as _;
use std::io;
use std::path::Path;

use crate::model::platform::Platform;
use crate::simulate::archive::Archive;
use crate::simulate::ids;
use crate::simulate::instants::{iso_millis, year_start};
use crate::simulate::names::{HANDLE, ORGANISATION};
use crate::simulate::population::Follower;

use super::{Context, Format, Shown, Writer};

/// The id of the municipality's own account.
const OWNER: &str = "210000042";

pub(super) static FORMAT: Format = Format {
    name: "x-archive",
    title: "X data archive: ids of followers, newest first",
    platform: Some(Platform::X),
    ending: "zip",
    names_gone: false,
    id: |follower, _| ids::x_account(follower).to_string(),
    shown: |follower| Shown {
        sign: Some(follower.created),
        complete: false,
    },
    open: |path, context| Ok(Box::new(XArchive::create(path, context)?)),
};

struct XArchive {
    archive: Archive,
    context: Context,
    /// Followers in each part.
    parts: Vec<u64>,
    row: String,
}

impl XArchive {
    fn create(path: &Path, context: &Context) -> io::Result<Self> {
        let mut archive = Archive::create(path, context.census)?;
        archive.member("data/account.js")?;
        archive.write(&format!(
            r#"window.YTD.account.part0 = [
  {{
    "account" : {{
      "email" : "webredactie@gemeente.example",
      "createdVia" : "web",
      "username" : "{HANDLE}",
      "accountId" : "{OWNER}",
      "createdAt" : "{}",
      "accountDisplayName" : "{ORGANISATION}"
    }}
  }}
]"#,
            iso_millis(year_start(2010))
        ))?;
        let mut new = Self {
            archive,
            context: *context,
            parts: Vec::new(),
            row: String::new(),
        };
        new.begin_part()?;
        Ok(new)
    }

    fn begin_part(&mut self) -> io::Result<()> {
        let part = self.parts.len();
        self.archive.member(&file_name(part))?;
        self.parts.push(0);
        self.archive
            .write(&format!("window.YTD.follower.part{part} = ["))
    }
}

fn file_name(part: usize) -> String {
    match part {
        0 => "data/follower.js".to_owned(),
        _ => format!("data/follower-part{part}.js"),
    }
}

impl Writer for XArchive {
    fn write(&mut self, follower: &Follower) -> io::Result<()> {
        if self.parts.last() == Some(&self.context.part) {
            self.archive.write("\n]")?;
            self.begin_part()?;
        }
        let first = self.parts.last() == Some(&0);
        if let Some(count) = self.parts.last_mut() {
            *count += 1;
        }
        let id = ids::x_account(follower);
        self.row.clear();
        // Writing to a string cannot fail.
        let _ = write!(
            self.row,
            r#"{}
  {{
    "follower" : {{
      "accountId" : "{id}",
      "userLink" : "https://twitter.com/intent/user?user_id={id}"
    }}
  }}"#,
            if first { "" } else { "," }
        );
        self.archive.write(&self.row)
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.archive
            .write(if self.parts == [0] { " ]" } else { "\n]" })?;
        let files: Vec<String> = self
            .parts
            .iter()
            .enumerate()
            .map(|(part, count)| {
                format!(
                    r#"{{
        "fileName" : "{}",
        "globalName" : "YTD.follower.part{part}",
        "count" : "{count}"
      }}"#,
                    file_name(part)
                )
            })
            .collect();
        let manifest = format!(
            r#"window.__THAR_CONFIG = {{
  "userInfo" : {{
    "accountId" : "{OWNER}",
    "userName" : "{HANDLE}",
    "displayName" : "{ORGANISATION}"
  }},
  "archiveInfo" : {{
    "sizeBytes" : "{}",
    "generationDate" : "{}",
    "isPartialArchive" : false,
    "maxPartSizeBytes" : "53687091200"
  }},
  "dataTypes" : {{
    "account" : {{
      "files" : [ {{
        "fileName" : "data/account.js",
        "globalName" : "YTD.account.part0",
        "count" : "1"
      }} ]
    }},
    "follower" : {{
      "files" : [ {} ]
    }}
  }}
}}"#,
            self.archive.bytes,
            iso_millis(self.context.census),
            files.join(", ")
        );
        self.archive.member("data/manifest.js")?;
        self.archive.write(&manifest)?;
        self.archive.finish()
    }
}
