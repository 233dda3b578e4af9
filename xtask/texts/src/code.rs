//! The enumeration by which code names the texts.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

use anyhow::{Context, Result};

use crate::{Texts, load};

/// For a build script: writes `text.rs` with the enumeration `Text` of the texts in the crate's folder `text`.
///
/// # Errors
/// When the texts are not complete, or the file can't be written.
pub fn generate() -> Result<()> {
    println!("cargo::rerun-if-changed=text");
    let loaded = load(Path::new("text"))?;
    let (_, first) = loaded.first().context("there is no language")?;
    let folder = PathBuf::from(env::var_os("OUT_DIR").context("this is for build scripts")?);
    fs::write(folder.join("text.rs"), code(first)).context("text.rs could not be written")
}

fn code(texts: &Texts) -> String {
    let mut code = String::from(
        "/// A text of the app; the number is its place in the list the browser loads.\n\
         #[derive(Debug, Clone, Copy, PartialEq, Eq)]\n#[allow(missing_docs)]\n#[repr(u16)]\npub enum Text {\n",
    );
    for (key, text) in texts {
        let _ = writeln!(code, "    /// {}", text.replace(['[', ']', '<', '>'], " "));
        let _ = writeln!(code, "    {},", variant(key));
    }
    let _ = writeln!(code, "}}\n\n/// How many texts there are.\npub const TEXTS: usize = {};", texts.len());
    code
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

#[cfg(test)]
mod tests {
    use super::variant;

    #[test]
    fn keys_become_names() {
        assert_eq!(variant("second_guardian.phone_hint"), "SecondGuardianPhoneHint");
    }
}
