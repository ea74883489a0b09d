//! The council's own rules, how each stands, and what follows for a channel.

use crate::model::verdict::{Basis, Course, Held, Policy, Reason, Rule, Standing, Verdict};
use crate::wording::Words;

use super::findings::COST_UNIT;

/// What stands here where the policy has no rule.
pub fn no_rules(words: Words) -> &'static str {
    words.pick(
        "The study states no rules of our own for keeping or leaving a channel. So this letter gives \
         figures and no verdict: no rule was invented.",
        "Er zijn geen eigen regels opgegeven voor blijven of stoppen. Daarom geeft deze brief cijfers \
         en geen oordeel: wij verzinnen geen regels.",
    )
}

/// Whose rules these are, above them.
pub fn intro(words: Words) -> &'static str {
    words.pick(
        "We set these rules ourselves. We keep a channel that meets all of them:",
        "Deze regels zijn van onszelf. Wij houden een kanaal dat ze allemaal haalt:",
    )
}

/// How the rules are held against the figures.
pub fn how(words: Words) -> &'static str {
    words.pick(
        "We hold the figures against these rules. A rule is met if both limits of the figure meet it, \
         and not met if neither does. Otherwise it cannot be told, and we need to know more. The best \
         estimate alone decides nothing.",
        "Wij leggen de cijfers naast deze regels. Een regel is gehaald als beide grenzen van het cijfer \
         eraan voldoen, en niet gehaald als geen van beide voldoet. Anders is het niet te zeggen, en \
         moeten wij meer weten. De beste schatting alleen beslist niets.",
    )
}

/// The rules lead to a verdict; the council takes the decision.
pub fn whose_decision(words: Words) -> &'static str {
    words.pick(
        "A verdict is what follows from the rules and the figures. The decision is the council's.",
        "Een oordeel volgt uit de regels en de cijfers. Het besluit neemt het bestuur.",
    )
}

/// The points that the policy makes, as sentences.
pub fn policy(words: Words, policy: &Policy) -> Vec<String> {
    let mut points: Vec<String> = policy
        .rules()
        .into_iter()
        .map(|one| rule(words, one))
        .collect();
    if policy.keep_crisis_channels == Some(true) {
        points.push(
            words
                .pick(
                    "A channel with a role in a crisis is never left: it stays for emergencies.",
                    "Een kanaal met een taak in een crisis blijft altijd bestaan, voor noodgevallen.",
                )
                .to_owned(),
        );
    }
    let name = match policy.keep_handle {
        Some(true) => words.pick(
            "When we leave a channel we keep its name and point to our other channels.",
            "Stoppen wij met een kanaal, dan bewaren wij de naam en wijzen wij naar onze andere kanalen.",
        ),
        Some(false) => words.pick(
            "When we leave a channel we give up its name.",
            "Stoppen wij met een kanaal, dan geven wij de naam op.",
        ),
        None => return points,
    };
    points.push(name.to_owned());
    points
}

/// One rule as a sentence.
pub fn rule(words: Words, rule: Rule) -> String {
    match rule {
        Rule::MinAwakeFollowers { minimum } => {
            let followers = words.followers(minimum);
            words.pick(
                format!("At least {followers} are not dormant."),
                format!("Minstens {followers} slapen niet."),
            )
        }
        Rule::MaxDormantShare { maximum } => {
            let share = words.level_prose(maximum);
            words.pick(
                format!("At most {share} of the followers are dormant."),
                format!("Hooguit {share} van de volgers slaapt."),
            )
        }
        Rule::MaxCostPerAwakeFollower { maximum } => {
            let cost = words.euros(maximum * COST_UNIT as f64);
            let many = words.count(COST_UNIT);
            words.pick(
                format!("The channel costs at most {cost} a month for every {many} followers who are not dormant."),
                format!("Het kanaal kost hooguit {cost} per maand per {many} volgers die niet slapen."),
            )
        }
        Rule::MinShareOfResidents { minimum } => {
            let share = words.level_prose(minimum);
            words.pick(
                format!("The channel reaches at least {share} of the residents."),
                format!("Het kanaal bereikt minstens {share} van de inwoners."),
            )
        }
        Rule::ReadableWithoutLogin => words
            .pick(
                "Everybody can read the channel without an account.",
                "Iedereen kan het kanaal lezen zonder account.",
            )
            .to_owned(),
    }
}

/// A rule in a cell, without the full stop.
pub fn rule_cell(words: Words, one: Rule) -> String {
    rule(words, one).trim_end_matches('.').to_owned()
}

