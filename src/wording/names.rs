//! What platforms, states and kinds of evidence are called.
//!
//! The Dutch words hold together: a follower is *actief*, *openbaar stil*, *onbekend*
//! or *verdwenen*, as far as an export can tell. *Slapend* (dormant) is a word that
//! only an audit may use.

use super::Words;
use crate::model::evidence::{Design, Evidence};
use crate::model::finding::Quantity;
use crate::model::platform::Platform;
use crate::model::tally::State;

impl Words {
    /// The name of a platform.
    pub fn platform(self, platform: Platform) -> &'static str {
        match platform {
            Platform::Other => self.pick("other", "anders"),
            named => named.label(),
        }
    }

    /// A state in running text: "publicly silent", "openbaar stil".
    pub fn state(self, state: State) -> &'static str {
        match state {
            State::Awake => self.pick("awake", "actief"),
            State::Silent => self.pick("publicly silent", "openbaar stil"),
            State::Undetermined => self.pick("undetermined", "onbekend"),
            State::Gone => self.pick("gone", "verdwenen"),
        }
    }

    /// A state as a heading: "Publicly silent", "Openbaar stil".
    pub fn state_heading(self, state: State) -> &'static str {
        match state {
            State::Awake => self.pick("Awake", "Actief"),
            State::Silent => self.pick("Publicly silent", "Openbaar stil"),
            State::Undetermined => self.pick("Undetermined", "Onbekend"),
            State::Gone => self.pick("Gone", "Verdwenen"),
        }
    }

    /// What a share says of its followers; "dormant" comes from audits alone.
    pub fn quantity(self, quantity: Quantity) -> &'static str {
        match quantity {
            Quantity::Dormant => self.pick("dormant", "slapend"),
            Quantity::Silent => self.state(State::Silent),
        }
    }

    /// What the exports of a channel can prove.
    pub fn evidence(self, evidence: Evidence) -> &'static str {
        match evidence {
            Evidence::Activity => {
                self.pick("date of last activity", "datum van laatste activiteit")
            }
            Evidence::Counts => self.pick("number of posts", "aantal berichten"),
            Evidence::FollowDates => self.pick("date of follow", "datum van volgen"),
            Evidence::Ids => self.pick("accounts only", "alleen accounts"),
            Evidence::Aggregate => self.pick("totals only", "alleen totalen"),
            Evidence::None => self.pick("nothing", "niets"),
        }
    }

    /// How the exports stand to the followers of the channel.
    pub fn design(self, design: Design) -> &'static str {
        match design {
            Design::Census => self.pick("all followers", "alle volgers"),
            Design::Srs => self.pick("random sample", "willekeurige steekproef"),
            Design::Newest => self.pick("newest followers only", "alleen de nieuwste volgers"),
            Design::Unknown => self.pick("not known", "niet bekend"),
        }
    }

    /// A number of followers: "18.240 volgers", "1 follower".
    pub fn followers(self, n: u64) -> String {
        self.counted(
            n,
            self.pick(["follower", "followers"], ["volger", "volgers"]),
        )
    }

    /// A number of rows: "18.240 rijen", "1 row".
    pub fn rows(self, n: u64) -> String {
        self.counted(n, self.pick(["row", "rows"], ["rij", "rijen"]))
    }

    /// A number of files: "2 bestanden", "1 file".
    pub fn files(self, n: u64) -> String {
        self.counted(n, self.pick(["file", "files"], ["bestand", "bestanden"]))
    }
}
