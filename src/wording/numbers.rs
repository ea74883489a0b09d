//! How numbers are written, and the one rule for rounding.
//!
//! # Rounding
//!
//! A point (a count's share, an estimate) goes to the nearest printed value, halves up.
//! Limits go outward: a lower limit down, an upper limit up, at the precision that
//! is printed, so that no text claims more than the interval does. A value within
//! 10⁻⁹ of a printed step is taken to be that step, because 0.29 × 100 is
//! 28.999999999999996 in binary. A share that is neither nobody nor everybody is
//! never printed as 0 or 100 per cent: it reads "<0.1%" or ">99.9%".

use super::Words;

/// How far a value may lie from a printed step and still be that step.
const TOLERANCE: f64 = 1e-9;

/// The way a value is rounded.
#[derive(Clone, Copy)]
pub(super) enum Round {
    Nearest,
    Down,
    Up,
}

/// Printed steps (tenths of a per cent for `per_one` = 1000) of a share.
///
/// A share outside [0, 1] or without a value is brought inside: text is no place
/// to stop a run.
pub(super) fn steps(share: f64, per_one: f64, round: Round) -> u64 {
    let share = if share.is_nan() {
        0.0
    } else {
        share.clamp(0.0, 1.0)
    };
    round.whole(share * per_one).max(0.0) as u64
}

impl Round {
    /// The whole number that is printed.
    pub(super) fn whole(self, scaled: f64) -> f64 {
        match self {
            Self::Nearest => (scaled + TOLERANCE).round(),
            Self::Down => (scaled + TOLERANCE).floor(),
            Self::Up => (scaled - TOLERANCE).ceil(),
        }
    }
}

