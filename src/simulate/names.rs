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
const ENDINGS: [&str; 8] = ["", "sma", "tje", "ra", "ns", "ker", "man", "wal"];
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
/// the same number of syllables, so an ending cannot make two handles equal. The mark at
/// the end keeps it from being the handle of somebody real.
pub fn handle(follower: &Follower) -> String {
    let mut handle = syllables(follower);
    handle.push_str(ending(follower));
    handle.push_str("_hzm");
    handle
}

/// The name that a follower shows.
pub fn display_name(follower: &Follower) -> String {
    let syllables = syllables(follower);
    let (first, last) = syllables.split_at_checked(4).unwrap_or_default();
    let between = if follower.noise >> 44 & 3 == 0 {
        " van "
    } else {
        " "
    };
    let name = format!(
        "{}{between}{}{}",
        capital(first),
        capital(last),
        ending(follower)
    );
    match follower.noise >> 46 & 7 {
        0 => name.replace('e', "ë"),
        _ => name,
    }
}

fn syllables(follower: &Follower) -> String {
    let count = follower.tags.trailing_zeros().div_ceil(6).max(3);
    let mut word = String::with_capacity(16);
    for place in 0..count {
        let six = (follower.tag >> (6 * place).min(63) & 63) as usize;
        word.extend(CONSONANTS.get(six >> 2));
        word.extend(VOWELS.get(six & 3));
    }
    word
}

fn ending(follower: &Follower) -> &'static str {
    pick(&ENDINGS, follower.noise >> 40)
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
        assert_eq!(handle(&follower), "befebasma_hzm");
        assert_eq!(display_name(&follower), "Bëfë van Basma");
    }
}
