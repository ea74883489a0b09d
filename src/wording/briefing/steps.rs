//! What has to be done when a channel is left or reduced.

use crate::model::verdict::{Course, Step};
use crate::wording::Words;

/// The heading above the steps.
pub fn heading(words: Words, course: Course, names: &[&str]) -> String {
    let names = words.list(names);
    match course {
        Course::Emergencies => words.pick(
            format!("To do for {names}: emergencies only"),
            format!("Te doen voor {names}: alleen bij noodgevallen"),
        ),
        Course::Park => words.pick(
            format!("To do for {names}: leave and keep the name"),
            format!("Te doen voor {names}: stoppen en de naam bewaren"),
        ),
        Course::Keep | Course::Stop | Course::Undecided => words.pick(
            format!("To do for {names}: stop"),
            format!("Te doen voor {names}: stoppen"),
        ),
    }
}

/// One step.
pub fn step(words: Words, step: Step) -> &'static str {
    match step {
        Step::DecideName => words.pick(
            "Decide first what becomes of the name: our rules do not say it. A name that is given up \
             may be taken by somebody else.",
            "Beslis eerst wat er met de naam gebeurt: onze regels zeggen dat niet. Een naam die vrijkomt, \
             kan een ander nemen.",
        ),
        Step::OwnerList => words.pick(
            "Write down whose account it is and who can log in. Keep that list up to date.",
            "Leg vast van wie het account is en wie kan inloggen. Houd die lijst bij.",
        ),
        Step::TwoFactor => words.pick(
            "Switch on logging in with two factors.",
            "Zet inloggen in twee stappen aan.",
        ),
        Step::EmergencyRota => words.pick(
            "Agree who posts in an emergency, by day and by night, and try it out.",
            "Spreek af wie er bij een noodgeval plaatst, ook 's nachts, en oefen dat.",
        ),
        Step::NoticeOneMonth => words.pick(
            "One month before: tell followers what changes, and where to find us.",
            "Een maand vooraf: vertel volgers wat er verandert, en waar zij ons vinden.",
        ),
        Step::NoticeTwoWeeks => words.pick(
            "Two weeks before: say it again.",
            "Twee weken vooraf: herhaal dat bericht.",
        ),
        Step::NoticeTwoDays => words.pick(
            "48 hours before: say it once more.",
            "48 uur vooraf: herhaal het nog een keer.",
        ),
        Step::Archive => words.pick(
            "Put all posts into the archive, before anything is taken down.",
            "Zet alle berichten in het archief, voordat er iets verdwijnt.",
        ),
        Step::PinnedRedirect => words.pick(
            "Pin a post and change the profile: we no longer post here, and this is where you find us.",
            "Zet een bericht vast en pas het profiel aan: hier plaatsen wij niets meer, en daar vindt u \
             ons.",
        ),
        Step::PinnedPurpose => words.pick(
            "Pin a post and change the profile: this channel is for emergencies only.",
            "Zet een bericht vast en pas het profiel aan: dit kanaal is alleen voor noodgevallen.",
        ),
        Step::LogInEveryThirtyDays => words.pick(
            "Log in at least every 30 days, or the platform may take the account away.",
            "Log minstens elke 30 dagen in, anders kan het platform het account weghalen.",
        ),
        Step::WatchImpersonation => words.pick(
            "Watch for accounts that pretend to be us, and report them.",
            "Let op accounts die zich als ons voordoen, en meld ze.",
        ),
        Step::Close => words.pick("Close the account.", "Sluit het account."),
    }
}
