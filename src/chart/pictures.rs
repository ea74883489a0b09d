//! The pictures of the invented results, to look at: never run by itself.
//!
//! `cargo test --release -- --ignored pictures_to_look_at` writes them below the
//! temporary folder.

use super::cases;
use super::{Paper, draw, draw_all, png};
use crate::model::platform::Language;
use crate::wording::Words;

#[test]
#[ignore = "writes pictures into the temporary folder, for eyes"]
fn pictures_to_look_at() {
    let folder = std::env::temp_dir().join("dormouse-figures");
    std::fs::create_dir_all(&folder).unwrap();
    for (case, results) in cases::all() {
        for language in [Language::Nl, Language::En] {
            let words = Words::new(language);
            for drawn in draw_all(&results, words) {
                let stem = format!("{}-{case}-{}", drawn.figure.id, words.tag());
                for paper in [Paper::Wide, Paper::Phone] {
                    let svg = draw(&drawn.figure, paper);
                    let name = format!("{stem}-{}", paper.as_str());
                    let picture = png(&svg).unwrap();
                    std::fs::write(folder.join(format!("{name}.svg")), svg).unwrap();
                    std::fs::write(folder.join(format!("{name}.png")), picture).unwrap();
                }
            }
        }
    }
}
