//! D1: statements in, texts out. All of D1's ways with numbers, rows and errors stay here and in `runtime.js`.

use crate::platform::cloudflare::{runtime, task};
use crate::platform::{DatabaseError, Statement, Value};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use wasm_bindgen::{JsCast, JsValue};

/// Runs the statements as one transaction of the database.
pub async fn batch(env: &JsValue, statements: &[Statement]) -> Result<Vec<Option<String>>, DatabaseError> {
    let told = Told::of(statements);
    let found = task::settled(&runtime::batch(env, &told.list, &told.plain, &told.other)).await.map_err(sorted)?;
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

/// Statements as `runtime.js` takes them. What is of one kind crosses as one piece, whatever the number of statements.
#[derive(Default)]
struct Told {
    /// Numbers: for each statement the one that stands for its text and how many parameters there are, then two for each parameter.
    list: Vec<f64>,
    /// The texts of ASCII alone, one behind the other.
    plain: String,
    /// All other texts. JavaScript keeps a text that has any other letter in twice the room, with whatever is cut out of it.
    other: String,
}

impl Told {
    fn of(statements: &[Statement]) -> Self {
        let mut told = Self::default();
        for statement in statements {
            let parameters = statement.parameters.len() as f64;
            match &statement.sql {
                Cow::Borrowed(text) => told.list.extend([remembered(text), parameters]),
                Cow::Owned(text) => {
                    told.list.extend([0., parameters]);
                    told.text(text);
                }
            }
            for parameter in &statement.parameters {
                match parameter {
                    Value::Null => told.list.extend([0., 0.]),
                    // JavaScript's numbers are exact to 53 bits, which moments and counts never reach.
                    Value::Integer(number) => told.list.extend([1., *number as f64]),
                    Value::Text(text) => told.text(text),
                }
            }
        }
        told
    }

    /// A text: how long it is to JavaScript, which counts in UTF-16.
    fn text(&mut self, text: &str) {
        if text.is_ascii() {
            self.list.extend([2., text.len() as f64]);
            self.plain.push_str(text);
        } else {
            self.list.extend([3., text.encode_utf16().count() as f64]);
            self.other.push_str(text);
        }
    }
}

/// The number that stands for a text of the program's own, which is known by its place in memory. The other side is told what it stands
/// for, once.
fn remembered(text: &'static str) -> f64 {
    static TOLD: Mutex<BTreeMap<(usize, usize), f64>> = Mutex::new(BTreeMap::new());
    let mut told = TOLD.lock().unwrap_or_else(PoisonError::into_inner);
    // 0 stands for none.
    let next = told.len() as f64 + 1.;
    *told.entry((text.as_ptr().addr(), text.len())).or_insert_with(|| {
        runtime::remember(next, text);
        next
    })
}

/// D1 puts SQLite's message into the error or into its cause.
fn sorted(error: JsValue) -> DatabaseError {
    let message = |error: &JsValue| error.dyn_ref::<js_sys::Error>().map(|error| String::from(error.message()));
    let cause = error.dyn_ref::<js_sys::Error>().map(js_sys::Error::cause);
    let told = [message(&error), cause.as_ref().and_then(message)];
    DatabaseError::from_message(told.into_iter().flatten().collect::<Vec<_>>().join(" "))
}
