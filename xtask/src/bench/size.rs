use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result};

use super::Figures;
use crate::budgets::{self, stable_name};
use crate::build_app::build_app;
use crate::setup;

/// Whether a file is the console's alone: families never load it.
fn is_staffs(name: &str) -> bool {
    name.starts_with("staff") || name.starts_with("scan")
}

/// Builds the site if need be and compresses every file of it.
pub fn measure() -> Result<Figures> {
    setup::wasm_target()?;
    build_app(&setup::npm()?)?;
    let mut files = budgets::files_of_site()?;
    let mut figures = Figures::new();
    let mut weights = BTreeMap::new();
    let (mut staff_total, mut total) = (0, 0);
    // The console's files are listed behind those of the families' app.
    files.sort_by_key(|(path, _)| is_staffs(stable_name(path)));
    println!("{:<40} {:>10} {:>10}", "file", "bytes", "brotli");
    for (path, file) in &files {
        let contents = fs::read(file)?;
        let compressed = budgets::weigh(&contents)?;
        println!("{path:<40} {:>10} {compressed:>10}", contents.len());
        let name = stable_name(path);
        total += compressed;
        if is_staffs(name) {
            staff_total += compressed;
        }
        weights.insert(name, compressed);
        figures.insert(format!("{}_brotli_bytes", name.replace(['/', '.', '-'], "_")), compressed as f64);
    }
    for budget in budgets::all()? {
        let weight = budget.weight(|name| weights.get(name).copied().with_context(|| format!("the site has no {name}")))?;
        println!("{:<40} {:>10} {weight:>10}   of {}", budget.name.replace('_', " "), "", budget.most);
        figures.insert(format!("{}_brotli_bytes", budget.name), weight as f64);
    }
    println!("{:<40} {:>10} {staff_total:>10}", "the staff console alone", "");
    println!("{:<40} {:>10} {total:>10}", "everything", "");
    figures.insert("site_brotli_bytes".into(), total as f64);
    Ok(figures)
}
