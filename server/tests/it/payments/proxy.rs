//! What stands between the server and the card service, and stops at a point.

use std::sync::{Arc, Mutex};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::Notify,
};

/// A request to the card service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    /// A charge is prepared.
    Prepare,
    /// A charge is confirmed: it takes the money.
    Confirm,
    /// Money goes back.
    Refund,
}

impl Call {
    fn of(line: &str) -> Option<Self> {
        let path = line.strip_prefix("POST ")?.split(' ').next()?;
        match path {
            "/v1/payment_intents" => Some(Self::Prepare),
            "/v1/refunds" => Some(Self::Refund),
            path if path.starts_with("/v1/payment_intents/") && path.ends_with("/confirm") => {
                Some(Self::Confirm)
            }
            _ => None,
        }
    }
}

/// What happens to a request, once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It hangs before it arrived.
    HangsBefore,
    /// It arrived, and its answer hangs.
    HangsAfter,
    /// It arrived, and the connection broke before its answer.
    BreaksAfter,
}

#[derive(Default)]
struct State {
    next: Mutex<Option<(Call, Fault)>>,
    /// It has happened.
    happened: Notify,
}

/// Hands on what the server asks of the card service.
pub struct Proxy {
    /// Where it is, such as `http://127.0.0.1:8420`.
    pub address: String,
    state: Arc<State>,
}

impl Proxy {
    pub async fn start(bank: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let state = Arc::new(State::default());
        let (bank, shared) = (bank.trim_start_matches("http://").to_owned(), Arc::clone(&state));
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(hand_on(client, bank.clone(), Arc::clone(&shared)));
            }
        });
        Self { address, state }
    }

    /// What happens to the next request of a kind.
    pub fn set(&self, call: Call, fault: Fault) {
        *self.state.next.lock().expect("a lock") = Some((call, fault));
    }

    /// Takes it back.
    pub fn clear(&self) {
        *self.state.next.lock().expect("a lock") = None;
    }

    /// Waits until it has happened.
    pub async fn happened(&self) {
        self.state.happened.notified().await;
    }
}

impl State {
    fn take(&self, request: &[u8]) -> Option<Fault> {
        let line = String::from_utf8_lossy(request).lines().next().unwrap_or_default().to_owned();
        let mut next = self.next.lock().expect("a lock");
        next.take_if(|(call, _)| Call::of(&line) == Some(*call)).map(|(_, fault)| fault)
    }
}

/// One request, since the server says that it closes after each.
async fn hand_on(mut client: TcpStream, bank: String, state: Arc<State>) -> Option<()> {
    let request = whole_request(&mut client).await?;
    let fault = state.take(&request);
    if fault == Some(Fault::HangsBefore) {
        return hang(client, &state).await;
    }
    let mut stream = TcpStream::connect(bank).await.ok()?;
    stream.write_all(&request).await.ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.ok()?;
    match fault {
        Some(Fault::HangsAfter) => return hang(client, &state).await,
        Some(_) => {
            drop(client);
            state.happened.notify_one();
        }
        None => client.write_all(&answer).await.ok()?,
    }
    Some(())
}

/// Until the other end is gone.
async fn hang(mut client: TcpStream, state: &State) -> Option<()> {
    state.happened.notify_one();
    client.read_u8().await.ok().map(|_| ())
}

/// A request with its body.
pub async fn whole_request(client: &mut TcpStream) -> Option<Vec<u8>> {
    let mut request = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&request).to_ascii_lowercase();
        if let Some((head, _)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length:"));
            let length: usize = length.and_then(|length| length.trim().parse().ok()).unwrap_or(0);
            if request.len() >= head.len() + 4 + length {
                return Some(request);
            }
        }
        if client.read_buf(&mut request).await.ok()? == 0 {
            return None;
        }
    }
}
