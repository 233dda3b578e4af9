//! D1: statements in, texts out. All of D1's ways with numbers, rows and errors stay in this file.

use crate::platform::{DatabaseError, Statement, Value};
use std::collections::HashMap;
use wasm_bindgen::JsValue;
use worker::{D1Database, D1PreparedStatement, D1Result};

/// Runs the statements as one transaction.
pub async fn batch(database: D1Database, statements: Vec<Statement>) -> Result<Vec<Option<String>>, DatabaseError> {
    let prepared = statements.into_iter().map(|statement| prepare(&database, statement));
    let prepared = prepared.collect::<worker::Result<Vec<_>>>().map_err(sorted)?;
    let results = database.batch(prepared).await.map_err(sorted)?;
    results.iter().map(first_text).collect()
}

fn prepare(database: &D1Database, statement: Statement) -> worker::Result<D1PreparedStatement> {
    let parameters: Vec<JsValue> = statement.parameters.into_iter().map(parameter).collect();
    let prepared = database.prepare(statement.sql);
    if parameters.is_empty() { Ok(prepared) } else { prepared.bind(&parameters) }
}

fn parameter(value: Value) -> JsValue {
    match value {
        Value::Null => JsValue::NULL,
        // D1 takes JavaScript numbers: exact to 53 bits, which moments and counts never reach.
        Value::Integer(number) => JsValue::from_f64(number as f64),
        Value::Text(text) => JsValue::from_str(&text),
    }
}

/// The first row's only column. Reading statements have one column and make it a text.
fn first_text(result: &D1Result) -> Result<Option<String>, DatabaseError> {
    if let Some(message) = result.error() {
        return Err(DatabaseError::from_message(message));
    }
    let rows: Vec<HashMap<String, Option<String>>> = result.results().map_err(sorted)?;
    Ok(rows.into_iter().next().and_then(|row| row.into_values().next().flatten()))
}

/// D1 puts SQLite's message into the error or into its cause.
fn sorted(error: worker::Error) -> DatabaseError {
    let message = match &error {
        worker::Error::D1(inner) => {
            let outer: &js_sys::Error = inner.as_ref();
            format!("{} {}", String::from(outer.message()), inner.cause())
        }
        other => other.to_string(),
    };
    DatabaseError::from_message(message)
}
