//! Chromium, and the driver it is driven through.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::json;
use tempfile::TempDir;
use thirtyfour::{ChromeCapabilities, ChromiumLikeCapabilities, LoggingPrefsLogLevel, WebDriver};
use xtask::server::group::{Group, Line};
use xtask::setup;

/// The longest anything on a page may take on a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(45);

/// Pause between two looks at a page.
pub const POLL: Duration = Duration::from_millis(25);

/// Nothing of Chromium's that costs time, needs a screen or asks the internet.
const FLAGS: [&str; 12] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-breakpad",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=390,844",
];

/// The driver with every Chromium it has opened: one group of processes that goes when this is dropped, however we end.
pub struct Driver {
    group: Group,
    chromium: PathBuf,
    folder: TempDir,
}

impl Driver {
    /// Starts the driver on a free port.
    pub fn start() -> Result<Self> {
        let found = setup::browser()?;
        let folder = tempfile::tempdir()?;
        let mut command = Command::new(&found.driver);
        // Profiles of sessions that were never ended properly go with the folder too.
        command.arg("--port=0").env("TMPDIR", folder.path());
        let group = Group::start(&command, &folder.path().join("chromedriver.log"), false, judge)?;
        Ok(Self { group, chromium: found.chromium, folder })
    }

    /// What journeys open browsers with.
    pub fn browsers(&self) -> Browsers {
        Browsers {
            driver: self.group.base_url().to_owned(),
            chromium: self.chromium.clone(),
            folder: self.folder.path().to_owned(),
            opened: Arc::default(),
        }
    }
}

fn judge(line: &str) -> Line {
    match line.split_once("was started successfully on port ") {
        Some((_, port)) => Line::Ready(format!("http://127.0.0.1:{}", port.trim_end_matches('.'))),
        None => Line::Show(line.to_owned()),
    }
}

/// Opens browsers.
#[derive(Clone)]
pub struct Browsers {
    driver: String,
    chromium: PathBuf,
    folder: PathBuf,
    opened: Arc<AtomicUsize>,
}

/// What a browser keeps when it is closed: files, answers, downloads.
pub struct Profile(PathBuf);

/// One opened browser.
pub struct Browser {
    /// Drives it.
    pub session: WebDriver,
    /// Where it puts what is downloaded.
    pub downloads: PathBuf,
}

impl Browsers {
    /// Opens a browser whose owner prefers these languages, as in `kk-KZ,kk`. It is as new from the shop: nothing stored, nothing
    /// remembered.
    pub async fn open(&self, languages: &str) -> Result<Browser> {
        self.open_with(languages, &[]).await
    }

    /// The same, started with further flags.
    pub async fn open_with(&self, languages: &str, flags: &[String]) -> Result<Browser> {
        self.open_on(&self.new_profile(), languages, flags).await
    }

    /// The profile of somebody who has never opened a browser.
    pub fn new_profile(&self) -> Profile {
        Profile(self.folder.join(self.opened.fetch_add(1, Ordering::Relaxed).to_string()))
    }

    /// Opens a browser that remembers what the one before it on this profile has kept.
    pub async fn open_on(&self, profile: &Profile, languages: &str, flags: &[String]) -> Result<Browser> {
        let Profile(own) = profile;
        let downloads = own.join("downloads");
        fs::create_dir_all(&downloads)?;
        let mut wanted = self.capabilities(own, &downloads, languages)?;
        for flag in flags {
            wanted.add_arg(flag)?;
        }
        // The driver is on this machine, whatever proxies the environment names.
        let client = reqwest::Client::builder().no_proxy().build()?;
        let session = WebDriver::builder(&self.driver, wanted).client(client).connect().await;
        Ok(Browser { session: session.context("Chromium did not open")?, downloads })
    }

    fn capabilities(&self, own: &Path, downloads: &Path, languages: &str) -> Result<ChromeCapabilities> {
        let mut wanted = ChromeCapabilities::new();
        wanted.set_binary(&self.chromium.to_string_lossy())?;
        for flag in FLAGS {
            wanted.add_arg(flag)?;
        }
        wanted.add_arg(&format!("--user-data-dir={}", own.join("profile").display()))?;
        wanted.add_arg(&format!("--accept-lang={languages}"))?;
        wanted.add_experimental_option("prefs", json!({ "download.default_directory": downloads }))?;
        wanted.set_browser_log_level(LoggingPrefsLogLevel::All)?;
        Ok(wanted)
    }
}
