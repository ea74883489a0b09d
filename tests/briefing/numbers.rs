//! Every number that is read is a number of the results, rounded to the right side.
//!
//! The numbers are written here once more, by a plain rule of this file, so that a slip
//! of the wording shows as well as a number that comes from nowhere.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::fixtures::{both, demo, judged, nothing_known, results, view, without_audits};
use super::papers::read_letter;
use dormouse::briefing::summary::finding_lines;
use dormouse::briefing::view::{Block, View};
use dormouse::briefing::{html, markdown};
use dormouse::model::aggregate::Growth;
use dormouse::model::letter::Part;
use dormouse::model::multiverse::Question;
use dormouse::model::results::{Channel, Notice, Results};
use dormouse::model::share::{Method, Share};
use dormouse::model::verdict::{Held, Policy, Rule, Verdict, WouldChange};
use dormouse::wording::Words;
use dormouse::wording::briefing::notices::FIRST_DRAW;

/// The written forms of numbers.
struct Written {
    dutch: bool,
    forms: BTreeSet<String>,
}

impl Written {
    fn new(words: Words) -> Self {
        let mut written = Self {
            dutch: words.tag() == "nl",
            forms: BTreeSet::new(),
        };
        // Not of the results: the fingerprint's name, and how many a first audit draws.
        // A number from 1 to 9 is read as "fewer than 10".
        // From 1 to 9, 48 hours and 30 days stand in sentences that hold everywhere, and
        // costs are for 1,000 followers.
        for n in [1, 9, 10, 30, 48, 1_000] {
            written.count(n);
        }
        written.forms.insert("SHA-256".to_owned());
        written.count(FIRST_DRAW);
        written
    }

    fn count(&mut self, n: u64) {
        let mut text = n.to_string();
        let mut place = text.len();
        while place > 3 {
            place -= 3;
            text.insert(place, if self.dutch { '.' } else { ',' });
        }
        self.forms.insert(text);
    }

    /// An amount with two decimals, or in whole euros from a thousand.
    fn euros(&mut self, amount: f64, round: fn(f64) -> f64) {
        let cents = round((amount * 1e8).round() / 1e6);
        if cents >= 100_000.0 {
            return self.count(round((amount * 1e6).round() / 1e6) as u64);
        }
        let amount = format!("{:.2}", cents / 100.0);
        let amount = if self.dutch {
            amount.replace('.', ",")
        } else {
            amount
        };
        self.forms.insert(amount);
    }

    /// Limits of a cost of one follower, as that of a thousand.
    fn costs(&mut self, lower: Option<f64>, upper: Option<f64>) {
        if let Some(lower) = lower {
            self.euros(lower * 1_000.0, f64::floor);
        }
        if let Some(upper) = upper {
            self.euros(upper * 1_000.0, f64::ceil);
        }
    }

    /// The rules of the policy.
    fn policy(&mut self, policy: &Policy) {
        policy
            .min_awake_followers
            .iter()
            .for_each(|&n| self.count(n));
        let shares = [policy.max_dormant_share, policy.min_share_of_residents];
        shares
            .into_iter()
            .flatten()
            .for_each(|share| self.level(share));
        if let Some(cost) = policy.max_cost_per_awake_follower {
            self.euros(cost * 1_000.0, f64::round);
        }
    }

