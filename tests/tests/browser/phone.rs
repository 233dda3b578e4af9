//! One phone, or a computer on a desk: what its owner sees on it, and what their fingers do. Everything waits for what it needs, up
//! to a limit.

mod eyes;
mod fingers;
mod kept;
mod keyboard;
mod network;
mod settings;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use domain::language::Language;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thirtyfour::WebDriver;
use tumo_tests::browser::{Browser, PATIENCE, POLL};

use crate::page::Page;
use crate::stage::failures;

pub use settings::Settings;

/// On what pages are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    /// The phone for which the app is drawn first.
    Phone,
    /// A computer at a desk.
    Desk,
}

impl Screen {
    /// Width and height, in CSS pixels.
    const fn size(self) -> (u32, u32) {
        match self {
            Self::Phone => (390, 844),
            Self::Desk => (1280, 800),
        }
    }

    /// The other kind.
    pub const fn other(self) -> Self {
        match self {
            Self::Phone => Self::Desk,
            Self::Desk => Self::Phone,
        }
    }

    /// How many points a line has for each of them.
    const fn density(self) -> u32 {
        match self {
            Self::Phone => 2,
            Self::Desk => 1,
        }
    }
}

/// With what the phone is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hands {
    Touch,
    Keyboard,
}

/// A phone with an opened browser.
pub struct Phone {
    session: WebDriver,
    downloads: PathBuf,
    base_url: String,
    /// The language in which pages are expected.
    pub language: Language,
    hands: Hands,
    screen: Screen,
}

impl Phone {
    /// The phone with this browser, about to visit the server at this address.
    pub async fn new(browser: Browser, base_url: &str, language: Language) -> Self {
        Self::with_screen(browser, base_url, language, Screen::Phone).await
    }

    /// The same with a screen of this kind.
    pub async fn with_screen(browser: Browser, base_url: &str, language: Language, screen: Screen) -> Self {
        let phone = Self {
            session: browser.session,
            downloads: browser.downloads,
            base_url: base_url.to_owned(),
            language,
            hands: Hands::Touch,
            screen,
        };
        phone.has_its_own_screen().await;
        phone
    }

    /// From now on nothing is touched: keys alone.
    pub fn uses_the_keyboard_alone(&mut self) {
        self.hands = Hands::Keyboard;
    }

    /// Shows the page on a phone of this width.
    pub async fn is_wide(&self, width: u32) {
        self.has_metrics(Screen::Phone, width, Screen::Phone.size().1, Screen::Phone.density()).await;
        self.waits_for_width(width).await;
    }

    /// Takes a screen on which the whole page can be seen.
    pub async fn is_as_tall_as_the_page(&self) {
        let tall: u32 = self.asks("return document.documentElement.scrollHeight", vec![]).await;
        let (width, height) = self.screen.size();
        self.has_a_screen(width, tall.max(height)).await;
    }

    /// Takes the screen it came with.
    pub async fn has_its_own_screen(&self) {
        let (width, height) = self.screen.size();
        self.has_a_screen(width, height).await;
    }

    /// On what it shows pages.
    pub fn screen(&self) -> Screen {
        self.screen
    }

    /// Shows the page on a screen of this kind.
    pub async fn shows_on(&self, screen: Screen) {
        let (width, height) = screen.size();
        self.has_metrics(screen, width, height, screen.density()).await;
        self.waits_for_width(width).await;
    }

    /// A desk at which everything is so many times as large.
    pub async fn is_zoomed(&self, times: u32) {
        let (width, height) = Screen::Desk.size();
        self.has_metrics(Screen::Desk, width / times, height / times, times).await;
        self.waits_for_width(width / times).await;
    }

    async fn has_a_screen(&self, width: u32, height: u32) {
        self.has_metrics(self.screen, width, height, self.screen.density()).await;
    }

