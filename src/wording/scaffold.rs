//! The comments of a study file that `dormouse init` writes.

use super::Words;
use super::briefing::notices::shown;
use crate::model::aggregate::Metric;
use crate::model::cut_off::Sign;
use crate::model::evidence::{Design, Evidence};
use crate::model::refused::Refused;
use crate::study::scaffold::{KnownBy, Source, Why};

/// The first lines: what this file is, and what to do with it.
pub fn head(words: Words, folder: &str, study: &str) -> String {
    words.pick(
        format!(
            "What `dormouse init` found in {folder}.\n\
             Read it through and fill in what says FILL IN; a line behind # is not read.\n\
             Then: dormouse run {study}"
        ),
        format!(
            "Wat `dormouse init` vond in {folder}.\n\
             Lees dit door en vul in waar VUL IN staat; een regel achter # telt niet mee.\n\
             Daarna: dormouse run {study}"
        ),
    )
}

/// The title of the review.
pub fn title(words: Words, year: Option<&str>) -> String {
    let title = words.pick("Review of channels", "Kanalenonderzoek");
    match year {
        Some(year) => format!("{title} {year}"),
        None => title.to_owned(),
    }
}

/// What stands in the place of the public body's name.
pub fn organisation(words: Words) -> &'static str {
    words.pick(
        "FILL IN: the public body",
        "VUL IN: de gemeente of instelling",
    )
}

/// The mark of what somebody must fill in.
pub fn fill_in(words: Words) -> &'static str {
    words.pick("FILL IN", "VUL IN")
}

/// Where the census instant comes from.
pub fn census(words: Words, by: Source, file: &str) -> String {
    let what = words.pick(
        "The instant at which everybody is judged, in UTC.",
        "Het moment waarop iedereen wordt beoordeeld, in UTC.",
    );
    let why = match by {
        Source::User => return what.to_owned(),
        Source::Export => words.pick(
            format!("The latest export was made then; it says so itself: {file}"),
            format!("Toen is de laatste export gemaakt; dat staat erin: {file}"),
        ),
        Source::Name => words.pick(
            format!("The latest export is of that day, by the name that the platform gave it: {file}"),
            format!("De laatste export is van die dag, zegt de naam die het platform gaf: {file}"),
        ),
        Source::Packed => words.pick(
            format!(
                "The latest archive was packed on that day. Correct it if somebody packed it again: \
                 {file}"
            ),
            format!(
                "Op die dag is het laatste archief ingepakt. Verbeter dit als iemand het opnieuw \
                 inpakte: {file}"
            ),
        ),
    };
    format!("{what} {why}")
}

/// The exports hold a day after the census.
pub fn census_too_early(words: Words, day: &str) -> String {
    let day = words.date(day);
    words.pick(
        format!(
            "FILL IN: another export holds a later date, {day}; the census must not lie before it."
        ),
        format!(
            "VUL IN: in een andere export staat een latere datum, {day}; neem een moment daarna."
        ),
    )
}

/// No export says when it was made.
pub fn no_census(words: Words, newest: Option<&str>) -> String {
    let what = words.pick(
        "The instant at which everybody is judged, in UTC. No export says when it was made, and \
         without it there is no run: fill in the day on which the exports were made.",
        "Het moment waarop iedereen wordt beoordeeld, in UTC. Geen export zegt wanneer hij is \
         gemaakt, en zonder dit moment is er geen meting: vul de dag in waarop de exports zijn gemaakt.",
    );
    match newest.map(|day| words.date(day)) {
        None => what.to_owned(),
        Some(day) => words.pick(
            format!("{what} The newest date in them is {day}."),
            format!("{what} De nieuwste datum die erin staat, is {day}."),
        ),
    }
}

/// Residents.
pub fn residents(words: Words) -> &'static str {
    words.pick(
        "if the briefing may compare with it",
        "als de notitie daarmee mag vergelijken",
    )
}

/// The window.
pub fn window(words: Words) -> &'static str {
    words.pick(
        "longer without a sign of life is silent",
        "langer zonder levensteken heet stil",
    )
}

