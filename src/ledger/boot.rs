//! Which boot of which machine this is.
//!
//! Intents survive the death of the process, but not of the machine. The boot id, kept with each
//! run, distinguishes the two afterwards.

/// An id that changes when the machine restarts; empty where the system
/// has none to give, which counts as another boot: the safe side.
pub(super) fn id() -> String {
    #[cfg(target_os = "linux")]
    {
        std::fs::read_to_string("/proc/sys/kernel/random/boot_id")
            .map(|id| id.trim().to_owned())
            .unwrap_or_default()
    }
    #[cfg(not(target_os = "linux"))]
    {
        String::new()
    }
}

/// The machine's name, for people.
pub(super) fn host() -> String {
    gethostname::gethostname().to_string_lossy().into_owned()
}
