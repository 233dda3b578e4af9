//! The key by which a repeated request is recognised.

use crate::error::ErrorCode;

/// An `Idempotency-Key` (IETF draft-ietf-httpapi-idempotency-key-header): chosen at random by the phone, one for each application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey(String);

impl IdempotencyKey {
    /// Reads the header; none when it wasn't sent.
    ///
    /// # Errors
    /// [`ErrorCode::KeyMissing`], or [`ErrorCode::KeyMalformed`] for anything but 16 to 64 letters, digits, `-` and `_`: shorter
    /// ones could be guessed, and two families must never share one.
    pub fn parse(header: Option<&str>) -> Result<Self, ErrorCode> {
        let key = header.ok_or(ErrorCode::KeyMissing)?;
        let known = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        if (16..=64).contains(&key.len()) && key.bytes().all(known) {
            Ok(Self(key.to_owned()))
        } else {
            Err(ErrorCode::KeyMalformed)
        }
    }

    /// The key.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_is_a_key_and_a_short_word_is_not() {
        assert!(IdempotencyKey::parse(Some("0b8f2a1e-7d0c-4b53-9a44-2f6a1c9d5e77")).is_ok());
        assert_eq!(IdempotencyKey::parse(None), Err(ErrorCode::KeyMissing));
        for wrong in ["", "short", "with spaces in the middle", "ключ-ключ-ключ-ключ"] {
            assert_eq!(IdempotencyKey::parse(Some(wrong)), Err(ErrorCode::KeyMalformed), "{wrong}");
        }
        assert_eq!(IdempotencyKey::parse(Some(&"k".repeat(65))), Err(ErrorCode::KeyMalformed));
    }
}
