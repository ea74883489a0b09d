//! A study file for what was found in a folder, as [`Scaffold::write`] writes it.
//!
//! The text is TOML that [`super::Study::read`] takes as it is. What nobody can know from
//! the exports stands in it as a line that says so; nothing is taken from the clock.

mod channel;

use crate::model::aggregate::Metric;
use crate::model::cut_off::Sign;
use crate::model::evidence::{Design, Evidence};
use crate::model::platform::{Language, Platform};
use crate::model::refused::Refused;
use crate::wording::Words;
use crate::wording::scaffold as say;

/// What was found, and what the user said.
#[derive(Clone, Debug)]
pub struct Scaffold {
    /// The folder, as the user named it.
    pub folder: String,
    /// The study file, as the user names it.
    pub study: String,
    /// The public body, if the user said it.
    pub organisation: Option<String>,
    /// Language of the comments and of the briefing.
    pub language: Language,
    /// The census instant, where it is known.
    pub census: Option<Dated>,
    /// The newest day that stands in an export (`2026-10-01`).
    pub newest_day: Option<String>,
    /// The channels, in the order of the platforms.
    pub channels: Vec<Proposal>,
    /// Files that no channel uses, in order.
    pub unused: Vec<Unused>,
}

/// An instant, and who says it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dated {
    /// RFC 3339, UTC.
    pub at: String,
    /// Who says it.
    pub by: Source,
    /// The file.
    pub file: String,
}

/// Who says when an export was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// Whoever packed the archive: the platform, unless it was packed again.
    Packed,
    /// The name that the platform gave the file.
    Name,
    /// The export itself.
    Export,
    /// The user.
    User,
}

/// One channel as it is proposed.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// Its id.
    pub id: String,
    /// The name for people, where the platform's is not enough.
    pub name: Option<String>,
    /// The platform.
    pub platform: Platform,
    /// How the platform is known.
    pub known_by: KnownBy,
    /// Paths from the study file.
    pub exports: Vec<String>,
    /// What they are: title of the format, files, rows.
    pub formats: Vec<(&'static str, u64, u64)>,
    /// The best that they prove.
    pub evidence: Evidence,
    /// How the list stands to the followers; `None` where there is no list.
    pub design: Option<Design>,
    /// The signs that it is cut off.
    pub signs: Vec<Sign>,
    /// The followers on the list.
    pub listed: u64,
    /// Whether the last page of a list in pages is there.
    pub last_page: bool,
    /// Parts that are missing.
    pub missing_parts: Vec<u32>,
    /// The days of the oldest and the newest follow.
    pub followed: Option<(String, String)>,
    /// The platform's counter, where an export has it.
    pub followers: Option<u64>,
    /// What totals hold.
    pub metrics: Vec<Metric>,
    /// The audit file, and whether every row has a label.
    pub audit: Option<(String, bool)>,
    /// Lists of interactions.
    pub interactions: Vec<String>,
    /// Older exports of the same list: when they were made, and where they are.
    pub older: Vec<(Option<String>, Vec<String>)>,
}

/// How the platform of a channel is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KnownBy {
    /// By the files.
    Files,
    /// By the names of their folders alone.
    Folder,
    /// Not at all.
    Nothing,
}

/// A file that no channel uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unused {
    /// The path.
    pub file: String,
    /// Why.
    pub why: Why,
}

/// Why a file is not used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is known, and lists no followers: what it is.
    Refused(Refused),
    /// None of the known formats.
    Unknown,
    /// Nothing is in it.
    Empty,
    /// It cannot be read: what is wrong.
    Fault(String),
    /// The same followers as the exports of a channel, which say more or are newer.
    Same(String),
    /// Totals of which the file does not say the platform.
    NoPlatform,
    /// A list of interactions of nobody who follows here.
    Interactions,
    /// Labels of a channel that is not here, or that has others.
    Audit,
}

