//! The page: one file that needs nothing else, readable on paper, on a telephone and by ear.
//!
//! The page asks for nothing over the network: its policy forbids it, its drawings stand
//! inside, and its fonts and its script are carried along. What is wider than a narrow screen scrolls in
//! a region of its own that the keyboard can reach, never the page.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use crate::wording::briefing::Label;

use super::view::{Block, Picture, Section, Table, Term, View};

/// What the page may load: styles inside it, fonts and pictures that it carries, and its
/// own script alone, which is known by its hash.
fn policy() -> String {
    let hash = STANDARD.encode(Sha256::digest(script()));
    format!(
        "default-src 'none'; script-src 'sha256-{hash}'; style-src 'unsafe-inline'; font-src data:; \
         img-src data:"
    )
}

/// What a reader can do beyond reading; with scripts off nothing is lost.
///
/// Without the line end of the file, which the Nu checker leaves out of its hash.
fn script() -> &'static str {
    include_str!("page.js").trim_end()
}

/// How the page looks, on a screen and on paper.
const STYLE: &str = include_str!("page.css");

/// The faces: weight and file.
pub(super) const FACES: [(u16, &[u8]); 2] = [
    (
        400,
        include_bytes!("../chart/fonts/AtkinsonHyperlegibleNext-Regular.ttf"),
    ),
    (
        600,
        include_bytes!("../chart/fonts/AtkinsonHyperlegibleNext-SemiBold.ttf"),
    ),
];

/// The page as HTML.
pub fn render(view: &View) -> String {
    let style = format!("{}{STYLE}", faces());
    let page = html! {
        (DOCTYPE)
        html lang=(view.words.tag()) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy());
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                title { (title(view)) }
                style { (PreEscaped(style)) }
            }
            body {
                a.skip href="#main" { (view.label(Label::SkipLink)) }
                header.page {
                    p.kicker { (view.kicker()) }
                    h1 { (view.headline) }
                    p.lead { (view.lead) }
                    (letterhead(view))
                    (terms(&view.facts, "facts"))
                }
                main id="main" tabindex="-1" {
                    @for (place, part) in view.sections.iter().enumerate() {
                        (section(view, part))
                        @if place == 0 {
                            (contents(view))
                        }
                    }
                }
                footer.page { p { (view.title) @if !view.organisation.is_empty() { " · " (view.organisation) } } }
                script { (PreEscaped(script())) }
            }
        }
    };
    page.into_string()
}

/// The most letters of the title of a window; longer ones are cut off where they are shown.
const TITLE: usize = 70;

/// The title of the window: the review and the public body, as far as there is room.
fn title(view: &View) -> String {
    let (title, organisation) = (view.title.trim(), view.organisation.trim());
    let both = format!("{title} – {organisation}");
    let candidates = match (title, organisation) {
        ("", "") => vec![view.headline.as_str()],
        (title, "") => vec![title],
        ("", organisation) => vec![organisation],
        (title, _) => vec![&both, title],
    };
    // Marks are counted as they are written, `<` as four letters.
    let written = |text: &str| html! { (text) }.into_string().chars().count();
    let fitting = candidates.iter().find(|text| written(text) <= TITLE);
    if let Some(text) = fitting {
        return (*text).to_owned();
    }
    let mut cut = candidates.last().copied().unwrap_or_default().to_owned();
    while written(&cut) >= TITLE {
        cut.pop();
    }
    format!("{}…", cut.trim_end())
}

/// The faces of the letter, inside the style sheet.
fn faces() -> String {
    FACES
        .iter()
        .map(|(weight, face)| {
            format!(
                "@font-face{{font-family:\"Atkinson Hyperlegible Next\";font-weight:{weight};\
                 src:url(data:font/ttf;base64,{}) format(\"truetype\")}}\n",
                STANDARD.encode(face)
            )
        })
        .collect()
}

