//! With a token endpoint on loopback that answers by script.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::thread::JoinHandle;

use super::*;
use crate::words::Speak as _;

const TOKEN: &str = r#"{"access_token":"access-1","token_type":"Bearer","expires_in":3600}"#;

/// Answers one request after another, and hands over what each asked for.
struct Endpoint {
    url: String,
    thread: JoinHandle<Vec<Vec<(String, String)>>>,
}

impl Endpoint {
    fn new(answers: &[(u16, &str)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/token", listener.local_addr().unwrap());
        let answers: Vec<_> = answers
            .iter()
            .map(|(code, body)| (*code, (*body).to_owned()))
            .collect();
        let thread = std::thread::spawn(move || {
            answers
                .iter()
                .map(|(code, body)| {
                    let (mut socket, _) = listener.accept().unwrap();
                    let mut reader = BufReader::new(socket.try_clone().unwrap());
                    let (mut line, mut length) = (String::new(), 0);
                    while reader.read_line(&mut line).unwrap() > 2 {
                        let header = std::mem::take(&mut line).to_lowercase();
                        if let Some(value) = header.strip_prefix("content-length:") {
                            length = value.trim().parse().unwrap();
                        }
                    }
                    let mut form = vec![0; length];
                    reader.read_exact(&mut form).unwrap();
                    write!(
                        socket,
                        "HTTP/1.1 {code} x\r\nContent-Type: application/json\r\nLocation: http://127.0.0.1:1/\r\n\
                         Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
                        body.len()
                    )
                    .unwrap();
                    url::form_urlencoded::parse(&form).into_owned().collect()
                })
                .collect()
        });
        Self { url, thread }
    }

    fn oauth2(&self) -> OAuth2 {
        OAuth2 {
            client_id: "mailshot".to_owned(),
            client_secret: Some(SecretSource::Command("echo client-s3cret".to_owned())),
            refresh_token: SecretSource::Command("echo refresh-1".to_owned()),
            token_url: self.url.parse().unwrap(),
            scope: Some("mail offline".to_owned()),
        }
    }

    fn tokens(&self) -> AccessTokens {
        AccessTokens::new(&relay(), &self.oauth2(), &mut |_| true).unwrap()
    }

    /// What came, in order.
    fn asked(self) -> Vec<Vec<(String, String)>> {
        self.thread.join().unwrap()
    }
}

fn relay() -> Relay {
    Relay::new("school", "smtps://smtp.uni.example".parse().unwrap())
}

fn value<'f>(form: &'f [(String, String)], key: &str) -> &'f str {
    form.iter()
        .find(|(name, _)| name == key)
        .map_or("", |(_, value)| value)
}

#[test]
fn a_token_is_asked_for_once_while_it_lives() {
    let endpoint = Endpoint::new(&[(200, TOKEN)]);
    let tokens = endpoint.tokens();
    for _ in 0..3 {
        assert_eq!(tokens.token().unwrap().expose_secret(), "access-1");
    }
    let asked = endpoint.asked();
    let form = &asked[0];
    for (key, expected) in [
        ("grant_type", "refresh_token"),
        ("refresh_token", "refresh-1"),
        ("client_id", "mailshot"),
        ("client_secret", "client-s3cret"),
        ("scope", "mail offline"),
    ] {
        assert_eq!(value(form, key), expected, "{form:?}");
    }
}

#[test]
fn a_token_about_to_end_is_replaced_with_the_newest_refresh_token() {
    let short = |access: &str, refresh: &str| {
        format!(
            r#"{{"access_token":"{access}","token_type":"bearer","expires_in":60,"refresh_token":"{refresh}"}}"#
        )
    };
    let (first, second) = (short("access-1", "refresh-2"), short("access-2", "refresh-2"));
    let endpoint = Endpoint::new(&[(200, &first), (200, &second)]);
    let tokens = endpoint.tokens();
    assert_eq!(tokens.token().unwrap().expose_secret(), "access-1");
    assert_eq!(tokens.refresh_token().expose_secret(), "refresh-2");
    assert_eq!(tokens.token().unwrap().expose_secret(), "access-2");
    let asked = endpoint.asked();
    assert_eq!(value(&asked[0], "refresh_token"), "refresh-1");
    assert_eq!(value(&asked[1], "refresh_token"), "refresh-2");
}

#[test]
fn a_refusal_says_what_to_do_and_tells_no_secret() {
    for (code, body, words) in [
        (
            400,
            r#"{"error":"invalid_grant","error_description":"refresh-1 has been revoked\u001b[31m"}"#,
            "no longer accepts the refresh token of the relay `school`",
        ),
        (
            401,
            r#"{"error":"invalid_client","error_description":"client-s3cret is wrong for refresh-1"}"#,
            "run-hint-token-refused",
        ),
        (
            200,
            r#"{"token":"refresh-1 client-s3cret"}"#,
            "not an access token",
        ),
        (200, "refresh-1 client-s3cret", "not an access token"),
        (400, "<html>refresh-1 client-s3cret</html>", "not an access token"),
        (503, "refresh-1 client-s3cret", "HTTP 503"),
        // No other host gets the refresh token.
        (307, "refresh-1 client-s3cret", "HTTP 307"),
    ] {
        let endpoint = Endpoint::new(&[(code, body)]);
        let error = endpoint.tokens().token().unwrap_err();
        let told = format!("{error} {:?} {error:?}", error.hints());
        assert!(
            told.contains(words) && told.contains("127.0.0.1"),
            "{code}: {told}"
        );
        for secret in ["refresh-1", "client-s3cret", "\u{1b}"] {
            assert!(!told.contains(secret), "{code}: {told}");
        }
        endpoint.asked();
    }
}

#[test]
fn an_endpoint_that_is_not_there_is_named() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let mut oauth2 = Endpoint::new(&[]).oauth2();
    oauth2.token_url = format!("http://127.0.0.1:{port}/token").parse().unwrap();
    let tokens = AccessTokens::new(&relay(), &oauth2, &mut |_| true).unwrap();
    let error = tokens.token().unwrap_err().to_string();
    assert!(
        error.contains("127.0.0.1 cannot be asked for an access token"),
        "{error}"
    );
    assert!(!error.contains("refresh-1"), "{error}");
}

#[test]
fn a_secret_that_is_not_there_is_named_by_its_source() {
    let endpoint = Endpoint::new(&[]);
    let mut oauth2 = endpoint.oauth2();
    oauth2.refresh_token = SecretSource::Command("exit 3".to_owned());
    let Err(error) = AccessTokens::new(&relay(), &oauth2, &mut |_| true) else {
        panic!("there is no refresh token");
    };
    let words = error.to_string();
    assert!(
        words.contains("the refresh token of the relay `school`") && words.contains("exit 3"),
        "{words}"
    );
}

/// As delivery asks: on a thread that may block, and the last owner may be an asynchronous one.
#[test]
fn a_token_can_be_renewed_while_a_runtime_runs() {
    let endpoint = Endpoint::new(&[(200, TOKEN)]);
    let tokens = std::sync::Arc::new(endpoint.tokens());
    let runtime = tokio::runtime::Builder::new_multi_thread().build().unwrap();
    let token = runtime.block_on(async {
        let asking = std::sync::Arc::clone(&tokens);
        let token = tokio::task::spawn_blocking(move || asking.token()).await.unwrap();
        drop(tokens);
        token.unwrap()
    });
    assert_eq!(token.expose_secret(), "access-1");
    endpoint.asked();
}
