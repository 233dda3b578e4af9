//! What is seen on the phone.

use serde_json::Value;

use super::Phone;

/// What the scripts below are written in: all elements that match, those that can be seen, a text as it reads (a word joiner isn't read),
/// the focus.
const LOOK: &str = "
    const all = css => [...document.querySelectorAll(css)];
    const seen = css => all(css).filter(it => it.checkVisibility());
    const plain = text => text.replace(/\\u2060/g, '').replace(/\\s+/g, ' ').trim();
    const field = id => document.getElementById(id);
    const [first, second] = arguments;
    return ";

impl Phone {
    /// What the tab is called.
    pub async fn tab(&self) -> String {
        self.session.title().await.expect("a title")
    }

    /// Waits until a matching element can be seen.
    pub async fn sees(&self, css: &str) {
        self.waits_to_see(&format!("{css} to be seen"), "seen(first).length > 0", vec![css.into()]).await;
    }

    /// Whether a matching element can be seen now.
    pub async fn shows(&self, css: &str) -> bool {
        self.asks(&format!("{LOOK} seen(first).length > 0"), vec![css.into()]).await
    }

    /// Waits until all the elements that can be seen among these are among those.
    pub async fn has_only(&self, css: &str, those: &str) {
        let only = "seen(first).length > 0 && seen(first).every(it => it.matches(second))";
        self.waits_to_see(&format!("only {those} among {css}"), only, vec![css.into(), those.into()]).await;
    }

    /// Waits until these words can be read somewhere in a matching element.
    pub async fn reads(&self, css: &str, words: &str) {
        let read = "seen(first).some(it => plain(it.innerText).includes(plain(second)))";
        self.waits_to_see(&format!("“{words}” in {css}"), read, vec![css.into(), words.into()]).await;
    }

    /// What can be read in the matching elements, one text each.
    pub async fn texts(&self, css: &str) -> Vec<String> {
        self.asks(&format!("{LOOK} all(first).map(it => plain(it.innerText))"), vec![css.into()]).await
    }

    /// Waits until the focus is on a matching element.
    pub async fn has_the_focus_on(&self, css: &str) {
        let focused = "document.activeElement !== null && document.activeElement.matches(first)";
        self.waits_to_see(&format!("the focus on {css}"), focused, vec![css.into()]).await;
    }

    /// Waits until the table has so many rows.
    pub async fn has_rows(&self, rows: u32) {
        self.waits_to_see(&format!("{rows} rows"), "all('.table tbody tr').length === first", vec![rows.into()]).await;
    }

    /// What stands in a field.
    pub async fn value(&self, id: &str) -> String {
        self.asks(&format!("{LOOK} field(first)?.value ?? ''"), vec![id.into()]).await
    }

    /// Waits until exactly this stands in a field.
    pub(super) async fn has_in(&self, id: &str, text: &str) {
        self.waits_to_see(&format!("“{text}” in {id}"), "field(first)?.value === second", vec![id.into(), text.into()]).await;
    }

    /// Whether this box or choice is ticked.
    pub async fn is_ticked(&self, id: &str) -> bool {
        self.asks(&format!("{LOOK} field(first)?.checked === true"), vec![id.into()]).await
    }

    /// Waits until this box or choice is ticked.
    pub(super) async fn has_ticked(&self, id: &str) {
        self.waits_to_see(&format!("{id} to be ticked"), "field(first)?.checked === true", vec![id.into()]).await;
    }

    async fn waits_to_see(&self, what: &str, look: &str, arguments: Vec<Value>) {
        self.waits_for(what, &format!("{LOOK} {look}"), arguments).await;
    }
}
