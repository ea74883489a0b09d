//! What was not measured, each with its next step.

use crate::model::cut_off::Sign;
use crate::model::evidence::{Design, Field};
use crate::model::results::{Channel, Notice};
use crate::wording::Words;

use super::counts;

/// How many followers a first audit draws: enough for about six points either way.
pub const FIRST_DRAW: u64 = 150;

/// A field in running text.
pub fn field(words: Words, field: Field) -> &'static str {
    match field {
        Field::Id => words.pick("the id of the account", "het kenmerk van het account"),
        Field::FollowedAt => words.pick("the date of the follow", "de datum van volgen"),
        Field::AccountCreatedAt => words.pick(
            "the date on which the account was made",
            "de datum waarop het account is gemaakt",
        ),
        Field::LastActiveAt => words.pick(
            "the date of the last activity",
            "de datum van de laatste activiteit",
        ),
        Field::PostsCount => words.pick("the number of posts", "het aantal berichten"),
        Field::FollowersCount => words.pick(
            "how many followers the account has",
            "hoeveel volgers het account heeft",
        ),
        Field::FollowingCount => {
            words.pick("how many accounts it follows", "hoeveel accounts het volgt")
        }
        Field::DefaultAvatar => words.pick(
            "whether there is a picture of one's own",
            "of er een eigen profielfoto is",
        ),
        Field::Protected => words.pick(
            "whether the account is protected",
            "of het account is afgeschermd",
        ),
    }
}

/// Fields that the exports of a channel do not carry; `fields` is not empty.
pub fn not_collected(words: Words, fields: &[Field]) -> String {
    let names: Vec<&str> = fields.iter().map(|&one| field(words, one)).collect();
    let (lack, them) = match names.len() {
        1 => ("ontbreekt", "it"),
        _ => ("ontbreken", "them"),
    };
    let names = words.list(&names);
    words.pick(
        format!(
            "The export lacks {names}. Ask for an export that has {them}, where the platform offers \
             one."
        ),
        format!(
            "In de export {lack} {names}. Vraag een export waar dit in staat, als het platform die \
             geeft."
        ),
    )
}

