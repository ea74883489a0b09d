//! The names and headings of the annex: the workbook with all numbers.

use crate::model::change::Basis;
use crate::model::multiverse::Signs;
use crate::wording::Words;

/// The sheets, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaf {
    /// What the workbook is.
    Explanation,
    /// Shares with their limits.
    Shares,
    /// Followers by state.
    Counts,
    /// Followers who are not dormant, and what they cost.
    Reach,
    /// All pairs of channels.
    Differences,
    /// Followers on each dated export.
    Snapshots,
    /// What happened from each dated export to the next.
    Steps,
    /// The spread over all combinations of choices.
    Choices,
    /// In which share of the combinations a question is answered yes.
    Decisions,
    /// The same for each option of each choice.
    ByChoice,
    /// What the council's own rules make of each channel.
    Verdicts,
    /// The silent share against the window.
    Curve,
    /// The files that were read.
    Sources,
}

impl Leaf {
    /// The name on the tab: at most 31 letters.
    pub fn name(self, words: Words) -> &'static str {
        match self {
            Self::Explanation => words.pick("Read me", "Lees mij"),
            Self::Shares => words.pick("Shares", "Aandelen"),
            Self::Counts => words.pick("Counts", "Aantallen"),
            Self::Reach => words.pick("Awake and cost", "Wakker en kosten"),
            Self::Differences => words.pick("Differences", "Verschillen"),
            Self::Snapshots => words.pick("Dates", "Peildata"),
            Self::Steps => words.pick("Changes", "Veranderingen"),
            Self::Choices => words.pick("Other choices", "Andere keuzes"),
            Self::Decisions => words.pick("How often it holds", "Hoe vaak het klopt"),
            Self::ByChoice => words.pick("By choice", "Per keuze"),
            Self::Verdicts => words.pick("Our own rules", "Onze regels"),
            Self::Curve => words.pick("Curve", "Curve"),
            Self::Sources => words.pick("Sources", "Bronnen"),
        }
    }

    /// What stands on the sheet.
    pub fn caption(self, words: Words) -> &'static str {
        match self {
            Self::Explanation => words.pick(
                "The numbers behind the briefing",
                "De cijfers achter de brief",
            ),
            Self::Shares => words.pick(
                "Share of the followers who are silent or dormant, with the limits and how they were made",
                "Aandeel stille of slapende volgers, met de grenzen en hoe die zijn gemaakt",
            ),
            Self::Counts => words.pick(
                "Followers on the list, by what the export shows",
                "Volgers op de lijst, naar wat de export toont",
            ),
            Self::Reach => words.pick(
                "Followers who are not dormant, and what each of them costs in a month",
                "Volgers die niet slapen, en wat elk van hen per maand kost",
            ),
            Self::Differences => words.pick(
                "Difference of the shares of two channels, in percentage points",
                "Verschil tussen de aandelen van twee kanalen, in procentpunten",
            ),
            Self::Choices => words.pick(
                "The silent share under every other defensible combination of choices",
                "Het stille aandeel bij elke andere verdedigbare combinatie van keuzes",
            ),
            Self::Decisions => words.pick(
                "In which part of those combinations something holds; this is no probability",
                "Bij welk deel van die combinaties iets klopt; dit is geen kans",
            ),
            Self::ByChoice => words.pick(
                "The same among the combinations that take one option: how much hangs on that choice",
                "Hetzelfde bij de combinaties met één optie: hoeveel er van die keuze afhangt",
            ),
            Self::Snapshots => words.pick(
                "Followers on each dated list, and the silent share of those of whom it is known",
                "Volgers op elke lijst met een datum, en het stille aandeel van wie het bekend is",
            ),
            Self::Steps => words.pick(
                "What happened from one list to the next, and where the change of the silent share came from",
                "Wat er veranderde van de ene lijst tot de volgende, en waardoor het stille aandeel veranderde",
            ),
            Self::Verdicts => words.pick(
                "Each rule of our own against its figure, in the unit of the rule, and what follows",
                "Elke eigen regel naast zijn cijfer, in de eenheid van de regel, en wat daaruit volgt",
            ),
            Self::Curve => words.pick(
                "The silent share for each window, from 1 day to 4 years",
                "Het stille aandeel bij elke grens, van 1 dag tot 4 jaar",
            ),
            Self::Sources => words.pick(
                "The files that were read, with their full fingerprints",
                "De bestanden die zijn gelezen, met hun hele vingerafdruk",
            ),
        }
    }

    /// The headings of its columns.
    pub fn columns(self, words: Words) -> &'static [&'static str] {
        match self {
            Self::Explanation => words.pick(&["What", "Value"], &["Wat", "Waarde"]),
            Self::Shares => words.pick(
                &[
                    "Channel",
                    "Platform",
                    "Share",
                    "Estimate",
                    "Lower limit",
                    "Upper limit",
                    "Confidence",
                    "Checked by hand",
                    "Method",
                ],
                &[
                    "Kanaal",
                    "Platform",
                    "Aandeel",
                    "Schatting",
                    "Ondergrens",
                    "Bovengrens",
                    "Zekerheid",
                    "Met de hand bekeken",
                    "Methode",
                ],
            ),
            Self::Counts => words.pick(
                &[
                    "Channel",
                    "The export shows",
                    "The list holds",
                    "Followers",
                    "On the list",
                    "Awake",
                    "Publicly silent",
                    "Undetermined",
                    "Gone",
                ],
                &[
                    "Kanaal",
                    "De export toont",
                    "De lijst bevat",
                    "Volgers",
                    "Op de lijst",
                    "Actief",
                    "Openbaar stil",
                    "Onbekend",
                    "Verdwenen",
                ],
            ),
            Self::Reach => words.pick(
                &[
                    "Channel",
                    "Not dormant, estimate",
                    "Not dormant, lower limit",
                    "Not dormant, upper limit",
                    "Cost a month",
                    "Cost each, estimate",
                    "Cost each, lower limit",
                    "Cost each, upper limit",
                ],
                &[
                    "Kanaal",
                    "Niet slapend, schatting",
                    "Niet slapend, ondergrens",
                    "Niet slapend, bovengrens",
                    "Kosten per maand",
                    "Kosten per volger, schatting",
                    "Kosten per volger, ondergrens",
                    "Kosten per volger, bovengrens",
                ],
            ),
            Self::Differences => words.pick(
                &[
                    "Channel",
                    "Compared with",
                    "Share",
                    "Estimate",
                    "Lower limit",
                    "Upper limit",
                    "Confidence",
                    "Finding",
                    "p (Holm)",
                    "Cohen's h",
                ],
                &[
                    "Kanaal",
                    "Vergeleken met",
                    "Aandeel",
                    "Schatting",
                    "Ondergrens",
                    "Bovengrens",
                    "Zekerheid",
                    "Uitkomst",
                    "p (Holm)",
                    "Cohens h",
                ],
            ),
            Self::Choices => words.pick(
                &[
                    "Channel",
                    "Sign of life",
                    "Main choice",
                    "Smallest",
                    "Middle",
                    "Largest",
                    "Combinations",
                ],
                &[
                    "Kanaal",
                    "Teken van leven",
                    "Hoofdkeuze",
                    "Kleinste",
                    "Middelste",
                    "Grootste",
                    "Combinaties",
                ],
            ),
            Self::Decisions => words.pick(
                &[
                    "Channel",
                    "What",
                    "Threshold",
                    "Sign of life",
                    "Holds in",
                    "Combinations",
                ],
                &[
                    "Kanaal",
                    "Wat",
                    "Drempel",
                    "Teken van leven",
                    "Klopt bij",
                    "Combinaties",
                ],
            ),
            Self::ByChoice => words.pick(
                &[
                    "Channel",
                    "What",
                    "Threshold",
                    "Sign of life",
                    "Choice",
                    "Option",
                    "Holds in",
                ],
                &[
                    "Kanaal",
                    "Wat",
                    "Drempel",
                    "Teken van leven",
                    "Keuze",
                    "Optie",
                    "Klopt bij",
                ],
            ),
            Self::Snapshots | Self::Steps => self.columns_of_changes(words),
            Self::Verdicts => words.pick(
                &[
                    "Channel",
                    "Verdict",
                    "Rule",
                    "Outcome",
                    "Threshold",
                    "Estimate",
                    "Lower limit",
                    "Upper limit",
                    "Confidence",
                    "Known from",
                    "Other choices",
                ],
                &[
                    "Kanaal",
                    "Oordeel",
                    "Regel",
                    "Uitkomst",
                    "Drempel",
                    "Schatting",
                    "Ondergrens",
                    "Bovengrens",
                    "Zekerheid",
                    "Bekend door",
                    "Andere keuzes",
                ],
            ),
            Self::Curve => words.pick(
                &["Channel", "Window (days)", "Lower limit", "Upper limit"],
                &["Kanaal", "Grens (dagen)", "Ondergrens", "Bovengrens"],
            ),
            Self::Sources => words.pick(
                &[
                    "Channel",
                    "File",
                    "Format",
                    "Rows",
                    "Set aside",
                    "Duplicates",
                    "SHA-256",
                ],
                &[
                    "Kanaal",
                    "Bestand",
                    "Formaat",
                    "Rijen",
                    "Overgeslagen",
                    "Dubbel",
                    "SHA-256",
                ],
            ),
        }
    }

    fn columns_of_changes(self, words: Words) -> &'static [&'static str] {
        match self {
            Self::Snapshots => words.pick(
                &[
                    "Channel",
                    "Census date",
                    "The list holds",
                    "Awake",
                    "Publicly silent",
                    "Undetermined",
                    "Gone",
                    "Silent, of those known",
                ],
                &[
                    "Kanaal",
                    "Peildatum",
                    "De lijst bevat",
                    "Actief",
                    "Openbaar stil",
                    "Onbekend",
                    "Verdwenen",
                    "Stil, van wie het bekend is",
                ],
            ),
            _ => words.pick(
                &[
                    "Channel",
                    "From",
                    "To",
                    "Lists",
                    "Fell silent",
                    "Fell silent, lower limit",
                    "Fell silent, upper limit",
                    "Fell silent, of",
                    "Woke",
                    "Woke, lower limit",
                    "Woke, upper limit",
                    "Woke, of",
                    "Known on both dates",
                    "Change of those",
                    "Change of those, lower limit",
                    "Change of those, upper limit",
                    "p (McNemar)",
                    "Change of the silent share",
                    "By those who stayed",
                    "By those who left",
                    "By those who joined",
                ],
                &[
                    "Kanaal",
                    "Van",
                    "Tot",
                    "Lijsten",
                    "Werd stil",
                    "Werd stil, ondergrens",
                    "Werd stil, bovengrens",
                    "Werd stil, van",
                    "Werd actief",
                    "Werd actief, ondergrens",
                    "Werd actief, bovengrens",
                    "Werd actief, van",
                    "Bekend op beide data",
                    "Verandering van hen",
                    "Verandering van hen, ondergrens",
                    "Verandering van hen, bovengrens",
                    "p (McNemar)",
                    "Verandering van het stille aandeel",
                    "Door wie bleef",
                    "Door wie wegging",
                    "Door wie erbij kwam",
                ],
            ),
        }
    }
}

