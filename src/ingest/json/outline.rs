//! Which keys stand where in the beginning of a JSON file.

use std::collections::{BTreeMap, BTreeSet};

use crate::ingest::head::Head;

/// How deep keys are noted; formats are told apart well above this.
const DEEPEST: usize = 6;

/// The keys of all objects, by the path of the object: `""` for the outermost,
/// `"[]"` for the elements of an outermost array, `"data[]"`, `"[].status"`.
///
/// Objects with the same path are taken together. Nothing is said of values, and a
/// head that is cut off anywhere gives the keys before the cut. Words in a text (a
/// biography, a post) are no keys, which is why formats are recognised by this and
/// not by looking for words.
#[derive(Debug, Default)]
pub struct Outline(BTreeMap<String, BTreeSet<String>>);

impl Outline {
    /// The keys in a head; none where it does not begin like JSON.
    pub fn of(head: &Head<'_>) -> Self {
        if head.is_json() {
            Self::of_bytes(head.trimmed())
        } else {
            Self::default()
        }
    }

    /// Whether an object at one of the paths has all of the keys.
    pub fn has(&self, paths: &[&str], keys: &[&str]) -> bool {
        paths.iter().any(|&path| {
            self.0
                .get(path)
                .is_some_and(|found| keys.iter().all(|&key| found.contains(key)))
        })
    }

    /// Whether the objects at a path have no other keys than these, but for keys written
    /// with escapes, which are not read here.
    pub fn has_only(&self, path: &str, keys: &[&str]) -> bool {
        self.0.get(path).is_some_and(|found| {
            found
                .iter()
                .all(|key| key.contains('\\') || keys.contains(&key.as_str()))
        })
    }

    /// Whether any object has a key that is one of these, but for case and blanks; they
    /// are given in small letters without blanks.
    pub fn has_anywhere(&self, keys: &[&str]) -> bool {
        self.0.values().flatten().any(|found| {
            let letters: String = found
                .chars()
                .filter(|letter| *letter != ' ')
                .flat_map(char::to_lowercase)
                .collect();
            keys.contains(&letters.as_str())
        })
    }

    fn of_bytes(bytes: &[u8]) -> Self {
        let mut outline = Self::default();
        // The containers around the present place: path, and whether it is an object.
        let mut around: Vec<(String, bool)> = Vec::new();
        let mut key = String::new();
        let mut rest = bytes.iter().copied().enumerate();
        while let Some((place, byte)) = rest.next() {
            match byte {
                b'{' | b'[' => {
                    let mut path = match around.last() {
                        None => String::new(),
                        Some((path, false)) => path.clone(),
                        Some((path, true)) if path.is_empty() => key.clone(),
                        Some((path, true)) => format!("{path}.{key}"),
                    };
                    if byte == b'[' {
                        path.push_str("[]");
                    } else if around.len() < DEEPEST {
                        outline.0.entry(path.clone()).or_default();
                    }
                    around.push((path, byte == b'{'));
                }
                b'}' | b']' => {
                    around.pop();
                }
                b'"' => {
                    let mut escaped = false;
                    let end = rest
                        .find(|&(_, byte)| {
                            let ends = byte == b'"' && !escaped;
                            escaped = byte == b'\\' && !escaped;
                            ends
                        })
                        .map(|(end, _)| end);
                    let Some(text) = end.and_then(|end| bytes.get(place + 1..end)) else {
                        break;
                    };
                    key = String::from_utf8_lossy(text).into_owned();
                }
                b':' => {
                    if around.len() <= DEEPEST
                        && let Some((path, true)) = around.last()
                        && let Some(keys) = outline.0.get_mut(path)
                    {
                        keys.insert(key.clone());
                    }
                }
                _ => {}
            }
        }
        outline
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(text: &str) -> Outline {
        Outline::of(&Head::new(text.as_bytes(), false))
    }

    #[test]
    fn keys_stand_at_the_path_of_their_object() {
        let outline =
            outline(r#"{"data": [{"id": "1", "bio": "\"acct\": {", "m": {"n": 1}}, {"x": [[{"y"#);
        for (path, key) in [
            ("", "data"),
            ("data[]", "id"),
            ("data[]", "bio"),
            ("data[]", "x"),
            ("data[].m", "n"),
        ] {
            assert!(outline.has(&[path], &[key]), "{path} {key} in {outline:?}");
        }
        assert!(!outline.has(&["", "data[]"], &["acct"]));
        assert!(!outline.has(&["data[]"], &["id", "n"]));
    }

    #[test]
    fn lines_and_arrays_of_pages() {
        assert!(outline("{\"a\":1}\n{\"b\":2}").has(&[""], &["a", "b"]));
        assert!(outline("[{\"users\":[{\"id\":1}]}]").has(&["[].users[]"], &["id"]));
        assert!(outline("[[{\"id\":1}]]").has(&["[][]"], &["id"]));
        assert!(outline("id,name\n").0.is_empty());
    }
}
