//! What is written, read back.

use std::collections::{BTreeMap, HashSet};
use std::io::Read;

use proptest::prelude::*;
use serde_json::Value;
use tempfile::tempdir;

use super::*;
use exports::FORMATS;

const CENSUS: i64 = 1_790_812_800;

fn channel(name: &str, followers: u64, seed: u64) -> Export {
    let format = exports::format(name).unwrap();
    Export {
        format,
        platform: format.platform.unwrap_or(Platform::X),
        followers,
        sample: Sample::Census,
        seed,
        census: CENSUS * 1000,
    }
}

fn population(export: &Export) -> Vec<population::Follower> {
    let mut character = Character::of(export.platform);
    if !export.format.names_gone {
        character.gone = 0.0;
    }
    Population::new(character, export.followers, export.seed, CENSUS)
        .unwrap()
        .collect()
}

/// Writes an export and gives its bytes.
fn bytes(export: &Export) -> Vec<u8> {
    let folder = tempdir().unwrap();
    let path = folder.path().join("export");
    super::export(export, &path).unwrap();
    std::fs::read(path).unwrap()
}

fn text(export: &Export) -> String {
    String::from_utf8(bytes(export)).unwrap()
}

/// Members of an archive, in order, with parts of two hundred followers.
fn members(export: &Export) -> Vec<(String, String)> {
    let folder = tempdir().unwrap();
    let path = folder.path().join("export.zip");
    write(export, &path, Plan::default(), 200).unwrap();
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    (0..archive.len())
        .map(|place| {
            let mut member = archive.by_index(place).unwrap();
            let mut text = String::new();
            member.read_to_string(&mut text).unwrap();
            (member.name().unwrap().into_owned(), text)
        })
        .collect()
}

/// The value after the assignment of a file of an X archive.
fn assigned(text: &str) -> Value {
    serde_json::from_str(text.split_once(" = ").unwrap().1).unwrap()
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_others() {
    for format in FORMATS {
        let one = bytes(&channel(format.name, 300, 5));
        assert_eq!(one, bytes(&channel(format.name, 300, 5)), "{}", format.name);
        assert_ne!(one, bytes(&channel(format.name, 300, 6)), "{}", format.name);
    }
}

#[test]
fn canonical_rows_say_what_the_population_says() {
    let export = channel("canonical", 500, 11);
    let text = text(&export);
    let mut lines = text.lines();
    assert_eq!(
        lines.next().unwrap(),
        "id,followed_at,account_created_at,last_active_at,posts_count,followers_count,\
         following_count,default_avatar,protected"
    );
    let mut ids = HashSet::new();
    for (line, follower) in lines.by_ref().zip(population(&export)) {
        let cells: Vec<&str> = line.split(',').collect();
        assert_eq!(cells.len(), 9);
        assert!(ids.insert(cells[0].to_owned()));
        assert_eq!(cells[1], instants::iso(follower.followed));
        assert_eq!(cells[2], instants::iso(follower.created));
        assert_eq!(
            cells[3],
            follower.shown_post.map(instants::iso).unwrap_or_default()
        );
        assert_eq!(cells[4], follower.posts.to_string());
        assert_eq!(cells[8], follower.protected.to_string());
    }
    assert_eq!(ids.len(), 500);
}

#[test]
fn x_archive_has_its_parts_and_counts_them() {
    let export = channel("x-archive", 450, 12);
    let members = members(&export);
    let names: Vec<&str> = members.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "data/account.js",
            "data/follower.js",
            "data/follower-part1.js",
            "data/follower-part2.js",
            "data/manifest.js",
        ]
    );
    let manifest = assigned(&members[4].1);
    assert_eq!(
        manifest["archiveInfo"]["generationDate"],
        "2026-10-01T00:00:00.000Z"
    );
    let mut ids = Vec::new();
    for (part, file) in manifest["dataTypes"]["follower"]["files"]
        .as_array()
        .unwrap()
        .iter()
        .enumerate()
    {
        let (name, text) = &members[part + 1];
        assert_eq!(file["fileName"], name.as_str());
        assert_eq!(file["globalName"], format!("YTD.follower.part{part}"));
        assert!(text.starts_with(&format!("window.YTD.follower.part{part} = [\n  {{\n    \"follower\" : {{\n      \"accountId\" : \"")));
        assert!(text.ends_with("\"\n    }\n  }\n]"));
        let rows = assigned(text);
        let rows = rows.as_array().unwrap();
        assert_eq!(file["count"], rows.len().to_string());
        for row in rows {
            let id = row["follower"]["accountId"].as_str().unwrap();
            assert_eq!(
                row["follower"]["userLink"],
                format!("https://twitter.com/intent/user?user_id={id}")
            );
            ids.push(id.parse::<u64>().unwrap());
        }
    }
    let expected: Vec<u64> = population(&export).iter().map(ids::x_account).collect();
    assert_eq!(ids, expected);
    assert!(ids.iter().any(|id| *id < 5_000_000_000) && ids.iter().any(|id| *id > 1 << 50));
}