    async fn has_metrics(&self, screen: Screen, width: u32, height: u32, density: u32) {
        let metrics = json!({
            "width": width,
            "height": height,
            "deviceScaleFactor": density,
            "mobile": screen == Screen::Phone,
        });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics).await;
    }

    async fn waits_for_width(&self, width: u32) {
        let wide = "return matchMedia(`(width: ${arguments[0]}px)`).matches";
        self.waits_for(&format!("a page of {width} pixels"), wide, vec![width.into()]).await;
    }

    /// Closes the tab; another one is there, empty.
    pub async fn closes_the_tab(&self) {
        let old = self.session.window().await.expect("a tab");
        let new = self.session.new_tab().await.expect("another tab");
        self.session.switch_to_window(old).await.expect("the tab");
        self.session.close_window().await.expect("a tab that can be closed");
        self.session.switch_to_window(new).await.expect("the other tab");
        self.has_its_own_screen().await;
    }

    /// Types an address of the site and waits until the browser has loaded it.
    pub async fn opens(&self, path: &str) {
        let address = if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.base_url) };
        // A page that differs from the present one in its fragment alone wouldn't be loaded.
        self.session.goto("about:blank").await.expect("an empty page");
        self.session.goto(address).await.expect("a page");
    }

    /// Loads the page again, as a family does that doesn't trust it.
    pub async fn reloads(&self) {
        self.session.refresh().await.expect("the page again");
    }

    /// Presses the browser's own back button.
    pub async fn goes_back(&self) {
        self.session.back().await.expect("the page before");
    }

    /// Waits until the page is there and has all it waits for.
    pub async fn arrives_at(&self, page: Page) {
        self.arrives_at_address(&page.path(self.language), page.mark()).await;
    }

    /// Waits until this address shows something with this mark.
    pub async fn arrives_at_address(&self, path: &str, mark: &str) {
        const ARRIVED: &str = "return location.pathname === arguments[0] && document.querySelector(arguments[1]) !== null
            && document.querySelector('.page-state[aria-busy], .cohort-list[aria-busy], section[aria-busy]') === null";
        self.waits_for(&format!("{path} with {mark}"), ARRIVED, vec![path.into(), mark.into()]).await;
    }

    /// Changes to another language by the link of the page; `mark` is what the page has when it is there.
    pub async fn speaks(&mut self, language: Language, mark: &str) {
        const SPEAKS: &str =
            "return document.documentElement.lang === arguments[0] && document.querySelector(arguments[1]) !== null
            && document.querySelector('[aria-busy=true]') === null";
        self.presses(&format!(".lang-switch [lang={}]", language.as_str())).await;
        self.language = language;
        self.waits_for(&format!("{mark} in {}", language.as_str()), SPEAKS, vec![language.as_str().into(), mark.into()]).await;
    }

    /// The whole address, as it would be copied.
    pub async fn link(&self) -> String {
        self.asks("return location.href", vec![]).await
    }

    /// Waits until a script says yes.
    pub async fn waits_for(&self, what: &str, script: &str, arguments: Vec<Value>) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            // While one page gives way to another there is nobody to answer.
            let answer = self.session.execute(script, arguments.clone()).await;
            if answer.as_ref().is_ok_and(|answer| answer.json().as_bool() == Some(true)) {
                return;
            }
            if Instant::now() > deadline {
                self.gives_up(what).await;
            }
            tokio::time::sleep(POLL).await;
        }
    }

    async fn gives_up(&self, what: &str) -> ! {
        let address = self.link().await;
        let shown = self.texts("body").await.join(" ");
        let folder = failures();
        let name =
            format!("{}.png", what.replace(|letter: char| !letter.is_alphanumeric(), "-").chars().take(60).collect::<String>());
        fs::create_dir_all(&folder).expect("a folder for pictures");
        self.session.screenshot(&folder.join(&name)).await.expect("a picture");
        let complaints = self.complaints().await;
        panic!("waited in vain for {what}; at {address} the phone showed {name}: {shown}\nconsole: {complaints:#?}");
    }

    /// What a script answers.
    pub async fn asks<T: DeserializeOwned>(&self, script: &str, arguments: Vec<Value>) -> T {
        let answer = self.session.execute(script, arguments).await.unwrap_or_else(|error| panic!("{script}: {error}"));
        answer.convert().unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    /// What a script answers later, through the function that is its last argument.
    pub async fn asks_and_waits<T: DeserializeOwned>(&self, script: &str, arguments: Vec<Value>) -> T {
        let answer = self.session.execute_async(script, arguments).await.unwrap_or_else(|error| panic!("{error}"));
        answer.convert().unwrap_or_else(|error| panic!("{error}"))
    }

    /// Asks something of the browser's developer tools.
    pub async fn devtools(&self, command: &str, parameters: Value) -> Value {
        self.session.cdp().send_raw(command, parameters).await.unwrap_or_else(|error| panic!("{command}: {error}"))
    }

    /// Warnings and errors in the console since the last look, violations of the security policy among them.
    pub async fn complaints(&self) -> Vec<String> {
        let log = self.session.browser_log().await.expect("the console");
        let serious = log.into_iter().filter(|entry| matches!(entry.level.as_str(), "WARNING" | "SEVERE"));
        serious.map(|entry| entry.message).collect()
    }

    /// Waits until a text of this name has been downloaded `whole`, and reads it.
    pub async fn finds_among_downloads(&self, name: &str, whole: fn(&str) -> bool) -> String {
        let bytes = self.finds_a_file_among_downloads(name, |bytes| std::str::from_utf8(bytes).is_ok_and(whole)).await;
        String::from_utf8(bytes).expect("a text")
    }

    /// Waits until a file of this name has been downloaded `whole`, and reads it.
    pub async fn finds_a_file_among_downloads(&self, name: &str, whole: impl Fn(&[u8]) -> bool) -> Vec<u8> {
        let file = self.downloads.join(name);
        let deadline = Instant::now() + PATIENCE;
        loop {
            // Chromium may make the file under its last name before it has written it.
            let bytes = fs::read(&file).unwrap_or_default();
            if whole(&bytes) {
                return bytes;
            }
            let there = names_in(&self.downloads);
            assert!(Instant::now() < deadline, "{name} was not downloaded whole ({} bytes); there is {there:?}", bytes.len());
            tokio::time::sleep(POLL).await;
        }
    }

    /// Is put away.
    pub async fn closes(self) {
        self.session.quit().await.expect("an orderly end");
    }
}

fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}
