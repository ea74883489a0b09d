//! Instagram's "export your information", as JSON.
//!
//! Bare array of 2022 and later, with the very blanks of the real files: an empty array
//! is written on two lines. Newest follower first, Unix seconds.

use std::fmt::Write as _;
use std::io;
use std::path::Path;

use crate::model::platform::Platform;
use crate::simulate::archive::Archive;
use crate::simulate::instants::DAY;
use crate::simulate::names;
use crate::simulate::population::Follower;

use super::{Context, Format, Shown, Writer};

const FOLDER: &str = "connections/followers_and_following";

pub(super) static FORMAT: Format = Format {
    name: "instagram",
    title: "Instagram information export: handles and dates of follow",
    platform: Some(Platform::Instagram),
    ending: "zip",
    names_gone: false,
    id: |follower, _| names::handle(follower),
    shown: |follower| Shown {
        sign: Some(follower.followed),
        complete: false,
    },
    open: |path, context| Ok(Box::new(Instagram::create(path, context)?)),
};

struct Instagram {
    archive: Archive,
    context: Context,
    part: u64,
    /// Followers in the present part.
    count: u64,
    row: String,
}

impl Instagram {
    fn create(path: &Path, context: &Context) -> io::Result<Self> {
        let mut new = Self {
            archive: Archive::create(path, context.census)?,
            context: *context,
            part: 0,
            count: 0,
            row: String::new(),
        };
        new.begin_part()?;
        Ok(new)
    }

    fn begin_part(&mut self) -> io::Result<()> {
        self.part += 1;
        self.count = 0;
        self.archive
            .member(&format!("{FOLDER}/followers_{}.json", self.part))?;
        self.archive.write("[")
    }
}

impl Writer for Instagram {
    fn write(&mut self, follower: &Follower) -> io::Result<()> {
        if self.count == self.context.part {
            self.archive.write("\n]")?;
            self.begin_part()?;
        }
        let handle = names::handle(follower);
        self.row.clear();
        // Writing to a string cannot fail.
        let _ = write!(
            self.row,
            r#"{}
  {{
    "title": "",
    "media_list_data": [
      
    ],
    "string_list_data": [
      {{
        "href": "https://www.instagram.com/{handle}",
        "value": "{handle}",
        "timestamp": {}
      }}
    ]
  }}"#,
            if self.count == 0 { "" } else { "," },
            follower.followed
        );
        self.count += 1;
        self.archive.write(&self.row)
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.archive.write("\n]")?;
        self.archive.member(&format!("{FOLDER}/following.json"))?;
        let following: Vec<String> = names::BODIES
            .iter()
            .zip(1..)
            .map(|(name, rank)| {
                let followed = self.context.census - rank * rank * 61 * DAY;
                format!(
                    r#"
    {{
      "title": "{name}",
      "string_list_data": [
        {{
          "href": "https://www.instagram.com/_u/{name}",
          "timestamp": {followed}
        }}
      ]
    }}"#
                )
            })
            .collect();
        self.archive.write(&format!(
            "{{\n  \"relationships_following\": [{}\n  ]\n}}",
            following.join(",")
        ))?;
        self.archive.finish()
    }
}