#[test]
fn instagram_has_the_blanks_of_the_real_files() {
    let export = channel("instagram", 250, 13);
    let members = members(&export);
    let folder = "connections/followers_and_following";
    assert_eq!(members[0].0, format!("{folder}/followers_1.json"));
    assert_eq!(members[1].0, format!("{folder}/followers_2.json"));
    assert_eq!(members[2].0, format!("{folder}/following.json"));
    assert!(members[0].1.starts_with(
        "[\n  {\n    \"title\": \"\",\n    \"media_list_data\": [\n      \n    ],\n    \
         \"string_list_data\": [\n      {\n        \"href\": \"https://www.instagram.com/"
    ));
    assert!(members[0].1.ends_with("\n      }\n    ]\n  }\n]"));
    let mut times = Vec::new();
    for (_, text) in &members[..2] {
        for row in serde_json::from_str::<Vec<Value>>(text).unwrap() {
            let entry = &row["string_list_data"][0];
            let handle = entry["value"].as_str().unwrap();
            assert_eq!(entry["href"], format!("https://www.instagram.com/{handle}"));
            times.push(entry["timestamp"].as_i64().unwrap());
        }
    }
    let expected: Vec<i64> = population(&export).iter().map(|f| f.followed).collect();
    assert_eq!(times, expected);
    let following: Value = serde_json::from_str(&members[2].1).unwrap();
    assert_eq!(
        following["relationships_following"]
            .as_array()
            .unwrap()
            .len(),
        names::BODIES.len()
    );
}

#[test]
fn x_v1_status_is_absent_where_nothing_is_shown() {
    let export = channel("x-v1", 400, 14);
    let text = text(&export);
    let users: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(users.len(), 400);
    let mut hidden = 0;
    for (user, follower) in users.iter().zip(population(&export)) {
        assert_eq!(user["id_str"], user["id"].to_string());
        assert_eq!(user["statuses_count"], follower.posts);
        assert_eq!(user["created_at"], instants::x_v1(follower.created));
        match follower.shown_post {
            Some(post) => assert_eq!(user["status"]["created_at"], instants::x_v1(post)),
            None => assert!(user.get("status").is_none()),
        }
        hidden += u32::from(follower.posts > 0 && follower.shown_post.is_none());
    }
    assert!(hidden > 0);
}

