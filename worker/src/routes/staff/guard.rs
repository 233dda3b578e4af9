//! Stands before every staff route but those to sign in, and lets through who has the route's right.

use crate::platform::Platform;
use crate::refusal::Refusal;
use crate::routes::staff::cookie;
use crate::secrets::digest;
use crate::state::Backend;
use crate::store::scope::Scope;
use crate::store::sign_in::{self, StaffSession};
use axum::extract::{FromRequestParts, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::error::ErrorCode;
use domain::staff::access::{Right, Role};
use http::HeaderMap;
use http::request::Parts;
use std::sync::Arc;

/// What a guard knows.
#[derive(Clone)]
pub struct Guard<P> {
    /// The backend.
    pub backend: Backend<P>,
    /// The right that is asked for.
    pub right: Right,
}

/// Who is signed in. Handlers take it as an argument; they get it from the guard only.
#[derive(Debug, Clone)]
pub struct Signed(Arc<(StaffSession, String)>);

impl Signed {
    /// The member's id: the author of what they do.
    pub fn author(&self) -> &str {
        &self.0.0.id
    }

    /// At which centres the right holds that the guard has asked for.
    pub fn scope(&self) -> Scope {
        self.0.0.scope()
    }

    /// The member's role, where more than the right of the route has to be asked.
    pub fn role(&self) -> Role {
        self.0.0.standing.role
    }

    /// The session.
    pub(super) fn session(&self) -> &StaffSession {
        &self.0.0
    }

    /// What is stored of the session's secret.
    pub(super) fn digest(&self) -> &str {
        &self.0.1
    }
}

impl<S: Sync> FromRequestParts<S> for Signed {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Refusal> {
        parts.extensions.get().cloned().ok_or_else(|| ErrorCode::NotSignedIn.into())
    }
}

/// Lets the request through or refuses it.
pub async fn guard<P: Platform>(State(guard): State<Guard<P>>, mut request: Request, next: Next) -> Response {
    match allowed(&guard, request.headers()).await {
        Ok(signed) => {
            request.extensions_mut().insert(signed);
            next.run(request).await
        }
        Err(refusal) => refusal.into_response(),
    }
}

async fn allowed<P: Platform>(guard: &Guard<P>, headers: &HeaderMap) -> Result<Signed, Refusal> {
    let platform = &guard.backend.platform;
    let digest = digest(cookie::shown(headers).ok_or(ErrorCode::NotSignedIn)?);
    let session = sign_in::used(platform, &digest, platform.now()).await?;
    match session.standing.pending() {
        Some(pending) if !pending.leaves(guard.right) => Err(ErrorCode::SignInPending.into()),
        _ if !session.standing.role.may(guard.right) => Err(ErrorCode::NotAllowed.into()),
        _ => Ok(Signed(Arc::new((session, digest)))),
    }
}
