//! What stands around the text: styles, numbering, footer, properties, relations.

use maud::{Markup, html};

use super::Drawing;
use crate::briefing::view::View;
use crate::wording::briefing::Label;

/// Width of the text in twentieths of a point: A4 less two margins of 23 mm.
pub(super) const TEXT_WIDTH: u32 = 11_906 - 2 * 1_304;

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

const INK: &str = "202428";
const ACCENT: &str = "12436D";
const MUTED: &str = "595959";
const RULE: &str = "D0D5DA";
const FILL: &str = "FFF6DC";

/// What each part is.
pub(super) fn content_types() -> Markup {
    const WORDS: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
    let parts = [
        ("document", "document.main"),
        ("styles", "styles"),
        ("numbering", "numbering"),
        ("settings", "settings"),
        ("footer1", "footer"),
    ];
    html! {
        Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types" {
            Default Extension="rels"
                ContentType="application/vnd.openxmlformats-package.relationships+xml" {}
            Default Extension="xml" ContentType="application/xml" {}
            Default Extension="png" ContentType="image/png" {}
            @for (name, kind) in parts {
                Override PartName={ "/word/" (name) ".xml" } ContentType={ (WORDS) (kind) "+xml" } {}
            }
            Override PartName="/docProps/core.xml"
                ContentType="application/vnd.openxmlformats-package.core-properties+xml" {}
        }
    }
}

/// Where a reader begins.
pub(super) fn package() -> Markup {
    html! {
        Relationships xmlns=(RELATIONS) {
            Relationship Id="document" Type={ (OFFICE) "/officeDocument" } Target="word/document.xml" {}
            Relationship Id="properties" Target="docProps/core.xml"
                Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" {}
        }
    }
}

/// What the text points to.
pub(super) fn relations(drawings: &[Drawing<'_>]) -> Markup {
    let parts = ["styles", "numbering", "settings"];
    html! {
        Relationships xmlns=(RELATIONS) {
            @for name in parts {
                Relationship Id=(name) Type={ (OFFICE) "/" (name) } Target={ (name) ".xml" } {}
            }
            Relationship Id="footer" Type={ (OFFICE) "/footer" } Target="footer1.xml" {}
            @for drawing in drawings {
                Relationship Id=(drawing.relation) Type={ (OFFICE) "/image" } Target=(drawing.target) {}
            }
        }
    }
}

/// Title, author, language, and the census for a date.
pub(super) fn properties(view: &View) -> Markup {
    html! {
        cp:coreProperties
            xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
            xmlns:dc="http://purl.org/dc/elements/1.1/"
            xmlns:dcterms="http://purl.org/dc/terms/"
            xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" {
            dc:title { (view.headline) }
            dc:subject { (view.title) }
            dc:creator { (view.organisation) }
            dcterms:created xsi:type="dcterms:W3CDTF" { (view.census) }
            dc:language { (view.words.locale_tag()) }
        }
    }
}

/// The language for spelling, and that the file is of a Word of this century.
pub(super) fn settings(view: &View) -> Markup {
    html! {
        w:settings xmlns:w=(WORD) {
            w:defaultTabStop w:val="709" {}
            w:compat {
                w:compatSetting w:name="compatibilityMode"
                    w:uri="http://schemas.microsoft.com/office/word" w:val="15" {}
            }
            w:themeFontLang w:val=(view.words.locale_tag()) {}
        }
    }
}

/// The points of lists.
pub(super) fn numbering() -> Markup {
    html! {
        w:numbering xmlns:w=(WORD) {
            w:abstractNum w:abstractNumId="0" {
                w:multiLevelType w:val="singleLevel" {}
                w:lvl w:ilvl="0" {
                    w:start w:val="1" {}
                    w:numFmt w:val="bullet" {}
                    w:pStyle w:val="ListBullet" {}
                    w:lvlText w:val="•" {}
                    w:lvlJc w:val="left" {}
                    w:pPr { w:ind w:left="340" w:hanging="340" {} }
                    w:rPr { w:color w:val=(ACCENT) {} }
                }
            }
            w:num w:numId="1" { w:abstractNumId w:val="0" {} }
        }
    }
}

