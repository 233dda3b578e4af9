//! A copy of the site of which there can be another version.

use std::fs;
use std::path::{Path, PathBuf};

use domain::language::Language;
use tempfile::TempDir;
use xtask::assets::copy_tree;
use xtask::{fingerprint, layout};

use crate::words::words;

/// The text that every version says otherwise.
const SAID: &str = "home.tagline";

/// A site in a folder of its own.
pub struct Site {
    folder: TempDir,
    text: String,
    said: String,
    /// The script that begins, as it is called now and in the version that is half there.
    boot: [String; 2],
}

impl Site {
    /// The site as it was built.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        copy_tree(&layout::site(), folder.path(), &[]).expect("a copy of the site");
        let text = name_of(&folder, |name| name.starts_with("text_kk-") && name.ends_with(".json"));
        let boot = name_of(&folder, |name| name.starts_with("boot_js-") && name.ends_with(".js"));
        Self { folder, text, said: words(Language::Kazakh, SAID).to_owned(), boot: [boot, String::new()] }
    }

    /// Where it lies.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The address of the Kazakh texts.
    pub fn text(&self) -> String {
        format!("/assets/{}", self.text)
    }

    /// From now on the heading of its front page is another one in Kazakh, in a file of another name; the former is gone.
    pub fn becomes_another(&mut self, heading: &str) {
        let assets = self.folder.path().join("assets");
        let old = self.text.clone();
        let texts = fs::read_to_string(assets.join(&old)).expect("texts").replace(&self.said, heading);
        let new = format!("text_kk-{}.json", fingerprint::short(texts.as_bytes()));
        fs::write(assets.join(&new), texts).expect("other texts");
        for gone in [old.clone(), format!("{old}.br")] {
            fs::remove_file(assets.join(gone)).ok();
        }
        // The scripts last: who has the new worker finds the new files.
        self.calls_otherwise(&old, &new, "html");
        self.calls_otherwise(&old, &new, "js");
        self.text = new;
        heading.clone_into(&mut self.said);
    }

    /// Its pages are those of yet another version, whose service worker isn't there.
    pub fn is_half_there(&mut self) {
        let assets = self.folder.path().join("assets");
        let script = fs::read_to_string(assets.join(&self.boot[0])).expect("a script") + "// another";
        self.boot[1] = format!("boot_js-{}.js", fingerprint::short(script.as_bytes()));
        fs::write(assets.join(&self.boot[1]), script).expect("another script");
        self.calls_otherwise(&self.boot[0], &self.boot[1], "html");
    }

    /// And now it is.
    pub fn is_whole(&self) {
        self.calls_otherwise(&self.boot[0], &self.boot[1], "js");
    }

    /// What is in the file that is answered under this address.
    pub fn contents(&self, address: &str) -> String {
        fs::read_to_string(self.file(address)).expect("a file of the site")
    }

    /// From now on this is answered in place of that file.
    pub fn answers_instead(&self, address: &str, contents: &str) {
        let file = self.file(address);
        let ending = file.extension().unwrap_or_default().to_string_lossy().into_owned();
        fs::remove_file(file.with_extension(format!("{ending}.br"))).ok();
        fs::write(file, contents).expect("another file");
    }

    /// A page is a file without its ending.
    fn file(&self, address: &str) -> PathBuf {
        let file = self.folder.path().join(address.trim_start_matches('/'));
        if file.extension().is_some() { file } else { file.with_extension("html") }
    }

    /// In the files with this ending a name is another one.
    fn calls_otherwise(&self, old: &str, new: &str, ending: &str) {
        for file in fs::read_dir(self.folder.path()).expect("the site").flatten().map(|file| file.path()) {
            if file.extension().is_some_and(|extension| extension == ending) {
                let contents = fs::read_to_string(&file).expect("a text");
                fs::remove_file(file.with_extension(format!("{ending}.br"))).ok();
                fs::write(&file, contents.replace(old, new)).expect("another text");
            }
        }
    }
}

/// The name of the asset that is looked for.
fn name_of(folder: &TempDir, is_it: impl Fn(&str) -> bool) -> String {
    let files = fs::read_dir(folder.path().join("assets")).expect("the files of the site");
    let mut names = files.flatten().map(|file| file.file_name().to_string_lossy().into_owned());
    names.find(|name| is_it(name)).expect("a file of the site")
}
