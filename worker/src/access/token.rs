//! Judging one token.

use data_encoding::BASE64URL_NOPAD;
use rsa::pkcs1v15::{Signature, VerifyingKey};
use rsa::sha2::Sha256;
use rsa::signature::Verifier;
use rsa::{BoxedUint, PublicKey};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// The keys of a team: a JWK set (RFC 7517).
#[derive(Debug, Clone, Deserialize)]
pub struct Keys {
    keys: Vec<Key>,
}

#[derive(Debug, Clone, Deserialize)]
struct Key {
    kid: String,
    kty: String,
    #[serde(default)]
    alg: Option<String>,
    #[serde(default)]
    n: String,
    #[serde(default)]
    e: String,
}

/// Why a token doesn't count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It names a key that isn't among those known.
    UnknownKey,
    /// Anything else; nobody is told what.
    Refused,
}

/// The only way of signing that counts: what the token itself asks for is no reason to use another one.
const ALGORITHM: &str = "RS256";

/// The sizes of keys that are believed, in bits.
const KEY_BITS: std::ops::RangeInclusive<usize> = 2048..=4096;

/// How many seconds a clock may be off.
const DRIFT: i64 = 30;

/// The longest token that is looked at, in bytes.
const TOKEN_MAX: usize = 8 * 1024;

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: String,
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    aud: Audience,
    exp: i64,
    #[serde(default)]
    nbf: Option<i64>,
    email: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

impl Audience {
    fn holds(&self, wanted: &str) -> bool {
        match self {
            Self::One(only) => only == wanted,
            Self::Several(all) => all.iter().any(|one| one == wanted),
        }
    }
}

/// The e-mail a token vouches for. `now` is in seconds since 1970.
///
/// # Errors
/// What is wrong with the token.
pub fn email(token: &str, keys: &Keys, issuer: &str, audience: &str, now: i64) -> Result<String, Fault> {
    let signed = token.get(..TOKEN_MAX.min(token.len())).filter(|short| *short == token).ok_or(Fault::Refused)?;
    let (text, signature) = signed.rsplit_once('.').ok_or(Fault::Refused)?;
    let (header, claims) = text.split_once('.').ok_or(Fault::Refused)?;
    let header: Header = read(header)?;
    if header.alg != ALGORITHM {
        return Err(Fault::Refused);
    }
    let key = keys.keys.iter().find(|key| key.kid == header.kid).ok_or(Fault::UnknownKey)?;
    let signature = Signature::try_from(decoded(signature)?.as_slice()).map_err(|_| Fault::Refused)?;
    key.verifying()?.verify(text.as_bytes(), &signature).map_err(|_| Fault::Refused)?;
    // Nothing of what it claims was looked at before.
    let claims: Claims = read(claims)?;
    let in_time = claims.exp > now - DRIFT && claims.nbf.is_none_or(|begins| begins <= now + DRIFT);
    let ours = claims.iss == issuer && claims.aud.holds(audience);
    if in_time && ours { Ok(claims.email) } else { Err(Fault::Refused) }
}

impl Key {
    fn verifying(&self) -> Result<VerifyingKey<Sha256>, Fault> {
        if self.kty != "RSA" || self.alg.as_deref().is_some_and(|alg| alg != ALGORITHM) {
            return Err(Fault::Refused);
        }
        let [n, e] = [&self.n, &self.e].map(|part| decoded(part).map(|bytes| BoxedUint::from_be_slice_vartime(&bytes)));
        let key = PublicKey::new_with_size_limits(n?, e?, KEY_BITS).map_err(|_| Fault::Refused)?;
        Ok(VerifyingKey::new(key))
    }
}

fn decoded(text: &str) -> Result<Vec<u8>, Fault> {
    BASE64URL_NOPAD.decode(text.as_bytes()).map_err(|_| Fault::Refused)
}

fn read<T: DeserializeOwned>(part: &str) -> Result<T, Fault> {
    serde_json::from_slice(&decoded(part)?).map_err(|_| Fault::Refused)
}

#[cfg(test)]
mod tests;
