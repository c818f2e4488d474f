#!/usr/bin/env python3
"""Fills in the recipes for Homebrew and winget, for a release whose archives are there.

    dist/recipes.py --url URL --publisher NAME [--homepage URL] [--archives DIR] [--output DIR]

--url is the folder from which the archives can be downloaded; their checksums are read from the files beside them
in --archives (default: target/packages), as dist/pack.py left them. The recipes are written to --output (default:
target/packages/recipes). A recipe that lacks an archive is not written, and the exit code is 1.
"""

import argparse
import re
import sys
from pathlib import Path

DIST = Path(__file__).resolve().parent
PACKAGES = DIST.parent / "target/packages"
RECIPES = {"brew": ["mailshot.rb"], "winget": [path.name for path in sorted((DIST / "winget").glob("*.yaml"))]}


def main():
    parser = argparse.ArgumentParser(description="Fills in the recipes for Homebrew and winget.")
    parser.add_argument("--url", required=True, help="where the archives can be downloaded")
    parser.add_argument("--publisher", required=True, help="who publishes, as winget names it")
    parser.add_argument("--homepage", help="default: --url")
    parser.add_argument("--archives", type=Path, default=PACKAGES)
    parser.add_argument("--output", type=Path, default=PACKAGES / "recipes")
    args = parser.parse_args()

    manifest = (DIST.parent / "Cargo.toml").read_text(encoding="utf-8")
    version = re.search('^version = "(.+)"$', manifest, re.MULTILINE)[1]
    values = {
        "VERSION": version,
        "URL": args.url.rstrip("/"),
        "HOMEPAGE": args.homepage or args.url,
        "PUBLISHER": args.publisher,
    }
    sums = checksums(args.archives, version)
    incomplete = 0
    for kind, names in RECIPES.items():
        templates = {name: (DIST / kind / name).read_text(encoding="utf-8") for name in names}
        targets = {target for text in templates.values() for target in re.findall("@SHA256:([^@]+)@", text)}
        if lacking := sorted(targets - sums.keys()):
            print(f"{kind}: no archive for {', '.join(lacking)} in {args.archives}", file=sys.stderr)
            incomplete = 1
            continue
        folder = args.output / kind
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in templates.items():
            (folder / file_name(name, args.publisher)).write_text(
                filled(text, values, sums), encoding="utf-8", newline="\n"
            )
        print(folder)
    sys.exit(incomplete)


def checksums(folder, version):
    """Of each archive of this version, by its target."""
    found = {}
    for path in sorted(folder.rglob("*.sha256")):
        digest, name = path.read_text(encoding="utf-8").split()
        if match := re.fullmatch(rf"mailshot-{re.escape(version)}-(.+?)\.(tar\.gz|zip)", name):
            found[match[1]] = digest
    return found


def file_name(name, publisher):
    """winget wants the whole identifier in the name of a file."""
    return f"{publisher}.{name}" if name.endswith(".yaml") else name


def filled(text, values, sums):
    # The first line of a template speaks of the template.
    lines = [line for line in text.splitlines(keepends=True) if "dist/recipes.py" not in line]
    text = "".join(lines)
    text = re.sub("@SHA256:([^@]+)@", lambda match: sums[match[1]], text)
    return re.sub("@([A-Z]+)@", lambda match: values[match[1]], text)


if __name__ == "__main__":
    main()
