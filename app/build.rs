//! Turns `text/kk.toml` into the enumeration `Text`, and refuses to build when a language lacks a text, has one too many, or leaves
//! one empty.

fn main() {
    if let Err(error) = texts::generate() {
        panic!("app: {error:?}");
    }
}
