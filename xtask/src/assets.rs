//! Files of the site under names that change with their contents, so that browsers may keep them for ever.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::fingerprint;

/// Where hashed files live, as the browser sees it. `public/_headers` marks this path immutable.
const FOLDER: &str = "assets";

/// A site being put together in a folder.
pub struct Assets {
    site: PathBuf,
    /// Address of each hashed file under the word by which templates ask for it.
    addresses: BTreeMap<String, String>,
}

impl Assets {
    /// Starts a site in the empty folder `site`.
    pub fn new(site: &Path) -> Result<Self> {
        fs::create_dir_all(site.join(FOLDER))?;
        Ok(Self { site: site.to_path_buf(), addresses: BTreeMap::new() })
    }

    /// Writes `contents` under a hashed name; templates get its address for `{{word}}`. Gives back the file name.
    pub fn add(&mut self, word: &str, extension: &str, contents: &[u8]) -> Result<String> {
        let name = format!("{word}-{}.{extension}", fingerprint::short(contents));
        fs::write(self.site.join(FOLDER).join(&name), contents)?;
        self.addresses.insert(word.to_owned(), format!("/{FOLDER}/{name}"));
        Ok(name)
    }

    /// `template` with every `{{word}}` replaced by what `words` say, or else by the address of that asset. `name` is for the message when
    /// there is none.
    pub fn fill(&self, name: &str, template: &str, words: &BTreeMap<String, String>) -> Result<String> {
        let mut filled = String::with_capacity(template.len());
        let mut rest = template;
        while let Some((before, after)) = rest.split_once("{{") {
            let (word, after) = after.split_once("}}").with_context(|| format!("{name}: `{{{{` without `}}}}`"))?;
            let Some(said) = words.get(word.trim()).or_else(|| self.addresses.get(word.trim())) else {
                bail!("{name}: there is no asset `{word}`; known are {:?}", self.addresses.keys())
            };
            filled.push_str(before);
            filled.push_str(said);
            rest = after;
        }
        filled.push_str(rest);
        Ok(filled)
    }

    /// The addresses of the assets whose word is asked for, in the order of the words.
    pub fn addresses(&self, wanted: impl Fn(&str) -> bool) -> Vec<&str> {
        self.addresses.iter().filter(|(word, _)| wanted(word)).map(|(_, address)| address.as_str()).collect()
    }

    /// What is in a file of the site.
    pub fn contents(&self, file: &Path) -> Result<Vec<u8>> {
        fs::read(self.site.join(file)).with_context(|| format!("{} could not be read", file.display()))
    }

    /// The files in a folder of the site, in the order of their names.
    pub fn names_in(&self, folder: &Path) -> Result<Vec<PathBuf>> {
        let entries = fs::read_dir(self.site.join(folder))?.collect::<Result<Vec<_>, _>>()?;
        let mut names: Vec<_> = entries.iter().map(|entry| folder.join(entry.file_name())).collect();
        names.sort();
        Ok(names)
    }

    /// Writes a file that keeps its name.
    pub fn write(&self, name: &str, contents: &[u8]) -> Result<()> {
        fs::write(self.site.join(name), contents).with_context(|| format!("{name} could not be written"))
    }

    /// Copies everything in `folder` as it is, except the files named in `except`.
    pub fn copy(&self, folder: &Path, except: &[&str]) -> Result<()> {
        copy_tree(folder, &self.site, except)
    }
}

/// Copies what is in `from` into `to`, leaving out the entries of the top level named in `except`.
pub fn copy_tree(from: &Path, to: &Path, except: &[&str]) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| format!("{} could not be listed", from.display()))? {
        let entry = entry?;
        if except.iter().any(|name| entry.file_name() == *name) {
            continue;
        }
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_tree(&entry.path(), &target, &[])?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// Puts the finished folder `staged` in the place of `folder`, so that nobody ever sees half of it.
pub fn publish(staged: &Path, folder: &Path) -> Result<()> {
    let former = folder.with_extension("old");
    if former.exists() {
        fs::remove_dir_all(&former)?;
    }
    if folder.exists() {
        fs::rename(folder, &former)?;
    }
    fs::rename(staged, folder)?;
    if former.exists() {
        fs::remove_dir_all(&former)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_become_hashed_addresses() {
        let folder = tempfile::tempdir().unwrap();
        let mut assets = Assets::new(folder.path()).unwrap();
        let name = assets.add("style", "css", b"a{}").unwrap();
        let filled = assets
            .fill("page", "<{{style}}> {{ style }}, {{word}}", &BTreeMap::from([("word".into(), "said".into())]))
            .unwrap();
        assert_eq!(filled, format!("</assets/{name}> /assets/{name}, said"));
        assert!(folder.path().join("assets").join(name).is_file());
    }

    #[test]
    fn an_unknown_placeholder_is_an_error_that_names_it() {
        let folder = tempfile::tempdir().unwrap();
        let assets = Assets::new(folder.path()).unwrap();
        let error = assets.fill("index.html", "{{stile}}", &BTreeMap::new()).unwrap_err().to_string();
        assert!(error.contains("index.html") && error.contains("stile"), "{error}");
    }
}