/// One notice: what is the case, and what would help.
pub fn notice(words: Words, notice: &Notice, channel: &Channel) -> String {
    let count = |n: u64| words.count(n);
    let followers = |n: u64| words.followers(n);
    let rows = |n: u64| words.rows(n);
    match *notice {
        Notice::NotCollected { field, .. } => not_collected(words, &[field]),
        Notice::Protected { followers: n } => words.pick(
            format!(
                "Protected accounts without activity in the export: {}. We count them as \
                 undetermined, not as silent. Have some of them checked by hand: a person can often \
                 see more.",
                counts::followers(words, n)
            ),
            format!(
                "Afgeschermde accounts zonder activiteit in de export: {}. Wij tellen hen als \
                 onbekend, niet als stil. Laat een aantal van hen met de hand nakijken: een mens ziet \
                 vaak meer.",
                counts::followers(words, n)
            ),
        ),
        Notice::Gone { followers: n } => words.pick(
            format!(
                "Gone, that is suspended, deleted or moved: {}. They count in no share. \
                 Measure again later to see whether this number grows.",
                counts::followers(words, n)
            ),
            format!(
                "Verdwenen, dus geschorst, verwijderd of verhuisd: {}. Zij tellen in geen enkel \
                 aandeel mee. Meet later opnieuw om te zien of dit aantal groeit.",
                counts::followers(words, n)
            ),
        ),
        Notice::SetAside { rows: n, of } => words.pick(
            format!(
                "Of {}, {} could not be read and set aside. Look up the reasons in the results, and \
                 ask for a new export if it matters.",
                rows(of),
                count(n)
            ),
            format!(
                "Van {} waren er {} niet te lezen; die zijn overgeslagen. Zoek de redenen op in de \
                 resultaten, en vraag zo nodig een nieuwe export.",
                rows(of),
                count(n)
            ),
        ),
        Notice::Duplicates { rows: n } => words.pick(
            format!(
                "The same follower came twice in {}; each counts once. Make a list in several parts in \
                 one go, so that it does not shift in between.",
                rows(n)
            ),
            format!(
                "In {} kwam een volger dubbel voor; elke volger telt één keer. Maak een lijst in delen \
                 achter elkaar, zodat zij tussendoor niet verschuift.",
                rows(n)
            ),
        ),
        Notice::ListDiffersFromCounter { listed, counter } => words.pick(
            format!(
                "The list holds {}, the platform's counter says {}. Note the counter on the day of \
                 the export, then the difference can be explained.",
                followers(listed),
                count(counter)
            ),
            format!(
                "Op de lijst staan {}, de teller van het platform zegt {}. Noteer de teller op de dag \
                 van de export, dan is het verschil te verklaren.",
                followers(listed),
                count(counter)
            ),
        ),
        Notice::NewestFirst { listed, followers: all } => newest(words, channel, listed, all),
        Notice::CutOff {
            declared,
            listed,
            counter,
            ref signs,
        } => cut_off(words, declared, listed, counter, signs),
        Notice::CutOffOverruled {
            listed,
            counter,
            ref signs,
            ref because,
            ..
        } => overruled(words, (listed, counter), signs, because),
        Notice::OlderAssumed => words
            .pick(
                "The study assumes that older followers are at least as silent as the oldest on \
                 the list. The limits that follow from it stand apart in results.json; no figure \
                 here rests on them.",
                "De studie neemt aan dat oudere volgers minstens zo stil zijn als de oudste op de \
                 lijst. De grenzen die daaruit volgen, staan apart in results.json; geen cijfer \
                 hier steunt erop.",
            )
            .to_owned(),
        Notice::PartMissing { part, of } => {
            let part = count(part.into());
            let which = match of {
                Some(of) => words.pick(
                    format!("Part {part} of {}", count(of.into())),
                    format!("Deel {part} van {}", count(of.into())),
                ),
                None => words.pick(format!("Part {part}"), format!("Deel {part}")),
            };
            words.pick(
                format!("{which} of the list is missing. Find that file and run the measurement again."),
                format!("{which} van de lijst ontbreekt. Zoek dat bestand op en meet opnieuw."),
            )
        }
        Notice::CountDiffers { announced, found } => words.pick(
            format!(
                "The export announces {} and holds {}. Ask for the export once more.",
                rows(announced),
                count(found)
            ),
            format!(
                "De export kondigt {} aan en bevat er {}. Vraag de export nog een keer aan.",
                rows(announced),
                count(found)
            ),
        ),
        Notice::ImplausibleDates { dates } => words.pick(
            format!(
                "Dates that cannot be right: {}. We read them as empty. Check how the export writes \
                 its dates.",
                count(dates)
            ),
            format!(
                "Datums die niet kunnen kloppen: {}. Wij lezen ze als leeg. Ga na hoe de export \
                 datums schrijft.",
                count(dates)
            ),
        ),
        Notice::LabelsUnknown { labels } => words.pick(
            format!(
                "For {} the check by hand could not tell. That sets the limits further apart. Have a second \
                 person look at them.",
                counts::followers(words, labels)
            ),
            format!(
                "Van {} was bij de controle met de hand niets te zien. Daarom liggen de grenzen verder \
                 uit elkaar. Laat een tweede persoon naar hen kijken.",
                counts::followers(words, labels)
            ),
        ),
        Notice::NoAudit => no_audit(words, channel),
        Notice::NoEvidence => words
            .pick(
                "The export says nothing about activity. Ask for an export with the date of the last \
                 activity, or check followers by hand.",
                "De export zegt niets over activiteit. Vraag een export met de datum van de laatste \
                 activiteit, of kijk volgers met de hand na.",
            )
            .to_owned(),
        Notice::Interactions {
            followers: n,
            awake,
            others,
        } => interactions(words, [n, awake, others]),
        Notice::TotalsOnly => words
            .pick(
                "The platform hands out totals only, and names no followers. So we count nobody as \
                 awake, silent or dormant here, and compare this channel with others only where the \
                 totals settle it. Note the number of followers each month, then you can see how it \
                 grows.",
                "Het platform geeft alleen totalen en noemt geen volgers. Daarom tellen wij hier \
                 niemand als actief, stil of slapend. Wij vergelijken dit kanaal alleen met andere \
                 als de totalen dat toelaten. Noteer elke maand het aantal volgers, dan ziet u hoe \
                 het groeit.",
            )
            .to_owned(),
    }
}

/// Followers who interacted, those awake by that alone, people who are no followers.
fn interactions(words: Words, [followers, awake, others]: [Option<u64>; 3]) -> String {
    let [followers, awake] = [followers, awake].map(|n| counts::followers(words, n));
    let others = counts::cell(words, others);
    words.pick(
        format!(
            "Lists of reactions to the channel name {followers}. Awake for that reason alone: \
             {awake}. People on these lists who do not follow, and count nowhere: {others}. Check \
             that the lists name people in the same way as the export."
        ),
        format!(
            "Lijsten van reacties op het kanaal noemen {followers}. Alleen daardoor actief: \
             {awake}. Mensen op die lijsten die niet volgen, en nergens meetellen: {others}. Ga na \
             of de lijsten mensen net zo noemen als de export."
        ),
    )
}

