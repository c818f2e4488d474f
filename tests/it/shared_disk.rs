//! A ledger on a disk of the network: told, and written without a log in memory that machines would
//! have to share. A library that is loaded first stands for the disk.

#![cfg(target_os = "linux")]

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::support::bench::Bench;
use crate::support::gate::Gate;
use crate::support::notice::bench;
use crate::support::peer::Peer;

/// Says of every file system that it is of the kind in SHIM_KIND, and of locks what SHIM_LOCK says.
const SHIM: &str = r#"
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/vfs.h>
static void say(long *kind) {
    const char *said = getenv("SHIM_KIND");
    if (said) *kind = strtol(said, 0, 16);
}
int statfs(const char *path, struct statfs *found) {
    int (*next)(const char *, struct statfs *) = dlsym(RTLD_NEXT, "statfs");
    int result = next(path, found);
    if (!result) say((long *)&found->f_type);
    return result;
}
int statfs64(const char *path, struct statfs64 *found) {
    int (*next)(const char *, struct statfs64 *) = dlsym(RTLD_NEXT, "statfs64");
    int result = next(path, found);
    if (!result) say((long *)&found->f_type);
    return result;
}
int flock(int file, int how) {
    int (*next)(int, int) = dlsym(RTLD_NEXT, "flock");
    const char *said = getenv("SHIM_LOCK");
    if (!said) return next(file, how);
    errno = atoi(said);
    return -1;
}
"#;

/// The library, beside the campaign; `None` where there is no C compiler.
fn shim(bench: &Bench) -> Option<PathBuf> {
    let (source, library) = (bench.path("../shim.c"), bench.path("../shim.so"));
    fs::write(&source, SHIM).expect("the source");
    let made = Command::new("cc")
        .args(["-shared", "-fPIC", "-o"])
        .arg(&library)
        .arg(&source)
        .arg("-ldl")
        .status();
    match made {
        Ok(status) if status.success() => Some(library),
        _ => {
            crate::support::skip("there is no C compiler");
            None
        }
    }
}

fn on(peer: &Peer, settings: &[(&str, &str)]) -> Option<Bench> {
    let bench = bench(peer, 20, "connections = 1");
    let library = shim(&bench)?;
    let bench = bench.env("LD_PRELOAD", &library.to_string_lossy());
    Some(
        settings
            .iter()
            .fold(bench, |bench, (name, value)| bench.env(name, value)),
    )
}

/// From the header of an SQLite file: whether it has a write-ahead log.
fn has_log(bench: &Bench) -> bool {
    bench.bytes(".mailshot/campaign.db").get(18..20) == Some(&[2, 2])
}

#[test]
fn a_ledger_on_a_network_file_system_is_told_and_has_a_rollback_journal() {
    for (kind, name) in [("6969", "NFS"), ("ff534d42", "SMB"), ("01021997", "9P")] {
        let gate = Gate::default();
        let peer = Peer::holding_after(5, &gate);
        let Some(bench) = on(&peer, &[("SHIM_KIND", kind)]) else {
            return;
        };
        let run = bench.spawn(&["send", "--yes"]);
        peer.wait_until("the sixth content", |log| log.contents() == 6);
        assert!(!has_log(&bench) && !bench.path(".mailshot/campaign.db-wal").exists());
        // Others may look meanwhile, and a kill loses nothing.
        bench.run(&["status"]).code(0).stdout_has("accepted            5");
        let outcome = run.kill();
        outcome.stderr_has(&format!(
            "the ledger ./.mailshot/campaign.db is on a network file system ({name})"
        ));
        gate.open();
        bench.run(&["send", "--yes"]).code(1);
        let log = peer.finish();
        log.assert_each_message_once();
        assert_eq!(log.contents(), 20);
    }
}

#[test]
fn a_ledger_goes_from_one_disk_to_the_other() {
    let peer = Peer::policy(|_| None);
    let Some(bench) = on(&peer, &[]) else { return };
    bench
        .run(&["send", "--yes", "--limit", "5"])
        .code(0)
        .stderr_lacks("network");
    assert!(has_log(&bench));
    let bench = bench.env("SHIM_KIND", "6969");
    bench
        .run(&["send", "--yes", "--limit", "5"])
        .code(0)
        .stderr_has("network file system (NFS)");
    assert!(!has_log(&bench));
    // A program that serves files on this machine is no network.
    let bench = bench.env("SHIM_KIND", "65735546");
    bench.run(&["send", "--yes"]).code(0).stderr_lacks("network");
    assert!(has_log(&bench));
    peer.finish().assert_each_message_once();
}

#[test]
fn a_file_system_without_locks_is_named_with_the_way_out() {
    for number in ["37", "95", "38"] {
        let peer = Peer::policy(|_| None);
        let Some(bench) = on(&peer, &[("SHIM_LOCK", number)]) else {
            return;
        };
        bench
            .run(&["send", "--yes"])
            .code(2)
            .stderr_has("the lock ./.mailshot/campaign.lock cannot be taken: ")
            .stderr_has("this file system has no locks")
            .stderr_has("move the campaign to a disk of this computer");
        assert_eq!(peer.finish().contents(), 0);
    }
}
