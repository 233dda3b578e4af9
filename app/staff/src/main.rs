//! The entry point in the browser: boot.js has brought the texts, the library does the rest.

fn main() {
    staff::start();
}