/// Files of one format.
pub fn found(words: Words, title: &str, files: u64, rows: u64) -> String {
    let (files, rows) = (words.files(files), words.rows(rows));
    words.pick(
        format!("Found: {title}; {files}, {rows}."),
        format!("Gevonden: {title}; {files}, {rows}."),
    )
}

/// What a channel's exports prove.
pub fn proves(words: Words, evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Activity => words.pick(
            "They give dates of last activity: who is awake, and who is silent.",
            "Er staan datums van de laatste activiteit in: wie actief is, en wie stil.",
        ),
        Evidence::Counts => words.pick(
            "They give numbers of posts without dates: only who never posted can be called silent.",
            "Er staan aantallen berichten in zonder datum: alleen wie nooit iets plaatste, is stil.",
        ),
        Evidence::FollowDates => words.pick(
            "They give dates of follow only: who followed lately is awake, of the others nothing is \
             known.",
            "Er staan alleen datums van volgen in: wie kort volgt, is actief; van de anderen is niets \
             bekend.",
        ),
        Evidence::Ids => words.pick(
            "They give accounts, and when these were made at most: of activity they say nothing.",
            "Er staan accounts in, en hooguit wanneer die zijn gemaakt: over activiteit niets.",
        ),
        Evidence::Aggregate => words.pick(
            "They give totals and name no follower: there is no share of single followers.",
            "Er staan totalen in en geen volgers: een aandeel van losse volgers is er niet.",
        ),
        Evidence::None => words.pick(
            "They say nothing of single followers.",
            "Er staat niets in over losse volgers.",
        ),
    }
}

/// The days of follow.
pub fn followed(words: Words, oldest: &str, newest: &str) -> String {
    let (oldest, newest) = (words.date(oldest), words.date(newest));
    words.pick(
        format!(
            "The follows on the list date from {oldest} to {newest}. Is the channel older, ask for the \
             export again, with all dates."
        ),
        format!(
            "De volgers op de lijst zijn gekomen van {oldest} tot {newest}. Is het kanaal ouder, vraag \
             de export dan opnieuw aan, met alle datums."
        ),
    )
}

/// How the platform is known, where it is not by the files.
pub fn platform(words: Words, known_by: KnownBy) -> Option<&'static str> {
    match known_by {
        KnownBy::Files => None,
        KnownBy::Folder => Some(words.pick(
            "by the name of the folder or file: check it",
            "volgens de naam van de map of het bestand: kijk dit na",
        )),
        KnownBy::Nothing => Some(fill_in(words)),
    }
}

/// The platform is not known.
pub fn say_platform(words: Words) -> &'static str {
    words.pick(
        "Next: say which platform this is of; the file does not tell. Is it of a channel that stands \
         here too, move it there.",
        "Nu: zeg van welk platform dit is; het bestand zegt het niet. Hoort het bij een kanaal dat hier \
         ook staat, zet het daar dan bij.",
    )
}

/// Why a design is proposed.
pub fn design(words: Words, design: Design, last_page: bool) -> &'static str {
    match design {
        Design::Census if last_page => words.pick(
            "everybody: the last page is here",
            "iedereen: de laatste pagina is er",
        ),
        Design::Census => words.pick(
            "everybody: the platform hands out the whole list",
            "iedereen: het platform geeft de hele lijst",
        ),
        Design::Srs => words.pick("a random sample", "een willekeurige steekproef"),
        Design::Newest => words.pick("only the newest followers", "alleen de nieuwste volgers"),
        Design::Unknown => words.pick(
            "treated as the newest followers; census if everybody is on it",
            "behandeld als de nieuwste volgers; census als iedereen erop staat",
        ),
    }
}

/// The design is not known.
pub fn unknown_design(words: Words) -> &'static str {
    words.pick(
        "Next: find out whether the list is whole. If it is, write design = \"census\"; a part of a list is \
         no sample.",
        "Nu: ga na of de lijst heel is. Is zij dat, schrijf dan design = \"census\"; een deel van een lijst \
         is geen steekproef.",
    )
}

