//! `results.json`: the contract that notebooks, other tools and checks read.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::aggregate::ChannelTotals;
use super::change::Change;
use super::evidence::{Design, Evidence, Field};
use super::finding::{Comparison, Ranking};
use super::letter::Letter;
use super::manifest::Manifest;
use super::monotone::Monotone;
use super::multiverse::Multiverse;
use super::platform::{Language, Platform};
use super::share::{Awake, Cost, Share};
use super::tally::Counts;
use super::verdict::{Policy, Stated, Verdict};

/// The version of the shape of `results.json`; raised when a reader would break.
pub const SCHEMA_VERSION: u32 = 1;

/// Everything that a run found, without a person in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(title = "dormouse results")]
pub struct Results {
    /// Version of this shape.
    pub schema_version: u32,
    /// The settings that the figures depend on.
    pub study: StudySummary,
    /// One entry a channel, in the order of the study file.
    pub channels: Vec<Channel>,
    /// All pairs of channels.
    pub comparisons: Vec<Comparison>,
    /// Which ranks are possible, where at least two channels have a dormant share.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ranking: Option<Ranking>,
    /// The silent shares under every defensible set of choices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub multiverse: Option<Multiverse>,
    /// What changed between dated exports, for channels with snapshots.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
    /// What the council's own rules make of each channel; empty without such rules.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub verdicts: Vec<Verdict>,
    /// Where the figures come from.
    pub manifest: Manifest,
}

/// The settings that the figures depend on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StudySummary {
    /// Title of the review.
    pub title: String,
    /// The public body.
    pub organisation: String,
    /// Language of the briefing.
    pub language: Language,
    /// The instant at which everybody is judged (RFC 3339, UTC).
    pub census: String,
    /// The days of silence beyond which a follower counts as silent.
    pub window_days: u32,
    /// The level of the intervals.
    pub level: f64,
    /// Residents of the place, if given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub residents: Option<u64>,
    /// The council's own rules, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<Policy>,
    /// The form of the letter, where the study sets it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub briefing: Option<Letter>,
}

/// What was found for one channel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Channel {
    /// The id in the study file.
    pub id: String,
    /// The name for people.
    pub name: String,
    /// The platform.
    pub platform: Platform,
    /// The best evidence among the exports.
    pub evidence: Evidence,
    /// How the exports stand to the followers.
    pub design: Design,
    /// Followers of the channel: the platform's counter, or the list where it is the census.
    pub followers: Option<u64>,
    /// Followers on the list, without duplicates, gone included.
    pub listed: u64,
    /// Followers by state, for the study's window.
    pub counts: Counts,
    /// Publicly silent for the study's window.
    pub silent: Share,
    /// Dormant; `null` without an audit.
    pub dormant: Option<Share>,
    /// The shares if older followers are no more awake than the oldest on the list, where
    /// the study declares that of a list of the newest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub monotone: Option<Monotone>,
    /// Followers who are not dormant; `null` without an audit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub awake: Option<Awake>,
    /// Cost for each of them, where the study gives the costs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<Cost>,
    /// What the study file states of the channel.
    #[serde(default, skip_serializing_if = "Stated::is_empty")]
    pub stated: Stated,
    /// What the audit found, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audit: Option<AuditSummary>,
    /// What exports of totals say, if there are any. Where they are all that there is,
    /// every count above is zero, because nobody was counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aggregate: Option<ChannelTotals>,
    /// What lists of interactions say, if there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interactions: Option<InteractionCounts>,
    /// Publicly silent against the window, 1 to 1,460 days.
    pub curve: Vec<CurvePoint>,
    /// What a reader must know beside the figures.
    pub notices: Vec<Notice>,
}