#[test]
fn x_v2_pages_tell_accounts_from_pinned_posts() {
    for (name, recent) in [("x-v2", false), ("x-v2-recent", true)] {
        let export = channel(name, 2_500, 15);
        let text = text(&export);
        let pages: Vec<Value> = text
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(pages.len(), 3);
        let all = |key: &str| -> Vec<&Value> {
            pages
                .iter()
                .filter_map(|page| page[key].as_array())
                .flatten()
                .collect()
        };
        for (place, page) in pages.iter().enumerate() {
            assert_eq!(
                page["meta"]["result_count"],
                page["data"].as_array().unwrap().len()
            );
            assert_eq!(page["meta"].get("next_token").is_some(), place < 2);
            assert_eq!(page["meta"].get("previous_token").is_some(), place > 0);
            assert_eq!(page["__twarc"]["retrieved_at"], "2026-10-01T00:00:00+00:00");
        }
        let population = population(&export);
        let count = |holds: &dyn Fn(&population::Follower) -> bool| {
            population.iter().filter(|f| holds(f)).count()
        };
        let gone = count(&|f| f.fate != Fate::Present);
        assert_eq!(all("data").len(), 2_500 - gone);
        let accounts = |error: &&&Value| error["resource_type"] == "user";
        assert_eq!(all("errors").iter().filter(accounts).count(), gone);
        assert!(gone > 0 && all("errors").len() > gone);
        let dated = all("data")
            .iter()
            .filter(|user| user.get("most_recent_tweet_id").is_some())
            .count();
        let shown = count(&|f| f.fate == Fate::Present && f.shown_post.is_some());
        assert_eq!(dated, if recent { shown } else { 0 });
        assert!(pages[0]["includes"]["tweets"][0]["created_at"].is_string());
    }
}

#[test]
fn mastodon_accounts_are_whole() {
    let export = channel("mastodon", 600, 16);
    let accounts: Vec<Value> = serde_json::from_slice(&bytes(&export)).unwrap();
    assert_eq!(accounts.len(), 600);
    let fields = [
        "id",
        "username",
        "acct",
        "display_name",
        "locked",
        "bot",
        "group",
        "discoverable",
        "indexable",
        "created_at",
        "note",
        "url",
        "uri",
        "avatar",
        "avatar_static",
        "header",
        "header_static",
        "followers_count",
        "following_count",
        "statuses_count",
        "last_status_at",
        "hide_collections",
        "fields",
        "emojis",
    ];
    let mut remote = 0;
    for (account, follower) in accounts.iter().zip(population(&export)) {
        for field in fields {
            assert!(account.get(field).is_some(), "{field}");
        }
        assert!(
            account["created_at"]
                .as_str()
                .unwrap()
                .ends_with("T00:00:00.000Z")
        );
        let acct = account["acct"].as_str().unwrap();
        remote += u32::from(acct.contains('@'));
        assert!(!acct.contains('@') || acct.ends_with(".example"));
        assert_eq!(account.get("moved").is_some(), follower.fate == Fate::Moved);
        assert_eq!(
            account.get("suspended").is_some(),
            follower.fate == Fate::Suspended
        );
        match follower
            .shown_post
            .filter(|_| follower.fate != Fate::Suspended)
        {
            Some(post) => assert_eq!(account["last_status_at"], instants::date(post)),
            None => assert!(account["last_status_at"].is_null()),
        }
    }
    assert!(remote > 200 && remote < 550);
    assert!(
        accounts
            .iter()
            .any(|account| account.get("moved").is_some())
    );
    assert!(accounts.iter().any(|account| account["bot"] == true));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn ids_are_distinct_in_every_format(which in 0..FORMATS.len(), followers in 1..700u64, seed: u64) {
        let export = channel(FORMATS[which].name, followers, seed);
        let context = Context { platform: export.platform, census: CENSUS, part: PART };
        let ids: HashSet<String> = population(&export)
            .iter()
            .map(|follower| (export.format.id)(follower, &context))
            .collect();
        prop_assert_eq!(ids.len() as u64, followers);
    }

    /// The truth is what the population says, and the audit's sizes are its export's.
    #[test]
    fn truth_and_audit_add_up(which in 0..FORMATS.len(), followers in 1..700u64, seed: u64, size in 1..900u64, sample in 0..3) {
        let export = Export {
            sample: match sample {
                0 => Sample::Census,
                1 => Sample::Random(size),
                _ => Sample::Newest(size),
            },
            ..channel(FORMATS[which].name, followers, seed)
        };
        let folder = tempdir().unwrap();
        let (truth, audit) = audited(&export, &folder.path().join("export"), Plan::default()).unwrap();
        let people = population(&export);
        let dormant = people.iter().filter(|f| f.fate == Fate::Present && f.dormant()).count() as u64;
        prop_assert_eq!(truth.all.dormant, dormant);
        prop_assert_eq!(truth.all.followers, followers);
        let expected = if sample == 0 { followers } else { followers.min(size) };
        prop_assert_eq!(truth.listed.followers, expected);
        prop_assert!(truth.listed.dormant <= truth.all.dormant);

        let mut strata = BTreeMap::new();
        for row in &audit.rows {
            let entry = strata.entry(row.stratum).or_insert((row.stratum_size, 0u64));
            prop_assert_eq!(entry.0, row.stratum_size);
            entry.1 += 1;
        }
        let present = truth.listed.followers - truth.listed.gone;
        prop_assert_eq!(strata.values().map(|(size, _)| size).sum::<u64>(), present);
        for (size, drawn) in strata.values() {
            prop_assert!(drawn <= size && *drawn >= (*size).min(20));
        }
        prop_assert_eq!(audit.rows.len() as u64, present.min(150));
    }
}

