//! How it was measured, in plain words: each term once, and the three mistakes to avoid.

use crate::model::multiverse::Question;
use crate::model::share::Method;
use crate::wording::Words;

/// Where the lists come from, and when everybody was judged.
pub fn lists(words: Words, census: &str) -> String {
    let at = words.instant(census);
    words.pick(
        format!(
            "We counted in exports: lists of followers that the platforms hand out to the holder of a \
             channel. Everybody was judged at the same moment, the census date: {at}."
        ),
        format!(
            "Wij telden in exports: lijsten van volgers die een platform aan de eigenaar van een \
             kanaal geeft. Iedereen is op hetzelfde moment beoordeeld, de peildatum: {at}."
        ),
    )
}

/// What the columns of the followers by state mean, right below them.
pub fn states(words: Words, window: u32) -> String {
    let days = words.days(window);
    words.pick(
        format!(
            "Awake: a public sign of life in the last {days}. Publicly silent: none. Undetermined: the \
             export cannot say. Gone: the account was suspended, deleted or moved."
        ),
        format!(
            "Actief: een openbaar teken van leven in de laatste {days}. Openbaar stil: geen teken van \
             leven. Onbekend: de export kan het niet zeggen. Verdwenen: het account is geschorst, \
             verwijderd of verhuisd."
        ),
    )
}

/// The heading above the terms.
pub fn terms_heading(words: Words) -> &'static str {
    words.pick("What the words mean", "Wat de woorden betekenen")
}

/// Each term with its meaning.
pub fn terms(words: Words, window: u32, level: f64) -> Vec<(String, String)> {
    let (days, sure) = (words.days(window), words.level_prose(level));
    let terms: [(&str, String); 8] = words.pick(
        [
            (
                "Sign of life",
                "Something with a date that a follower did: a post, a follow, making the account, or \
                 an interaction with us."
                    .to_owned(),
            ),
            (
                "Awake",
                format!("The last sign of life was at most {days} before the census date."),
            ),
            (
                "Publicly silent",
                format!(
                    "The export is complete for this follower, and shows no sign of life in the last \
                     {days}."
                ),
            ),
            (
                "Undetermined",
                "The export cannot say: the account is protected, or the field was not collected."
                    .to_owned(),
            ),
            (
                "Gone",
                "The account was suspended, deleted or moved. It counts in no share.".to_owned(),
            ),
            (
                "Dormant",
                "No longer reads or acts. Only an audit can name it.".to_owned(),
            ),
            (
                "Audit, or check by hand",
                "We draw followers at random. A member of staff looks each of them up and notes: \
                 dormant, active or unknown."
                    .to_owned(),
            ),
            (
                "Interval",
                format!("The two limits between which the share lies, at a confidence of {sure}."),
            ),
        ],
        [
            (
                "Teken van leven",
                "Iets met een datum dat een volger deed: een bericht, gaan volgen, het account \
                 aanmaken, of een reactie op ons."
                    .to_owned(),
            ),
            (
                "Actief",
                format!("Het laatste teken van leven was hoogstens {days} voor de peildatum."),
            ),
            (
                "Openbaar stil",
                format!(
                    "De export is volledig voor deze volger, en toont in de laatste {days} geen teken \
                     van leven."
                ),
            ),
            (
                "Onbekend",
                "De export kan het niet zeggen: het account is afgeschermd, of het gegeven is niet \
                 verzameld."
                    .to_owned(),
            ),
            (
                "Verdwenen",
                "Het account is geschorst, verwijderd of verhuisd. Het telt in geen enkel aandeel mee."
                    .to_owned(),
            ),
            (
                "Slapend",
                "Leest niet meer en doet niets meer. Alleen een controle met de hand kan dat zeggen."
                    .to_owned(),
            ),
            (
                "Controle met de hand",
                "Wij loten een groep volgers. Een medewerker zoekt elk van hen op en noteert: slapend, \
                 actief of onbekend."
                    .to_owned(),
            ),
            (
                "Interval",
                format!("De twee grenzen waartussen het aandeel ligt, met {sure} zekerheid."),
            ),
        ],
    );
    terms
        .into_iter()
        .map(|(term, meaning)| (term.to_owned(), meaning))
        .collect()
}

/// The heading above the three mistakes.
pub fn mistakes_heading(words: Words) -> &'static str {
    words.pick(
        "Three mistakes to avoid",
        "Drie vergissingen die u kunt voorkomen",
    )
}

