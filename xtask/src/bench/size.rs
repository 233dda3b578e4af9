use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::Figures;
use crate::build_app::{brotli, build_app};
use crate::{layout, setup};

/// The quality by which the size budget is judged: Brotli's best.
const QUALITY: i32 = 11;

/// What the first page needs before it can be used, in one language.
const FIRST_LOAD: [&str; 6] = ["kk.html", "boot_js", "app_js", "app_wasm", "style", "text_kk"];

/// What the first page of the staff console needs, the style sheet and the start script it shares with the families' app included.
const STAFF_FIRST_LOAD: [&str; 9] = [
    "staff.html",
    "boot_js",
    "staff_js",
    "staff_snippet0",
    "staff_snippet1",
    "staff_wasm",
    "style",
    "staff_style",
    "staff_text_kk",
];

/// Whether a file is the console's alone: families never load it.
fn is_staffs(name: &str) -> bool {
    name.starts_with("staff") || name.starts_with("scan")
}

/// Builds the site if need be and compresses every file of it.
pub fn measure() -> Result<Figures> {
    setup::wasm_target()?;
    build_app(&setup::npm()?)?;
    let site = layout::site();
    let mut files = Vec::new();
    collect(&site, &mut files)?;
    files.sort();
    let mut figures = Figures::new();
    let (mut first_load, mut staff_first_load, mut staff_total, mut total) = (0, 0, 0, 0);
    // The console's files are listed behind those of the families' app.
    files.sort_by_key(|file| is_staffs(stable_name(&relative(&site, file))));
    println!("{:<40} {:>10} {:>10}", "file", "bytes", "brotli");
    for file in files {
        let contents = fs::read(&file)?;
        let compressed = brotli(&contents, QUALITY)?.len();
        let path = relative(&site, &file);
        println!("{path:<40} {:>10} {compressed:>10}", contents.len());
        let name = stable_name(&path);
        total += compressed;
        if FIRST_LOAD.contains(&name) {
            first_load += compressed;
        }
        if STAFF_FIRST_LOAD.contains(&name) {
            staff_first_load += compressed;
        }
        if is_staffs(name) {
            staff_total += compressed;
        }
        figures.insert(format!("{}_brotli_bytes", name.replace(['/', '.', '-'], "_")), compressed as f64);
    }
    println!("{:<40} {:>10} {first_load:>10}", "first load", "");
    println!("{:<40} {:>10} {staff_first_load:>10}", "first load of the staff console", "");
    println!("{:<40} {:>10} {staff_total:>10}", "the staff console alone", "");
    println!("{:<40} {:>10} {total:>10}", "everything", "");
    figures.insert("first_load_brotli_bytes".into(), first_load as f64);
    figures.insert("staff_first_load_brotli_bytes".into(), staff_first_load as f64);
    figures.insert("site_brotli_bytes".into(), total as f64);
    Ok(figures)
}

fn relative(site: &Path, file: &Path) -> String {
    file.strip_prefix(site).unwrap_or(file).to_string_lossy().into_owned()
}

/// The name of a file without what changes from build to build: `assets/app_js-0a1b2c.js` is `app_js`.
fn stable_name(path: &str) -> &str {
    path.strip_prefix("assets/").and_then(|name| name.split_once('-')).map_or(path, |(name, _)| name)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_none_or(|extension| extension != "br") {
            files.push(path);
        }
    }
    Ok(())
}
