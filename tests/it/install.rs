//! What makes the packages is sound: the archive, the Debian package's list of files, the recipes, the
//! image and the workflows agree with each other and with Cargo.toml. Nothing is built here.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::support::python::{interpreter, snippet};
use crate::support::{pass_over, skip};

/// What a release has an archive for.
const TARGETS: [&str; 4] = [
    "aarch64-apple-darwin",
    "x86_64-apple-darwin",
    "x86_64-pc-windows-msvc",
    "x86_64-unknown-linux-musl",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn manifest() -> toml::Table {
    text("Cargo.toml").parse().expect("Cargo.toml")
}

/// A key of `[package]`.
fn stated(key: &str) -> String {
    manifest()["package"][key].as_str().expect("text").to_owned()
}

/// Runs a script of dist/. `None`: there is no Python, and the test skips.
fn script(name: &str, arguments: &[&str]) -> Option<Output> {
    let Some(python) = interpreter() else {
        skip("there is no Python");
        return None;
    };
    let mut command = Command::new(python);
    command
        .arg(root().join("dist").join(name))
        .args(arguments)
        .stdin(Stdio::null());
    Some(command.output().expect("Python starts"))
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[&output.stdout[..], &output.stderr[..]].concat()).into_owned()
}

/// All files below a folder, by their path in it.
fn below(folder: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut ahead = vec![folder.to_owned()];
    while let Some(next) = ahead.pop() {
        for entry in fs::read_dir(&next).unwrap_or_else(|error| panic!("{}: {error}", next.display())) {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                ahead.push(path);
            } else {
                let inner = path.strip_prefix(folder).expect("it is below");
                found.insert(inner.display().to_string());
            }
        }
    }
    found
}

/// The archive of this program, made as for a release, except that a short script takes the place of
/// the program: packing the debug build would take longer than everything else here.
#[cfg(target_os = "linux")]
fn packed(folder: &Path) -> Option<PathBuf> {
    use std::os::unix::fs::PermissionsExt;

    let program = folder.join("mailshot");
    let line = format!("#!/bin/sh\nexec '{}' \"$@\"\n", env!("CARGO_BIN_EXE_mailshot"));
    fs::write(&program, line).expect("a script");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("a script that can run");
    let target = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
    let output = folder.join("packages");
    let output = script(
        "pack.py",
        &[
            &target,
            &program.display().to_string(),
            "--output",
            &output.display().to_string(),
        ],
    )?;
    assert!(output.status.success(), "{}", said(&output));
    Some(String::from_utf8_lossy(&output.stdout).trim().into())
}

#[test]
#[cfg(target_os = "linux")]
fn an_archive_has_a_program_that_runs_its_manual_and_the_licences_of_what_is_in_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(archive) = packed(folder.path()) else {
        return;
    };
    let packages = archive.parent().expect("a folder");
    let run = |program: &str, arguments: &[&str]| {
        let mut command = Command::new(program);
        let output = command.args(arguments).current_dir(packages).output();
        let output = output.unwrap_or_else(|error| panic!("{program}: {error}"));
        assert!(output.status.success(), "{program}: {}", said(&output));
        said(&output)
    };
    let name = archive.file_name().expect("a name").display().to_string();
    assert!(
        run("sha256sum", &["--check", &format!("{name}.sha256")]).contains("OK"),
        "{name}"
    );

    run("tar", &["-xzf", &name]);
    let unpacked = packages.join(name.trim_end_matches(".tar.gz"));
    let program = unpacked.join("mailshot").display().to_string();
    let version = stated("version");
    assert_eq!(
        run(&program, &["--version"]).trim(),
        format!("mailshot {version}")
    );

    let files = below(&unpacked);
    for name in [
        "README.md",
        "SECURITY.md",
        "LICENSE-MIT",
        "LICENSE-APACHE",
        "man/man1/mailshot-send.1",
        "man/zh_CN/man1/mailshot-send.1",
        "completions/bash/mailshot",
        "completions/zsh/_mailshot",
        "completions/fish/mailshot.fish",
        "completions/powershell/mailshot.ps1",
    ] {
        assert!(files.contains(name), "{name} is not in the archive: {files:#?}");
    }
    let chinese = fs::read_to_string(unpacked.join("man/zh_CN/man1/mailshot-send.1")).expect("the manual");
    assert!(chinese.contains("名称"), "{chinese}");
    // Libraries in Rust, in C, and the ones that only other systems or the tests need.
    let licences = fs::read_to_string(unpacked.join("THIRD-PARTY.txt")).expect("the licences");
    for name in [
        "\nlettre ",
        "\naws-lc-sys ",
        "\nlibmimalloc-sys ",
        "Permission is hereby granted",
    ] {
        assert!(licences.contains(name), "{name:?} is not in THIRD-PARTY.txt");
    }
    for name in ["\nproptest ", "\nsecurity-framework "] {
        assert!(!licences.contains(name), "{name:?} is not in the program");
    }

    let first = fs::read(&archive).expect("the archive");
    let again = packed(folder.path()).expect("the archive, again");
    assert!(
        first == fs::read(again).expect("the archive"),
        "two archives of one commit differ"
    );

    // What the Debian package takes from the same place.
    let files = below(&packages.join("files"));
    for source in assets() {
        if let Some(pattern) = source.strip_prefix("target/packages/files/") {
            let there = match pattern.strip_suffix('*') {
                Some(folder) => files.iter().any(|name| name.starts_with(folder)),
                None => files.contains(pattern),
            };
            assert!(there, "Cargo.toml wants {source}, which pack.py does not write");
        }
    }
}

