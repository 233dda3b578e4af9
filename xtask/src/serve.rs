//! `cargo xtask serve`: from whatever state the machine is in to a page in the browser.

use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use clap::Args;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::build_app::build_app;
use crate::build_native::build_native;
use crate::build_worker::build_worker;
use crate::demo;
use crate::server::{self, Home, Options, Server};
use crate::setup;
use crate::staff::demo_keys;

/// The port when none is asked for; the next free one when it is taken.
const PORT: u16 = 8787;

/// How many ports after [`PORT`] are tried.
const PORTS_TRIED: u16 = 100;

/// How often Cloudflare runs the scheduled handler by `wrangler.toml`, and so do we.
const SCHEDULE: Duration = Duration::from_secs(60);

/// How soon a server that ended by itself is noticed.
const WATCH: Duration = Duration::from_millis(500);

/// Build and serve the product on this machine.
#[derive(Args)]
pub struct Serve {
    /// Port to listen on; 0 takes a free one [default: 8787, or the next free one]
    #[arg(long)]
    port: Option<u16>,
    /// Folder that holds everything stored [default: target/data/workerd or target/data/native]
    #[arg(long)]
    data: Option<PathBuf>,
    /// Forget what an earlier run stored
    #[arg(long)]
    fresh: bool,
    /// Fill an empty data folder with half a year of believable data, staff who can sign in included
    #[arg(long, conflicts_with = "seeds")]
    demo: bool,
    /// Run the backend as a program of this host instead of in workerd
    #[arg(long)]
    native: bool,
    /// SQL file that fills an empty database instead of the demo intake; may be given several times
    #[arg(long = "seed", value_name = "FILE")]
    seeds: Vec<PathBuf>,
    /// Serve what was built last
    #[arg(long)]
    no_build: bool,
    /// Optimise the native backend
    #[arg(long)]
    release: bool,
}

/// Runs until a signal ends it.
pub fn serve(asked: Serve) -> Result<()> {
    let home = if asked.native { Home::Native } else { Home::Workerd };
    if !asked.no_build {
        setup::wasm_target()?;
        let npm = setup::npm()?;
        build_app(&npm)?;
        match home {
            Home::Workerd => build_worker(&npm)?,
            Home::Native => build_native(asked.release)?,
        }
    }
    let mut options = Options {
        home,
        port: asked.port.map_or_else(free_port, Ok)?,
        data: Some(asked.data.unwrap_or_else(|| server::default_data(home))),
        fresh: asked.fresh,
        seeds: asked.seeds,
        variables: Vec::new(),
        site: None,
        release: asked.release,
        verbose: true,
    };
    if asked.demo {
        demo::prepare(&options)?;
        options.fresh = false;
    }
    let mut server = Server::start(&options)?;
    println!("Serving {}", server.base_url);
    println!("Open it in a browser: {0}/kk, {0}/ru or {0}/en. Ctrl-C ends it.", server.base_url);
    if asked.demo {
        println!("{}", demo::staff::invitation(&server)?);
        let key = server::master_key(&server.data)?;
        if let Some(family) = demo::family::invitation(&server.database_file()?, &key, &server.base_url)? {
            println!("{family}");
        }
    } else if let Some(keys) = demo_keys::accounts(&server)? {
        println!("{}", demo_keys::invitation(&server, &keys));
    } else {
        println!("Staff sign in at {}/staff; `cargo xtask staff add` makes the first of them.", server.base_url);
    }
    run_until_signal(&mut server)?;
    server.stop();
    Ok(())
}

fn run_until_signal(server: &mut Server) -> Result<()> {
    let mut signals = Signals::new([SIGHUP, SIGINT, SIGTERM]).context("signals cannot be received")?;
    let (sender, received) = channel();
    thread::spawn(move || {
        for signal in signals.forever() {
            sender.send(signal).ok();
        }
    });
    let mut last_run = Instant::now();
    while let Err(RecvTimeoutError::Timeout) = received.recv_timeout(WATCH) {
        if server.has_ended() {
            bail!("the server ended by itself; its last words are in {}", server.data.join("server.log").display());
        }
        // The native home has its own clock; the local runtime of Cloudflare never fires a schedule by itself.
        if server.home == Home::Workerd && last_run.elapsed() >= SCHEDULE {
            last_run = Instant::now();
            if let Err(error) = server::run_scheduled(&server.base_url) {
                eprintln!("{error}");
            }
        }
    }
    Ok(())
}

fn free_port() -> Result<u16> {
    (PORT..PORT + PORTS_TRIED)
        .find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok())
        .with_context(|| format!("no port from {PORT} on is free: name one with --port"))
}
