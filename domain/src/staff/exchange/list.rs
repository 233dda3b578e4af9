//! Identifiers with commas between them: a list that fits into an address.

use serde::{Deserialize, Deserializer, Serializer};

pub(super) fn serialize<S: Serializer>(words: &[String], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&words.join(","))
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let text = String::deserialize(deserializer)?;
    Ok(text.split(',').filter(|word| !word.is_empty()).map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize};

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Query {
        #[serde(with = "super")]
        words: Vec<String>,
    }

    #[test]
    fn a_list_is_one_text() {
        let query = Query { words: vec!["a".into(), "b".into()] };
        assert_eq!(serde_json::to_string(&query).ok().as_deref(), Some(r#"{"words":"a,b"}"#));
        assert_eq!(serde_json::from_str::<Query>(r#"{"words":"a,,b,"}"#).ok(), Some(query));
        assert_eq!(serde_json::from_str::<Query>(r#"{"words":""}"#).ok(), Some(Query { words: Vec::new() }));
    }
}
