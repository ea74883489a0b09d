//! The project's own columns as Parquet.

use polars::prelude::{Column as Values, DataFrame, DataType, PolarsResult, Series, TimeUnit};

use super::canonical_csv;
use crate::error::{Error, Result};
use crate::frame::dates::{DAY, epoch};
use crate::frame::parquet::{Piece, Table};
use crate::ingest::container::Member;
use crate::ingest::head::Head;
use crate::ingest::intake::Intake;
use crate::ingest::stretches::{self, Source};
use crate::ingest::text::column::{Column, Fault, Row};
use crate::ingest::{Adapter, Format, Role};
use crate::model::evidence::Field;
