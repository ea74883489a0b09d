//! Fast readers of dates: fixed layouts, bytes in, milliseconds out.
//!
//! All functions give milliseconds since 1970-01-01T00:00:00 UTC, or `None` where
//! the text is not a date of that layout. A date without a time of day means some
//! instant of that day; it is read as the last millisecond of it, because missing is
//! not dormant. Together with days of silence that are rounded up this is the same as
//! comparing whole days.

use wide::u8x16;

/// Milliseconds of a day.
pub const DAY: i64 = 86_400_000;

/// The first instant that a social platform can date anything: 2004-01-01.
pub const EARLIEST: i64 = 1_072_915_200_000;

/// The instant after which no date is believed when nothing better is known: 2100-01-01.
pub const LATEST: i64 = 4_102_444_800_000;

/// Start of X's snowflake clock, 2010-11-04T01:42:54.657Z (twitwi's `OFFSET_TIMESTAMP`).
const X_EPOCH: i64 = 1_288_834_974_657;

/// The smallest X user id that is a snowflake; seen from 2016-02-25 on.
pub const FIRST_X_SNOWFLAKE: u64 = 1_000_000_000_000_000;

/// Days from 1970-01-01 to a date of the Gregorian calendar.
///
/// `None` when there is no such day. Years 0 to 9999.
#[inline]
pub fn days_from_civil(year: i64, month: u32, day: u32) -> Option<i64> {
    let (first, length) = match u32::try_from(year).ok() {
        Some(year) if year < 2100 && month < STEP => match month_of(year * STEP + month) {
            Some(found) => found,
            None => return any_days_from_civil(year.into(), month, day),
        },
        _ => return any_days_from_civil(year, month, day),
    };
    let before = day.wrapping_sub(1);
    (before < length).then_some(i64::from(first.wrapping_add(before)))
}

/// The first year of the table of months, and the number of its years.
const BEGINS: u32 = 1970;
const YEARS: usize = 130;

/// Places of the table that a year takes: a month of two digits below 20 finds one, and
/// there is no day in it unless there is such a month.
const STEP: u32 = 20;

/// The months of the years in which nearly all dates lie: the days from 1970 to the first,
/// and in the five lowest bits how many days there are.
static MONTHS: [u32; YEARS * STEP as usize] = months();

/// The days from 1970 to the first of a month, and its length; `place` is twenty times the
/// year and the month, from 1.
#[inline]
fn month_of(place: u32) -> Option<(u32, u32)> {
    let month = MONTHS.get(place.wrapping_sub(BEGINS * STEP) as usize)?;
    Some((month >> 5, month & 0x1F))
}

const fn months() -> [u32; YEARS * STEP as usize] {
    let mut months = [0; YEARS * STEP as usize];
    let (mut place, mut first) = (0, 0);
    while place < months.len() {
        let (year, month) = (
            BEGINS as usize + place / STEP as usize,
            place % STEP as usize,
        );
        let leap =
            year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        if month >= 1 && month <= 12 {
            let leap_day = (month == 2 && leap) as u32;
            let length = LENGTHS[month - 1] + leap_day;
            months[place] = first << 5 | length;
            first += length;
        }
        place += 1;
    }
    months
}

/// Days of the months in a year that is no leap year.
const LENGTHS: [u32; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

fn any_days_from_civil(year: i64, month: u32, day: u32) -> Option<i64> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = *LENGTHS.get(month.checked_sub(1)? as usize)? + u32::from(leap && month == 2);
    if day == 0 || day > length || !(0..=9999).contains(&year) {
        return None;
    }
    // Years that begin in March: the leap day is the last of its year.
    let y = year - i64::from(month <= 2);
    let era = y.div_euclid(400);
    let year_of_era = y.rem_euclid(400);
    let day_of_year = (153 * i64::from((month + 9) % 12) + 2) / 5 + i64::from(day) - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    Some(era * 146_097 + day_of_era - 719_468)
}

/// `2018-10-10T20:19:24.000Z`, with a blank for the `T`, without seconds, without
/// fraction, with an offset, without one (then UTC), or the date alone.
///
/// # Examples
/// ```
/// use dormouse::frame::dates::iso_8601;
/// assert_eq!(iso_8601(b"1970-01-02T00:00:00Z"), Some(86_400_000));
/// assert_eq!(iso_8601(b"1970-01-01T01:00:00+01:00"), Some(0));
/// assert_eq!(iso_8601(b"1970-01-01"), Some(86_399_999));
/// assert_eq!(iso_8601(b"01-01-1970"), None);
/// ```
pub fn iso_8601(text: &[u8]) -> Option<i64> {
    if let Ok(text) = text.try_into()
        && let Some(instant) = iso_utc(text)
    {
        return Some(instant);
    }
    let text = text.trim_ascii();
    let (date, rest) = text.split_at_checked(10)?;
    let [y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1] = *date else {
        return None;
    };
    let year = two(y0, y1)? * 100 + two(y2, y3)?;
    let days = days_from_civil(i64::from(year), two(m0, m1)?, two(d0, d1)?)?;
    let Some((b'T' | b't' | b' ', time)) = rest.split_first() else {
        return rest.is_empty().then_some(days * DAY + DAY - 1);
    };
    let (time, zone) = split_zone(time)?;
    Some(days * DAY + time_of_day(time)? - zone)
}

