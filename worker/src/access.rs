//! Cloudflare Access: who has passed an identity provider in front of the site shows a token (a JWT, RFC 7519) that the provider's
//! keys have signed. Only what was signed with RSA and SHA-256 by a key of our own team, for our own application, counts.

mod token;

use crate::platform::Platform;
use crate::refusal::Refusal;
use crate::state::Kept;
use domain::error::ErrorCode;
use std::sync::Arc;
use token::{Fault, Keys};

/// How long keys serve, in milliseconds; Cloudflare changes them every six weeks and keeps the old ones for a while.
const KEYS_KEPT_MS: i64 = 60 * 60 * 1000;

/// How often a token with an unknown key may make us ask for keys anew, in milliseconds.
const ASKED_ANEW_MS: i64 = 60 * 1000;

/// An application behind Access.
pub struct Access {
    /// Who has to have issued a token: the address of the team, without a slash at the end.
    issuer: String,
    /// Tag of the application the token has to be for.
    audience: String,
    keys: Kept<Keys>,
    newer_keys: Kept<Keys>,
}

impl Access {
    /// The application of this tag; `team` is its host, such as `tumo.cloudflareaccess.com`. None when either isn't set.
    pub fn new(team: &str, audience: &str) -> Option<Self> {
        let (team, audience) = (team.trim().trim_end_matches('/'), audience.trim());
        // Plain HTTP from this machine itself only: for tests.
        let issuer = match team.strip_prefix("http://127.0.0.1:") {
            Some(_) => team.to_owned(),
            None => format!("https://{}", team.trim_start_matches("https://")),
        };
        let set = !team.is_empty() && !audience.is_empty();
        set.then(|| Self {
            issuer,
            audience: audience.to_owned(),
            keys: Kept::new(KEYS_KEPT_MS),
            newer_keys: Kept::new(ASKED_ANEW_MS),
        })
    }

    /// The e-mail for which the identity provider vouches by this token.
    ///
    /// # Errors
    /// [`ErrorCode::NotVouchedFor`] for a token that doesn't count, [`ErrorCode::Busy`] when the keys can't be had.
    pub async fn email(&self, platform: &impl Platform, token: &str) -> Result<String, Refusal> {
        let now = platform.now();
        let keys = self.keys.or_read(now, self.fetched(platform)).await?;
        let vouched = match self.judged(token, &keys, now.0) {
            Err(Fault::UnknownKey) => {
                let newer: Arc<Keys> = self.newer_keys.or_read(now, self.fetched(platform)).await?;
                self.judged(token, &newer, now.0)
            }
            judged => judged,
        };
        vouched.map_err(|_| ErrorCode::NotVouchedFor.into())
    }

    fn judged(&self, token: &str, keys: &Keys, now_ms: i64) -> Result<String, Fault> {
        token::email(token, keys, &self.issuer, &self.audience, now_ms.div_euclid(1000))
    }

    async fn fetched(&self, platform: &impl Platform) -> Result<Keys, Refusal> {
        let text = platform.fetch(&format!("{}/cdn-cgi/access/certs", self.issuer)).await;
        let keys = text.and_then(|text| serde_json::from_str(&text).ok());
        keys.ok_or_else(|| Refusal { log: Some("the keys of Access can't be had".to_owned()), ..ErrorCode::Busy.into() })
    }
}