impl Words {
    /// A whole number: "18.240" or "18,240".
    pub fn count(self, n: u64) -> String {
        let digits = n.to_string();
        let mut text = String::with_capacity(digits.len() + digits.len() / 3);
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                text.push(self.locale().thousands);
            }
            text.push(digit);
        }
        text
    }

    /// A number with the word for one and the word for many: "1 row", "18,240 rows".
    pub fn counted(self, n: u64, [one, many]: [&str; 2]) -> String {
        format!("{} {}", self.count(n), if n == 1 { one } else { many })
    }

    /// Tenths of a per cent with the decimal sign, without the per cent sign.
    fn tenths(self, steps: u64) -> String {
        format!("{}{}{}", steps / 10, self.locale().decimal, steps % 10)
    }

    /// A share to one decimal, without the sign: "47,9" or "47.9"; for columns whose
    /// heading says that it is in per cent.
    pub fn percent_bare(self, share: f64) -> String {
        match steps(share, 1000.0, Round::Nearest) {
            0 if share > 0.0 => format!("<{}", self.tenths(1)),
            1000 if share < 1.0 => format!(">{}", self.tenths(999)),
            steps => self.tenths(steps),
        }
    }

    /// A share in per cents as a bare number for machines: "47,9" or "47.9".
    pub fn number(self, share: f64) -> String {
        self.tenths(steps(share, 1000.0, Round::Nearest))
    }

    /// A lower limit in the same way, rounded down.
    pub fn lower_number(self, share: f64) -> String {
        self.tenths(steps(share, 1000.0, Round::Down))
    }

    /// An upper limit in the same way, rounded up.
    pub fn upper_number(self, share: f64) -> String {
        self.tenths(steps(share, 1000.0, Round::Up))
    }

    /// A share to one decimal: "47,9%" or "47.9%".
    pub fn percent(self, share: f64) -> String {
        format!("{}%", self.percent_bare(share))
    }

    /// A share in whole per cents: "48%".
    pub fn percent_whole(self, share: f64) -> String {
        match steps(share, 100.0, Round::Nearest) {
            0 if share > 0.0 => "<1%".to_owned(),
            100 if share < 1.0 => ">99%".to_owned(),
            steps => format!("{steps}%"),
        }
    }

    /// A share in prose: "48 procent" or "48 per cent".
    pub fn percent_prose(self, share: f64) -> String {
        let locale = self.locale();
        match steps(share, 100.0, Round::Nearest) {
            0 if share > 0.0 => format!("{} 1 {}", locale.less_than, locale.per_cent),
            100 if share < 1.0 => format!("{} 99 {}", locale.more_than, locale.per_cent),
            steps => format!("{steps} {}", locale.per_cent),
        }
    }

    /// The limits of a share to one decimal, outward.
    fn limits(self, lower: f64, upper: f64) -> (String, String) {
        (self.lower_number(lower), self.upper_number(upper))
    }

    /// Limits in a cell of a table in per cents: "41,2 tot 54,8" or "41.2 to 54.8".
    pub fn range_cells(self, lower: f64, upper: f64) -> String {
        let (lower, upper) = self.limits(lower, upper);
        if lower == upper {
            return lower;
        }
        format!("{lower} {} {upper}", self.locale().to)
    }

    /// Limits beside an estimate: "[41,2–54,8]" or "[41.2–54.8]".
    pub fn range_brackets(self, lower: f64, upper: f64) -> String {
        let (lower, upper) = self.limits(lower, upper);
        format!("[{lower}–{upper}]")
    }

    /// Limits with their unit: "41,2 tot 54,8%" or "41.2 to 54.8%".
    pub fn range_percent(self, lower: f64, upper: f64) -> String {
        format!("{}%", self.range_cells(lower, upper))
    }

    /// Limits in prose, in whole per cents: "41 tot 55 procent" or "41 to 55 per cent".
    pub fn range_prose(self, lower: f64, upper: f64) -> String {
        let locale = self.locale();
        let low = steps(lower, 100.0, Round::Down);
        let high = steps(upper, 100.0, Round::Up);
        if low == high {
            return format!("{low} {}", locale.per_cent);
        }
        format!("{low} {} {high} {}", locale.to, locale.per_cent)
    }

    /// A lower limit in prose, rounded down: "41 procent" or "41 per cent".
    pub fn at_least_prose(self, lower: f64) -> String {
        let low = steps(lower, 100.0, Round::Down);
        format!("{low} {}", self.locale().per_cent)
    }

    /// An upper limit in prose, rounded up: "55 procent" or "55 per cent".
    pub fn at_most_prose(self, upper: f64) -> String {
        let high = steps(upper, 100.0, Round::Up);
        format!("{high} {}", self.locale().per_cent)
    }

    /// A difference of two shares in percentage points, with its sign: "+31,0" or "−4.2".
    pub fn points(self, difference: f64) -> String {
        let steps = steps(difference.abs(), 1000.0, Round::Nearest);
        let sign = match steps {
            0 => "",
            _ if difference < 0.0 => "−",
            _ => "+",
        };
        format!("{sign}{}", self.tenths(steps))
    }

    /// The level of an interval: "95%".
    pub fn level(self, level: f64) -> String {
        let steps = steps(level, 1000.0, Round::Nearest);
        if steps.is_multiple_of(10) {
            format!("{}%", steps / 10)
        } else {
            format!("{}%", self.tenths(steps))
        }
    }

    /// A number to two decimals: "0,78" or "−0.05".
    pub fn hundredths(self, value: f64) -> String {
        let steps = Round::Nearest.whole(value.abs() * 100.0) as u64;
        let sign = if value < 0.0 && steps > 0 { "−" } else { "" };
        let decimal = self.locale().decimal;
        format!("{sign}{}{decimal}{:02}", steps / 100, steps % 100)
    }

    /// Hours, to one decimal where they are not whole: "12" or "2,5".
    pub fn hours(self, hours: f64) -> String {
        let tenths = Round::Nearest.whole(hours.max(0.0) * 10.0) as u64;
        match tenths % 10 {
            0 => self.count(tenths / 10),
            _ => self.tenths(tenths),
        }
    }

    /// A list in a sentence: "X, Facebook en LinkedIn".
    pub fn list<S: AsRef<str>>(self, items: &[S]) -> String {
        let Some((last, rest)) = items.split_last() else {
            return String::new();
        };
        if rest.is_empty() {
            return last.as_ref().to_owned();
        }
        let rest: Vec<&str> = rest.iter().map(AsRef::as_ref).collect();
        format!(
            "{} {} {}",
            rest.join(", "),
            self.locale().and,
            last.as_ref()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wording::tables::{BOTH, same};
    use proptest::prelude::*;

    #[test]
    fn counts() {
        same(
            Words::count,
            &[
                (0, "0", "0"),
                (999, "999", "999"),
                (1_000, "1.000", "1,000"),
                (18_240, "18.240", "18,240"),
                (123_456_789, "123.456.789", "123,456,789"),
            ],
        );
    }

    #[test]
    fn percents() {
        same(
            Words::percent,
            &[
                (0.0, "0,0%", "0.0%"),
                (0.0002, "<0,1%", "<0.1%"),
                (0.0005, "0,1%", "0.1%"),
                (0.479, "47,9%", "47.9%"),
                (0.4785, "47,9%", "47.9%"),
                (0.9996, ">99,9%", ">99.9%"),
                (1.0, "100,0%", "100.0%"),
                (1.2, "100,0%", "100.0%"),
                (f64::NAN, "0,0%", "0.0%"),
            ],
        );
        same(
            Words::percent_whole,
            &[
                (0.0, "0%", "0%"),
                (0.004, "<1%", "<1%"),
                (0.479, "48%", "48%"),
                (0.996, ">99%", ">99%"),
                (1.0, "100%", "100%"),
            ],
        );
        same(
            Words::percent_prose,
            &[
                (0.479, "48 procent", "48 per cent"),
                (0.001, "minder dan 1 procent", "less than 1 per cent"),
                (0.999, "meer dan 99 procent", "more than 99 per cent"),
            ],
        );
        same(
            Words::points,
            &[
                (0.31, "+31,0", "+31.0"),
                (-0.0421, "−4,2", "−4.2"),
                (0.0, "0,0", "0.0"),
            ],
        );
        same(
            Words::level,
            &[(0.95, "95%", "95%"), (0.995, "99,5%", "99.5%")],
        );
    }

    #[test]
    fn ranges_go_outward() {
        same(
            |words, (lower, upper)| words.range_cells(lower, upper),
            &[
                ((0.412, 0.548), "41,2 tot 54,8", "41.2 to 54.8"),
                ((0.4129, 0.5471), "41,2 tot 54,8", "41.2 to 54.8"),
                ((0.29, 0.29), "29,0", "29.0"),
                ((0.0, 1.0), "0,0 tot 100,0", "0.0 to 100.0"),
            ],
        );
        same(
            |words, (lower, upper)| words.range_brackets(lower, upper),
            &[((0.412, 0.548), "[41,2–54,8]", "[41.2–54.8]")],
        );
        same(
            |words, (lower, upper)| words.range_percent(lower, upper),
            &[((0.412, 0.548), "41,2 tot 54,8%", "41.2 to 54.8%")],
        );
        same(
            |words, (lower, upper)| words.range_prose(lower, upper),
            &[
                ((0.4199, 0.541), "41 tot 55 procent", "41 to 55 per cent"),
                ((0.29, 0.29), "29 procent", "29 per cent"),
            ],
        );
        same(
            Words::at_least_prose,
            &[(0.5999, "59 procent", "59 per cent")],
        );
        same(
            Words::at_most_prose,
            &[(0.6001, "61 procent", "61 per cent")],
        );
    }

    #[test]
    fn lists() {
        same(
            |words, items: &[&str]| words.list(items),
            &[
                (&[][..], "", ""),
                (&["X"], "X", "X"),
                (&["X", "Y"], "X en Y", "X and Y"),
                (&["X", "Y", "Z"], "X, Y en Z", "X, Y and Z"),
            ],
        );
    }

    proptest! {
        /// Read back, the printed limits hold the limits that were given.
        #[test]
        fn printed_limits_hold_the_interval(a in 0.0..=1.0f64, b in 0.0..=1.0f64) {
            let (lower, upper) = (a.min(b), a.max(b));
            let [_, english] = BOTH;
            let text = english.range_brackets(lower, upper);
            let (low, high) = text.trim_matches(['[', ']']).split_once('–').unwrap();
            prop_assert!(low.parse::<f64>().unwrap() / 100.0 <= lower + 1e-9);
            prop_assert!(high.parse::<f64>().unwrap() / 100.0 >= upper - 1e-9);
        }

        #[test]
        fn nobody_and_everybody_are_never_printed_for_somebody(share in 1e-12..(1.0 - 1e-12)) {
            for words in BOTH {
                let text = words.percent_bare(share);
                prop_assert!(text != "0,0" && text != "0.0" && !text.starts_with("100"));
            }
        }
    }
}