/// The most frequent of all layouts, `2018-10-10T20:19:24Z`, in the years 1970 to 2099 and
/// without a jump by what it says; `None` also for dates that only [`iso_8601`] reads.
///
/// # Examples
/// ```
/// use dormouse::frame::dates::iso_utc;
/// assert_eq!(iso_utc(b"1970-01-02T00:00:00Z"), Some(86_400_000));
/// assert_eq!(iso_utc(b"1970-02-30T00:00:00Z"), None);
/// ```
#[inline]
pub fn iso_utc(text: &[u8; 20]) -> Option<i64> {
    // What is above the layout nowhere exceeds the greatest digit there; the four bytes at
    // either end are seen once, those between them twice.
    const LAYOUT: &[u8; 20] = b"0000-00-00T00:00:00Z";
    const GREATEST: &[u8; 20] = &[2, 9, 9, 9, 0, 1, 9, 0, 3, 9, 0, 2, 9, 0, 5, 9, 0, 6, 9, 0];
    let fits = |text: &[u8; 16], layout: &[u8; 16], greatest: &[u8; 16]| {
        let digits = u8x16::new(*text) - u8x16::new(*layout);
        digits.min(u8x16::new(*greatest)).simd_eq(digits)
    };
    let begins = fits(
        text.first_chunk()?,
        LAYOUT.first_chunk()?,
        GREATEST.first_chunk()?,
    );
    let ends = fits(
        text.last_chunk()?,
        LAYOUT.last_chunk()?,
        GREATEST.last_chunk()?,
    );
    let fits = (begins & ends).to_bitmask() == 0xFFFF;

    // Eight characters each; every byte becomes the number of two digits that it and the
    // one behind it are. What is no digit lies between numbers.
    let pairs = |from: usize| {
        let bytes = text.get(from..)?.first_chunk()?;
        let digits = u64::from_le_bytes(*bytes) & 0x0F0F_0F0F_0F0F_0F0F;
        Some(digits.wrapping_mul(10).wrapping_add(digits >> 8))
    };
    let (date, time, end) = (pairs(0)?, pairs(8)?, pairs(12)?);
    // Sums of products by one multiplication: each number is moved to the same place. Year
    // and month are in the bytes 0, 2 and 5, hour and minute in 3 and 6.
    const MONTHS: u64 = (100 * STEP as u64) << 40 | (STEP as u64) << 24 | 1;
    const MINUTES: u64 = 60 << 24 | 1;
    let month = (date & 0x0000_FF00_00FF_00FF).wrapping_mul(MONTHS) >> 40 & 0xFFFF;
    let minutes = (time & 0x00FF_0000_FF00_0000).wrapping_mul(MINUTES) >> 48;
    let (day, second) = (time as u32 & 0xFF, (end >> 40) as u32 & 0xFF);

    let (first, length) = month_of(month as u32)?;
    let before = day.wrapping_sub(1);
    let is_date = fits & (before < length) & (minutes < 24 * 60) & (second <= 60);
    let days = i64::from(first.wrapping_add(before));
    // A leap second belongs to the minute that it ends.
    let seconds = minutes as i64 * 60 + i64::from(second.min(59));
    is_date.then_some(days * DAY + seconds * 1000)
}

/// `Wed Oct 10 20:19:24 +0000 2018`, as X's API v1.1 writes it, in English everywhere.
///
/// # Examples
/// ```
/// use dormouse::frame::dates::{iso_8601, x_api};
/// assert_eq!(x_api(b"Wed Oct 10 20:19:24 +0000 2018"), iso_8601(b"2018-10-10T20:19:24Z"));
/// ```
pub fn x_api(text: &[u8]) -> Option<i64> {
    let text = text.trim_ascii();
    if text.len() != 30 {
        return None;
    }
    let (_, rest) = text.split_at_checked(4)?;
    let (month, rest) = rest.split_at_checked(4)?;
    let month = english_month(month.get(..3)?)?;
    let (day, rest) = rest.split_at_checked(3)?;
    let (time, rest) = rest.split_at_checked(9)?;
    let (zone, year) = rest.split_at_checked(6)?;
    let (&[d0, d1, b' '], &[y0, y1, y2, y3]) = (day, year) else {
        return None;
    };
    let d0 = if d0 == b' ' { b'0' } else { d0 };
    let year = two(y0, y1)? * 100 + two(y2, y3)?;
    let days = days_from_civil(i64::from(year), month, two(d0, d1)?)?;
    let time = time_of_day(time.strip_suffix(b" ")?)?;
    Some(days * DAY + time - offset(zone.strip_suffix(b" ")?)?)
}

