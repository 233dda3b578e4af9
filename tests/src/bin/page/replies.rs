//! How soon pages answer a finger on a slow phone, on half a year of data.

use std::path::Path;

use anyhow::Result;
use domain::catalogue::{Catalogue, LiveSeats};
use rusqlite::{Connection, OpenFlags};
use tumo_tests::browser::Browsers;
use tumo_tests::forms;
use tumo_tests::staff::COOKIE;
use xtask::demo::{self, staff::ADMINISTRATOR};
use xtask::layout;
use xtask::progress::Step;
use xtask::server::{Home, Options, Server};

use crate::Figures;
use crate::family;
use crate::hand::Hand;
use crate::staff::{self, Longest};

/// Lets a family and a staff member go their ways so often; the first time doesn't count.
pub async fn measure(browsers: &Browsers, rounds: usize, figures: &mut Figures) -> Result<()> {
    let folder = layout::target().join("data");
    std::fs::create_dir_all(&folder)?;
    let data = tempfile::Builder::new().prefix("bench-page-").tempdir_in(folder)?;
    let options = Options { data: Some(data.path().into()), release: true, ..Options::temporary(Home::Native) };
    demo::prepare(&options)?;
    let database = xtask::server::database_file(Home::Native, data.path())?;
    let session = demo::staff::signed_in(&database, ADMINISTRATOR, demo::now()?)?;
    let longest = longest(&database)?;
    let server = Server::start(&options)?;
    let catalogue: Catalogue = asked(&server, "/api/catalogue").await?;
    let seats: LiveSeats = asked(&server, "/api/cohorts").await?;
    // A full one is answered by more: who else has places.
    let full = |id: &str| seats.of(id).is_some_and(|seats| seats.open() == 0);
    let cohort = catalogue.cohorts.iter().find(|cohort| !cohort.closed && full(&cohort.id));
    let cohort = cohort.or_else(|| catalogue.cohorts.iter().find(|cohort| !cohort.closed));
    let answers = forms::complete(&catalogue, cohort.map_or("", |cohort| &cohort.id));
    let mut step = Step::begin("taps");
    for round in 0..=rounds {
        let mut own = Figures::new();
        step.now(&format!("a family, {round} of {rounds}"));
        let hand = Hand::with(browsers.open("kk").await?.session, &server.base_url).await?;
        let walked = family::walks(&hand, &answers, &mut own).await;
        hand.leaves().await?;
        walked?;
        step.now(&format!("staff, {round} of {rounds}"));
        let hand = Hand::with(browsers.open("kk").await?.session, &server.base_url).await?;
        hand.has_the_cookie(COOKIE, &session).await?;
        let worked = staff::works(&hand, &longest, &mut own).await;
        hand.leaves().await?;
        worked?;
        if round > 0 {
            for (name, values) in own {
                figures.entry(name).or_default().extend(values);
            }
        }
    }
    step.done("ok");
    server.stop();
    Ok(())
}

async fn asked<T: serde::de::DeserializeOwned>(server: &Server, path: &str) -> Result<T> {
    let client = reqwest::Client::builder().no_proxy().build()?;
    Ok(client.get(format!("{}{path}", server.base_url)).send().await?.json().await?)
}

fn longest(database: &Path) -> Result<Longest> {
    let database = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let text = |sql: &str| database.query_row(sql, [], |row| row.get::<_, String>(0));
    // The number of the minute at which it begins for the API, the hour and the minute for people.
    let session = |start: &str| {
        text(&format!(
            "SELECT cohort_id || '/' || day || '/' || {start} FROM session_counts
            ORDER BY present + late + excused + absent DESC, day DESC LIMIT 1"
        ))
    };
    Ok(Longest {
        cohort: text("SELECT id FROM cohorts ORDER BY waiting + taken DESC LIMIT 1")?,
        session: session("printf('%02d:%02d', starts / 60, starts % 60)")?,
        session_asked: session("starts")?,
    })
}
