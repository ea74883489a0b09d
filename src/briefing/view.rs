//! The view model: what the document says, as finished strings in the order of reading.

use serde::Serialize;

use crate::model::figure::{self, CurveLine, Drawn, Marks};
use crate::model::letter::{Letter, Part};
use crate::model::results::{Channel, Results};
use crate::wording::Words;
use crate::wording::briefing::{Label, figure_number, parts as told, table_number};

use super::annex::{self, Sheet};
use super::widths::widths;
use super::{account, changes, decision, differences, findings, gaps, letter};

/// Everything that a document says, ready to be placed.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// The language.
    pub words: Words,
    /// The kind of document: "Raadsinformatiebrief".
    pub document: String,
    /// Title of the review.
    pub title: String,
    /// The public body.
    pub organisation: String,
    /// The census instant (RFC 3339, UTC), which the files are dated by: no clock is read.
    pub census: String,
    /// The finding, said from the limits.
    pub headline: String,
    /// What the word of the headline means.
    pub lead: String,
    /// The lines of the letterhead; none where the study wants none.
    pub letterhead: Vec<Line>,
    /// Organisation, census date, window, confidence: name and value.
    pub facts: Vec<Term>,
    /// The parts in the order of reading; none is empty.
    pub sections: Vec<Section>,
    /// Every number, for the workbook.
    pub annex: Vec<Sheet>,
}

/// A line of the letterhead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// "Aan".
    pub name: String,
    /// What belongs to it, or the words of a marked place.
    pub value: String,
    /// Whether it is a place for people to fill in.
    pub to_fill_in: bool,
}

/// A part of the document under one heading.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Section {
    /// Which part of the document.
    pub part: Part,
    /// The heading.
    pub heading: String,
    /// The number of the annex, for the parts behind the letter.
    pub annex: Option<usize>,
    /// What stands under it.
    pub blocks: Vec<Block>,
}

/// One thing under a heading.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", content = "content", rename_all = "snake_case")]
pub enum Block {
    /// A heading one level below that of the section.
    Heading(String),
    /// Sentences.
    Paragraph(String),
    /// Points.
    List(Vec<String>),
    /// Things to do, in order, to be ticked off.
    Steps(Vec<String>),
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
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Column {
    /// The heading.
    pub name: String,
    /// Whether its cells are numbers, which are set flush right.
    pub numeric: bool,
    /// Its part of the width of the table on paper, in thousandths.
    pub width: u32,
}

/// A chart with everything that stands for it where it cannot be seen.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Picture {
    /// "Figure 2", in the order of reading.
    pub number: String,
    /// Name of the file, without ending.
    pub id: String,
    /// The drawing.
    #[serde(skip)]
    pub svg: String,
    /// The drawing for a narrow screen.
    #[serde(skip)]
    pub narrow: String,
    /// The finding.
    pub title: String,
    /// Measure, place, census date.
    pub subtitle: String,
    /// Alternative text.
    pub alt: String,
    /// Long description.
    pub description: String,
    /// The values at each place of its axis, where they can be read one by one.
    #[serde(skip)]
    pub readout: Option<Readout>,
    /// How to read it, and the source.
    pub notes: Vec<String>,
    /// The same numbers for reading.
    pub table: Table,
}

/// The values of a chart at each place of its axis.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Readout {
    /// What the axis is: "Stil na".
    pub label: String,
    /// The channels.
    pub names: Vec<String>,
    /// The places, in order.
    pub windows: Vec<Reading>,
    /// The place of the study's own window.
    pub start: usize,
}

/// The values at one window, in the order of the channels.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reading {
    /// The window.
    pub days: u32,
    /// The window in words: "6 maanden".
    pub name: String,
    /// The limits of each channel.
    pub values: Vec<String>,
}

