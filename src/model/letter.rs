//! The form of the letter: its parts and their order, names and letterhead.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A part of the document, under one heading.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// The key message.
    KeyMessage,
    /// Why this letter is written; people fill it in.
    Background,
    /// What was found per channel, and the first chart.
    Found,
    /// The council's own rules and the verdicts.
    Decision,
    /// What it costs; the consequences are for people to fill in.
    Finance,
    /// Which data of persons were used, and what became of them.
    Privacy,
    /// How residents are told; people fill it in.
    Communication,
    /// What is proposed next; people fill it in.
    FollowUp,
    /// The annexes and the files that go with the letter.
    Annexes,
    /// How each rule stands, and what has to be done.
    Rules,
    /// Followers by state, and the shares of each channel.
    Counts,
    /// What the comparison of channels found.
    Differences,
    /// What changed between dated exports.
    Changes,
    /// The charts; without the first, where the letter tells what was found.
    Figures,
    /// What was not measured, and what would help.
    Gaps,
    /// How it was measured, in plain words.
    Methods,
    /// Inputs, tool, settings.
    Provenance,
}

impl Part {
    /// All parts, in the order of a letter to a council and its annexes.
    pub const ALL: [Self; 17] = [
        Self::KeyMessage,
        Self::Background,
        Self::Found,
        Self::Decision,
        Self::Finance,
        Self::Privacy,
        Self::Communication,
        Self::FollowUp,
        Self::Annexes,
        Self::Rules,
        Self::Counts,
        Self::Differences,
        Self::Changes,
        Self::Figures,
        Self::Gaps,
        Self::Methods,
        Self::Provenance,
    ];

    /// Whether it accounts for the letter, so that behind the letter it is an annex.
    pub fn accounts(self) -> bool {
        matches!(
            self,
            Self::Rules
                | Self::Counts
                | Self::Differences
                | Self::Changes
                | Self::Figures
                | Self::Gaps
                | Self::Methods
                | Self::Provenance
        )
    }

    /// The name in the study file; also the anchor of the section, the same in both
    /// languages, so that links keep.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::KeyMessage => "key-message",
            Self::Background => "background",
            Self::Found => "found",
            Self::Decision => "decision",
            Self::Finance => "finance",
            Self::Privacy => "privacy",
            Self::Communication => "communication",
            Self::FollowUp => "follow-up",
            Self::Annexes => "annexes",
            Self::Rules => "rules",
            Self::Counts => "counts",
            Self::Differences => "differences",
            Self::Changes => "changes",
            Self::Figures => "figures",
            Self::Gaps => "gaps",
            Self::Methods => "methods",
            Self::Provenance => "provenance",
        }
    }
}

/// How a public body wants its letter; what is left out is as usual.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Letter {
    /// The kind of document, above the title: "Raadsinformatiebrief".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// The lines of the letterhead, each a name and what belongs to it. A line without
    /// the second is a marked place to fill in; no lines, no letterhead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letterhead: Option<Vec<[String; 2]>>,
    /// The parts in their order; what is not named is not printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sections: Option<Vec<Part>>,
    /// Other headings: `found = "Toelichting"`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub headings: BTreeMap<Part, String>,
}