fn contents(view: &View) -> Markup {
    html! {
        nav.contents aria-labelledby="contents" {
            p id="contents" { (view.label(Label::Contents)) }
            ul {
                @for section in &view.sections {
                    li { a href={ "#" (section.part.as_str()) } { (section.heading) } }
                }
            }
        }
    }
}

fn section(view: &View, section: &Section) -> Markup {
    let anchor = section.part.as_str();
    let class = match section.annex {
        Some(_) => format!("{anchor} annex"),
        None => anchor.to_owned(),
    };
    html! {
        section class=(class) aria-labelledby=(anchor) {
            h2 id=(anchor) { (section.heading) }
            @for part in &section.blocks {
                (block(view, part))
            }
        }
    }
}

fn block(view: &View, block: &Block) -> Markup {
    match block {
        Block::Heading(text) => html! { h3 { (text) } },
        Block::Paragraph(text) => html! { p { (text) } },
        Block::List(points) => html! { ul { @for point in points { li { (point) } } } },
        Block::Steps(steps) => html! { ol.steps { @for step in steps { li { (step) } } } },
        Block::Terms(pairs) => terms(pairs, "terms"),
        Block::Table(table) => self::table(view, table),
        Block::Picture(picture) => self::picture(view, picture),
        Block::ToFillIn(place) => html! { p.fill { mark { (place) } } },
    }
}

fn letterhead(view: &View) -> Markup {
    html! {
        @if !view.letterhead.is_empty() {
            dl.letterhead {
                @for line in &view.letterhead {
                    div {
                        dt { (line.name) }
                        dd { @if line.to_fill_in { mark { (line.value) } } @else { (line.value) } }
                    }
                }
            }
        }
    }
}

fn terms(pairs: &[Term], class: &str) -> Markup {
    html! {
        dl class=(class) {
            @for (name, values) in pairs {
                div { dt { (name) } @for value in values { dd { (value) } } }
            }
        }
    }
}

/// The name of a region that scrolls: what is in it, and that it scrolls.
fn region(view: &View, number: &str, caption: &str) -> String {
    let scrolls = view.label(Label::Scrollable);
    match number {
        "" => format!("{caption} ({scrolls})"),
        number => format!("{number}: {caption} ({scrolls})"),
    }
}

fn table(view: &View, table: &Table) -> Markup {
    let align = |place: usize| {
        let numeric = table
            .columns
            .get(place)
            .is_some_and(|column| column.numeric);
        numeric.then_some("number")
    };
    let broad = (table.columns.len() > 5).then_some("broad");
    html! {
        section.scroll tabindex="0" aria-label=(region(view, &table.number, &table.caption)) {
            table class=[broad] {
                caption {
                    span {
                        @if !table.number.is_empty() { strong { (table.number) ". " } }
                        (table.caption)
                    }
                }
                thead {
                    tr {
                        @for (place, column) in table.columns.iter().enumerate() {
                            th scope="col" class=[align(place)] { (column.name) }
                        }
                    }
                }
                tbody {
                    @for row in &table.rows {
                        tr {
                            @for (place, cell) in row.iter().enumerate() {
                                @if place == 0 {
                                    th scope="row" { (cell) }
                                } @else {
                                    td class=[align(place)] { (cell) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn picture(view: &View, picture: &Picture) -> Markup {
    let readout = picture.readout.as_ref();
    let readout = readout.and_then(|readout| serde_json::to_string(readout).ok());
    html! {
        figure id={ "figure-" (picture.id) } data-readout=[readout] {
            section.scroll.drawing tabindex="0"
                aria-label=(region(view, &picture.number, &picture.title)) {
                div.wide { (PreEscaped(&picture.svg)) }
                div.narrow { (PreEscaped(&picture.narrow)) }
            }
            figcaption {
                details {
                    summary { strong { (picture.number) ": " } (view.label(Label::LongDescription)) }
                    p { (picture.description) }
                    (table(view, &picture.table))
                }
            }
        }
    }
}
