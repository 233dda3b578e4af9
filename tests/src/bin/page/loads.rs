//! First and second visits to the first two pages, ours and the peer's in turn.

use std::path::Path;
use std::time::Duration;

use anyhow::{Result, ensure};
use tokio::time::{Instant, sleep_until};
use tumo_tests::browser::{Browsers, Profile};
use xtask::progress::Step;
use xtask::server::{Home, Options, Server};

use crate::Figures;
use crate::edge::{Edge, Identity};
use crate::visit::{Seen, visit};

/// What the pages are called in the figures, and their addresses.
const PAGES: [(&str, &str); 2] = [("", "/kk/register"), ("front_", "/kk")];

/// What the sites are called in the figures.
const SITES: [&str; 2] = ["", "preact_"];

/// How long the catalogue may be kept: a second visit comes later.
const KEPT: Duration = Duration::from_secs(61);

/// What families choose from; no page may ask for it twice.
const CATALOGUE: &str = "/api/catalogue";

/// One of the two sites.
struct Site {
    edge: Edge,
    // Behind its edge: fields are dropped in this order.
    _home: Server,
}

/// A profile that has visited a page once.
struct Guest {
    site: usize,
    page: usize,
    profile: Profile,
    left: Instant,
}

/// Visits both sites so often.
pub async fn measure(browsers: &Browsers, peer: &Path, visits: usize, figures: &mut Figures) -> Result<()> {
    let identity = Identity::draw()?;
    let sites = [started(None, &identity).await?, started(Some(peer), &identity).await?];
    let flags = [identity.flag.clone()];
    let mut guests = Vec::new();
    let mut step = Step::begin("first visits");
    // The first of all doesn't count: code is compiled, files are compressed.
    for round in 0..=visits {
        for turn in 0..SITES.len() {
            // Who comes first changes, so that it favours nobody.
            let site = (round + turn) % SITES.len();
            for page in 0..PAGES.len() {
                step.now(&format!("{round} of {visits}"));
                let profile = browsers.new_profile();
                let seen = seen(&sites[site], browsers, &profile, &flags, page).await?;
                if round > 0 {
                    note(figures, site, page, "", seen);
                    guests.push(Guest { site, page, profile, left: Instant::now() });
                }
            }
        }
    }
    step.done("ok");
    let mut step = Step::begin("second visits");
    for guest in guests {
        step.now("waiting until nothing is as new");
        sleep_until(guest.left + KEPT).await;
        step.now(PAGES[guest.page].1);
        let seen = seen(&sites[guest.site], browsers, &guest.profile, &flags, guest.page).await?;
        note(figures, guest.site, guest.page, "warm_", seen);
    }
    step.done("ok");
    Ok(())
}

async fn started(folder: Option<&Path>, identity: &Identity) -> Result<Site> {
    let options = Options { release: true, site: folder.map(Path::to_owned), ..Options::temporary(Home::Native) };
    let home = Server::start(&options)?;
    Ok(Site { edge: Edge::before(&home.base_url, identity).await?, _home: home })
}

async fn seen(site: &Site, browsers: &Browsers, profile: &Profile, flags: &[String], page: usize) -> Result<Seen> {
    let (_, path) = PAGES[page];
    site.edge.asked();
    let seen = visit(browsers, profile, flags, &format!("{}{path}", site.edge.base_url)).await?;
    let asked = site.edge.asked();
    let times = asked.iter().filter(|path| *path == CATALOGUE).count();
    ensure!(times == 1, "{path} asked {times} times for the catalogue: {asked:?}");
    Ok(seen)
}

fn note(figures: &mut Figures, site: usize, page: usize, time: &str, seen: Seen) {
    for (name, value) in [("fcp_ms", seen.fcp_ms), ("usable_ms", seen.usable_ms), ("cls", seen.cls)] {
        let name = [SITES[site], PAGES[page].0, time, name].concat();
        figures.entry(name).or_default().push(value);
    }
}
