//! The names of the months in the languages of accounts.

/// A language, and the names of its months: short ones and long ones, in small letters
/// without a dot.
pub(super) struct Language {
    months: [&'static [&'static str]; 12],
}

/// The languages that are known.
#[rustfmt::skip]
pub(super) static LANGUAGES: &[Language] = &[
    // English.
    Language { months: [
        &["jan", "january"], &["feb", "february"], &["mar", "march"], &["apr", "april"],
        &["may"], &["jun", "june"], &["jul", "july"], &["aug", "august"],
        &["sep", "sept", "september"], &["oct", "october"], &["nov", "november"], &["dec", "december"],
    ] },
    // Dutch.
    Language { months: [
        &["jan", "januari"], &["feb", "februari"], &["mrt", "maart"], &["apr", "april"],
        &["mei"], &["jun", "juni"], &["jul", "juli"], &["aug", "augustus"],
        &["sep", "sept", "september"], &["okt", "oktober"], &["nov", "november"], &["dec", "december"],
    ] },
    // French.
    Language { months: [
        &["jan", "janv", "janvier"], &["fév", "févr", "février"], &["mar", "mars"], &["avr", "avril"],
        &["mai"], &["juin"], &["juil", "juillet"], &["août"],
        &["sep", "sept", "septembre"], &["oct", "octobre"], &["nov", "novembre"], &["déc", "décembre"],
    ] },
    // German, with the first month of Austria.
    Language { months: [
        &["jan", "januar", "jän", "jänner"], &["feb", "februar"], &["mär", "mrz", "märz"], &["apr", "april"],
        &["mai"], &["jun", "juni"], &["jul", "juli"], &["aug", "august"],
        &["sep", "sept", "september"], &["okt", "oktober"], &["nov", "november"], &["dez", "dezember"],
    ] },
    // Spanish.
    Language { months: [
        &["ene", "enero"], &["feb", "febrero"], &["mar", "marzo"], &["abr", "abril"],
        &["may", "mayo"], &["jun", "junio"], &["jul", "julio"], &["ago", "agosto"],
        &["sep", "sept", "septiembre"], &["oct", "octubre"], &["nov", "noviembre"], &["dic", "diciembre"],
    ] },
    // Italian.
    Language { months: [
        &["gen", "gennaio"], &["feb", "febbraio"], &["mar", "marzo"], &["apr", "aprile"],
        &["mag", "maggio"], &["giu", "giugno"], &["lug", "luglio"], &["ago", "agosto"],
        &["set", "sett", "settembre"], &["ott", "ottobre"], &["nov", "novembre"], &["dic", "dicembre"],
    ] },
    // Portuguese.
    Language { months: [
        &["jan", "janeiro"], &["fev", "fevereiro"], &["mar", "março"], &["abr", "abril"],
        &["mai", "maio"], &["jun", "junho"], &["jul", "julho"], &["ago", "agosto"],
        &["set", "setembro"], &["out", "outubro"], &["nov", "novembro"], &["dez", "dezembro"],
    ] },
];

impl Language {
    /// The month of a name in small letters, from 1.
    pub(super) fn month(&self, name: &str) -> Option<u32> {
        let place = self.months.iter().position(|names| names.contains(&name))?;
        Some(place as u32 + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_that_share_a_name_agree_on_it() {
        for language in LANGUAGES {
            for (place, names) in language.months.iter().enumerate() {
                for name in *names {
                    for other in LANGUAGES {
                        let month = other.month(name).unwrap_or(place as u32 + 1);
                        assert_eq!(month, place as u32 + 1, "{name}");
                    }
                }
            }
        }
    }
}
