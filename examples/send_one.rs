//! Sends one personal message, and prints the result.
//!
//! ```sh
//! cargo run --example send_one -- smtps://smtp.uni.example ada@example.org Ada
//! ```

#![expect(clippy::print_stdout, reason = "it shows what happens")]

use mailshot::{Campaign, Environment, Options};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut next = |what: &str| arguments.next().ok_or(format!("{what} is missing"));
    let (relay, address, name) = (next("the relay")?, next("the address")?, next("the name")?);

    // The ledger is in this folder: running this again does not send the message twice.
    let folder = std::env::temp_dir().join("mailshot-send-one");
    let environment = Environment::new(folder.join("state"));
    let campaign = Campaign::builder(&folder)
        .from("Registrar <registrar@uni.example>")
        .to("{{ name }} <{{ email }}>")
        .subject("Welcome, {{ name }}")
        .text("Dear {{ name }},\n\nyour room is 101.\n")
        .rows(["email", "name"], [[address, name]])
        .relay(relay)
        .build(&environment)?;
    let sent = campaign.send_blocking(&Options::default(), &mut ())?;
    println!("{} of {} accepted", sent.accepted(), sent.messages);
    Ok(())
}
