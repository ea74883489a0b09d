//! What each method is, for `dormouse explain`.
//!
//! The formulas with all their symbols stand in the docs of `stats`; here is what an
//! analyst must know in order to use a figure, and to answer for it.

mod shares;
mod comparisons;
mod changes;
mod diagnostics;

/// One method.
#[derive(Debug)]
pub struct Method {
    /// Its name, as `results.json` has it.
    pub name: &'static str,
    /// What it gives.
    pub what: &'static str,
    /// The formula.
    pub formula: &'static str,
    /// What must hold.
    pub assumes: &'static str,
    /// When the number misleads.
    pub wrong_when: &'static str,
    /// Where it comes from.
    pub source: &'static str,
}

/// All methods, in the order in which data meet them; diagnostics last.
pub fn methods() -> impl Iterator<Item = &'static Method> {
    let rooms = [
        shares::METHODS,
        comparisons::METHODS,
        changes::METHODS,
        diagnostics::METHODS,
    ];
    rooms.into_iter().flatten()
}

/// The method of a name.
pub fn named(name: &str) -> Option<&'static Method> {
    methods().find(|method| method.name == name)
}

#[cfg(test)]
mod tests {
    use super::{methods, named};
    use crate::model::share::Method as ShareMethod;
    use serde_json::Value;
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    #[test]
    fn a_method_has_one_name_and_every_part() {
        let mut names = BTreeSet::new();
        for method in methods() {
            assert!(names.insert(method.name), "{} comes twice", method.name);
            for part in [
                method.what,
                method.formula,
                method.assumes,
                method.wrong_when,
                method.source,
            ] {
                assert!(
                    part.ends_with(['.', '?']) || part == "—",
                    "{}: {part:?}",
                    method.name
                );
            }
        }
    }

    #[test]
    fn every_method_of_a_share_is_explained() {
        for method in ShareMethod::ALL {
            assert!(named(method.as_str()).is_some(), "{}", method.as_str());
        }
    }

    /// The schema of the results lists every method that an enum names, the sources of the
    /// stages and the results of the demo every other: a new one that nobody explains is
    /// found here.
    #[test]
    fn every_method_of_the_results_is_explained() {
        let schema = serde_json::to_value(schemars::schema_for!(crate::model::results::Results));
        let mut found = BTreeSet::new();
        for name in ["Method", "CostMethod"] {
            constants(&schema.as_ref().unwrap()["$defs"][name], &mut found);
        }
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        for stage in ["compare", "estimate"] {
            for entry in fs::read_dir(root.join("src").join(stage)).unwrap() {
                let source = fs::read_to_string(entry.unwrap().path()).unwrap();
                let named = source.split("method: \"").skip(1);
                found.extend(named.filter_map(|rest| rest.split('"').next().map(str::to_owned)));
            }
        }
        let demo = fs::read_to_string(root.join("data/demo/expected/results.json")).unwrap();
        methods_of(&serde_json::from_str(&demo).unwrap(), &mut found);
        for name in [
            "exact",
            "newest-monotone",
            "newcombe-paired",
            "mover-difference",
        ] {
            assert!(
                found.contains(name),
                "{name} is no longer found in the results"
            );
        }
        for name in found {
            assert!(
                named(&name).is_some(),
                "`dormouse explain {name}` knows nothing"
            );
        }
    }

    /// The values of every key `method`.
    fn methods_of(results: &Value, found: &mut BTreeSet<String>) {
        match results {
            Value::Object(fields) => {
                found.extend(
                    fields
                        .get("method")
                        .and_then(Value::as_str)
                        .map(str::to_owned),
                );
                fields.values().for_each(|value| methods_of(value, found));
            }
            Value::Array(values) => values.iter().for_each(|value| methods_of(value, found)),
            _ => {}
        }
    }

    fn constants(schema: &Value, found: &mut BTreeSet<String>) {
        match schema {
            Value::Object(fields) => {
                found.extend(
                    fields
                        .get("const")
                        .and_then(Value::as_str)
                        .map(str::to_owned),
                );
                fields.values().for_each(|value| constants(value, found));
            }
            Value::Array(values) => values.iter().for_each(|value| constants(value, found)),
            _ => {}
        }
    }
}
