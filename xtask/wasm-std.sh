#!/bin/sh
# `source`: puts Debian's copy of the standard library's source where cargo looks for it. `library`: builds that of the wasm target
# from the source and puts it where rustc looks for it.
# Only for machines on which rustup refuses `target add` and `component add` but Debian packages can be fetched.
set -eu

target=wasm32-unknown-unknown
version=$(rustc --version | cut -d' ' -f2)
sysroot=$(rustc --print sysroot)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if [ "$1" = source ]; then
    command -v apt-get >/dev/null || { echo "this machine has no apt to fetch rust-src with" >&2; exit 1; }

    # The machine's own mirror, whatever it is: the first address of its Debian sources, old or new style.
    mirror=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources 2>/dev/null |
        sed -n 's/^URIs: *//p; s/^deb  *\(\[[^]]*\] *\)\{0,1\}\([^ ]*\).*/\2/p' | tr ' ' '\n' |
        grep '/debian/*$' | head -n 1)
    [ -n "$mirror" ] || { echo "no Debian mirror in this machine's apt sources" >&2; exit 1; }

    # A list of its own, so that the machine's choice of packages stays as it is.
    mkdir -p "$work/lists/partial" "$work/cache/archives/partial"
    for suite in trixie-backports trixie forky sid; do
        echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main"
    done >"$work/sources.list"
    apt() {
        apt-get --quiet -o Dir::Etc::SourceList="$work/sources.list" -o Dir::Etc::SourceParts=/dev/null \
            -o Dir::State::Lists="$work/lists" -o Dir::Cache="$work/cache" -o APT::Sandbox::User=root "$@"
    }
    apt update >/dev/null || true
    (cd "$work" && apt download "rust-src=$version*")
    dpkg -x "$work"/rust-src_*.deb "$work/src"

    # Staged beside its place and renamed, so that an interrupted copy is never taken for a whole source.
    place=$sysroot/lib/rustlib/src
    mkdir -p "$place"
    rm -rf "$place/rust.new"
    cp -R "$work/src/usr/src/rustc-$version" "$place/rust.new"
    rm -rf "$place/rust"
    mv "$place/rust.new" "$place/rust"
    exit
fi

# Bitcode is what link-time optimisation reads; without it every release build for wasm fails.
mkdir -p "$work/empty/src"
printf '[package]\nname = "empty"\nversion = "0.0.0"\nedition = "2024"\n[workspace]\n' >"$work/empty/Cargo.toml"
: >"$work/empty/src/lib.rs"
(cd "$work/empty" && CARGO_TARGET_DIR="$work/target" RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Cembed-bitcode=yes \
    cargo build --quiet -Zbuild-std=std,panic_abort,panic_unwind,proc_macro --target $target --release)

# Staged like the source.
place=$sysroot/lib/rustlib/$target
mkdir -p "$place"
rm -rf "$place/lib.new"
mkdir "$place/lib.new"
cp "$work/target/$target"/release/deps/lib*.rlib "$place/lib.new/"
rm -f "$place/lib.new"/libempty-*.rlib
rm -rf "$place/lib"
mv "$place/lib.new" "$place/lib"
