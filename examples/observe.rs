//! Sends a campaign from async code, prints what happens, and stops on Ctrl-C.
//!
//! ```sh
//! cargo run --example observe -- examples/course-notice
//! ```

#![expect(clippy::print_stdout, reason = "it shows what happens")]

use mailshot::{Campaign, Checked, Environment, Observer, Options, Settled, Stage, To};

/// Prints what happens.
struct Printer;

impl Observer for Printer {
    fn stage(&mut self, stage: Stage, total: Option<u64>) {
        if stage == Stage::Sending {
            println!("sending {} messages", total.unwrap_or_default());
        }
    }

    fn checked(&mut self, checked: &Checked) {
        println!("checked {} rows", checked.rows);
    }

    fn settled(&mut self, settled: &Settled<'_>) {
        println!("{}: {} ({})", settled.key, settled.status.name(), settled.reply);
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("give the folder of a campaign")?;
    let state = std::env::temp_dir().join("mailshot-observe");
    let campaign = Campaign::load(path, &Environment::new(state))?;

    let mut options = Options::default();
    options.to = To::Sandbox;
    let stopper = options.stopper.clone();
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            stopper.stop();
        }
    });
    let sent = campaign.send(options, Printer).await?;
    match &sent.stopped {
        Some(why) => println!("stopped early: {why}"),
        None => println!("{} accepted", sent.accepted()),
    }
    Ok(())
}