/// The review and the public body at the left, the page at the right.
pub(super) fn footer(view: &View) -> Markup {
    let about = [view.organisation.trim(), view.title.trim()];
    let about: Vec<&str> = about.into_iter().filter(|part| !part.is_empty()).collect();
    let field = |name: &str| {
        html! {
            w:fldSimple w:instr={ " " (name) " " } { w:r { w:t { "1" } } }
        }
    };
    let text = |words: &str| html! { w:r { w:t xml:space="preserve" { (words) } } };
    html! {
        w:ftr xmlns:w=(WORD) {
            w:p {
                w:pPr { w:pStyle w:val="Footer" {} }
                (text(&about.join(" · ")))
                w:r { w:tab {} }
                (text(&format!("{} ", view.label(Label::Page)))) (field("PAGE"))
                (text(&format!(" {} ", view.label(Label::Of)))) (field("NUMPAGES"))
            }
        }
    }
}

/// A style for paragraphs.
struct Style {
    id: &'static str,
    /// The name that Word knows; names of its own styles are English in every language.
    name: &'static str,
    /// Points.
    size: f32,
    bold: bool,
    colour: &'static str,
    /// Points above and below.
    space: (u32, u32),
    /// Twentieths of a point from the left, and how far the first line stands out.
    indent: (u32, u32),
    /// What else belongs to a paragraph.
    more: More,
}

/// What only some styles have.
#[derive(Clone, Copy)]
enum More {
    Nothing,
    /// A heading of this level, which stays with what follows.
    Heading(u32),
    /// Stays with what follows.
    KeepNext,
    /// Points of a list.
    Bullet,
    /// A tab at which values begin.
    Tab,
    /// A tab at the right margin.
    RightTab,
    /// Flush right.
    Right,
    /// On a ground that is seen.
    Fill,
}

const fn style(id: &'static str, name: &'static str, size: f32, space: (u32, u32)) -> Style {
    Style {
        id,
        name,
        size,
        bold: false,
        colour: INK,
        space,
        indent: (0, 0),
        more: More::Nothing,
    }
}

#[rustfmt::skip]
const STYLES: &[Style] = &[
    Style { bold: true, colour: ACCENT, more: More::KeepNext, ..style("Kicker", "Kicker", 10.5, (0, 6)) },
    Style { bold: true, more: More::Heading(0), ..style("Heading1", "heading 1", 20.0, (0, 8)) },
    Style { bold: true, colour: ACCENT, more: More::Heading(1), ..style("Heading2", "heading 2", 14.0, (20, 6)) },
    Style { bold: true, more: More::Heading(2), ..style("Heading3", "heading 3", 11.5, (12, 3)) },
    style("BodyText", "Body Text", 10.5, (0, 7)),
    style("UnderTable", "Under table", 10.5, (9, 7)),
    style("Lead", "Lead", 11.5, (0, 12)),
    Style { indent: (2_600, 2_600), more: More::Tab, ..style("Fact", "Fact", 10.5, (0, 2)) },
    Style { indent: (2_600, 2_600), more: More::Tab, ..style("FirstFact", "First fact", 10.5, (10, 2)) },
    Style { indent: (340, 340), more: More::Tab, ..style("Step", "Step", 10.5, (0, 4)) },
    Style { more: More::Bullet, ..style("ListBullet", "List Bullet", 10.5, (0, 4)) },
    Style { bold: true, more: More::KeepNext, ..style("Term", "Term", 10.5, (6, 0)) },
    Style { indent: (340, 0), ..style("Definition", "Definition", 10.5, (0, 3)) },
    Style { more: More::Fill, ..style("FillIn", "Fill in", 10.5, (0, 8)) },
    style("Caption", "caption", 9.5, (10, 5)),
    Style { colour: MUTED, ..style("Description", "Description", 8.5, (0, 5)) },
    Style { more: More::KeepNext, ..style("Picture", "Picture", 10.5, (10, 0)) },
    style("TableText", "Table text", 9.5, (2, 2)),
    Style { more: More::Right, ..style("TableNumber", "Table number", 9.5, (2, 2)) },
    style("TableSmall", "Table small", 8.5, (2, 2)),
    Style { more: More::Right, ..style("TableSmallNumber", "Table small number", 8.5, (2, 2)) },
    Style { colour: MUTED, more: More::RightTab, ..style("Footer", "footer", 8.5, (0, 0)) },
];

