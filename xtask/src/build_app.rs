//! The app and the staff console beside it: cargo, wasm-bindgen, wasm-opt, hashed names, all into `dist/site`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use anyhow::{Context, Result, ensure};
use data_encoding::BASE64;
use sha2::{Digest, Sha256};

use crate::assets::{self, Assets};
use crate::bindgen::{self, Loader};
use crate::fingerprint::{self, Stamp};
use crate::linked::Linked;
use crate::process::output;
use crate::progress::Step;
use crate::setup::Npm;
use crate::{cargo, layout, service_workers, shells, split, trim};
use texts::Texts;

/// Everything that can change the site.
const INPUTS: [&str; 17] = [
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
    "xtask/src/shells.rs",
    "xtask/src/linked.rs",
    "xtask/src/manifest.rs",
    "xtask/src/service_workers.rs",
    "xtask/src/split.rs",
    "xtask/src/trim.rs",
    "xtask/texts",
];

/// Files of `public/` that are templates, not copied as they are.
const TEMPLATES: [&str; 8] =
    ["_headers", "shell", "staff.html", "boot.js", "offline.js", "families-worker.js", "staff-worker.js", "kept-files.js"];

/// The oldest browsers whose wasm has everything that rustc emits; CSS and JavaScript need not be older.
pub const BROWSERS: &str = "--target=chrome96,firefox79,safari15";

/// What cargo builds: the app, the console, and the console's reader of codes; the standard library with them, chosen for size.
const BUILD: [&str; 13] = [
    "build",
    "--package",
    "tumo-app",
    "--package",
    "tumo-staff",
    "--package",
    "tumo-scan",
    "--profile",
    "app",
    "--target",
    "wasm32-unknown-unknown",
    "-Zbuild-std=std,panic_abort",
    "-Zbuild-std-features=optimize_for_size",
];

/// A panic that ends at once needs no words, which are a tenth of what a phone downloads; the page tells by the trap. Neither this nor a
/// library compiled along is stable, so the stable compiler has to be told to take both.
const WITH_STD: [(&str, &str); 2] = [("RUSTC_BOOTSTRAP", "1"), ("RUSTFLAGS", "-Zunstable-options -Cpanic=immediate-abort")];

/// A compression that is nearly the best and still takes about a second for the whole site.
const BROTLI_QUALITY: i32 = 9;

/// Builds the app into `dist/site`, unless it is there already.
pub fn build_app(npm: &Npm) -> Result<()> {
    let mut step = Step::begin("app");
    step.now("waiting for another build");
    let _alone = layout::exclusive("app")?;
    let root = layout::root();
    let site = layout::site();
    let origin = origin()?;
    let compiler = output(Command::new("rustc").arg("-vV"))?;
    let stamp = Stamp::new(layout::dist().join("site.stamp"), fingerprint::of(&root, &INPUTS, &[&compiler, &origin])?);
    if site.is_dir() && stamp.matches() {
        step.done("unchanged");
        return Ok(());
    }
    let families = texts::load(&root.join("app/text"))?;
    let apart = texts::load(&root.join("app/text").join(texts::APART))?;
    let staff = texts::load(&root.join("app/staff/text"))?;
    cargo::run_with(&mut step, &BUILD, &WITH_STD)?;
    let staged = layout::dist().join("site.new");
    if staged.exists() {
        fs::remove_dir_all(&staged)?;
    }
    let mut assets = Assets::new(&staged)?;
    assets.copy(&root.join("public"), &TEMPLATES)?;
    let app_size = app(npm, &mut step, &mut assets)?;
    let console_size = module(npm, &mut step, &mut assets, "staff", "tumo-staff")?;
    module(npm, &mut step, &mut assets, "scan", "scan")?;
    step.now("assets");
    let style_rules = minify(npm, &style(&root.join("style"))?, "css")?;
    assets.add("style", "css", style_rules.as_bytes())?;
    assets.add("staff_style", "css", minify(npm, &style(&root.join("style/staff"))?, "css")?.as_bytes())?;
    for (((language, families), (_, apart)), (_, staff)) in families.iter().zip(&apart).zip(&staff) {
        let mut text =
            |word: &str, tables: &[&Texts]| assets.add(&format!("{word}_{language}"), "json", &texts::wire_form(tables)?);
        text("text", &[families])?;
        text("apart_text", &[apart])?;
        // The console speaks of days and numbers in the families' words.
        text("staff_text", &[families, apart, staff])?;
    }
    for (word, file) in [("boot_js", "boot.js"), ("offline_js", "offline.js")] {
        let script = fs::read_to_string(root.join("public").join(file))?;
        assets.add(word, "js", minify(npm, &script, "js")?.as_bytes())?;
    }
    shells::write(&assets, &families, &style_rules, &origin)?;
    let digest = format!("sha256-{}", BASE64.encode(&Sha256::digest(&style_rules)));
    let policy = BTreeMap::from([("style_digest".to_owned(), digest)]);
    for (name, words) in [("staff.html", &BTreeMap::new()), ("_headers", &policy)] {
        let filled = assets.fill(name, &fs::read_to_string(root.join("public").join(name))?, words)?;
        assets.write(name, filled.as_bytes())?;
    }
    service_workers::write(npm, &assets)?;
    assets.write("_redirects", redirects(&fs::read_to_string(root.join("app/pages.txt"))?).as_bytes())?;

    step.now("brotli");
    compress(&staged)?;
    // The compressed copies are for the home on one host; Cloudflare compresses by itself.
    assets.write(".assetsignore", b"*.br\n")?;
    stamp.clear()?;
    assets::publish(&staged, &site)?;
    stamp.write()?;
    step.done(&format!("built, {} KB of wasm for families, {} KB for staff", app_size / 1024, console_size / 1024));
    Ok(())
}

