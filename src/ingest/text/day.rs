//! The ways in which exports of totals write a day. All give days since 1970.

use crate::frame::dates::{civil_from_days, days_from_civil};

/// A day, as far as the cell tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day {
    /// The day.
    Known(i64),
    /// A day of a month, in a year that nothing tells.
    YearUnknown,
}

/// `2025-10-31`, also with a time behind it: some exports give midnight and, in the other
/// half of the year, one o'clock.
pub fn iso(text: &str) -> Option<i64> {
    let (date, rest) = text.split_at_checked(10)?;
    if !(rest.is_empty() || rest.starts_with(['T', ' '])) {
        return None;
    }
    numbers(date, '-', [4, 2, 2]).and_then(|[year, month, day]| civil(year, month, day))
}

/// `2025/10/31`.
pub fn year_first(text: &str) -> Option<i64> {
    numbers(text, '/', [4, 2, 2]).and_then(|[year, month, day]| civil(year, month, day))
}

/// `10/31/2025`, with two digits for the month and for the day.
pub fn month_first(text: &str) -> Option<i64> {
    numbers(text, '/', [2, 2, 4]).and_then(|[month, day, year]| civil(year, month, day))
}

/// `10/3/2025`, as a spreadsheet program in the United States writes it.
pub fn month_first_bare(text: &str) -> Option<i64> {
    numbers(text, '/', [0, 0, 4]).and_then(|[month, day, year]| civil(year, month, day))
}

/// `Tue, Aug 26, 2025` or `Aug 26, 2025`.
pub fn english(text: &str) -> Option<i64> {
    let words: Vec<&str> = words(text).collect();
    let [month, day, year] = match *words {
        [_, month, day, year] | [month, day, year] => [month, day, year],
        _ => return None,
    };
    let month = ENGLISH
        .iter()
        .position(|name| name.get(..3).is_some_and(|short| short == month))?;
    civil(digits(year, 4)?, month as u32 + 1, digits(day, 0)?)
}

/// `10 February` or `August 18`, in English or Dutch: month and day.
pub fn without_year(text: &str) -> Option<(u32, u32)> {
    let words: Vec<&str> = words(text).collect();
    let [first, second] = *words else {
        return None;
    };
    let (month, day) = match digits(first, 0) {
        Some(day) => (second, day),
        None => (first, digits(second, 0)?),
    };
    let place = |names: &[&str]| {
        names
            .iter()
            .position(|name| name.eq_ignore_ascii_case(month))
    };
    let month = place(&ENGLISH).or_else(|| place(&DUTCH))? as u32 + 1;
    // The leap year 2000 has every day that there is.
    civil(2000, month, day).map(|_| (month, day))
}

/// The last such day that is not after `latest`.
pub fn not_after(latest: i64, (month, day): (u32, u32)) -> Option<i64> {
    let (year, _, _) = civil_from_days(latest);
    [year, year - 1]
        .into_iter()
        .filter_map(|year| days_from_civil(year, month, day))
        .find(|&day| day <= latest)
}

/// Whether a spreadsheet program has turned a number into a date: `3-jan` was 3.1,
/// `jan-25` was 1.25. Letters of another alphabet may have become signs in an 8-bit code
/// page, so everything that is not ASCII counts as a letter.
pub fn was_a_number(text: &str) -> bool {
    let mut parts = text.splitn(2, ['-', '.', '/', ' ']);
    let (Some(first), Some(second)) = (parts.next(), parts.next()) else {
        return false;
    };
    let is_name = |part: &str| {
        let part = part.strip_suffix('.').unwrap_or(part);
        (3..=5).contains(&part.chars().count())
            && part
                .chars()
                .all(|c| c.is_ascii_alphabetic() || !c.is_ascii())
    };
    let is_number = |part: &str| {
        (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    (is_number(first) && is_name(second)) || (is_name(first) && is_number(second))
}

const ENGLISH: [&str; 12] = [
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
];

const DUTCH: [&str; 12] = [
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
];

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split([' ', ',']).filter(|word| !word.is_empty())
}

/// Three numbers with a sign between them; a length of 0 means one or two digits.
fn numbers(text: &str, sign: char, lengths: [usize; 3]) -> Option<[u32; 3]> {
    let mut parts = text.split(sign);
    let mut numbers = [0; 3];
    for (number, length) in numbers.iter_mut().zip(lengths) {
        *number = digits(parts.next()?, length)?;
    }
    parts.next().is_none().then_some(numbers)
}

fn digits(text: &str, length: usize) -> Option<u32> {
    let fits = if length == 0 {
        (1..=2).contains(&text.len())
    } else {
        text.len() == length
    };
    (fits && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

fn civil(year: u32, month: u32, day: u32) -> Option<i64> {
    days_from_civil(i64::from(year), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// 2025-08-26.
    const DAY: i64 = 20_326;

    #[test]
    fn layouts() {
        assert_eq!(days_from_civil(2025, 8, 26), Some(DAY));
        for (read, text) in [
            (iso as fn(&str) -> Option<i64>, "2025-08-26"),
            (iso, "2025-08-26T00:00:00"),
            (iso, "2025-08-26T01:00:00"),
            (year_first, "2025/08/26"),
            (month_first, "08/26/2025"),
            (month_first_bare, "8/26/2025"),
            (english, "Tue, Aug 26, 2025"),
            (english, "Aug 26, 2025"),
        ] {
            assert_eq!(read(text), Some(DAY), "{text}");
        }
        for (read, text) in [
            (iso as fn(&str) -> Option<i64>, "26-08-2025"),
            (iso, "2025-08-26Z"),
            (iso, "2025-02-29"),
            (month_first, "8/26/2025"),
            (month_first, "26/08/2025"),
            (english, "26-Aug-25"),
            (english, "di 26 aug 2025"),
            (english, ""),
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn days_without_a_year() {
        for text in ["26 August", "August 26", "26 augustus", "augustus 26"] {
            assert_eq!(without_year(text), Some((8, 26)), "{text}");
        }
        for text in [
            "26-Aug",
            "26 Aug",
            "31 June",
            "26 août",
            "August",
            "26 August 2025",
            "",
        ] {
            assert_eq!(without_year(text), None, "{text}");
        }
        // An export of 2025-08-26: December was last year, that day is today.
        assert_eq!(not_after(DAY, (8, 26)), Some(DAY));
        assert_eq!(not_after(DAY, (12, 31)), days_from_civil(2024, 12, 31));
        assert_eq!(not_after(DAY, (8, 27)), days_from_civil(2024, 8, 27));
        assert_eq!(not_after(DAY, (2, 29)), days_from_civil(2024, 2, 29));
        assert_eq!(not_after(DAY + 365, (2, 29)), None);
    }

    #[test]
    fn numbers_that_became_dates() {
        for text in ["3-jan", "3.яну", "3.ÿíó", "jan-25", "10-jun.", "3 mrt"] {
            assert!(was_a_number(text), "{text}");
        }
        for text in [
            "3.1",
            "-3",
            "3",
            "",
            "jan",
            "2025-10-31",
            "18-24",
            "10 February",
        ] {
            assert!(!was_a_number(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in ".{0,20}", latest in -1_000_000i64..4_000_000) {
            let _ = (iso(&text), year_first(&text), month_first(&text), month_first_bare(&text));
            let _ = (english(&text), was_a_number(&text));
            if let Some(day) = without_year(&text) {
                let _ = not_after(latest, day);
            }
        }
    }
}
