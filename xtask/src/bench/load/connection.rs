//! HTTP/1.1 over one connection that stays open: as little of it as the measured servers speak.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// The longest anybody waits for an answer; whoever waits longer counts as having got none.
const PATIENCE: Duration = Duration::from_secs(60);

/// An answer, not yet understood.
#[derive(Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// When to come back, if the server says so.
    pub retry_after: Option<Duration>,
    /// The body.
    pub body: Vec<u8>,
}

/// One client's connection. It is opened when it is needed and opened again after it broke.
pub struct Connection {
    server: SocketAddr,
    stream: Option<TcpStream>,
    received: Vec<u8>,
    reopened: usize,
}

impl Connection {
    /// A connection to this server; nothing is opened yet.
    pub fn to(server: SocketAddr) -> Self {
        Self { server, stream: None, received: Vec::with_capacity(4096), reopened: 0 }
    }

    /// How often a connection that had served before was closed without a byte of the next answer, and was opened again at once
    /// (RFC 9112, 9.3.1: every request here may be repeated). Servers close connections that seem idle to them; workerd when it
    /// hears nothing for five seconds, even if what was sent has been lying there unread because others kept it busy.
    pub fn reopened(&self) -> usize {
        self.reopened
    }

    /// Sends a whole request and waits for the whole answer.
    ///
    /// # Errors
    /// When the connection can't be opened or breaks: the request may have arrived all the same.
    pub fn exchange(&mut self, request: &[u8]) -> io::Result<Answer> {
        let used = self.stream.is_some();
        let mut answer = self.try_exchange(request);
        if used && self.received.is_empty() && answer.as_ref().is_err_and(|error| is_closed(error.kind())) {
            self.reopened += 1;
            self.stream = None;
            answer = self.try_exchange(request);
        }
        if answer.is_err() {
            self.stream = None;
        }
        answer
    }

    fn try_exchange(&mut self, request: &[u8]) -> io::Result<Answer> {
        let stream = match &mut self.stream {
            Some(stream) => stream,
            none => {
                let stream = TcpStream::connect_timeout(&self.server, PATIENCE)?;
                stream.set_nodelay(true)?;
                stream.set_read_timeout(Some(PATIENCE))?;
                none.insert(stream)
            }
        };
        self.received.clear();
        stream.write_all(request)?;
        let mut part = [0; 4096];
        loop {
            let length = stream.read(&mut part)?;
            if length == 0 {
                return Err(ErrorKind::UnexpectedEof.into());
            }
            self.received.extend_from_slice(part.get(..length).unwrap_or_default());
            if let Some((answer, closing)) = read(&self.received)? {
                if closing {
                    self.stream = None;
                }
                return Ok(answer);
            }
        }
    }
}

/// Does this error say that the other side has closed the connection?
fn is_closed(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted | ErrorKind::BrokenPipe)
}

/// The answer in what was received, once it is whole, and whether the connection ends with it.
fn read(received: &[u8]) -> io::Result<Option<(Answer, bool)>> {
    const END: &[u8] = b"\r\n\r\n";
    let Some(end) = received.windows(END.len()).position(|window| window == END) else { return Ok(None) };
    let (head, body) = received.split_at(end + END.len());
    let head = str::from_utf8(head).map_err(|_| ErrorKind::InvalidData)?;
    let status = head.get(9..12).and_then(|digits| digits.parse().ok()).ok_or(ErrorKind::InvalidData)?;
    let header = |name: &str| {
        let mut lines = head.lines().skip(1).filter_map(|line| line.split_once(':'));
        lines.find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    };
    let body = match header("content-length").map(str::parse::<usize>) {
        Some(length) => body.get(..length.map_err(|_| ErrorKind::InvalidData)?).map(<[u8]>::to_vec),
        None => unchunked(body)?,
    };
    let retry_after = header("retry-after").and_then(|seconds| seconds.parse().ok()).map(Duration::from_secs);
    let closing = header("connection").is_some_and(|word| word.eq_ignore_ascii_case("close"));
    Ok(body.map(|body| (Answer { status, retry_after, body }, closing)))
}

/// A body in chunks (RFC 9112, 7.1) put together, once the last one is there.
fn unchunked(mut rest: &[u8]) -> io::Result<Option<Vec<u8>>> {
    let mut body = Vec::new();
    loop {
        let Some(end) = rest.windows(2).position(|window| window == b"\r\n") else { return Ok(None) };
        let (size, after) = rest.split_at(end);
        let size = str::from_utf8(size).ok().and_then(|digits| usize::from_str_radix(digits, 16).ok());
        let size = size.ok_or(ErrorKind::InvalidData)?;
        let Some(chunk) = after.get(2..2 + size) else { return Ok(None) };
        let Some(next) = after.get(4 + size..) else { return Ok(None) };
        if size == 0 {
            return Ok(Some(body));
        }
        body.extend_from_slice(chunk);
        rest = next;
    }
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;
    use std::thread;

    use super::*;

    fn whole(text: &str) -> Answer {
        for cut in 0..text.len() {
            assert_eq!(read(&text.as_bytes()[..cut]).unwrap(), None, "cut at {cut}");
        }
        read(text.as_bytes()).unwrap().expect("an answer").0
    }

    #[test]
    fn an_answer_is_read_once_it_is_whole() {
        let sized = whole("HTTP/1.1 503 Busy\r\nretry-after: 5\r\nContent-Length: 4\r\n\r\nbusy");
        assert_eq!(sized, Answer { status: 503, retry_after: Some(Duration::from_secs(5)), body: b"busy".into() });
        let chunked =
            whole("HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\na\r\n0123456789\r\n0\r\n\r\n");
        assert_eq!(chunked, Answer { status: 201, retry_after: None, body: b"abc0123456789".into() });
    }

    #[test]
    fn a_connection_closed_between_two_answers_is_opened_again_and_a_new_one_is_not() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let mut client = Connection::to(listener.local_addr().unwrap());
        let server = thread::spawn(move || {
            // One answer on each of two connections, and none on the third.
            for answer in ["HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 201 OK\r\nContent-Length: 0\r\n\r\n", ""] {
                let (mut stream, _) = listener.accept().unwrap();
                stream.read_exact(&mut [0; 4]).unwrap();
                stream.write_all(answer.as_bytes()).unwrap();
            }
        });
        assert_eq!(client.exchange(b"one\n").unwrap().status, 200);
        assert_eq!(client.exchange(b"two\n").unwrap().status, 201);
        assert_eq!(client.reopened(), 1);
        client.stream = None;
        assert!(client.exchange(b"six\n").is_err());
        assert_eq!(client.reopened(), 1);
        server.join().unwrap();
    }

    #[test]
    fn what_is_no_http_is_an_error() {
        assert!(read(b"HTTP/1.1 abc\r\n\r\n").is_err());
        assert!(read(b"HTTP/1.1 200 OK\r\n\r\nnot a chunk\r\n").is_err());
    }
}
