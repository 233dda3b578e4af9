//! The backend on one host: API and static files from one address.

#[cfg(not(target_arch = "wasm32"))]
mod headers;
#[cfg(not(target_arch = "wasm32"))]
mod host;
#[cfg(not(target_arch = "wasm32"))]
mod site;

#[cfg(not(target_arch = "wasm32"))]
fn main() -> anyhow::Result<()> {
    host::main()
}

#[cfg(target_arch = "wasm32")]
fn main() {}
