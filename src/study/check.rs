//! From the study file as written to settings that later stages can trust.

use std::collections::BTreeSet;
use std::path::PathBuf;

use toml::Spanned;

use super::file::{ChannelEntry, StudyFile, mistake};
use super::{Channel, Study};
use crate::error::{Error, Result};
use crate::frame::dates;

/// Checks every setting.
pub fn checked(file: StudyFile, name: &str, text: String, folder: PathBuf) -> Result<Study> {
    let census = match &file.census {
        None => None,
        Some(census) => Some(instant(census.get_ref()).ok_or_else(|| {
            mistake(
                name,
                &text,
                census.span(),
                "the census is no instant that can be",
                "not an instant",
            )
            .help("write it in UTC, like census = 2025-01-14T00:00:00Z")
        })?),
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
        channels.push(channel(entry, name, &text)?);
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
        policy: file.policy,
        folder,
        text,
    })
}

fn channel(entry: ChannelEntry, name: &str, text: &str) -> Result<Channel> {
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
    let amount = |amount: Option<&Spanned<f64>>| match amount {
        Some(amount) if !(amount.get_ref().is_finite() && *amount.get_ref() >= 0.0) => {
            Err(mistake(
                name,
                text,
                amount.span(),
                "an amount is zero or more",
                "not an amount",
            )
            .help("write euros with a decimal point, like 90.0"))
        }
        amount => Ok(amount.map(|amount| *amount.get_ref())),
    };
    Ok(Channel {
        cost_per_month: amount(entry.cost_per_month.as_ref())?,
        cost_standard_error: amount(entry.cost_standard_error.as_ref())?.unwrap_or(0.0),
        name: entry
            .name
            .unwrap_or_else(|| entry.platform.label().to_owned()),
        platform: entry.platform,
        design: entry.design,
        followers: entry.followers,
        audit: entry.audit.map(PathBuf::from),
        exports: entry.exports.into_inner(),
        id: entry.id.into_inner(),
    })
}

/// The instant of a TOML date; a date alone is its midnight, no offset is UTC.
fn instant(datetime: &toml::value::Datetime) -> Option<i64> {
    let text = if datetime.time.is_none() {
        format!("{datetime}T00:00:00Z")
    } else {
        datetime.to_string()
    };
    dates::iso_8601(text.as_bytes()).filter(|ms| (dates::EARLIEST..dates::LATEST).contains(ms))
}