/// The sources of the files in the Debian package.
fn assets() -> Vec<String> {
    let manifest = manifest();
    let assets = manifest["package"]["metadata"]["deb"]["assets"].as_array();
    let assets = assets.expect("a list").iter();
    assets
        .map(|asset| asset[0].as_str().expect("a source").to_owned())
        .collect()
}

#[test]
fn the_debian_package_lists_files_that_exist() {
    let assets = assets();
    // cargo-deb replaces this folder, whatever the profile and the target are.
    assert!(
        assets.contains(&"target/release/mailshot".to_owned()),
        "{assets:?}"
    );
    for source in assets.iter().filter(|source| !source.starts_with("target/")) {
        assert!(root().join(source).is_file(), "there is no {source}");
    }
    // Its licence is the one of the sources, as Debian writes it.
    let copyright = text("dist/copyright")
        .replace("\n .\n", "\n\n")
        .replace("\n ", "\n");
    let licence = text("LICENSE-MIT");
    let (holder, terms) = licence.split_once("\n\nPermission").expect("a licence");
    let holder = holder.rsplit("(c) ").next().expect("a holder");
    assert!(copyright.contains(&format!("Copyright: {holder}\n")), "{holder}");
    assert!(copyright.contains(&format!("Permission{terms}")), "{copyright}");
}

#[test]
fn recipes_have_the_checksum_of_each_archive() {
    let folder = tempfile::tempdir().expect("a folder");
    let archives = folder.path().display().to_string();
    let version = stated("version");
    let recipes = |output: &str| {
        let output = folder.path().join(output).display().to_string();
        script(
            "recipes.py",
            &[
                "--url",
                "https://releases.example/v1/",
                "--publisher",
                "Registrar",
                "--archives",
                &archives,
                "--output",
                &output,
            ],
        )
    };
    let digest = |n: usize| format!("{n:x}").repeat(64);
    for (n, target) in TARGETS.iter().enumerate() {
        let kind = if target.contains("windows") {
            "zip"
        } else {
            "tar.gz"
        };
        let name = format!("mailshot-{version}-{target}.{kind}");
        let line = format!("{}  {name}\n", digest(n));
        fs::write(folder.path().join(format!("{name}.sha256")), line).expect("a checksum");
    }
    let Some(output) = recipes("all") else { return };
    assert!(output.status.success(), "{}", said(&output));

    let written: Vec<(String, String)> = below(&folder.path().join("all"))
        .into_iter()
        .map(|name| {
            let text = fs::read_to_string(folder.path().join("all").join(&name)).expect("a recipe");
            (name.replace('\\', "/"), text)
        })
        .collect();
    let names: Vec<&str> = written.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "brew/mailshot.rb",
            "winget/Registrar.mailshot.installer.yaml",
            "winget/Registrar.mailshot.locale.en-US.yaml",
            "winget/Registrar.mailshot.locale.zh-CN.yaml",
            "winget/Registrar.mailshot.yaml",
        ]
    );
    for (name, text) in &written {
        assert!(!text.contains('@'), "{name} is not filled in: {text}");
        assert!(text.contains(&version), "{name} has another version: {text}");
    }
    let all: String = written.iter().map(|(_, text)| text.as_str()).collect();
    for (n, target) in TARGETS.iter().enumerate() {
        let address = format!("https://releases.example/v1/mailshot-{version}-{target}");
        let (_, rest) = all
            .split_once(&address)
            .unwrap_or_else(|| panic!("{target}: {all}"));
        let next = rest.lines().nth(1).expect("a checksum");
        assert!(next.contains(&digest(n)), "{target}: {next}");
    }
    assert_yaml(&folder.path().join("all/winget"));

    // A recipe for an archive that is not there would be wrong for everybody who uses it.
    let gone = format!("mailshot-{version}-x86_64-apple-darwin.tar.gz.sha256");
    fs::remove_file(folder.path().join(gone)).expect("a checksum");
    let output = recipes("some").expect("Python is here");
    assert_eq!(output.status.code(), Some(1));
    assert!(
        said(&output).contains("brew: no archive for x86_64-apple-darwin"),
        "{}",
        said(&output)
    );
    assert!(!folder.path().join("some/brew").exists());
    assert!(folder.path().join("some/winget").exists());
}

