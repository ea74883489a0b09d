//! A full disk, a folder that may not be written, a limit on files, and no network.
//!
//! These need namespaces of the user's own; where the system grants none, the test says so
//! and passes.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use super::{contents, left_behind, root, run, small_study, stderr};

/// Runs a shell script in namespaces of its own; `None` where there are none.
fn unshared(flags: &str, script: &str) -> Option<Output> {
    let granted = Command::new("unshare").args([flags, "true"]).output();
    if !granted.is_ok_and(|output| output.status.success()) {
        eprintln!("SKIPPED: `unshare {flags}` is not permitted here, so nothing was tested");
        return None;
    }
    let output = Command::new("unshare")
        .args([flags, "sh", "-ec", script])
        .current_dir(root())
        .output();
    Some(output.unwrap())
}

fn program() -> &'static str {
    env!("CARGO_BIN_EXE_dormouse")
}

/// Runs a study over earlier results on a small disk in memory; `then` is done to the disk
/// between the two. Prints what the second run says, and the results before and after.
fn on_a_small_disk(folder: &Path, then: &str) -> Option<Output> {
    let study = small_study(folder, "a");
    let (disk, study) = (folder.join("disk"), study.display());
    fs::create_dir(&disk).unwrap();
    let (disk, before, after) = (disk.display(), folder.join("before"), folder.join("after"));
    unshared(
        "-rm",
        &format!(
            "mount -t tmpfs -o size=8m,nr_inodes=300 tmpfs {disk}\n\
             {program} run {study} --out {disk}/out > /dev/null\n\
             cp -r {disk}/out {before}\n\
             {then}\n\
             status=0; {program} run {study} --out {disk}/out || status=$?\n\
             cp -r {disk}/out {after}\n\
             ls -A {disk} >&2\n\
             exit $status",
            program = program(),
            before = before.display(),
            after = after.display(),
        ),
    )
}

#[test]
fn a_full_disk_and_a_read_only_one_leave_the_earlier_results() {
    for then in [
        "head -c 7500000 /dev/zero > {disk}/ballast 2> /dev/null || true",
        // No room for so much as an empty file.
        "n=0; while touch {disk}/$n 2> /dev/null; do n=$((n + 1)); done",
        "mount -o remount,ro {disk}",
    ] {
        let folder = tempfile::tempdir().unwrap();
        let disk = folder.path().join("disk").display().to_string();
        let Some(output) = on_a_small_disk(folder.path(), &then.replace("{disk}", &disk)) else {
            return;
        };
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{then}: {said}");
        assert!(said.contains("the results cannot be written"), "{said}");
        assert!(said.contains("earlier results are as they were"), "{said}");
        assert!(!said.contains(".dormouse-"), "{said}");
        let (before, after) = (folder.path().join("before"), folder.path().join("after"));
        assert_eq!(contents(&before), contents(&after));
    }
}

#[test]
fn a_limit_on_files_leaves_the_earlier_results() {
    let folder = tempfile::tempdir().unwrap();
    let study = small_study(folder.path(), "a");
    let out = folder.path().join("out");
    assert!(run(&study, &out).status.success());
    let before = contents(&out);
    // In blocks of 512 bytes: less than a picture has.
    let output = Command::new("sh")
        .args(["-c", "ulimit -f 16; exec \"$0\" run \"$1\" --out \"$2\""])
        .arg(program())
        .args([&study, &out])
        .output()
        .unwrap();
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("the results cannot be written"), "{said}");
    assert_eq!(contents(&out), before);
    assert_eq!(left_behind(folder.path()), Vec::<String>::new());
}

/// The whole way in a namespace without a network gives what it gives with one.
#[test]
fn nothing_needs_a_network() {
    let folder = tempfile::tempdir().unwrap();
    let (with, without) = (folder.path().join("with"), folder.path().join("without"));
    let study = root().join("data/demo/study.toml");
    // The table of routes is that of the namespace: empty but for its head.
    let script = format!(
        "test $(wc -l < /proc/net/route) -le 1\nexec {} run {} --out {}",
        program(),
        study.display(),
        without.display()
    );
    let Some(output) = unshared("-rn", &script) else {
        return;
    };
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(run(&study, &with).status.success());
    assert_eq!(contents(&with), contents(&without));
}

/// No source of this program names a socket.
#[test]
fn no_source_names_the_network() {
    fn sources(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    sources(&root().join("src"), &mut found);
    assert!(found.len() > 100);
    for path in found {
        let code = fs::read_to_string(&path).unwrap();
        for word in [
            "std::net",
            "TcpStream",
            "UdpSocket",
            "UnixStream",
            "reqwest",
            "hyper::",
        ] {
            assert!(!code.contains(word), "{} names {word}", path.display());
        }
        assert!(
            !code.contains("unsafe "),
            "{} has unsafe code",
            path.display()
        );
    }
}
