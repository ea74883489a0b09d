//! The view model: what the document says, as finished strings in the order of reading.

use crate::model::figure::{self, Drawn};
use crate::model::results::{Channel, Results};
use crate::wording::Words;
use crate::wording::briefing::{Heading, Label, figure_number, table_number};

use super::annex::{self, Sheet};
use super::{account, differences, findings, gaps};

/// Everything that a document says, ready to be placed.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// The language.
    pub words: Words,
    /// Title of the review.
    pub title: String,
    /// The public body.
    pub organisation: String,
    /// The finding, said from the limits.
    pub headline: String,
    /// What the word of the headline means.
    pub lead: String,
    /// Subject, census date, window: name and value.
    pub facts: Vec<Term>,
    /// The key message.
    pub key_message: Section,
    /// Why this letter is written: to be filled in.
    pub background: Section,
    /// What was found per channel.
    pub found: Section,
    /// What the comparison of channels found.
    pub differences: Section,
    /// The charts.
    pub figures: Section,
    /// What was not measured, and what would help.
    pub gaps: Section,
    /// How it was measured.
    pub methods: Section,
    /// What is proposed: to be filled in.
    pub proposal: Section,
    /// What it costs: to be filled in.
    pub finance: Section,
    /// Inputs, tool, settings.
    pub provenance: Section,
    /// Every number, for the workbook.
    pub annex: Vec<Sheet>,
}

/// A part of the document under one heading.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// The heading.
    pub heading: String,
    /// The anchor, for links.
    pub anchor: &'static str,
    /// What stands under it.
    pub blocks: Vec<Block>,
}

/// One thing under a heading.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading one level below that of the section.
    Heading(String),
    /// Sentences.
    Paragraph(String),
    /// Points.
    List(Vec<String>),
    /// Names with what belongs to them: terms, channels, settings.
    Terms(Vec<Term>),
    /// A table.
    Table(Table),
    /// A chart.
    Picture(Box<Picture>),
    /// A marked place for people to fill in.
    ToFillIn(String),
}

/// A name, and what belongs to it.
pub type Term = (String, Vec<String>);

/// A table of finished strings; the first column heads the rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// "Table 2", empty inside the description of a figure.
    pub number: String,
    /// What it shows.
    pub caption: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The cells, as many a row as there are columns.
    pub rows: Vec<Vec<String>>,
}

/// The head of a column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    /// The heading.
    pub name: String,
    /// Whether its cells are numbers, which are set flush right.
    pub numeric: bool,
}

/// A chart with everything that stands for it where it cannot be seen.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// "Figure 2".
    pub number: String,
    /// Name of the file, without ending.
    pub id: String,
    /// The drawing.
    pub svg: String,
    /// The drawing for a narrow screen.
    pub narrow: String,
    /// The finding.
    pub title: String,
    /// Measure, place, census date.
    pub subtitle: String,
    /// Alternative text.
    pub alt: String,
    /// Long description.
    pub description: String,
    /// How to read it, and the source.
    pub notes: Vec<String>,
    /// The same numbers for reading.
    pub table: Table,
}

impl View {
    /// The document about some results, with the figures in their order.
    pub fn new(results: &Results, figures: &[Drawn], words: Words) -> Self {
        let results = &without_control_characters(results);
        let study = &results.study;
        let facts = account::facts(results, words);
        let mut view = Self {
            words,
            annex: annex::sheets(results, &facts, words),
            title: study.title.clone(),
            organisation: study.organisation.clone(),
            headline: findings::headline(results, words),
            lead: findings::lead(results, words),
            facts,
            key_message: Section::new(
                Heading::KeyMessage,
                words,
                [Block::List(findings::key_message(results, words))]
                    .into_iter()
                    .chain(findings::confidence(results, words).map(Block::Paragraph))
                    .collect(),
            ),
            background: Section::to_fill_in(Heading::Background, words),
            found: Section::new(Heading::Found, words, findings::blocks(results, words)),
            differences: Section::new(
                Heading::Differences,
                words,
                differences::blocks(results, words),
            ),
            figures: Section::new(Heading::Figures, words, pictures(figures, words)),
            gaps: Section::new(Heading::Gaps, words, gaps::blocks(results, words)),
            methods: Section::new(Heading::Methods, words, account::methods(results, words)),
            proposal: Section::to_fill_in(Heading::Proposal, words),
            finance: Section::to_fill_in(Heading::Finance, words),
            provenance: Section::new(
                Heading::Provenance,
                words,
                account::provenance(results, words),
            ),
        };
        view.number_tables();
        view
    }

