//! A family of the story, whose private page can be opened.

use std::path::Path;

use anyhow::{Result, anyhow};
use credentials::link::{Links, digest};
use credentials::seal::Master;
use rusqlite::{OptionalExtension, Row};

/// The secrets of families' links under this master key.
///
/// # Errors
/// When the key isn't one.
pub fn links(master_key: &str) -> Result<Links> {
    let links = Master::from_base64(master_key).and_then(|master| Links::of(&master));
    links.map_err(|error| anyhow!("{error}"))
}

/// Tells where a family's private page is: that of the student with the most marks. Nothing where the link would lead nowhere, as in
/// a folder filled by an earlier version.
///
/// # Errors
/// When the database can't be read.
pub fn invitation(database: &Path, master_key: &str, base_url: &str) -> Result<Option<String>> {
    const BUSIEST: &str = "SELECT a.id, a.language, a.link_digest FROM applications AS a
        JOIN students AS s ON s.application_id = a.id
        JOIN registrations AS r ON r.student_id = s.id AND r.state = 'enrolled'
        ORDER BY (SELECT count(*) FROM attendance AS m WHERE m.registration_id = r.id) DESC LIMIT 1";
    let text = |row: &Row<'_>| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?));
    let Some((application, language, stored)) = super::open(database)?.query_row(BUSIEST, [], text).optional()? else {
        return Ok(None);
    };
    let token = links(master_key)?.token(&application);
    let leads = digest(&token) == stored;
    Ok(leads.then(|| format!("A family's private page: {base_url}/{language}/my#{token}")))
}
