//! Turns `text/kk.toml` into the enumeration `Text`, and refuses to build when a language lacks a text, has one too many, or leaves
//! one empty.

fn main() {
    if let Err(error) = texts::generate() {
        panic!("app: {error:?}");
    }
    if std::env::var_os("CARGO_CFG_TARGET_FAMILY").is_some_and(|family| family == "wasm") {
        // By these xtask knows what belongs to which part.
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
}
