//! Policy × findings → verdict: the table in `tests/decide.toml`, and what holds of any.

use dormouse::decide::verdicts;
use dormouse::model::results::Results;
use dormouse::model::verdict::{Course, Held, Policy, Rule, Standing};
use proptest::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
struct Case {
    name: String,
    policy: Policy,
    channel: Finding,
    verdict: Option<String>,
    #[serde(default)]
    standing: Vec<String>,
    #[serde(default)]
    change: Vec<String>,
    more_labels: Option<u64>,
    #[serde(default)]
    steps: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Finding {
    dormant: Option<[f64; 3]>,
    method: Option<String>,
    #[serde(default = "labels")]
    labels: u64,
    #[serde(default)]
    strata: Vec<[u64; 4]>,
    #[serde(default)]
    unknown: u64,
    #[serde(default = "followers")]
    followers: u64,
    listed: Option<u64>,
    awake: Option<u64>,
    evidence: Option<String>,
    design: Option<String>,
    stated: Option<Value>,
    cost: Option<Value>,
}

fn labels() -> u64 {
    150
}

fn followers() -> u64 {
    20_000
}

fn results(policy: &Policy, finding: &Finding) -> Results {
    let listed = finding.listed.unwrap_or(finding.followers);
    let awake = finding.awake.unwrap_or(100);
    let share = |[lower, estimate, upper]: [f64; 3]| {
        json!({
            "lower": lower, "upper": upper, "level": 0.95, "labels": finding.labels,
            "estimate": (estimate >= 0.0).then_some(estimate),
            "method": finding.method.as_deref().unwrap_or("post-stratified-mover-wilson"),
        })
    };
    let strata = finding.strata.iter().map(|[size, dormant, active, unknown]| {
        json!({"name": "s", "size": size, "dormant": dormant, "active": active, "unknown": unknown})
    });
    let strata: Vec<Value> = strata.collect();
    let notices =
        (finding.unknown > 0).then(|| json!({"code": "labels-unknown", "labels": finding.unknown}));
    let channel = json!({
        "id": "x", "name": "X", "platform": "x",
        "evidence": finding.evidence.as_deref().unwrap_or("activity"),
        "design": finding.design.as_deref().unwrap_or("census"),
        "followers": finding.followers, "listed": listed,
        "counts": {
            "awake": awake, "silent": 0, "gone": 0,
            "undetermined": listed.saturating_sub(awake),
        },
        "silent": {
            "lower": 0.0, "upper": 1.0, "estimate": null, "level": 0.95,
            "method": "manski-bounds",
        },
        "dormant": finding.dormant.map(share),
        "audit": (!strata.is_empty()).then(|| json!({"strata": strata})),
        "stated": finding.stated.clone().unwrap_or(json!({})),
        "cost": finding.cost.clone(),
        "curve": [], "notices": Vec::from_iter(notices),
    });
    serde_json::from_value(json!({
        "schema_version": 1,
        "study": {
            "title": "t", "organisation": "o", "language": "en", "window_days": 180,
            "census": "2026-10-01T00:00:00Z", "level": 0.95, "residents": 158_000,
            "policy": policy,
        },
        "channels": [channel], "comparisons": [],
        "manifest": {"tool": "t", "inputs": [], "settings_sha256": "", "seed": 0},
    }))
    .unwrap()
}

/// The name of a tagged or plain value as the artefacts have it.
fn names<T: serde::Serialize>(values: &[T], tag: &str) -> Vec<String> {
    let name = |value: &T| {
        let value = serde_json::to_value(value).unwrap();
        let name = value.get(tag).unwrap_or(&value);
        name.as_str().unwrap().to_owned()
    };
    values.iter().map(name).collect()
}

#[test]
fn policy_and_findings_give_the_verdicts_of_the_table() {
    #[derive(Deserialize)]
    struct Table {
        case: Vec<Case>,
    }
    let table: Table = toml::from_str(include_str!("decide.toml")).unwrap();
    for case in &table.case {
        let found = verdicts(&results(&case.policy, &case.channel), &|_, _| None).unwrap();
        let name = &case.name;
        let Some(wanted) = &case.verdict else {
            assert_eq!(found, [], "{name}");
            continue;
        };
        let [verdict] = &found[..] else {
            panic!("{name}: {found:?}");
        };
        assert_eq!(names(&[verdict.verdict], ""), [wanted.as_str()], "{name}");
        let standing: Vec<Standing> = verdict.because.iter().map(|one| one.standing).collect();
        assert_eq!(names(&standing, ""), case.standing, "{name}");
        assert_eq!(
            names(&verdict.would_change, "change"),
            case.change,
            "{name}"
        );
        assert_eq!(verdict.steps.len(), case.steps, "{name}");
        let first = serde_json::to_value(verdict.would_change[0]).unwrap();
        if let Some(labels) = case.more_labels {
            assert_eq!(first["labels"], labels, "{name}");
        }
    }
    // Every course is in the table.
    for course in ["keep", "emergencies", "park", "stop", "undecided"] {
        let of = |case: &Case| case.verdict.as_deref() == Some(course);
        assert!(table.case.iter().any(of), "{course}");
    }
}

fn audited(lower: f64, estimate: f64, upper: f64) -> Finding {
    let mut finding: Finding = toml::from_str("").unwrap();
    finding.dormant = Some([lower, estimate, upper]);
    finding.stated = Some(json!({"cost_per_month": 200.0}));
    finding
}

#[test]
fn the_share_of_specifications_is_that_of_the_rule_and_of_the_verdict() {
    let policy = Policy {
        min_awake_followers: Some(8_000),
        max_dormant_share: Some(0.45),
        max_cost_per_awake_follower: Some(0.02),
        ..Policy::default()
    };
    // Of ten specifications the rules hold in eight, four and six, and all of them in four.
    let holds_in = |channel: &str, rules: &[Rule]| {
        assert_eq!(channel, "x");
        match rules {
            [Rule::MinAwakeFollowers { .. }] => Some(0.8),
            [Rule::MaxDormantShare { .. }] => Some(0.4),
            [Rule::MaxCostPerAwakeFollower { .. }] => Some(0.6),
            [Rule::ReadableWithoutLogin] => None,
            _ => Some(0.4),
        }
    };
    let shares = |policy: &Policy, finding: &Finding| {
        let found = verdicts(&results(policy, finding), &holds_in).unwrap();
        let rules: Vec<Option<f64>> = found[0].because.iter().map(|one| one.holds_in).collect();
        (found[0].verdict, found[0].holds_in, rules)
    };
    let rules = vec![Some(0.8), Some(0.4), Some(0.6)];
    let kept = shares(&policy, &audited(0.2, 0.3, 0.4));
    assert_eq!(kept, (Course::Keep, Some(0.4), rules.clone()));
    let left = shares(&policy, &audited(0.5, 0.6, 0.7));
    assert_eq!(left, (Course::Stop, Some(0.6), rules.clone()));
    let open = shares(&policy, &audited(0.4, 0.5, 0.6));
    assert_eq!(open, (Course::Undecided, None, rules));

    // A rule that no specification changes, and that fails, fails in all of them.
    let policy = Policy {
        readable_without_login: Some(true),
        ..policy
    };
    let mut finding = audited(0.2, 0.3, 0.4);
    finding.stated = Some(json!({"cost_per_month": 200.0, "readable_without_login": false}));
    let (course, holds_in, _) = shares(&policy, &finding);
    assert_eq!((course, holds_in), (Course::Stop, None));
}

proptest! {
    /// A wider interval never makes a rule clearer, and never turns one course of leaving
    /// or keeping into the other.
    #[test]
    fn less_evidence_never_decides_more(
        limits in prop::array::uniform3(0.0..=1.0f64),
        wider in 0.0..0.5f64,
        maximum in 0.01..0.99f64,
        minimum in 1..20_000u64,
    ) {
        let mut limits = limits;
        limits.sort_by(f64::total_cmp);
        let [lower, estimate, upper] = limits;
        let policy = Policy {
            min_awake_followers: Some(minimum),
            max_dormant_share: Some(maximum),
            max_cost_per_awake_follower: Some(0.02),
            keep_handle: Some(true),
            ..Policy::default()
        };
        let narrow = audited(lower, estimate, upper);
        let wide = audited((lower - wider).max(0.0), estimate, (upper + wider).min(1.0));
        let narrow = verdicts(&results(&policy, &narrow), &|_, _| None).unwrap().remove(0);
        let wide = verdicts(&results(&policy, &wide), &|_, _| None).unwrap().remove(0);
        for (clear, unclear) in narrow.because.iter().zip(&wide.because) {
            prop_assert!(
                unclear.standing == clear.standing || unclear.standing == Standing::Open
            );
            // A figure is given with its limits, and holds its point.
            let Some(Held::Measured { estimate: Some(point), lower, upper, .. }) = clear.figure else {
                continue;
            };
            prop_assert!(lower <= point && upper.is_none_or(|upper| point <= upper));
        }
        prop_assert!(
            wide.verdict == narrow.verdict || wide.verdict == Course::Undecided
                || narrow.verdict == Course::Park
        );
        prop_assert!(!wide.would_change.is_empty());
    }
}
