//! What is on disk, and when.

use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};

use super::super::{Sandbox, SandboxError, Tally, clear};
use super::running::{LOOPBACK, Running, envelope, jsonl, keeping};

#[tokio::test]
async fn messages_are_on_disk_before_their_250() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("a/b");
    let notices = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&notices);
    let sandbox = Sandbox::bind(LOOPBACK, keeping(&output)).await.unwrap();
    let running =
        Running::of(sandbox.on_message(move |captured| heard.lock().unwrap().push(captured.clone())));
    let mut client = running.connect().await;
    client
        .send(&format!(
            "EHLO me.example\r\nAUTH PLAIN AHVzZXIAc2VjcmV0\r\n{}",
            envelope("ada@example.org")
        ))
        .await;
    client.expect(&["220", "250", "235", "250", "250", "354"]).await;
    client
        .send(&format!(
            "s: 1\r\n\r\n..x\r\n.\r\n{}",
            envelope("bob@example.org>\r\nRCPT TO:<eve@example.org")
        ))
        .await;
    client.expect(&["250 2.0.0 captured as 000001"]).await;
    let first = output.join("messages/000001-ada@example.org.eml");
    assert_eq!(fs::read(&first).unwrap(), b"s: 1\r\n\r\n.x\r\n");
    assert_eq!(
        jsonl(&output),
        [serde_json::json!({
            "file": "messages/000001-ada@example.org.eml", "from": "from@example.org", "to": ["ada@example.org"],
            "size": 12, "tls": false, "login": "user", "helo": "me.example", "smtputf8": false
        })]
    );
    client.expect(&["250", "250", "250", "354"]).await;
    client.send("s: 2\r\n.\r\nQUIT\r\n").await;
    client.expect(&["250 2.0.0 captured as 000002", "221"]).await;
    client.expect_end().await;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(
            (mode(&first), mode(&output.join("envelopes.jsonl"))),
            (0o600, 0o600)
        );
        assert_eq!((mode(&output), mode(&output.join("messages"))), (0o700, 0o700));
    }
    assert_eq!(
        running.stop().await,
        Tally {
            messages: 2,
            recipients: 3,
            connections: 1,
            bytes: 18
        }
    );
    let numbers: Vec<_> = notices
        .lock()
        .unwrap()
        .iter()
        .map(|captured| (captured.number, captured.size))
        .collect();
    assert_eq!(numbers, [(1, 12), (2, 6)]);
}

#[tokio::test]
async fn a_second_run_goes_on_and_shares_with_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let deliver = async |running: &Running| {
        let mut client = running.connect().await;
        client
            .send(&format!("HELO x\r\n{}a: b\r\n.\r\n", envelope("ada@example.org")))
            .await;
        client.expect(&["220", "250", "250", "250", "354", "250"]).await;
    };
    for number in 1..=3 {
        let running = Running::start(keeping(folder.path())).await;
        let second = Sandbox::bind(LOOPBACK, keeping(folder.path())).await;
        assert!(matches!(second, Err(SandboxError::InUse { .. })), "{second:?}");
        assert_eq!(
            clear(folder.path()).unwrap_err().kind(),
            std::io::ErrorKind::ResourceBusy
        );
        deliver(&running).await;
        running.stop().await;
        assert!(
            folder
                .path()
                .join(format!("messages/{number:06}-ada@example.org.eml"))
                .exists()
        );
        assert_eq!(jsonl(folder.path()).len(), number);
    }
    clear(folder.path()).unwrap();
    let running = Running::start(keeping(folder.path())).await;
    deliver(&running).await;
    running.stop().await;
    assert!(folder.path().join("messages/000001-ada@example.org.eml").exists());
}

#[tokio::test]
async fn what_cannot_be_written_is_not_accepted() {
    let folder = tempfile::tempdir().unwrap();
    let running = Running::start(keeping(folder.path())).await;
    let messages = folder.path().join("messages");
    fs::rename(&messages, folder.path().join("aside")).unwrap();
    let mut client = running.connect().await;
    let once = format!("{}a: b\r\n.\r\n", envelope("ada@example.org"));
    client.send(&format!("EHLO x\r\n{once}")).await;
    client
        .expect(&["220", "250", "250", "250", "354", "452 4.3.1"])
        .await;
    fs::rename(folder.path().join("aside"), &messages).unwrap();
    client.send(&once).await;
    client.expect(&["250", "250", "354", "250"]).await;
    assert_eq!(jsonl(folder.path()).len(), 1);
    assert_eq!(running.stop().await.messages, 1);
}

#[tokio::test]
async fn two_clients_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let running = Running::start(keeping(folder.path())).await;
    let send = async |name: &str| {
        let mut client = running.connect().await;
        client.send("EHLO x\r\n").await;
        client.expect(&["220", "250"]).await;
        for number in 0..50 {
            let content = format!("n: {name}{number}\r\n\r\n{}.\r\n", "filling\r\n".repeat(100));
            client
                .send(&format!(
                    "{}{content}",
                    envelope(&format!("{name}{number}@example.org"))
                ))
                .await;
            client.expect(&["250", "250", "354", "250"]).await;
        }
    };
    tokio::join!(send("a"), send("b"));
    let tally = running.stop().await;
    assert_eq!((tally.messages, tally.connections), (100, 2));
    let lines = jsonl(folder.path());
    assert_eq!(lines.len(), 100);
    for line in lines {
        let content = fs::read_to_string(folder.path().join(line["file"].as_str().unwrap())).unwrap();
        let (name, _) = line["to"][0].as_str().unwrap().split_once('@').unwrap();
        assert!(content.starts_with(&format!("n: {name}\r\n")), "{line}");
        assert_eq!(content.len() as u64, line["size"].as_u64().unwrap());
    }
}