/// What lists of interactions say of a channel.
///
/// Rows = set aside + incomplete + after the census + acts of the people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct InteractionCounts {
    /// Rows read.
    pub rows: u64,
    /// Rows that did not parse.
    pub set_aside: u64,
    /// Rows without a person or without a date.
    pub incomplete: u64,
    /// Rows of acts after the census, which say nothing of that instant.
    pub after_census: u64,
    /// People with an act up to the census.
    pub people: u64,
    /// Those who are on the list of followers.
    pub followers: u64,
    /// Those who are not; they count nowhere.
    pub others: u64,
    /// Followers who are awake by an interaction and would not be by the export alone.
    pub awake: u64,
}

/// Labels of an audit per stratum of the draw.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AuditSummary {
    /// The strata that the audit was drawn in.
    pub strata: Vec<Stratum>,
    /// How far two readers agree, where some followers were labelled twice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreement: Option<Agreement>,
}

/// How far two readers agree. Labels are taken as truth, so their error is in no interval;
/// this says how large it may be.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Agreement {
    /// Followers that both labelled.
    pub both: u64,
    /// Followers that both gave the same label.
    pub alike: u64,
    /// Cohen's kappa; `null` where all got one and the same label.
    pub kappa: Option<Kappa>,
}

/// Cohen's kappa: agreement beyond chance, 1 for full agreement, 0 for none beyond it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Kappa {
    /// The estimate.
    pub estimate: f64,
    /// Lower limit.
    pub lower: f64,
    /// Upper limit.
    pub upper: f64,
    /// The level of the limits.
    pub level: f64,
}

/// One stratum of an audit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Stratum {
    /// Name of the stratum.
    pub name: String,
    /// Followers in it when the draw was made.
    pub size: u64,
    /// Labelled dormant.
    pub dormant: u64,
    /// Labelled active.
    pub active: u64,
    /// Labelled unknown.
    pub unknown: u64,
}

/// The silent share for one window.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CurvePoint {
    /// Days.
    pub window_days: u32,
    /// Lower limit.
    pub lower: f64,
    /// Upper limit.
    pub upper: f64,
}

/// Something that a reader must know beside the figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum Notice {
    /// A field that the exports do not carry, or that is empty in every row.
    NotCollected {
        /// The field.
        field: Field,
        /// Rows without it.
        rows: u64,
    },
    /// Protected accounts without activity.
    Protected {
        /// Followers.
        followers: u64,
    },
    /// Accounts that are gone.
    Gone {
        /// Followers.
        followers: u64,
    },
    /// Rows that did not parse.
    SetAside {
        /// Rows.
        rows: u64,
        /// Of so many.
        of: u64,
    },
    /// Rows whose id came twice.
    Duplicates {
        /// Rows.
        rows: u64,
    },
    /// The list is shorter or longer than the platform's counter.
    ListDiffersFromCounter {
        /// On the list.
        listed: u64,
        /// By the counter.
        counter: u64,
    },
    /// The design is not known, or the list is cut off: bounds for the rest.
    NewestFirst {
        /// On the list.
        listed: u64,
        /// Followers of the channel.
        followers: u64,
    },
    /// The study assumes that older followers are at least as silent as the oldest listed.
    OlderAssumed,
    /// A part of a list in several files is missing.
    PartMissing {
        /// The part.
        part: u32,
        /// How many parts there should be, if known.
        of: Option<u32>,
    },
    /// The export announces another number of rows than it holds.
    CountDiffers {
        /// Announced.
        announced: u64,
        /// Found.
        found: u64,
    },
    /// Dates that cannot be were taken as empty.
    ImplausibleDates {
        /// How many.
        dates: u64,
    },
    /// Labels of the audit that say "unknown".
    LabelsUnknown {
        /// Labels.
        labels: u64,
    },
    /// There is no audit: "dormant" cannot be named.
    NoAudit,
    /// Nothing is known about activity.
    NoEvidence,
    /// The platform hands out totals and no followers.
    TotalsOnly,
    /// Lists of interactions were read.
    Interactions {
        /// Followers with an interaction up to the census.
        followers: u64,
        /// Those of them who are awake by it alone.
        awake: u64,
        /// People on the lists who are no followers.
        others: u64,
    },
}
