//! `audit draw`, `audit check` and `plan`, as their users meet them.

use std::fs;
use std::path::Path;

use dormouse::audit::Label;
use dormouse::pipeline;
use dormouse::stats::kappa::cohens_kappa;
use dormouse::stats::planning::{Target, labels_needed, margin_of, sample_size};
use dormouse::study::Study;
use serde_json::{Value, json};

use super::{Quiet, dormouse, json, study};

const CHANNEL: &str =
    "[[channel]]\nid = \"x\"\nplatform = \"x\"\nexports = [\"x.csv\"]\ndesign = \"census\"\n";

/// A list of awake, silent and undetermined followers, with duplicates behind.
fn list() -> String {
    let mut list = String::from("id,last_active_at\n");
    for place in 0..600_u64 {
        let id = 2_103_270_657_016_568_154 + 13 * place;
        let date = match place % 3 {
            0 => "2026-09-30T00:00:00Z",
            1 => "2020-01-01T00:00:00Z",
            _ => "",
        };
        list.push_str(&format!("{id},{date}\n"));
    }
    let again: Vec<String> = list.lines().skip(1).take(50).map(str::to_owned).collect();
    list.push_str(&again.join("\n"));
    list
}

/// Fills in the labels of a CSV; `label` gives the word of a row by its number.
fn fill(path: &Path, label: impl Fn(u64) -> &'static str) {
    let text = fs::read_to_string(path).unwrap();
    let mut filled = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let mut cells: Vec<&str> = line.split(',').collect();
        if number > 1 {
            cells[3] = label(number);
        }
        filled.push(cells.join(","));
    }
    fs::write(path, filled.join("\r\n")).unwrap();
}

/// A value as it is read back from what the program prints; reading may move the last
/// binary digit.
fn printed(value: &impl serde::Serialize) -> Value {
    serde_json::from_slice(&serde_json::to_vec(value).unwrap()).unwrap()
}

/// The label of a follower in the first reading, from the last digits of the id.
fn first_word(row: u64) -> &'static str {
    ["dormant", "dormant", "active", "Active", "unknown"][(row % 5) as usize]
}

fn check(folder: &Path) -> (Value, Option<i32>) {
    json(&dormouse(
        folder,
        &["audit", "check", "review.toml", "--format", "json"],
    ))
}

#[test]
fn from_the_draw_to_the_share() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let list = list();
    study(at, CHANNEL, &[("x.csv", &list)]);
    // Nothing to check yet.
    let nothing = dormouse(at, &["audit", "check", "review.toml"]);
    assert_eq!(nothing.status.code(), Some(2));

    let (drawn, code) = json(&dormouse(
        at,
        &[
            "audit",
            "draw",
            "review.toml",
            "--labels",
            "90",
            "--format",
            "json",
        ],
    ));
    assert_eq!(code, Some(0));
    let channel = &drawn["channels"][0];
    assert_eq!(channel["labels"], 90);
    assert_eq!(channel["overlap"], 30);
    let sizes: Vec<_> = ["awake", "silent", "undetermined"]
        .map(|name| json!({"name": name, "followers": 200, "drawn": 30}))
        .to_vec();
    assert_eq!(channel["strata"], Value::from(sizes));
    assert_eq!(channel["study_line"], "audit = \"audit/x.xlsx\"");

    // A worksheet that is not filled in.
    let (found, code) = check(at);
    assert_eq!(code, Some(1));
    assert_eq!(
        found["channels"][0]["missing"].as_array().unwrap().len(),
        90
    );
    assert_eq!(found["channels"][0]["share"]["lower"], 0.0);
    assert_eq!(found["channels"][0]["share"]["upper"], 1.0);

    // Two rows forgotten, one word that is none: what is there is counted.
    fill(&at.join("audit/x.csv"), |row| match row {
        5 | 6 => "",
        9 => "misschien",
        row => first_word(row),
    });
    study(at, &format!("{CHANNEL}audit = \"audit/x.csv\"\n"), &[]);
    let (found, code) = check(at);
    let channel = &found["channels"][0];
    assert_eq!((code, &found["complete"]), (Some(1), &json!(false)));
    assert_eq!(channel["missing"], json!([5, 6]));
    assert_eq!(channel["not_a_label"], json!([9]));
    let text = dormouse(at, &["audit", "check", "review.toml"]);
    let text = String::from_utf8(text.stdout).unwrap();
    assert!(text.contains("2 rows without a label: 5 to 6"), "{text}");
    assert!(
        !text.contains("misschien") && !text.contains("210327"),
        "{text}"
    );
    assert_eq!(dormouse(at, &["run", "review.toml"]).status.code(), Some(2));

    // Complete, and what run says is what check said.
    fill(&at.join("audit/x.csv"), first_word);
    let (found, code) = check(at);
    assert_eq!((code, &found["complete"]), (Some(0), &json!(true)));
    let channel = &found["channels"][0];
    let labels = (2..=91).fold([0_u64; 3], |mut counts, row| {
        match first_word(row) {
            "dormant" => counts[0] += 1,
            "unknown" => counts[2] += 1,
            _ => counts[1] += 1,
        }
        counts
    });
    assert_eq!(
        [&channel["dormant"], &channel["active"], &channel["unknown"]],
        labels.map(Value::from).each_ref()
    );
    let mut study = Study::read(&at.join("review.toml")).unwrap();
    study.internal = true;
    let count = pipeline::count(&study, &Quiet).unwrap();
    let (results, _) = pipeline::judge(&study, &count).unwrap();
    let share = printed(&results.channels[0].dormant);
    assert_eq!(channel["share"], share);

    // A new draw does not go over the labels.
    let again = dormouse(at, &["audit", "draw", "review.toml"]);
    assert_eq!(again.status.code(), Some(2));
    let forced = dormouse(
        at,
        &["audit", "draw", "review.toml", "--force", "--labels", "90"],
    );
    assert_eq!(forced.status.code(), Some(0));
    let (found, _) = check(at);
    assert_eq!(
        found["channels"][0]["missing"].as_array().unwrap().len(),
        90
    );
}

