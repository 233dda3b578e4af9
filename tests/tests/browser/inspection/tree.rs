//! What a screen reader is told of a page: roles, names and states, one a line, as a text that people have read.
//!
//! The texts are in `tests/snapshots`. A page that tells something else fails; with `TUMO_SNAPSHOTS=write` the texts are written anew,
//! to be read again before they are kept.

use std::collections::HashMap;
use std::env;
use std::fs;

use domain::language::Language;
use serde_json::{Value, json};
use xtask::layout::root;

use super::difference::difference;
use crate::phone::Phone;
use crate::words::words;

/// What only groups, or repeats a name.
const SILENT: [&str; 8] =
    ["generic", "none", "InlineTextBox", "ListMarker", "LineBreak", "LabelText", "LegendMarker", "LayoutTable"];

/// Which states are told.
const STATES: [&str; 11] =
    ["level", "checked", "selected", "pressed", "expanded", "disabled", "required", "invalid", "busy", "modal", "multiline"];

/// The page tells what `tests/snapshots/{name}.txt` says, once what differs from run to run is `replaced` by placeholders.
pub async fn is_told_as_reviewed(phone: &Phone, name: &str, replaced: &[(&str, &str)]) {
    let told = plain(&told(phone).await, replaced);
    let file = root().join("tests/snapshots").join(format!("{name}.txt"));
    if env::var_os("TUMO_SNAPSHOTS").is_some_and(|wish| wish == "write") {
        fs::write(&file, &told).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        return;
    }
    let reviewed = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        told == reviewed,
        "{name} tells something else than {} (TUMO_SNAPSHOTS=write writes it anew):\n{}",
        file.display(),
        difference(&reviewed, &told)
    );
}

async fn told(phone: &Phone) -> String {
    let answer = phone.devtools("Accessibility.getFullAXTree", json!({})).await;
    let nodes = answer["nodes"].as_array().expect("nodes");
    let known: HashMap<&str, &Value> = nodes.iter().filter_map(|node| Some((node["nodeId"].as_str()?, node))).collect();
    let mut lines = String::new();
    if let Some(page) = nodes.first() {
        tell(page, &known, Place { depth: 0, above: "", labelling: false }, &mut lines);
    }
    lines
}

/// Where a node stands among those that were told.
#[derive(Clone, Copy)]
struct Place<'a> {
    depth: usize,
    /// What surrounds it is called.
    above: &'a str,
    /// Whether it is in a label, whose words are the name of its control.
    labelling: bool,
}

/// A line for the node unless it says nothing, then its children, further in.
fn tell(node: &Value, known: &HashMap<&str, &Value>, place: Place<'_>, lines: &mut String) {
    let role = node["role"]["value"].as_str().unwrap_or_default();
    let name = node["name"]["value"].as_str().unwrap_or_default().trim();
    let mut below = Place { labelling: place.labelling || role == "LabelText", ..place };
    // A text that is the name of what surrounds it was told already.
    let repeats = role == "StaticText" && (name.is_empty() || place.labelling || place.above.contains(name));
    if node["ignored"] != json!(true) && !SILENT.contains(&role) && !repeats {
        lines.push_str(&"  ".repeat(place.depth));
        lines.push_str(if role == "StaticText" { "text" } else { role });
        if !name.is_empty() {
            lines.push_str(&format!(" “{name}”"));
        }
        lines.push_str(&states(role, node));
        lines.push('\n');
        below = Place { depth: place.depth + 1, above: name, ..below };
    }
    for child in node["childIds"].as_array().into_iter().flatten() {
        if let Some(child) = child.as_str().and_then(|id| known.get(id)) {
            tell(child, known, below, lines);
        }
    }
}

/// States, what stands in it, and what describes it.
fn states(role: &str, node: &Value) -> String {
    let mut told = String::new();
    for property in node["properties"].as_array().into_iter().flatten() {
        let (name, value) = (property["name"].as_str().unwrap_or_default(), &property["value"]["value"]);
        let unset = matches!(value.as_str(), Some("false")) || *value == json!(false);
        // Whether it is pressed or checked is told either way.
        let either = matches!(name, "checked" | "pressed" | "expanded" | "selected");
        let nested = name == "level" && role != "heading";
        if STATES.contains(&name) && (either || !unset) && !nested {
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            told.push_str(&if value == "true" { format!(" [{name}]") } else { format!(" [{name}={value}]") });
        }
    }
    for (sign, part) in [("=", "value"), ("—", "description")] {
        match &node[part]["value"] {
            Value::String(said) if !said.is_empty() => told.push_str(&format!(" {sign} “{said}”")),
            Value::Number(number) => told.push_str(&format!(" {sign} {number}")),
            _ => {}
        }
    }
    told
}

/// Placeholders for what was named, then for days and times, which follow the clock.
fn plain(told: &str, replaced: &[(&str, &str)]) -> String {
    let told = replaced.iter().fold(told.to_owned(), |told, (from, to)| told.replace(from, &format!("{{{to}}}")));
    let told = told.replace('\u{2060}', "").replace('\u{a0}', " ");
    let lines: Vec<&str> = told.lines().collect();
    let kept = lines.iter().enumerate().filter(|(place, line)| !is_of_a_choice(&lines[..*place], line));
    kept.map(|(_, line)| days(line) + "\n").collect()
}

/// Whether this is a text of the choice before it, which is called by all its texts.
fn is_of_a_choice(before: &[&str], line: &str) -> bool {
    let choice = before.iter().rev().map(|line| line.trim_start()).find(|line| !line.starts_with("text "));
    let choice = choice.filter(|line| line.starts_with("radio ") || line.starts_with("checkbox "));
    let text = line.trim_start().strip_prefix("text “").and_then(|text| text.strip_suffix('”'));
    choice.zip(text).is_some_and(|(choice, text)| choice.contains(text))
}

/// Kazakh days and moments: “Сейсенбі, 2026 ж. 1 қыркүйек”, “1 қыркүйек”, “сағат 09:05”.
fn days(line: &str) -> String {
    let of = |list: &str, word: &str| words(Language::Kazakh, list).split('|').any(|known| known == word);
    let bare = |word: &str| word.trim_matches(|sign: char| !sign.is_alphanumeric()).to_owned();
    let is_number = |word: &String| !word.is_empty() && word.bytes().all(|sign| sign.is_ascii_digit());
    let mut said: Vec<String> = Vec::new();
    for word in line.split(' ') {
        let (plain, before) = (bare(word), said.last().map(|word| bare(word)).unwrap_or_default());
        if is_number(&before) && of("date.months", &plain) {
            let mut first = said.pop().unwrap_or_default();
            if said.last().is_some_and(|word| word == "ж.") {
                said.pop();
                first = said.pop().unwrap_or_default();
            }
            if said.last().is_some_and(|word| of("date.weekdays", &bare(word))) {
                first = said.pop().unwrap_or_default();
            }
            let opening: String = first.chars().take_while(|sign| !sign.is_alphanumeric()).collect();
            said.push(format!("{opening}{}", word.replace(&plain, "{day}")));
        } else if before == "сағат" && plain.contains(':') {
            said.push(word.replace(&plain, "{time}"));
        } else {
            said.push(word.to_owned());
        }
    }
    said.join(" ")
}
