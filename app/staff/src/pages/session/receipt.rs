//! A scanned text: whether it is a receipt, and of whom.

use super::about::Student;
use crate::offline::camera;
use data_encoding::BASE64URL_NOPAD;
use domain::registration::ReceiptClaims;
use serde_json::Value;
use std::sync::Arc;

/// What was scanned.
pub enum Scanned {
    /// The receipt of a student of this roll call; whether its signature was looked at.
    Student(Arc<Student>, bool),
    /// A receipt of another group: its identifier.
    OtherCohort(String),
    /// A receipt of this group, and of nobody in this roll call.
    Nobody,
    /// The signature isn't ours.
    Forged,
    /// Something else.
    NoReceipt,
}

/// Recognises a scanned text; `keys` is the answer of `GET /api/keys`, if it could be had.
pub async fn recognise(text: &str, cohort: &str, students: &[Arc<Student>], keys: Option<&Value>) -> Scanned {
    let Some((header, claims)) = read(text) else { return Scanned::NoReceipt };
    let checked = match key_of(&header, keys) {
        Some(None) => return Scanned::Forged,
        None => false,
        Some(Some(key)) => match camera::verify(text, &key.to_string()).await.ok().and_then(|word| word.as_string()).as_deref()
        {
            Some("right") => true,
            Some("wrong") => return Scanned::Forged,
            _ => false,
        },
    };
    if claims.cohort != cohort {
        return Scanned::OtherCohort(claims.cohort);
    }
    // The reference alone would take one brother for the other.
    let student = students.iter().find(|one| one.info.entry == claims.entry && one.info.reference == claims.reference);
    student.map_or(Scanned::Nobody, |student| Scanned::Student(Arc::clone(student), checked))
}

/// Header and claims of a signed receipt.
fn read(text: &str) -> Option<(Value, ReceiptClaims)> {
    let mut parts = text.trim().split('.');
    let (header, claims, _signature) = (parts.next()?, parts.next()?, parts.next()?);
    let part = |part: &str| BASE64URL_NOPAD.decode(part.as_bytes()).ok();
    let whole = parts.next().is_none();
    let read = (serde_json::from_slice(&part(header)?).ok()?, serde_json::from_slice(&part(claims)?).ok()?);
    whole.then_some(read)
}

/// The key that a receipt names: none without keys, nothing in it when there is no such key.
fn key_of<'a>(header: &Value, keys: Option<&'a Value>) -> Option<Option<&'a Value>> {
    let keys = keys?.get("keys")?.as_array()?;
    Some(keys.iter().find(|key| key.get("kid").is_some() && key.get("kid") == header.get("kid")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn signed(header: &Value, claims: &Value) -> String {
        let part = |part: &Value| BASE64URL_NOPAD.encode(part.to_string().as_bytes());
        [&part(header), &part(claims), "c2ln"].join(".")
    }

    #[test]
    fn only_a_receipt_is_read_as_one() {
        let claims = json!({ "reference": "TM-1", "intake": "i", "cohort": "c", "entry": 7, "state": "enrolled", "position": null,
            "decided_at": 1 });
        let (header, read_claims) = read(&signed(&json!({ "kid": "k" }), &claims)).expect("a receipt");
        assert_eq!((header, read_claims.entry, read_claims.cohort.as_str()), (json!({ "kid": "k" }), 7, "c"));
        let four_parts = [&signed(&json!({}), &claims), "x"].join(".");
        for other in ["https://example.com", "", "a.b.c", &signed(&json!({}), &json!({ "sub": "somebody" })), &four_parts] {
            assert!(read(other).is_none(), "{other}");
        }
    }

    #[test]
    fn an_unknown_key_is_told_apart_from_no_keys() {
        let keys = json!({ "keys": [{ "kid": "k", "x": "x" }] });
        assert_eq!(key_of(&json!({ "kid": "k" }), None), None);
        assert_eq!(key_of(&json!({ "kid": "other" }), Some(&keys)), Some(None));
        assert_eq!(key_of(&json!({}), Some(&keys)), Some(None));
        assert_eq!(key_of(&json!({ "kid": "k" }), Some(&keys)).flatten(), keys["keys"].get(0));
    }
}
