//! What the site may weigh: the budgets of `tests/budgets.toml`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use toml::{Table, Value};

use crate::build_app::brotli;
use crate::layout;

/// Brotli's best.
const QUALITY: i32 = 11;

/// What these contents weigh, in bytes, as the budgets reckon it.
///
/// # Errors
/// When they can't be compressed.
pub fn weigh(contents: &[u8]) -> Result<usize> {
    Ok(brotli(contents, QUALITY)?.len())
}

/// A load that may weigh so much and no more.
pub struct Budget {
    /// Its name.
    pub name: String,
    /// The most bytes it may have, compressed.
    pub most: usize,
    /// The [stable names](stable_name) of its files; `{language}` stands for each of the languages.
    files: Vec<String>,
}

/// All budgets.
///
/// # Errors
/// When the file isn't as it should be.
pub fn all() -> Result<Vec<Budget>> {
    let source = fs::read_to_string(layout::root().join("tests/budgets.toml"))?;
    source.parse::<Table>()?.into_iter().map(|(name, value)| budget(name, &value)).collect()
}

fn budget(name: String, value: &Value) -> Result<Budget> {
    let most = value.get("most").and_then(Value::as_integer).and_then(|most| usize::try_from(most).ok());
    let files = value.get("files").and_then(Value::as_array).context("a budget without files")?;
    let files = files.iter().filter_map(Value::as_str).map(ToOwned::to_owned).collect();
    Ok(Budget { most: most.with_context(|| format!("the budget {name} says no `most`"))?, name, files })
}

impl Budget {
    /// The weight in the language in which it is most, when each file has the weight that `weigh` finds.
    ///
    /// # Errors
    /// As `weigh`.
    pub fn weight(&self, mut weigh: impl FnMut(&str) -> Result<usize>) -> Result<usize> {
        let mut heaviest = 0;
        for language in texts::LANGUAGES {
            let mut sum = 0;
            for file in &self.files {
                sum += weigh(&file.replace("{language}", language))?;
            }
            heaviest = heaviest.max(sum);
        }
        Ok(heaviest)
    }

    /// Whether a file of this stable name is reckoned with.
    pub fn covers(&self, name: &str) -> bool {
        self.files.iter().any(|file| texts::LANGUAGES.iter().any(|language| file.replace("{language}", language) == name))
    }
}

/// The name of a file without what changes from build to build: `assets/app_js-0a1b2c.js` is `app_js`.
pub fn stable_name(path: &str) -> &str {
    path.strip_prefix("assets/").and_then(|name| name.split_once('-')).map_or(path, |(name, _)| name)
}

/// Every file of the site but the compressed copies, by its path in the site.
///
/// # Errors
/// When the site can't be read.
pub fn files_of_site() -> Result<Vec<(String, PathBuf)>> {
    let site = layout::site();
    let mut files = Vec::new();
    collect(&site, &site, &mut files)?;
    files.sort();
    Ok(files)
}

fn collect(site: &Path, folder: &Path, files: &mut Vec<(String, PathBuf)>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(site, &path, files)?;
        } else if path.extension().is_none_or(|extension| extension != "br") {
            files.push((path.strip_prefix(site).unwrap_or(&path).to_string_lossy().into_owned(), path));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_with_the_most_counts() {
        let budget = Budget { name: "page".into(), most: 10, files: vec!["app".into(), "text_{language}".into()] };
        let weigh = |name: &str| Ok(if name == "text_ru" { 7 } else { 2 });
        assert_eq!(budget.weight(weigh).unwrap(), 9);
        assert!(budget.covers("text_en") && !budget.covers("text_de"));
    }

    #[test]
    fn a_file_is_known_by_what_stays_the_same() {
        assert_eq!(stable_name("assets/app_js-0a1b2c.js"), "app_js");
        assert_eq!(stable_name("kk.html"), "kk.html");
    }
}