/// Every file in the folder is YAML, and a mapping.
fn assert_yaml(folder: &Path) {
    let code = r#"
import json, pathlib, sys
try:
    import yaml
except ImportError:
    print("null"); sys.exit()
files = sorted(pathlib.Path(sys.argv[1]).glob("*.y*ml"))
print(json.dumps({path.name: type(yaml.safe_load(path.read_text(encoding="utf-8"))).__name__ for path in files}))
"#;
    let Some(found) = snippet(code, &[folder]) else {
        return;
    };
    let Some(found) = found.as_object() else {
        return skip("there is no PyYAML");
    };
    assert!(!found.is_empty(), "{}", folder.display());
    for (name, kind) in found {
        assert_eq!(kind, "dict", "{name}");
    }
}

#[test]
fn workflows_are_yaml_run_only_actions_of_github_and_build_what_the_recipes_need() {
    assert_yaml(&root().join(".github/workflows"));
    for name in ["ci.yml", "release.yml"] {
        let workflow = text(&format!(".github/workflows/{name}"));
        for line in workflow.lines().filter(|line| line.contains("uses:")) {
            assert!(line.contains("uses: actions/"), "{name}: {line}");
        }
        // What is written into a shell's line by the runner is run by it, a branch's name, too.
        let mut indent = None;
        for line in workflow.lines() {
            let here = line.len() - line.trim_start().len();
            if indent.is_some_and(|indent| here <= indent && !line.trim().is_empty()) {
                indent = None;
            }
            if line.trim_start().trim_start_matches("- ").starts_with("run:") {
                indent = Some(here);
            }
            assert!(indent.is_none() || !line.contains("${{"), "{name}: {line}");
        }
    }
    let workflow = text(".github/workflows/release.yml");
    let built: BTreeSet<&str> = workflow
        .lines()
        .filter_map(|line| line.trim().strip_prefix("- target: "))
        .collect();
    assert_eq!(built, BTreeSet::from(TARGETS));
}

#[test]
fn the_image_is_built_with_the_toolchain_of_the_manifest_and_runs_as_an_ordinary_user() {
    let lines = text("dist/Containerfile");
    let version = stated("rust-version");
    assert!(lines.contains(&format!("/rust:{version}-slim")), "{version}");
    let instruction = |name: &str| lines.lines().rfind(|line| line.starts_with(name));
    assert_eq!(instruction("USER "), Some("USER mailshot"));
    // The glibc of the build and of the image that runs it.
    let debian = "trixie";
    assert!(lines.contains(&format!("-slim-{debian}\n")), "{lines}");
    assert!(lines.contains(&format!("/debian:{debian}-slim\n")), "{lines}");
    // Nothing personal gets into an image.
    let left_out = text(".dockerignore");
    for name in ["/.git", "/target", "**/.mailshot", "**/results"] {
        assert!(
            left_out.lines().any(|line| line == name),
            "{name} is in the image's context"
        );
    }
}

#[test]
fn scripts_pass_shellcheck() {
    if Command::new("shellcheck").arg("--version").output().is_err() {
        return pass_over("there is no shellcheck");
    }
    let scripts = [
        "dist/linux.sh",
        "tests/run",
        "tests/chaos",
        "benches/run",
        ".ci/run",
    ];
    let output = Command::new("shellcheck")
        .current_dir(root())
        .args(scripts)
        .output();
    let output = output.expect("shellcheck starts");
    assert!(output.status.success(), "{}", said(&output));
}
