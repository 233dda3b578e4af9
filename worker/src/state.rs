//! What every request works with.

use crate::platform::Platform;
use crate::refusal::Refusal;
use crate::secrets::Secrets;
use crate::store;
use domain::catalogue::Catalogue;
use domain::date::Timestamp;
use std::sync::{Arc, Mutex};

/// A running backend: its platform, its keys, and the catalogue it read last.
#[derive(Clone)]
pub struct Backend<P> {
    /// The home.
    pub platform: P,
    /// The keys.
    pub secrets: Arc<Secrets>,
    /// Where families reach the site, for links in letters; without a slash at the end.
    pub origin: Arc<str>,
    catalogue: Arc<Mutex<Option<Kept>>>,
}

/// The catalogue as read at a moment.
struct Kept {
    read_at: Timestamp,
    catalogue: Arc<Catalogue>,
}

/// How long a catalogue read from the database serves for checking answers, in milliseconds. Whatever decides about a seat is read
/// again by the batch itself; this only bounds how long a changed text or schedule takes to appear.
const CATALOGUE_KEPT_MS: i64 = 10_000;

impl<P: Platform> Backend<P> {
    /// A backend on this platform.
    pub fn new(platform: P, secrets: Secrets, origin: &str) -> Self {
        Self { platform, secrets: Arc::new(secrets), origin: origin.trim_end_matches('/').into(), catalogue: Arc::default() }
    }

    /// The catalogue by which answers are checked.
    ///
    /// # Errors
    /// When the database can't be read or holds no intake.
    pub async fn catalogue(&self) -> Result<Arc<Catalogue>, Refusal> {
        let now = self.platform.now();
        if let Some(kept) = self.kept(now) {
            return Ok(kept);
        }
        let catalogue = Arc::new(store::catalogue::current(&self.platform, now).await?);
        if let Ok(mut slot) = self.catalogue.lock() {
            *slot = Some(Kept { read_at: now, catalogue: Arc::clone(&catalogue) });
        }
        Ok(catalogue)
    }

    fn kept(&self, now: Timestamp) -> Option<Arc<Catalogue>> {
        let slot = self.catalogue.lock().ok()?;
        let kept = slot.as_ref()?;
        (0..CATALOGUE_KEPT_MS).contains(&(now.0 - kept.read_at.0)).then(|| Arc::clone(&kept.catalogue))
    }
}
