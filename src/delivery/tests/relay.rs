//! A relay in this process: it accepts every message unless its script says otherwise.

use std::sync::Arc;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// What a relay hears. A connection says `connect`, a whole content `content`
/// and the recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Heard {
    /// From 1 on.
    pub(super) connection: usize,
    pub(super) command: String,
    /// How often this was heard, from 1 on, over all connections.
    pub(super) times: usize,
}

impl Heard {
    pub(super) fn is(&self, command: &str) -> bool {
        self.command.contains(command)
    }
}

/// What a relay does with it.
pub(super) enum Answer {
    Say(&'static str),
    SayAndClose(&'static str),
    /// Nothing, ever.
    Silence,
    /// Says this once the gate is open.
    After(watch::Receiver<bool>, &'static str),
}

/// What a relay says to what it hears, where that is not the usual.
pub(super) type Script = Arc<dyn Fn(&Heard) -> Option<Answer> + Send + Sync>;

/// A relay, and what it heard so far.
pub(super) struct Relay {
    pub(super) port: u16,
    pub(super) log: watch::Receiver<Vec<Heard>>,
}

impl Relay {
    pub(super) async fn start(script: Script) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (log_in, log) = watch::channel(Vec::new());
        tokio::spawn(async move {
            let log_in = Arc::new(log_in);
            for connection in 1.. {
                let Ok((stream, _)) = listener.accept().await else {
                    return;
                };
                let log = Arc::clone(&log_in);
                let script = Arc::clone(&script);
                tokio::spawn(async move {
                    let mut served = Connection {
                        number: connection,
                        log,
                        script,
                    };
                    let _ = served.serve(stream).await;
                    served.hear("closed".to_owned());
                });
            }
        });
        Self { port, log }
    }

    /// Waits until the relay has heard what fits.
    pub(super) async fn until(&mut self, fits: impl Fn(&Heard) -> bool) {
        self.log.wait_for(|log| log.iter().any(&fits)).await.unwrap();
    }

    /// How much of what it heard contains these words.
    pub(super) fn count(&self, words: &str) -> usize {
        self.log.borrow().iter().filter(|heard| heard.is(words)).count()
    }
}

struct Connection {
    number: usize,
    log: Arc<watch::Sender<Vec<Heard>>>,
    script: Script,
}

impl Connection {
    fn hear(&mut self, command: String) -> Heard {
        let before = self
            .log
            .borrow()
            .iter()
            .filter(|heard| heard.command == command)
            .count();
        let heard = Heard {
            connection: self.number,
            command,
            times: before + 1,
        };
        self.log.send_modify(|log| log.push(heard.clone()));
        heard
    }

    async fn serve(&mut self, stream: TcpStream) -> std::io::Result<()> {
        let (read, mut write) = stream.into_split();
        let mut lines = BufReader::new(read).lines();
        let (mut to, mut content) = (None, false);
        let mut next = Some("connect".to_owned());
        while let Some(command) = next.take() {
            let heard = self.hear(command);
            let usual = match heard.command.get(..4) {
                Some("conn") => "220 relay.test",
                Some("EHLO") => "250-relay.test\r\n250 PIPELINING",
                Some("DATA") if to.is_some() => "354 go on",
                Some("DATA") => "554 5.5.1 no valid recipients",
                Some("RSET") => {
                    to = None;
                    "250 2.0.0 reset"
                }
                Some("QUIT") => "221 bye",
                _ => "250 2.0.0 ok",
            };
            let (said, close) = match (self.script)(&heard) {
                None => (usual, heard.command == "QUIT"),
                Some(Answer::Say(said)) => (said, false),
                Some(Answer::SayAndClose(said)) => (said, true),
                Some(Answer::Silence) => std::future::pending().await,
                Some(Answer::After(mut gate, said)) => {
                    let _ = gate.wait_for(|open| *open).await;
                    (said, false)
                }
            };
            if let Some(address) = heard.command.strip_prefix("RCPT TO:")
                && said.starts_with('2')
            {
                to = Some(address.to_owned());
            }
            write.write_all(format!("{said}\r\n").as_bytes()).await?;
            if close {
                return Ok(());
            }
            content |= said.starts_with("354");
            while let Some(line) = lines.next_line().await? {
                if !content {
                    next = Some(line);
                    break;
                }
                if line == "." {
                    content = false;
                    next = Some(format!("content {}", to.take().unwrap_or_default()));
                    break;
                }
            }
        }
        Ok(())
    }
}
