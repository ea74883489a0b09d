//! Where an analyst finds a follower.

use crate::model::platform::Platform;

/// The address of a profile: what the export gives, or what follows from the id.
///
/// `None` where the platform shows no page for such an id, and where the text could be
/// anything but an address: what a follower chose as a name never becomes part of a link.
pub fn address(platform: Platform, id: &str, given: Option<&str>) -> Option<String> {
    if let Some(given) = given.filter(|text| is_address(text)) {
        return Some(given.to_owned());
    }
    let number = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
    let handle = id.strip_prefix('@').unwrap_or(id);
    let is_name = is_name(handle);
    match platform {
        Platform::X if number => Some(format!("https://x.com/intent/user?user_id={id}")),
        Platform::X if is_name => Some(format!("https://x.com/{handle}")),
        Platform::Instagram if is_name => Some(format!("https://www.instagram.com/{handle}/")),
        Platform::Threads if is_name => Some(format!("https://www.threads.com/@{handle}")),
        Platform::Tiktok if is_name => Some(format!("https://www.tiktok.com/@{handle}")),
        Platform::Facebook if is_name => Some(format!("https://www.facebook.com/{handle}")),
        Platform::Bluesky if is_name || is_did(id) => {
            Some(format!("https://bsky.app/profile/{handle}"))
        }
        Platform::Mastodon => {
            let (user, server) = handle.split_once('@')?;
            (self::is_name(user) && server.contains('.') && self::is_name(server))
                .then(|| format!("https://{server}/@{user}"))
        }
        // The id of a channel and its handle have different addresses.
        Platform::Youtube if is_channel(id) => {
            Some(format!("https://www.youtube.com/channel/{id}"))
        }
        Platform::Youtube if is_name => Some(format!("https://www.youtube.com/@{handle}")),
        _ => None,
    }
}

/// Letters, digits and what platforms allow in handles and names of servers.
fn is_name(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    !text.is_empty()
        && text.len() <= 253
        && text.bytes().all(allowed)
        && text.bytes().any(|byte| byte.is_ascii_alphanumeric())
}

fn is_did(id: &str) -> bool {
    id.strip_prefix("did:plc:")
        .or_else(|| id.strip_prefix("did:web:"))
        .is_some_and(is_name)
}

fn is_channel(id: &str) -> bool {
    id.len() == 24 && id.starts_with("UC") && is_name(id)
}

/// An address of the web without anything that another program could take for more.
fn is_address(text: &str) -> bool {
    let allowed = |byte: u8| {
        byte.is_ascii_alphanumeric()
            || matches!(
                byte,
                b'.' | b'_' | b'-' | b'~' | b'/' | b':' | b'@' | b'%' | b'?' | b'=' | b'&' | b'+'
            )
    };
    // Spreadsheet programs take no longer ones.
    text.len() <= 2000
        && text
            .strip_prefix("https://")
            .is_some_and(|rest| rest.contains('.') && rest.bytes().all(allowed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        use Platform::{Bluesky, Facebook, Instagram, Mastodon, Other, Tiktok, X, Youtube};
        let cases = [
            (
                X,
                "2103270657016568154",
                None,
                "https://x.com/intent/user?user_id=2103270657016568154",
            ),
            (X, "@voorbeeld", None, "https://x.com/voorbeeld"),
            (Instagram, "a.b_c", None, "https://www.instagram.com/a.b_c/"),
            (Instagram, "a/../b", None, ""),
            (Instagram, "..", None, ""),
            (Tiktok, "iemand", None, "https://www.tiktok.com/@iemand"),
            (Facebook, "100001", None, "https://www.facebook.com/100001"),
            (Facebook, "Jan de Vries", None, ""),
            (
                Bluesky,
                "did:plc:abc123",
                None,
                "https://bsky.app/profile/did:plc:abc123",
            ),
            (
                Bluesky,
                "iemand.bsky.social",
                None,
                "https://bsky.app/profile/iemand.bsky.social",
            ),
            (
                Mastodon,
                "iemand@mastodon.nl",
                None,
                "https://mastodon.nl/@iemand",
            ),
            (Mastodon, "iemand@mastodon.nl@evil.nl", None, ""),
            (Mastodon, "109999", None, ""),
            (
                Mastodon,
                "109999",
                Some("https://social.nl/@iemand"),
                "https://social.nl/@iemand",
            ),
            (Mastodon, "109999", Some("javascript:alert(1)"), ""),
            (Mastodon, "109999", Some("https://social.nl/\",\"=1"), ""),
            (
                Youtube,
                "UCabcdefghijklmnopqrstuv",
                None,
                "https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv",
            ),
            (Youtube, "@iemand", None, "https://www.youtube.com/@iemand"),
            (Other, "iemand", None, ""),
            (X, "", None, ""),
        ];
        for (platform, id, given, expected) in cases {
            let found = address(platform, id, given).unwrap_or_default();
            assert_eq!(found, expected, "{platform:?} {id} {given:?}");
        }
    }
}
