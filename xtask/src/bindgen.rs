//! From rustc's wasm to what a JavaScript engine loads: wasm-bindgen as a library, then wasm-opt.
//!
//! The library's version equals the `wasm-bindgen` crate's because one lock file holds both; no tool has to be installed.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::process::output;
use crate::setup::Npm;

/// What rustc uses for wasm today, named one by one: `--all-features` lets wasm-opt write wasm that browsers refuse.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Who loads the module.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Loader {
    /// A browser, by `init({ module_or_path })`.
    Browser,
    /// workerd, which hands the compiled module over as an import and must be able to start it afresh after a trap.
    Worker,
}

/// One file beside the wasm: the glue or a snippet it imports.
pub struct Script {
    /// Path by which the glue imports it.
    pub path: String,
    /// Its source.
    pub source: String,
}

/// The product of wasm-bindgen.
pub struct Module {
    /// The module, stripped of what only wasm-bindgen reads.
    pub wasm: Vec<u8>,
    /// The glue's source.
    pub glue: String,
    /// Scripts that crates brought along.
    pub snippets: Vec<Script>,
}

/// Runs wasm-bindgen over the file rustc wrote.
pub fn bind(input: &Path, loader: Loader) -> Result<Module> {
    let mut bindgen = Bindgen::new();
    bindgen.input_path(input).out_name("app").typescript(false).remove_producers_section(true);
    match loader {
        Loader::Browser => bindgen.web(true)?.omit_default_module_path(true).remove_name_section(true),
        Loader::Worker => bindgen.module(true)?.reset_state_function(true),
    };
    let folder = tempfile::tempdir()?;
    bindgen.generate(folder.path()).with_context(|| format!("wasm-bindgen refused {}", input.display()))?;
    let mut snippets = Vec::new();
    collect_snippets(&folder.path().join("snippets"), "./snippets", &mut snippets)?;
    Ok(Module {
        wasm: fs::read(folder.path().join("app_bg.wasm"))?,
        glue: fs::read_to_string(folder.path().join("app.js"))?,
        snippets,
    })
}

fn collect_snippets(folder: &Path, path: &str, snippets: &mut Vec<Script>) -> Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = format!("{path}/{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            collect_snippets(&entry.path(), &path, snippets)?;
        } else {
            snippets.push(Script { path, source: fs::read_to_string(entry.path())? });
        }
    }
    Ok(())
}

/// Optimises `wasm` with wasm-opt by these `flags`, such as `-Oz`.
pub fn optimise(npm: &Npm, wasm: &[u8], flags: &[&str]) -> Result<Vec<u8>> {
    let folder = tempfile::tempdir()?;
    let (before, after) = (folder.path().join("before.wasm"), folder.path().join("after.wasm"));
    fs::write(&before, wasm)?;
    output(npm.tool("binaryen/bin/wasm-opt").args(flags).args(FEATURES).arg(&before).arg("-o").arg(&after))?;
    Ok(fs::read(after)?)
}
