//! D1: statements in, texts out. All of D1's ways with numbers, rows and errors stay here and in `runtime.js`.

use crate::platform::cloudflare::{runtime, task};
use crate::platform::{DatabaseError, Statement, Value};
use serde::ser::{Serialize, SerializeSeq, Serializer};
use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};
use wasm_bindgen::{JsCast, JsValue};

/// Runs the statements as one transaction of the database under this binding.
pub async fn batch(env: &JsValue, binding: &str, statements: &[Statement]) -> Result<Vec<Option<String>>, DatabaseError> {
    statements.iter().filter_map(text_number).for_each(|(number, text)| remember(number, text));
    let rows: Vec<Row> = statements.iter().map(Row).collect();
    let rows = serde_json::to_string(&rows).map_err(|error| DatabaseError::Fault(error.to_string()))?;
    let found = task::settled(&runtime::batch(env, binding, &rows, &texts(statements))).await.map_err(sorted)?;
    let mut found = found.unchecked_into::<js_sys::Array>().into_iter();
    let mut texts = vec![None; statements.len()];
    while let (Some(place), Some(text)) = (found.next(), found.next()) {
        // A place among the statements, so far below 2^32.
        if let Some(slot) = place.as_f64().and_then(|place| texts.get_mut(place as usize)) {
            *slot = text.as_string();
        }
    }
    Ok(texts)
}

/// The number that stands for a text of the program's own: its address, which no other text has.
fn text_number(statement: &Statement) -> Option<(u32, &'static str)> {
    match statement.sql {
        Cow::Borrowed(text) => Some((u32::try_from(text.as_ptr().addr()).ok()?, text)),
        Cow::Owned(_) => None,
    }
}

/// Tells the other side what a number stands for, once.
fn remember(number: u32, text: &'static str) {
    static TOLD: Mutex<Option<HashSet<u32>>> = Mutex::new(None);
    let mut told = TOLD.lock().unwrap_or_else(PoisonError::into_inner);
    if told.get_or_insert_default().insert(number) {
        runtime::remember(number, text);
    }
}

/// All texts among the parameters, one after the other. Many are JSON, in which each quotation mark would be escaped again.
fn texts(statements: &[Statement]) -> String {
    let parameters = statements.iter().flat_map(|statement| &statement.parameters);
    let texts = parameters.filter_map(|value| match value {
        Value::Text(text) => Some(text.as_str()),
        Value::Null | Value::Integer(_) => None,
    });
    texts.collect()
}

/// How long a text is to JavaScript, which counts in UTF-16.
fn length(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.encode_utf16().count() }
}

/// A statement as `runtime.js` takes it: the text or its number, then the parameters: a text as its length alone, a number in a list.
struct Row<'a>(&'a Statement);

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut row = serializer.serialize_seq(Some(self.0.parameters.len() + 1))?;
        match text_number(self.0) {
            Some((number, _)) => row.serialize_element(&number)?,
            None => row.serialize_element(&self.0.sql)?,
        }
        for parameter in &self.0.parameters {
            match parameter {
                Value::Null => row.serialize_element(&())?,
                // JavaScript's numbers are exact to 53 bits, which moments and counts never reach.
                Value::Integer(number) => row.serialize_element(&[number])?,
                Value::Text(text) => row.serialize_element(&length(text))?,
            }
        }
        row.end()
    }
}

/// D1 puts SQLite's message into the error or into its cause.
fn sorted(error: JsValue) -> DatabaseError {
    let message = |error: &JsValue| error.dyn_ref::<js_sys::Error>().map(|error| String::from(error.message()));
    let cause = error.dyn_ref::<js_sys::Error>().map(js_sys::Error::cause);
    let told = [message(&error), cause.as_ref().and_then(message)];
    DatabaseError::from_message(told.into_iter().flatten().collect::<Vec<_>>().join(" "))
}
