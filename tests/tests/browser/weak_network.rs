//! A network between the phone and the server that can lose an answer after the server has acted on the request, and that can
//! answer in the place of a server which has too much to do.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Instant;

use anyhow::{Context, Result};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tumo_tests::browser::{PATIENCE, POLL};

/// Everything passes.
const GOOD: u8 = 0;
/// The answer to the next application breaks off after its head; then nothing passes any more.
const LOSES_NEXT_CONFIRMATION: u8 = 1;
/// Nothing passes.
const DEAD: u8 = 2;

/// Applications and marks are refused on the way, as by a server that has too much to do. All else passes.
const BUSY: u8 = 3;

/// The service worker of the console is another one, as after a new deployment. All else passes.
const OTHER_WORKER: u8 = 4;

/// The front page in Kazakh is never answered, as on a network that is as good as none. All else passes.
const SILENT: u8 = 5;

/// How that page is asked for.
const FRONT_PAGE: &[u8] = b"GET /kk ";

/// What the private page shows is never answered. All else passes.
const SILENT_ABOUT_THE_TICKET: u8 = 6;

/// How that is asked for.
const TICKET: &[u8] = b"GET /api/my ";

/// Applications are refused as by a server to which this telephone was named too often. All else passes.
const TOO_OFTEN: u8 = 7;

/// That refusal.
const TOO_OFTEN_ANSWER: &[u8] = b"HTTP/1.1 429 Too Many Requests\r\ncontent-type: application/json\r\nretry-after: 5\r\n\
    content-length: 39\r\nconnection: close\r\n\r\n{\"error\":{\"code\":\"too_many_requests\"}}\n";

/// How the service worker is asked for.
const WORKER: &[u8] = b"GET /staff-worker.js";

/// That other one: it drops the files of the one before, and keeps none.
const WORKER_SCRIPT: &str = "
    self.addEventListener('install', event => event.waitUntil((async () => {
        for (const name of await caches.keys()) if (name.startsWith('staff-files /')) await caches.delete(name);
        await caches.open('staff-files other');
        await self.skipWaiting();
    })()));
    self.addEventListener('activate', event => event.waitUntil(self.clients.claim()));";

