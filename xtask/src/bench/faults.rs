use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result, ensure};

use super::Figures;
use crate::build_app::build_app;
use crate::build_native::build_native;
use crate::build_worker::build_worker;
use crate::server::{HOME_VARIABLE, Home};
use crate::{cargo, layout, setup};

/// How often each home is killed.
const KILLS: u32 = 20;

/// Kills both homes in the middle of surges: the crash test of the suite `faults`, with many more rounds. Each figure is the sum
/// over both homes, and beside it stands each home's own.
pub fn measure() -> Result<Figures> {
    setup::wasm_target()?;
    let npm = setup::npm()?;
    build_app(&npm)?;
    build_worker(&npm)?;
    build_native(false)?;
    let mut figures = Figures::new();
    let mut all_held = true;
    for home in [Home::Native, Home::Workerd] {
        let (own, held) = killed(home)?;
        all_held &= held;
        for (name, value) in own {
            figures.insert(format!("{}_{name}", home.name()), value);
            *figures.entry(name).or_default() += value;
        }
    }
    println!("{:<24} {:>8}", "", "count");
    for (name, value) in &figures {
        println!("{name:<24} {value:>8}");
    }
    ensure!(all_held, "a promise was broken; the lines above say which");
    Ok(figures)
}

/// The figures of one home, and whether its test passed.
fn killed(home: Home) -> Result<(BTreeMap<String, f64>, bool)> {
    let file = layout::target().join(format!("bench/faults-{}.part", home.name()));
    fs::create_dir_all(layout::target().join("bench"))?;
    // What an earlier run found must not be taken for a result of this one.
    fs::remove_file(&file).ok();
    let status = cargo::command()
        .args(["test", "--package", "tumo-tests", "--test", "faults", "--", "crash"])
        .env(HOME_VARIABLE, home.name())
        .env("TUMO_KILLS", KILLS.to_string())
        .env("TUMO_FIGURES", &file)
        .status()
        .context("cargo could not be started")?;
    let told = fs::read(&file).with_context(|| format!("the surges on {} came to no end", home.name()))?;
    fs::remove_file(&file).ok();
    Ok((serde_json::from_slice(&told)?, status.success()))
}
