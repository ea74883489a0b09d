//! Files that people take for a list of followers, and that are none.

/// What such a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Whom the account follows, or is subscribed to.
    Followed,
    /// Friends of a profile.
    Friends,
    /// Posts.
    Posts,
    /// One of several lists that a platform writes alike, and no name says which.
    Untold,
    /// A list of Threads as HTML.
    ThreadsPage,
    /// A file that speaks of a list, without the list.
    Alone,
}
