//! What is in the parts: bodies and attachments, octet for octet.

use sha2::{Digest, Sha256};

use super::{bench, compose, compose_all, text};

#[test]
fn attachments_arrive_octet_for_octet() {
    let every_octet: Vec<u8> = (0..=255).cycle().take(70_000).collect();
    let files: [(&str, &[u8]); 5] = [
        ("bare-lf.csv", b"a,b\n1,2\n\n3,4"),
        ("mixed.csv", b"a,b\r\n1,2\n3,4\r5,6"),
        ("dots.txt", b".\n..\n.\r\n"),
        ("octets.bin", &every_octet),
        ("empty.txt", b""),
    ];
    let names = files.map(|(name, _)| format!("'{name}'")).join(", ");
    let bench = files.iter().fold(
        bench(&format!("text = 'notice.txt'\nattach = [{names}]")),
        |bench, (name, content)| bench.file(name, content),
    );
    let Some(messages) = compose(&bench) else { return };
    for (i, (name, content)) in files.iter().enumerate() {
        let part = &messages[0]["parts"][i + 1];
        assert_eq!(part["filename"].as_str(), Some(*name));
        let digest = data_encoding::HEXLOWER.encode(Sha256::digest(content).as_slice());
        assert_eq!(part["sha256"].as_str(), Some(digest.as_str()), "{name}");
        assert_eq!(part["encoding"], "base64", "{name}");
    }
}

#[test]
fn every_row_has_its_own_attachment() {
    let bench = bench("text = 'notice.txt'\nattach = ['letters/{{ name }}.txt']")
        .csv(
            "people.csv",
            "email,name\nada@example.org,Ada\nwang@example.org,王\n",
        )
        .file("letters/Ada.txt", "for Ada\n")
        .file("letters/王.txt", "给王\n");
    let Some(messages) = compose(&bench) else { return };
    assert_eq!(messages.len(), 2);
    for (message, (name, content)) in messages
        .iter()
        .zip([("Ada.txt", "for Ada\n"), ("王.txt", "给王\n")])
    {
        assert_eq!(message["parts"][1]["filename"].as_str(), Some(name));
        assert_eq!(text(&message["parts"][1]), content);
    }
}

#[test]
fn bodies_arrive_as_they_were_written() {
    let long = "a line of two thousand letters: ".to_owned() + &"a".repeat(2000) + "\n";
    let chinese = "教".repeat(3000) + "\n";
    let large = "The quick brown fox jumps over the lazy dog; 敏捷的棕色狐狸。\n".repeat(16_000);
    assert!(large.len() > 1 << 20);
    let cases = [
        ("plain", "Hello\n", "Hello\n"),
        ("no line end at the end", "Hello\nAda", "Hello\nAda"),
        ("CRLF", "Hello\r\n\r\nAda\r\n", "Hello\n\nAda\n"),
        ("mixed line ends", "Hello\r\nAda\n", "Hello\nAda\n"),
        (
            "dots and From",
            ".\n..\nFrom here\n.end\n",
            ".\n..\nFrom here\n.end\n",
        ),
        (
            "spaces at the end",
            "Hello   \nAda\t\n-- \n",
            "Hello   \nAda\t\n-- \n",
        ),
        (
            "signs",
            "= =3D =?utf-8?q?x?= \u{a0}\n",
            "= =3D =?utf-8?q?x?= \u{a0}\n",
        ),
        ("byte order mark", "\u{feff}Hello\n", "Hello\n"),
        ("a long line", &long, &long),
        ("a long Chinese line", &chinese, &chinese),
        ("a megabyte", &large, &large),
        (
            "included",
            "Hello\n{% include 'parts/end.txt' %}",
            "Hello\nYours,\nAda & Co.\n",
        ),
    ];
    // Each beside an HTML part, and alone in its message.
    for message in ["text = 'notice.txt'\nhtml = 'notice.html'", "text = 'notice.txt'"] {
        let campaign = |body: &str| {
            bench(message)
                .file("notice.txt", body)
                .file("parts/end.txt", "Yours,\n{{ name }} & Co.\n")
        };
        let benches: Vec<_> = cases.iter().map(|(_, body, _)| campaign(body)).collect();
        let Some(messages) = compose_all(&benches) else {
            return;
        };
        assert_eq!(messages.len(), cases.len());
        for (message, (name, _, expected)) in messages.iter().zip(cases) {
            // The line end at the very end is the transport's.
            let got = text(&message["parts"][0]);
            assert!(
                got.trim_end_matches('\n') == expected.trim_end_matches('\n'),
                "{name}: {}",
                got.chars().take(200).collect::<String>()
            );
        }
    }
}
