//! How the columns of a table share its width on paper.

/// Letters on a line of a table, and those between two columns.
const LINE: usize = 104;
const GAP: usize = 3;

/// The most that a word asks for (a path is broken), a number with its unit, and a text.
const WORD: usize = 16;
const NUMBER: usize = 22;
const TEXT: usize = 72;

/// The lines over which a text is spread, as far as there is room.
const LINES: usize = 4;

/// Thousandths of the width for each column: room for its longest word or number, and the
/// rest to those with more text. `columns` are headings and whether the cells are numbers.
pub(super) fn widths(columns: &[(&str, bool)], rows: &[Vec<String>]) -> Vec<u32> {
    let letters = |text: &str| text.chars().count();
    let word = |text: &str| text.split(' ').map(letters).max().unwrap_or(0).min(WORD);
    let asked = |(place, (head, numeric)): (usize, &(&str, bool))| -> (usize, usize) {
        let cells = rows.iter().filter_map(|row| row.get(place));
        let asked = cells.map(|cell| match letters(cell) {
            all @ ..=NUMBER if *numeric => (all, all),
            all => (word(cell).max(all.min(TEXT) / LINES), all.min(TEXT)),
        });
        let head = (word(head), letters(head).min(TEXT));
        let (word, text) = asked.fold(head, |(word, text), (one, all)| {
            (word.max(one), text.max(all))
        });
        // The first column is set in bold, which is wider.
        let bold = if place == 0 { word / 8 + 1 } else { 0 };
        (word + bold, text + bold)
    };
    let asked: Vec<(usize, usize)> = columns.iter().enumerate().map(asked).collect();
    let needed: usize = asked.iter().map(|(word, _)| word + GAP).sum();
    let wanted: usize = asked
        .iter()
        .map(|(word, text)| text.saturating_sub(*word))
        .sum();
    let rest = LINE.saturating_sub(needed) as f64 / wanted.max(1) as f64;
    let letters: Vec<f64> = asked
        .iter()
        .map(|(word, text)| (word + GAP) as f64 + rest * text.saturating_sub(*word) as f64)
        .collect();
    let all = letters.iter().sum::<f64>().max(1.0);
    let thousandths = |letters: f64| (1_000.0 * letters / all) as u32;
    letters.into_iter().map(thousandths).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Eight letters in bold take a ninth of a line of text.
    #[test]
    fn the_first_column_has_room_for_its_longest_word() {
        let columns = [
            ("Channel", false),
            ("Dots above the limit", false),
            ("Share (%)", true),
        ];
        let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        let rows = [
            row(["X", "20 of 20", "48.9 to 65.3"]),
            row(["Mastodon", "0 of 20", "23.3 to 32.0"]),
        ];
        let found = widths(&columns, &rows);
        assert!(found[0] >= 1_000 / 9, "{found:?}");
        assert!(found.iter().sum::<u32>() <= 1_000);
    }
}
