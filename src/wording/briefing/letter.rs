//! The parts of a letter to a council beside the measurement: costs, privacy, annexes.

use crate::wording::Words;

/// The caption of the table of costs.
pub fn finance_caption(words: Words, level: f64) -> String {
    let sure = words.level_prose(level);
    words.pick(
        format!("What the channels cost now; limits at a confidence of {sure}"),
        format!("Wat de kanalen nu kosten; grenzen met {sure} zekerheid"),
    )
}

/// The columns of that table after the channel.
pub fn finance_columns(words: Words) -> [&'static str; 3] {
    words.pick(
        [
            "Costs a month",
            "Hours a month",
            "Per 1,000 followers not dormant, a month",
        ],
        [
            "Kosten per maand",
            "Uren per maand",
            "Per 1.000 volgers die niet slapen, per maand",
        ],
    )
}

/// Which data of persons were used, and what became of them.
pub fn privacy(words: Words) -> [&'static str; 4] {
    words.pick(
        [
            "We used only lists that the platforms hand out to the holder of a channel. Nothing was \
             collected from platforms.",
            "Names, handles and posts were dropped while the lists were read. Followers were counted, \
             and nobody was linked across channels.",
            "Whoever checks followers by hand sees their accounts. That worksheet stays inside the \
             organisation, and no part of it stands in this document.",
            "This document holds numbers only: no names, and nothing about any one follower. Groups of 1 \
             to 9 people are not shown.",
        ],
        [
            "Wij gebruikten alleen lijsten die een platform aan de eigenaar van een kanaal geeft. Wij \
             haalden niets op bij de platforms.",
            "Namen en berichten zijn weggelaten bij het inlezen. Wij telden volgers, en legden geen \
             verband tussen dezelfde mensen op verschillende kanalen.",
            "Wie volgers met de hand nakijkt, ziet hun accounts. Die werklijst blijft binnen de \
             organisatie, en niets daaruit staat in dit document.",
            "Dit document bevat alleen aantallen: geen namen, en niets over één enkele volger. Groepen \
             van 1 tot 9 mensen tonen wij niet.",
        ],
    )
}

/// The files that go with the letter, and what they hold.
pub fn annexes(words: Words) -> [(&'static str, &'static str); 5] {
    words.pick(
        [
            (
                "annex.xlsx",
                "All numbers as a workbook, a sheet for each table.",
            ),
            ("results.json", "Every result, for other programs."),
            ("shares.csv", "The shares with their limits."),
            (
                "multiverse.csv",
                "The silent share under all other choices.",
            ),
            (
                "figures",
                "The figures as pictures, each with its numbers as CSV.",
            ),
        ],
        [
            (
                "annex.xlsx",
                "Alle getallen als rekenblad, een blad voor elke tabel.",
            ),
            ("results.json", "Alle uitkomsten, voor andere programma's."),
            ("shares.csv", "De aandelen met hun grenzen."),
            (
                "multiverse.csv",
                "Het aandeel stille volgers bij alle andere keuzes.",
            ),
            (
                "figures",
                "De figuren als plaatje, elk met de cijfers als CSV.",
            ),
        ],
    )
}
