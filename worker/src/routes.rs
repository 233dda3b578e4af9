//! Every address of the API, in one table. Nothing else knows HTTP.
//!
//! | method and path | answer | who may |
//! |---|---|---|
//! | `GET /api/catalogue` | [`domain::catalogue::Catalogue`] | everybody |
//! | `GET /api/cohorts?centre=&tracks=a,b` | [`domain::catalogue::LiveSeats`] | everybody |
//! | `POST /api/applications` | [`domain::registration::Confirmation`] | everybody, with an `Idempotency-Key` |
//! | `GET /api/my` | [`domain::registration::MyApplication`] | who shows the private link's secret |
//! | `POST /api/my/registrations/{id}/accept`, `…/decline`, `…/withdraw` | the same | who shows the private link's secret |
//! | `POST /api/my/students/{id}/registrations` | the same | who shows the private link's secret |
//! | `PUT /api/my/settings` | the same | who shows the private link's secret |
//! | `GET /api/my/calendar.ics` | iCalendar | who shows the private link's secret |
//! | `GET /api/my/registrations/{id}/receipt.svg` | the receipt as a QR code | who shows the private link's secret |
//! | `GET /api/invariants` | [`domain::invariants::Invariants`] | everybody |
//! | `GET /api/keys` | JWK set of the receipts | everybody |
//! | `GET /api/health` | whether the store answers | everybody |
//! | `GET /api/openapi.json` | description of all of these | everybody |
//! | `/api/staff/…` | the staff console | whoever the table in `routes/staff.rs` says |

mod address;
mod applications;
mod body;
mod catalogue;
mod cohorts;
mod fence;
mod health;
mod invariants;
mod keys;
mod my;
mod openapi;
mod path;
mod staff;

use crate::platform::Platform;
use crate::refusal::Refusal;
use crate::state::Backend;
use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post, put};
use domain::error::ErrorCode;
use http::HeaderName;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use path::Path;
use serde::Serialize;

/// The routes of a backend.
pub fn router<P: Platform>(backend: Backend<P>) -> Router {
    Router::new()
        .route("/api/catalogue", get(catalogue::show::<P>))
        .route("/api/cohorts", get(cohorts::show::<P>))
        .route("/api/applications", post(applications::create::<P>))
        .route("/api/my", get(my::show::<P>))
        .route("/api/my/registrations/{registration}/accept", post(my::changes::accept::<P>))
        .route("/api/my/registrations/{registration}/decline", post(my::changes::decline::<P>))
        .route("/api/my/registrations/{registration}/withdraw", post(my::changes::withdraw::<P>))
        .route("/api/my/students/{student}/registrations", post(my::changes::join::<P>))
        .route("/api/my/settings", put(my::changes::settings::<P>))
        .route("/api/invariants", get(invariants::show::<P>))
        .route("/api/my/calendar.ics", get(my::calendar::<P>))
        .route("/api/my/registrations/{registration}/receipt.svg", get(my::receipt::<P>))
        .route("/api/keys", get(keys::show::<P>))
        .route("/api/health", get(health::show::<P>))
        .route("/api/openapi.json", get(openapi::show))
        .merge(staff::router(&backend))
        // No fallback: a host that also serves pages answers whatever lies outside the API.
        .route("/api/", any(unknown))
        .route("/api/{*unknown}", any(unknown))
        .method_not_allowed_fallback(async || Refusal::new(ErrorCode::MethodNotAllowed))
        .layer(from_fn(fence::refuse_cross_site))
        .layer(from_fn_with_state(backend.clone(), fence::finish::<P>))
        .with_state(backend)
}

async fn unknown() -> Refusal {
    Refusal::new(ErrorCode::NotFound)
}

/// A JSON answer.
struct Json<T>(T);

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        match serde_json::to_string(&self.0) {
            Ok(json) => ([(CONTENT_TYPE, "application/json")], json).into_response(),
            Err(error) => Refusal::from(error).into_response(),
        }
    }
}

/// What says that an answer is a file of this type, to be kept under this name of plain letters.
fn attachment(media_type: &str, name: &str) -> [(HeaderName, String); 2] {
    [(CONTENT_TYPE, media_type.to_owned()), (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\""))]
}
