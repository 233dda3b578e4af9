//! `GET /api/openapi.json`: generated from the routes and the wire types themselves.

use axum::response::{IntoResponse, Response};
use http::header::CONTENT_TYPE;
use std::sync::OnceLock;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityScheme};
use utoipa::{Modify, OpenApi};

#[derive(OpenApi)]
#[openapi(
    info(title = "TUMO registration", description = "Enrolment at TUMO centres in Kazakhstan."),
    paths(
        super::catalogue::show,
        super::cohorts::show,
        super::applications::create,
        super::my::show,
        super::my::calendar,
        super::my::receipt,
        super::my::changes::accept,
        super::my::changes::decline,
        super::my::changes::withdraw,
        super::my::changes::join,
        super::my::changes::settings,
        super::invariants::show,
        super::keys::show,
        super::health::show,
        show,
    ),
    modifiers(&Proofs)
)]
struct Description;

/// What requests show: the secret of the private link as a bearer token, the secret of a staff session as a cookie.
struct Proofs;

impl Modify for Proofs {
    fn modify(&self, description: &mut utoipa::openapi::OpenApi) {
        let components = description.components.get_or_insert_default();
        components.add_security_scheme("private_link", SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)));
        let cookie = SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new(super::staff::COOKIE)));
        components.add_security_scheme("staff_session", cookie);
    }
}

/// This description.
#[utoipa::path(get, path = "/api/openapi.json", responses((status = 200, description = "OpenAPI 3.1")))]
pub async fn show() -> Response {
    static TEXT: OnceLock<String> = OnceLock::new();
    let text = TEXT.get_or_init(|| {
        let mut description = Description::openapi();
        description.merge(super::staff::description());
        description.to_json().unwrap_or_default()
    });
    ([(CONTENT_TYPE, "application/json")], text.as_str()).into_response()
}
