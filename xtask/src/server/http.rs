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
    // To the end, although the first line would do: workerd reports every caller that hangs up early.
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    str::from_utf8(answer.get(..12)?).ok()?.rsplit(' ').next()?.parse().ok()
}