/// Seconds or milliseconds since 1970, told apart by their size.
///
/// A number below 10^11 is seconds (until the year 5138), a larger one milliseconds.
///
/// # Examples
/// ```
/// use dormouse::frame::dates::epoch;
/// assert_eq!(epoch(1_733_433_674), Some(1_733_433_674_000));
/// assert_eq!(epoch(1_733_433_674_000), Some(1_733_433_674_000));
/// assert_eq!(epoch(-1), None);
/// ```
pub fn epoch(number: i64) -> Option<i64> {
    match number {
        ..=-1 => None,
        0..=99_999_999_999 => Some(number * 1000),
        100_000_000_000..=99_999_999_999_999 => Some(number),
        _ => None,
    }
}

/// The instant in an X snowflake id (of a post, or of an account since 2016).
///
/// # Formula
/// ms = (id >> 22) + 1288834974657
///
/// # Examples
/// ```
/// use dormouse::frame::dates::{iso_8601, x_snowflake};
/// assert_eq!(x_snowflake(1_101_406_580_000_000_000), iso_8601(b"2019-03-01T08:59:26.473Z"));
/// assert_eq!(x_snowflake(4_900_000_000), None);
/// ```
pub fn x_snowflake(id: u64) -> Option<i64> {
    (id >= FIRST_X_SNOWFLAKE).then(|| (id >> 22) as i64 + X_EPOCH)
}

/// An instant as RFC 3339 in UTC, to the second.
///
/// Years 0 to 9999; anything else is given as the nearest of them.
pub fn rfc_3339(ms: i64) -> String {
    let seconds = ms.div_euclid(1000);
    let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let (year, month, day) = civil_from_days(days.clamp(-719_528, 2_932_896));
    format!(
        "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z",
        second / 3600,
        second / 60 % 60,
        second % 60
    )
}

/// A day, so many days after 1970-01-01, as `2025-01-14`. Years as in [`rfc_3339`].
pub fn date(days: i64) -> String {
    let mut text = rfc_3339(days.saturating_mul(DAY));
    text.truncate("2025-01-14".len());
    text
}

/// The date of the Gregorian calendar that lies so many days after 1970-01-01.
pub fn civil_from_days(days: i64) -> (i64, u32, u32) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = (day_of_year - (153 * shifted_month + 2) / 5 + 1) as u32;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    } as u32;
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

fn two(tens: u8, ones: u8) -> Option<u32> {
    (tens.is_ascii_digit() && ones.is_ascii_digit())
        .then(|| u32::from(tens - b'0') * 10 + u32::from(ones - b'0'))
}

/// `20:19`, `20:19:24` or `20:19:24.123456` as milliseconds; a leap second counts as
/// the second before it.
fn time_of_day(text: &[u8]) -> Option<i64> {
    let [h0, h1, b':', m0, m1, rest @ ..] = text else {
        return None;
    };
    let (hour, minute) = (two(*h0, *h1)?, two(*m0, *m1)?);
    let (second, fraction) = match rest {
        [] => (0, [].as_slice()),
        [b':', s0, s1, rest @ ..] => (two(*s0, *s1)?, rest),
        _ => return None,
    };
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let mut milliseconds = 0;
    if let [b'.' | b',', digits @ ..] = fraction {
        if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
            return None;
        }
        for place in 0..3 {
            let digit = digits.get(place).map_or(0, |digit| i64::from(digit - b'0'));
            milliseconds = milliseconds * 10 + digit;
        }
    } else if !fraction.is_empty() {
        return None;
    }
    Some(i64::from(hour * 3600 + minute * 60 + second.min(59)) * 1000 + milliseconds)
}

/// The time of day and its offset from UTC in milliseconds.
fn split_zone(text: &[u8]) -> Option<(&[u8], i64)> {
    let text = text.strip_suffix(b" UTC").unwrap_or(text);
    if let Some(time) = text.strip_suffix(b"Z").or_else(|| text.strip_suffix(b"z")) {
        return Some((time, 0));
    }
    match text.iter().rposition(|byte| matches!(byte, b'+' | b'-')) {
        Some(place) => {
            let (time, zone) = text.split_at_checked(place)?;
            Some((time.trim_ascii_end(), offset(zone)?))
        }
        None => Some((text, 0)),
    }
}