/// κ of the overlap is κ of the table of both labels.
/// A list that is cut off is no census, whatever the study declares: what `check` says is
/// what `run` will say.
#[test]
fn a_list_that_is_cut_off_is_checked_as_it_is_run() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let followers: Vec<Value> = (0..200)
        .map(|n| json!({"did": format!("did:plc:{n:03}"), "handle": format!("v{n:03}.example"), "createdAt": "2024-11-22T20:10:05.054Z"}))
        .collect();
    let page = json!({"subject": {"did": "did:plc:z", "handle": "gemeente.example"}, "cursor": "3k", "followers": followers});
    let channel = "[[channel]]\nid = \"b\"\nplatform = \"bluesky\"\nexports = [\"page.json\"]\n\
                   design = \"census\"\nfollowers = 1000\naudit = \"audit/b.csv\"\n";
    study(at, channel, &[("page.json", &page.to_string())]);
    let drawn = dormouse(at, &["audit", "draw", "review.toml", "--labels", "60"]);
    assert_eq!(drawn.status.code(), Some(0));
    fill(&at.join("audit/b.csv"), |row| {
        if row % 2 == 0 { "dormant" } else { "active" }
    });
    let share = check(at).0["channels"][0]["share"].clone();
    assert_eq!(share["method"], "newest-worst-case");
    assert_eq!(dormouse(at, &["run", "review.toml"]).status.code(), Some(0));
    let results = fs::read(at.join("out/results.json")).unwrap();
    let results: Value = serde_json::from_slice(&results).unwrap();
    assert_eq!(results["channels"][0]["dormant"], share);
}

