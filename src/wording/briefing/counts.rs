//! Numbers of followers, as far as they may be printed.

use crate::model::published::SMALLEST_GROUP;
use crate::wording::Words;

/// A number in a cell: "18.240", or "–" where it is hidden.
pub fn cell(words: Words, n: Option<u64>) -> String {
    n.map_or_else(|| "–".to_owned(), |n| words.count(n))
}

/// Followers in a sentence: "18.240 volgers", or "some of the followers".
pub fn followers(words: Words, n: Option<u64>) -> String {
    let hidden = words.pick("some of the followers", "een deel van de volgers");
    n.map_or_else(|| hidden.to_owned(), |n| words.followers(n))
}

/// Why numbers are missing from a table.
pub fn why_hidden(words: Words) -> String {
    words.pick(
        format!(
            "A dash stands for a number that we do not print. We do not print fewer than \
             {SMALLEST_GROUP} people, and where another number would give such a small one away, \
             we leave that out as well."
        ),
        format!(
            "Een streepje staat voor een getal dat wij niet tonen. Minder dan {SMALLEST_GROUP} \
             mensen tonen wij niet. Verraadt een ander getal zo'n klein aantal, dan laten wij ook \
             dat weg."
        ),
    )
}