/// How small wasm-opt makes what a browser loads. Nothing of ours lies in the first kilobyte of memory: the stack ends there.
const SMALL: [&str; 2] = ["-Oz", "--low-memory-unused"];

/// The static through which the first part of the app calls the later one, in the words of a linker: `apart::ENTRY`.
const GATE: &str = "5apart5ENTRY";

/// The families' app, in two parts. Gives back the size of the first one's wasm.
fn app(npm: &Npm, step: &mut Step, assets: &mut Assets) -> Result<usize> {
    step.now("wasm-bindgen");
    let file = wasm_file("tumo-app");
    let module = bindgen::bind(&file, Loader::Browser)?;
    let glue = trim::classes(npm, &module.glue)?;
    let (wasm, uncalled) = trim::exports(&module.wasm, &glue)?;
    let places = Linked::read(&fs::read(&file)?)?.places(&uncalled, GATE)?;
    let wasm = split::without(&wasm, &places.unneeded)?;
    step.now("wasm-opt");
    let (wasm, glue) = trim::names(npm, &bindgen::optimise(npm, &wasm, &SMALL)?, &glue)?;
    let parts = split::split(&wasm, &places.later)?;
    let first = bindgen::optimise(npm, &parts.first, &SMALL)?;
    assets.add("app_js", "js", glue.as_bytes())?;
    assets.add("app_wasm", "wasm", &first)?;
    assets.add("apart_wasm", "wasm", &bindgen::optimise(npm, &parts.later, &SMALL)?)?;
    Ok(first.len())
}

/// What the browser loads of one module: glue and wasm, under the words `{name}_js` and `{name}_wasm`, from the `file` that rustc
/// wrote. Gives back the size of the wasm.
fn module(npm: &Npm, step: &mut Step, assets: &mut Assets, name: &str, file: &str) -> Result<usize> {
    step.now("wasm-bindgen");
    let module = bindgen::bind(&wasm_file(file), Loader::Browser)?;
    step.now("wasm-opt");
    let wasm = bindgen::optimise(npm, &module.wasm, &SMALL)?;
    let mut glue = module.glue;
    for (number, snippet) in module.snippets.iter().enumerate() {
        let script = minify(npm, &snippet.source, "js")?;
        let file = assets.add(&format!("{name}_snippet{number}"), "js", script.as_bytes())?;
        // Where it is fetched from, and no more: the wasm knows it by its path.
        for quote in ['"', '\''] {
            let from = |path: &str| format!("from {quote}{path}{quote}");
            glue = glue.replace(&from(&snippet.path), &from(&format!("./{file}")));
        }
    }
    assets.add(&format!("{name}_js"), "js", minify(npm, &glue, "js")?.as_bytes())?;
    assets.add(&format!("{name}_wasm"), "wasm", &wasm)?;
    Ok(wasm.len())
}

fn wasm_file(name: &str) -> PathBuf {
    layout::target().join(format!("wasm32-unknown-unknown/app/{name}.wasm"))
}

/// Which addresses are pages, and of which shell: those get it from Cloudflare without asking the Worker. A single-page rule for
/// everything would answer a missing script with the shell, and browsers would keep it for ever under the script's name; and an address
/// that leads nowhere has to say so. The front page of a language is a file by itself. `pages` are the families' others, a line each.
fn redirects(pages: &str) -> String {
    let of_language = |language: &str| {
        let page = |path: &str| {
            let shell = if path == "/invariants" { "invariants" } else { "page" };
            format!("/{language}{path} /{shell}-{language} 200\n/{language}{path}/ /{shell}-{language} 200\n")
        };
        format!("/{language}/ /page-{language} 200\n{}", pages.lines().map(page).collect::<String>())
    };
    texts::LANGUAGES.map(of_language).concat() + "/staff/* /staff 200\n"
}

/// Where the site is reached: search engines and messengers want whole addresses. `SITE_ORIGIN`, or that of `wrangler.toml`.
fn origin() -> Result<String> {
    if let Ok(origin) = env::var("SITE_ORIGIN") {
        return Ok(origin);
    }
    let config: toml::Table = fs::read_to_string(layout::root().join("wrangler.toml"))?.parse().context("in wrangler.toml")?;
    let origin = config.get("vars").and_then(|vars| vars.get("SITE_ORIGIN")).and_then(|origin| origin.as_str());
    Ok(origin.context("wrangler.toml says no SITE_ORIGIN")?.to_owned())
}

/// The style sheets joined in the order of `order.txt`; a sheet that the order forgets is an error, not a missing style.
fn style(folder: &Path) -> Result<String> {
    let order =
        fs::read_to_string(folder.join("order.txt")).with_context(|| format!("{} has no order.txt", folder.display()))?;
    let names: Vec<&str> = order.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        ensure!(
            !name.ends_with(".css") || names.contains(&name.as_str()),
            "{}/order.txt does not name {name}",
            folder.display()
        );
    }
    let mut joined = String::new();
    for name in names {
        joined.push_str(&fs::read_to_string(folder.join(name)).with_context(|| format!("{name} could not be read"))?);
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
