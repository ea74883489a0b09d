//! What differs between the languages when numbers and dates are written, as a table.

use super::Words;
use crate::model::platform::Language;

/// What differs between the languages when a number is written.
pub(super) struct Locale {
    pub decimal: char,
    pub thousands: char,
    pub to: &'static str,
    pub and: &'static str,
    pub per_cent: &'static str,
    pub less_than: &'static str,
    pub more_than: &'static str,
    pub euro: &'static str,
    pub months: [&'static str; 12],
    pub day: [&'static str; 2],
    pub week: [&'static str; 2],
    pub month: [&'static str; 2],
    pub year: [&'static str; 2],
}

const EN: Locale = Locale {
    decimal: '.',
    thousands: ',',
    to: "to",
    and: "and",
    per_cent: "per cent",
    less_than: "less than",
    more_than: "more than",
    euro: "€",
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    day: ["day", "days"],
    week: ["week", "weeks"],
    month: ["month", "months"],
    year: ["year", "years"],
};

const NL: Locale = Locale {
    decimal: ',',
    thousands: '.',
    to: "tot",
    and: "en",
    per_cent: "procent",
    less_than: "minder dan",
    more_than: "meer dan",
    // The sign never parts from its number at the end of a line.
    euro: "€\u{a0}",
    months: [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ],
    day: ["dag", "dagen"],
    week: ["week", "weken"],
    month: ["maand", "maanden"],
    // Dutch counts years in the singular.
    year: ["jaar", "jaar"],
};

impl Words {
    pub(super) fn locale(self) -> &'static Locale {
        match self.language() {
            Language::En => &EN,
            Language::Nl => &NL,
        }
    }
}
