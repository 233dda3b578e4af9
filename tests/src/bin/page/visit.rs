//! One visit: a phone of the kind that is common, on a network that is common, opens an address.

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::{Value, json};
use thirtyfour::WebDriver;
use tumo_tests::browser::{Browsers, Profile};

/// Bits a second down and up, and the milliseconds of a round trip.
const NETWORK: (f64, f64, f64) = (1.6e6, 0.75e6, 150.0);

/// How much slower the phone is than this machine.
const SLOWER: u32 = 4;

/// What looks and taps in the page.
const PROBE: &str = include_str!("probe.js");

/// What a visitor has seen.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Seen {
    /// When something was painted first.
    pub fcp_ms: f64,
    /// When the page had answered a tap.
    pub usable_ms: f64,
    /// How much of it has moved.
    pub cls: f64,
}

/// Opens an address with the browser of this profile, which is closed again.
pub async fn visit(browsers: &Browsers, profile: &Profile, flags: &[String], address: &str) -> Result<Seen> {
    const TOLD: &str = "const tell = arguments[0]; visited.then(tell, (error) => tell({ error: String(error) }))";
    let browser = browsers.open_on(profile, "kk", flags).await?;
    let seen = async {
        let session = &browser.session;
        becomes_a_phone(session).await?;
        has_the_common_network(session).await?;
        devtools(session, "Page.addScriptToEvaluateOnNewDocument", json!({ "source": PROBE })).await?;
        session.goto(address).await?;
        let told = session.execute_async(TOLD, Vec::new()).await?;
        serde_json::from_value(told.json().clone()).with_context(|| format!("{address}: {}", told.json()))
    };
    let seen = seen.await;
    browser.session.quit().await?;
    seen
}

/// The screen and the speed of a phone; the same tab keeps them.
pub async fn becomes_a_phone(session: &WebDriver) -> Result<()> {
    let screen = json!({ "width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": true });
    devtools(session, "Emulation.setDeviceMetricsOverride", screen).await?;
    devtools(session, "Emulation.setCPUThrottlingRate", json!({ "rate": SLOWER })).await
}

async fn has_the_common_network(session: &WebDriver) -> Result<()> {
    let (down, up, round_trip) = NETWORK;
    let network = json!({
        "offline": false, "latency": round_trip, "downloadThroughput": down / 8.0, "uploadThroughput": up / 8.0,
    });
    devtools(session, "Network.enable", json!({})).await?;
    devtools(session, "Network.emulateNetworkConditions", network).await
}

/// Tells the browser's developer tools something.
pub async fn devtools(session: &WebDriver, command: &str, parameters: Value) -> Result<()> {
    session.cdp().send_raw(command, parameters).await.with_context(|| command.to_owned())?;
    Ok(())
}
