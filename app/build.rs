//! Turns `text/kk.toml` into the enumeration [`Text`], and refuses to build when a language lacks a text, has one too many, or
//! leaves one empty.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};
use toml::Table;

fn main() {
    println!("cargo::rerun-if-changed=text");
    let kazakh = texts("kk");
    let mut faults: Vec<String> = Vec::new();
    for language in ["kk", "ru", "en"] {
        let other = texts(language);
        let file = format!("app/text/{language}.toml");
        let missing = kazakh.keys().filter(|key| !other.contains_key(*key));
        faults.extend(missing.map(|key| format!("{file}: {key} is missing")));
        for (key, text) in &other {
            match kazakh.get(key) {
                None => faults.push(format!("{file}: {key} is not in kk.toml")),
                Some(_) if text.trim().is_empty() => faults.push(format!("{file}: {key} is empty")),
                Some(first) if placeholders(first) != placeholders(text) => {
                    faults.push(format!("{file}: {key} has other placeholders than in kk.toml"));
                }
                Some(_) => {}
            }
        }
    }
    assert!(faults.is_empty(), "the texts are not complete:\n{}", faults.join("\n"));

    let mut code = String::from(
        "/// A text a family sees; the number is its place in the list the browser loads.\n\
         #[derive(Debug, Clone, Copy, PartialEq, Eq)]\n#[allow(missing_docs)]\n#[repr(u16)]\npub enum Text {\n",
    );
    for (key, text) in &kazakh {
        let _ = writeln!(code, "    /// {}", text.replace(['[', ']', '<', '>'], " "));
        let _ = writeln!(code, "    {},", variant(key));
    }
    let _ = writeln!(code, "}}\n\n/// How many texts there are.\npub const TEXTS: usize = {};", kazakh.len());
    let folder = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    if let Err(error) = fs::write(folder.join("text.rs"), code) {
        panic!("text.rs could not be written: {error}");
    }
}

/// The texts of a language under `section.key`, in the order in which the browser gets them.
fn texts(language: &str) -> BTreeMap<String, String> {
    let path = Path::new("text").join(format!("{language}.toml"));
    let read = fs::read_to_string(&path).map_err(|error| error.to_string());
    let table = match read.and_then(|source| source.parse::<Table>().map_err(|error| error.to_string())) {
        Ok(table) => table,
        Err(error) => panic!("app/{}: {error}", path.display()),
    };
    let mut texts = BTreeMap::new();
    for (section, value) in table {
        let Some(entries) = value.as_table() else { panic!("app/{}: {section} is not a section", path.display()) };
        for (key, value) in entries {
            let Some(text) = value.as_str() else { panic!("app/{}: {section}.{key} is not a text", path.display()) };
            texts.insert(format!("{section}.{key}"), text.to_owned());
        }
    }
    texts
}

/// `{name}` and its like, each once, in alphabetical order: languages order their words differently.
fn placeholders(text: &str) -> Vec<&str> {
    let mut found: Vec<&str> = text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// `second_guardian.phone_hint` is `SecondGuardianPhoneHint`.
fn variant(key: &str) -> String {
    key.split(['.', '_'])
        .flat_map(|word| {
            let mut letters = word.chars();
            letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect::<Vec<_>>()
        })
        .collect()
}
