//! A file without one of its columns, or with nothing in it.

use std::collections::BTreeSet;

use serde_json::Value;

/// The sample without one of its columns, and with nothing in it: for tables every column,
/// for JSON every key of any object.
pub fn without_columns(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let text = text.trim_start_matches('\u{FEFF}');
    if let Some(values) = json(text) {
        let mut keys = BTreeSet::new();
        for value in &values {
            collect_keys(value, &mut keys);
        }
        let rewrite = |change: &dyn Fn(&mut Value)| {
            let mut text = String::new();
            for value in &values {
                let mut value = value.clone();
                change(&mut value);
                text.push_str(&value.to_string());
                text.push('\n');
            }
            text.into_bytes()
        };
        return keys
            .iter()
            .flat_map(|key| {
                [
                    (
                        format!("without {key}"),
                        rewrite(&|value| {
                            edit(value, key, &mut |object| {
                                object.remove(key.as_str());
                            })
                        }),
                    ),
                    (
                        format!("{key} null"),
                        rewrite(&|value| {
                            edit(value, key, &mut |object| {
                                object.insert(key.clone(), Value::Null);
                            })
                        }),
                    ),
                ]
            })
            .collect();
    }
    if text.starts_with('<') || text.starts_with("window.") {
        return Vec::new();
    }
    let first = text.lines().next().unwrap_or_default();
    let Some(delimiter) = [b',', b';', b'\t']
        .into_iter()
        .find(|&delimiter| first.bytes().filter(|&byte| byte == delimiter).count() > 0)
    else {
        return Vec::new();
    };
    let rows: Vec<csv::StringRecord> = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
        .records()
        .map(|record| record.unwrap())
        .collect();
    let width = rows[0].len();
    if rows.iter().any(|row| row.len() != width) {
        return Vec::new();
    }
    let rewrite = |column: usize, keep: bool| {
        let mut writer = csv::WriterBuilder::new()
            .delimiter(delimiter)
            .from_writer(Vec::new());
        for (line, row) in rows.iter().enumerate() {
            let cells =
                row.iter()
                    .enumerate()
                    .filter_map(|(place, cell)| match (place == column, keep) {
                        (true, false) => None,
                        (true, true) if line > 0 => Some(""),
                        _ => Some(cell),
                    });
            writer.write_record(cells).unwrap();
        }
        writer.into_inner().unwrap()
    };
    (0..width)
        .flat_map(|column| {
            let name = &rows[0][column];
            [
                (format!("without {name}"), rewrite(column, false)),
                (format!("{name} empty"), rewrite(column, true)),
            ]
        })
        .collect()
}

fn json(text: &str) -> Option<Vec<Value>> {
    if !text.trim_start().starts_with(['{', '[']) {
        return None;
    }
    serde_json::Deserializer::from_str(text)
        .into_iter()
        .collect::<serde_json::Result<_>>()
        .ok()
}

fn collect_keys(value: &Value, keys: &mut BTreeSet<String>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| collect_keys(value, keys)),
        Value::Object(object) => {
            // Handles and sections of large files are no columns.
            for (key, value) in object.iter().take(60) {
                keys.insert(key.clone());
                collect_keys(value, keys);
            }
        }
        _ => {}
    }
}

fn edit(value: &mut Value, key: &str, change: &mut dyn FnMut(&mut serde_json::Map<String, Value>)) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(|value| edit(value, key, change)),
        Value::Object(object) => {
            object
                .values_mut()
                .for_each(|value| edit(value, key, change));
            if object.contains_key(key) {
                change(object);
            }
        }
        _ => {}
    }
}