/// The figure that a rule is held against, in a cell.
pub fn figure(words: Words, reason: &Reason) -> String {
    let not_known = || words.pick("not known", "niet bekend").to_owned();
    match (&reason.figure, reason.rule) {
        (None, _) => not_known(),
        (Some(Held::Stated { value: true }), _) => words.pick("yes", "ja").to_owned(),
        (Some(Held::Stated { value: false }), _) => words.pick("no", "nee").to_owned(),
        (Some(Held::Measured { lower, upper, .. }), rule) => match rule {
            Rule::MinAwakeFollowers { .. } => awake(words, *lower, upper.unwrap_or(f64::MAX)),
            Rule::MaxDormantShare { .. } | Rule::MinShareOfResidents { .. } => {
                words.range_percent(*lower, upper.unwrap_or(1.0))
            }
            Rule::MaxCostPerAwakeFollower { .. } => cost(words, *lower, *upper),
            Rule::ReadableWithoutLogin => not_known(),
        },
    }
}

/// Followers between two limits, outward: "6.993 tot 10.285".
pub fn awake(words: Words, lower: f64, upper: f64) -> String {
    let low = words.count(lower.max(0.0).floor() as u64);
    let high = words.count(upper.max(0.0).ceil() as u64);
    if low == high {
        return low;
    }
    format!("{low} {} {high}", words.pick("to", "tot"))
}

/// What [`COST_UNIT`] awake followers cost between two limits, outward.
pub fn cost(words: Words, lower: f64, upper: Option<f64>) -> String {
    let many = COST_UNIT as f64;
    match upper {
        Some(upper) => words.euro_range(lower * many, upper * many),
        None => words.euros_at_least(lower * many),
    }
}

/// Where a figure comes from, after it, where that is no audit.
pub fn basis(words: Words, basis: Basis) -> &'static str {
    match basis {
        Basis::Audit => words.pick("checked by hand", "met de hand nagekeken"),
        Basis::Bounds => words.pick("bounds, nobody checked", "grenzen, niet nagekeken"),
        Basis::Survey => words.pick("survey", "peiling"),
        Basis::AwakeFollowers => words.pick(
            "from above: no more than the followers who are not dormant",
            "bovengrens: niet meer dan de volgers die niet slapen",
        ),
    }
}

/// How a rule stands, in a cell.
pub fn standing(words: Words, standing: Standing) -> &'static str {
    match standing {
        Standing::Holds => words.pick("met", "gehaald"),
        Standing::Fails => words.pick("not met", "niet gehaald"),
        Standing::Open => words.pick("cannot be told", "niet te zeggen"),
    }
}

/// What is to become of a channel, in a cell.
pub fn course(words: Words, course: Course) -> &'static str {
    match course {
        Course::Keep => words.pick("keep", "houden"),
        Course::Emergencies => words.pick("emergencies only", "alleen bij noodgevallen"),
        Course::Park => words.pick(
            "leave, keep the name and redirect",
            "stoppen, naam bewaren en doorverwijzen",
        ),
        Course::Stop => words.pick("stop", "stoppen"),
        Course::Undecided => words.pick("not enough evidence", "te weinig bekend"),
    }
}

/// The verdict of a channel as a sentence.
pub fn verdict(words: Words, name: &str, course: Course) -> String {
    match course {
        Course::Keep => words.pick(
            format!("{name} meets every rule: keep the channel."),
            format!("{name} haalt alle regels: het kanaal houden."),
        ),
        Course::Emergencies => words.pick(
            format!("{name} does not meet our rules, but has a role in a crisis: keep it for emergencies only."),
            format!("{name} haalt onze regels niet, maar heeft een taak in een crisis: alleen houden voor noodgevallen."),
        ),
        Course::Park => words.pick(
            format!("{name} does not meet our rules: leave the channel, keep its name and point to the others."),
            format!("{name} haalt onze regels niet: stoppen, de naam bewaren en doorverwijzen."),
        ),
        Course::Stop => words.pick(
            format!("{name} does not meet our rules: stop the channel."),
            format!("{name} haalt onze regels niet: stoppen met het kanaal."),
        ),
        Course::Undecided => words.pick(
            format!("About {name} too little is known for a verdict."),
            format!("Over {name} is te weinig bekend voor een oordeel."),
        ),
    }
}

