//! The Worker: cargo, wasm-bindgen, wasm-opt and the small script that starts it, all into `dist/worker`.

use std::fs;
use std::process::Command;

use anyhow::{Result, ensure};

use crate::bindgen::{self, Loader};
use crate::fingerprint::{self, Stamp};
use crate::process::output;
use crate::progress::Step;
use crate::setup::Npm;
use crate::{assets, cargo, layout};

/// Everything that can change the Worker.
const INPUTS: [&str; 9] = [
    "worker",
    "domain",
    "Cargo.toml",
    "Cargo.lock",
    "xtask/npm/package-lock.json",
    "xtask/src/bindgen.rs",
    "xtask/src/build_worker.rs",
    "xtask/src/worker_entry.mjs",
    "xtask/src/worker_entry_local.mjs",
];

/// Answers to workerd on the wasm's behalf.
const ENTRY: &str = include_str!("worker_entry.mjs");

/// The same with a way to run the schedule; not deployed.
const LOCAL_ENTRY: &str = include_str!("worker_entry_local.mjs");

/// Builds the Worker into `dist/worker`, unless it is there already.
pub fn build_worker(npm: &Npm) -> Result<()> {
    let mut step = Step::begin("worker");
    step.now("waiting for another build");
    let _alone = layout::exclusive("worker")?;
    let folder = layout::worker();
    let compiler = output(Command::new("rustc").arg("-vV"))?;
    let stamp = Stamp::new(layout::dist().join("worker.stamp"), fingerprint::of(&layout::root(), &INPUTS, &[&compiler])?);
    if folder.is_dir() && stamp.matches() {
        step.done("unchanged");
        return Ok(());
    }
    cargo::run(
        &mut step,
        &["build", "--package", "tumo-worker", "--lib", "--profile", "edge", "--target", "wasm32-unknown-unknown"],
    )?;
    step.now("wasm-bindgen");
    let module = bindgen::bind(&layout::target().join("wasm32-unknown-unknown/edge/tumo_worker.wasm"), Loader::Worker)?;
    step.now("wasm-opt");
    let wasm = bindgen::optimise(npm, &module.wasm, &["-O2"])?;

    let staged = layout::dist().join("worker.new");
    if staged.exists() {
        fs::remove_dir_all(&staged)?;
    }
    fs::create_dir_all(&staged)?;
    for snippet in &module.snippets {
        let file = staged.join(&snippet.path);
        if let Some(parent) = file.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(file, &snippet.source)?;
    }
    // workerd gives the compiled module for a plain import; the source-phase form is the same thing, not yet understood there.
    let source_phase = "import source ";
    ensure!(module.glue.contains(source_phase), "wasm-bindgen no longer imports its module by `import source`");
    fs::write(staged.join("app.js"), module.glue.replacen(source_phase, "import ", 1))?;
    fs::write(staged.join("app_bg.wasm"), &wasm)?;
    fs::write(staged.join("index.mjs"), ENTRY)?;
    fs::write(staged.join("local.mjs"), LOCAL_ENTRY)?;
    stamp.clear()?;
    assets::publish(&staged, &folder)?;
    stamp.write()?;
    step.done(&format!("built, {} KB of wasm", wasm.len() / 1024));
    Ok(())
}
