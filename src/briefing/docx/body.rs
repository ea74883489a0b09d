//! The text of the letter: `word/document.xml`.

use maud::{Markup, html};

use super::Drawing;
use super::parts::TEXT_WIDTH;
use crate::briefing::view::{Block, Column, Line, Picture, Section, Table, Term, View};

/// English Metric Units in a twentieth of a point.
const EMU: u32 = 635;

/// Tables of more columns are set in smaller letters.
const ROOMY: usize = 5;

/// Tables of fewer rows are not broken.
const PAGE: usize = 16;

/// The whole document.
pub(super) fn document(view: &View, drawings: &[Drawing<'_>]) -> Markup {
    html! {
        w:document
            xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"
            xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
            xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
            xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" {
            w:body {
                (paragraph("Kicker", &view.kicker()))
                (paragraph("Heading1", &view.headline))
                (paragraph("Lead", &view.lead))
                @for line in &view.letterhead { (letterhead(line)) }
                @for (place, (name, values)) in view.facts.iter().enumerate() {
                    (fact(if place == 0 { "FirstFact" } else { "Fact" }, name, run(&values.join(" "))))
                }
                @for section in &view.sections {
                    (section_heading(section))
                    @for (place, part) in section.blocks.iter().enumerate() {
                        (block(part, follows_table(&section.blocks, place), drawings))
                    }
                }
                w:sectPr {
                    w:footerReference w:type="default" r:id="footer" {}
                    w:pgSz w:w="11906" w:h="16838" {}
                    w:pgMar w:top="1304" w:right="1304" w:bottom="1304" w:left="1304"
                        w:header="624" w:footer="624" w:gutter="0" {}
                }
            }
        }
    }
}

/// Whether a block stands right under a table; only a paragraph lacks room above it.
fn follows_table(blocks: &[Block], place: usize) -> bool {
    let above = place.checked_sub(1).and_then(|above| blocks.get(above));
    matches!(above, Some(Block::Table(_)))
}

