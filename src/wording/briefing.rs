//! The sentences of the briefing: short, active, one thought each.
//!
//! A claim is made of the limits of an interval, never of its point. Each function
//! says one thing in both languages side by side, so that a translator sees both.
//!
//! * [`counts`]: which numbers of people may be printed.
//! * [`findings`]: the headline and what was found for one channel.
//! * [`differences`]: what the comparison of two channels found.
//! * [`decision`]: the council's own rules, and what follows from them; [`would_change`]:
//!   what would change that; [`steps`]: what has to be done; [`rules`]: when a rule is met.
//! * [`notices`]: what was not measured, and the next step.
//! * [`methods`]: how it was measured, in plain words.
//! * [`annex`]: the sheets of the workbook.
//! * [`changes`]: what changed between dated exports; [`totals`]: totals of platforms.
//! * [`letter`]: costs, privacy, annexes.
//! * [`parts`]: headings, letterhead, and the places that people fill in.

pub mod counts;
pub mod findings;
pub mod differences;
pub mod notices;
pub mod decision;
pub mod would_change;
pub mod steps;
pub mod rules;
pub mod changes;
pub mod totals;
pub mod letter;
pub mod methods;
pub mod annex;
pub mod parts;

use chrono::DateTime;

use super::Words;

impl Words {
    /// A level in prose: "95 procent" or "99.5 per cent".
    pub fn level_prose(self, level: f64) -> String {
        let text = self.level(level);
        format!(
            "{} {}",
            text.trim_end_matches('%'),
            self.pick("per cent", "procent")
        )
    }

    /// An instant with its time, in UTC: "14 januari 2025 om 00.00 uur (UTC)".
    ///
    /// `instant` is RFC 3339; anything else is given back as it is.
    pub fn instant(self, instant: &str) -> String {
        let day = self.date(instant);
        match DateTime::parse_from_rfc3339(instant) {
            Ok(at) => {
                let at = at.naive_utc();
                self.pick(
                    format!("{day} at {} (UTC)", at.format("%H:%M")),
                    format!("{day} om {} uur (UTC)", at.format("%H.%M")),
                )
            }
            Err(_) => day,
        }
    }
}

/// The small words: labels, headings of columns, captions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// The link that jumps over the head of the page.
    SkipLink,
    /// The list of sections.
    Contents,
    /// The public body.
    Organisation,
    /// The census instant.
    Census,
    /// The window.
    Window,
    /// The level of the intervals.
    Level,
    /// Residents of the place.
    Residents,
    /// A channel.
    Channel,
    /// The channel that another is compared with.
    ComparedWith,
    /// What the exports can prove.
    Evidence,
    /// What a channel is known from.
    KnownFrom,
    /// How the list stands to the followers.
    Design,
    /// Followers by the counter.
    Followers,
    /// Followers on the list.
    Listed,
    /// Labels of the audit.
    Labels,
    /// Which share is compared.
    Share,
    /// The finding of a comparison.
    Finding,
    /// A file.
    File,
    /// A format.
    Format,
    /// Rows read.
    Rows,
    /// Rows set aside.
    SetAside,
    /// Duplicate rows.
    Duplicates,
    /// The tool.
    Tool,
    /// The study file.
    Settings,
    /// The seed.
    Seed,
    /// The long description of a figure.
    LongDescription,
    /// A value that was not measured.
    NotMeasured,
    /// A value that is not known.
    NotKnown,
    /// Where a wide table may be scrolled.
    Scrollable,
    /// A page, before its number.
    Page,
    /// Between the number of a page and that of all pages.
    Of,
}

