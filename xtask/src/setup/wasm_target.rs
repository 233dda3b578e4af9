use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::layout;
use crate::process::{find, output};
use crate::progress::Step;

/// The compiler's target for both the app and the Worker.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// Makes sure that rustc has the standard library for wasm, and its source: what phones download is compiled together with it.
///
/// Where rustup is missing or may not download, the source is Debian's copy, and the library is built from it.
pub fn wasm_target() -> Result<()> {
    let mut step = Step::begin("wasm target");
    if present()? && source_present()? {
        step.done("ok");
        return Ok(());
    }
    if find("rustup").is_some() {
        step.now("rustup target add");
        output(Command::new("rustup").args(["target", "add", TARGET])).ok();
        output(Command::new("rustup").args(["component", "add", "rust-src"])).ok();
    }
    for (there, part) in [(source_present as fn() -> Result<bool>, "source"), (present, "library")] {
        if !there()? {
            step.now(&format!("the standard library's {part}"));
            output(Command::new("sh").arg(layout::root().join("xtask/wasm-std.sh")).arg(part)).with_context(|| {
                format!(
                    "the wasm target is missing: run `rustup target add {TARGET}` and `rustup component add rust-src` for the \
                     toolchain in use, then try again"
                )
            })?;
        }
    }
    step.done("installed");
    Ok(())
}

/// Whether cargo can compile the standard library.
fn source_present() -> Result<bool> {
    let sysroot = output(Command::new("rustc").args(["--print", "sysroot"]))?;
    Ok(PathBuf::from(sysroot.trim()).join("lib/rustlib/src/rust/library/std/Cargo.toml").is_file())
}

fn present() -> Result<bool> {
    let printed = output(Command::new("rustc").args(["--print", "target-libdir", "--target", TARGET]))?;
    let entries = fs::read_dir(PathBuf::from(printed.trim()));
    Ok(entries.is_ok_and(|mut entries| {
        entries.any(|entry| entry.is_ok_and(|entry| entry.file_name().to_string_lossy().starts_with("libstd-")))
    }))
}
