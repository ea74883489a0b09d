//! The choices of the multiverse in words.

use super::Words;
use crate::model::multiverse::{Axis, Choice, Keep, NeverPosted, Signs, Undetermined};

impl Words {
    /// What is chosen: "Grens", "Window".
    pub fn choice_heading(self, axis: Axis) -> &'static str {
        match axis {
            Axis::Signs => self.pick("Signs of life", "Levenstekens"),
            Axis::Window => self.pick("Window", "Grens"),
            Axis::Undetermined => self.pick("Undetermined", "Onbekend"),
            Axis::NeverPosted => self.pick("Never posted", "Nooit een bericht"),
            Axis::Bots => self.pick("Suspected bot", "Lijkt een bot"),
            Axis::Duplicates => self.pick("Listed twice", "Dubbel op de lijst"),
        }
    }

    /// The option that a specification takes: "180 dagen", "counts as active".
    pub fn choice_option(self, choice: &Choice, axis: Axis) -> String {
        let left_out = self.pick("left out", "telt niet mee");
        let counted = self.pick("counted", "telt mee");
        let active = self.pick("counts as active", "telt als actief");
        let keep = |keep: Keep| match keep {
            Keep::Keep => counted,
            Keep::Drop => left_out,
        };
        match axis {
            Axis::Signs => match choice.signs {
                Signs::Posts => self.pick("posts only", "alleen berichten"),
                Signs::Any => self.pick("any dated sign", "elk gedateerd teken"),
            },
            Axis::Window => return self.days(choice.window_days),
            Axis::Undetermined => match choice.undetermined {
                Undetermined::Drop => left_out,
                Undetermined::Active => active,
                Undetermined::Dormant => self.pick("counts as silent", "telt als stil"),
            },
            Axis::NeverPosted => match choice.never_posted {
                NeverPosted::SilentSinceCreation => {
                    self.pick("silent since creation", "stil sinds aanmaak")
                }
                NeverPosted::Active => active,
                NeverPosted::Exclude => left_out,
            },
            Axis::Bots => keep(choice.bots),
            Axis::Duplicates => keep(choice.duplicates),
        }
        .to_owned()
    }
}
