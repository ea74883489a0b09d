//! The project's own CSV, one row a follower.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, BufWriter, Write as _};

use crate::model::evidence::Field;
use crate::model::platform::Platform;
use crate::simulate::instants::push_iso;
use crate::simulate::population::Follower;
use crate::simulate::{ids, names};

use super::{Context, Format, Shown, Writer};

pub(super) static FORMAT: Format = Format {
    name: "canonical",
    title: "CSV in the project's own columns, all of them filled",
    platform: None,
    ending: "csv",
    names_gone: false,
    id,
    shown: |follower| Shown {
        sign: Some(follower.followed).max(follower.shown_post),
        ..Shown::account(follower)
    },
    open: |path, context| {
        let mut out = BufWriter::with_capacity(1 << 16, File::create(path)?);
        out.write_all(Field::ALL.map(Field::as_str).join(",").as_bytes())?;
        out.write_all(b"\n")?;
        Ok(Box::new(Csv {
            out,
            row: String::new(),
            context: *context,
        }))
    },
};

fn id(follower: &Follower, context: &Context) -> String {
    match context.platform {
        Platform::X => ids::x_account(follower).to_string(),
        _ => names::handle(follower),
    }
}

struct Csv {
    out: BufWriter<File>,
    row: String,
    context: Context,
}

impl Writer for Csv {
    fn write(&mut self, follower: &Follower) -> io::Result<()> {
        let row = &mut self.row;
        row.clear();
        row.push_str(&id(follower, &self.context));
        for instant in [
            Some(follower.followed),
            Some(follower.created),
            follower.shown_post,
        ] {
            row.push(',');
            if let Some(seconds) = instant {
                push_iso(row, seconds);
            }
        }
        // Writing to a string cannot fail.
        let _ = writeln!(
            row,
            ",{},{},{},{},{}",
            follower.posts,
            follower.followers,
            follower.following,
            follower.plain,
            follower.protected
        );
        self.out.write_all(row.as_bytes())
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.out.flush()
    }
}
