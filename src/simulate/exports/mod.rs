//! One file a format: how a follower is written, and what is seen of them there.

use std::io;
use std::path::Path;

use crate::model::platform::Platform;

use super::population::Follower;

mod canonical;
mod instagram;
mod mastodon;
mod x_archive;
mod x_v1;
mod x_v2;

/// The formats that can be written.
pub static FORMATS: [&Format; 7] = [
    &canonical::FORMAT,
    &x_archive::FORMAT,
    &x_v1::FORMAT,
    &x_v2::FORMAT,
    &x_v2::RECENT,
    &instagram::FORMAT,
    &mastodon::FORMAT,
];

/// The format with this name.
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.into_iter().find(|format| format.name == name)
}

/// A format, and how a follower looks in it.
#[derive(Debug)]
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it is.
    pub title: &'static str,
    /// The platform that writes it; `None` where the file does not tell.
    pub platform: Option<Platform>,
    /// Ending of the file name.
    pub ending: &'static str,
    /// Whether it says which accounts are suspended or have moved.
    pub names_gone: bool,
    /// The id that the follower has in it.
    pub(super) id: fn(&Follower, &Context) -> String,
    /// What it shows of the follower.
    pub(super) shown: fn(&Follower) -> Shown,
    /// Begins a file.
    pub(super) open: fn(&Path, &Context) -> io::Result<Box<dyn Writer>>,
}

/// What the writers need to know of the whole.
#[derive(Clone, Copy, Debug)]
pub struct Context {
    /// The platform of the channel.
    pub platform: Platform,
    /// The census instant, which is also when the export was made; Unix seconds.
    pub census: i64,
    /// Followers after which an archive begins its next part.
    pub part: u64,
}

/// A file that is being written, follower by follower, newest first.
pub trait Writer {
    /// Adds the next follower.
    fn write(&mut self, follower: &Follower) -> io::Result<()>;

    /// Closes the file.
    fn finish(self: Box<Self>) -> io::Result<()>;
}

/// What one format shows of one follower.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The last dated sign of life; Unix seconds.
    pub sign: Option<i64>,
    /// Whether the record of the posts is complete.
    pub complete: bool,
}

impl Shown {
    /// What the platform shows of an account with its dates of creation and of the last
    /// post.
    fn account(follower: &Follower) -> Self {
        Self {
            sign: Some(follower.created).max(follower.shown_post),
            complete: follower.posts == 0 || follower.shown_post.is_some(),
        }
    }
}

#[cfg(test)]
mod tests;
