//! Starts the backend and serves until told to stop.

use crate::site;
use anyhow::Context;
use clap::Parser;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::Notify;
use tumo_worker::platform::native::Native;
use tumo_worker::platform::tell_panics_by_place;
use tumo_worker::{Backend, Secrets, routes, run_due_work};

/// How often waiting letters are looked for.
const LETTERS_EVERY: Duration = Duration::from_secs(5);

/// How long open requests may take after the word to stop.
const FAREWELL: Duration = Duration::from_secs(3);

/// TUMO registration on one host. MASTER_KEY must be in the environment: the base64 of 32 random bytes.
#[derive(Parser)]
struct Arguments {
    /// Address to listen on; put a proxy with TLS before it.
    #[arg(long, default_value = "127.0.0.1")]
    host: String,
    /// Port; 0 takes a free one
    #[arg(long, default_value_t = 8787)]
    port: u16,
    /// Folder that holds everything stored
    #[arg(long)]
    data: PathBuf,
    /// Folder of the built site
    #[arg(long)]
    assets: PathBuf,
    /// SQL to run on an empty database
    #[arg(long)]
    seed: Vec<PathBuf>,
    /// Where families reach the site, for links in letters [default: the address it listens on]
    #[arg(long, env = "SITE_ORIGIN")]
    origin: Option<String>,
}

#[tokio::main]
pub async fn main() -> anyhow::Result<()> {
    // Names, telephones and letters are for nobody else on this host.
    rustix::process::umask(rustix::fs::Mode::RWXG | rustix::fs::Mode::RWXO);
    tell_panics_by_place(|line| eprintln!("{line}"));
    let arguments = Arguments::parse();
    let secrets = Secrets::from_base64(&std::env::var("MASTER_KEY").context("MASTER_KEY is not set")?)?;
    let seeds = arguments.seed.iter().map(|file| std::fs::read_to_string(file).with_context(|| file.display().to_string()));
    let platform = Native::open(&arguments.data, &seeds.collect::<anyhow::Result<Vec<_>>>()?)?;

    let listener = TcpListener::bind((arguments.host.as_str(), arguments.port)).await?;
    let address = format!("http://{}", listener.local_addr()?);
    let backend = Backend::new(platform, secrets, arguments.origin.as_deref().unwrap_or(&address));

    let letters = backend.clone();
    tokio::spawn(async move {
        let mut clock = tokio::time::interval(LETTERS_EVERY);
        loop {
            clock.tick().await;
            if let Err(error) = run_due_work(&letters).await {
                eprintln!("letters: {error}");
            }
        }
    });

    let site = routes::router(backend).merge(site::routes(&arguments.assets)?);
    writeln!(std::io::stdout(), "listening {address}")?;
    let stop = Arc::new(Notify::new());
    let told = Arc::clone(&stop);
    let serving = axum::serve(listener, site).with_graceful_shutdown(async move {
        told_to_stop().await;
        told.notify_one();
    });
    // Whoever is slower than that has a key and tries again.
    let out_of_time = async {
        stop.notified().await;
        tokio::time::sleep(FAREWELL).await;
    };
    tokio::select! {
        served = serving => served?,
        () = out_of_time => {}
    }
    Ok(())
}

async fn told_to_stop() {
    let terminated = async {
        match signal(SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminated => {}
    }
}
