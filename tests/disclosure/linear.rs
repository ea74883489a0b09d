//! What can be computed of hidden numbers: the smallest and largest value of one of them
//! that all published sums allow, by the simplex method.

const TOLERANCE: f64 = 1e-9;

/// Published sums: each says which of the unknown numbers it adds up, and to what.
#[derive(Clone, Debug, Default)]
pub struct Sums {
    pub unknowns: usize,
    pub sums: Vec<(Vec<usize>, f64)>,
}

impl Sums {
    pub fn add(&mut self, of: impl IntoIterator<Item = usize>, sum: u64) {
        self.sums.push((of.into_iter().collect(), sum as f64));
    }

    /// The least and the greatest value of an unknown; it may have no greatest.
    pub fn bounds(&self, unknown: usize) -> (f64, f64) {
        (-self.greatest(unknown, -1.0), self.greatest(unknown, 1.0))
    }

    /// The greatest value of `sign · x[unknown]` for x ≥ 0 that fits every sum.
    fn greatest(&self, unknown: usize, sign: f64) -> f64 {
        let (rows, columns) = (self.sums.len(), self.unknowns + self.sums.len());
        // Each row has an artificial unknown of its own; the last column is the sum.
        let mut table: Vec<Vec<f64>> = self
            .sums
            .iter()
            .enumerate()
            .map(|(row, (of, sum))| {
                let mut cells = vec![0.0; columns + 1];
                of.iter().for_each(|&one| cells[one] = 1.0);
                cells[self.unknowns + row] = 1.0;
                cells[columns] = *sum;
                cells
            })
            .collect();
        let mut basis: Vec<usize> = (0..rows).map(|row| self.unknowns + row).collect();
        let artificial: Vec<f64> = (0..columns)
            .map(|one| if one < self.unknowns { 0.0 } else { -1.0 })
            .collect();
        let found = improve(&mut table, &mut basis, &artificial, columns);
        assert!(
            found.is_some_and(|rest| rest.abs() < 1e-6),
            "the sums contradict each other"
        );
        let mut wanted = vec![0.0; columns];
        wanted[unknown] = sign;
        improve(&mut table, &mut basis, &wanted, self.unknowns).unwrap_or(f64::INFINITY)
    }
}

/// Improves a basis by Bland's rule, entering only the first `allowed` columns; `None`
/// where there is no greatest value.
fn improve(
    table: &mut [Vec<f64>],
    basis: &mut [usize],
    worth: &[f64],
    allowed: usize,
) -> Option<f64> {
    let last = worth.len();
    loop {
        let gain = |column: usize| {
            let used: f64 = table
                .iter()
                .zip(&*basis)
                .map(|(row, &one)| worth[one] * row[column])
                .sum();
            worth[column] - used
        };
        let entering = (0..allowed).find(|&one| !basis.contains(&one) && gain(one) > TOLERANCE);
        let Some(entering) = entering else {
            return Some(
                table
                    .iter()
                    .zip(&*basis)
                    .map(|(row, &one)| worth[one] * row[last])
                    .sum(),
            );
        };
        let leaving = (0..table.len())
            .filter(|&row| table[row][entering] > TOLERANCE)
            .min_by(|&a, &b| {
                let ratio = |row: usize| table[row][last] / table[row][entering];
                ratio(a).total_cmp(&ratio(b)).then(basis[a].cmp(&basis[b]))
            })?;
        let pivot = table[leaving][entering];
        table[leaving].iter_mut().for_each(|cell| *cell /= pivot);
        let from = table[leaving].clone();
        for (row, cells) in table.iter_mut().enumerate() {
            let times = cells[entering];
            if row != leaving && times != 0.0 {
                for (cell, take) in cells.iter_mut().zip(&from) {
                    *cell -= times * take;
                }
            }
        }
        basis[leaving] = entering;
    }
}

#[test]
fn bounds_of_sums_that_are_known() {
    let mut sums = Sums {
        unknowns: 4,
        ..Sums::default()
    };
    sums.add([0, 1, 2, 3], 20);
    sums.add([0, 1], 12);
    assert_eq!(sums.bounds(0), (0.0, 12.0));
    sums.add([1, 2], 15);
    // x1 ≤ 12 and x2 ≤ 8, so x1 is at least 7.
    assert_eq!(sums.bounds(1), (7.0, 12.0));
    assert_eq!(sums.bounds(2), (3.0, 8.0));
    let free = Sums {
        unknowns: 1,
        ..Sums::default()
    };
    assert_eq!(free.bounds(0).1, f64::INFINITY);
}
