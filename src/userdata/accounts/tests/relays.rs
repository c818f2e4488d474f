//! What is remembered about relays.

use super::*;

#[test]
fn what_a_relay_can_do_is_forgotten_after_a_while() {
    let world = World::new();
    let store = world.store();
    let host = "smtp.uni.example";
    assert_eq!(store.pipelining(host).unwrap(), []);
    for learned in [Learned::EnvelopeOnly, Learned::StepByStep, Learned::LateReplies] {
        store
            .learn(host, "uni.example esmtp", learned, LEARNED_LASTS)
            .unwrap();
        world.pass(micros(LEARNED_LASTS) - 1);
        let again = world.store();
        let known = again.pipelining(host).unwrap();
        assert_eq!(
            known.iter().map(|known| known.learned).collect::<Vec<_>>(),
            [learned]
        );
        assert!(known[0].is_of("uni.example esmtp") && !known[0].is_of("another"));
        assert_eq!(again.pipelining("mail.uni.example").unwrap(), []);
    }
    world.pass(1);
    assert_eq!(store.pipelining(host).unwrap(), []);
}

/// It was by port, and of whichever server.
#[test]
fn what_version_1_knew_of_a_relay_holds_for_all_its_ports() {
    let world = World::new();
    let expires = world.wall.load(Ordering::SeqCst) + DAY;
    std::fs::create_dir_all(world.path().parent().unwrap()).unwrap();
    let old = Connection::open(world.path()).unwrap();
    old.execute_batch(&format!(
        "CREATE TABLE reservation (id INTEGER PRIMARY KEY AUTOINCREMENT, account TEXT NOT NULL,
             recipients INTEGER NOT NULL, open INTEGER NOT NULL DEFAULT 1, until INTEGER NOT NULL);
         CREATE INDEX reservation_account ON reservation (account, until);
         CREATE TABLE relay (relay TEXT PRIMARY KEY, pipelining TEXT NOT NULL, expires INTEGER NOT NULL) WITHOUT ROWID;
         CREATE TABLE clock (seen INTEGER NOT NULL);
         INSERT INTO relay VALUES ('smtp.uni.example:465', 'off', {expires}), ('smtp.uni.example:587', 'envelope', {expires}),
             ('[2001:db8::1]:25', 'envelope', {expires}), ('old.uni.example:25', 'envelope', 1);
         PRAGMA application_id = {}; PRAGMA user_version = 1;",
        STORE.application
    ))
    .unwrap();
    drop(old);
    let store = world.store();
    let known = |host: &str| -> Vec<Learned> {
        let known = store.pipelining(host).unwrap();
        assert!(known.iter().all(|known| known.is_of("any greeting")));
        known.iter().map(|known| known.learned).collect()
    };
    assert_eq!(known("smtp.uni.example"), [Learned::StepByStep]);
    assert_eq!(known("[2001:db8::1]"), [Learned::EnvelopeOnly]);
    assert_eq!(known("old.uni.example"), []);
}
