//! Sentences that all figures share: where and when, what the words mean, the source.

use super::Words;
use crate::model::results::{Channel, Results, StudySummary};

impl Words {
    /// Place and census date, the end of every subtitle.
    pub fn place_and_date(self, study: &StudySummary) -> String {
        let date = self.date(&study.census);
        self.pick(
            format!("{}, as of {date}", study.organisation),
            format!("{}, peildatum {date}", study.organisation),
        )
    }

    /// The source line of every figure.
    pub fn source(self, study: &StudySummary) -> String {
        self.pick(
            format!("Source: {}, own calculation.", study.organisation),
            format!("Bron: {}, eigen berekening.", study.organisation),
        )
    }

    /// What "publicly silent" means.
    pub fn meaning_of_silent(self, window: u32) -> String {
        let days = self.days(window);
        self.pick(
            format!("Publicly silent: no public sign of life for more than {days}."),
            format!("Openbaar stil: langer dan {days} geen openbaar teken van leven."),
        )
    }

    /// What "dormant" means, and why it may be said.
    pub fn meaning_of_dormant(self) -> &'static str {
        self.pick(
            "Dormant: no longer reads or acts. Estimated from an audit: followers looked up by hand.",
            "Slapend: leest of doet niets meer. Geschat met een controle: volgers met de hand bekeken.",
        )
    }

    /// What "awake" means where an audit names the dormant.
    pub fn meaning_of_awake_by_audit(self) -> &'static str {
        self.pick(
            "Awake: not dormant. Estimated from an audit: followers looked up by hand.",
            "Wakker: niet slapend. Geschat met een controle: volgers met de hand bekeken.",
        )
    }

    /// What "undetermined" means.
    pub fn meaning_of_undetermined(self) -> &'static str {
        self.pick(
            "Undetermined: the data do not show when this follower was last active.",
            "Onbekend: de gegevens laten niet zien wanneer deze volger voor het laatst actief was.",
        )
    }

    /// How many followers a channel has, as the second line of its name.
    pub fn size_of(self, channel: &Channel) -> String {
        match channel.followers.or(Some(channel.listed)) {
            None | Some(0) => self
                .pick("followers not counted", "volgers niet geteld")
                .to_owned(),
            Some(n) => self.followers(n),
        }
    }

    /// What a title may call a channel, from the best: its name, its platform where no other
    /// channel has the same, and what is always short enough.
    pub fn names_for_titles(self, results: &Results, channel: &Channel) -> Vec<String> {
        let alone = |alike: &dyn Fn(&Channel) -> bool| {
            results.channels.iter().filter(|other| alike(other)).count() == 1
        };
        let named = alone(&|other| other.name == channel.name).then(|| channel.name.clone());
        let platform = alone(&|other| other.platform == channel.platform)
            .then(|| self.platform(channel.platform).to_owned());
        let last = self.pick("one channel", "één kanaal").to_owned();
        named.into_iter().chain(platform).chain([last]).collect()
    }
}
