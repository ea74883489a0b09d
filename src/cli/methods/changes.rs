//! Several exports of one channel.

use super::Method;

/// In the order in which data meet them.
pub static METHODS: &[Method] = &[
    Method {
        name: "wilson",
        what: "The rate at which followers fell silent or woke between two exports.",
        formula: "k/n among those determined at both instants; (p + z²/2n ± z√(p(1−p)/n + z²/4n²))/(1 + z²/n). No rate and [0, 1] where it is of nobody.",
        assumes: "The same followers are on both lists under the same id.",
        wrong_when: "Both lists are whole: what happened is then known without sampling error, and the limits speak of a larger population that these followers would be a sample of. Exports closer than the window show no new silence.",
        source: "E. B. Wilson, JASA 22 (1927) 209–212.",
    },
    Method {
        name: "newcombe-paired",
        what: "The change of the silent share among the same followers.",
        formula: "d = (ad − da)/n with Newcombe's method 10: the Wilson limits of both shares, less twice their correlation φ, which is corrected for continuity.",
        assumes: "The followers are determined at both instants, on whole lists or random samples.",
        wrong_when: "It is read as the change of the channel: that also has leavers and joiners, which the decomposition shows.",
        source: "R. G. Newcombe, Statistics in Medicine 17 (1998) 2635–2650.",
    },
    Method {
        name: "mcnemar",
        what: "Whether among the same followers more fell silent than woke.",
        formula: "Twice the binomial tail at one half of the smaller of ad and da among ad + da, at most 1; 1 where nobody changed.",
        assumes: "As for newcombe-paired.",
        wrong_when: "Both lists are whole: the change is then a fact that needs no test.",
        source: "Q. McNemar, Psychometrika 12 (1947) 153–157.",
    },
    Method {
        name: "decomposition",
        what: "Where a change of the silent share came from: leavers, those who stayed, joiners.",
        formula: "change = (r₁ − s₁) + (r₂ − r₁) + (s₂ − r₂), s the share of all determined at an instant, r of those determined at both; the parts add up exactly.",
        assumes: "Both lists are whole.",
        wrong_when: "Ids changed between the exports: everybody then leaves and joins.",
        source: "Arithmetic of the counts.",
    },
    Method {
        name: "weighted-least-squares",
        what: "The trend of the silent share over three exports or more.",
        formula: "slope = Σw(t−t̄)(p−p̄)/Σw(t−t̄)², w = 1/se²; where se is 0, half the Wilson width over z. Limits only for independent samples.",
        assumes: "Independent random samples, for the limits; for whole lists the line alone is given.",
        wrong_when: "The export or the platform changed in between: a break of the method looks like a trend.",
        source: "Weighted least squares, in any textbook of regression.",
    },
];
