//! The question that follows is built ahead, so that a tap doesn't wait for it; nobody notices.

use std::sync::Arc;

use domain::language::Language;

use crate::page::Page;
use crate::stage::{Stage, journeys};
use crate::words::words;

journeys![the_question_that_follows_is_built_ahead_unnoticed,];

async fn the_question_that_follows_is_built_ahead_unnoticed(stage: Arc<Stage>) {
    // Whatever is made from now on, with how often the tab had been named by then: a heading names it, also one that is thrown away.
    const LISTEN: &str = "const own = Object.getOwnPropertyDescriptor(Document.prototype, 'title');
        globalThis.named = 0;
        Object.defineProperty(document, 'title', {
            get: () => own.get.call(document),
            set: (name) => {
                named += 1;
                own.set.call(document, name);
            },
        });
        globalThis.made = [];
        document.createElement = (tag) => {
            const element = Document.prototype.createElement.call(document, tag);
            made.push([element, named]);
            return element;
        };
        globalThis.asked = () => performance.getEntriesByType('resource').filter((it) => it.name.endsWith('/api/cohorts')).length;
        globalThis.askedBefore = asked();
        return true;";
    // The following question was built and thrown away, and the tab has been named since.
    const BUILT: &str = "return made.some(([element, by]) => element.id === 'cohort' && !element.isConnected && named > by)";
    let language = Language::Kazakh;
    let mut family = stage.family(language, "astana-wed-fri-0900").await;
    family.comes_to(Page::Centre).await;
    assert!(family.phone.asks::<bool>(LISTEN, vec![]).await);
    family.comes_to(Page::Tracks).await;
    family.phone.waits_for("the following question to be built", BUILT, vec![]).await;

    assert!(family.phone.tab().await.starts_with(words(language, "tracks.title")), "the tab is called after what is seen");
    family.phone.has_the_focus_on("h1").await;
    assert!(!family.phone.asks::<bool>("return document.getElementById('cohort') !== null", vec![]).await);
    let asked: u32 = family.phone.asks("return asked() - askedBefore", vec![]).await;
    assert_eq!(asked, 0, "the seats are counted when they are shown");
    family.phone.closes().await;
}
