//! Whole or nothing: a run that is killed at any moment, and two runs at once.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use dormouse::output::Output;

use super::{contents, dormouse, left_behind, root, run, small_study, stderr};

/// Kills runs at moments spread over the time that one takes. The results are those of the
/// run before or those of the killed one, whole, and the next run succeeds and clears away
/// what was left.
///
/// Gives how many kills came before the end, and of those that were aimed at the exchange how
/// many came before and after it.
fn kill(earlier: &Path, later: &Path, folder: &Path, times: u32) -> (u32, [u32; 2]) {
    let out = folder.join("out");
    assert!(run(earlier, &out).status.success());
    let began = Instant::now();
    assert!(run(later, &out).status.success());
    let whole = began.elapsed();
    let new = contents(&out);
    assert!(run(earlier, &out).status.success());
    let old = contents(&out);
    assert_ne!(old, new);
    let (mut survived, mut near) = (0, [0; 2]);
    for time in 0..times {
        let mut child = dormouse()
            .arg("run")
            .arg(later)
            .arg("--out")
            .arg(&out)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        if time % 2 == 0 {
            // Moments that no two kills share; a few come after the end.
            let part = f64::from(time * 7 % times) / f64::from(times) + f64::from(time % 3) / 200.0;
            std::thread::sleep(whole.mul_f64(part * 1.05));
        } else {
            // About the exchange of the two folders: it follows the last file within a
            // millisecond or so, and the old folder is then removed file by file.
            while !is_written(folder) && child.try_wait().unwrap().is_none() {
                std::hint::spin_loop();
            }
            let later = Instant::now() + Duration::from_micros(u64::from(time * 37 % 25) * 100);
            while Instant::now() < later {
                std::hint::spin_loop();
            }
        }
        let _ = child.kill();
        let ended = child.wait().unwrap().success();
        if time % 2 == 1 && !ended {
            near[usize::from(contents(&out) == new)] += 1;
        }
        let now = contents(&out);
        assert!(now == old || now == new, "kill {time} left a mixture");
        assert!(
            now == new || !ended,
            "kill {time}: a run ended without its results"
        );
        if now == old {
            survived += 1;
        } else {
            assert!(run(earlier, &out).status.success());
        }
    }
    let next = run(later, &out);
    assert!(next.status.success(), "{}", stderr(&next));
    assert_eq!(contents(&out), new);
    assert_eq!(left_behind(folder), Vec::<String>::new());
    (survived, near)
}

/// Whether the last file of a run, the manifest, is in the folder that is to be exchanged.
fn is_written(folder: &Path) -> bool {
    let entries = fs::read_dir(folder).unwrap().flatten();
    entries
        .map(|entry| entry.path())
        .filter(|path| path.to_string_lossy().contains(".out.dormouse-"))
        .any(|path| fs::metadata(path.join("new/manifest.json")).is_ok_and(|file| file.len() > 0))
}

#[test]
fn a_killed_run_leaves_the_earlier_results() {
    let folder = tempfile::tempdir().unwrap();
    let (earlier, later) = (
        small_study(folder.path(), "a"),
        small_study(folder.path(), "b"),
    );
    let (survived, _) = kill(&earlier, &later, folder.path(), 8);
    assert!(
        survived >= 3,
        "only {survived} of 8 kills came before the end"
    );
}

#[test]
#[ignore = "takes minutes: cargo test --release -- --ignored fifty_moments"]
fn a_run_killed_at_fifty_moments_leaves_the_earlier_results() {
    let folder = tempfile::tempdir().unwrap();
    let demo = root().join("data/demo/study.toml");
    let other = small_study(folder.path(), "earlier");
    let (survived, [before, after]) = kill(&other, &demo, folder.path(), 50);
    println!(
        "50 kills: {survived} left the earlier results and the others the new ones, whole; \
         of those about the exchange {before} came before it and {after} after it"
    );
    assert!(
        before > 0 && after > 0,
        "no kill fell on one side of the exchange"
    );
}

#[test]
fn the_second_of_two_runs_refuses() {
    let folder = tempfile::tempdir().unwrap();
    let study = small_study(folder.path(), "a");
    let out = folder.path().join("out");
    assert!(run(&study, &out).status.success());
    let before = contents(&out);
    let first = Output::begin(&out).unwrap();
    let second = run(&study, &out);
    assert_eq!(second.status.code(), Some(2));
    assert!(stderr(&second).contains("another run is writing these results"));
    assert_eq!(contents(&out), before);
    drop(first);
    assert!(run(&study, &out).status.success());
    assert_eq!(left_behind(folder.path()), Vec::<String>::new());
}

/// A lock file of a killed run locks nothing, and its folder is cleared away.
#[test]
fn what_a_killed_run_left_is_in_nobodys_way() {
    let folder = tempfile::tempdir().unwrap();
    let study = small_study(folder.path(), "a");
    fs::write(folder.path().join(".out.dormouse-lock"), "").unwrap();
    fs::create_dir_all(folder.path().join(".out.dormouse-abc/new")).unwrap();
    fs::create_dir_all(folder.path().join(".outer.dormouse-abc")).unwrap();
    assert!(run(&study, &folder.path().join("out")).status.success());
    assert_eq!(left_behind(folder.path()), [".outer.dormouse-abc"]);
}

#[cfg(unix)]
#[test]
fn results_behind_a_link_are_replaced_and_the_link_stays() {
    let folder = tempfile::tempdir().unwrap();
    let study = small_study(folder.path(), "a");
    let (real, link) = (folder.path().join("real"), folder.path().join("link"));
    assert!(run(&study, &real).status.success());
    std::os::unix::fs::symlink(&real, &link).unwrap();
    fs::write(real.join("briefing.md"), "old").unwrap();
    assert!(run(&study, &link).status.success());
    assert!(link.is_symlink());
    assert_ne!(fs::read(real.join("briefing.md")).unwrap(), b"old");
}
