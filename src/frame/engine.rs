//! The engine's errors as ours.

use polars::prelude::PolarsError;

use crate::error::Error;

/// The engine's error as ours. It can only be a fault of the program: every row was
/// checked before it came here.
pub fn fault(error: PolarsError) -> Error {
    Error::new(
        "frame::engine",
        format!("the query engine failed: {}", shape(&error)),
    )
    .help("this is a fault of dormouse, not of your files; please report it with the version")
}

/// What kind of error it is. The engine's own message may hold the content of a cell, so it
/// is never told.
pub(super) fn shape(error: &PolarsError) -> String {
    let shape = match error {
        PolarsError::IO { error, .. } => return error.kind().to_string(),
        PolarsError::Context { error, .. } | PolarsError::ExprContext { error, .. } => {
            return shape(error);
        }
        PolarsError::ColumnNotFound(_)
        | PolarsError::SchemaFieldNotFound(_)
        | PolarsError::StructFieldNotFound(_) => "a column is missing",
        PolarsError::Duplicate(_) => "a column is there twice",
        PolarsError::SchemaMismatch(_) | PolarsError::InvalidOperation(_) => {
            "a column is of another type than expected"
        }
        PolarsError::ShapeMismatch(_) => "columns are of unlike length",
        _ => "its contents are damaged, or of a kind that is not read",
    };
    shape.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A cast names the values that it could not convert; the message here does not.
    #[test]
    fn no_message_holds_a_cell() {
        use polars::prelude::{Column, DataType};
        let cells = Column::new("id".into(), ["sirobi_hzm"]);
        let error = cells.strict_cast(&DataType::Int64).unwrap_err();
        assert!(error.to_string().contains("sirobi_hzm"));
        let io = PolarsError::from(std::io::Error::other("sirobi_hzm"));
        for error in [error.context("sirobi_hzm".into()), io] {
            let said = fault(error);
            assert!(!format!("{said} {said:?}").contains("sirobi_hzm"), "{said}");
        }
    }
}
