//! The two service workers, each with the names of the files that it keeps, by which it knows what has to be in them: that of the
//! families' pages and that of the console.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::assets::Assets;
use crate::build_app::BROWSERS;
use crate::fingerprint;
use crate::layout;
use crate::process::output;
use crate::setup::Npm;

/// What both are made of.
const SHARED: &str = "kept-files.js";

/// Files of the console that keep their names.
const OF_STAFF: [&str; 2] = ["/favicon.svg", "/art/state-offline.svg"];

/// What every family's page is made of, whatever its language.
const OF_FAMILIES: [&str; 4] = ["app_js", "app_wasm", "apart_wasm", "boot_js"];

/// The only drawing that nobody asks for: it is written into the pages.
const WORDMARK: &str = "/art/wordmark.svg";

/// Writes both; everything else has to be in the site already.
///
/// # Errors
/// When esbuild doesn't like them, or a file that they keep is not there.
pub fn write(npm: &Npm, assets: &Assets) -> Result<()> {
    let public = layout::root().join("public");
    // The reader of codes is kept by the roll call itself, on phones that need it.
    let of_staff = assets.addresses(|word| word.starts_with("staff") || ["style", "boot_js"].contains(&word));
    let mut staff: Vec<String> = of_staff.into_iter().map(ToOwned::to_owned).collect();
    for address in OF_STAFF {
        staff.push(with_digest(assets, address)?);
    }
    for (name, files) in [("staff", json!(staff)), ("families", of_families(assets)?)] {
        let file = format!("{name}-worker.js");
        let define = format!("--define:{}_FILES={files}", name.to_uppercase());
        assets.write(&file, bundle(npm, &public.join(&file), &define)?.as_bytes())?;
    }
    Ok(())
}

/// The files that families keep: for everybody, and by language.
fn of_families(assets: &Assets) -> Result<Value> {
    let of_word = |word: &str| {
        let found = assets.addresses(|known| known == word);
        found.first().map(|address| (*address).to_owned()).with_context(|| format!("there is no asset `{word}`"))
    };
    let shared = OF_FAMILIES.into_iter().map(of_word).collect::<Result<Vec<_>>>()?;
    let mut also = vec![of_word("offline_js")?];
    for drawing in assets.names_in(Path::new("art"))? {
        let address = format!("/{}", drawing.display());
        if address != WORDMARK {
            also.push(with_digest(assets, &address)?);
        }
    }
    let mut files = json!({ "shared": shared, "also": also, "named": named(assets)? });
    for language in texts::LANGUAGES {
        let words = [format!("text_{language}"), format!("apart_text_{language}")];
        files[language] = json!(words.iter().map(|word| of_word(word)).collect::<Result<Vec<_>>>()?);
    }
    Ok(files)
}

/// The address of a file that keeps its name, and behind it what tells its contents, as in the names of the others.
fn with_digest(assets: &Assets, address: &str) -> Result<String> {
    let contents = assets.contents(Path::new(address.trim_start_matches('/')))?;
    Ok(format!("{address}#{}", fingerprint::short(&contents)))
}

/// What changes with the pages that families keep, and with what keeps them.
fn named(assets: &Assets) -> Result<String> {
    let mut contents = assets.contents(Path::new("offline.html"))?;
    for language in texts::LANGUAGES {
        contents.extend(assets.contents(Path::new(&format!("page-{language}.html")))?);
    }
    for script in ["families-worker.js", SHARED] {
        contents.extend(fs::read(layout::root().join("public").join(script))?);
    }
    Ok(fingerprint::short(&contents))
}

/// A script with those it shares with the page, and with what is defined for it.
fn bundle(npm: &Npm, script: &Path, define: &str) -> Result<String> {
    output(
        npm.tool("esbuild/bin/esbuild")
            .args(["--bundle", "--format=iife", "--minify", "--charset=utf8", "--log-level=warning", BROWSERS])
            .arg(define)
            .arg(script),
    )
}
