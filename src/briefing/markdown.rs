//! The same document as Markdown (CommonMark with tables), for versions, tests and pasting.

use std::fmt::Write as _;

use crate::wording::briefing::Label;

use super::view::{Block, Column, Picture, Table, Term, View};

/// The document as Markdown; drawings are named as `figures/<id>.svg`.
pub fn render(view: &View) -> String {
    let mut text = String::new();
    let subject = [&view.organisation, &view.title];
    let subject: Vec<String> = subject
        .into_iter()
        .filter(|part| !part.trim().is_empty())
        .map(|part| inline(part))
        .collect();
    heading(&mut text, 1, &view.headline);
    paragraph(&mut text, &view.lead);
    let _ = writeln!(
        text,
        "*{}*\n",
        [vec![inline(&view.document)], subject].concat().join(" · ")
    );
    for line in &view.letterhead {
        let mark = if line.to_fill_in { "**" } else { "" };
        let (name, value) = (inline(&line.name), inline(&line.value));
        let _ = writeln!(text, "- **{name}**: {mark}{value}{mark}");
    }
    if !view.letterhead.is_empty() {
        text.push('\n');
    }
    terms(&mut text, &view.facts);
    for section in &view.sections {
        heading(&mut text, 2, &section.heading);
        for block in &section.blocks {
            self::block(&mut text, view, block);
        }
    }
    let end = text.trim_end().len();
    text.truncate(end);
    text.push('\n');
    text
}

fn block(text: &mut String, view: &View, block: &Block) {
    match block {
        Block::Heading(words) => heading(text, 3, words),
        Block::Paragraph(words) => paragraph(text, words),
        Block::List(points) => {
            for point in points {
                let _ = writeln!(text, "- {}", line(point));
            }
            text.push('\n');
        }
        Block::Steps(steps) => {
            for step in steps {
                let _ = writeln!(text, "- [ ] {}", line(step));
            }
            text.push('\n');
        }
        Block::Terms(pairs) => terms(text, pairs),
        Block::Table(table) => self::table(text, table),
        Block::Picture(picture) => self::picture(text, view, picture),
        Block::ToFillIn(place) => {
            let _ = writeln!(text, "**{}**\n", inline(place));
        }
    }
}

fn heading(text: &mut String, level: usize, words: &str) {
    let _ = writeln!(text, "{} {}\n", "#".repeat(level), inline(words));
}

fn paragraph(text: &mut String, words: &str) {
    let _ = writeln!(text, "{}\n", line(words));
}

fn terms(text: &mut String, pairs: &[Term]) {
    for (name, values) in pairs {
        let _ = writeln!(
            text,
            "- **{}**: {}",
            inline(name),
            inline(&values.join(" "))
        );
    }
    text.push('\n');
}

fn table(text: &mut String, table: &Table) {
    let number = match table.number.as_str() {
        "" => String::new(),
        number => format!("**{}.** ", inline(number)),
    };
    let _ = writeln!(text, "{number}{}\n", inline(&table.caption));
    let cells = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let head = table.columns.iter().map(|column| inline(&column.name));
    let _ = writeln!(text, "{}", cells(head.collect()));
    let rule = |column: &Column| if column.numeric { "---:" } else { "---" }.to_owned();
    let _ = writeln!(text, "{}", cells(table.columns.iter().map(rule).collect()));
    for row in &table.rows {
        let _ = writeln!(
            text,
            "{}",
            cells(row.iter().map(|cell| inline(cell)).collect())
        );
    }
    text.push('\n');
}

fn picture(text: &mut String, view: &View, picture: &Picture) {
    let _ = writeln!(
        text,
        "![{}](figures/{}.svg)\n\n**{}.** {}. {}\n",
        inline(&picture.alt),
        picture.id,
        inline(&picture.number),
        inline(&picture.title),
        inline(&picture.subtitle),
    );
    for note in &picture.notes {
        paragraph(text, note);
    }
    let _ = writeln!(text, "*{}*\n", inline(view.label(Label::LongDescription)));
    paragraph(text, &picture.description);
    table(text, &picture.table);
}

/// Text in which nothing is taken for a mark of Markdown or HTML.
fn inline(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for letter in words.chars() {
        if matches!(
            letter,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|' | '~'
        ) {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

/// Text at the beginning of a line, which must not become a heading, a list or a quote.
fn line(words: &str) -> String {
    let escaped = inline(words);
    let digits = escaped.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = escaped.split_at(digits);
    if digits > 0 && rest.starts_with(['.', ')']) {
        return format!("{number}\\{rest}");
    }
    if escaped.starts_with(['#', '-', '+', '=']) {
        return format!("\\{escaped}");
    }
    escaped
}