#[test]
fn a_sample_is_a_part_of_the_census_in_its_order() {
    let lines = |sample| {
        let text = text(&Export {
            sample,
            ..channel("canonical", 1000, 17)
        });
        text.lines().skip(1).map(str::to_owned).collect::<Vec<_>>()
    };
    let census = lines(Sample::Census);
    assert_eq!(lines(Sample::Newest(300)), census[..300]);
    let random = lines(Sample::Random(300));
    assert_eq!(random.len(), 300);
    let mut rest = census.iter();
    assert!(random.iter().all(|row| rest.any(|other| other == row)));
    assert_ne!(random, census[..300]);
}

/// Over many audits the labels weighted by strata come out at the true share: the mean
/// of 60 estimates lies within five standard errors of it.
#[test]
fn labels_weighted_by_strata_find_the_truth() {
    let folder = tempdir().unwrap();
    let plan = Plan {
        unknown: (0.0, 0.0),
        ..Plan::default()
    };
    let mut error = 0.0;
    for seed in 0..60 {
        let export = channel("mastodon", 3000, seed);
        let (truth, audit) = audited(&export, &folder.path().join("export"), plan).unwrap();
        let mut strata = BTreeMap::new();
        for row in &audit.rows {
            let entry = strata
                .entry(row.stratum)
                .or_insert((row.stratum_size as f64, 0.0, 0.0));
            entry.1 += 1.0;
            entry.2 += f64::from(u8::from(row.label == audit::Label::Dormant));
        }
        let present = (truth.all.followers - truth.all.gone) as f64;
        let estimate: f64 = strata
            .values()
            .map(|(size, m, k)| size / present * k / m)
            .sum();
        error += estimate - truth.all.dormant_share;
    }
    assert!(
        (error / 60.0).abs() < 5.0 * 0.04 / 60f64.sqrt(),
        "{}",
        error / 60.0
    );
}

#[test]
fn a_format_refuses_the_platform_of_another() {
    let folder = tempdir().unwrap();
    let export = Export {
        platform: Platform::Mastodon,
        ..channel("x-v1", 1, 1)
    };
    let error = super::export(&export, &folder.path().join("export")).unwrap_err();
    assert_eq!(error.kind(), "simulate::platform");
    let export = Export {
        census: 0,
        ..channel("x-v1", 1, 1)
    };
    let error = super::export(&export, &folder.path().join("export")).unwrap_err();
    assert_eq!(error.kind(), "simulate::census");
    let error =
        super::export(&channel("x-v1", 1, 1), &folder.path().join("none/export")).unwrap_err();
    assert_eq!(error.kind(), "simulate::write");
}

