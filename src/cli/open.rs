//! Shows a page on the desktop, where there is one.

use std::path::Path;
use std::process::{Command, Stdio};

/// The programs that show a page in the browser of the desktop, from the first to try.
#[cfg(target_os = "macos")]
const OPENERS: &[&[&str]] = &[&["open"]];
#[cfg(windows)]
const OPENERS: &[&[&str]] = &[&["explorer"]];
#[cfg(not(any(target_os = "macos", windows)))]
const OPENERS: &[&[&str]] = &[&["xdg-open"], &["gio", "open"]];

/// Opens a page in the browser of the desktop.
///
/// # Errors
/// In words: there is no desktop, or nothing that opens a page. The page itself stands.
pub fn open(page: &Path) -> Result<(), String> {
    if !has_desktop(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty())) {
        return Err("there is no desktop here".to_owned());
    }
    // A name that begins with a hyphen would be taken for an option.
    let page = std::path::absolute(page).map_err(|error| error.to_string())?;
    for opener in OPENERS {
        let Some((program, arguments)) = opener.split_first() else {
            continue;
        };
        let started = Command::new(program)
            .args(arguments)
            .arg(&page)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        if started.is_ok() {
            return Ok(());
        }
    }
    let names: Vec<&str> = OPENERS
        .iter()
        .filter_map(|one| one.first().copied())
        .collect();
    Err(format!("{} is not installed", names.join(" or ")))
}

/// Whether somebody sits before a screen: elsewhere than on Linux and its kin that is
/// taken for granted.
fn has_desktop(is_set: impl Fn(&str) -> bool) -> bool {
    cfg!(any(target_os = "macos", windows)) || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}

#[cfg(all(test, not(any(target_os = "macos", windows))))]
mod tests {
    use super::has_desktop;

    #[test]
    fn a_desktop_is_known_by_its_display() {
        assert!(!has_desktop(|_| false));
        assert!(has_desktop(|name| name == "DISPLAY"));
        assert!(has_desktop(|name| name == "WAYLAND_DISPLAY"));
    }
}