fn newest(words: Words, channel: &Channel, listed: u64, all: u64) -> String {
    let (listed, all) = (words.count(listed), words.followers(all));
    let what = if channel.design == Design::Newest {
        words.pick(
            format!("The list holds only the newest {listed} of {all}."),
            format!("De lijst bevat alleen de nieuwste {listed} van de {all}."),
        )
    } else {
        words.pick(
            format!(
                "It is not known how the list of {listed} was made, for a channel with {all}; we treat \
                 it as the newest followers."
            ),
            format!(
                "Het is niet bekend hoe de lijst van {listed} is gemaakt, voor een kanaal met {all}; \
                 wij behandelen haar als de nieuwste volgers."
            ),
        )
    };
    let help = words.pick(
        "Such a list is no sample. Ask for the whole list, or draw followers at random.",
        "Zo'n lijst is geen steekproef. Vraag de hele lijst, of loot een groep uit alle volgers.",
    );
    format!("{what} {help}")
}

/// What shows that a list is cut off, as one sentence.
pub fn shown(words: Words, (listed, counter): (u64, Option<u64>), signs: &[Sign]) -> String {
    let gap = counter.filter(|&counter| counter > listed).map(|counter| {
        let (listed, counter) = (words.count(listed), words.followers(counter));
        words.pick(
            format!("it holds {listed} of {counter}"),
            format!("er staan er {listed} op van de {counter}"),
        )
    });
    let signs = signs.iter().map(|sign| match sign {
        Sign::PagesLeft => words
            .pick(
                "its last page names a next one, which is not there",
                "de laatste pagina noemt een volgende, en die is er niet",
            )
            .to_owned(),
        Sign::NewestFirst { oldest } => {
            let oldest = words.date(oldest);
            words.pick(
                format!("its newest follow comes first and it stops at {oldest}"),
                format!("de nieuwste volger staat bovenaan en zij stopt bij {oldest}"),
            )
        }
        Sign::FullPages { rows, page } => {
            let (rows, page) = (words.count(*rows), words.count(*page));
            words.pick(
                format!("its {rows} rows are full pages of {page}, without a rest"),
                format!("de {rows} rijen zijn volle pagina's van {page}, zonder rest"),
            )
        }
        Sign::PartMissing => words
            .pick("a part of it is missing", "er ontbreekt een deel")
            .to_owned(),
    });
    let parts: Vec<String> = gap.into_iter().chain(signs).collect();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    words.list(&parts)
}

/// A list that is cut off although the study file calls it something better.
fn cut_off(
    words: Words,
    declared: Design,
    listed: u64,
    counter: Option<u64>,
    signs: &[Sign],
) -> String {
    let shown = shown(words, (listed, counter), signs);
    let declared = words.design(declared);
    words.pick(
        format!(
            "The study file says of this list: {declared}. But the list is cut off: {shown}. So we \
             treat it as the newest followers. Fetch the rest. If it does hold everybody, write in the \
             study file why, as design_because."
        ),
        format!(
            "Het studiebestand zegt over deze lijst: {declared}. Maar de lijst is afgekapt: {shown}. \
             Daarom behandelen wij haar als de nieuwste volgers. Haal de rest op. Staat toch iedereen \
             erop, schrijf dan in het studiebestand waarom, bij design_because."
        ),
    )
}

/// A list that looks cut off, and that the study file calls whole with a reason.
fn overruled(words: Words, numbers: (u64, Option<u64>), signs: &[Sign], because: &str) -> String {
    let shown = shown(words, numbers, signs);
    let because = because.trim_end_matches('.');
    words.pick(
        format!(
            "The list looks cut off: {shown}. The analyst decided that it is not, and gives this reason: \
             “{because}”. Check that reason: if it is wrong, so are the shares."
        ),
        format!(
            "De lijst lijkt afgekapt: {shown}. De onderzoeker besloot dat dit niet zo is, om deze reden: \
             “{because}”. Controleer die reden: klopt zij niet, dan kloppen de aandelen ook niet."
        ),
    )
}

fn no_audit(words: Words, channel: &Channel) -> String {
    let what = words.pick(
        "Nobody checked followers by hand, so we call nobody dormant here.",
        "Niemand keek volgers met de hand na. Daarom noemen wij hier niemand slapend.",
    );
    let all = channel.listed > 0 && channel.listed <= FIRST_DRAW;
    let help = if all {
        words
            .pick(
                "Look up everybody on the list and note who still reads or acts.",
                "Zoek iedereen op de lijst op en noteer wie nog leest of iets doet.",
            )
            .to_owned()
    } else {
        let draw = words.followers(FIRST_DRAW);
        words.pick(
            format!("Draw {draw} at random, look them up and note who still reads or acts."),
            format!("Loot {draw}, zoek hen op en noteer wie nog leest of iets doet."),
        )
    };
    format!("{what} {help}")
}

/// Nothing is missing.
pub fn nothing_missing(words: Words) -> &'static str {
    words.pick(
        "Nothing that these figures need was missing.",
        "Er ontbrak niets wat deze cijfers nodig hebben.",
    )
}
