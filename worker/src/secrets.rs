//! Keys and what is done with them. One master key, kept outside the database; every use has a key of its own derived from it,
//! so a leaked database shows no identification number, no private link and no way to forge a receipt.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use data_encoding::{BASE64, BASE64URL_NOPAD, HEXLOWER};
use ed25519_dalek::{Signer, SigningKey};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use std::fmt;

/// The keys of a running backend.
#[derive(Clone)]
pub struct Secrets {
    iin_seal: [u8; 32],
    identity: [u8; 32],
    link: [u8; 32],
    body: [u8; 32],
    idempotency: [u8; 32],
    contact: [u8; 32],
    receipt: SigningKey,
}

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

/// Marks the way of sealing, so that a later one can be told apart.
const SEAL_VERSION: &str = "1.";

impl Secrets {
    /// Derives all keys from the master key (HKDF-SHA-256, RFC 5869).
    ///
    /// # Errors
    /// [`SecretError::MasterKey`] when it isn't the base64 of 32 bytes.
    pub fn from_base64(master: &str) -> Result<Self, SecretError> {
        let master = BASE64.decode(master.trim().as_bytes()).map_err(|_| SecretError::MasterKey)?;
        if master.len() != 32 {
            return Err(SecretError::MasterKey);
        }
        let source = Hkdf::<Sha256>::new(None, &master);
        let derive = |purpose: &str| {
            let mut key = [0; 32];
            source.expand(purpose.as_bytes(), &mut key).map_err(|_| SecretError::MasterKey).map(|()| key)
        };
        Ok(Self {
            iin_seal: derive("iin seal")?,
            identity: derive("student identity")?,
            link: derive("private link")?,
            body: derive("application body")?,
            idempotency: derive("idempotency key")?,
            contact: derive("contact limit")?,
            receipt: SigningKey::from_bytes(&derive("receipt signature")?),
        })
    }

    /// Seals an identification number for one student record (XChaCha20-Poly1305; the record's id is authenticated with it).
    ///
    /// # Errors
    /// [`SecretError::Sealing`] when the cipher refuses.
    pub fn seal_iin(&self, iin: &str, student_id: &str, nonce: [u8; 24]) -> Result<String, SecretError> {
        let payload = Payload { msg: iin.as_bytes(), aad: student_id.as_bytes() };
        let sealed = self.iin_cipher().encrypt(&XNonce::from(nonce), payload).map_err(|_| SecretError::Sealing)?;
        Ok(format!("{SEAL_VERSION}{}{}", BASE64URL_NOPAD.encode(&nonce), BASE64URL_NOPAD.encode(&sealed)))
    }

    fn iin_cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.iin_seal.into())
    }

    /// The keyed hash by which a student is recognised again.
    pub fn identity(&self, parts: &[&str]) -> String {
        HEXLOWER.encode(&mac(&self.identity, parts))
    }

    /// The keyed hash of a cohort, a contact and the address it is used from, for limits. Never the address alone, which a whole school
    /// can share; with it, so that a stranger elsewhere can't use up a family's tries.
    pub fn contact(&self, cohort: &str, contact: &str, address: &str) -> String {
        HEXLOWER.encode(&mac(&self.contact, &[cohort, contact, address]))
    }

    /// The keyed hash of an `Idempotency-Key`. Who repeats a request gets the private link, so the key itself isn't stored.
    pub fn idempotency(&self, key: &str) -> String {
        HEXLOWER.encode(&mac(&self.idempotency, &[key]))
    }

    /// The keyed hash of an application's answers.
    pub fn body(&self, body: &str) -> String {
        HEXLOWER.encode(&mac(&self.body, &[body]))
    }

    /// The secret of an application's private link: 160 bits, derived, so a repeated request can be answered alike.
    pub fn link_token(&self, application_id: &str) -> String {
        let full = mac(&self.link, &[application_id]);
        BASE64URL_NOPAD.encode(full.first_chunk::<20>().map_or(&full[..], |head| &head[..]))
    }

    /// Signs a receipt: JWS compact form, EdDSA (RFC 7515, RFC 8037).
    pub fn sign(&self, claims: &str) -> String {
        let header = format!(r#"{{"alg":"EdDSA","kid":"{}"}}"#, self.receipt_key_id());
        let text = format!("{}.{}", BASE64URL_NOPAD.encode(header.as_bytes()), BASE64URL_NOPAD.encode(claims.as_bytes()));
        let signature = self.receipt.sign(text.as_bytes());
        format!("{text}.{}", BASE64URL_NOPAD.encode(&signature.to_bytes()))
    }

    /// The public key of the receipts: the `x` of a JWK (RFC 8037).
    pub fn receipt_public_key(&self) -> String {
        BASE64URL_NOPAD.encode(self.receipt.verifying_key().as_bytes())
    }

    /// Names the key of the receipts.
    pub fn receipt_key_id(&self) -> String {
        digest(&self.receipt_public_key()).chars().take(16).collect()
    }
}

