//! The phone with a keyboard and nothing else: Tab, Space, Enter and arrows.

use thirtyfour::Key;

use super::Phone;

/// More places to stop at than any page has.
const MOST_STOPS: usize = 150;

impl Phone {
    /// Goes on with Tab until the focus is on a matching element.
    pub(super) async fn tabs_to(&self, css: &str) {
        self.sees(css).await;
        for _ in 0..MOST_STOPS {
            if self.is_focused(css).await {
                return;
            }
            self.strikes(Key::Tab).await;
        }
        panic!("Tab never comes to {css}");
    }

    /// Comes to a button or link with Tab and strikes Enter.
    pub(super) async fn presses_by_keyboard(&self, css: &str) {
        self.tabs_to(css).await;
        self.strikes(Key::Enter).await;
    }

    /// A box: Tab to it, Space. A choice: Tab to its group, arrows to it.
    pub(super) async fn ticks_by_keyboard(&self, id: &str) {
        const GROUP: &str = "const it = document.getElementById(arguments[0]); return it.type === 'radio' ? it.name : ''";
        let wanted = format!("[id='{id}']");
        let group: String = self.asks(GROUP, vec![id.into()]).await;
        if group.is_empty() {
            self.tabs_to(&wanted).await;
            self.strikes(Key::Space).await;
            return;
        }
        self.tabs_to(&format!("input[type=radio][name='{group}']")).await;
        if self.is_focused(&wanted).await {
            self.strikes(Key::Space).await;
            return;
        }
        for _ in 0..MOST_STOPS {
            self.strikes(Key::Down).await;
            if self.is_focused(&wanted).await {
                return;
            }
        }
        panic!("the arrows never come to {id}");
    }

    /// Whether the focus is there; wherever it is, it can be seen (WCAG 2.2, 2.4.7 and 2.4.11).
    async fn is_focused(&self, css: &str) -> bool {
        let (there, unseen): (bool, Option<String>) = self.asks(include_str!("keyboard.js"), vec![css.into()]).await;
        assert!(unseen.is_none(), "the focus can't be seen: {unseen:?}");
        there
    }

    async fn strikes(&self, key: Key) {
        self.session.action_chain().send_keys(key).perform().await.expect("a key");
    }
}
