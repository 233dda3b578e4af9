//! The private links of registrations made on this phone: the family's way back when a message with the link gets lost.

/// Where the phone keeps them.
pub const STORED_AS: &str = "links";

/// One registration made on this phone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SavedLink {
    /// Reference number.
    pub reference: String,
    /// Secret of the private link.
    pub token: String,
    /// The student's given name, so that parents of several know which is whose.
    pub given_name: String,
}

/// Adds a link, the newest first; one registration is kept once.
pub fn add(links: &mut Vec<SavedLink>, link: SavedLink) {
    links.retain(|known| known.reference != link.reference);
    links.insert(0, link);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_registration_is_kept_once_and_the_newest_comes_first() {
        let link =
            |reference: &str| SavedLink { reference: reference.into(), token: "t".into(), given_name: "Үміт".into() };
        let mut links = Vec::new();
        for reference in ["TM-1", "TM-2", "TM-1"] {
            add(&mut links, link(reference));
        }
        assert_eq!(links, [link("TM-1"), link("TM-2")]);
    }
}
