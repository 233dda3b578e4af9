//! The texts of an entry point: `text/{kk,ru,en}.toml`, checked to be complete, turned into the enumeration by which code names
//! them and into what the browser loads. Build scripts and xtask read them here, so the two agree on the order.

mod code;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use toml::{Table, Value};

pub use code::generate;

/// The languages, the first one being the one the other two are compared with.
pub const LANGUAGES: [&str; 3] = ["kk", "ru", "en"];

/// The folder beside the texts with those that are loaded apart.
pub const APART: &str = "apart";

/// Texts of one language under their full key, `section.key` or `key`, in the order in which the browser gets them.
pub type Texts = BTreeMap<String, String>;

/// Reads the texts of every language in `folder`; a text that is missing, empty, surplus or has other placeholders anywhere is an
/// error naming all of them.
///
/// # Errors
/// When a file can't be read, or the languages don't agree.
pub fn load(folder: &Path) -> Result<Vec<(&'static str, Texts)>> {
    let mut loaded = Vec::new();
    for language in LANGUAGES {
        let file = folder.join(format!("{language}.toml"));
        let source = fs::read_to_string(&file).with_context(|| format!("{} could not be read", file.display()))?;
        let texts = parse(&source).with_context(|| format!("in {}", file.display()))?;
        loaded.push((language, texts));
    }
    let faults = faults(&loaded);
    if !faults.is_empty() {
        bail!("the texts in {} are not complete:\n{}", folder.display(), faults.join("\n"));
    }
    Ok(loaded)
}

/// What the browser loads: the texts alone, in the order of their keys, those of one entry point behind those of another. The app
/// knows the order from the same keys.
///
/// # Errors
/// Never for texts.
pub fn wire_form(tables: &[&Texts]) -> Result<Vec<u8>> {
    Ok(serde_json::to_vec(&tables.iter().flat_map(|texts| texts.values()).collect::<Vec<_>>())?)
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
        let file = format!("{language}.toml");
        for (key, text) in texts {
            match reference.get(key) {
                None => faults.push(format!("{file}: {key} is not in {reference_language}.toml")),
                Some(_) if text.trim().is_empty() => faults.push(format!("{file}: {key} is empty")),
                Some(first) if placeholders(first) != placeholders(text) => {
                    faults.push(format!("{file}: {key} has other placeholders than in {reference_language}.toml"));
                }
                Some(_) => {}
            }
        }
        faults.extend(reference.keys().filter(|key| !texts.contains_key(*key)).map(|key| format!("{file}: {key} is missing")));
    }
    faults
}

/// `{name}` and its like, each once, in alphabetical order: languages order their words differently.
fn placeholders(text: &str) -> Vec<&str> {
    let mut found: Vec<&str> = text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(source: &str) -> Texts {
        parse(source).unwrap()
    }

    #[test]
    fn sections_and_flat_keys_come_in_key_order_and_tables_one_behind_the_other() {
        let first = language("z = \"last\"\n[a]\nc = \"second\"\nb = \"first\"\n");
        assert_eq!(wire_form(&[&first]).unwrap(), br#"["first","second","last"]"#);
        assert_eq!(wire_form(&[&first, &language("a = \"more\"")]).unwrap(), br#"["first","second","last","more"]"#);
    }

    #[test]
    fn every_fault_names_file_and_key() {
        let loaded =
            [("kk", language("a = \"x\"\nb = \"y\"\nd = \"{n}\"")), ("ru", language("a = \" \"\nc = \"z\"\nd = \"{m}\""))];
        assert_eq!(
            faults(&loaded),
            [
                "ru.toml: a is empty",
                "ru.toml: c is not in kk.toml",
                "ru.toml: d has other placeholders than in kk.toml",
                "ru.toml: b is missing"
            ]
        );
    }

    #[test]
    fn numbers_and_deep_sections_are_refused() {
        assert!(parse("a = 1").is_err());
        assert!(parse("[a.b]\nc = \"x\"").is_err());
    }
}