#[test]
fn two_readers() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    study(
        at,
        &format!("{CHANNEL}audit = \"audit/x.csv\"\n"),
        &[("x.csv", &list())],
    );
    let drawn = dormouse(at, &["audit", "draw", "review.toml", "--overlap", "40"]);
    assert_eq!(drawn.status.code(), Some(0));
    fill(&at.join("audit/x.csv"), first_word);
    fill(&at.join("audit/x-second.csv"), |row| {
        [
            "slapend", "slapend", "slapend", "actief", "onbekend", "actief", "actief",
        ][(row % 7) as usize]
    });

    // The table, counted apart from the program.
    let rows = |name: &str| {
        let text = fs::read_to_string(at.join("audit").join(name)).unwrap();
        let lines = text.lines().skip(1).map(|line| {
            let cells: Vec<_> = line.split(',').map(str::to_owned).collect();
            (cells[0].clone(), cells[3].to_lowercase())
        });
        lines.collect::<Vec<_>>()
    };
    let first = rows("x.csv");
    let mut table = [[0_u64; 3]; 3];
    let mut differ = Vec::new();
    let place = |word: &str| match word {
        "dormant" | "slapend" => 0,
        "active" | "actief" => 1,
        _ => 2,
    };
    let second = rows("x-second.csv");
    assert_eq!(second.len(), 40);
    for (id, word) in &second {
        let row = first.iter().position(|(other, _)| other == id).unwrap();
        let (_, other) = &first[row];
        table[place(other)][place(word)] += 1;
        if place(other) != place(word) {
            differ.push(row + 2);
        }
    }
    differ.sort_unstable();
    let expected = cohens_kappa(&table, 0.95).unwrap();
    let (found, code) = check(at);
    assert_eq!(code, Some(0));
    let found = &found["channels"][0]["second"];
    let mut study = Study::read(&at.join("review.toml")).unwrap();
    study.internal = true;
    let count = pipeline::count(&study, &Quiet).unwrap();
    let (results, _) = pipeline::judge(&study, &count).unwrap();
    let audit = results.channels[0].audit.as_ref().unwrap();
    let agreement = printed(&audit.agreement);
    for name in ["both", "alike", "kappa"] {
        assert_eq!(found[name], agreement[name]);
    }
    assert_eq!(found["both"], 40);
    assert_eq!(found["alike"], table[0][0] + table[1][1] + table[2][2]);
    assert_eq!(found["labelled_differently"], json!(differ));
    let said = dormouse(at, &["audit", "check", "review.toml"]).stdout;
    let said = String::from_utf8(said).unwrap();
    let said_differ = format!(
        "{} rows of the first worksheet that the two readers labelled differently: ",
        differ.len()
    );
    assert!(said.contains(&said_differ), "{said}");
    for (name, expected) in [
        ("estimate", expected.kappa.estimate),
        ("lower", expected.kappa.lower),
        ("upper", expected.kappa.upper),
    ] {
        assert_eq!(found["kappa"][name], printed(&expected), "{name}");
    }

    // The same, of followers whose ids Excel has rounded; and one who was never drawn.
    let path = at.join("audit/x-second.csv");
    let text = fs::read_to_string(&path).unwrap();
    let text: Vec<String> = text
        .lines()
        .map(|line| match line.split_once(',') {
            Some((id, rest)) if id != "id" => format!("2.10327E+18,{rest}"),
            _ => line.to_owned(),
        })
        .chain(["4,silent,200,active,,".to_owned()])
        .collect();
    fs::write(&path, text.join("\n")).unwrap();
    let (changed, code) = check(at);
    assert_eq!(code, Some(1));
    let changed = &changed["channels"][0]["second"];
    assert_eq!(changed["not_in_the_first"], json!([42]));
    assert_eq!(changed["kappa"], found["kappa"]);
    assert_eq!(
        changed["labelled_differently"],
        found["labelled_differently"]
    );
}

#[test]
fn labels_have_one_order() {
    assert_eq!(Label::ALL, [Label::Dormant, Label::Active, Label::Unknown]);
}

#[test]
fn only_the_channels_that_are_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let two = format!(
        "{CHANNEL}{}",
        CHANNEL.replace("\"x\"\nplatform", "\"y\"\nplatform")
    );
    study(at, &two, &[("x.csv", &list())]);
    let unknown = dormouse(at, &["audit", "draw", "review.toml", "--channel", "z"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(!at.join("audit").exists());
    let one = dormouse(at, &["audit", "draw", "review.toml", "--channel", "y"]);
    assert_eq!(one.status.code(), Some(0));
    let names = fs::read_dir(at.join("audit")).unwrap();
    let mut names: Vec<_> = names
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["y-second.csv", "y-second.xlsx", "y.csv", "y.xlsx"]);
}

/// Whoever draws into another folder is told to check there, and a folder without
/// worksheets is named.
#[test]
fn a_draw_elsewhere_is_checked_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    study(at, CHANNEL, &[("x.csv", &list())]);
    let text = |arguments: &[&str]| {
        let output = dormouse(at, arguments);
        String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
    };
    let draw = ["audit", "draw", "review.toml", "--overlap", "0"];
    let drawn = text(&[&draw[..], &["--out", "labelling"]].concat());
    let next = "`dormouse audit check review.toml --dir labelling`";
    assert!(drawn.contains(next), "{drawn}");
    assert!(!drawn.contains("second reader"), "{drawn}");
    let checked = text(&["audit", "check", "review.toml", "--dir", "labelling"]);
    assert!(checked.contains("150 rows without a label"), "{checked}");
    let nowhere = text(&["audit", "check", "review.toml", "--dir", "nowhere"]);
    assert!(
        nowhere.contains("nowhere: there is no worksheet"),
        "{nowhere}"
    );
    let here = text(&draw);
    assert!(
        here.contains("`dormouse audit check review.toml`."),
        "{here}"
    );
}