mod example {
    use super::*;
    use std::path::Path;

    fn files(folder: &Path, found: &mut BTreeMap<String, Vec<u8>>, root: &Path) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                files(&path, found, root);
            } else {
                let name = path
                    .strip_prefix(root)
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .replace('\\', "/");
                found.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }

    fn written() -> (truth::Truth, BTreeMap<String, Vec<u8>>) {
        let folder = tempdir().unwrap();
        let truth = demo(folder.path()).unwrap();
        let mut found = BTreeMap::new();
        files(folder.path(), &mut found, folder.path());
        (truth, found)
    }

    #[test]
    fn is_whole_small_and_the_same_each_time() {
        let (truth, files) = written();
        assert_eq!(
            files.keys().map(String::as_str).collect::<Vec<_>>(),
            [
                "audit/instagram.csv",
                "audit/mastodon.csv",
                "audit/x.csv",
                "exports/instagram/instagram-hazelmuide-2026-10-01.zip",
                "exports/mastodon/followers.json",
                "exports/x/twitter-2026-10-01.zip",
                "study.toml",
                "truth.json",
            ]
        );
        assert!(files.values().map(Vec::len).sum::<usize>() <= 3_000_000);
        assert_eq!((truth.clone(), files), written());

        let shares: BTreeMap<&str, f64> = truth
            .channels
            .iter()
            .map(|c| (c.id.as_str(), c.all.dormant_share))
            .collect();
        assert!((0.55..0.62).contains(&shares["x"]), "{shares:?}");
        assert!((0.17..0.23).contains(&shares["instagram"]), "{shares:?}");
        assert!((0.15..0.30).contains(&shares["mastodon"]), "{shares:?}");
    }

    #[test]
    fn study_names_files_that_are_there() {
        let (truth, files) = written();
        let study: toml::Table = std::str::from_utf8(&files["study.toml"])
            .unwrap()
            .parse()
            .unwrap();
        assert_eq!(study["census"].to_string(), "2026-10-01T00:00:00Z");
        assert!(study.get("policy").is_none());
        let channels = study["channel"].as_array().unwrap();
        assert_eq!(channels.len(), truth.channels.len());
        for (channel, truth) in channels.iter().zip(&truth.channels) {
            assert!(files.contains_key(channel["exports"][0].as_str().unwrap()));
            assert!(files.contains_key(channel["audit"].as_str().unwrap()));
            let counter = channel["followers"].as_integer().unwrap() as u64;
            assert!(
                counter > truth.listed.followers && counter < truth.listed.followers * 105 / 100
            );
        }
        // With the hashes taken away the policy is valid as well.
        let text = std::str::from_utf8(&files["study.toml"]).unwrap();
        let (_, policy) = text.split_once("# [policy]").unwrap();
        let policy: toml::Table = policy.replace("\n# ", "\n").parse().unwrap();
        assert_eq!(policy.len(), 4);
    }

    #[test]
    fn audits_have_their_columns() {
        let (_, files) = written();
        for id in ["x", "instagram", "mastodon"] {
            let text = std::str::from_utf8(&files[&format!("audit/{id}.csv")]).unwrap();
            let mut lines = text.lines();
            assert_eq!(lines.next(), Some("id,stratum,stratum_size,label"));
            assert_eq!(lines.clone().count(), 150);
            let labels: HashSet<&str> = lines.filter_map(|line| line.rsplit(',').next()).collect();
            assert_eq!(
                labels,
                HashSet::from(["dormant", "active", "unknown"]),
                "{id}"
            );
        }
    }

    #[test]
    fn does_not_write_over_a_study() {
        let folder = tempdir().unwrap();
        std::fs::write(folder.path().join("study.toml"), "mine").unwrap();
        assert_eq!(demo(folder.path()).unwrap_err().kind(), "simulate::exists");
        assert_eq!(
            std::fs::read(folder.path().join("study.toml")).unwrap(),
            b"mine"
        );
    }
}
