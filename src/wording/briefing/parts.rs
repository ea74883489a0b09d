//! The parts of the letter: their headings, the letterhead, and the places that people
//! fill in.

use crate::model::letter::Part;
use crate::wording::Words;

/// The usual heading of a part.
pub fn heading(words: Words, part: Part) -> &'static str {
    match part {
        Part::KeyMessage => words.pick("Key message", "Kernboodschap"),
        Part::Background => words.pick("Background", "Aanleiding"),
        Part::Decision => words.pick(
            "Our own rules, channel by channel",
            "Onze regels per kanaal",
        ),
        Part::Rules => words.pick("Each rule, and what to do", "Elke regel, en wat te doen is"),
        Part::Found => words.pick("What we found", "Toelichting"),
        Part::Counts => words.pick("The figures of each channel", "De cijfers per kanaal"),
        Part::Differences => {
            words.pick("Differences between channels", "Verschillen tussen kanalen")
        }
        Part::Changes => words.pick("What changed", "Wat er veranderde"),
        Part::Figures => words.pick("Figures", "Figuren"),
        Part::Finance => words.pick("Financial consequences", "Financiële gevolgen"),
        Part::Privacy => words.pick("Privacy", "Privacy"),
        Part::Communication => words.pick("Communication", "Communicatie"),
        Part::FollowUp => words.pick("Next steps", "Vervolg"),
        Part::Annexes => words.pick("Annexes", "Bijlagen"),
        Part::Gaps => words.pick(
            "What was not measured, and what would help",
            "Wat niet is gemeten, en wat helpt",
        ),
        Part::Methods => words.pick("How we measured", "Zo is er gemeten"),
        Part::Provenance => words.pick("Account of the figures", "Verantwoording van de cijfers"),
    }
}

/// The heading of a part behind the letter: "Bijlage 2: Figuren".
pub fn annex(words: Words, number: usize, heading: &str) -> String {
    format!("{} {number}: {heading}", words.pick("Annex", "Bijlage"))
}

/// What people fill in under a heading of the political part; `None` elsewhere.
pub fn to_fill_in(words: Words, part: Part) -> Option<&'static str> {
    Some(match part {
        Part::Background => words.pick(
            "[to be filled in by the author: which question does this letter answer?]",
            "[in te vullen door de opsteller: welke vraag beantwoordt deze brief?]",
        ),
        Part::Finance => words.pick(
            "[to be filled in by the finance department: what does the choice cost or save?]",
            "[in te vullen door de afdeling financiën: wat kost de keuze, of wat bespaart zij?]",
        ),
        Part::Communication => words.pick(
            "[to be filled in by the author: how and when do residents hear about this?]",
            "[in te vullen door de opsteller: hoe en wanneer horen inwoners dit?]",
        ),
        Part::FollowUp => words.pick(
            "[to be filled in by the executive: what is decided, and when is it evaluated?]",
            "[in te vullen door het bestuur: wat is het besluit, en wanneer volgt een evaluatie?]",
        ),
        _ => return None,
    })
}

/// The kind of document.
pub fn document(words: Words) -> &'static str {
    words.pick("Briefing for the council", "Raadsinformatiebrief")
}

/// The names of the usual lines of the letterhead; the last is the subject.
pub fn letterhead(words: Words) -> [&'static str; 6] {
    words.pick(
        [
            "To",
            "From",
            "Date",
            "Portfolio holder",
            "Reference",
            "Subject",
        ],
        [
            "Aan",
            "Van",
            "Datum",
            "Portefeuillehouder",
            "Kenmerk",
            "Onderwerp",
        ],
    )
}

/// What stands in a line of the letterhead that nobody has filled in.
pub fn blank_line(words: Words) -> &'static str {
    words.pick("[to be filled in]", "[in te vullen]")
}
