//! The sandbox as a test double: the test of another program gives the program the sandbox's port,
//! and looks at the messages that arrived. Nothing leaves the machine.
//!
//! ```sh
//! cargo run --example sandbox_test
//! ```

#![expect(clippy::print_stdout, reason = "it shows what happens")]

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};

use lettre::{Message, SmtpTransport, Transport};
use mailshot::sandbox::{Options, Sandbox};
use tokio::sync::oneshot;

/// The program under test: it sends a message to the server at this port.
fn program_under_test(port: u16) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let mail = Message::builder()
        .from("shop@uni.example".parse()?)
        .to("ada@example.org".parse()?)
        .subject("Your order")
        .body("It is on its way.".to_owned())?;
    let server = SmtpTransport::builder_dangerous("127.0.0.1").port(port).build();
    server.send(&mail)?;
    Ok(())
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let arrived = Arc::new(Mutex::new(Vec::new()));
    let notes = Arc::clone(&arrived);
    let sandbox = Sandbox::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), Options::default())
        .await?
        .on_message(move |captured| {
            if let Ok(mut notes) = notes.lock() {
                notes.push((captured.from.clone(), captured.to.clone()));
            }
        });
    let port = sandbox.local_addr().port();
    let (stop, stopped) = oneshot::channel::<()>();
    let server = tokio::spawn(sandbox.serve(async move {
        // Whether it was sent or dropped: the test is over.
        let _ = stopped.await;
    }));

    tokio::task::spawn_blocking(move || program_under_test(port)).await??;

    drop(stop);
    server.await??;
    let arrived = arrived.lock().map_err(|_| "a test failed before")?;
    assert_eq!(arrived.len(), 1, "one mail arrived");
    let (from, to) = &arrived[0];
    println!("{from} wrote to {}", to.join(", "));
    Ok(())
}
