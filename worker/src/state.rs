//! What every request works with.

mod kept;

use crate::access::Access;
use crate::platform::Platform;
use crate::refusal::Refusal;
use crate::secrets::Secrets;
use crate::store;
use domain::catalogue::Catalogue;
use domain::invariants::Invariants;
use std::sync::Arc;

pub(crate) use kept::Kept;

/// A running backend: its platform, its keys, and what it read last.
#[derive(Clone)]
pub struct Backend<P> {
    /// The home.
    pub platform: P,
    /// The keys.
    pub secrets: Arc<Secrets>,
    /// Where families reach the site, for links in letters; without a slash at the end.
    pub origin: Arc<str>,
    /// The identity provider in front of the staff console, if there is one.
    pub access: Option<Arc<Access>>,
    catalogue: Arc<Kept<Catalogue>>,
    invariants: Arc<Kept<Invariants>>,
}

/// How long a catalogue read from the database serves for checking answers, in milliseconds. Whatever decides about a seat is read
/// again by the batch itself; this only bounds how long a changed text or schedule takes to appear.
const CATALOGUE_KEPT_MS: i64 = 10_000;

/// How long counted invariants serve, in milliseconds: anybody may ask, and each count goes through whole tables.
const INVARIANTS_KEPT_MS: i64 = 10_000;

impl<P: Platform> Backend<P> {
    /// A backend on this platform.
    pub fn new(platform: P, secrets: Secrets, origin: &str) -> Self {
        Self {
            platform,
            secrets: Arc::new(secrets),
            origin: origin.trim_end_matches('/').into(),
            access: None,
            catalogue: Arc::new(Kept::new(CATALOGUE_KEPT_MS)),
            invariants: Arc::new(Kept::new(INVARIANTS_KEPT_MS)),
        }
    }

    /// The same behind an identity provider.
    pub fn behind(self, access: Option<Access>) -> Self {
        Self { access: access.map(Arc::new), ..self }
    }

    /// The catalogue by which answers are checked.
    ///
    /// # Errors
    /// When the database can't be read or holds no intake.
    pub async fn catalogue(&self) -> Result<Arc<Catalogue>, Refusal> {
        let now = self.platform.now();
        self.catalogue.or_read(now, store::catalogue::current(&self.platform, now)).await
    }

    /// The invariants, counted some seconds ago at most.
    ///
    /// # Errors
    /// When the database can't be read.
    pub async fn invariants(&self) -> Result<Arc<Invariants>, Refusal> {
        let now = self.platform.now();
        self.invariants.or_read(now, store::invariants::count(&self.platform, now)).await
    }
}
