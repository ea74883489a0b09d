//! Every format, read back as the platform's own files are read.

use std::collections::HashSet;
use std::io::Read;

use serde_json::Value;
use tempfile::tempdir;

use crate::simulate::audit::Plan;
use crate::simulate::population::{Fate, Follower};
use crate::simulate::tests::{bytes, channel, population, text};
use crate::simulate::{Export, ids, instants, names, write};

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
        let count =
            |holds: &dyn Fn(&Follower) -> bool| population.iter().filter(|f| holds(f)).count();
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