    /// The figures behind a verdict, and what would change it.
    fn verdict(&mut self, verdict: &Verdict) {
        let mut changes = verdict.would_change.clone();
        for reason in &verdict.because {
            reason
                .holds_in
                .iter()
                .for_each(|&share| self.estimate(share));
            changes.extend(&reason.would_change);
            let Some(Held::Measured { lower, upper, .. }) = reason.figure else {
                continue;
            };
            match reason.rule {
                Rule::MinAwakeFollowers { .. } => {
                    self.count(lower.floor() as u64);
                    self.count(upper.unwrap().ceil() as u64);
                }
                Rule::MaxCostPerAwakeFollower { .. } => self.costs(Some(lower), upper),
                _ => {
                    self.percent(lower, f64::floor);
                    self.percent(upper.unwrap(), f64::ceil);
                }
            }
        }
        for change in changes {
            match change {
                WouldChange::MoreLabels { labels } => self.count(labels),
                WouldChange::UnknownLabels { labels } => {
                    labels.into_iter().for_each(|labels| self.count(labels));
                }
                WouldChange::AwakeBelow { followers } | WouldChange::AwakeAtLeast { followers } => {
                    self.count(followers);
                }
                WouldChange::CostAbove { per_month } | WouldChange::CostAtMost { per_month } => {
                    self.euros(per_month, f64::round);
                }
                WouldChange::DormantAbove { share } | WouldChange::DormantAtMost { share } => {
                    self.level(share);
                }
                _ => {}
            }
        }
    }

    /// A value times a hundred in whole and tenth steps, rounded by `round`.
    fn percent(&mut self, value: f64, round: fn(f64) -> f64) {
        let whole = round((value * 1e8).round() / 1e6).abs();
        self.forms.insert(format!("{whole}"));
        self.tenths(value, round);
    }

    /// The same in tenth steps alone.
    fn tenths(&mut self, value: f64, round: fn(f64) -> f64) {
        let tenths = (round((value * 1e9).round() / 1e6).abs()) as u64;
        let sign = if self.dutch { ',' } else { '.' };
        self.forms
            .insert(format!("{}{sign}{}", tenths / 10, tenths % 10));
    }

    fn estimate(&mut self, value: f64) {
        self.percent(value, f64::round);
        // A share of somebody is never written as nobody, nor one of not all as all.
        for edge in [0.01, 0.99, 0.001, 0.999] {
            if (value > 0.0 && value < 0.01) || (value < 1.0 && value > 0.99) {
                self.percent(edge, f64::round);
            }
        }
    }

    fn share(&mut self, share: &Share) {
        if share.lower == share.upper {
            self.estimate(share.lower);
        }
        self.percent(share.lower, f64::floor);
        self.percent(share.upper, f64::ceil);
        self.level(share.level);
        share
            .estimate
            .into_iter()
            .for_each(|point| self.estimate(point));
        share
            .labels
            .into_iter()
            .for_each(|labels| self.count(labels));
    }

    fn level(&mut self, level: f64) {
        self.percent(level, f64::round);
    }

    /// What only the charts show: the parts of the followers, the curve at some windows.
    fn charts(&mut self, results: &Results) {
        // The inner interval of the forest chart.
        self.percent(0.5, f64::round);
        self.window(results.study.window_days);
        self.choices_and_dates(results);
        for channel in &results.channels {
            let counts = channel.counts.folded(channel.listed);
            let parts = counts.to_array();
            let unlisted = channel
                .followers
                .unwrap_or(0)
                .saturating_sub(counts.listed());
            for whole in [counts.listed(), counts.listed() + unlisted]
                .into_iter()
                .filter(|n| *n > 0)
            {
                let hidden = counts.undetermined + unlisted;
                for part in parts.into_iter().chain([hidden]) {
                    let share = part as f64 / whole as f64;
                    self.estimate(share);
                    self.percent(share, f64::floor);
                }
            }
            if let Some(each) = channel.cost.and_then(|cost| cost.estimate) {
                self.euros(each * 1_000.0, f64::round);
            }
            if let Some(values) = channel.dormant.as_ref().and_then(|s| s.quantiles.as_ref()) {
                let limit = results
                    .study
                    .policy
                    .as_ref()
                    .and_then(|p| p.max_dormant_share);
                let above = |limit| values.iter().filter(|value| **value > limit).count();
                self.count(values.len() as u64);
                limit
                    .into_iter()
                    .for_each(|limit| self.count(above(limit) as u64));
                self.percent(values[0], f64::floor);
                self.percent(values[values.len() - 1], f64::ceil);
            }
            for point in &channel.curve {
                self.window(point.window_days);
                self.percent(point.lower, f64::floor);
                self.percent(point.upper, f64::ceil);
            }
        }
    }