impl View {
    /// The document about some results, with the figures in their order.
    pub fn new(results: &Results, figures: &[Drawn], words: Words) -> Self {
        let results = &without_control_characters(results);
        let study = &results.study;
        let facts = account::facts(results, words);
        let form = study.briefing.clone().unwrap_or_default();
        let parts = form.sections.as_deref().unwrap_or(&Part::ALL);
        let mut view = Self {
            words,
            annex: annex::sheets(results, &facts, words),
            document: match &form.document {
                Some(document) => document.clone(),
                None => told::document(words).to_owned(),
            },
            title: study.title.clone(),
            organisation: study.organisation.clone(),
            census: study.census.clone(),
            headline: findings::headline(results, words),
            lead: findings::lead(results, words),
            letterhead: letterhead(&form, &study.title, words),
            facts,
            sections: parts
                .iter()
                .map(|&part| Section {
                    part,
                    heading: match form.headings.get(&part) {
                        Some(heading) => heading.clone(),
                        None => told::heading(words, part).to_owned(),
                    },
                    annex: None,
                    blocks: blocks(part, results, words),
                })
                .collect(),
        };
        view.place_pictures(figures);
        view.sections.retain(|section| !section.blocks.is_empty());
        view.number_annexes();
        view.number_tables_and_pictures();
        view
    }

    /// The section of a part, where the document has it.
    pub fn section(&self, part: Part) -> Option<&Section> {
        self.sections.iter().find(|section| section.part == part)
    }

    /// The words of a label in the language of the document.
    pub fn label(&self, label: Label) -> &'static str {
        label.text(self.words)
    }

    /// The line above the headline: the kind of document, and whose it is.
    pub(super) fn kicker(&self) -> String {
        match self.organisation.trim() {
            "" => self.document.clone(),
            organisation => format!("{} · {organisation}", self.document),
        }
    }

    /// The first drawing stands where the letter tells what was found, the others among
    /// the figures.
    fn place_pictures(&mut self, figures: &[Drawn]) {
        let mut pictures: Vec<Block> = figures
            .iter()
            .map(|drawn| Block::Picture(Box::new(picture(drawn, self.words))))
            .collect();
        if let Some(found) = self.section_mut(Part::Found)
            && !pictures.is_empty()
        {
            let below = found.blocks.len().min(findings::ABOVE_THE_PICTURE);
            found.blocks.insert(below, pictures.remove(0));
        }
        if let Some(section) = self.section_mut(Part::Figures) {
            section.blocks = pictures;
        }
    }

    /// The parts that account for the letter are annexes where nothing of the letter
    /// follows them; the letter lists them.
    fn number_annexes(&mut self) {
        let sections = self.sections.iter();
        let Some(end) = sections.rev().position(|section| !section.part.accounts()) else {
            return;
        };
        let (words, letter) = (self.words, self.sections.len() - end);
        let mut list = Vec::new();
        for (place, section) in self.sections.iter_mut().skip(letter).enumerate() {
            section.annex = Some(place + 1);
            section.heading = told::annex(words, place + 1, &section.heading);
            list.push(section.heading.clone());
        }
        if let Some(section) = self.section_mut(Part::Annexes)
            && !list.is_empty()
        {
            section.blocks.insert(0, Block::List(list));
        }
    }

    fn number_tables_and_pictures(&mut self) {
        let words = self.words;
        let (mut tables, mut pictures) = (1.., 1..);
        for block in self.sections.iter_mut().flat_map(|one| &mut one.blocks) {
            match block {
                Block::Table(table) => {
                    table.number = table_number(words, tables.next().unwrap_or_default());
                }
                Block::Picture(picture) => {
                    picture.number = figure_number(words, pictures.next().unwrap_or_default());
                }
                _ => {}
            }
        }
    }

    fn section_mut(&mut self, part: Part) -> Option<&mut Section> {
        self.sections
            .iter_mut()
            .find(|section| section.part == part)
    }
}

/// What stands under the heading of a part, but for the drawings.
fn blocks(part: Part, results: &Results, words: Words) -> Vec<Block> {
    let mut blocks = match part {
        Part::KeyMessage => findings::key_message(results, words),
        Part::Found => findings::blocks(results, words),
        Part::Counts => findings::counts(results, words),
        Part::Differences => differences::blocks(results, words),
        Part::Gaps => gaps::blocks(results, words),
        Part::Methods => account::methods(results, words),
        Part::Provenance => account::provenance(results, words),
        Part::Decision => decision::blocks(results, words),
        Part::Rules => decision::rules(results, words),
        Part::Finance => letter::finance(results, words),
        Part::Privacy => letter::privacy(words),
        Part::Annexes => letter::annexes(words),
        Part::Changes => changes::blocks(results, words),
        Part::Figures | Part::Background | Part::Communication | Part::FollowUp => Vec::new(),
    };
    let place = told::to_fill_in(words, part);
    blocks.extend(place.map(|place| Block::ToFillIn(place.to_owned())));
    blocks
}