/// `+0100`, `+01:00` or `+01` as milliseconds.
fn offset(text: &[u8]) -> Option<i64> {
    let (sign, digits) = match text {
        [b'+', digits @ ..] => (1, digits),
        [b'-', digits @ ..] => (-1, digits),
        _ => return None,
    };
    let (hours, minutes) = match *digits {
        [h0, h1] => (two(h0, h1)?, 0),
        [h0, h1, m0, m1] | [h0, h1, b':', m0, m1] => (two(h0, h1)?, two(m0, m1)?),
        _ => return None,
    };
    (hours < 24 && minutes < 60).then(|| sign * i64::from(hours * 60 + minutes) * 60_000)
}

fn english_month(name: &[u8]) -> Option<u32> {
    const NAMES: [&[u8; 3]; 12] = [
        b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov",
        b"Dec",
    ];
    NAMES
        .iter()
        .position(|month| month.as_slice() == name)
        .map(|index| index as u32 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{DateTime, NaiveDate, Utc};
    use proptest::prelude::*;

    #[test]
    fn layouts() {
        let instant = Some(1_539_202_764_000);
        for text in [
            "2018-10-10T20:19:24Z",
            "2018-10-10T20:19:24.000Z",
            "2018-10-10 20:19:24",
            "2018-10-10 20:19:24 UTC",
            "2018-10-10T22:19:24+02:00",
            "2018-10-10T22:19:24+0200",
            "2018-10-10 15:19:24 -05",
            " 2018-10-10t20:19:24z ",
        ] {
            assert_eq!(iso_8601(text.as_bytes()), instant, "{text}");
        }
        for text in [
            "",
            "2018",
            "2018-13-01",
            "2018-02-29",
            "2018-10-10T",
            "2018-10-10T25:00",
            "2018-10-10Tnoon",
            "2018-10-10T20:19:24.",
            "2018-10-10T20:19:2４",
            "10/10/2018 20:19",
        ] {
            assert_eq!(iso_8601(text.as_bytes()), None, "{text}");
        }
        assert_eq!(x_api(b"Wed Oct 10 20:19:24 +0000 2018"), instant);
        for text in [
            "Wed Okt 10 20:19:24 +0000 2018",
            "Wed Oct 10 20:19:24 2018",
            "",
        ] {
            assert_eq!(x_api(text.as_bytes()), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn calendar_as_chrono_has_it(days in -719_162i64..2_932_896) {
            let (year, month, day) = civil_from_days(days);
            let date = NaiveDate::from_ymd_opt(year as i32, month, day).unwrap();
            prop_assert_eq!(date.signed_duration_since(NaiveDate::default()).num_days(), days);
            prop_assert_eq!(days_from_civil(year, month, day), Some(days));
        }

        #[test]
        fn instants_as_chrono_writes_them(ms in 0i64..4_102_444_800_000) {
            let instant = DateTime::<Utc>::from_timestamp_millis(ms).unwrap();
            let iso = instant.to_rfc3339_opts(chrono::SecondsFormat::Millis, true);
            prop_assert_eq!(iso_8601(iso.as_bytes()), Some(ms));
            let x = instant.format("%a %b %d %H:%M:%S %z %Y").to_string();
            prop_assert_eq!(x_api(x.as_bytes()), Some(ms - ms % 1000));
            prop_assert_eq!(rfc_3339(ms), instant.to_rfc3339_opts(chrono::SecondsFormat::Secs, true));
        }

        /// Any date and time of that layout, and much that is none.
        #[test]
        fn the_frequent_layout_is_read_as_any_other(
            digits in "(19|20|[0-9]{2})[0-9]{2}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-6][0-9]:[0-6][0-9]",
            change in proptest::option::weighted(0.3, (0..20_usize, any::<u8>())),
        ) {
            let mut text: [u8; 20] = format!("{digits}Z").into_bytes().try_into().unwrap();
            if let Some((place, byte)) = change {
                text[place] = byte;
            }
            let (local, zone) = text.split_at(19);
            let elsewhere = [local, b"+00:00"].concat();
            let expected = iso_8601(&elsewhere).filter(|_| zone == b"Z" && local[10] == b'T');
            let is_of_the_table = (b"1970"..b"2100").contains(&text.first_chunk().unwrap());
            prop_assert_eq!(iso_utc(&text), expected.filter(|_| is_of_the_table));
        }

        #[test]
        fn no_text_panics(text in any::<Vec<u8>>()) {
            let _ = (iso_8601(&text), x_api(&text));
        }
    }
}
