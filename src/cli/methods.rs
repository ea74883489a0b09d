//! What each method is, for `dormouse explain`.
//!
//! The formulas with all their symbols stand in the docs of `stats`; here is what an
//! analyst must know in order to use a figure, and to answer for it.

/// One method.
#[derive(Debug)]
pub struct Method {
    /// Its name, as `results.json` has it.
    pub name: &'static str,
    /// What it gives.
    pub what: &'static str,
    /// The formula.
    pub formula: &'static str,
    /// What must hold.
    pub assumes: &'static str,
    /// When the number misleads.
    pub wrong_when: &'static str,
    /// Where it comes from.
    pub source: &'static str,
}

/// All methods, in the order in which data meet them.
pub static METHODS: &[Method] = &[
    Method {
        name: "manski-bounds",
        what: "The publicly silent share of a whole list, when some followers cannot be judged.",
        formula: "k silent and u undetermined of n: [k/n, (k+u)/n]; a point where u = 0.",
        assumes: "The list is the whole channel (design census). Nothing about the undetermined.",
        wrong_when: "The list is cut off or a sample: declare the design. The bounds have no sampling error; they do not cover a wrong date in the export.",
        source: "C. F. Manski, Partial Identification of Probability Distributions, 2003.",
    },
    Method {
        name: "imbens-manski-wilson",
        what: "The publicly silent share of a channel of which a random sample was exported.",
        formula: "Wilson limits of k/n and of (k+u)/n at the critical value c that solves Φ(c + Δ/σ) − Φ(−c) = level, Δ = u/n, σ the larger standard error; effective size n(N−1)/(N−n); rounded outward to multiples of 1/N.",
        assumes: "Every follower had the same chance to be in the export.",
        wrong_when: "The export is a page of the newest followers: that is no random sample, however large.",
        source: "G. W. Imbens and C. F. Manski, Econometrica 72 (2004) 1845–1857; E. B. Wilson, JASA 22 (1927) 209–212; validity where the width is estimated: J. Stoye, Econometrica 77 (2009) 1299–1315.",
    },
    Method {
        name: "newest-worst-case",
        what: "Limits for all followers from a list of the newest, or of unknown design.",
        formula: "w = n/N: from limits [l, u] of the list to [w l, w u + 1 − w].",
        assumes: "Nothing about the followers who are not on the list; N is the platform's counter.",
        wrong_when: "N is wrong. The limits are wide because the list says little; to narrow them, export the whole list.",
        source: "Arithmetic of bounds, after Manski 2003.",
    },
    Method {
        name: "post-stratified-mover-wilson",
        what: "The dormant share from an audit of a whole list.",
        formula: "θ = Σ W_h p_h over the strata of the draw, W_h = N_h/N, p_h = k_h/m_h; limits θ ∓ √Σ W_h²(p_h − l_h)² with Wilson limits l_h, u_h at the effective size m_h(N_h−1)/(N_h−m_h).",
        assumes: "The followers that were labelled were drawn at random within each stratum, and the labels are right.",
        wrong_when: "Somebody chose whom to label, left out the hard ones, or labelled wrongly: none of this is in the interval. A second reader on 30 of them shows how often two people agree.",
        source: "A. Tenenbein, JASA 65 (1970) 1350–1361; G. Y. Zou and A. Donner, Statistics in Medicine 27 (2008) 1693–1702 (MOVER).",
    },
    Method {
        name: "two-phase-mover-wilson",
        what: "The dormant share from an audit of a list that is itself a random sample.",
        formula: "As post-stratified, and the limits take up the error of the list too: √(Σ W_h²(p_h − l_h)² + (θ − l₁)²), with l₁ the Wilson limit of θ at the effective size of the list.",
        assumes: "Both draws were random: the list from the channel, the labels from the list.",
        wrong_when: "The first phase is forgotten (a sample declared as a census): in simulation such intervals held the truth in 80 % instead of 95 %.",
        source: "J. N. K. Rao, Biometrika 60 (1973) 125–133, for two phases; Zou and Donner 2008.",
    },
    Method {
        name: "audit-bounds",
        what: "The dormant share when some labels say unknown, or a stratum has none.",
        formula: "Lower limit with the unknown as active, upper limit with the unknown as dormant, each by MOVER-Wilson at the Imbens–Manski critical value; a stratum without labels adds 0 and W_h.",
        assumes: "Nothing about those whom the reader could not tell.",
        wrong_when: "Labels unknown are dropped instead: who left is harder to tell, so the share would come out too low (coverage 91 % in simulation).",
        source: "Imbens and Manski 2004 inside Zou and Donner 2008.",
    },
    Method {
        name: "no-evidence",
        what: "Nothing is known of the share: [0, 1].",
        formula: "[0, 1].",
        assumes: "Nothing.",
        wrong_when: "It is read as a finding. It is the absence of one.",
        source: "—",
    },
    Method {
        name: "suppressed",
        what: "The share is not published, because too few people stand behind it: [0, 1].",
        formula: "Hidden where fewer than 100 followers are left, or where the share or its complement is 1 to 9 followers; counts from 1 to 9 are hidden, and others that would give them away. Shares are computed with hidden followers as undetermined.",
        assumes: "The reader knows everything that is published, and the size of the list.",
        wrong_when: "It is read as a finding. `internal = true` in the study file, or `run --internal`, shows everything to those who may see it.",
        source: "A. Hundepool and others, Statistical Disclosure Control (2012), chapter 4.",
    },
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
        name: "cost",
        what: "Cost a month for each follower who is not dormant.",
        formula: "C/(N(1−θ)) at the estimate and both limits; with a standard error of C, Fieller's roots.",
        assumes: "N is the channel's total, and the costs belong to this channel alone.",
        wrong_when: "Staff hours are left out, or the upper limit of θ is 1: then the cost has no upper limit.",
        source: "E. C. Fieller, JRSS B 16 (1954) 175–185.",
    },
    Method {
        name: "multiverse",
        what: "The silent share under every defensible set of choices: 180 for posts alone, 180 for any dated sign.",
        formula: "Windows 30, 90, 180, 365, 730 days × the undetermined dropped, active or dormant × never-posters silent since creation, active or excluded × suspected bots kept or dropped × duplicates kept or dropped; Wilson limits for each.",
        assumes: "The grid was fixed before any result was seen; the main specification is marked.",
        wrong_when: "The share of specifications in which something holds is read as a probability: they are neither equally plausible nor independent.",
        source: "M. Del Giudice and S. W. Gangestad, Advances in Methods and Practices in Psychological Science 4 (2021), for the caution.",
    },
    Method {
        name: "rogan-gladen",
        what: "Diagnostic, off by default: a rule's share corrected by sensitivity and specificity from elsewhere.",
        formula: "θ = (π + Sp − 1)/(Se + Sp − 1); limits by Lang and Reiczigel.",
        assumes: "Se and Sp hold on this channel.",
        wrong_when: "They come from another platform: in simulation they did not travel, and the error was .29 to 2.6. Refused where Se + Sp ≤ 1.",
        source: "W. J. Rogan and B. Gladen, American Journal of Epidemiology 107 (1978) 71–76; Z. Lang and J. Reiczigel, Preventive Veterinary Medicine 113 (2014) 13–22.",
    },
    Method {
        name: "ppi",
        what: "Diagnostic, off by default: prediction-powered inference (PPI++).",
        formula: "θ = λ f̄ + mean(y − λf), λ = cov(y,f)/((1+m/N) var f) clipped to [0, 1].",
        assumes: "The audit is a simple random sample.",
        wrong_when: "Cells are small: its interval held the truth in 78 % in the worst cell.",
        source: "A. N. Angelopoulos, J. C. Duchi, T. Zrnic, PPI++, 2023.",
    },
    Method {
        name: "btyd",
        what: "Diagnostic, off by default: models of buying till you die, read as posting till you leave.",
        formula: "BG/NBD, MBG/NBD, Pareto/NBD and BG/BB likelihoods; P(alive) for each account from posts, time of the last post, and age.",
        assumes: "Constant posting rates while alive, and leaving at random.",
        wrong_when: "People read without posting, or post in bursts: bias up to 40 points in simulation. BG/NBD takes everybody who never posted for alive.",
        source: "P. S. Fader, B. G. S. Hardie, K. L. Lee, Marketing Science 24 (2005) 275–284; E. P. Batislam et al. 2007; D. C. Schmittlein, D. G. Morrison, R. Colombo, Management Science 33 (1987) 1–24; Fader, Hardie, Shang, Marketing Science 29 (2010) 1086–1108.",
    },
    Method {
        name: "gap-rule",
        what: "Diagnostic, off by default: is this silence long for this account?",
        formula: "p = (t_x/T)^x for x posts, the last at t_x of an age T.",
        assumes: "A constant rate of posting.",
        wrong_when: "Posts come in bursts, or nobody posts (x = 0 has no p-value).",
        source: "Order statistics of uniform times.",
    },
];

#[cfg(test)]
mod tests {
    use super::METHODS;
    use crate::model::share::Method as ShareMethod;
    use std::collections::BTreeSet;

    #[test]
    fn every_method_of_the_results_is_explained() {
        let names: BTreeSet<_> = METHODS.iter().map(|method| method.name).collect();
        assert_eq!(names.len(), METHODS.len(), "a name comes twice");
        for method in [
            ShareMethod::ManskiBounds,
            ShareMethod::ImbensManskiWilson,
            ShareMethod::NewestWorstCase,
            ShareMethod::PostStratifiedMoverWilson,
            ShareMethod::TwoPhaseMoverWilson,
            ShareMethod::AuditBounds,
            ShareMethod::NoEvidence,
            ShareMethod::Suppressed,
        ] {
            assert!(names.contains(method.as_str()), "{}", method.as_str());
        }
        for method in ["mover-difference", "bounds"] {
            assert!(names.contains(method), "{method}");
        }
    }
}
