//! Codes of an authenticator app (TOTP, RFC 6238): SHA-1, six digits, a new one every 30 seconds. These are the values every app
//! understands; some ignore others silently.

use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

/// How long a code is shown, in milliseconds.
const STEP_MS: i64 = 30_000;

/// How many steps a clock may be off, either way.
const DRIFT: i64 = 1;

/// Digits of a code.
pub const DIGITS: usize = 6;

/// What the app and the server share: 160 bits, as RFC 4226 recommends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Secret([u8; 20]);

impl Secret {
    /// A secret of these bytes, which have to be random.
    pub const fn new(bytes: [u8; 20]) -> Self {
        Self(bytes)
    }

    /// Reads a secret that was kept; none when it isn't one.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// Reads a secret as a person types it.
    pub fn from_base32(text: &str) -> Option<Self> {
        Self::from_slice(&BASE32_NOPAD.decode(text.trim().to_ascii_uppercase().as_bytes()).ok()?)
    }

    /// The bytes, to be sealed.
    pub const fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The secret to be typed into an app where there is no camera.
    pub fn base32(&self) -> String {
        BASE32_NOPAD.encode(&self.0)
    }

    /// The address that an app reads from a QR code. The account is an e-mail address.
    pub fn address(&self, issuer: &str, account: &str) -> String {
        let (issuer, account) = (escaped(issuer), escaped(account));
        format!("otpauth://totp/{issuer}:{account}?secret={}&issuer={issuer}", self.base32())
    }

    /// The code of a moment, in milliseconds since 1970.
    pub fn code_at(&self, now_ms: i64) -> String {
        self.code(now_ms.div_euclid(STEP_MS))
    }

    /// The step a code belongs to, if it is one that may be used now: no further off than a clock may be, and later than the last
    /// step that was used, so that a code that was seen can't be used again.
    pub fn step_of(&self, code: &str, now_ms: i64, last_step: i64) -> Option<i64> {
        let now = now_ms.div_euclid(STEP_MS);
        let fresh = |step: &i64| *step > last_step && self.code(*step) == code;
        (now - DRIFT..=now + DRIFT).find(fresh)
    }

    /// RFC 4226, 5.3.
    fn code(&self, step: i64) -> String {
        // A key shorter than a block of the hash counts as padded with zeros (RFC 2104).
        let mut block = [0u8; 64];
        block.iter_mut().zip(self.0).for_each(|(place, byte)| *place = byte);
        let mut mac = Hmac::<Sha1>::new(&block.into());
        mac.update(&step.to_be_bytes());
        let hash: [u8; 20] = mac.finalize().into_bytes().into();
        let start = usize::from(hash[19] & 0x0f);
        let chosen = hash.iter().skip(start).take(4).fold(0u32, |number, byte| number << 8 | u32::from(*byte));
        format!("{:0DIGITS$}", (chosen & 0x7fff_ffff) % 1_000_000)
    }
}

/// Percent-encoding of everything but unreserved characters (RFC 3986).
fn escaped(text: &str) -> String {
    text.bytes().fold(String::new(), |mut escaped, byte| {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => escaped.push(char::from(byte)),
            _ => escaped += &format!("%{byte:02X}"),
        }
        escaped
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of RFC 6238, appendix B.
    const RFC: Secret = Secret::new(*b"12345678901234567890");

    #[test]
    fn the_codes_of_the_rfc() {
        for (seconds, code) in [
            (59, "94287082"),
            (1_111_111_109, "07081804"),
            (1_111_111_111, "14050471"),
            (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"),
            (20_000_000_000, "65353130"),
        ] {
            // The RFC has eight digits; six of them are the last six.
            assert_eq!(RFC.code_at(seconds * 1000), code[2..], "{seconds}");
        }
    }

    #[test]
    fn a_clock_may_be_a_step_off_and_a_code_serves_once() {
        let now = 1_111_111_111_000;
        let step = now / STEP_MS;
        for (late, found) in [(-2, None), (-1, Some(step - 1)), (0, Some(step)), (1, Some(step + 1)), (2, None)] {
            assert_eq!(RFC.step_of(&RFC.code_at(now + late * STEP_MS), now, 0), found, "{late}");
        }
        let code = RFC.code_at(now);
        assert_eq!(RFC.step_of(&code, now, step), None, "used");
        assert_eq!(RFC.step_of(&RFC.code_at(now - STEP_MS), now, step), None, "older than the one used");
        assert_eq!(RFC.step_of(&RFC.code_at(now + STEP_MS), now, step), Some(step + 1), "the next one");
        for wrong in ["", "050 471", "14050471", "abcdef"] {
            assert_eq!(RFC.step_of(wrong, now, 0), None, "{wrong}");
        }
    }

    #[test]
    fn an_app_reads_the_address() {
        assert_eq!(
            RFC.address("TUMO", "asel+a@tumo.example"),
            "otpauth://totp/TUMO:asel%2Ba%40tumo.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=TUMO"
        );
        assert!(Secret::from_base32(" gezdgnbvgy3tqojqgezdgnbvgy3tqojq") == Some(RFC));
        assert!(Secret::from_base32("GEZDGNBV").is_none());
    }
}
