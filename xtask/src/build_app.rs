//! The app: cargo, wasm-bindgen, wasm-opt, hashed names, all into `dist/site`.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::assets::{self, Assets};
use crate::bindgen::{self, Loader};
use crate::fingerprint::{self, Stamp};
use crate::process::output;
use crate::progress::Step;
use crate::setup::Npm;
use crate::{cargo, layout, texts};

/// Everything that can change the site.
const INPUTS: [&str; 11] = [
    "app",
    "domain",
    "style",
    "public",
    "Cargo.toml",
    "Cargo.lock",
    "xtask/npm/package-lock.json",
    "xtask/src/assets.rs",
    "xtask/src/bindgen.rs",
    "xtask/src/build_app.rs",
    "xtask/src/texts.rs",
];

/// Files of `public/` that are templates, not copied as they are.
const TEMPLATES: [&str; 2] = ["index.html", "boot.js"];

/// The oldest browsers whose wasm has everything that rustc emits; CSS and JavaScript need not be older.
const BROWSERS: &str = "--target=chrome96,firefox79,safari15";

/// A compression that is nearly the best and still takes about a second for the whole site.
const BROTLI_QUALITY: i32 = 9;

/// Builds the app into `dist/site`, unless it is there already.
pub fn build_app(npm: &Npm) -> Result<()> {
    let mut step = Step::begin("app");
    step.now("waiting for another build");
    let _alone = layout::exclusive("app")?;
    let root = layout::root();
    let site = layout::site();
    let compiler = output(Command::new("rustc").arg("-vV"))?;
    let stamp = Stamp::new(layout::dist().join("site.stamp"), fingerprint::of(&root, &INPUTS, &[&compiler])?);
    if site.is_dir() && stamp.matches() {
        step.done("unchanged");
        return Ok(());
    }
    let texts = texts::load(&root.join("app/text"))?;
    cargo::run(&mut step, &["build", "--package", "tumo-app", "--profile", "app", "--target", "wasm32-unknown-unknown"])?;
    step.now("wasm-bindgen");
    let module = bindgen::bind(&layout::target().join("wasm32-unknown-unknown/app/tumo-app.wasm"), Loader::Browser)?;
    step.now("wasm-opt");
    let wasm = bindgen::optimise(npm, &module.wasm, "-Oz")?;

    step.now("assets");
    let staged = layout::dist().join("site.new");
    if staged.exists() {
        fs::remove_dir_all(&staged)?;
    }
    let mut assets = Assets::new(&staged)?;
    assets.copy(&root.join("public"), &TEMPLATES)?;
    let mut glue = module.glue;
    for (number, snippet) in module.snippets.iter().enumerate() {
        let script = minify(npm, &snippet.source, "js")?;
        let name = assets.add(&format!("snippet{number}"), "js", script.as_bytes())?;
        glue = glue.replace(&snippet.path, &format!("./{name}"));
    }
    assets.add("app_js", "js", minify(npm, &glue, "js")?.as_bytes())?;
    assets.add("app_wasm", "wasm", &wasm)?;
    assets.add("style", "css", minify(npm, &style(&root.join("style"))?, "css")?.as_bytes())?;
    for (language, texts) in &texts {
        assets.add(&format!("text_{language}"), "json", &texts::wire_form(texts)?)?;
    }
    let boot = assets.fill("public/boot.js", &fs::read_to_string(root.join("public/boot.js"))?)?;
    assets.add("boot_js", "js", minify(npm, &boot, "js")?.as_bytes())?;
    let shell = assets.fill("public/index.html", &fs::read_to_string(root.join("public/index.html"))?)?;
    assets.write("index.html", shell.as_bytes())?;
    assets.write("_redirects", redirects().as_bytes())?;

    step.now("brotli");
    compress(&staged)?;
    // The compressed copies are for the home on one host; Cloudflare compresses by itself.
    assets.write(".assetsignore", b"*.br\n")?;
    stamp.clear()?;
    assets::publish(&staged, &site)?;
    stamp.write()?;
    step.done(&format!("built, {} KB of wasm", wasm.len() / 1024));
    Ok(())
}

/// Which addresses are pages of the app: those get the shell from Cloudflare without asking the Worker. A single-page rule for
/// everything would answer a missing script with the shell, and browsers would keep it for ever under the script's name.
fn redirects() -> String {
    let exact = texts::LANGUAGES.map(|language| format!("/{language} / 200\n"));
    let below = texts::LANGUAGES.map(|language| format!("/{language}/* / 200\n"));
    exact.concat() + &below.concat()
}

/// The style sheets joined in the order of `order.txt`; a sheet that the order forgets is an error, not a missing style.
fn style(folder: &Path) -> Result<String> {
    let order = fs::read_to_string(folder.join("order.txt")).context("style/order.txt could not be read")?;
    let names: Vec<&str> = order.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        ensure!(!name.ends_with(".css") || names.contains(&name.as_str()), "style/order.txt does not name {name}");
    }
    let mut joined = String::new();
    for name in names {
        joined.push_str(&fs::read_to_string(folder.join(name)).with_context(|| format!("style/{name} could not be read"))?);
        joined.push('\n');
    }
    Ok(joined)
}

/// esbuild's minified form of a script or style sheet.
fn minify(npm: &Npm, source: &str, loader: &str) -> Result<String> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("source").with_extension(loader);
    fs::write(&file, source)?;
    output(npm.tool("esbuild/bin/esbuild").args(["--minify", "--charset=utf8", "--log-level=warning", BROWSERS]).arg(&file))
}

/// Writes `name.br` beside every file that compression makes smaller, for the home on one host to send.
fn compress(folder: &Path) -> Result<()> {
    const COMPRESSIBLE: [&str; 8] = ["css", "html", "js", "json", "svg", "txt", "wasm", "webmanifest"];
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let extension = path.extension().map(|extension| extension.to_string_lossy().into_owned()).unwrap_or_default();
        if path.is_dir() {
            compress(&path)?;
        } else if COMPRESSIBLE.contains(&extension.as_str()) {
            let contents = fs::read(&path)?;
            let compressed = brotli(&contents, BROTLI_QUALITY)?;
            if compressed.len() < contents.len() {
                fs::write(path.with_extension(format!("{extension}.br")), compressed)?;
            }
        }
    }
    Ok(())
}

/// `contents` compressed with Brotli at `quality` (11 is what the size budget is judged by).
pub fn brotli(contents: &[u8], quality: i32) -> Result<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams { quality, lgwin: 22, ..Default::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &contents[..], &mut compressed, &parameters)?;
    Ok(compressed)
}