/// The rules that decided a verdict, each with its figure; empty where all are met.
pub fn decisive(words: Words, verdict: &Verdict) -> Vec<String> {
    let wanted = match verdict.verdict {
        Course::Keep => return Vec::new(),
        Course::Undecided => Standing::Open,
        Course::Emergencies | Course::Park | Course::Stop => Standing::Fails,
    };
    let reasons = verdict.because.iter();
    reasons
        .filter(|reason| reason.standing == wanted)
        .map(|reason| {
            let rule = rule_cell(words, reason.rule);
            let standing = standing(words, reason.standing);
            let figure = figure(words, reason);
            words.pick(
                format!("{}: {rule}. The figure is {figure}.", capital(standing)),
                format!("{}: {rule}. Het cijfer is {figure}.", capital(standing)),
            )
        })
        .collect()
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// In how many sets of choices something holds, in a cell.
pub fn holds_in(words: Words, share: Option<f64>) -> String {
    share.map_or_else(|| "–".to_owned(), |share| words.percent_whole(share))
}

/// What the column of other choices says, and what it is not.
pub fn about_choices(words: Words) -> &'static str {
    words.pick(
        "Other choices: there are many ways to compute the share of silent followers. The column says in \
         how many of them the rule would be met, if every silent follower were dormant. These are not \
         probabilities.",
        "Andere keuzes: het aandeel stille volgers is op veel manieren te berekenen. De kolom zegt bij \
         hoeveel daarvan de regel gehaald zou zijn, als elke stille volger sliep. Dat zijn geen kansen.",
    )
}

/// The points of the key message: each verdict with its channels.
pub fn in_short(words: Words, verdicts: &[(&str, Course)]) -> String {
    let groups: Vec<String> = Course::ALL
        .into_iter()
        .filter_map(|course| {
            let of = verdicts.iter().filter(|(_, found)| *found == course);
            let names: Vec<&str> = of.map(|(name, _)| *name).collect();
            let names = (!names.is_empty()).then(|| words.list(&names))?;
            Some(of_course(words, course, &names))
        })
        .collect();
    let groups = groups.join("; ");
    words.pick(
        format!("By our own rules: {groups}."),
        format!("Volgens onze eigen regels: {groups}."),
    )
}

/// Which channels follow a course, as a part of a sentence.
fn of_course(words: Words, course: Course, names: &str) -> String {
    match course {
        Course::Keep => words.pick(format!("keep {names}"), format!("{names} houden")),
        Course::Emergencies => words.pick(
            format!("keep {names} for emergencies only"),
            format!("{names} alleen houden voor noodgevallen"),
        ),
        Course::Park => words.pick(
            format!("leave {names}, keep the name and redirect"),
            format!("stoppen met {names}, de naam bewaren en doorverwijzen"),
        ),
        Course::Stop => words.pick(format!("stop {names}"), format!("stoppen met {names}")),
        Course::Undecided => words.pick(
            format!("about {names} too little is known"),
            format!("over {names} is te weinig bekend"),
        ),
    }
}

/// What an audited channel is known from, in a cell.
pub fn evidence(words: Words, export: &str, labels: u64) -> String {
    let labels = words.count(labels);
    words.pick(
        format!("{export}; {labels} checked by hand"),
        format!("{export}; {labels} met de hand nagekeken"),
    )
}

/// The caption of the decision table.
pub fn table_caption(words: Words) -> &'static str {
    words.pick(
        "What our own rules say of each channel",
        "Wat onze eigen regels zeggen over elk kanaal",
    )
}

/// The caption of the table of rules.
pub fn rules_caption(words: Words, level: f64) -> String {
    let sure = words.level_prose(level);
    words.pick(
        format!("Each rule against the figures; limits at a confidence of {sure}"),
        format!("Elke regel naast de cijfers; grenzen met {sure} zekerheid"),
    )
}

/// The columns of the decision table after the channel and its evidence.
pub fn table_columns(words: Words) -> [&'static str; 4] {
    words.pick(
        [
            "Followers not dormant",
            "Per 1,000 of them, a month",
            "Verdict",
            "What would change it",
        ],
        [
            "Volgers die niet slapen",
            "Per 1.000 van hen, per maand",
            "Oordeel",
            "Wat dit oordeel verandert",
        ],
    )
}

/// The columns of the table of rules after the channel.
pub fn rules_columns(words: Words) -> [&'static str; 5] {
    words.pick(
        [
            "Rule",
            "Figure",
            "Outcome",
            "Other choices",
            "What would change it",
        ],
        [
            "Regel",
            "Cijfer",
            "Uitkomst",
            "Andere keuzes",
            "Wat dit verandert",
        ],
    )
}
