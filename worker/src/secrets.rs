//! Keys and what is done with them. One master key, kept outside the database; every use has a key of its own derived from it,
//! so a leaked database shows no identification number, no private link and no way to forge a receipt.

use credentials::link::{Keyed, Links};
use credentials::seal::{Master, SECOND_FACTOR, Seal};
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use ed25519_dalek::SigningKey;
use sha2::{Digest, Sha256};

pub use credentials::link::digest;
pub use credentials::seal::SecretError;

/// The keys of a running backend, with all that can be worked out from them before anything is hashed or signed.
#[derive(Clone)]
pub struct Secrets {
    iin: Seal,
    second_factor: Seal,
    recovery: Keyed,
    sign_in: Keyed,
    identity: Keyed,
    links: Links,
    body: Keyed,
    idempotency: Keyed,
    contact: Keyed,
    receipt: SigningKey,
    receipt_key_id: String,
    /// The first part of every receipt, with the dot after it.
    receipt_head: String,
}

impl Secrets {
    /// Derives all keys from the master key (HKDF-SHA-256, RFC 5869).
    ///
    /// # Errors
    /// [`SecretError::MasterKey`] when it isn't the base64 of 32 bytes.
    pub fn from_base64(master: &str) -> Result<Self, SecretError> {
        let master = Master::from_base64(master)?;
        let keyed = |purpose: &str| Keyed::of(&master, purpose);
        let receipt = SigningKey::from_bytes(&master.key("receipt signature")?);
        let receipt_key_id: String = digest(&public_key(&receipt)).chars().take(16).collect();
        let head = format!(r#"{{"alg":"EdDSA","kid":"{receipt_key_id}"}}"#);
        Ok(Self {
            iin: master.seal("iin seal")?,
            second_factor: master.seal(SECOND_FACTOR)?,
            recovery: keyed("recovery code")?,
            sign_in: keyed("sign-in limit")?,
            identity: keyed("student identity")?,
            links: Links::of(&master)?,
            body: keyed("application body")?,
            idempotency: keyed("idempotency key")?,
            contact: keyed("contact limit")?,
            receipt,
            receipt_key_id,
            receipt_head: BASE64URL_NOPAD.encode(head.as_bytes()) + ".",
        })
    }

    /// Seals an identification number for one student record.
    ///
    /// # Errors
    /// [`SecretError::Sealing`] when the cipher refuses.
    pub fn seal_iin(&self, iin: &str, student_id: &str, nonce: [u8; 24]) -> Result<String, SecretError> {
        self.iin.seal(iin.as_bytes(), student_id, nonce)
    }

    /// The seal of the secrets of authenticator apps; the record is the staff member's id.
    pub const fn second_factor(&self) -> &Seal {
        &self.second_factor
    }

    /// What is stored of a member's recovery code: a keyed hash, as fifty bits could be searched.
    pub fn recovery(&self, staff_id: &str, code: &str) -> String {
        HEXLOWER.encode(&self.recovery.hash(&[staff_id, code]))
    }

    /// The keyed hash under which tries to sign in are counted, and places are remembered from which members signed in.
    pub fn sign_in(&self, parts: &[&str]) -> String {
        HEXLOWER.encode(&self.sign_in.hash(parts))
    }

    /// The keyed hash by which a student is recognised again.
    pub fn identity(&self, parts: &[&str]) -> String {
        HEXLOWER.encode(&self.identity.hash(parts))
    }

    /// The keyed hash of a cohort, a contact and the address it is used from, for limits. Never the address alone, which a whole school
    /// can share; with it, so that a stranger elsewhere can't use up a family's tries.
    pub fn contact(&self, cohort: &str, contact: &str, address: &str) -> String {
        HEXLOWER.encode(&self.contact.hash(&[cohort, contact, address]))
    }

    /// The keyed hash of an `Idempotency-Key`. Who repeats a request gets the private link, so the key itself isn't stored.
    pub fn idempotency(&self, key: &str) -> String {
        HEXLOWER.encode(&self.idempotency.hash(&[key]))
    }

    /// The keyed hash of an application's answers.
    pub fn body(&self, body: &str) -> String {
        HEXLOWER.encode(&self.body.hash(&[body]))
    }

    /// The secret of an application's private link: 160 bits, derived, so a repeated request can be answered alike.
    pub fn link_token(&self, application_id: &str) -> String {
        self.links.token(application_id)
    }

    /// What the signature of a receipt with these claims covers: the first two parts of a JWS in compact form, EdDSA (RFC 7515,
    /// RFC 8037). The signature is the third.
    pub fn receipt_text(&self, claims: &str) -> String {
        let mut text = self.receipt_head.clone();
        BASE64URL_NOPAD.encode_append(claims.as_bytes(), &mut text);
        text
    }

    /// The key that signs receipts.
    pub fn receipt_key(&self) -> &SigningKey {
        &self.receipt
    }

    /// The public key of the receipts: the `x` of a JWK (RFC 8037).
    pub fn receipt_public_key(&self) -> String {
        public_key(&self.receipt)
    }

    /// Names the key of the receipts.
    pub fn receipt_key_id(&self) -> &str {
        &self.receipt_key_id
    }
}

fn public_key(key: &SigningKey) -> String {
    BASE64URL_NOPAD.encode(key.verifying_key().as_bytes())
}

/// The hash of a file.
pub fn digest_of(file: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(file))
}

#[cfg(test)]
mod tests {
    use super::*;
    use data_encoding::BASE64;
    use ed25519_dalek::{Signer, VerifyingKey};

    fn secrets(seed: u8) -> Secrets {
        Secrets::from_base64(&BASE64.encode(&[seed; 32])).expect("a key")
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
        let text = secrets.receipt_text(r#"{"reference":"TM-0000-0000"}"#);
        let signature = secrets.receipt_key().sign(text.as_bytes());
        let key: [u8; 32] =
            BASE64URL_NOPAD.decode(secrets.receipt_public_key().as_bytes()).expect("base64").try_into().expect("32");
        let key = VerifyingKey::from_bytes(&key).expect("a key");
        assert!(key.verify_strict(text.as_bytes(), &signature).is_ok());
        assert!(key.verify_strict(format!("{text}x").as_bytes(), &signature).is_err());
    }
}
