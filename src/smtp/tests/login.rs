//! AUTH, on loopback where it needs no TLS.

use std::sync::Arc;

use data_encoding::BASE64;
use tokio::net::TcpStream;

use super::super::auth::authenticate;
use super::super::concealed::Concealed;
use super::super::inbox::Inbox;
use super::super::wire::Wire;
use super::*;

fn with_login(mut endpoint: Endpoint, mechanism: Option<AuthMechanism>) -> Endpoint {
    endpoint.login = Some(Login {
        user: "ada".to_owned(),
        secret: "hunter22".to_owned().into(),
        mechanism,
    });
    endpoint
}

/// Logs in at a relay that offers `offer` and, after each line it hears, says the next answer.
/// What it heard comes back decoded.
async fn log_in(
    offer: &'static str,
    answers: impl AsRef<[&'static str]> + Send + 'static,
    mechanism: Option<AuthMechanism>,
) -> (Result<Session, SessionFailure>, Vec<String>) {
    let (endpoint, peer) = relay(move |mut peer| async move {
        peer.greet(&["relay.example", offer]).await;
        let mut heard = Vec::new();
        for answer in answers.as_ref() {
            heard.push(peer.hear().await);
            peer.say(answer).await;
        }
        heard
    })
    .await;
    let session = Session::open(&with_login(endpoint, mechanism)).await;
    let heard = peer.await.unwrap();
    (session, heard.iter().map(|line| decoded(line)).collect())
}

/// The line with its last word out of base64, where it is base64.
fn decoded(line: &str) -> String {
    let (before, last) = line.rsplit_once(' ').map_or(("", line), |(b, l)| (b, l));
    match BASE64.decode(last.as_bytes()) {
        Ok(bytes) if before != "AUTH" && !last.is_empty() => {
            format!("{before}|{}", String::from_utf8(bytes).unwrap())
        }
        _ => line.to_owned(),
    }
}

#[tokio::test]
async fn plain_says_all_at_once() {
    let (session, heard) = log_in("auth login plain", &["235 2.7.0 in\r\n"], None).await;
    assert!(session.unwrap().is_usable());
    assert_eq!(heard, ["AUTH PLAIN|\0ada\0hunter22"]);
}

#[tokio::test]
async fn login_answers_in_turn_whatever_the_prompts_say() {
    let answers = &["334 R2ViIG1pcg==\r\n", "334\r\n", "235 in\r\n"];
    let (session, heard) = log_in("AUTH LOGIN", answers, None).await;
    assert!(session.unwrap().is_usable());
    assert_eq!(heard, ["AUTH LOGIN", "|ada", "|hunter22"]);
}

#[tokio::test]
async fn a_login_refused_after_the_name_keeps_the_password() {
    let answers = &["334 VXNlcm5hbWU6\r\n", "535 5.7.8 who?\r\n"];
    let (session, heard) = log_in("AUTH LOGIN", answers, None).await;
    assert_eq!(session.unwrap_err().reply().unwrap().code(), Some(535));
    assert_eq!(heard, ["AUTH LOGIN", "|ada"]);
}

#[tokio::test]
async fn xoauth2_shows_the_token() {
    let (session, heard) = log_in("AUTH XOAUTH2", &["235 in\r\n"], None).await;
    assert!(session.unwrap().is_usable());
    assert_eq!(heard, ["AUTH XOAUTH2|user=ada\x01auth=Bearer hunter22\x01\x01"]);
}

#[tokio::test]
async fn a_refused_token_is_reported_in_the_relays_last_words() {
    let answers = &["334 eyJzdGF0dXMiOiI0MDAifQ==\r\n", "535 5.7.8 token expired\r\n"];
    let mechanism = Some(AuthMechanism::XOAuth2);
    let (session, heard) = log_in("AUTH PLAIN XOAUTH2", answers, mechanism).await;
    let failure = session.unwrap_err();
    assert_eq!(
        failure.to_string(),
        "login (AUTH): the relay answered \"535 5.7.8 token expired\""
    );
    assert_eq!(heard[1], "");
}

#[tokio::test]
async fn a_refused_password_is_said_once_and_never_shown() {
    let answers = &["535 5.7.8 bad password hunter22\r\n", "235 in\r\n"];
    let (session, heard) = log_in("AUTH PLAIN LOGIN", answers, None).await;
    let failure = session.unwrap_err();
    assert_eq!(failure.phase, Phase::Auth);
    assert!(matches!(failure.cause, Cause::Refused(_)));
    let shown = format!("{failure} {failure:?}");
    assert!(shown.contains("535") && !shown.contains("hunter22"), "{shown}");
    assert_eq!(heard.len(), 2);
    assert_eq!(heard[1], "", "nothing is tried after a refusal");
}

/// A relay that repeats it later, or in something that is not a reply.
#[test]
fn a_password_is_blotted_out_of_whatever_comes_after_it() {
    let mut inbox = Inbox::default();
    let login = Login {
        user: "ada".to_owned(),
        secret: "hunter22".to_owned().into(),
        mechanism: None,
    };
    inbox.conceal(Arc::new(Concealed::of(&login)));
    inbox.put(b"550 5.7.1 not for hunter22\r\n");
    let reply = inbox.reply().unwrap().unwrap();
    assert_eq!(reply.text(), "not for ***");
    let padding = "x".repeat(75);
    inbox.put(format!("{padding}hunter22\r\n").as_bytes());
    let words = inbox.reply().unwrap_err().to_string();
    assert!(!words.contains("hunt"), "{words}");
}

#[tokio::test]
async fn without_a_common_mechanism_the_offer_is_named() {
    for (offer, mechanism, named) in [
        ("AUTH CRAM-MD5 gssapi", None, "it offers CRAM-MD5, GSSAPI"),
        ("AUTH PLAIN", Some(AuthMechanism::XOAuth2), "it offers PLAIN"),
        ("DSN", None, "offers no way to log in"),
    ] {
        let (session, _) = log_in(offer, &[], mechanism).await;
        let words = session.unwrap_err().to_string();
        assert!(words.ends_with(named), "{words}");
    }
}

#[tokio::test]
async fn beyond_this_machine_nothing_is_said_without_tls() {
    let (endpoint, peer) = relay(|mut peer| async move { peer.rest().await }).await;
    let tcp = TcpStream::connect((endpoint.host.as_str(), endpoint.port)).await;
    let mut wire = Wire::over(tcp.unwrap()).unwrap();
    wire.peer = "192.0.2.1:25".parse().unwrap();
    let endpoint = with_login(endpoint, None);
    let offered = Capabilities {
        auth: vec!["PLAIN".to_owned()],
        ..Capabilities::default()
    };
    let login = endpoint.login.unwrap();
    let refused = authenticate(&mut wire, &login, &offered, patience()).await;
    assert!(matches!(refused, Err(Cause::PlaintextLogin)));
    drop(wire);
    assert!(peer.await.unwrap().is_empty());
}

#[tokio::test]
async fn an_answer_that_is_neither_yes_nor_no_is_out_of_step() {
    let (session, _) = log_in("AUTH PLAIN", &["250 fine\r\n"], None).await;
    assert!(matches!(session.unwrap_err().cause, Cause::OutOfStep(_)));
}

#[tokio::test]
async fn a_mechanism_that_is_not_taken_leads_to_the_next_and_a_judged_password_to_none() {
    for refusal in [
        "504 5.7.4 Unrecognized authentication type\r\n",
        "502 Invalid input\r\n",
        "535 5.7.8 no\r\n",
        "501 5.5.4 Invalid parameter\r\n",
        "553 5.3.0 Auth failure\r\n",
        "550 5.7.1 Account disabled\r\n",
    ] {
        let (session, heard) = log_in(
            "AUTH PLAIN LOGIN",
            vec![refusal, "334\r\n", "334\r\n", "235\r\n"],
            None,
        )
        .await;
        let judged = refusal.starts_with("535") || refusal.starts_with("550");
        assert_eq!(session.is_err(), judged, "{refusal}");
        let expected = if judged {
            ["", "", ""]
        } else {
            ["AUTH LOGIN", "|ada", "|hunter22"]
        };
        assert_eq!(heard[1..], expected, "{refusal}");
    }
}

#[tokio::test]
async fn an_initial_response_that_is_passed_over_is_said_again() {
    for (offer, command) in [("AUTH PLAIN", "AUTH PLAIN"), ("AUTH XOAUTH2", "AUTH XOAUTH2")] {
        let (session, heard) = log_in(offer, vec!["334 \r\n", "235 in\r\n"], None).await;
        assert!(session.is_ok());
        assert_eq!(heard[0], format!("{command}{}", heard[1]), "{offer}");
    }
}