/// The counter is not known.
pub fn counter(words: Words) -> &'static str {
    words.pick(
        "FILL IN: the counter on the profile, on the day of the export",
        "VUL IN: de teller op het profiel, op de dag van de export",
    )
}

/// The counter stands in the export.
pub fn counter_known(words: Words) -> &'static str {
    words.pick("as the export says", "zoals de export zegt")
}

/// The audit is still to be made.
pub fn audit_later(words: Words) -> &'static str {
    words.pick(
        "once somebody has labelled a draw",
        "zodra iemand een trekking heeft nagekeken",
    )
}

/// The audit has no labels yet.
pub fn audit_unlabelled(words: Words) -> &'static str {
    words.pick(
        "once every row has a label",
        "zodra elke rij een label heeft",
    )
}

/// Hours and costs.
pub fn costs(words: Words) -> &'static str {
    words.pick(
        "if the briefing may say what the channel costs",
        "als de notitie mag zeggen wat het kanaal kost",
    )
}

/// Parts that are missing.
pub fn missing_parts(words: Words, parts: &[u32]) -> String {
    let parts: Vec<String> = parts.iter().map(u32::to_string).collect();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let parts = words.list(&parts);
    words.pick(
        format!("Next: find the part that is missing ({parts}), and run `dormouse init` again."),
        format!("Nu: zoek het deel dat ontbreekt ({parts}), en doe `dormouse init` opnieuw."),
    )
}

/// A list that is cut off, and why it looks so.
pub fn cut_off(words: Words, known: (u64, Option<u64>), signs: &[Sign]) -> String {
    let shown = shown(words, known, signs);
    words.pick(
        format!(
            "The list is cut off: {shown}. Next: fetch the rest; until then the others may be anything."
        ),
        format!(
            "De lijst is afgekapt: {shown}. Nu: haal de rest op; tot dan kan over de anderen alles waar \
             zijn."
        ),
    )
}

/// The next step of a channel without an audit.
pub fn next(words: Words, evidence: Evidence, study: &str, id: &str) -> String {
    let draw = format!("dormouse audit draw {study} --channel {id}");
    let why = match evidence {
        Evidence::Activity => words.pick(
            "Only an audit can call silent followers dormant",
            "Alleen een controle met de hand kan stille volgers slapend noemen",
        ),
        Evidence::Counts => words.pick(
            "Posts alone settle little",
            "Berichten alleen zeggen weinig",
        ),
        Evidence::FollowDates => words.pick(
            "This export gives dates of follow only",
            "Deze export geeft alleen datums van volgen",
        ),
        Evidence::Ids => words.pick(
            "This export gives accounts only",
            "Deze export geeft alleen accounts",
        ),
        Evidence::Aggregate | Evidence::None => words.pick(
            "This export proves nothing of single followers",
            "Deze export bewijst niets over losse volgers",
        ),
    };
    words.pick(
        format!("{why}. Next: draw an audit with `{draw}`, look the followers up and label them."),
        format!(
            "{why}. Nu: trek een steekproef met `{draw}`, zoek de volgers op en geef elk een label."
        ),
    )
}

/// The next step where an audit was drawn and not labelled.
pub fn check_audit(words: Words, study: &str) -> String {
    words.pick(
        format!("Next: label every row of the audit; `dormouse audit check {study}` says what is missing."),
        format!("Nu: geef elke rij van de controle een label; `dormouse audit check {study}` zegt wat ontbreekt."),
    )
}

/// The next step where there are totals only.
pub fn totals(words: Words, metrics: &[Metric]) -> String {
    if metrics.contains(&Metric::ActiveFollowers) {
        return words
            .pick(
                "Next: fill in the counter. The active followers of an hour then give an upper limit of \
                 the dormant share.",
                "Nu: vul de teller in. De actieve volgers van een uur geven dan een bovengrens van het \
                 aandeel slapende volgers.",
            )
            .to_owned();
    }
    words
        .pick(
            "Next: fill in the counter, and note it each month. A share needs an export that names \
             followers, where the platform has one: see `dormouse formats`.",
            "Nu: vul de teller in, en noteer hem elke maand. Voor een aandeel is een export met volgers \
             nodig, als het platform die heeft: zie `dormouse formats`.",
        )
        .to_owned()
}

