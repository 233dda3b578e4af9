//! The peer's site: ours with its own scripts in the place of the app.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use texts::Texts;

use crate::assets::copy_tree;
use crate::build_app::BROWSERS;
use crate::process::output;
use crate::setup::Npm;
use crate::{fingerprint, layout};

/// The pages it has: our shells, so that nobody is painted earlier for having another one.
const PAGES: [&str; 2] = ["kk.html", "page-kk.html"];

/// How the lines of a shell begin that bring the app.
const OF_THE_APP: [&str; 3] =
    ["<link rel=\"modulepreload\"", "<link rel=\"preload\" href=\"/assets/app_wasm", "<script type=\"module\" id=\"boot\""];

/// Builds it anew: the folder of the site.
pub fn build(npm: &Npm) -> Result<PathBuf> {
    let site = layout::target().join("bench/peer");
    if site.exists() {
        fs::remove_dir_all(&site)?;
    }
    copy_tree(&layout::site(), &site, &[])?;
    let script = bundle(npm)?;
    let name = format!("/assets/peer-{}.js", fingerprint::short(script.as_bytes()));
    fs::write(site.join(name.trim_start_matches('/')), script)?;
    for page in PAGES {
        let file = site.join(page);
        let ours = fs::read_to_string(&file)?;
        fs::write(&file, with_script(&ours, &name).with_context(|| page.to_owned())?)?;
    }
    Ok(site)
}

/// The scripts of `tests/peers/page` with Preact, and with our texts and word mark.
fn bundle(npm: &Npm) -> Result<String> {
    let root = layout::root();
    let generated = tempfile::tempdir()?;
    let texts = texts::load(&root.join("app/text"))?;
    let kazakh = texts.iter().find(|(language, _)| *language == "kk").context("no Kazakh texts")?;
    let module = generated.path().join("texts.js");
    fs::write(&module, constants(&kazakh.1)?)?;
    output(
        npm.tool("esbuild/bin/esbuild")
            .env("NODE_PATH", npm.path(""))
            .args(["--bundle", "--format=esm", "--minify", "--charset=utf8", "--log-level=warning", BROWSERS])
            .args(["--jsx=automatic", "--jsx-import-source=preact", "--loader:.svg=text"])
            .arg(format!("--alias:texts={}", module.display()))
            .arg(format!("--alias:wordmark={}", root.join("public/art/wordmark.svg").display()))
            .arg(root.join("tests/peers/page/main.jsx")),
    )
}

/// A constant for each text, so that the bundle holds those alone that its pages name: `home.lead` is `home_lead`.
fn constants(texts: &Texts) -> Result<String> {
    let mut module = String::new();
    for (key, text) in texts {
        module.push_str(&format!("export const {} = {};\n", key.replace('.', "_"), serde_json::to_string(text)?));
    }
    Ok(module)
}

/// A shell that loads this script and not the app.
fn with_script(shell: &str, script: &str) -> Result<String> {
    let (of_the_app, mut rest): (Vec<&str>, Vec<&str>) =
        shell.lines().partition(|line| OF_THE_APP.iter().any(|beginning| line.starts_with(beginning)));
    ensure!(of_the_app.len() == OF_THE_APP.len(), "the shell brings the app otherwise: {of_the_app:?}");
    let own = format!("<script type=\"module\" src=\"{script}\"></script>");
    let end = rest.iter().position(|line| *line == "</head>").context("the shell has no head")?;
    rest.insert(end, &own);
    Ok(rest.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_app_gives_way_to_the_script() {
        let shell = "<head>\n<link rel=\"modulepreload\" href=\"a\">\n<link rel=\"preload\" href=\"/assets/app_wasm-1.wasm\">\n\
            <script type=\"module\" id=\"boot\"></script>\n</head>";
        let own = with_script(shell, "/assets/peer-1.js").unwrap();
        assert_eq!(own, "<head>\n<script type=\"module\" src=\"/assets/peer-1.js\"></script>\n</head>");
        assert!(with_script("<head>\n</head>", "/assets/peer-1.js").is_err());
    }
}
