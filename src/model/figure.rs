//! A figure before it is drawn: finished strings and the numbers of the marks.

use serde::Serialize;

/// One figure: the words around it, its marks, and the same numbers as a table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figure {
    /// Name of the file, without ending: `forest`, `stacked`, `curve`.
    pub id: String,
    /// Language of the words, as a BCP 47 tag.
    pub lang: String,
    /// The finding, in at most ten words, generated from the interval.
    pub title: String,
    /// Measure, place, census date.
    pub subtitle: String,
    /// Alternative text: what a reader who cannot see it must know.
    pub alt: String,
    /// Long description: how it is drawn and every value in it.
    pub description: String,
    /// Lines below the drawing: how to read it, and the source.
    pub notes: Vec<String>,
    /// What is drawn.
    pub marks: Marks,
    /// The same numbers for reading.
    pub table: Table,
}

/// A figure with its drawing: what a document takes up.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    /// The words, the marks and the numbers.
    pub figure: Figure,
    /// The drawing, an `<svg>` element without XML declaration.
    pub svg: String,
    /// The same for a screen as narrow as a telephone; its ids differ from those of `svg`.
    pub narrow: String,
}

/// The drawing itself, one variant a figure.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Marks {
    /// Share, or another quantity, with intervals per channel.
    Forest(Forest),
    /// Awake, silent, undetermined, gone per channel.
    Stacked(Stacked),
    /// Share silent as a function of the window.
    Curve(Curve),
    /// Share silent under every set of choices.
    Specification(SpecificationCurve),
    /// Share silent on several dates.
    Trend(Trend),
    /// Twenty values a channel against the limit of the policy.
    Odds(Odds),
}

/// Share with a 50 % and a 95 % interval per channel, sorted; or another quantity from
/// zero up, such as a cost.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Forest {
    /// Words under the axis.
    pub axis: String,
    /// Heading of the column of numbers at the right.
    pub column: String,
    /// Tick labels of the axis from zero up: value and text.
    pub ticks: Vec<(f64, String)>,
    /// One row a channel, from the largest.
    pub rows: Vec<ForestRow>,
}

/// One channel of the forest chart.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ForestRow {
    /// Heading above this row, where a group of rows with another measure begins.
    pub heading: Option<String>,
    /// Name of the channel.
    pub name: String,
    /// Second line: number of followers.
    pub detail: String,
    /// The point; absent when only bounds are known, which are drawn hatched.
    pub estimate: Option<f64>,
    /// The interval or the bounds.
    pub lower: f64,
    /// The interval or the bounds; the end of the axis where there is no limit.
    pub upper: f64,
    /// Whether there is no upper limit: an arrow goes on beyond the axis.
    pub open: bool,
    /// The inner 50 % interval.
    pub inner: Option<(f64, f64)>,
    /// The estimate in words ("47,9%"), empty for bounds.
    pub estimate_text: String,
    /// The interval in words ("[41,2–54,8]").
    pub interval_text: String,
    /// Whether this channel is the one that the title speaks of.
    pub highlighted: bool,
}

/// Parts of a whole per channel.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Stacked {
    /// The parts, in order: name and which ink.
    pub parts: Vec<(Ink, String)>,
    /// One bar a channel.
    pub bars: Vec<StackedBar>,
}

/// One bar.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StackedBar {
    /// Name of the channel.
    pub name: String,
    /// Second line: number of followers.
    pub detail: String,
    /// Share of each part, in the order of the parts; they add up to 1.
    pub shares: Vec<f64>,
    /// The labels inside, in the order of the parts.
    pub labels: Vec<String>,
}

/// What a colour stands for; the theme knows the colours and the second cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Ink {
    /// A sign of life within the window.
    Awake,
    /// No sign of life although the record is complete; or dormant.
    Silent,
    /// The export cannot say; hatched.
    Undetermined,
    /// Suspended, deleted, moved.
    Gone,
}

/// Share silent against the window.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Curve {
    /// The parts of a panel, from above: name and which ink.
    pub parts: Vec<(Ink, String)>,
    /// Words under the axis.
    pub axis: String,
    /// Heading of the column of numbers at the right.
    pub column: String,
    /// Ticks of the logarithmic axis: days and text.
    pub days: Vec<(u32, String)>,
    /// Ticks of the share axis.
    pub ticks: Vec<(f64, String)>,
    /// The window of the study, and its words.
    pub window: (u32, String),
    /// One small panel or line a channel.
    pub lines: Vec<CurveLine>,
}

/// One channel of the curve: a band, which is a line where nothing is undetermined.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CurveLine {
    /// Name of the channel.
    pub name: String,
    /// Second line: number of followers.
    pub detail: String,
    /// Value at the study's window, in words.
    pub label: String,
    /// Window in days, lower limit, upper limit.
    pub points: Vec<(u32, f64, f64)>,
}

/// The share of one channel under every set of choices, from the smallest, and which
/// choices each set makes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SpecificationCurve {
    /// Ticks of the share axis: value and text.
    pub ticks: Vec<(f64, String)>,
    /// Lower limit, share and upper limit, from the smallest share.
    pub outcomes: Vec<(f64, f64, f64)>,
    /// Which of them is the main one, and its words; absent where its window is no choice.
    pub main: Option<(usize, String)>,
    /// The choices.
    pub choices: Vec<ChoiceRows>,
}

/// The options of one choice.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChoiceRows {
    /// What is chosen.
    pub heading: String,
    /// Each option, and for each outcome whether it was taken.
    pub options: Vec<(String, Vec<bool>)>,
}

/// Share silent on several dates, a panel a channel; or, with two dates everywhere, a
/// row a channel with both marks.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Trend {
    /// Whether every channel has exactly two dates.
    pub two: bool,
    /// Words under the axis of shares, where there are two dates.
    pub axis: String,
    /// Ticks of the share axis: value and text.
    pub ticks: Vec<(f64, String)>,
    /// Ticks of the time axis: place in [0, 1] and text, from the first date.
    pub dates: Vec<(f64, String)>,
    /// One panel a channel.
    pub panels: Vec<TrendPanel>,
}

/// One channel of the trend.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TrendPanel {
    /// Name of the channel.
    pub name: String,
    /// Second line.
    pub detail: String,
    /// The change in words.
    pub label: String,
    /// The snapshots, oldest first.
    pub points: Vec<TrendPoint>,
}

/// One snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct TrendPoint {
    /// Place on the time axis, in [0, 1].
    pub at: f64,
    /// Lower bound of the share.
    pub lower: f64,
    /// Upper bound of the share.
    pub upper: f64,
    /// Whether the evidence or the list changed since the one before, so that both
    /// cannot be compared as they stand.
    pub broken: bool,
}

/// Twenty equally plausible values of a share for each channel, against a limit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Odds {
    /// Words under the axis.
    pub axis: String,
    /// Heading of the column of numbers at the right.
    pub column: String,
    /// Ticks of the axis: value and text.
    pub ticks: Vec<(f64, String)>,
    /// The limit, and its words.
    pub limit: (f64, String),
    /// One row a channel.
    pub rows: Vec<OddsRow>,
}

/// One channel of the odds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OddsRow {
    /// Name of the channel.
    pub name: String,
    /// Second line.
    pub detail: String,
    /// How many lie above the limit, in words.
    pub label: String,
    /// The values, from the smallest.
    pub values: Vec<f64>,
}

/// A table of finished strings.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Table {
    /// What the table shows.
    pub caption: String,
    /// Column headings; the first column heads the rows.
    pub head: Vec<String>,
    /// The cells.
    pub rows: Vec<Vec<String>>,
}
