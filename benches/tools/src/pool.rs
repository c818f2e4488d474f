//! lettre's pooled transport, as its documentation has it: one transport, a pool as large as the
//! connections allowed, and a semaphore, since the pool's size limits idle connections only.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use lettre::address::Envelope;
use lettre::transport::smtp::PoolConfig;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use serde_json::json;
use tokio::runtime::Runtime;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use super::Result;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The server's port on 127.0.0.1.
    #[arg(long)]
    port: u16,
    /// Connections at a time.
    #[arg(long)]
    connections: u32,
    /// How many messages to send.
    #[arg(long)]
    messages: usize,
    /// What each of them holds.
    #[arg(long, value_name = "FILE")]
    message: PathBuf,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let content: Arc<[u8]> = std::fs::read(&arguments.message)?.into();
    let began = Instant::now();
    Runtime::new()?.block_on(send(arguments, content))?;
    let seconds = began.elapsed().as_secs_f64();
    println!("{}", json!({"seconds": seconds, "messages": arguments.messages}));
    Ok(())
}

async fn send(arguments: &Arguments, content: Arc<[u8]>) -> Result<()> {
    let transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous("127.0.0.1")
        .port(arguments.port)
        .pool_config(PoolConfig::new().max_size(arguments.connections))
        .build();
    let allowed = Arc::new(Semaphore::new(arguments.connections as usize));
    let mut sends = JoinSet::new();
    for number in 1..=arguments.messages {
        let from = "registrar@uni.example".parse()?;
        let to = format!("p{number:07}@example.org").parse()?;
        let envelope = Envelope::new(Some(from), vec![to])?;
        let permit = Arc::clone(&allowed).acquire_owned().await?;
        let (transport, content) = (transport.clone(), Arc::clone(&content));
        sends.spawn(async move {
            let sent = transport.send_raw(&envelope, &content).await;
            drop(permit);
            sent
        });
    }
    while let Some(sent) = sends.join_next().await {
        sent??;
    }
    Ok(())
}