    /// The thresholds that the multiverse was asked for.
    fn thresholds(&mut self, results: &Results) {
        for decision in results.multiverse.iter().flat_map(|all| &all.decisions) {
            match decision.decision {
                Question::LargestShare => {}
                Question::FewerActiveThan { minimum } => self.count(minimum),
                Question::ShareAbove { maximum } => self.level(maximum),
                Question::ResidentsBelow { minimum } => self.level(minimum),
                Question::CostAbove { maximum } => self.euros(maximum * 1_000.0, f64::round),
            }
        }
    }

    /// What the charts of the multiverse and of the snapshots show besides.
    fn choices_and_dates(&mut self, results: &Results) {
        if let Some(multiverse) = &results.multiverse {
            self.count(multiverse.grid.len() as u64);
            for one in &multiverse.grid {
                self.window(one.choice.window_days);
                for outcome in &one.outcomes {
                    outcome.share.iter().for_each(|share| self.estimate(*share));
                    self.percent(outcome.lower, f64::floor);
                    self.percent(outcome.upper, f64::ceil);
                }
            }
        }
        for snapshot in results.changes.iter().flat_map(|change| &change.snapshots) {
            let counts = snapshot.folded();
            let of = counts.present().max(1) as f64;
            self.count(counts.present());
            self.estimate(counts.silent as f64 / of);
            self.percent(counts.silent as f64 / of, f64::floor);
            self.percent((counts.silent + counts.undetermined) as f64 / of, f64::ceil);
        }
    }

    /// Days, and the same in weeks, months or years.
    fn window(&mut self, days: u32) {
        self.count(days.into());
        for unit in [7, 30, 365] {
            if days.is_multiple_of(unit) {
                self.count((days / unit).into());
            }
        }
    }

    /// Words with digits from outside: names, paths, versions.
    fn text(&mut self, text: &str) {
        self.forms.extend(tokens(text));
    }

    fn channel(&mut self, channel: &Channel) {
        self.text(&channel.name);
        let counts = channel.counts.folded(channel.listed);
        let all = [
            counts.awake,
            counts.silent,
            counts.undetermined,
            counts.gone,
            counts.present(),
            channel.listed,
        ];
        all.into_iter()
            .chain(channel.followers)
            .for_each(|n| self.count(n));
        self.share(&channel.silent);
        if let Some(awake) = channel.awake {
            self.count(awake.lower.floor() as u64);
            self.count(awake.upper.ceil() as u64);
        }
        if let Some(cost) = channel.cost {
            self.euros(cost.per_month, f64::round);
            self.costs(cost.lower, cost.upper);
        }
        channel.dormant.iter().for_each(|share| self.share(share));
        let stated = &channel.stated;
        stated
            .cost_per_month
            .iter()
            .for_each(|&cost| self.euros(cost, f64::round));
        if let Some(hours) = stated.hours_per_month {
            self.tenths(hours / 100.0, f64::round);
            self.count(hours as u64);
        }
        if let Some(totals) = &channel.aggregate {
            let numbers = [totals.counter, totals.active_followers, totals.reach];
            numbers.into_iter().flatten().for_each(|n| self.count(n));
            let sum = |of: fn(&Growth) -> Option<i64>| totals.growth.iter().filter_map(of).sum();
            let sums: [i64; 2] = [sum(|month| month.gained), sum(|month| month.lost)];
            sums.into_iter().for_each(|n| self.count(n as u64));
            self.percent(totals.not_reached.lower, f64::floor);
            self.percent(totals.not_reached.upper, f64::ceil);
            let days = [&totals.first, &totals.last];
            days.into_iter().flatten().for_each(|day| self.day(day));
        }
        let agreement = channel.audit.as_ref().and_then(|audit| audit.agreement);
        if let Some(agreement) = agreement {
            // One is full agreement, zero is chance.
            for n in [0, 1, agreement.both, agreement.alike] {
                self.count(n);
            }
            if let Some(kappa) = agreement.kappa {
                for value in [kappa.estimate, kappa.lower, kappa.upper] {
                    self.euros(value, f64::round);
                }
            }
        }
        let notices = serde_json::to_value(&channel.notices).unwrap();
        for notice in notices.as_array().unwrap() {
            let numbers = notice.as_object().unwrap().values();
            numbers
                .filter_map(|value| value.as_u64())
                .for_each(|n| self.count(n));
        }
    }