/// Missing is not dormant, silent is not dormant, the newest are no sample.
pub fn mistakes(words: Words) -> [(&'static str, &'static str); 3] {
    words.pick(
        [
            (
                "Missing is not dormant",
                "If a fact is not in the export, we do not know it. Such followers count as \
                 undetermined, never as dormant.",
            ),
            (
                "Silent is not dormant",
                "Many people read along without posting. From outside they look silent, and yet they \
                 are reached.",
            ),
            (
                "The newest followers are no sample",
                "New followers are often more awake than old ones. What holds for the newest does not \
                 hold for the rest.",
            ),
        ],
        [
            (
                "Ontbreken is niet slapen",
                "Staat een gegeven niet in de export, dan weten wij het niet. Zulke volgers tellen als \
                 onbekend, nooit als slapend.",
            ),
            (
                "Stil is niet slapen",
                "Veel mensen lezen mee zonder zelf iets te plaatsen. Van buiten lijken zij stil, en \
                 toch worden zij bereikt.",
            ),
            (
                "De nieuwste volgers zijn geen steekproef",
                "Nieuwe volgers zijn vaak actiever dan oude. Wat geldt voor de nieuwste, geldt niet \
                 voor de rest.",
            ),
        ],
    )
}

/// The heading above the ways in which the limits were made.
pub fn limits_heading(words: Words) -> &'static str {
    words.pick(
        "Where the limits come from",
        "Waar de grenzen vandaan komen",
    )
}

/// How one kind of limits was made.
pub fn method(words: Words, method: Method) -> &'static str {
    match method {
        Method::ManskiBounds => words.pick(
            "The list is complete, so nothing is estimated. Lower limit: all undetermined followers \
             are awake. Upper limit: all of them are silent.",
            "De lijst is volledig, dus er is niets geschat. Ondergrens: alle onbekende volgers zijn \
             actief. Bovengrens: zij zijn allemaal stil.",
        ),
        Method::ImbensManskiWilson => words.pick(
            "The list is a random sample. The limits allow for both the chance of the draw and \
             the undetermined followers.",
            "De lijst is een willekeurige steekproef. In de grenzen zitten het toeval van de loting \
             en de onbekende volgers.",
        ),
        Method::NewestWorstCase => words.pick(
            "The list holds the newest followers. Lower limit: all others are awake. Upper limit: none \
             of them is.",
            "De lijst bevat de nieuwste volgers. Ondergrens: alle anderen zijn actief. Bovengrens: \
             geen van hen is actief.",
        ),
        Method::NewestMonotone => words.pick(
            "The list holds the newest followers. Lower limit: of all others at least as many are \
             silent as of the oldest on the list. Upper limit: none of them is awake.",
            "De lijst bevat de nieuwste volgers. Ondergrens: van alle anderen zijn er minstens zo \
             veel stil als van de oudste op de lijst. Bovengrens: geen van hen is actief.",
        ),
        Method::PostStratifiedMoverWilson => words.pick(
            "The list is complete, and followers were drawn from it and checked by hand, group by \
             group. The limits allow for the chance of the draw.",
            "De lijst is volledig, en daaruit zijn volgers geloot en met de hand nagekeken, groep voor \
             groep. In de grenzen zit het toeval van de loting.",
        ),
        Method::TwoPhaseMoverWilson => words.pick(
            "The list is itself a random sample, from which followers were drawn once more and checked \
             by hand. The limits allow for the chance of both draws.",
            "De lijst is zelf een steekproef, en daaruit zijn opnieuw volgers geloot en met de hand \
             nagekeken. In de grenzen zit het toeval van beide lotingen.",
        ),
        Method::AuditBounds => words.pick(
            "Followers were checked by hand, but not of all it was clear. Lower limit: the unclear ones \
             are active. Upper limit: they are dormant. The chance of the draw is added.",
            "Volgers zijn met de hand nagekeken, maar niet van iedereen was het duidelijk. Ondergrens: \
             de onduidelijke volgers zijn actief. Bovengrens: zij slapen. Daar komt het toeval van de \
             loting bij.",
        ),
        Method::NoEvidence => words.pick(
            "The export says nothing about activity, so everything remains possible.",
            "De export zegt niets over activiteit, dus alles blijft mogelijk.",
        ),
        Method::Suppressed => words.pick(
            "The share is not published, because too few people stand behind it.",
            "Het aandeel tonen wij niet, omdat het om te weinig mensen gaat.",
        ),
    }
}

