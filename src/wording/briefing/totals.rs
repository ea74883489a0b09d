//! What platforms say in totals, where they name no followers.

use crate::wording::Words;

/// The caption of the table of totals.
pub fn caption(words: Words) -> &'static str {
    words.pick(
        "What the platforms say in totals, followers or not",
        "Wat de platforms zeggen in totalen, over volgers en anderen samen",
    )
}

/// The columns of that table after the channel.
pub fn columns(words: Words) -> [&'static str; 7] {
    words.pick(
        [
            "From",
            "To",
            "New",
            "Lost",
            "Most active in one hour",
            "Largest reach in one day",
            "Not shown to be reached (%)",
        ],
        [
            "Van",
            "Tot",
            "Erbij",
            "Eraf",
            "Meeste actief in één uur",
            "Grootste bereik op één dag",
            "Niet aantoonbaar bereikt (%)",
        ],
    )
}

/// What the last column is, and what it is not.
pub fn reading(words: Words) -> &'static str {
    words.pick(
        "Not shown to be reached: at most so many followers are out of our reach. It does not say that \
         they are, since a platform shows a post to a part of the followers only.",
        "Niet aantoonbaar bereikt: hoogstens zo veel volgers kunnen wij niet bereiken. Het zegt niet dat \
         dit zo is, want een platform toont een bericht maar aan een deel van de volgers.",
    )
}
