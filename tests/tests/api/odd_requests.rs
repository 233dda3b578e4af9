//! Requests in forms that HTTP allows and hardly anybody sends.

use std::sync::Arc;

use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tumo_tests::tests;
use tumo_tests::world::World;
use xtask::server::Home;

tests![a_whole_address_in_the_request_line_is_understood, a_body_that_nobody_asked_for_is_passed_over];

const ADDRESSES: [(&str, u16); 4] = [("/api/health", 200), ("/api/nothing", 404), ("/kk", 200), ("/kk/nothing", 404)];

/// As proxies are asked (RFC 9112, 3.2.2). Of workerd only the local reader of HTTP would be tried, which gives up (`url.c++: invalid URL`)
/// before any Worker hears of it; Cloudflare reads HTTP elsewhere.
async fn a_whole_address_in_the_request_line_is_understood(world: Arc<World>) {
    if world.home == Home::Workerd {
        return;
    }
    let host = world.base_url.trim_start_matches("http://");
    for (path, status) in ADDRESSES {
        let mut server = TcpStream::connect(host).await.expect("a server");
        let request = format!("GET http://{host}{path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n");
        server.write_all(request.as_bytes()).await.expect("a server that listens");
        let mut answer = Vec::new();
        server.read_to_end(&mut answer).await.expect("an answer");
        let answer = String::from_utf8_lossy(&answer);
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{path}: {answer}");
    }
}

/// wrangler answers with a file without reading what came along, and its proxy then keeps whoever comes next on that connection waiting:
/// there the routes alone are asked.
async fn a_body_that_nobody_asked_for_is_passed_over(world: Arc<World>) {
    for (path, status) in ADDRESSES.into_iter().filter(|(path, _)| world.home == Home::Native || path.starts_with("/api/")) {
        let answer = world.api.get(path).json(&json!({ "asked": false })).send().await;
        assert_eq!(answer.status, status, "{path}: {}", answer.body);
    }
}