/// What the limits do not hold.
pub fn not_in_the_limits(words: Words, audited: bool) -> &'static str {
    if audited {
        words.pick(
            "Not in the limits: mistakes of the people who checked. We take their labels as true. \
             Another choice of the number of days is not in them either.",
            "Niet in de grenzen: vergissingen van de mensen die nakeken. Wij nemen aan dat hun oordeel \
             klopt. Ook een andere keuze voor het aantal dagen zit er niet in.",
        )
    } else {
        words.pick(
            "Not in the limits: another choice of the number of days.",
            "Niet in de grenzen: een andere keuze voor het aantal dagen.",
        )
    }
}

/// The name by which the method is looked up.
pub fn method_name(words: Words, method: Method) -> String {
    let name = method.as_str();
    words.pick(format!("Method: {name}."), format!("Methode: {name}."))
}

/// The heading above the other choices.
pub fn choices_heading(words: Words) -> &'static str {
    words.pick(
        "Other choices, other figures",
        "Andere keuzes, andere cijfers",
    )
}

/// Which other choices were tried, and what the spread over them is not.
pub fn choices(words: Words, specifications: u64) -> String {
    let n = words.count(specifications);
    words.pick(
        format!(
            "We also tried other choices: another number of days, and another treatment of undetermined \
             followers, followers who never posted, duplicate rows and suspected bots. That makes {n} \
             combinations for all signs of life, and as many for posts alone. How often something \
             holds is no probability."
        ),
        format!(
            "Wij rekenden ook met andere keuzes: een ander aantal dagen, en een andere omgang met \
             onbekende volgers, volgers die nooit iets plaatsten, dubbele rijen en mogelijke \
             nepaccounts. Dat geeft {n} combinaties voor alle tekens van leven, en even veel voor \
             alleen berichten. Hoe vaak iets uitkomt, is geen kans."
        ),
    )
}

/// The caption of the table of other choices.
pub fn choices_caption(words: Words) -> &'static str {
    words.pick(
        "Publicly silent over all combinations of choices, in per cent",
        "Openbaar stil over alle combinaties van keuzes, in procenten",
    )
}

/// The columns of that table: spread and middle for all signs of life, then for posts.
pub fn choices_columns(words: Words) -> [&'static str; 4] {
    words.pick(
        [
            "All signs, from–to",
            "All signs, middle",
            "Posts alone, from–to",
            "Posts alone, middle",
        ],
        [
            "Alle tekens, van–tot",
            "Alle tekens, middelste",
            "Alleen berichten, van–tot",
            "Alleen berichten, middelste",
        ],
    )
}

/// The caption of the table of what holds under other choices.
pub fn decisions_caption(words: Words) -> &'static str {
    words.pick(
        "In how many combinations of choices it holds; these are not probabilities",
        "Bij hoeveel combinaties van keuzes dit klopt; het zijn geen kansen",
    )
}

/// The columns of that table: what is asked, all signs, posts alone.
pub fn decisions_columns(words: Words) -> [&'static str; 3] {
    words.pick(
        ["What", "All signs", "Posts alone"],
        ["Wat", "Alle tekens", "Alleen berichten"],
    )
}

/// What is asked of each combination.
pub fn question(words: Words, question: Question) -> String {
    match question {
        Question::LargestShare => words
            .pick(
                "the largest silent share",
                "het grootste aandeel stille volgers",
            )
            .to_owned(),
        Question::FewerActiveThan { minimum } => {
            let followers = words.followers(minimum);
            words.pick(
                format!("fewer than {followers} awake"),
                format!("minder dan {followers} actief"),
            )
        }
        Question::ShareAbove { maximum } => {
            let share = words.level(maximum);
            words.pick(
                format!("more than {share} publicly silent"),
                format!("meer dan {share} openbaar stil"),
            )
        }
        Question::ResidentsBelow { minimum } => {
            let share = words.level(minimum);
            words.pick(
                format!("followers awake fewer than {share} of the residents"),
                format!("actieve volgers minder dan {share} van de inwoners"),
            )
        }
        Question::CostAbove { maximum } => {
            let each = words.euros(maximum * 1_000.0);
            words.pick(
                format!("more than {each} a month per 1,000 followers awake"),
                format!("meer dan {each} per maand voor 1.000 actieve volgers"),
            )
        }
    }
}