    /// A day like 2025-01-14: the day of the month and the year.
    fn day(&mut self, day: &str) {
        let mut parts = day.split('-');
        self.forms.insert(parts.next().unwrap().to_owned());
        let day_of_month = parts.nth(1).unwrap();
        self.forms
            .insert(day_of_month.trim_start_matches('0').to_owned());
    }

    fn study(&mut self, results: &Results) {
        let study = &results.study;
        self.count(study.window_days.into());
        self.level(study.level);
        study.residents.into_iter().for_each(|n| self.count(n));
        self.text(&study.title);
        self.text(&study.organisation);
        let (day, time) = study.census.split_once('T').unwrap();
        self.day(day);
        let time = time.get(..5).unwrap();
        self.forms.insert(if self.dutch {
            time.replace(':', ".")
        } else {
            time.to_owned()
        });
    }

    fn everything(words: Words, results: &Results) -> Self {
        let mut written = Self::new(words);
        written.study(results);
        results
            .channels
            .iter()
            .for_each(|channel| written.channel(channel));
        for comparison in &results.comparisons {
            written.percent(comparison.lower, f64::floor);
            written.percent(comparison.upper, f64::ceil);
            written.level(comparison.level);
            if let Some(difference) = comparison.difference {
                written.percent(difference, f64::round);
            }
        }
        if let Some(multiverse) = &results.multiverse {
            written.count(multiverse.specifications);
            for decision in &multiverse.decisions {
                written.estimate(decision.any.holds_in);
                written.estimate(decision.posts.holds_in);
            }
            for spread in multiverse.posts.iter().chain(&multiverse.any) {
                spread
                    .min
                    .into_iter()
                    .for_each(|min| written.tenths(min, f64::floor));
                spread
                    .max
                    .into_iter()
                    .for_each(|max| written.tenths(max, f64::ceil));
                spread
                    .median
                    .into_iter()
                    .for_each(|median| written.tenths(median, f64::round));
            }
        }
        results
            .study
            .policy
            .iter()
            .for_each(|policy| written.policy(policy));
        results
            .verdicts
            .iter()
            .for_each(|verdict| written.verdict(verdict));
        for ranked in results.ranking.iter().flat_map(|ranking| &ranking.channels) {
            written.level(results.ranking.as_ref().unwrap().level);
            written.count(ranked.first);
            written.count(ranked.last);
            ranked
                .largest
                .iter()
                .for_each(|&chance| written.estimate(chance));
        }
        let manifest = &results.manifest;
        for input in &manifest.inputs {
            let reading = &input.reading;
            [reading.rows, reading.set_aside, reading.duplicates]
                .into_iter()
                .for_each(|n| written.count(n));
            written.text(&input.path);
            written.text(&reading.format);
            written.text(input.sha256.get(..12).unwrap());
        }
        written.text(&manifest.tool);
        written.text(manifest.settings_sha256.get(..12).unwrap());
        written.forms.insert(manifest.seed.to_string());
        written
    }

    /// The words with digits that are no form of a number of the results.
    fn strangers(&self, text: &str) -> Vec<String> {
        tokens(text)
            .filter(|token| !self.forms.contains(token))
            .collect()
    }
}

/// The words of a text that hold a digit, without the signs around them.
fn tokens(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|letter: char| letter.is_whitespace() || letter == '–')
        .flat_map(|word| word.split("%-"))
        .map(|word| word.trim_matches(|letter: char| !letter.is_alphanumeric()))
        .filter(|word| word.contains(|letter: char| letter.is_ascii_digit()))
        .map(str::to_owned)
}

