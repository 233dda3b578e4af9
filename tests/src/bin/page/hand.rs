//! A hand on a slow phone: it taps and types as a browser's driver lets it, and learns how long the page took to answer.

use std::time::Instant;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use thirtyfour::{By, Key, WebDriver, WebElement};
use tumo_tests::browser::{PATIENCE, POLL};

use crate::visit::{becomes_a_phone, devtools};

/// What looks in the page.
const ANSWERS: &str = include_str!("answers.js");

/// The hand, and the phone in it.
pub struct Hand {
    session: WebDriver,
    base_url: String,
}

impl Hand {
    /// A hand with this browser, slowed down to a phone, about to visit the server at this address.
    pub async fn with(session: WebDriver, base_url: &str) -> Result<Self> {
        becomes_a_phone(&session).await?;
        devtools(&session, "Page.addScriptToEvaluateOnNewDocument", json!({ "source": ANSWERS })).await?;
        Ok(Self { session, base_url: base_url.to_owned() })
    }

    /// The browser has this cookie from now on.
    pub async fn has_the_cookie(&self, name: &str, value: &str) -> Result<()> {
        let cookie = json!({
            "name": name, "value": value, "url": self.base_url, "path": "/", "secure": true, "httpOnly": true,
            "sameSite": "Strict",
        });
        devtools(&self.session, "Network.setCookie", cookie).await
    }

    /// Opens an address, and waits until this is to be seen and the page has loaded: how soon it answers before that, a visit tells.
    pub async fn opens(&self, path: &str, css: &str) -> Result<()> {
        self.session.goto(format!("{}{path}", self.base_url)).await?;
        self.becomes(&format!("{} && document.readyState === 'complete'", seen(css)), css).await
    }

    /// Follows a link of the console to this address, wherever it stands.
    pub async fn follows(&self, path: &str) -> Result<()> {
        const LINK: &str = "const link = document.createElement('a');
            [link.id, link.href, link.textContent] = ['followed', arguments[0], arguments[0]];
            document.querySelector('h1').append(link);";
        self.session.execute(LINK, vec![path.into()]).await?;
        Ok(self.finds("#followed").await?.click().await?)
    }

    /// The next answer of this address is to be shown so; [`Hand::came`] tells how long that takes.
    pub async fn expects(&self, source: &str, css: &str) -> Result<()> {
        self.runs(&format!("answers.after({}, () => {})", json!(source), seen(css))).await
    }

    /// How long it took from the expected answer until it was shown.
    pub async fn came(&self, what: &str) -> Result<f64> {
        self.is_told("answers.came").await.with_context(|| format!("{what} did not come"))
    }

    /// Taps something: how long it takes until this script says yes.
    pub async fn taps(&self, css: &str, shown: &str) -> Result<f64> {
        // In its place before the clock runs.
        let element = self.finds(css).await?;
        self.runs(&format!("answers.to('click', () => {shown})")).await?;
        element.click().await.with_context(|| format!("tapping {css}"))?;
        self.is_told("answers.told").await.with_context(|| format!("{css} was tapped, in vain for {shown}"))
    }

    /// Types a letter into what has the focus: how long it takes until the page has taken it in.
    pub async fn types_a_letter(&self, letter: char) -> Result<f64> {
        self.runs("answers.to('input', () => true)").await?;
        self.session.active_element().await?.send_keys(letter.to_string()).await?;
        self.is_told("answers.told").await
    }

    /// Types a text into what has the focus.
    pub async fn types(&self, text: &str) -> Result<()> {
        Ok(self.session.active_element().await?.send_keys(text).await?)
    }

    /// Puts the focus into a field and empties it.
    pub async fn begins_to_type(&self, css: &str) -> Result<()> {
        let field = self.finds(css).await?;
        field.click().await?;
        Ok(field.send_keys(Key::Control + "a" + Key::Null + Key::Delete).await?)
    }

    /// Puts texts into fields, as if they had been typed.
    pub async fn fills(&self, fields: &[(String, String)]) -> Result<()> {
        const FILL: &str = "for (const [id, text] of arguments[0]) {
                const field = document.getElementById(id);
                field.value = text;
                field.dispatchEvent(new Event('input', { bubbles: true }));
            }";
        self.session.execute(FILL, vec![json!(fields)]).await?;
        Ok(())
    }

    /// Waits until a matching element can be seen.
    pub async fn sees(&self, css: &str) -> Result<()> {
        self.becomes(&seen(css), css).await
    }

    /// Waits until this holds in the page.
    async fn becomes(&self, condition: &str, what: &str) -> Result<()> {
        let look = format!("return {condition}");
        let deadline = Instant::now() + PATIENCE;
        // While one page gives way to another there is nobody to answer.
        while self.asks(&look).await.ok() != Some(Value::Bool(true)) {
            ensure!(Instant::now() < deadline, "waited in vain for {what} at {}", self.session.current_url().await?);
            tokio::time::sleep(POLL).await;
        }
        Ok(())
    }

    /// What a script answers.
    pub async fn asks(&self, script: &str) -> Result<Value> {
        Ok(self.session.execute(script, Vec::new()).await?.json().clone())
    }

    /// Puts the phone away.
    pub async fn leaves(self) -> Result<()> {
        Ok(self.session.quit().await?)
    }

    async fn finds(&self, css: &str) -> Result<WebElement> {
        self.sees(css).await?;
        // In the middle of the screen, where no bar that sticks to an edge lies over it.
        let middle =
            format!("document.querySelector({}).scrollIntoView({{ block: 'center', behavior: 'instant' }})", json!(css));
        self.runs(&middle).await?;
        Ok(self.session.find(By::Css(css)).await?)
    }

    async fn runs(&self, script: &str) -> Result<()> {
        self.session.execute(script, Vec::new()).await.with_context(|| script.to_owned())?;
        Ok(())
    }

    async fn is_told(&self, promise: &str) -> Result<f64> {
        let told = self.session.execute_async(format!("{promise}.then(arguments[0])"), Vec::new()).await?;
        told.json().as_f64().context("no time was told")
    }
}

/// A script that says whether a matching element can be seen.
pub fn seen(css: &str) -> String {
    format!("(document.querySelector({})?.checkVisibility() === true)", json!(css))
}
