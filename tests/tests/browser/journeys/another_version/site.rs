//! A copy of the site of which there can be another version.

use std::fs;
use std::path::Path;

use domain::language::Language;
use tempfile::TempDir;
use xtask::assets::copy_tree;
use xtask::layout;

use crate::words::words;

/// The text that every version says otherwise.
const SAID: &str = "home.tagline";

/// The name that the script which begins has in another version.
const BOOT: &str = "boot_js-000000000000.js";

/// What stands on a page of somebody else.
pub const FOREIGN: &str = "sign in to this network";

/// A site in a folder of its own.
pub struct Site {
    folder: TempDir,
    text: String,
    said: String,
    version: u32,
}

impl Site {
    /// The site as it was built.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        copy_tree(&layout::site(), folder.path(), &[]).expect("a copy of the site");
        let text = name_of(&folder, |name| name.starts_with("text_kk-") && name.ends_with(".json"));
        Self { folder, text, said: words(Language::Kazakh, SAID).to_owned(), version: 1 }
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
        self.version += 1;
        let (old, new) = (self.text.clone(), format!("text_kk-{:012}.json", self.version));
        let assets = self.folder.path().join("assets");
        let texts = fs::read_to_string(assets.join(&old)).expect("texts");
        fs::write(assets.join(&new), texts.replace(&self.said, heading)).expect("other texts");
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
    pub fn is_half_there(&self) {
        let assets = self.folder.path().join("assets");
        fs::copy(assets.join(self.boot()), assets.join(BOOT)).expect("another script");
        self.calls_otherwise(&self.boot(), BOOT, "html");
    }

    /// In place of its offline page there is one of somebody else.
    pub fn has_a_foreign_offline_page(&self) {
        let file = self.folder.path().join("offline.html");
        fs::remove_file(file.with_extension("html.br")).ok();
        fs::write(file, format!("<!doctype html><title>{FOREIGN}</title>")).expect("another page");
    }

    /// And now it is.
    pub fn is_whole(&self) {
        self.calls_otherwise(&self.boot(), BOOT, "js");
    }

    /// The name of the script that begins, as it was built.
    fn boot(&self) -> String {
        name_of(&self.folder, |name| name.starts_with("boot_js-") && name.ends_with(".js") && name != BOOT)
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