/// What is read on the page and what stands in for it: text and labels, no tags.
fn read_aloud(page: &str) -> String {
    let mut text = String::new();
    let mut rest = page;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        text.push(' ');
        for unread in ["style", "svg", "script"] {
            if tag.starts_with(unread) {
                rest = tag.split_once(&format!("</{unread}")).unwrap().1;
            }
        }
        let unread = ["style", "svg", "script"];
        let tag = if unread.iter().any(|unread| tag.starts_with(unread)) {
            rest
        } else {
            tag
        };
        let (inside, after) = tag.split_once('>').unwrap();
        if let Some((_, label)) = inside.split_once("aria-label=\"") {
            text.push_str(label.split_once('"').unwrap().0);
        }
        rest = after;
    }
    text.push_str(rest);
    let signs = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&amp;", "&"),
    ];
    signs
        .into_iter()
        .fold(text, |text, (entity, sign)| text.replace(entity, sign))
}

/// The ordinal numbers of tables, figures and annexes, taken out of a text.
fn without_ordinals(text: &str) -> String {
    let mut text = text.to_owned();
    for word in ["Tabel", "Table", "Figuur", "Figure", "Bijlage", "Annex"] {
        for number in (1..=99).rev() {
            text = text.replace(&format!("{word} {number}"), word);
        }
    }
    text
}

/// What can be read off the charts place by place.
fn readouts(view: &View) -> String {
    let pictures = view.sections.iter().flat_map(|section| &section.blocks);
    let readouts = pictures.filter_map(|block| match block {
        Block::Picture(picture) => picture.readout.as_ref(),
        _ => None,
    });
    readouts
        .flat_map(|readout| &readout.windows)
        .flat_map(|window| [vec![window.name.clone()], window.values.clone()].concat())
        .collect::<Vec<_>>()
        .join("\n")
}

fn check(results: &Results) -> Result<(), TestCaseError> {
    for words in both() {
        let plain = View::new(results, &[], words);
        let view = view(results, words);
        let mut written = Written::everything(words, results);
        written.thresholds(results);
        for (view, charts) in [(&plain, false), (&view, true)] {
            if charts {
                written.charts(results);
            }
            let page = without_ordinals(&read_aloud(&html::render(view)));
            let text = markdown::render(view).replace('\\', "").replace("](", " ");
            let lines = finding_lines(results, words).join("\n");
            let readouts = readouts(view);
            for (place, text) in [
                ("page", page),
                ("markdown", without_ordinals(&text)),
                ("letter", without_ordinals(&read_letter(view))),
                ("lines", lines),
                ("readouts", readouts),
            ] {
                let strangers = written.strangers(&text);
                prop_assert!(
                    strangers.is_empty(),
                    "{place}, charts {charts}: {strangers:?}"
                );
            }
        }
        // The paragraph of a channel knows the numbers of this channel alone.
        let found = view.section(Part::Found).unwrap();
        for pair in found.blocks.windows(2) {
            let [Block::Heading(name), Block::Paragraph(text)] = pair else {
                continue;
            };
            let channel = results
                .channels
                .iter()
                .find(|one| one.name == *name)
                .unwrap();
            let mut own = Written::new(words);
            own.forms.clear();
            // Costs are for a thousand followers.
            own.count(1_000);
            own.channel(channel);
            own.count(results.study.window_days.into());
            let strangers = own.strangers(text);
            prop_assert!(strangers.is_empty(), "{name}: {strangers:?} in {text}");
        }
    }
    Ok(())
}

#[test]
fn every_number_that_is_read_is_a_number_of_the_results() {
    for results in [results(), without_audits(), nothing_known(), demo()] {
        check(&results).unwrap();
    }
}