impl Label {
    /// The words of the label.
    pub fn text(self, words: Words) -> &'static str {
        match self {
            Self::SkipLink => words.pick("Skip to the text", "Direct naar de tekst"),
            Self::Contents => words.pick("Contents", "Inhoud"),
            Self::Organisation => words.pick("Organisation", "Organisatie"),
            Self::Census => words.pick("Census date", "Peildatum"),
            Self::Window => words.pick("Silent after", "Stil na"),
            Self::Level => words.pick("Confidence", "Zekerheid"),
            Self::Residents => words.pick("Residents", "Inwoners"),
            Self::Channel => words.pick("Channel", "Kanaal"),
            Self::ComparedWith => words.pick("Compared with", "Vergeleken met"),
            Self::Evidence => words.pick("The export shows", "De export toont"),
            Self::KnownFrom => words.pick("Known from", "Bekend uit"),
            Self::Design => words.pick("The list holds", "De lijst bevat"),
            Self::Followers => words.pick("Followers", "Volgers"),
            Self::Listed => words.pick("On the list", "Op de lijst"),
            Self::Labels => words.pick("Checked by hand", "Met de hand bekeken"),
            Self::Share => words.pick("Share", "Aandeel"),
            Self::Finding => words.pick("Finding", "Uitkomst"),
            Self::File => words.pick("File", "Bestand"),
            Self::Format => words.pick("Format", "Formaat"),
            Self::Rows => words.pick("Rows", "Rijen"),
            Self::SetAside => words.pick("Set aside", "Overgeslagen"),
            Self::Duplicates => words.pick("Duplicates", "Dubbel"),
            Self::Tool => words.pick("Tool", "Programma"),
            Self::Settings => words.pick("Settings (SHA-256)", "Instellingen (SHA-256)"),
            Self::Seed => words.pick("Seed", "Startwaarde"),
            Self::LongDescription => {
                words.pick("description and numbers", "beschrijving en cijfers")
            }
            Self::NotMeasured => words.pick("not measured", "niet gemeten"),
            Self::NotKnown => words.pick("not known", "niet bekend"),
            Self::Scrollable => words.pick("scrollable", "schuifbaar"),
            Self::Page => words.pick("Page", "Pagina"),
            Self::Of => words.pick("of", "van"),
        }
    }
}

/// "Table 2" or "Tabel 2".
pub fn table_number(words: Words, number: usize) -> String {
    format!("{} {number}", words.pick("Table", "Tabel"))
}

/// "Figure 2" or "Figuur 2".
pub fn figure_number(words: Words, number: usize) -> String {
    format!("{} {number}", words.pick("Figure", "Figuur"))
}

/// The caption of the table of followers by state.
pub fn states_caption(words: Words, census: &str, window: u32) -> String {
    let (day, days) = (words.date(census), words.days(window));
    words.pick(
        format!("Followers on the list, by what the export shows; {day}, silent after {days}"),
        format!("Volgers op de lijst, naar wat de export toont; {day}, stil na {days}"),
    )
}

/// The caption of the table of shares; `level` is that of the intervals, if there are any.
pub fn shares_caption(words: Words, level: Option<f64>) -> String {
    let share = words.pick(
        "Share of the followers in per cent",
        "Aandeel van de volgers in procenten",
    );
    match level.map(|level| words.level_prose(level)) {
        None => share.to_owned(),
        Some(level) => words.pick(
            format!("{share}; intervals at a confidence of {level}"),
            format!("{share}; intervallen met {level} zekerheid"),
        ),
    }
}

/// The caption of the table of differences.
pub fn differences_caption(words: Words) -> &'static str {
    words.pick(
        "Difference between two channels in percentage points",
        "Verschil tussen twee kanalen in procentpunten",
    )
}

/// The caption of the table of inputs.
pub fn inputs_caption(words: Words) -> &'static str {
    words.pick(
        "The files that were read; of the fingerprint (SHA-256) the first part",
        "De bestanden die zijn gelezen; van de vingerafdruk (SHA-256) het eerste deel",
    )
}

/// The heading of a column of bounds of the silent share.
pub fn silent_column(words: Words) -> &'static str {
    words.pick("Publicly silent (%)", "Openbaar stil (%)")
}

/// The heading of a column of estimates of the dormant share.
pub fn dormant_column(words: Words) -> &'static str {
    words.pick("Dormant, estimate (%)", "Slapend, schatting (%)")
}

/// The heading of a column of intervals of the dormant share.
pub fn dormant_interval_column(words: Words) -> &'static str {
    words.pick("Dormant, interval (%)", "Slapend, interval (%)")
}

/// The heading of a column of differences.
pub fn difference_column(words: Words) -> &'static str {
    words.pick("Estimate", "Schatting")
}

/// The heading of a column of limits of differences.
pub fn limits_column(words: Words) -> &'static str {
    words.pick("Limits", "Grenzen")
}
