//! The private links of families: derived from the master key, so that nothing that opens a family's page has to be stored.

use crate::seal::{Master, SecretError};
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// A keyed hash (HMAC-SHA-256) that has taken in the key of one use.
#[derive(Clone)]
pub struct Keyed(Hmac<Sha256>);

impl Keyed {
    /// The keyed hash of one use.
    ///
    /// # Errors
    /// As [`Master::key`].
    pub fn of(master: &Master, purpose: &str) -> Result<Self, SecretError> {
        // A key shorter than a block of the hash counts as padded with zeros (RFC 2104).
        let mut block = [0u8; 64];
        block.iter_mut().zip(master.key(purpose)?).for_each(|(place, byte)| *place = byte);
        Ok(Self(Hmac::new(&block.into())))
    }

    /// The keyed hash of the parts, each with its length before it, so that no two lists of parts look alike.
    pub fn hash(&self, parts: &[&str]) -> [u8; 32] {
        let mut mac = self.0.clone();
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part.as_bytes());
        }
        mac.finalize().into_bytes().into()
    }
}

/// The secrets of private links.
#[derive(Clone)]
pub struct Links(Keyed);

impl Links {
    /// Those of this master key.
    ///
    /// # Errors
    /// As [`Master::key`].
    pub fn of(master: &Master) -> Result<Self, SecretError> {
        Keyed::of(master, "private link").map(Self)
    }

    /// The secret of an application's private link: 160 bits, derived, so a repeated request can be answered alike.
    pub fn token(&self, application_id: &str) -> String {
        let full = self.0.hash(&[application_id]);
        BASE64URL_NOPAD.encode(full.first_chunk::<20>().map_or(&full[..], |head| &head[..]))
    }
}

/// What is stored of the secret of a private link or of a session. Such a secret has 160 bits at least, so a plain hash can't be
/// searched.
pub fn digest(token: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(token.as_bytes()))
}