fn block(block: &Block, follows_table: bool, drawings: &[Drawing<'_>]) -> Markup {
    match block {
        Block::Heading(text) => paragraph("Heading3", text),
        Block::Paragraph(text) if follows_table => paragraph("UnderTable", text),
        Block::Paragraph(text) => paragraph("BodyText", text),
        Block::List(points) => html! { @for point in points { (paragraph("ListBullet", point)) } },
        Block::Steps(steps) => html! { @for text in steps { (step(text)) } },
        Block::Terms(pairs) => html! { @for pair in pairs { (term(pair)) } },
        Block::Table(table) => self::table(table),
        Block::Picture(picture) => {
            let drawing = drawings.iter().find(|drawing| drawing.id == picture.id);
            self::picture(picture, drawing)
        }
        Block::ToFillIn(place) => to_fill_in(place),
    }
}

/// A paragraph of one style.
fn paragraph(style: &str, text: &str) -> Markup {
    html! { w:p { w:pPr { w:pStyle w:val=(style) {} } (run(text)) } }
}

/// The heading of a part; the annexes begin on a page of their own.
fn section_heading(section: &Section) -> Markup {
    html! {
        w:p {
            w:pPr {
                w:pStyle w:val="Heading2" {}
                @if section.annex == Some(1) { w:pageBreakBefore {} }
            }
            (run(&section.heading))
        }
    }
}

fn run(text: &str) -> Markup {
    html! { w:r { (words(text)) } }
}

fn styled(style: &str, text: &str) -> Markup {
    html! { w:r { w:rPr { w:rStyle w:val=(style) {} } (words(text)) } }
}

fn strong(text: &str) -> Markup {
    styled("Strong", text)
}

/// Text as XML may hold it.
fn words(text: &str) -> Markup {
    let legal = |letter: &char| !letter.is_control() && !matches!(letter, '\u{fffe}' | '\u{ffff}');
    let text: String = text.chars().filter(legal).collect();
    html! { w:t xml:space="preserve" { (text) } }
}

/// A line of the letterhead; what is missing is a field.
fn letterhead(line: &Line) -> Markup {
    let value = if line.to_fill_in {
        html! {
            w:sdt {
                (field(&line.name))
                w:sdtContent { (styled("FillInText", &line.value)) }
            }
        }
    } else {
        run(&line.value)
    };
    fact("Fact", &line.name, value)
}

/// A name, and its value at a tab.
fn fact(style: &str, name: &str, value: Markup) -> Markup {
    html! {
        w:p {
            w:pPr { w:pStyle w:val=(style) {} }
            (strong(name)) w:r { w:tab {} } (value)
        }
    }
}

fn term((name, values): &Term) -> Markup {
    html! {
        (paragraph("Term", name))
        @for value in values { (paragraph("Definition", value)) }
    }
}

/// A paragraph to fill in: a field with the words of what belongs there.
fn to_fill_in(place: &str) -> Markup {
    html! {
        w:sdt {
            (field(place))
            w:sdtContent { (paragraph("FillIn", place)) }
        }
    }
}

/// What makes a field: its name, and that typing replaces what stands in it.
fn field(name: &str) -> Markup {
    html! { w:sdtPr { w:alias w:val=(name) {} w:showingPlcHdr {} w:text w:multiLine="1" {} } }
}

/// A step to be ticked off.
fn step(text: &str) -> Markup {
    html! {
        w:p {
            w:pPr { w:pStyle w:val="Step" {} }
            (run("☐")) w:r { w:tab {} } (run(text))
        }
    }
}

fn caption(number: &str, text: &str, above: bool) -> Markup {
    html! {
        w:p {
            w:pPr { w:pStyle w:val="Caption" {} @if above { w:keepNext {} } }
            @if !number.is_empty() { (strong(&format!("{number}. "))) }
            (run(text))
        }
    }
}

fn table(table: &Table) -> Markup {
    let (text, number) = if table.columns.len() > ROOMY {
        ("TableSmall", "TableSmallNumber")
    } else {
        ("TableText", "TableNumber")
    };
    let style = |column: Option<&Column>| {
        let numeric = column.is_some_and(|column| column.numeric);
        if numeric { number } else { text }
    };
    let cell = |place: usize, width: u32, words: &str, keep: bool| {
        html! {
            w:tc {
                w:tcPr { w:tcW w:w=(width) w:type="dxa" {} }
                w:p {
                    w:pPr {
                        w:pStyle w:val=(style(table.columns.get(place))) {}
                        @if keep { w:keepNext {} }
                    }
                    (run(words))
                }
            }
        }
    };
    // A small table stays on one page.
    let last = table.rows.len().saturating_sub(1);
    let keep = |row: usize| row < last && last < PAGE;
    let widths = table
        .columns
        .iter()
        .map(|one| TEXT_WIDTH * one.width / 1_000);
    let widths: Vec<u32> = widths.collect();
    html! {
        (caption(&table.number, &table.caption, true))
        w:tbl {
            w:tblPr {
                w:tblStyle w:val="Figures" {}
                w:tblW w:w="5000" w:type="pct" {}
                w:tblLook w:val="00A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1"
                    w:lastColumn="0" w:noHBand="1" w:noVBand="1" {}
                w:tblCaption w:val=(table.caption) {}
            }
            w:tblGrid { @for width in &widths { w:gridCol w:w=(width) {} } }
            w:tr {
                w:trPr { w:cantSplit {} w:tblHeader {} }
                @for (place, (column, width)) in table.columns.iter().zip(&widths).enumerate() {
                    (cell(place, *width, &column.name, true))
                }
            }
            @for (line, row) in table.rows.iter().enumerate() {
                w:tr {
                    w:trPr { w:cantSplit {} }
                    @for (place, (text, width)) in row.iter().zip(&widths).enumerate() {
                        (cell(place, *width, text, keep(line)))
                    }
                }
            }
        }
    }
}

/// A drawing; the description and the numbers under it say to who cannot see it what it
/// shows. What it measures stands in the drawing and above the numbers.
fn picture(picture: &Picture, drawing: Option<&Drawing<'_>>) -> Markup {
    html! {
        @if let Some(drawing) = drawing {
            w:p {
                w:pPr { w:pStyle w:val="Picture" {} }
                w:r { w:drawing { (inline(picture, drawing)) } }
            }
        }
        (caption(&picture.number, &format!("{}.", picture.title), false))
        (paragraph("Description", &picture.description))
        (table(&picture.table))
    }
}

/// The picture as wide as the text, with its alternative text.
fn inline(picture: &Picture, drawing: &Drawing<'_>) -> Markup {
    let width = TEXT_WIDTH * EMU;
    let height = (f64::from(width) * drawing.ratio).round() as u32;
    html! {
        wp:inline distT="0" distB="0" distL="0" distR="0" {
            wp:extent cx=(width) cy=(height) {}
            wp:docPr id=(drawing.number) name=(picture.number) descr=(picture.alt) {}
            wp:cNvGraphicFramePr { a:graphicFrameLocks noChangeAspect="1" {} }
            a:graphic {
                a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture" {
                    pic:pic {
                        pic:nvPicPr {
                            pic:cNvPr id=(drawing.number) name=(drawing.target) descr=(picture.alt) {}
                            pic:cNvPicPr {}
                        }
                        pic:blipFill {
                            a:blip r:embed=(drawing.relation) {}
                            a:stretch { a:fillRect {} }
                        }
                        pic:spPr {
                            a:xfrm { a:off x="0" y="0" {} a:ext cx=(width) cy=(height) {} }
                            a:prstGeom prst="rect" { a:avLst {} }
                        }
                    }
                }
            }
        }
    }
}
