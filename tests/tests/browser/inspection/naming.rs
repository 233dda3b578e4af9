//! What the page and its tab are called, and in which language.

use serde_json::Value;

use super::is_clean;
use crate::phone::Phone;

/// One heading, which the name of the tab repeats; the language declared, also of what is written in another one.
pub async fn is_named(phone: &Phone, name: &str) {
    const NAMED: &str = "
        const found = [];
        const declared = document.documentElement.lang;
        if (declared !== arguments[0]) found.push(`the page is declared to be in ${declared}`);
        const unknown = [...document.querySelectorAll('[lang]')].filter((it) => !['kk', 'ru', 'en'].includes(it.lang));
        found.push(...unknown.map((it) => it.outerHTML.slice(0, 120)));
        const called = { 'Қаз': 'kk', 'Рус': 'ru', 'Eng': 'en', 'Қазақша': 'kk', 'Русский': 'ru', 'English': 'en' };
        for (const it of document.querySelectorAll('a, button, option')) {
            const lang = called[it.textContent];
            if (lang && it.lang !== lang) found.push(`no language: ${it.outerHTML.slice(0, 120)}`);
        }
        const headings = [...document.querySelectorAll('h1')].filter((it) => it.checkVisibility());
        if (headings.length !== 1) found.push(`${headings.length} headings`);
        // A shell that stays says in its tab what the site is.
        if (!globalThis.tumo || document.getElementById('app').hidden) return found;
        const said = (text) => text.replace(/[\\u2060\\s·—:]+/g, ' ').trim();
        const words = said(headings[0]?.innerText ?? '').split(' ');
        const tab = said(document.title).split(' ');
        if (!words.every((word) => tab.includes(word))) found.push(`the tab is called ${document.title}`);
        return found";
    is_clean(name, &phone.asks::<Vec<Value>>(NAMED, vec![phone.language.as_str().into()]).await);
}
