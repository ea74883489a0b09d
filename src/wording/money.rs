//! How amounts of money are written: in cents, and in whole euros from 1,000 on.
//!
//! Limits go outward, as those of shares do: a lower limit down, an upper limit up.

use super::Words;
use super::numbers::Round;

/// From so many cents on an amount is written in whole euros.
const WHOLE_FROM: u64 = 100_000;

impl Words {
    /// Whole cents of an amount that is not below zero.
    fn rounded(amount: f64, round: Round) -> u64 {
        round.whole(amount.max(0.0) * 100.0).max(0.0) as u64
    }

    fn with_cents(self, cents: u64) -> String {
        format!("{}{}{:02}", cents / 100, self.locale().decimal, cents % 100)
    }

    /// An amount as a bare number for machines: "1840,00" or "1840.00".
    pub fn cents(self, amount: f64) -> String {
        self.with_cents(Self::rounded(amount, Round::Nearest))
    }

    /// A lower limit in the same way, rounded down.
    pub fn lower_cents(self, amount: f64) -> String {
        self.with_cents(Self::rounded(amount, Round::Down))
    }

    /// An upper limit in the same way, rounded up.
    pub fn upper_cents(self, amount: f64) -> String {
        self.with_cents(Self::rounded(amount, Round::Up))
    }

    fn amount(self, amount: f64, round: Round) -> String {
        let cents = Self::rounded(amount, round);
        if cents < WHOLE_FROM {
            return self.with_cents(cents);
        }
        self.count(match round {
            Round::Nearest => (cents + 50) / 100,
            Round::Down => cents / 100,
            Round::Up => cents.div_ceil(100),
        })
    }

    /// An amount in euros: "€ 1,84" or "€1.84"; in whole euros from 1,000.
    pub fn euros(self, amount: f64) -> String {
        if !amount.is_finite() {
            return "–".to_owned();
        }
        let sign = if amount < 0.0 { "−" } else { "" };
        format!("{sign}{}", self.signed(amount.abs(), Round::Nearest))
    }

    /// A lower limit of an amount, rounded down.
    pub fn euros_lower(self, amount: f64) -> String {
        self.signed(amount, Round::Down)
    }

    /// An upper limit of an amount, rounded up.
    pub fn euros_upper(self, amount: f64) -> String {
        self.signed(amount, Round::Up)
    }

    /// An amount behind the sign of the euro.
    fn signed(self, amount: f64, round: Round) -> String {
        if !amount.is_finite() {
            return "–".to_owned();
        }
        format!("{}{}", self.locale().euro, self.amount(amount, round))
    }

    /// Limits in euros, outward: "€ 8,75 tot € 12,88" or "€8.75 to €12.88".
    pub fn euro_range(self, lower: f64, upper: f64) -> String {
        let (low, high) = (self.euros_lower(lower), self.euros_upper(upper));
        if low == high {
            return low;
        }
        format!("{low} {} {high}", self.locale().to)
    }

    /// A lower limit where there is no upper one: "minstens € 8,75".
    pub fn euros_at_least(self, lower: f64) -> String {
        format!(
            "{} {}",
            self.pick("at least", "minstens"),
            self.euros_lower(lower)
        )
    }

    /// Limits beside an estimate: "[8,75–12,88]"; without an upper limit "[8,75–…]".
    pub fn euro_brackets(self, lower: f64, upper: Option<f64>) -> String {
        let high = upper.map_or_else(|| "…".to_owned(), |upper| self.amount(upper, Round::Up));
        format!("[{}–{high}]", self.amount(lower, Round::Down))
    }

    /// What a channel costs: "€ 90,00 per maand" or "€90.00 a month".
    pub fn euros_a_month(self, amount: f64) -> String {
        let amount = self.euros(amount);
        self.pick(format!("{amount} a month"), format!("{amount} per maand"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wording::tables::same;
    use proptest::prelude::*;

    #[test]
    fn amounts() {
        same(
            Words::euros,
            &[
                (1.84, "€\u{a0}1,84", "€1.84"),
                (0.005, "€\u{a0}0,01", "€0.01"),
                (-2.5, "−€\u{a0}2,50", "−€2.50"),
                (12_345.6, "€\u{a0}12.346", "€12,346"),
                (f64::INFINITY, "–", "–"),
            ],
        );
    }

    #[test]
    fn limits_go_outward() {
        same(
            |words, (lower, upper)| words.euro_range(lower, upper),
            &[
                (
                    (8.7512, 12.8731),
                    "€\u{a0}8,75 tot €\u{a0}12,88",
                    "€8.75 to €12.88",
                ),
                ((0.29, 0.29), "€\u{a0}0,29", "€0.29"),
                (
                    (999.99, 1_000.2),
                    "€\u{a0}999,99 tot €\u{a0}1.001",
                    "€999.99 to €1,001",
                ),
            ],
        );
        same(
            |words, (lower, upper)| words.euro_brackets(lower, upper),
            &[
                ((8.7512, Some(12.8731)), "[8,75–12,88]", "[8.75–12.88]"),
                ((8.7512, None), "[8,75–…]", "[8.75–…]"),
            ],
        );
    }

    proptest! {
        #[test]
        fn printed_limits_hold_the_interval(a in 0.0..5_000.0f64, b in 0.0..5_000.0f64) {
            let (lower, upper) = (a.min(b), a.max(b));
            let text = Words::new(crate::model::platform::Language::En).euro_brackets(lower, Some(upper));
            let (low, high) = text.trim_matches(['[', ']']).split_once('–').unwrap();
            let number = |text: &str| text.replace(',', "").parse::<f64>().unwrap();
            prop_assert!(number(low) <= lower + 1e-9 && number(high) >= upper - 1e-9);
        }
    }
}
