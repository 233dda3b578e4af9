//! The enumeration by which code names the texts.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

use anyhow::{Context, Result};

use crate::{APART, Texts, load};

/// For a build script: writes `text.rs` with the enumeration `Text` of the texts in the crate's folder `text`, behind them those in
/// `text/apart` if there are any: they are loaded apart.
///
/// # Errors
/// When the texts are not complete, or the file can't be written.
pub fn generate() -> Result<()> {
    println!("cargo::rerun-if-changed=text");
    let folder = Path::new("text");
    let first = of_first_language(folder)?;
    let apart = if folder.join(APART).is_dir() { Some(of_first_language(&folder.join(APART))?) } else { None };
    let folder = PathBuf::from(env::var_os("OUT_DIR").context("this is for build scripts")?);
    fs::write(folder.join("text.rs"), code(&first, apart.as_ref())).context("text.rs could not be written")
}

fn of_first_language(folder: &Path) -> Result<Texts> {
    let (_, texts) = load(folder)?.into_iter().next().context("there is no language")?;
    Ok(texts)
}

fn code(first: &Texts, apart: Option<&Texts>) -> String {
    let mut code = String::from(
        "/// A text of the app; the number is its place in the list the browser loads.\n\
         #[derive(Debug, Clone, Copy, PartialEq, Eq)]\n#[allow(missing_docs)]\n#[repr(u16)]\npub enum Text {\n",
    );
    for (key, text) in first.iter().chain(apart.into_iter().flatten()) {
        let _ = writeln!(code, "    /// {}", text.replace(['[', ']', '<', '>'], " "));
        let _ = writeln!(code, "    {},", variant(key));
    }
    let _ = writeln!(code, "}}\n\n/// How many texts there are.\npub const TEXTS: usize = {};", first.len());
    if let Some(apart) = apart {
        let _ = writeln!(code, "\n/// How many more are loaded apart.\npub const TEXTS_APART: usize = {};", apart.len());
    }
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
    use super::{code, variant};
    use crate::Texts;

    #[test]
    fn texts_that_are_loaded_apart_come_behind_the_others_and_are_not_counted_with_them() {
        let texts = |key: &str| Texts::from([(key.to_owned(), "said".to_owned())]);
        let code = code(&texts("my.title"), Some(&texts("action.send")));
        assert!(code.find("MyTitle,") < code.find("ActionSend,"), "{code}");
        assert!(code.contains("TEXTS: usize = 1;") && code.contains("TEXTS_APART: usize = 1;"), "{code}");
    }

    #[test]
    fn keys_become_names() {
        assert_eq!(variant("second_guardian.phone_hint"), "SecondGuardianPhoneHint");
    }
}
