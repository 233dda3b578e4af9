//! The text by which students are searched for. An application stores it; who was stored past the program gets it here.

use crate::platform::{Platform, Statement};
use crate::refusal::Refusal;
use crate::store::read;
use domain::staff::roster::searchable;
use serde::Deserialize;
use serde_json::{Value, json};

const NOT_SEARCHABLE: &str = "
    SELECT json_group_array(json_object('id', id, 'surname', surname, 'given_name', given_name, 'patronymic', patronymic))
    FROM (SELECT * FROM students WHERE search IS NULL ORDER BY id LIMIT ?1)";

const MAKE_SEARCHABLE: &str = "
    UPDATE students SET search = t.value ->> 'search' FROM json_each(?1) AS t WHERE students.id = t.value ->> 'id'";

#[derive(Deserialize)]
struct Named {
    id: String,
    surname: String,
    given_name: String,
    patronymic: Option<String>,
}

/// Makes students searchable who aren't, at most `limit`; how many there were.
///
/// # Errors
/// When the database can't be read or written.
pub async fn make_searchable(platform: &impl Platform, limit: i64) -> Result<usize, Refusal> {
    let students: Vec<Named> = read(platform, Statement::new(NOT_SEARCHABLE).bind(limit)).await?.unwrap_or_default();
    if students.is_empty() {
        return Ok(0);
    }
    let text = |student: &Named| searchable(&student.surname, &student.given_name, student.patronymic.as_deref());
    // A name without a letter is found by nothing, and must not be asked about for ever.
    let some = |text: String| if text.is_empty() { "-".to_owned() } else { text };
    let texts = students.iter().map(|student| json!({ "id": student.id, "search": some(text(student)) }));
    platform.batch(vec![Statement::new(MAKE_SEARCHABLE).bind(Value::from_iter(texts).to_string())]).await?;
    Ok(students.len())
}
