#!/usr/bin/env python3
"""Makes the archive of a program that was built: the program, its manual, its completions, its licences.

    dist/pack.py TARGET PROGRAM

TARGET is the name that Rust has for the system (x86_64-unknown-linux-musl); PROGRAM is the file that cargo built,
and must run here, because the manual and the completions come out of it. The archive is
target/packages/mailshot-VERSION-TARGET.tar.gz (.zip for Windows), with a line for sha256sum in a file beside it.
What is packed stays in target/packages/files/, where the Debian package takes it from (Cargo.toml,
[package.metadata.deb]). Two archives of one commit are the same, octet for octet.

Needs Python 3.8 and cargo, on any system.
"""

import argparse
import gzip
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# For each shell, the name under which it looks for the script.
COMPLETIONS = {
    "bash": "bash/mailshot",
    "zsh": "zsh/_mailshot",
    "fish": "fish/mailshot.fish",
    "powershell": "powershell/mailshot.ps1",
}
# The names of licences in the sources of a crate, and of the C libraries within it.
LICENCES = ("LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE", "UNLICENSE")


def main():
    parser = argparse.ArgumentParser(description="Makes the archive of a program that was built.")
    parser.add_argument("target", metavar="TARGET")
    parser.add_argument("program", metavar="PROGRAM", type=Path)
    parser.add_argument("--output", type=Path, default=ROOT / "target/packages", metavar="DIR")
    args = parser.parse_args()

    version = re.search('^version = "(.+)"$', (ROOT / "Cargo.toml").read_text(encoding="utf-8"), re.MULTILINE)[1]
    said = subprocess.run([args.program, "--version"], check=True, capture_output=True, text=True).stdout.split()
    if said != ["mailshot", version]:
        sys.exit(f"{args.program} says {' '.join(said)!r}, but Cargo.toml has version {version}: build it again")

    files = args.output / "files"
    shutil.rmtree(files, ignore_errors=True)
    write_files(args.program, files)
    (files / "THIRD-PARTY.txt").write_text(notices(args.target), encoding="utf-8", newline="\n")

    windows = "windows" in args.target
    name = f"mailshot-{version}-{args.target}"
    content = {f"{name}/{path}": source for path, source in inside(files, args.program, windows).items()}
    archive = args.output / (name + (".zip" if windows else ".tar.gz"))
    (pack_zip if windows else pack_tar)(archive, content, newest())
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    # Exactly what sha256sum writes, so that `sha256sum --check` reads it.
    archive.with_name(archive.name + ".sha256").write_text(f"{digest}  {archive.name}\n", newline="\n")
    print(archive)


def write_files(program, files):
    """The manual in both languages, and the completions."""
    for language, folder in (("en", "man/man1"), ("zh", "man/zh_CN/man1")):
        (files / folder).mkdir(parents=True)
        subprocess.run([program, "--quiet", "--lang", language, "man", files / folder], check=True)
    for shell, path in COMPLETIONS.items():
        # The words in the scripts are English on every machine that builds.
        script = subprocess.run([program, "--lang", "en", "completions", shell], check=True, capture_output=True).stdout
        target = files / "completions" / path
        target.parent.mkdir(parents=True)
        target.write_bytes(script)


def inside(files, program, windows):
    """The content of the archive, by its path there: (source, may it be run)."""
    content = {"mailshot.exe" if windows else "mailshot": (program, True)}
    for name in ("README.md", "CHANGELOG.md", "SECURITY.md", "LICENSE-APACHE", "LICENSE-MIT"):
        content[name] = (ROOT / name, False)
    for path in sorted(files.rglob("*")):
        inner = path.relative_to(files).as_posix()
        # Windows has no man.
        if path.is_file() and not (windows and inner.startswith("man/")):
            content[inner] = (path, False)
    return content


def notices(target):
    """The licences of everything that is in the program: their texts must be passed on with it."""
    command = [os.environ.get("CARGO", "cargo"), "metadata", "--locked", "--format-version=1"]
    found = subprocess.run(
        [*command, "--filter-platform", target], cwd=ROOT, check=True, stdout=subprocess.PIPE
    ).stdout
    metadata = json.loads(found)
    packages = {each["id"]: each for each in metadata["packages"]}
    nodes = {each["id"]: each for each in metadata["resolve"]["nodes"]}
    root = metadata["resolve"]["root"]

    # What the program is linked with. Tools of the build and of the tests are not in it.
    linked, ahead = set(), [root]
    while ahead:
        for dependency in nodes[ahead.pop()]["deps"]:
            normal = any(kind["kind"] is None for kind in dependency["dep_kinds"])
            if normal and dependency["pkg"] not in linked:
                linked.add(dependency["pkg"])
                ahead.append(dependency["pkg"])

    listed, texts = [], {}
    for each in sorted((packages[one] for one in linked), key=lambda one: (one["name"], one["version"])):
        title = f"{each['name']} {each['version']}"
        listed.append(f"{title}: {each['license'] or 'see its text below'}")
        for text in licence_texts(Path(each["manifest_path"]).parent):
            # Many crates have the same licence, with other breaks of lines.
            texts.setdefault(" ".join(text.split()), (text, []))[1].append(title)
    if not texts:
        sys.exit("no licences were found: are the sources of the crates here? (cargo fetch)")

    line = "-" * 79
    parts = ["mailshot contains these libraries, under the licences that are named:\n", *listed, ""]
    for text, titles in sorted(texts.values(), key=lambda entry: entry[1][0]):
        # A title once, even if its sources have the text several times.
        parts += [line, ", ".join(dict.fromkeys(titles)), line, text, ""]
    return "\n".join(parts) + "\n"


def licence_texts(folder):
    for path in sorted(folder.rglob("*")):
        named = path.name.upper().startswith(LICENCES) and path.suffix.lower() in ("", ".md", ".txt", ".mit", ".apache")
        if named and path.is_file():
            yield path.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n").strip()


def newest():
    """The time of the files in the archive: of the commit, or as SOURCE_DATE_EPOCH says."""
    if said := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(said)
    git = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True)
    return int(git.stdout) if git.returncode == 0 and git.stdout.strip() else int(time.time())


def pack_tar(archive, content, when):
    tape = io.BytesIO()
    with tarfile.open(fileobj=tape, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for path, (source, runs) in sorted(content.items()):
            octets = source.read_bytes()
            member = tarfile.TarInfo(path)
            member.size, member.mtime, member.mode = len(octets), when, 0o755 if runs else 0o644
            tar.addfile(member, io.BytesIO(octets))
    archive.write_bytes(gzip.compress(tape.getvalue(), mtime=when))


def pack_zip(archive, content, when):
    stamp = time.gmtime(max(when, 315532800))[:6]  # a zip cannot say a year before 1980
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for path, (source, runs) in sorted(content.items()):
            member = zipfile.ZipInfo(path, stamp)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = (0o100755 if runs else 0o100644) << 16
            packed.writestr(member, source.read_bytes())


if __name__ == "__main__":
    main()
