//! What fingers do on the phone, by touch or by key.

use std::path::Path;
use std::time::Instant;

use thirtyfour::error::{WebDriverError, WebDriverErrorInner, WebDriverResult};
use thirtyfour::{By, Key};
use tumo_tests::browser::{PATIENCE, POLL};

use super::{Hands, Phone};

impl Phone {
    /// Presses a button or follows a link.
    pub async fn presses(&self, css: &str) {
        match self.hands {
            Hands::Touch => self.taps(css).await,
            Hands::Keyboard => self.presses_by_keyboard(css).await,
        }
    }

    /// Taps twice in a row, as impatient fingers do.
    pub async fn taps_twice(&self, css: &str) {
        let element = self.session.find(By::Css(css)).await.expect("something to tap");
        element.scroll_into_view().await.expect("it in sight");
        self.session.action_chain().double_click_element(&element).perform().await.expect("two taps");
    }

    /// Ticks a box or makes a choice, unless it is ticked already.
    pub async fn ticks(&self, id: &str) {
        self.sees(&format!("label:has([id='{id}'])")).await;
        if !self.is_ticked(id).await {
            match self.hands {
                Hands::Touch => self.taps(&format!("label:has([id='{id}'])")).await,
                Hands::Keyboard => self.ticks_by_keyboard(id).await,
            }
            self.has_ticked(id).await;
        }
    }

    /// Types into a field, in place of what stands there.
    pub async fn types(&self, id: &str, text: &str) {
        let before = self.value(id).await;
        if before == text {
            return;
        }
        match self.hands {
            Hands::Touch => self.taps(&format!("[id='{id}']")).await,
            Hands::Keyboard => self.tabs_to(&format!("[id='{id}']")).await,
        }
        self.has_the_focus_on(&format!("[id='{id}']")).await;
        let field = self.session.active_element().await.expect("a field");
        let keys = if before.is_empty() { text.to_owned().into() } else { Key::Control + "a" + Key::Null + Key::Delete + text };
        field.send_keys(keys).await.unwrap_or_else(|error| panic!("typing into {id}: {error}"));
        self.has_in(id, text).await;
    }

    /// Chooses from a list by the value of the choice.
    pub async fn chooses(&self, id: &str, value: &str) {
        const CHOOSE: &str = "const list = document.getElementById(arguments[0]);
            list.focus();
            list.value = arguments[1];
            list.dispatchEvent(new Event('change', { bubbles: true }));";
        self.sees(&format!("[id='{id}']")).await;
        self.asks::<serde_json::Value>(CHOOSE, vec![id.into(), value.into()]).await;
        self.has_in(id, value).await;
    }

    /// Puts a day or a time into a field that has a calendar or a clock of the browser's own.
    pub async fn sets(&self, id: &str, value: &str) {
        const SET: &str = "const field = document.getElementById(arguments[0]);
            field.focus();
            field.value = arguments[1];
            field.dispatchEvent(new Event('input', { bubbles: true }));";
        self.sees(&format!("[id='{id}']")).await;
        self.asks::<serde_json::Value>(SET, vec![id.into(), value.into()]).await;
        self.has_in(id, value).await;
    }

    /// Chooses a file of this computer.
    pub async fn chooses_a_file(&self, id: &str, file: &Path) {
        self.sees(&format!("[id='{id}']")).await;
        let field = self.session.find(By::Id(id)).await.expect("a field for a file");
        field.send_keys(file.to_str().expect("a path")).await.unwrap_or_else(|error| panic!("choosing for {id}: {error}"));
    }

    async fn taps(&self, css: &str) {
        self.sees(css).await;
        let deadline = Instant::now() + PATIENCE;
        while let Err(error) = self.tries_to_tap(css).await {
            // The page was built anew under the finger, or something still moves over the place.
            assert!(can_pass(&error) && Instant::now() < deadline, "tapping {css}: {error}");
            tokio::time::sleep(POLL).await;
        }
    }

    async fn tries_to_tap(&self, css: &str) -> WebDriverResult<()> {
        // In the middle of the screen, where no bar that sticks to an edge lies over it.
        const SEEN: &str = "const it = [...document.querySelectorAll(arguments[0])].find(e => e.checkVisibility());
            it?.scrollIntoView({ block: 'center', behavior: 'instant' });
            return it ?? null";
        self.session.execute(SEEN, vec![css.into()]).await?.element()?.click().await
    }
}

fn can_pass(error: &WebDriverError) -> bool {
    use WebDriverErrorInner as Why;
    matches!(
        error.as_inner(),
        Why::StaleElementReference(_)
            | Why::ElementClickIntercepted(_)
            | Why::ElementNotInteractable(_)
            | Why::NoSuchElement(_)
            | Why::NotFound(..)
            | Why::Json(_)
    )
}
