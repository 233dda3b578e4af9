//! Keys and what is done with them. One master key, kept outside the database; every use has a key of its own derived from it,
//! so a leaked database shows no identification number, no private link and no way to forge a receipt.

use credentials::seal::{Master, SECOND_FACTOR, Seal};
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use ed25519_dalek::{Signer, SigningKey};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

pub use credentials::seal::SecretError;

/// The keys of a running backend.
#[derive(Clone)]
pub struct Secrets {
    iin: Seal,
    second_factor: Seal,
    recovery: [u8; 32],
    sign_in: [u8; 32],
    identity: [u8; 32],
    link: [u8; 32],
    body: [u8; 32],
    idempotency: [u8; 32],
    contact: [u8; 32],
    receipt: SigningKey,
}

impl Secrets {
    /// Derives all keys from the master key (HKDF-SHA-256, RFC 5869).
    ///
    /// # Errors
    /// [`SecretError::MasterKey`] when it isn't the base64 of 32 bytes.
    pub fn from_base64(master: &str) -> Result<Self, SecretError> {
        let master = Master::from_base64(master)?;
        let derive = |purpose: &str| master.key(purpose);
        Ok(Self {
            iin: master.seal("iin seal")?,
            second_factor: master.seal(SECOND_FACTOR)?,
            recovery: derive("recovery code")?,
            sign_in: derive("sign-in limit")?,
            identity: derive("student identity")?,
            link: derive("private link")?,
            body: derive("application body")?,
            idempotency: derive("idempotency key")?,
            contact: derive("contact limit")?,
            receipt: SigningKey::from_bytes(&derive("receipt signature")?),
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
        HEXLOWER.encode(&mac(&self.recovery, &[staff_id, code]))
    }

    /// The keyed hash under which tries to sign in are counted, and places are remembered from which members signed in.
    pub fn sign_in(&self, parts: &[&str]) -> String {
        HEXLOWER.encode(&mac(&self.sign_in, parts))
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

/// What is stored of the secret of a private link or of a session. Such a secret has 160 bits at least, so a plain hash can't be
/// searched.
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
    use data_encoding::BASE64;
    use ed25519_dalek::{Signature, VerifyingKey};

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
}
