//! Instants as whole Unix seconds, and the layouts in which the platforms write them.

use chrono::{DateTime, Datelike, Timelike, Utc};

/// Seconds of a day.
pub const DAY: i64 = 86_400;

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// The first second of a year, 1970 to 9999.
pub fn year_start(year: i32) -> i64 {
    DateTime::parse_from_rfc3339(&format!("{year:04}-01-01T00:00:00Z"))
        .map_or(0, |instant| instant.timestamp())
}

/// `2018-10-10`.
pub fn push_date(text: &mut String, seconds: i64) {
    push_day(text, civil(seconds));
}

/// `2018-10-10T20:19:24Z`, the canonical layout.
pub fn push_iso(text: &mut String, seconds: i64) {
    let instant = civil(seconds);
    push_day(text, instant);
    text.push('T');
    push_time(text, instant);
    text.push('Z');
}

/// `2018-10-10`.
pub fn date(seconds: i64) -> String {
    let mut text = String::with_capacity(10);
    push_date(&mut text, seconds);
    text
}

/// `2018-10-10T20:19:24Z`.
pub fn iso(seconds: i64) -> String {
    let mut text = String::with_capacity(20);
    push_iso(&mut text, seconds);
    text
}

/// `2018-10-10T20:19:24.000Z`, as X API v2 and Mastodon write it.
pub fn iso_millis(seconds: i64) -> String {
    let mut text = String::with_capacity(24);
    push_iso(&mut text, seconds);
    text.pop();
    text.push_str(".000Z");
    text
}

/// `Wed Oct 10 20:19:24 +0000 2018`, as X API v1.1 writes it.
pub fn x_v1(seconds: i64) -> String {
    let instant = civil(seconds);
    let mut text = String::with_capacity(30);
    text.push_str(name(&WEEKDAYS, instant.weekday().num_days_from_monday()));
    text.push(' ');
    text.push_str(name(&MONTHS, instant.month0()));
    text.push(' ');
    push_two(&mut text, instant.day());
    text.push(' ');
    push_time(&mut text, instant);
    text.push_str(" +0000 ");
    push_year(&mut text, instant);
    text
}

fn civil(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap_or_default()
}

fn name(names: &[&'static str], place: u32) -> &'static str {
    names.get(place as usize).copied().unwrap_or_default()
}

fn push_day(text: &mut String, instant: DateTime<Utc>) {
    push_year(text, instant);
    text.push('-');
    push_two(text, instant.month());
    text.push('-');
    push_two(text, instant.day());
}

fn push_time(text: &mut String, instant: DateTime<Utc>) {
    push_two(text, instant.hour());
    text.push(':');
    push_two(text, instant.minute());
    text.push(':');
    push_two(text, instant.second());
}

fn push_year(text: &mut String, instant: DateTime<Utc>) {
    let year = instant.year().unsigned_abs();
    push_two(text, year / 100);
    push_two(text, year);
}

/// The last two digits of a number: `format!` costs more than the rest of a row.
fn push_two(text: &mut String, number: u32) {
    for digit in [number / 10 % 10, number % 10] {
        text.push(char::from(b'0' + digit as u8));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn layouts_of_the_platforms() {
        let instant = 1_539_202_764;
        assert_eq!(date(instant), "2018-10-10");
        assert_eq!(iso(instant), "2018-10-10T20:19:24Z");
        assert_eq!(iso_millis(instant), "2018-10-10T20:19:24.000Z");
        assert_eq!(x_v1(instant), "Wed Oct 10 20:19:24 +0000 2018");
        assert_eq!(iso(year_start(2026)), "2026-01-01T00:00:00Z");
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(seconds in 0..4_102_444_800i64) {
            let read = |text: &str, layout| {
                DateTime::parse_from_str(text, layout).unwrap().timestamp()
            };
            prop_assert_eq!(read(&iso(seconds).replace('Z', "+0000"), "%Y-%m-%dT%H:%M:%S%z"), seconds);
            prop_assert_eq!(read(&x_v1(seconds), "%a %b %d %H:%M:%S %z %Y"), seconds);
        }
    }
}
