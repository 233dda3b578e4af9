//! `GET /api/keys`: with these anybody can check a receipt.

use crate::platform::Platform;
use crate::routes::Json;
use crate::state::Backend;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

/// A JWK set (RFC 7517).
#[derive(Debug, Serialize, ToSchema)]
pub struct KeySet {
    /// The keys.
    keys: Vec<Key>,
}

/// An Ed25519 public key (RFC 8037).
#[derive(Debug, Serialize, ToSchema)]
pub struct Key {
    kty: &'static str,
    crv: &'static str,
    alg: &'static str,
    #[serde(rename = "use")]
    usage: &'static str,
    kid: String,
    x: String,
}

/// The public key by which receipts are signed.
#[utoipa::path(get, path = "/api/keys", responses((status = 200, body = KeySet)))]
pub async fn show<P: Platform>(State(backend): State<Backend<P>>) -> Json<KeySet> {
    let secrets = &backend.secrets;
    let (kid, x) = (secrets.receipt_key_id().to_owned(), secrets.receipt_public_key());
    Json(KeySet { keys: vec![Key { kty: "OKP", crv: "Ed25519", alg: "EdDSA", usage: "sig", kid, x }] })
}