/// How to read the numbers of the workbook.
pub fn reading(words: Words) -> [(&'static str, &'static str); 3] {
    words.pick(
        [
            (
                "Numbers",
                "All numbers are as they were computed, not rounded; the briefing rounds limits outward.",
            ),
            (
                "Small groups",
                "A group of 1 to 9 people is not shown; another one may be left out with it.",
            ),
            (
                "Empty cells",
                "An empty cell means that there is no such number, not that it is zero.",
            ),
        ],
        [
            (
                "Getallen",
                "Alle getallen zijn zoals ze zijn berekend, niet afgerond; de brief rondt grenzen naar buiten af.",
            ),
            (
                "Kleine groepen",
                "Een groep van 1 tot 9 mensen is niet te zien; soms valt daardoor nog een getal weg.",
            ),
            (
                "Lege cellen",
                "Een lege cel betekent dat dit getal er niet is, niet dat het nul is.",
            ),
        ],
    )
}

/// Which signs of life a combination counts.
pub fn signs(words: Words, signs: Signs) -> &'static str {
    match signs {
        Signs::Posts => words.pick("posts only", "alleen berichten"),
        Signs::Any => words.pick("any", "elk teken"),
    }
}

/// What the rates of a change speak of.
pub fn basis(words: Words, basis: Basis) -> &'static str {
    match basis {
        Basis::WholeLists => words.pick("complete lists", "volledige lijsten"),
        Basis::Samples => words.pick("random samples", "steekproeven"),
        Basis::CutOff => words.pick("a list is cut off", "een lijst is afgekapt"),
    }
}