#[test]
fn the_check_finds_a_number_from_nowhere() {
    let results = results();
    for words in both() {
        let written = Written::everything(words, &results);
        let strangers = written.strangers("20.144 of 20,144 volgers, [43,5–43.5], 51 procent");
        assert_eq!(strangers, ["20.144", "20,144", "43,5", "43.5"]);
        // Nor is it blunt: most whole per cents are no number of these results.
        let whole = (0..=100).filter(|n| written.forms.contains(&n.to_string()));
        assert!(whole.count() < 50);
    }
}

#[test]
fn what_is_read_aloud_leaves_out_only_tags_styles_and_drawings() {
    let page = "<style>a{1px}</style><p class=\"c2\">3 &lt; 4</p><svg width=\"5\"><text>6</text></svg>\
                <div aria-label=\"7\">8</div>";
    assert_eq!(
        read_aloud(page).split_whitespace().collect::<String>(),
        "3<478"
    );
}

/// Another number in the results is another number in the text.
#[test]
fn the_text_follows_the_numbers() {
    let mut changed = results();
    changed.channels[0].counts.silent = Some(11_777);
    changed.channels[0].dormant.as_mut().unwrap().lower = 0.3303;
    for words in both() {
        let text = markdown::render(&view(&changed, words));
        let (count, limits) = words.pick(("11,777", "33 to 64"), ("11.777", "33 tot 64"));
        assert!(text.contains(count) && text.contains(limits));
        let old = words.pick("11,890", "11.890");
        assert!(!text.contains(old));
    }
}

fn limits() -> impl Strategy<Value = (f64, f64)> {
    (0.0..=1.0f64, 0.0..=1.0f64).prop_map(|(a, b)| (a.min(b), a.max(b)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn numbers_hold_whatever_they_are(
        silent in prop::collection::vec((limits(), 0..4usize), 6),
        dormant in prop::collection::vec(prop::option::of((limits(), 0..4usize, any::<bool>())), 6),
        counts in prop::collection::vec(0..3_000_000u64, 24),
        differences in prop::collection::vec((-1.0..1.0f64, 0.0..1.0f64), 7),
        window in 1..4_000u32,
        level in prop::sample::select(vec![0.8, 0.9, 0.95, 0.975, 0.99]),
    ) {
        use dormouse::model::finding::Finding;
        let mut results = results();
        results.study.window_days = window;
        results.study.level = level;
        for (place, channel) in results.channels.iter_mut().enumerate() {
            let ((lower, upper), method) = silent[place];
            let methods = [Method::ManskiBounds, Method::ImbensManskiWilson,
                Method::NewestWorstCase, Method::NoEvidence];
            channel.silent = Share { lower, upper, level, method: methods[method],
                ..channel.silent.clone() };
            channel.silent.estimate = None;
            channel.dormant = dormant[place].map(|((lower, upper), method, point)| Share {
                lower, upper, level,
                estimate: point.then_some((lower + upper) / 2.0),
                method: [Method::PostStratifiedMoverWilson, Method::TwoPhaseMoverWilson,
                    Method::AuditBounds, Method::NewestWorstCase][method],
                inner: None,
                quantiles: None,
                labels: Some(counts[place] / 1_000),
            });
            let [awake, silent, undetermined, gone] = [0, 1, 2, 3].map(|i| counts[place * 4 + i]);
            let counts = dormouse::model::tally::Counts { awake, silent, undetermined, gone };
            channel.counts = counts.into();
            channel.listed = counts.listed();
            channel.notices.push(Notice::Gone { followers: Some(gone) });
        }
        for (comparison, (low, width)) in results.comparisons.iter_mut().zip(differences) {
            comparison.lower = low;
            comparison.upper = (low + width).min(1.0);
            comparison.difference = Some((comparison.lower + comparison.upper) / 2.0);
            comparison.finding = if comparison.lower > 0.0 { Finding::Larger }
                else if comparison.upper < 0.0 { Finding::Smaller } else { Finding::Undecided };
        }
        check(&judged(results))?;
    }
}
