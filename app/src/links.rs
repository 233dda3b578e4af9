//! The private links of registrations made on this phone: the family's way back when a message with the link gets lost.

use crate::storage;
use std::cell::RefCell;

/// Where the phone keeps them.
const STORED_AS: &str = "links";

thread_local! {
    /// What this tab has written last, when the phone has no room left for it, or keeps nothing.
    static UNKEPT: RefCell<Option<Vec<SavedLink>>> = const { RefCell::new(None) };
}

/// One registration made on this phone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SavedLink {
    /// Reference number.
    pub reference: String,
    /// Secret of the private link.
    pub token: String,
    /// The student's given name, so that parents of several know which is whose.
    pub given_name: String,
    /// What its page has shown last, in the words of that page; empty when there was no seat.
    pub seen: String,
}

/// All of them as they are now: another tab may have written meanwhile.
pub fn all() -> Vec<SavedLink> {
    UNKEPT.with_borrow(Clone::clone).or_else(|| storage::read(STORED_AS)).unwrap_or_default()
}

/// Keeps these and no others.
pub fn write(links: Vec<SavedLink>) {
    let kept = storage::write(STORED_AS, &links);
    UNKEPT.set((!kept).then_some(links));
}

/// Keeps one more.
pub fn keep(link: SavedLink) {
    let mut links = all();
    add(&mut links, link);
    write(links);
}

/// Adds a link, the newest first; one registration is kept once.
fn add(links: &mut Vec<SavedLink>, link: SavedLink) {
    links.retain(|known| known.reference != link.reference);
    links.insert(0, link);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_registration_is_kept_once_and_the_newest_comes_first() {
        let link = |reference: &str| SavedLink { reference: reference.into(), ..SavedLink::default() };
        let mut links = Vec::new();
        for reference in ["TM-1", "TM-2", "TM-1"] {
            add(&mut links, link(reference));
        }
        assert_eq!(links, [link("TM-1"), link("TM-2")]);
    }
}
