//! Recipients from memory: checks every message, looks at one, and sends all of them to a sandbox in
//! this process, which captures messages instead of delivering them.
//!
//! ```sh
//! cargo run --example from_memory
//! ```

#![expect(clippy::print_stdout, reason = "it shows what happens")]

use mailshot::{Campaign, Environment, Options, To};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let people = (1..=200).map(|n| {
        [
            format!("p{n}@example.org"),
            format!("Person {n}"),
            (100 + n % 7).to_string(),
        ]
    });
    let campaign = Campaign::builder(folder.path())
        .name("rooms")
        .from("Registrar <registrar@uni.example>")
        .to("{{ name }} <{{ email }}>")
        .subject("Your room is {{ room }}")
        .text("Dear {{ name }},\n\nyour room is {{ room }}.\n")
        .html("<p>Dear {{ name }},</p><p>your room is <b>{{ room }}</b>.</p>")
        .rows(["email", "name", "room"], people)
        .build(&Environment::new(folder.path().join("state")))?;

    let mut options = Options::default();
    let checked = campaign.check_blocking(&options, &mut ())?;
    println!(
        "{} recipients, {} findings",
        checked.recipients,
        checked.findings.len()
    );
    for finding in &checked.findings {
        println!("  {} ({} rows): {}", finding.code, finding.rows, finding.what);
    }

    // Rows are counted as a spreadsheet counts them: row 1 names the columns.
    let message = campaign.message(101)?.ok_or("there is no row 101")?;
    println!("the message of row 101 has {} octets", message.len());

    options.to = To::Sandbox;
    let sent = campaign.send_blocking(&options, &mut ())?;
    println!("{} captured", sent.accepted());
    Ok(())
}
