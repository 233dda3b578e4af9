//! The one thing asked of a server before anybody else talks to it: does it answer? No HTTP crate is worth its build time for that.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// The status of `GET base_url + path`, `None` when nobody answers sensibly.
pub fn get(base_url: &str, path: &str) -> Option<u16> {
    let address: SocketAddr = base_url.strip_prefix("http://")?.parse().ok()?;
    let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(2)).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(30))).ok()?;
    write!(stream, "GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n").ok()?;
    // To the end of the answer, because workerd reports every caller that hangs up early; and no further, because it lets
    // the connection linger for seconds whatever it is told.
    let mut answer = Vec::new();
    let mut part = [0; 4096];
    while !is_whole(&answer) {
        let length = stream.read(&mut part).ok()?;
        if length == 0 {
            break;
        }
        answer.extend_from_slice(part.get(..length)?);
    }
    str::from_utf8(answer.get(..12)?).ok()?.rsplit(' ').next()?.parse().ok()
}

/// Has all of an answer arrived, by its length or by its last chunk?
fn is_whole(answer: &[u8]) -> bool {
    let text = String::from_utf8_lossy(answer).to_ascii_lowercase();
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse::<usize>().ok());
    match length {
        Some(length) => body.len() >= length,
        None => head.contains("transfer-encoding: chunked") && body.ends_with("0\r\n\r\n"),
    }
}

#[cfg(test)]
mod tests {
    use super::is_whole;

    #[test]
    fn an_answer_ends_by_its_length_or_its_last_chunk() {
        assert!(!is_whole(b"HTTP/1.1 200 OK\r\nContent-Le"));
        assert!(!is_whole(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nab"));
        assert!(is_whole(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabcd"));
        assert!(!is_whole(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n"));
        assert!(is_whole(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n"));
    }
}