/// An older export of the same list.
pub fn older(words: Words, dated: bool) -> String {
    let what = words.pick(
        "An older export of the same list. Take the # away to see what changed since.",
        "Een oudere export van dezelfde lijst. Haal de # weg om te zien wat er sindsdien veranderde.",
    );
    let when = words.pick(
        " It does not say when it was made: fill in the census.",
        " Er staat niet in wanneer hij is gemaakt: vul de census in.",
    );
    format!("{what}{}", if dated { "" } else { when })
}

/// The policy.
pub fn policy(words: Words) -> &'static str {
    words.pick(
        "The council's own rules. None are invented: without them the briefing gives figures and no \
         verdict. Take the # away and write your own limits.",
        "De eigen regels van de raad. Er worden er geen verzonnen: zonder regels geeft de notitie cijfers \
         en geen oordeel. Haal de # weg en schrijf uw eigen grenzen.",
    )
}

/// What is not used.
pub fn unused(words: Words) -> &'static str {
    words.pick("Not used, and why:", "Niet gebruikt, en waarom:")
}

/// What a file is that people take for a list of followers.
fn refused(words: Words, what: Refused) -> &'static str {
    match what {
        Refused::Followed => words.pick(
            "lists whom the account follows, not who follows it",
            "de lijst van wie het account volgt, niet van wie het account volgen",
        ),
        Refused::Friends => words.pick(
            "lists the friends of a profile, not the followers of a page",
            "de vrienden van een profiel, niet de volgers van een pagina",
        ),
        Refused::Posts => words.pick(
            "holds posts, and no followers",
            "berichten, en geen volgers",
        ),
        Refused::Untold => words.pick(
            "may be another list than that of the followers: neither name nor title speaks of them",
            "misschien een andere lijst dan die van de volgers: naam en titel zeggen er niets over",
        ),
        Refused::ThreadsPage => words.pick(
            "a list of Threads as HTML, which is not read; ask for JSON",
            "een lijst van Threads als HTML, die niet wordt gelezen; vraag JSON",
        ),
        Refused::Alone => words.pick(
            "speaks of a list of followers that is not here",
            "hoort bij een lijst van volgers die hier niet is",
        ),
    }
}

/// Why files are not used.
pub fn why_unused(words: Words, why: &Why) -> String {
    match why {
        Why::Refused(what) => refused(words, *what).to_owned(),
        Why::Unknown => words
            .pick("none of the known exports", "geen van de bekende exports")
            .to_owned(),
        Why::Empty => words.pick("nothing is in it", "er staat niets in").to_owned(),
        Why::Fault(what) => words.pick(
            format!("cannot be read, {what}"),
            "niet te lezen (zie `dormouse inspect`)".to_owned(),
        ),
        Why::Same(channel) => words.pick(
            format!(
                "taken for another export of the channel {channel}, which has one that says as much or \
                 more"
            ),
            format!(
                "wij houden dit voor een andere export van het kanaal {channel}, dat er een heeft die evenveel \
                 of meer zegt"
            ),
        ),
        Why::NoPlatform => words
            .pick(
                "totals that do not say whether they are of Facebook or Instagram; add them to the \
                 channel that they are of",
                "totalen waarin niet staat of zij van Facebook of Instagram zijn; zet ze bij het kanaal \
                 waar zij bij horen",
            )
            .to_owned(),
        Why::Interactions => words
            .pick(
                "a list of interactions; name it under `interactions` of the channel that it is of",
                "een lijst van interacties; zet haar bij `interactions` van het kanaal waar zij bij hoort",
            )
            .to_owned(),
        Why::Audit => words
            .pick(
                "labels of an audit, named after no channel that could use them",
                "labels van een controle, zonder een kanaal van die naam dat ze kan gebruiken",
            )
            .to_owned(),
    }
}