/// Totals are an export like others, but nobody can be drawn from them.
#[test]
fn channels_of_totals_are_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let totals = CHANNEL
        .replace("\"x\"\nplatform", "\"y\"\nplatform")
        .replace("x.csv", "y.csv");
    let days = "Date,Impressions,Likes,Engagements,Bookmarks,Shares,New follows,Unfollows,Replies,Reposts,Profile visits,Create Post,Video views,Media views\n\"Tue, Aug 26, 2025\",10,1,1,0,0,1,0,0,0,1,0,0,0\n";
    study(at, &totals, &[("x.csv", &list()), ("y.csv", days)]);
    let alone = dormouse(at, &["audit", "draw", "review.toml"]);
    assert_eq!(alone.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&alone.stderr).contains("audit::nobody"));

    study(at, &format!("{totals}{CHANNEL}"), &[]);
    let (drawn, code) = json(&dormouse(
        at,
        &["audit", "draw", "review.toml", "--format", "json"],
    ));
    assert_eq!((code, &drawn["nobody"]), (Some(0), &json!(["y"])));
    assert_eq!(drawn["channels"][0]["channel"], "x");
    assert!(at.join("audit/x.csv").exists() && !at.join("audit/y.csv").exists());
}

#[test]
fn channels_that_would_share_a_worksheet_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let other = CHANNEL.replace("\"x\"\nplatform", "\"x-second\"\nplatform");
    study(
        folder.path(),
        &format!("{CHANNEL}{other}"),
        &[("x.csv", &list())],
    );
    let output = dormouse(folder.path(), &["audit", "draw", "review.toml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("audit::same_file"));
}

#[test]
fn plans_are_the_statistics() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let plan = |arguments: &[&str]| {
        let mut all = vec!["plan", "--format", "json"];
        all.extend(arguments);
        let (plan, code) = json(&dormouse(at, &all));
        assert_eq!(code, Some(0), "{arguments:?}");
        plan
    };
    let needed = |plan: &Value| {
        let lines = plan["channels"][0]["labels_for_margin"].as_array().unwrap();
        let labels = lines.iter().map(|line| line["labels"].as_u64().unwrap());
        labels.collect::<Vec<_>>()
    };
    for (arguments, followers, share) in [
        (vec![], None, 0.5),
        (vec!["--followers", "5000"], Some(5000), 0.5),
        (
            vec!["--followers", "2000", "--share", "0.3"],
            Some(2000),
            0.3,
        ),
        (vec!["--followers", "300"], Some(300), 0.5),
    ] {
        let expected: Vec<_> = [0.03, 0.05, 0.07, 0.1]
            .map(|margin| {
                let target = Target {
                    share,
                    margin,
                    level: 0.95,
                };
                sample_size(target, followers).unwrap()
            })
            .to_vec();
        assert_eq!(needed(&plan(&arguments)), expected, "{arguments:?}");
    }
    // The figures that the methods page promises.
    assert_eq!(needed(&plan(&[]))[0], 1068);
    let rule = plan(&["--sensitivity", "0.9", "--specificity", "0.9"]);
    assert_eq!(
        rule["channels"][0]["labels_for_margin"][0]["labels_with_rule"],
        385
    );
    let rule = plan(&["--sensitivity", "0.7", "--specificity", "0.8"]);
    assert_eq!(
        rule["channels"][0]["labels_for_margin"][0]["labels_with_rule"],
        798
    );

    // The other way round, and from a study.
    let given = plan(&["--followers", "20143", "--labels", "150"]);
    let margin = margin_of(0.5, 150, Some(20_143), 0.0, 0.95).unwrap();
    assert_eq!(
        given["channels"][0]["margin_for_labels"][0]["margin"],
        printed(&margin)
    );
    study(
        at,
        &format!(
            "{CHANNEL}followers = 700\n{}",
            CHANNEL.replace("\"x\"\nplatform", "\"y\"\nplatform")
        ),
        &[("x.csv", &list())],
    );
    let of_study = plan(&["review.toml"]);
    let followers: Vec<_> = of_study["channels"]
        .as_array()
        .unwrap()
        .iter()
        .map(|channel| &channel["followers"])
        .collect();
    assert_eq!(followers, [700, 600]);

    for wrong in [
        ["--share", "1.2"],
        ["--margins", "0"],
        ["--labels", "0"],
        ["--sensitivity", "0.9"],
        ["--level", "95"],
    ] {
        assert_eq!(
            dormouse(at, &["plan", wrong[0], wrong[1]]).status.code(),
            Some(2),
            "{wrong:?}"
        );
    }
}

/// Labels for a margin and the margin of labels are each other's inverse.
#[test]
fn planning_goes_both_ways() {
    for followers in [None, Some(300), Some(20_143)] {
        for worth in [0.0, 0.4, 0.64] {
            for margin in [0.03, 0.05, 0.1] {
                let target = Target {
                    share: 0.4,
                    margin,
                    level: 0.95,
                };
                let labels = labels_needed(target, followers, worth).unwrap();
                let of = |labels| margin_of(0.4, labels, followers, worth, 0.95).unwrap();
                assert!(
                    of(labels) <= margin + 1e-9,
                    "{followers:?} {worth} {margin}"
                );
                assert!(of(labels - 1) > margin, "{followers:?} {worth} {margin}");
            }
        }
    }
}
