//! The app's texts: `app/text/{kk,ru,en}.toml`, checked to be complete, turned into what the browser loads.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use toml::{Table, Value};

/// The languages, the first one being the one the other two are compared with.
pub const LANGUAGES: [&str; 3] = ["kk", "ru", "en"];

/// Texts of one language under their full key, `section.key` or `key`, in the order in which the browser gets them.
pub type Texts = BTreeMap<String, String>;

/// Reads the texts of every language in `folder`; a text that is missing, empty or surplus anywhere is an error naming all of them.
pub fn load(folder: &Path) -> Result<Vec<(&'static str, Texts)>> {
    let mut loaded = Vec::new();
    for language in LANGUAGES {
        let file = folder.join(format!("{language}.toml"));
        let source = fs::read_to_string(&file).with_context(|| format!("{} could not be read", file.display()))?;
        let texts = parse(&source).with_context(|| format!("in app/text/{language}.toml"))?;
        loaded.push((language, texts));
    }
    let faults = faults(&loaded);
    if !faults.is_empty() {
        bail!("the texts are not complete:\n{}", faults.join("\n"));
    }
    Ok(loaded)
}

/// What the browser loads: the texts alone, in the order of their keys. The app knows the order from the same keys.
pub fn wire_form(texts: &Texts) -> Result<Vec<u8>> {
    Ok(serde_json::to_vec(&texts.values().collect::<Vec<_>>())?)
}

fn parse(source: &str) -> Result<Texts> {
    let mut texts = Texts::new();
    for (key, value) in source.parse::<Table>()? {
        match value {
            Value::String(text) => {
                texts.insert(key, text);
            }
            Value::Table(section) => {
                for (inner, value) in section {
                    let Value::String(text) = value else { bail!("{key}.{inner} is not a text") };
                    texts.insert(format!("{key}.{inner}"), text);
                }
            }
            _ => bail!("{key} is neither a text nor a section of texts"),
        }
    }
    Ok(texts)
}

fn faults(loaded: &[(&str, Texts)]) -> Vec<String> {
    let mut faults = Vec::new();
    let Some((reference_language, reference)) = loaded.first() else { return faults };
    for (language, texts) in loaded {
        let file = format!("app/text/{language}.toml");
        for (key, text) in texts {
            if text.trim().is_empty() {
                faults.push(format!("{file}: {key} is empty"));
            }
            if !reference.contains_key(key) {
                faults.push(format!("{file}: {key} is not in {reference_language}.toml"));
            }
        }
        faults.extend(reference.keys().filter(|key| !texts.contains_key(*key)).map(|key| format!("{file}: {key} is missing")));
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(source: &str) -> Texts {
        parse(source).unwrap()
    }

    #[test]
    fn sections_and_flat_keys_come_in_key_order() {
        let texts = language("z = \"last\"\n[a]\nc = \"second\"\nb = \"first\"\n");
        assert_eq!(wire_form(&texts).unwrap(), br#"["first","second","last"]"#);
    }

    #[test]
    fn every_fault_names_file_and_key() {
        let loaded = [("kk", language("a = \"x\"\nb = \"y\"")), ("ru", language("a = \" \"\nc = \"z\""))];
        assert_eq!(
            faults(&loaded),
            ["app/text/ru.toml: a is empty", "app/text/ru.toml: c is not in kk.toml", "app/text/ru.toml: b is missing"]
        );
    }

    #[test]
    fn numbers_and_deep_sections_are_refused() {
        assert!(parse("a = 1").is_err());
        assert!(parse("[a.b]\nc = \"x\"").is_err());
    }
}