    /// The sections in the order of reading, without those that hold nothing.
    pub fn sections(&self) -> impl Iterator<Item = &Section> {
        [
            &self.key_message,
            &self.background,
            &self.found,
            &self.differences,
            &self.figures,
            &self.gaps,
            &self.methods,
            &self.proposal,
            &self.finance,
            &self.provenance,
        ]
        .into_iter()
        .filter(|section| !section.blocks.is_empty())
    }

    /// The words of a label in the language of the document.
    pub fn label(&self, label: Label) -> &'static str {
        label.text(self.words)
    }

    /// The line above the headline: the kind of document, and whose it is.
    pub(super) fn kicker(&self) -> String {
        let document = self.label(Label::Document);
        match self.organisation.trim() {
            "" => document.to_owned(),
            organisation => format!("{document} · {organisation}"),
        }
    }

    fn number_tables(&mut self) {
        let words = self.words;
        let sections = [
            &mut self.found,
            &mut self.differences,
            &mut self.methods,
            &mut self.provenance,
        ];
        let tables = sections
            .into_iter()
            .flat_map(|section| &mut section.blocks)
            .filter_map(|block| match block {
                Block::Table(table) => Some(table),
                _ => None,
            });
        for (place, table) in tables.enumerate() {
            table.number = table_number(words, place + 1);
        }
    }
}

impl Section {
    fn new(heading: Heading, words: Words, blocks: Vec<Block>) -> Self {
        Self {
            heading: heading.text(words).to_owned(),
            anchor: heading.anchor(),
            blocks,
        }
    }

    fn to_fill_in(heading: Heading, words: Words) -> Self {
        let place = heading.to_fill_in(words);
        let blocks = place.map(|place| Block::ToFillIn(place.to_owned()));
        Self::new(heading, words, blocks.into_iter().collect())
    }
}

impl Table {
    /// A table without number; `columns` are headings and whether their cells are numbers.
    pub(super) fn new<'a>(
        caption: impl Into<String>,
        columns: impl IntoIterator<Item = (&'a str, bool)>,
        rows: Vec<Vec<String>>,
    ) -> Self {
        Self {
            number: String::new(),
            caption: caption.into(),
            columns: columns
                .into_iter()
                .map(|(name, numeric)| Column {
                    name: name.to_owned(),
                    numeric,
                })
                .collect(),
            rows,
        }
    }
}

impl From<&figure::Table> for Table {
    /// The table of a figure: a column of numbers has no letters but those of "to".
    fn from(table: &figure::Table) -> Self {
        let columns = table.head.iter().enumerate();
        Self::new(
            &table.caption,
            columns.map(|(place, name)| (name.as_str(), place > 0 && is_numeric(table, place))),
            table.rows.clone(),
        )
    }
}

fn is_numeric(table: &figure::Table, place: usize) -> bool {
    let cells = table.rows.iter().filter_map(|row| row.get(place));
    cells
        .flat_map(|cell| cell.split([' ', '\u{a0}']))
        .all(|word| matches!(word, "to" | "tot") || !word.contains(char::is_alphabetic))
}

fn pictures(figures: &[Drawn], words: Words) -> Vec<Block> {
    figures
        .iter()
        .enumerate()
        .map(|(place, drawn)| {
            let Drawn {
                figure,
                svg,
                narrow,
            } = drawn;
            Block::Picture(Box::new(Picture {
                number: figure_number(words, place + 1),
                id: figure.id.clone(),
                svg: svg.clone(),
                narrow: narrow.clone(),
                title: figure.title.clone(),
                subtitle: figure.subtitle.clone(),
                alt: figure.alt.clone(),
                description: figure.description.clone(),
                notes: figure.notes.clone(),
                table: Table::from(&figure.table),
            }))
        })
        .collect()
}

/// The name for people of a channel, or its id where there is no such channel.
pub(super) fn name<'a>(results: &'a Results, id: &'a str) -> &'a str {
    let channel = results.channels.iter().find(|channel| channel.id == id);
    channel.map_or(id, |Channel { name, .. }| name)
}

/// Text from the study file and the exports, with a space for what no document may hold.
fn without_control_characters(results: &Results) -> Results {
    let clean = |text: &mut String| {
        if text.contains(char::is_control) {
            *text = text.replace(char::is_control, " ");
        }
    };
    let mut results = results.clone();
    clean(&mut results.study.title);
    clean(&mut results.study.organisation);
    for channel in &mut results.channels {
        clean(&mut channel.name);
    }
    for input in &mut results.manifest.inputs {
        clean(&mut input.path);
        clean(&mut input.reading.format);
    }
    results
}
