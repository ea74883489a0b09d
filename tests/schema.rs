//! A check of values against the JSON Schemas that the tool prints. A whole validator
//! would bring features to shared crates, and polars would be built a second time.

use serde_json::Value;

/// Where a value breaks a schema, for what our schemas are made of: references, types,
/// required and known properties, items, constants, choices.
pub fn faults(root: &Value, schema: &Value, value: &Value, place: &str) -> Vec<String> {
    if let Some(name) = schema["$ref"].as_str() {
        let target = root.pointer(name.trim_start_matches('#')).unwrap();
        return faults(root, target, value, place);
    }
    for choices in ["anyOf", "oneOf"] {
        if let Some(choices) = schema[choices].as_array() {
            let fits = |choice| faults(root, choice, value, place).is_empty();
            return if choices.iter().any(fits) {
                vec![]
            } else {
                vec![format!("{place}: no choice")]
            };
        }
    }
    if let Some(constant) = schema.get("const") {
        return if constant == value {
            vec![]
        } else {
            vec![format!("{place}: constant")]
        };
    }
    if let Some(values) = schema["enum"].as_array() {
        return if values.contains(value) {
            vec![]
        } else {
            vec![format!("{place}: no such value")]
        };
    }
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let allows = |wanted: &Value| wanted == kind || (wanted == "number" && kind == "integer");
    let right = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().any(allows),
        Value::Null => true,
        wanted => allows(wanted),
    };
    if !right {
        return vec![format!("{place}: {kind}")];
    }
    let mut found = Vec::new();
    if let Some(object) = value.as_object() {
        for name in schema["required"].as_array().into_iter().flatten() {
            if !object.contains_key(name.as_str().unwrap()) {
                found.push(format!("{place}: lacks {name}"));
            }
        }
        for (name, inner) in object {
            let inside = match (
                schema["properties"].get(name),
                schema.get("additionalProperties"),
            ) {
                (Some(property), _) => property,
                (None, Some(any)) => any,
                (None, None) => {
                    found.push(format!("{place}: {name} is not in the schema"));
                    continue;
                }
            };
            found.extend(faults(root, inside, inner, &format!("{place}.{name}")));
        }
    }
    if let (Some(array), Some(items)) = (value.as_array(), schema.get("items")) {
        for (at, inner) in array.iter().enumerate() {
            found.extend(faults(root, items, inner, &format!("{place}[{at}]")));
        }
    }
    found
}