impl Scaffold {
    /// The text of the study file.
    pub fn write(&self) -> String {
        let words = Words::new(self.language);
        let mut page = Page::default();
        page.comment(&say::head(words, &self.folder, &self.study));
        page.blank();
        page.key("title", &quoted(&say::title(words, self.year())), None);
        match &self.organisation {
            Some(name) => page.key("organisation", &quoted(name), None),
            None => page.key("organisation", &quoted(say::organisation(words)), None),
        }
        page.key("language", &quoted(words.tag()), None);
        page.blank();
        match &self.census {
            Some(dated) => {
                page.comment(&say::census(words, dated.by, &dated.file));
                if let Some(day) = self.later_day() {
                    page.comment(&say::census_too_early(words, day));
                }
                page.key("census", &dated.at, None);
            }
            None => {
                page.comment(&say::no_census(words, self.newest_day.as_deref()));
                page.placeholder("census", "2025-01-14T00:00:00Z", say::fill_in(words));
            }
        }
        page.placeholder("residents", "100_000", say::residents(words));
        page.key("window_days", "180", Some(say::window(words)));
        page.key("level", "0.95", None);
        for channel in &self.channels {
            page.blank();
            self.write_channel(channel, words, &mut page);
        }
        page.blank();
        page.comment(say::policy(words));
        page.line("# [policy]");
        for rule in [
            "min_awake_followers = 2_500",
            "max_dormant_share = 0.50",
            "max_cost_per_awake_follower = 0.50",
            "keep_handle = true",
        ] {
            page.line(&format!("# {rule}"));
        }
        if !self.unused.is_empty() {
            page.blank();
            page.comment(say::unused(words));
            for (why, files) in self.reasons(words) {
                page.item(&format!("{why}: {}", files.join(", ")));
            }
        }
        page.text
    }

    /// What is missing for a run, or for a better one, channel by channel; the same that the
    /// comments say.
    pub fn missing(&self, channel: &Proposal) -> Vec<&'static str> {
        let mut missing = Vec::new();
        let mut lacks = |what, lacking: bool| {
            if lacking {
                missing.push(what);
            }
        };
        lacks("platform", channel.known_by == KnownBy::Nothing);
        lacks("follower counter", channel.followers.is_none());
        lacks("part of the list", !channel.missing_parts.is_empty());
        lacks("rest of the list", channel.design == Some(Design::Newest));
        let audited = channel.audit.as_ref().is_some_and(|(_, whole)| *whole);
        lacks("audit", channel.design.is_some() && !audited);
        missing
    }

    /// The files that no channel uses, by the reason, in the order of their first files.
    fn reasons(&self, words: Words) -> Vec<(String, Vec<&str>)> {
        let mut reasons: Vec<(String, Vec<&str>)> = Vec::new();
        for Unused { file, why } in &self.unused {
            let why = say::why_unused(words, why);
            match reasons.iter_mut().find(|(known, _)| *known == why) {
                Some((_, files)) => files.push(file),
                None => reasons.push((why, vec![file])),
            }
        }
        reasons
    }

    /// The newest day in the exports, where it lies after the census, which is then too
    /// early.
    pub fn later_day(&self) -> Option<&str> {
        let census = self.census.as_ref()?.at.get(..10)?;
        self.newest_day.as_deref().filter(|&day| day > census)
    }

    /// The year of the census, for the title.
    fn year(&self) -> Option<&str> {
        self.census.as_ref()?.at.get(..4)
    }
}

/// A text value as TOML, on one line whatever it holds: the setting may stand behind a `#`.
fn quoted(text: &str) -> String {
    if !text.contains(char::is_control) {
        return toml::Value::String(text.to_owned()).to_string();
    }
    let letters = text.chars().map(|letter| match letter {
        '"' | '\\' => format!("\\{letter}"),
        _ if letter.is_control() => format!("\\u{:04X}", u32::from(letter)),
        _ => letter.to_string(),
    });
    format!("\"{}\"", letters.collect::<String>())
}

/// The lines of a study file.
#[derive(Default)]
struct Page {
    text: String,
}

impl Page {
    const WIDTH: usize = 92;

    fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    fn blank(&mut self) {
        self.text.push('\n');
    }

    /// A comment, wrapped; one paragraph a line.
    fn comment(&mut self, text: &str) {
        for paragraph in text.lines() {
            self.wrapped(paragraph, "# ", "# ");
        }
    }

    /// One thing of a list.
    fn item(&mut self, text: &str) {
        self.wrapped(text, "# - ", "#   ");
    }

    fn wrapped(&mut self, text: &str, first: &str, then: &str) {
        // A name from outside never ends the comment that it stands in.
        let text: String = text
            .chars()
            .map(|letter| if letter.is_control() { ' ' } else { letter })
            .collect();
        let options = textwrap::Options::new(Self::WIDTH)
            .break_words(false)
            .word_separator(textwrap::WordSeparator::AsciiSpace)
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .initial_indent(first)
            .subsequent_indent(then);
        for line in textwrap::wrap(&text, options) {
            self.line(&line);
        }
    }

    /// A setting, with what is to be known of it behind it.
    fn key(&mut self, key: &str, value: &str, note: Option<&str>) {
        let setting = format!("{key} = {value}");
        match note {
            Some(note) => self.line(&format!("{setting:<30} # {note}")),
            None => self.line(&setting),
        }
    }

    /// A setting that is not known, as an example behind a `#`.
    fn placeholder(&mut self, key: &str, example: &str, note: &str) {
        let setting = format!("# {key} = {example}");
        self.line(&format!("{setting:<30} # {note}"));
    }
}
