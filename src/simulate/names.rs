//! Made-up names: syllables that mean nothing, places that do not exist.

use super::population::Follower;

/// The municipality that is followed.
pub const ORGANISATION: &str = "Gemeente Hazelmuide";
/// Its handle on every platform.
pub const HANDLE: &str = "hazelmuide";
/// The server that it is at home on.
pub const HOME: &str = "social.example";
/// Servers of other followers.
pub const SERVERS: [&str; 5] = [
    "kletspraat.example",
    "gemeenschap.example",
    "toetertoren.example",
    "fedi.eikelhorst.example",
    "kring.example",
];
/// Public bodies that the municipality follows itself.
pub const BODIES: [&str; 6] = [
    "waterschap_mistelvaart",
    "gemeente.dorrewijk",
    "bibliotheek_hazelmuide",
    "brandweer.eikelhorst",
    "provincie_notenland",
    "omgevingsdienst.hazel",
];

const CONSONANTS: [char; 16] = [
    'b', 'd', 'f', 'g', 'h', 'j', 'k', 'l', 'm', 'n', 'p', 'r', 's', 't', 'v', 'z',
];
const VOWELS: [char; 4] = ['a', 'e', 'i', 'o'];
const ENDINGS: [&str; 8] = ["", "sma", "stra", "_hm", "72", "08", "_x", "tje"];
const PLACES: [&str; 4] = ["Hazelmuide", "Dorrewijk", "Mistelvaart", "Eikelhorst"];
const PASTIMES: [&str; 6] = [
    "wandelt graag",
    "fietst door weer en wind",
    "leest alles",
    "moestuin en kippen",
    "vrijwilliger bij de speeltuin",
    "raadsvergaderingen op de voet",
];

/// The handle of a follower: ASCII, at most 15 characters for lists of up to 16 million,
/// and different for everybody on the list.
///
/// The follower's tag is spelled in syllables of six bits. A list spells every tag in
/// the same number of syllables, so an ending cannot make two handles equal.
pub fn handle(follower: &Follower) -> String {
    let syllables = follower.tags.trailing_zeros().div_ceil(6).max(3);
    let mut handle = String::with_capacity(16);
    for place in 0..syllables {
        let six = (follower.tag >> (6 * place) & 63) as usize;
        handle.extend(CONSONANTS.get(six >> 2));
        handle.extend(VOWELS.get(six & 3));
    }
    handle.push_str(pick(&ENDINGS, follower.noise >> 40));
    handle
}

/// The name that a follower shows.
pub fn display_name(follower: &Follower) -> String {
    let handle = handle(follower);
    let (first, last) = handle.split_at(4);
    let last = last.trim_end_matches(|c: char| !c.is_ascii_lowercase());
    let mut name = capital(first);
    name.push_str(if follower.noise >> 44 & 3 == 0 {
        " van "
    } else {
        " "
    });
    name.push_str(&capital(last));
    match follower.noise >> 46 & 7 {
        0 => name.replace('e', "ë"),
        _ => name,
    }
}

/// What a follower says about themselves; for about half of them nothing.
pub fn bio(follower: &Follower) -> String {
    match follower.noise >> 49 & 1 {
        0 => String::new(),
        _ => format!(
            "{}, {}",
            pick(&PLACES, follower.noise >> 50),
            pick(&PASTIMES, follower.noise >> 53)
        ),
    }
}

/// The server of a follower in a federation; `None` for the home server.
pub fn server(follower: &Follower) -> Option<&'static str> {
    let place = follower.noise >> 56 & 7;
    SERVERS.get(place as usize).copied()
}

fn pick(words: &[&'static str], noise: u64) -> &'static str {
    let place = noise % (words.len() as u64).max(1);
    words.get(place as usize).copied().unwrap_or_default()
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map(|first| first.to_ascii_uppercase())
        .into_iter()
        .chain(letters)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn handles_are_short_and_differ(bits in 0..24u32, a: u64, b: u64, noise: u64, other: u64) {
            let tags = 1u64 << bits;
            let follower = |tag, noise| Follower { tag: tag % tags, tags, noise, ..Follower::default() };
            let one = handle(&follower(a, noise));
            prop_assert!(one.len() <= 15 && one.is_ascii());
            if a % tags != b % tags {
                prop_assert_ne!(&one, &handle(&follower(b, other)));
            }
        }
    }

    #[test]
    fn an_example() {
        let follower = Follower {
            tag: 0b1001 << 6 | 1,
            tags: 1 << 15,
            noise: 1 << 40,
            ..Follower::default()
        };
        assert_eq!(handle(&follower), "bedebasma");
        assert_eq!(display_name(&follower), "Bëdë van Basma");
    }
}
