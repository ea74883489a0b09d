//! What stands on the worksheet of an audit, for the analyst who labels.

use super::Words;

/// The facts that the explanation names.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The name of the channel.
    pub channel: &'a str,
    /// The census instant (RFC 3339).
    pub census: &'a str,
    /// Followers to look up.
    pub rows: usize,
    /// Whether this is the worksheet of the second reader.
    pub second: bool,
}

impl Words {
    /// The labels of the drop-down: dormant, active, unknown.
    pub fn labels(self) -> [&'static str; 3] {
        self.pick(
            ["dormant", "active", "unknown"],
            ["slapend", "actief", "onbekend"],
        )
    }

    /// The name of the sheet with the rows.
    pub fn worksheet_rows(self) -> &'static str {
        self.pick("Followers", "Volgers")
    }

    /// The name of the sheet with the explanation.
    pub fn worksheet_explanation(self) -> &'static str {
        self.pick("How to label", "Uitleg")
    }

    /// What the drop-down says of a word that it does not know.
    pub fn worksheet_not_a_label(self) -> String {
        let [dormant, active, unknown] = self.labels();
        self.pick(
            format!("Choose {dormant}, {active} or {unknown}."),
            format!("Kies {dormant}, {active} of {unknown}."),
        )
    }

    /// The explanation: one paragraph a line; the first is the title.
    pub fn worksheet_instructions(self, facts: Facts<'_>) -> Vec<String> {
        let [dormant, active, unknown] = self.labels();
        let Facts {
            channel,
            rows,
            second,
            ..
        } = facts;
        let rows = self.followers(rows as u64);
        let census = self.date(facts.census);
        let mut lines = self.pick(
            vec![
                format!("{channel}: {rows} to look up"),
                format!(
                    "Open each profile and choose a label. The question is the same for all: \
                     did somebody still use this account around {census}?"
                ),
                format!(
                    "{dormant}: nobody uses the account any more. Its posts, replies, likes and \
                     other traces stopped long ago, or it never had any and nothing else speaks \
                     for a reader."
                ),
                format!(
                    "{active}: somebody uses the account. Reading is enough: who likes, follows, \
                     saves or replies is awake, also without posts."
                ),
                format!(
                    "{unknown}: the profile does not tell, for example because it is private. Do \
                     not guess: an {unknown} makes the result wider, a wrong label makes it wrong."
                ),
                format!(
                    "Is the account no longer there, because it was deleted, suspended or moved? \
                     Then it is not {dormant}: choose {unknown} and write under note that it is \
                     gone. Gone accounts are counted apart."
                ),
                "Label every row, in the order of the sheet, and leave the other columns as they \
                 are. What you found can go under note."
                    .to_owned(),
                "Do not replace an account that is hard to judge by another one: the draw was \
                 made by chance, and only so it speaks for all followers."
                    .to_owned(),
                "This file names people. Keep it where only the readers can open it, and delete \
                 it when the review is done."
                    .to_owned(),
            ],
            vec![
                format!("{channel}: {rows} om op te zoeken"),
                format!(
                    "Open elk profiel en kies een label. De vraag is steeds dezelfde: gebruikte \
                     iemand dit account rond {census} nog?"
                ),
                format!(
                    "{dormant}: niemand gebruikt het account nog. Berichten, reacties, likes en \
                     andere sporen zijn lang geleden gestopt, of er waren er nooit en ook verder \
                     wijst niets op een lezer."
                ),
                format!(
                    "{active}: iemand gebruikt het account. Lezen is genoeg: wie iets leuk vindt, \
                     volgt, bewaart of beantwoordt is wakker, ook zonder eigen berichten."
                ),
                format!(
                    "{unknown}: het profiel laat het niet zien, bijvoorbeeld omdat het privé is. \
                     Raad niet: een {unknown} maakt de uitkomst breder, een verkeerd label maakt \
                     haar fout."
                ),
                format!(
                    "Is het account er niet meer, omdat het is verwijderd, geschorst of verhuisd? \
                     Dan is het niet {dormant}: kies {unknown} en schrijf onder note dat het \
                     verdwenen is. Verdwenen accounts tellen apart."
                ),
                "Geef elke rij een label, in de volgorde van het blad, en laat de andere kolommen \
                 zoals ze zijn. Wat u zag kan onder note staan."
                    .to_owned(),
                "Vervang een account dat lastig te beoordelen is niet door een ander: de trekking \
                 is door het toeval gemaakt, en alleen zo spreekt zij voor alle volgers."
                    .to_owned(),
                "Dit bestand noemt mensen. Bewaar het waar alleen de lezers erbij kunnen, en \
                 verwijder het als het onderzoek klaar is."
                    .to_owned(),
            ],
        );
        if second {
            lines.push(
                self.pick(
                    "You are the second reader: label on your own, without looking at the other \
                     worksheet. How far both agree is part of the result.",
                    "U bent de tweede lezer: label zelfstandig, zonder het andere werkblad te \
                     bekijken. Hoe ver u het eens bent hoort bij de uitkomst.",
                )
                .to_owned(),
            );
        }
        lines
    }
}
