use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::process::{apt_install, find};
use crate::progress::Step;

/// What the browser suite drives.
pub struct Browser {
    /// Chromium itself.
    pub chromium: PathBuf,
    /// Its WebDriver.
    pub driver: PathBuf,
}

/// Finds Chromium and its driver, or installs Debian's.
pub fn browser() -> Result<Browser> {
    let mut step = Step::begin("browser");
    if let Some(browser) = present() {
        step.done("ok");
        return Ok(browser);
    }
    step.now("apt-get install chromium chromium-driver");
    apt_install(&["chromium", "chromium-driver"])?;
    let Some(browser) = present() else {
        bail!("Chromium is missing: install `chromium` and `chromedriver` of the same version, then try again");
    };
    step.done("installed");
    Ok(browser)
}

fn present() -> Option<Browser> {
    Some(Browser { chromium: find("chromium")?, driver: find("chromedriver")? })
}
