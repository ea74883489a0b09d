//! Several channels, and several sets of choices.

use super::Method;

/// In the order in which data meet them.
pub static METHODS: &[Method] = &[
    Method {
        name: "mover-difference",
        what: "Whether the share of one channel is certainly larger than that of another.",
        formula: "d = p_a − p_b; d − √((p_a−l_a)² + (u_b−p_b)²) to d + √((u_a−p_a)² + (p_b−l_b)²), with the limits of each at level 1 − (1−level)/M for M pairs.",
        assumes: "The channels were audited independently.",
        wrong_when: "Overlap of the two intervals is used instead: among audited channels 11 to 32 % of the clear differences had overlapping intervals.",
        source: "R. G. Newcombe, Statistics in Medicine 17 (1998) 873–890; Zou and Donner 2008; O. J. Dunn, JASA 56 (1961) 52–64.",
    },
    Method {
        name: "bounds",
        what: "A comparison where one side has bounds only.",
        formula: "l_a − u_b to u_a − l_b; decided only where this does not hold 0.",
        assumes: "Nothing about where the shares lie between their limits.",
        wrong_when: "The evidence of the two channels is unlike and the definition of silence differs with it: a list of follow dates never shows silence.",
        source: "Arithmetic of bounds.",
    },
    Method {
        name: "holm",
        what: "p-values of all pairs of channels, held down so that they are right together.",
        formula: "z = d/√(se_a² + se_b²), two-sided; ordered p₍₁₎ ≤ … ≤ p₍M₎, p′₍ᵢ₎ the largest of min(1, (M−j+1) p₍ⱼ₎) for j ≤ i.",
        assumes: "Both shares are from audits with two labels or more in every stratum, and the channels were audited independently.",
        wrong_when: "It is used to decide: the interval of the difference decides, and says how large the difference is.",
        source: "S. Holm, Scandinavian Journal of Statistics 6 (1979) 65–70.",
    },
    Method {
        name: "cohens-h",
        what: "How large a difference between two shares is, on a scale without units.",
        formula: "h = 2 asin √p_a − 2 asin √p_b; .2 is small, .5 medium, .8 large.",
        assumes: "Both shares have an estimate.",
        wrong_when: "It is read as certainty: a large h from few labels may be chance.",
        source: "J. Cohen, Statistical Power Analysis for the Behavioral Sciences, 2nd ed. 1988, ch. 6.",
    },
    Method {
        name: "rank-sets",
        what: "Which ranks by dormant share are possible for each channel.",
        formula: "[1 + number of channels certainly larger, G − number certainly smaller].",
        assumes: "As for the differences; all rank sets are right together at the study's level.",
        wrong_when: "The middle of a rank set is read as the rank.",
        source: "M. Mogstad, J. P. Romano, A. M. Shaikh, D. Wilhelm, Review of Economic Studies 91 (2024) 476–518, with Bonferroni limits.",
    },
    Method {
        name: "probability-largest",
        what: "The chance that a channel has the largest dormant share, by the audits alone.",
        formula: "40,000 draws from the study's seed: the unlabelled of stratum h are Binomial(N_h−m_h, q), q ~ Beta(k_h+½, m_h−k_h+½); ties are shared.",
        assumes: "Census lists, labels that are right, independent audits.",
        wrong_when: "It is read as the chance that the channel is worst: how dormant is defined and what is missing is not in it.",
        source: "R. J. A. Little, JASA 88 (1993) 1001–1012, for the model.",
    },
    Method {
        name: "multiverse",
        what: "The silent share under every defensible set of choices: 180 for posts alone, 180 for any dated sign.",
        formula: "Windows 30, 90, 180, 365, 730 days × the undetermined dropped, active or dormant × never-posters silent since creation, active or excluded × suspected bots kept or dropped × duplicates kept or dropped; Wilson limits for each.",
        assumes: "The grid was fixed before any result was seen; the main specification is marked.",
        wrong_when: "The share of specifications in which something holds is read as a probability: they are neither equally plausible nor independent.",
        source: "M. Del Giudice and S. W. Gangestad, Advances in Methods and Practices in Psychological Science 4 (2021), for the caution.",
    },
];
