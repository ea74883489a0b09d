//! A minimum without derivatives, by the simplex method of Nelder and Mead.
//!
//! J. A. Nelder, R. Mead, The Computer Journal 7 (1965) 308–313.

/// Where a search came to rest.
#[derive(Clone, Copy, Debug)]
pub(super) struct Minimum<const N: usize> {
    /// The point.
    pub(super) at: [f64; N],
    /// The value there.
    pub(super) value: f64,
    /// Whether it came to rest before the evaluations ran out.
    pub(super) converged: bool,
}

/// When to stop.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Evaluations at most.
    pub(super) evaluations: usize,
    /// The values of the simplex differ by no more than this at rest.
    pub(super) tolerance: f64,
}

/// Looks for a minimum of `f` from `start`, with a first simplex of side `side`. A value of
/// `f` that is not a number counts as infinite.
pub(super) fn minimise<const N: usize>(
    start: [f64; N],
    side: f64,
    limits: Limits,
    mut f: impl FnMut(&[f64; N]) -> f64,
) -> Minimum<N> {
    let mut evaluations = 0;
    let mut value_at = |at: [f64; N]| {
        evaluations += 1;
        let value = f(&at);
        let value = if value.is_nan() { f64::INFINITY } else { value };
        (Vertex { at, value }, evaluations)
    };
    let mut simplex: Vec<Vertex<N>> = (0..=N)
        .map(|corner| {
            let mut at = start;
            if let Some(coordinate) = corner.checked_sub(1).and_then(|axis| at.get_mut(axis)) {
                *coordinate += side;
            }
            value_at(at).0
        })
        .collect();
    loop {
        simplex.sort_by(|a, b| a.value.total_cmp(&b.value));
        let (Some(&best), Some(&worst)) = (simplex.first(), simplex.last()) else {
            break Minimum {
                at: start,
                value: f64::INFINITY,
                converged: false,
            };
        };
        let others = simplex.get(..N).unwrap_or_default();
        let second_worst = others.last().map_or(worst.value, |vertex| vertex.value);
        let centre = centre(others);
        let along = |step: f64| {
            let mut at = centre;
            for (coordinate, from) in at.iter_mut().zip(worst.at) {
                *coordinate += step * (*coordinate - from);
            }
            at
        };
        let (reflected, used) = value_at(along(1.0));
        let at_rest = worst.value - best.value <= limits.tolerance;
        if at_rest || used >= limits.evaluations {
            break Minimum {
                at: best.at,
                value: best.value,
                converged: at_rest,
            };
        }
        let better = if reflected.value < best.value {
            let (expanded, _) = value_at(along(2.0));
            Some(if expanded.value < reflected.value {
                expanded
            } else {
                reflected
            })
        } else if reflected.value < second_worst {
            Some(reflected)
        } else {
            let outside = reflected.value < worst.value;
            let (contracted, _) = value_at(along(if outside { 0.5 } else { -0.5 }));
            (contracted.value < reflected.value.min(worst.value)).then_some(contracted)
        };
        match better {
            Some(vertex) => {
                if let Some(last) = simplex.last_mut() {
                    *last = vertex;
                }
            }
            None => {
                for vertex in simplex.iter_mut().skip(1) {
                    let mut at = vertex.at;
                    for (coordinate, towards) in at.iter_mut().zip(best.at) {
                        *coordinate = 0.5 * (*coordinate + towards);
                    }
                    *vertex = value_at(at).0;
                }
            }
        }
    }
}

#[derive(Clone, Copy)]
struct Vertex<const N: usize> {
    at: [f64; N],
    value: f64,
}

fn centre<const N: usize>(vertices: &[Vertex<N>]) -> [f64; N] {
    let mut centre = [0.0; N];
    for vertex in vertices {
        for (sum, coordinate) in centre.iter_mut().zip(vertex.at) {
            *sum += coordinate / vertices.len() as f64;
        }
    }
    centre
}

#[cfg(test)]
mod tests {
    use super::{Limits, minimise};

    #[test]
    fn finds_the_end_of_rosenbrocks_valley() {
        let valley = |at: &[f64; 2]| {
            let [x, y] = *at;
            (1.0 - x).powi(2) + 100.0 * (y - x * x).powi(2)
        };
        let limits = Limits {
            evaluations: 1000,
            tolerance: 1e-14,
        };
        let found = minimise([-1.2, 1.0], 0.5, limits, valley);
        assert!(found.converged);
        assert!(
            found
                .at
                .iter()
                .all(|coordinate| (coordinate - 1.0).abs() < 1e-5),
            "{found:?}"
        );
    }

    #[test]
    fn stays_away_from_what_is_no_number() {
        let limits = Limits {
            evaluations: 500,
            tolerance: 1e-12,
        };
        let root = |at: &[f64; 1]| at[0].sqrt();
        let found = minimise([4.0], 1.0, limits, root);
        assert!(found.at[0] >= 0.0 && found.value < 1e-3, "{found:?}");
    }
}