/// All styles; Word's own are used wherever it has one, so that a template restyles them.
pub(super) fn styles(view: &View) -> Markup {
    html! {
        w:styles xmlns:w=(WORD) {
            w:docDefaults {
                w:rPrDefault {
                    w:rPr {
                        w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Arial" w:cs="Arial" {}
                        w:color w:val=(INK) {}
                        w:sz w:val="21" {}
                        w:szCs w:val="21" {}
                        w:lang w:val=(view.words.locale_tag()) {}
                    }
                }
                w:pPrDefault { w:pPr { w:spacing w:line="288" w:lineRule="auto" {} } }
            }
            w:style w:type="paragraph" w:default="1" w:styleId="Normal" {
                w:name w:val="Normal" {}
                w:qFormat {}
            }
            w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont" {
                w:name w:val="Default Paragraph Font" {}
            }
            w:style w:type="character" w:styleId="Strong" {
                w:name w:val="Strong" {}
                w:qFormat {}
                w:rPr { w:b {} w:bCs {} }
            }
            w:style w:type="character" w:customStyle="1" w:styleId="FillInText" {
                w:name w:val="Fill in text" {}
                w:rPr { w:shd w:val="clear" w:color="auto" w:fill=(FILL) {} }
            }
            @for one in STYLES { (paragraph_style(one)) }
            (table_style())
        }
    }
}

fn paragraph_style(style: &Style) -> Markup {
    let half_points = (style.size * 2.0).round() as u32;
    let heading = match style.more {
        More::Heading(level) => Some(level),
        _ => None,
    };
    let keep = heading.is_some() || matches!(style.more, More::KeepNext);
    let (left, out) = style.indent;
    html! {
        w:style w:type="paragraph" w:styleId=(style.id) {
            w:name w:val=(style.name) {}
            w:basedOn w:val="Normal" {}
            @if heading.is_some() { w:next w:val="BodyText" {} }
            w:qFormat {}
            w:pPr {
                @if keep { w:keepNext {} w:keepLines {} }
                @match style.more {
                    More::Bullet => { w:numPr { w:numId w:val="1" {} } }
                    More::Fill => {
                        w:shd w:val="clear" w:color="auto" w:fill=(FILL) {}
                    }
                    More::Tab => { w:tabs { w:tab w:val="left" w:pos=(left) {} } }
                    More::RightTab => { w:tabs { w:tab w:val="right" w:pos=(TEXT_WIDTH) {} } }
                    _ => {}
                }
                w:spacing w:before=(style.space.0 * 20) w:after=(style.space.1 * 20) {}
                @if left > 0 { w:ind w:left=(left) w:hanging=(out) {} }
                @if matches!(style.more, More::Right) { w:jc w:val="right" {} }
                @if let Some(level) = heading { w:outlineLvl w:val=(level) {} }
            }
            w:rPr {
                @if style.bold { w:b {} w:bCs {} }
                w:color w:val=(style.colour) {}
                w:sz w:val=(half_points) {}
                w:szCs w:val=(half_points) {}
            }
        }
    }
}

/// Lines between rows, a stronger one under the head; the first row and column are heads.
fn table_style() -> Markup {
    html! {
        w:style w:type="table" w:default="1" w:styleId="TableNormal" {
            w:name w:val="Normal Table" {}
        }
        w:style w:type="table" w:styleId="Figures" {
            w:name w:val="Figures" {}
            w:basedOn w:val="TableNormal" {}
            w:tblPr {
                w:tblBorders {
                    w:bottom w:val="single" w:sz="4" w:space="0" w:color=(RULE) {}
                    w:insideH w:val="single" w:sz="4" w:space="0" w:color=(RULE) {}
                }
                w:tblCellMar {
                    w:left w:w="60" w:type="dxa" {}
                    w:right w:w="60" w:type="dxa" {}
                }
            }
            w:tblStylePr w:type="firstRow" {
                w:rPr { w:b {} w:bCs {} }
                w:tcPr {
                    w:tcBorders { w:bottom w:val="single" w:sz="12" w:space="0" w:color=(ACCENT) {} }
                    w:vAlign w:val="bottom" {}
                }
            }
            w:tblStylePr w:type="firstCol" { w:rPr { w:b {} w:bCs {} } }
        }
    }
}
