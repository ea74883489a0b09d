//! From the study file as written to settings that later stages can trust.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::value::Datetime;

use super::file::{ChannelEntry, Columns, SnapshotEntry, StudyFile, mistake};
use super::{Channel, Snapshot, Study};
use crate::error::{Error, Result};
use crate::frame::dates;
use crate::model::evidence::{Design, Field};
use crate::model::letter::Letter;
use crate::model::monotone::OlderFollowers;
use crate::model::verdict::{Policy, Stated};

/// Checks every setting.
pub fn checked(file: StudyFile, name: &str, text: String, path: &Path) -> Result<Study> {
    let census = match &file.census {
        None => None,
        Some(census) => Some(census_instant(census, name, &text)?),
    };
    let window_days = match &file.window_days {
        Some(days) if !(1..=36_500).contains(days.get_ref()) => {
            return Err(mistake(
                name,
                &text,
                days.span(),
                "a window has 1 to 36,500 days",
                "out of range",
            )
            .help("180 days is the default; 30, 90, 365 and 730 are usual too"));
        }
        Some(days) => *days.get_ref(),
        None => 180,
    };
    let level = match &file.level {
        Some(level) if !(*level.get_ref() > 0.0 && *level.get_ref() < 1.0) => {
            return Err(mistake(
                name,
                &text,
                level.span(),
                "a level lies between 0 and 1",
                "out of range",
            )
            .help("0.95 is the default"));
        }
        Some(level) => *level.get_ref(),
        None => 0.95,
    };
    if file.channels.is_empty() {
        return Err(Error::new("study::setting", "the study has no channel")
            .at(name)
            .help("add at least one [[channel]] with id, platform and exports"));
    }
    let policy = match file.policy {
        None => None,
        Some(policy) => Some(checked_policy(policy, file.residents, name, &text)?),
    };
    let briefing = match file.briefing {
        None => None,
        Some(briefing) => Some(checked_letter(briefing, name, &text)?),
    };
    let mut ids = BTreeSet::new();
    let mut channels = Vec::new();
    for entry in file.channels {
        if !ids.insert(entry.id.get_ref().clone()) {
            return Err(mistake(
                name,
                &text,
                entry.id.span(),
                "two channels have this id",
                "the second",
            )
            .help("give each channel an id of its own"));
        }
        channels.push(channel(entry, census, name, &text)?);
    }
    Ok(Study {
        title: file.title,
        organisation: file.organisation,
        language: file.language,
        census,
        residents: file.residents,
        window_days,
        level,
        seed: file.seed,
        channels,
        policy,
        briefing,
        name: path
            .file_stem()
            .map(|stem| stem.to_string_lossy().into_owned())
            .unwrap_or_default(),
        folder: path.parent().map(Path::to_path_buf).unwrap_or_default(),
        text,
    })
}

fn channel(entry: ChannelEntry, census: Option<i64>, name: &str, text: &str) -> Result<Channel> {
    let id = entry.id.get_ref();
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if id.is_empty() || !id.bytes().all(plain) {
        return Err(mistake(
            name,
            text,
            entry.id.span(),
            "this is no channel id",
            "not an id",
        )
        .help("use small letters, digits and hyphens, like \"x\" or \"instagram-sport\""));
    }
    if entry.exports.get_ref().is_empty() {
        return Err(mistake(
            name,
            text,
            entry.exports.span(),
            "the channel has no exports",
            "empty",
        )
        .help("name at least one file, folder, zip or pattern, like \"exports/x/*.zip\""));
    }
    let older_followers = older_followers(&entry, name, text)?;
    let snapshots = snapshots(entry.snapshots, census, entry.design, name, text)?;
    let columns = columns(entry.columns, name, text)?;
    let amount = |amount: Option<&Spanned<f64>>| match amount {
        Some(amount) if !(amount.get_ref().is_finite() && *amount.get_ref() >= 0.0) => {
            Err(mistake(
                name,
                text,
                amount.span(),
                "an amount is zero or more",
                "not an amount",
            )
            .help("write euros or hours with a decimal point, like 90.0"))
        }
        amount => Ok(amount.map(|amount| *amount.get_ref())),
    };
    let residents_reached = match &entry.residents_reached {
        Some(limits) if !in_order(limits.get_ref()) => {
            return Err(mistake(
                name,
                text,
                limits.span(),
                "the limits of a share lie between 0 and 1, the lower one first",
                "no such limits",
            )
            .help("write both limits of the survey, like [0.06, 0.10]"));
        }
        limits => limits.as_ref().map(|limits| *limits.get_ref()),
    };
    Ok(Channel {
        snapshots,
        columns,
        interactions: entry.interactions,
        stated: Stated {
            hours_per_month: amount(entry.hours_per_month.as_ref())?,
            cost_per_month: amount(entry.cost_per_month.as_ref())?,
            residents_reached,
            readable_without_login: entry.readable_without_login,
            crisis_role: entry.crisis_role,
        },
        cost_standard_error: amount(entry.cost_standard_error.as_ref())?.unwrap_or(0.0),
        name: entry
            .name
            .unwrap_or_else(|| entry.platform.label().to_owned()),
        platform: entry.platform,
        design: entry.design,
        followers: entry.followers,
        older_followers,
        audit: entry.audit.map(PathBuf::from),
        exports: entry.exports.into_inner(),
        id: entry.id.into_inner(),
    })
}