/// That refusal.
const BUSY_ANSWER: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\ncontent-type: application/json\r\nretry-after: 1\r\n\
    content-length: 26\r\nconnection: close\r\n\r\n{\"error\":{\"code\":\"busy\"}}\n";

/// How the request begins whose answer can be lost.
const APPLICATION: &[u8] = b"POST /api/applications";
/// How marks of attendance begin.
const MARKS: &[u8] = b"POST /api/staff/marks";

/// Where the head of an answer ends.
const HEAD_END: &[u8] = b"\r\n\r\n";

/// The network. Dropping it cuts everything.
pub struct WeakNetwork {
    base_url: String,
    condition: Arc<AtomicU8>,
    refused: watch::Receiver<Vec<String>>,
    listening: JoinHandle<()>,
}

impl WeakNetwork {
    /// A network to the server at this address, in good order.
    pub async fn to(server: &str) -> Result<Self> {
        let server = server.strip_prefix("http://").context("an address of this machine")?.to_owned();
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let base_url = format!("http://{}", listener.local_addr()?);
        let condition = Arc::new(AtomicU8::new(GOOD));
        let shared = Arc::clone(&condition);
        let (keys, refused) = watch::channel(Vec::new());
        let listening = tokio::spawn(async move {
            while let Ok((phone, _)) = listener.accept().await {
                tokio::spawn(connect(phone, server.clone(), Arc::clone(&shared), keys.clone()));
            }
        });
        Ok(Self { base_url, condition, refused, listening })
    }

    /// Where the server is reached over this network.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// From the next application on that the server has answered, nothing reaches the phone.
    pub fn will_lose_the_confirmation(&self) {
        self.condition.store(LOSES_NEXT_CONFIRMATION, Ordering::SeqCst);
    }

    /// Whether a confirmation has been lost.
    pub fn is_dead(&self) -> bool {
        self.condition.load(Ordering::SeqCst) == DEAD
    }

    /// Waits until a confirmation has been lost.
    pub async fn has_died(&self) {
        let deadline = Instant::now() + PATIENCE;
        while !self.is_dead() {
            assert!(Instant::now() < deadline, "no confirmation was lost");
            tokio::time::sleep(POLL).await;
        }
    }

    /// From now on the front page in Kazakh is asked for in vain.
    pub fn keeps_the_front_page(&self) {
        self.condition.store(SILENT, Ordering::SeqCst);
    }

    /// From now on the private page asks in vain what it has to show.
    pub fn keeps_the_ticket(&self) {
        self.condition.store(SILENT_ABOUT_THE_TICKET, Ordering::SeqCst);
    }

    /// From now on every application is refused because there were too many of this telephone.
    pub fn finds_it_too_often(&self) {
        self.condition.store(TOO_OFTEN, Ordering::SeqCst);
    }

    /// From now on every application and every mark is refused because there is too much to do.
    pub fn will_be_busy(&self) {
        self.condition.store(BUSY, Ordering::SeqCst);
    }

    /// Waits until so many requests have been refused, and gives back the keys of those that have one.
    pub async fn has_refused(&self, times: usize) -> Vec<String> {
        let mut refused = self.refused.clone();
        refused.wait_for(|keys| keys.len() >= times).await.expect("a network that is there").clone()
    }

    /// From now on nothing passes.
    pub fn dies(&self) {
        self.condition.store(DEAD, Ordering::SeqCst);
    }

    /// From now on the service worker is another one, as after a new deployment.
    pub fn has_another_worker(&self) {
        self.condition.store(OTHER_WORKER, Ordering::SeqCst);
    }

    /// Everything passes again.
    pub fn recovers(&self) {
        self.condition.store(GOOD, Ordering::SeqCst);
    }
}

impl Drop for WeakNetwork {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

/// One connection of the phone, until either side or the network ends it.
async fn connect(phone: TcpStream, server: String, condition: Arc<AtomicU8>, keys: watch::Sender<Vec<String>>) {
    let Ok(server) = TcpStream::connect(server).await else { return };
    let (mut from_phone, mut to_phone) = phone.into_split();
    let (from_server, to_server) = server.into_split();
    let applied = Arc::new(AtomicU8::new(GOOD));
    let instead = tokio::select! {
        instead = carry_requests(&mut from_phone, to_server, &condition, &applied) => instead,
        () = carry_answers(from_server, &mut to_phone, &condition, &applied) => None,
    };
    let Some(instead) = instead else { return };
    if to_phone.write_all(&instead.answer()).await.is_ok() && to_phone.shutdown().await.is_ok() {
        if let Instead::Busy(key) | Instead::TooOften(key) = instead {
            keys.send_modify(|keys| keys.push(key));
        }
        // The rest of the request; a connection closed before it was read would take the answer with it.
        tokio::io::copy(&mut from_phone, &mut tokio::io::sink()).await.ok();
    }
}

/// What is answered in the place of the server.
enum Instead {
    /// That it is busy, to a request with this key.
    Busy(String),
    /// That there were too many, to a request with this key.
    TooOften(String),
    /// The other service worker.
    Worker,
}

impl Instead {
    fn answer(&self) -> Vec<u8> {
        match self {
            Self::Busy(_) => BUSY_ANSWER.to_vec(),
            Self::TooOften(_) => TOO_OFTEN_ANSWER.to_vec(),
            Self::Worker => format!(
                "HTTP/1.1 200 OK\r\ncontent-type: text/javascript\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{WORKER_SCRIPT}",
                WORKER_SCRIPT.len()
            )
            .into_bytes(),
        }
    }
}

/// Ends with what is to be answered in the place of the server, or with none when the connection ends.
async fn carry_requests(
    phone: &mut OwnedReadHalf,
    mut server: OwnedWriteHalf,
    condition: &AtomicU8,
    applied: &AtomicU8,
) -> Option<Instead> {
    let mut part = vec![0; 64 * 1024];
    while let Ok(length @ 1..) = phone.read(&mut part).await {
        let passing = condition.load(Ordering::SeqCst);
        if passing == DEAD {
            return None;
        }
        let applies = part[..length].starts_with(APPLICATION);
        if passing == BUSY && (applies || part[..length].starts_with(MARKS)) {
            return Some(Instead::Busy(key(&part[..length])));
        }
        if passing == TOO_OFTEN && applies {
            return Some(Instead::TooOften(key(&part[..length])));
        }
        if passing == OTHER_WORKER && part[..length].starts_with(WORKER) {
            return Some(Instead::Worker);
        }
        let kept = [(SILENT, FRONT_PAGE), (SILENT_ABOUT_THE_TICKET, TICKET)];
        if kept.iter().any(|(condition, page)| passing == *condition && part[..length].starts_with(page)) {
            return std::future::pending().await;
        }
        if passing == LOSES_NEXT_CONFIRMATION && applies {
            applied.store(LOSES_NEXT_CONFIRMATION, Ordering::SeqCst);
        }
        if server.write_all(&part[..length]).await.is_err() {
            return None;
        }
    }
    None
}

/// The `Idempotency-Key` of a request.
fn key(request: &[u8]) -> String {
    let text = String::from_utf8_lossy(request).to_ascii_lowercase();
    let value = text.lines().find_map(|line| line.strip_prefix("idempotency-key:"));
    value.unwrap_or_default().trim().to_owned()
}

async fn carry_answers(mut server: OwnedReadHalf, phone: &mut OwnedWriteHalf, condition: &AtomicU8, applied: &AtomicU8) {
    let mut part = vec![0; 64 * 1024];
    while let Ok(length @ 1..) = server.read(&mut part).await {
        let answer = &part[..length];
        if applied.load(Ordering::SeqCst) == LOSES_NEXT_CONFIRMATION {
            condition.store(DEAD, Ordering::SeqCst);
            // A connection that ends without a byte would be tried again by the browser itself, unseen by the app.
            let head =
                answer.windows(HEAD_END.len()).position(|window| window == HEAD_END).map_or(length, |end| end + HEAD_END.len());
            phone.write_all(&answer[..head]).await.ok();
            return;
        }
        if condition.load(Ordering::SeqCst) == DEAD || phone.write_all(answer).await.is_err() {
            return;
        }
    }
}
