//! Results as a run hands them on, with every kind of share and every notice.

use dormouse::briefing::view::View;
use dormouse::chart;
use dormouse::decide;
use dormouse::model::finding::Quantity;
use dormouse::model::multiverse::{Decision, Question};
use dormouse::model::platform::Language;
use dormouse::model::results::{Notice, Results};
use dormouse::model::share::{Method, Share};
use dormouse::wording::Words;

/// Both languages: Dutch, English.
pub fn both() -> [Words; 2] {
    [Words::new(Language::Nl), Words::new(Language::En)]
}

pub fn share(lower: f64, upper: f64, estimate: Option<f64>, method: Method) -> Share {
    Share {
        lower,
        upper,
        estimate,
        level: 0.95,
        method,
        inner: None,
        quantiles: None,
        labels: None,
    }
}

pub fn audited(share: Share, labels: u64) -> Share {
    Share {
        quantiles: None,
        labels: Some(labels),
        ..share
    }
}

/// Six channels: two audits, an audit with open labels, newest only, a full count, nothing;
/// and rules for them.
pub fn results() -> Results {
    judged(serde_json::from_str(include_str!("results.json")).unwrap())
}

/// The same with the verdicts that its own rules give.
pub fn judged(mut results: Results) -> Results {
    results.verdicts =
        decide::verdicts(&results, &|_, rules| (rules.len() == 1).then_some(0.3333)).unwrap();
    results
}

/// The results of the demo.
pub fn demo() -> Results {
    serde_json::from_str(include_str!("../../data/demo/expected/results.json")).unwrap()
}

/// The same without any audit.
pub fn without_audits() -> Results {
    let mut results = results();
    results.study.policy = None;
    // What the policy asked goes with it.
    if let Some(multiverse) = &mut results.multiverse {
        let asked = |decision: &Decision| decision.decision == Question::LargestShare;
        multiverse.decisions.retain(asked);
    }
    results.verdicts.clear();
    results.ranking = None;
    for channel in &mut results.channels {
        channel.dormant = None;
        channel.awake = None;
        channel.cost = None;
        channel
            .notices
            .retain(|notice| !matches!(notice, Notice::NoAudit));
        channel.notices.push(Notice::NoAudit);
    }
    results
        .comparisons
        .retain(|comparison| comparison.quantity == Quantity::Silent);
    results
}

/// One channel of which nothing is known.
pub fn nothing_known() -> Results {
    let mut results = results();
    results.channels.retain(|channel| channel.id == "li");
    results.comparisons.clear();
    results.ranking = None;
    let mut results = judged(results);
    results.manifest.inputs.clear();
    results
}

/// Names from outside that look like marks, or are longer than a telephone is wide.
pub fn hostile() -> Results {
    let mut results = results();
    results.study.title = "<b>\"Kanalen\"</b> & [x](y) | *z*\n# w\u{7}".to_owned();
    results.channels[0].name = "<i>X</i> | `a`".to_owned();
    results.channels[1].name = "Bestuursdienstenondersteuningsafdelingskanaal".to_owned();
    results.manifest.inputs[0].path = "a|b_<script>.csv".to_owned();
    results.manifest.inputs[1].path = "exports/".repeat(30);
    results
}

/// The view of some results, with the figures that they give reason for.
pub fn view(results: &Results, words: Words) -> View {
    View::new(results, &chart::draw_all(results, words), words)
}