/// What is stored of a private link's secret. The secret has 160 bits, so a plain hash can't be searched.
pub fn digest(token: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(token.as_bytes()))
}

/// HMAC-SHA-256 over the parts, each with its length before it, so that no two lists of parts look alike.
fn mac(key: &[u8; 32], parts: &[&str]) -> [u8; 32] {
    // A key shorter than a block of the hash counts as padded with zeros (RFC 2104).
    let mut block = [0u8; 64];
    block.iter_mut().zip(key).for_each(|(place, byte)| *place = *byte);
    let mut mac = Hmac::<Sha256>::new(&block.into());
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part.as_bytes());
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ed25519_dalek::{Signature, VerifyingKey};

    fn secrets(seed: u8) -> Secrets {
        Secrets::from_base64(&BASE64.encode(&[seed; 32])).expect("a key")
    }

    fn open(secrets: &Secrets, sealed: &str, student_id: &str) -> Result<Vec<u8>, SecretError> {
        let text = sealed.strip_prefix(SEAL_VERSION).ok_or(SecretError::Unsealing)?;
        let (nonce, body) = text.split_at(32);
        let nonce: [u8; 24] = BASE64URL_NOPAD.decode(nonce.as_bytes()).expect("base64").try_into().expect("24 bytes");
        let body = BASE64URL_NOPAD.decode(body.as_bytes()).expect("base64");
        let payload = Payload { msg: &body, aad: student_id.as_bytes() };
        secrets.iin_cipher().decrypt(&XNonce::from(nonce), payload).map_err(|_| SecretError::Unsealing)
    }

    #[test]
    fn a_sealed_number_opens_for_its_record_and_key_only() {
        let sealed = secrets(1).seal_iin("061211600012", "student", [7; 24]).expect("sealed");
        assert!(!sealed.contains("061211600012"));
        assert_eq!(open(&secrets(1), &sealed, "student").as_deref(), Ok(&b"061211600012"[..]));
        assert_eq!(open(&secrets(1), &sealed, "another"), Err(SecretError::Unsealing));
        assert_eq!(open(&secrets(2), &sealed, "student"), Err(SecretError::Unsealing));
    }

    #[test]
    fn links_and_identities_differ_by_key_and_input() {
        assert_eq!(secrets(1).link_token("a"), secrets(1).link_token("a"));
        assert_ne!(secrets(1).link_token("a"), secrets(1).link_token("b"));
        assert_ne!(secrets(1).link_token("a"), secrets(2).link_token("a"));
        assert_eq!(secrets(1).link_token("a").len(), 27);
        assert_ne!(secrets(1).identity(&["ab", "c"]), secrets(1).identity(&["a", "bc"]));
    }

    #[test]
    fn anybody_can_check_a_receipt_with_the_public_key() {
        let secrets = secrets(1);
        let receipt = secrets.sign(r#"{"reference":"TM-0000-0000"}"#);
        let (text, signature) = receipt.rsplit_once('.').expect("three parts");
        let key: [u8; 32] =
            BASE64URL_NOPAD.decode(secrets.receipt_public_key().as_bytes()).expect("base64").try_into().expect("32");
        let signature =
            Signature::from_slice(&BASE64URL_NOPAD.decode(signature.as_bytes()).expect("base64")).expect("64 bytes");
        let key = VerifyingKey::from_bytes(&key).expect("a key");
        assert!(key.verify_strict(text.as_bytes(), &signature).is_ok());
        assert!(key.verify_strict(format!("{text}x").as_bytes(), &signature).is_err());
    }

    #[test]
    fn a_master_key_has_32_bytes() {
        assert_eq!(Secrets::from_base64("c2hvcnQ=").err(), Some(SecretError::MasterKey));
        assert_eq!(Secrets::from_base64("").err(), Some(SecretError::MasterKey));
    }
}
