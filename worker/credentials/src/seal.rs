//! Keys derived from one master key, and sealing with them.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use data_encoding::{BASE64, BASE64URL_NOPAD};
use hkdf::Hkdf;
use sha2::Sha256;
use std::fmt;

/// Why keys can't be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecretError {
    /// The master key isn't the base64 of 32 bytes.
    MasterKey,
    /// A sealed value was not sealed by this key for this record, or was tampered with.
    Unsealing,
    /// The cipher refused.
    Sealing,
}

impl fmt::Display for SecretError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::MasterKey => "MASTER_KEY must be the base64 of 32 random bytes",
            Self::Unsealing => "a sealed value does not open with this key",
            Self::Sealing => "a value could not be sealed",
        })
    }
}

impl std::error::Error for SecretError {}

/// The master key, kept outside the database; every use has a key of its own derived from it (HKDF-SHA-256, RFC 5869).
pub struct Master(Hkdf<Sha256>);

impl Master {
    /// Reads the key as it is configured.
    ///
    /// # Errors
    /// [`SecretError::MasterKey`] when it isn't the base64 of 32 bytes.
    pub fn from_base64(text: &str) -> Result<Self, SecretError> {
        let bytes = BASE64.decode(text.trim().as_bytes()).map_err(|_| SecretError::MasterKey)?;
        if bytes.len() == 32 { Ok(Self(Hkdf::new(None, &bytes))) } else { Err(SecretError::MasterKey) }
    }

    /// The key of one use.
    ///
    /// # Errors
    /// Never for a purpose of a few words.
    pub fn key(&self, purpose: &str) -> Result<[u8; 32], SecretError> {
        let mut key = [0; 32];
        self.0.expand(purpose.as_bytes(), &mut key).map_err(|_| SecretError::MasterKey).map(|()| key)
    }

    /// The seal of one use.
    ///
    /// # Errors
    /// As [`Master::key`].
    pub fn seal(&self, purpose: &str) -> Result<Seal, SecretError> {
        self.key(purpose).map(Seal)
    }
}

/// Under which purpose the secrets of authenticator apps are sealed.
pub const SECOND_FACTOR: &str = "second factor seal";

/// Marks the way of sealing, so that a later one can be told apart.
const VERSION: &str = "1.";

/// Length of a nonce in base64.
const NONCE_TEXT: usize = 32;

/// Seals and opens values for records (XChaCha20-Poly1305; the record's id is authenticated with the value).
#[derive(Clone)]
pub struct Seal([u8; 32]);

impl Seal {
    /// Seals a value for the record of this id.
    ///
    /// # Errors
    /// [`SecretError::Sealing`] when the cipher refuses.
    pub fn seal(&self, value: &[u8], record: &str, nonce: [u8; 24]) -> Result<String, SecretError> {
        let payload = Payload { msg: value, aad: record.as_bytes() };
        let sealed = self.cipher().encrypt(&XNonce::from(nonce), payload).map_err(|_| SecretError::Sealing)?;
        Ok(format!("{VERSION}{}{}", BASE64URL_NOPAD.encode(&nonce), BASE64URL_NOPAD.encode(&sealed)))
    }

    /// Opens what was sealed for the record of this id.
    ///
    /// # Errors
    /// [`SecretError::Unsealing`] when it was sealed with another key, for another record, or was tampered with.
    pub fn open(&self, sealed: &str, record: &str) -> Result<Vec<u8>, SecretError> {
        let (nonce, body) = sealed
            .strip_prefix(VERSION)
            .and_then(|text| text.split_at_checked(NONCE_TEXT))
            .and_then(|(nonce, body)| Some((decoded(nonce)?.try_into().ok()?, decoded(body)?)))
            .ok_or(SecretError::Unsealing)?;
        let nonce: [u8; 24] = nonce;
        let payload = Payload { msg: &body, aad: record.as_bytes() };
        self.cipher().decrypt(&XNonce::from(nonce), payload).map_err(|_| SecretError::Unsealing)
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.0.into())
    }
}

fn decoded(text: &str) -> Option<Vec<u8>> {
    BASE64URL_NOPAD.decode(text.as_bytes()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seal(key: u8, purpose: &str) -> Seal {
        Master::from_base64(&BASE64.encode(&[key; 32])).and_then(|master| master.seal(purpose)).expect("a key")
    }

    #[test]
    fn a_sealed_value_opens_for_its_record_use_and_key_only() {
        let sealed = seal(1, "number").seal(b"061211600012", "student", [7; 24]).expect("sealed");
        assert!(!sealed.contains("061211600012"));
        assert_eq!(seal(1, "number").open(&sealed, "student").as_deref(), Ok(&b"061211600012"[..]));
        assert_eq!(seal(1, "number").open(&sealed, "another"), Err(SecretError::Unsealing));
        assert_eq!(seal(1, "secret").open(&sealed, "student"), Err(SecretError::Unsealing));
        assert_eq!(seal(2, "number").open(&sealed, "student"), Err(SecretError::Unsealing));
        for broken in ["", "1.", "1.short", "2.aaaa", &sealed[1..], &format!("{sealed}A")] {
            assert_eq!(seal(1, "number").open(broken, "student"), Err(SecretError::Unsealing), "{broken}");
        }
    }

    #[test]
    fn a_master_key_has_32_bytes() {
        assert_eq!(Master::from_base64("c2hvcnQ=").err(), Some(SecretError::MasterKey));
        assert_eq!(Master::from_base64("").err(), Some(SecretError::MasterKey));
    }
}
