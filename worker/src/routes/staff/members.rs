//! Staff members: who may sign in, as what, where.

use crate::platform::Platform;
use crate::refusal::Refusal;
use crate::routes::Json;
use crate::routes::staff::Signed;
use crate::state::Backend;
use crate::store::members;
use axum::extract::State;
use domain::error::ErrorBody;
use domain::staff::access::StaffMember;

/// All members.
#[utoipa::path(
    get,
    path = "/api/staff/members",
    security(("staff_session" = [])),
    responses(
        (status = 200, body = Vec<StaffMember>),
        (status = 401, body = ErrorBody, description = "`not_signed_in`"),
        (status = 403, body = ErrorBody, description = "`sign_in_pending`, `not_allowed`"),
    )
)]
pub async fn list<P: Platform>(State(backend): State<Backend<P>>, signed: Signed) -> Result<Json<Vec<StaffMember>>, Refusal> {
    Ok(Json(members::all(&backend.platform, &signed.scope()).await?))
}
