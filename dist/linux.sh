#!/usr/bin/env bash
# The program for Linux, static: one file that runs on every distribution, whatever its C library.
#
#     dist/linux.sh            for the processor of this machine
#     dist/linux.sh TARGET     for another one, if its compiler is here
#
# It leaves in target/packages/:
#     mailshot-VERSION-TARGET.tar.gz (and .sha256)   the program, its manual, completions and licences
#     mailshot_VERSION_ARCH.deb                      the same for Debian and Ubuntu, if cargo-deb is here
#
# Needed beside Rust: Python 3, musl's compiler (Debian: musl-tools), and Rust's standard library for musl
# (rustup target add x86_64-unknown-linux-musl). The Debian package needs cargo-deb (cargo install cargo-deb).
# Where musl cannot be had, a target for glibc works, too: dist/linux.sh x86_64-unknown-linux-gnu. That program runs
# on machines whose glibc is as new as the one here, or newer.
#
# MAINTAINER="Name <address>" is who answers for the Debian package; otherwise the one of Cargo.toml.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

target=${1:-$(uname -m)-unknown-linux-musl}
built=${CARGO_TARGET_DIR:-target}/$target/dist/mailshot
have() { command -v "$1" >/dev/null 2>&1; }
fail() {
    printf 'dist/linux.sh: %s\n' "$*" >&2
    exit 2
}

if [[ ! -d $(rustc --print target-libdir --target "$target") ]]; then
    fail "Rust's standard library for $target is missing: rustup target add $target"
fi
if [[ $target == *-musl ]] && ! have musl-gcc && ! have "${target%%-*}-linux-musl-gcc"; then
    fail "the C compiler for musl is missing: apt-get install musl-tools"
fi

# Without --target, flags for the program would also be flags for the tools of the build.
cargo build --locked --profile dist --target "$target"

# A program that asks for an interpreter is not static, and would not start where that is missing.
if [[ $target == *-musl ]] && readelf --program-headers "$built" | grep -q INTERP; then
    fail "$built is not static"
fi

# What is packed has sent a whole campaign.
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp -r examples/course-notice "$scratch/campaign"
"$built" --quiet send "$scratch/campaign" --sandbox

python3 dist/pack.py "$target" "$built"

if have cargo-deb; then
    # Already stripped, by the profile.
    cargo deb --no-build --no-strip --profile dist --target "$target" --output target/packages/ \
        ${MAINTAINER:+--maintainer "$MAINTAINER"}
else
    echo "no Debian package: cargo-deb is not here (cargo install cargo-deb)" >&2
fi