/// The headings by field, none empty and none twice.
fn columns(columns: Option<Columns>, name: &str, text: &str) -> Result<Vec<(Field, String)>> {
    let mut checked: Vec<(Field, String)> = Vec::new();
    for (field, heading) in columns.map(Columns::given).unwrap_or_default() {
        let trimmed = heading.get_ref().trim().to_owned();
        let twice = checked.iter().any(|(_, other)| *other == trimmed);
        if twice || trimmed.is_empty() {
            let what = if twice {
                "two fields have this heading"
            } else {
                "a heading is not empty"
            };
            return Err(
                mistake(name, text, heading.span(), what, "this heading").help(
                    "write the heading of the column as it stands in the first line of the file",
                ),
            );
        }
        checked.push((field, trimmed));
    }
    Ok(checked)
}

/// The assumption about older followers, where there may be one.
fn older_followers(entry: &ChannelEntry, name: &str, text: &str) -> Result<OlderFollowers> {
    let Some(assumed) = &entry.older_followers else {
        return Ok(OlderFollowers::default());
    };
    let wrong = |what, help| {
        let mistake = mistake(name, text, assumed.span(), what, "this assumption");
        Err(mistake.help(help))
    };
    let newest = matches!(entry.design, Design::Newest | Design::Unknown);
    match *assumed.get_ref() {
        OlderFollowers::AtLeastAsSilent if !newest => wrong(
            "only a list of the newest followers leaves older ones out",
            "take the line out, or write design = \"newest\" if the list is cut off",
        ),
        OlderFollowers::AtLeastAsSilent if entry.followers.is_none() => wrong(
            "an assumption about older followers needs their number",
            "add followers = …, the counter that the platform shows",
        ),
        assumed => Ok(assumed),
    }
}

/// Whether two limits are shares, the lower one first.
fn in_order(&[lower, upper]: &[f64; 2]) -> bool {
    0.0 <= lower && lower <= upper && upper <= 1.0
}

/// The council's rules: shares are shares, and what they are held against is there.
fn checked_policy(
    policy: Spanned<Policy>,
    residents: Option<u64>,
    name: &str,
    text: &str,
) -> Result<Policy> {
    let span = policy.span();
    let wrong = |message: &str, help: &str| {
        Err(mistake(name, text, span.clone(), message, "in this table").help(help))
    };
    let policy = policy.into_inner();
    let share = |share: Option<f64>| share.is_none_or(|share| (0.0..=1.0).contains(&share));
    if !share(policy.max_dormant_share) {
        return wrong(
            "max_dormant_share lies between 0 and 1",
            "half of the followers is max_dormant_share = 0.5",
        );
    }
    if !share(policy.min_share_of_residents) {
        return wrong(
            "min_share_of_residents lies between 0 and 1",
            "one in ten residents is min_share_of_residents = 0.1",
        );
    }
    let cost = policy.max_cost_per_awake_follower;
    if cost.is_some_and(|cost| !(cost.is_finite() && cost >= 0.0)) {
        return wrong(
            "max_cost_per_awake_follower is zero or more",
            "write euros a month for one follower, like 0.05",
        );
    }
    if policy.min_share_of_residents.is_some() && residents.is_none_or(|residents| residents == 0) {
        return wrong(
            "min_share_of_residents needs to know how many residents there are",
            "add residents = … at the top of the study file",
        );
    }
    Ok(policy)
}

/// The form of the letter: each part once.
fn checked_letter(letter: Spanned<Letter>, name: &str, text: &str) -> Result<Letter> {
    let span = letter.span();
    let letter = letter.into_inner();
    let mut seen = BTreeSet::new();
    let mut parts = letter.sections.iter().flatten();
    if let Some(twice) = parts.find(|&&part| !seen.insert(part)) {
        let message = format!("the section `{}` is named twice", twice.as_str());
        return Err(mistake(name, text, span, message, "in this table")
            .help("name each section once, in the order of the letter"));
    }
    Ok(letter)
}

/// The older exports of a channel, oldest first.
fn snapshots(
    entries: Vec<SnapshotEntry>,
    latest: Option<i64>,
    design: Design,
    name: &str,
    text: &str,
) -> Result<Vec<Snapshot>> {
    let mut snapshots: Vec<Snapshot> = Vec::new();
    for entry in entries {
        let wrong = |what| {
            mistake(name, text, entry.census.span(), what, "this census")
                .help("a snapshot is an older export: give each the instant at which it was made")
        };
        let census = census_instant(&entry.census, name, text)?;
        if latest.is_some_and(|latest| census >= latest) {
            return Err(wrong("a snapshot lies before the census of the study"));
        }
        if snapshots.iter().any(|other| other.census == census) {
            return Err(wrong("two snapshots of this channel have this census"));
        }
        snapshots.push(Snapshot {
            census,
            exports: entry.exports,
            design: entry.design.unwrap_or(design),
        });
    }
    snapshots.sort_by_key(|snapshot| snapshot.census);
    Ok(snapshots)
}

fn census_instant(census: &Spanned<Datetime>, name: &str, text: &str) -> Result<i64> {
    instant(census.get_ref()).ok_or_else(|| {
        mistake(
            name,
            text,
            census.span(),
            "the census is no instant that can be",
            "not an instant",
        )
        .help("write it in UTC, like census = 2025-01-14T00:00:00Z")
    })
}

/// The instant of a TOML date; a date alone is its midnight, no offset is UTC.
fn instant(datetime: &Datetime) -> Option<i64> {
    let text = if datetime.time.is_none() {
        format!("{datetime}T00:00:00Z")
    } else {
        datetime.to_string()
    };
    dates::iso_8601(text.as_bytes()).filter(|ms| (dates::EARLIEST..dates::LATEST).contains(ms))
}