/// The lines of the letterhead: those of the study, or the usual ones to be filled in.
fn letterhead(form: &Letter, title: &str, words: Words) -> Vec<Line> {
    let line = |name: &str, value: &str| {
        let value = value.trim();
        Line {
            name: name.to_owned(),
            value: match value {
                "" => told::blank_line(words).to_owned(),
                value => value.to_owned(),
            },
            to_fill_in: value.is_empty(),
        }
    };
    match &form.letterhead {
        Some(lines) => lines
            .iter()
            .map(|[name, value]| line(name, value))
            .collect(),
        None => {
            let [rest @ .., subject] = told::letterhead(words);
            let blank = rest.iter().map(|name| line(name, ""));
            blank.chain([line(subject, title)]).collect()
        }
    }
}

impl Table {
    /// A table without number; `columns` are headings and whether their cells are numbers.
    pub(super) fn new<'a>(
        caption: impl Into<String>,
        columns: impl IntoIterator<Item = (&'a str, bool)>,
        rows: Vec<Vec<String>>,
    ) -> Self {
        let columns: Vec<(&str, bool)> = columns.into_iter().collect();
        let widths = widths(&columns, &rows);
        Self {
            number: String::new(),
            caption: caption.into(),
            columns: columns
                .into_iter()
                .zip(widths)
                .map(|((name, numeric), width)| Column {
                    name: name.to_owned(),
                    numeric,
                    width,
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

fn picture(drawn: &Drawn, words: Words) -> Picture {
    let figure = &drawn.figure;
    Picture {
        number: String::new(),
        id: figure.id.clone(),
        svg: drawn.svg.clone(),
        narrow: drawn.narrow.clone(),
        title: figure.title.clone(),
        subtitle: figure.subtitle.clone(),
        alt: figure.alt.clone(),
        description: figure.description.clone(),
        readout: readout(&figure.marks, words),
        notes: figure.notes.clone(),
        table: Table::from(&figure.table),
    }
}

/// The values of the curve at every window that it was computed for; other charts have
/// all their values in their table.
fn readout(marks: &Marks, words: Words) -> Option<Readout> {
    let Marks::Curve(curve) = marks else {
        return None;
    };
    let mut days: Vec<u32> = curve
        .lines
        .iter()
        .flat_map(|line| line.points.iter().map(|point| point.0))
        .collect();
    days.sort_unstable();
    days.dedup();
    let start = days.iter().position(|&days| days >= curve.window.0)?;
    let value = |line: &CurveLine, days: u32| {
        let point = line.points.iter().find(|point| point.0 == days);
        point.map_or_else(
            || "–".to_owned(),
            |&(_, lower, upper)| words.range_percent(lower, upper),
        )
    };
    Some(Readout {
        label: Label::Window.text(words).to_owned(),
        names: curve.lines.iter().map(|line| line.name.clone()).collect(),
        windows: days
            .into_iter()
            .map(|days| Reading {
                days,
                name: words.days(days),
                values: curve.lines.iter().map(|line| value(line, days)).collect(),
            })
            .collect(),
        start,
    })
}

/// A number of followers in a cell, or a dash where it is not given.
pub(super) fn count(words: Words, n: impl Into<Option<u64>>) -> String {
    let n: Option<u64> = n.into();
    n.map_or_else(|| "–".to_owned(), |n| words.count(n))
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
    if let Some(form) = &mut results.study.briefing {
        form.document.iter_mut().for_each(clean);
        form.headings.values_mut().for_each(clean);
        let lines = form.letterhead.iter_mut().flatten();
        lines.flatten().for_each(clean);
    }
    for channel in &mut results.channels {
        clean(&mut channel.name);
    }
    for input in &mut results.manifest.inputs {
        clean(&mut input.path);
        clean(&mut input.reading.format);
    }
    results
}
