//! Receipts: anybody can check one with the key of `GET /api/keys`, and it says what the family was told.

use std::sync::Arc;

use data_encoding::BASE64URL_NOPAD;
use domain::error::ErrorCode;
use domain::registration::ReceiptClaims;
use ed25519_dalek::{Signature, VerifyingKey};
use serde_json::{Value, json};
use tumo_tests::api::OneStudent;
use tumo_tests::code::Code;
use tumo_tests::tests;
use tumo_tests::world::World;

tests![
    a_receipt_is_signed_and_says_what_was_answered,
    a_changed_receipt_is_noticed,
    the_holder_of_the_link_gets_the_receipt_as_a_code,
    without_the_link_there_is_no_code,
];

struct Receipt {
    signed: String,
    header: Value,
    claims: ReceiptClaims,
    signature: Signature,
}

fn decoded(part: &str) -> Vec<u8> {
    BASE64URL_NOPAD.decode(part.as_bytes()).expect("base64url")
}

fn parsed(receipt: &str) -> Receipt {
    let (signed, signature) = receipt.rsplit_once('.').expect("three parts");
    let (header, claims) = signed.split_once('.').expect("three parts");
    Receipt {
        signed: signed.to_owned(),
        header: serde_json::from_slice(&decoded(header)).expect("JSON"),
        claims: serde_json::from_slice(&decoded(claims)).expect("claims"),
        signature: Signature::from_slice(&decoded(signature)).expect("64 bytes"),
    }
}

/// The published key of this name.
async fn key(world: &World, name: &Value) -> VerifyingKey {
    let set: Value = world.api.get("/api/keys").send().await.json();
    let keys = set["keys"].as_array().expect("keys");
    let key = keys.iter().find(|key| key["kid"] == *name).expect("the key the receipt names");
    assert_eq!(
        (&key["kty"], &key["crv"], &key["alg"], &key["use"]),
        (&json!("OKP"), &json!("Ed25519"), &json!("EdDSA"), &json!("sig"))
    );
    let bytes = decoded(key["x"].as_str().expect("a text"));
    VerifyingKey::from_bytes(&bytes.try_into().expect("32 bytes")).expect("a key")
}

async fn a_receipt_is_signed_and_says_what_was_answered(world: Arc<World>) {
    let cohort = world.own_cohort();
    for _ in 0..2 {
        let told = world.applied(&world.form_for(&cohort)).await;
        let receipt = parsed(&told.one().receipt);
        assert_eq!(receipt.header["alg"], "EdDSA");
        let key = key(&world, &receipt.header["kid"]).await;
        key.verify_strict(receipt.signed.as_bytes(), &receipt.signature).expect("a right signature");

        let entry = "SELECT j.entry FROM journal AS j JOIN registrations AS r ON r.id = j.registration_id
            JOIN students AS s ON s.id = r.student_id JOIN applications AS a ON a.id = s.application_id WHERE a.reference = ?1";
        let entry = world.database.row(entry, [&told.reference])["entry"].as_u64().expect("a number");
        let expected = ReceiptClaims {
            reference: told.reference.clone(),
            intake: "demo".into(),
            cohort: cohort.clone(),
            entry,
            state: told.one().state,
            position: told.one().position,
            decided_at: told.decided_at,
        };
        assert_eq!(receipt.claims, expected);
    }
}

async fn a_changed_receipt_is_noticed(world: Arc<World>) {
    let receipt = parsed(&world.applied(&world.form()).await.one().receipt);
    let key = key(&world, &receipt.header["kid"]).await;
    let (header, _) = receipt.signed.split_once('.').expect("two parts");
    let mut claims = receipt.claims;
    claims.entry += 1;
    let forged = BASE64URL_NOPAD.encode(&serde_json::to_vec(&claims).expect("JSON"));
    assert!(key.verify_strict(format!("{header}.{forged}").as_bytes(), &receipt.signature).is_err());
}

async fn the_holder_of_the_link_gets_the_receipt_as_a_code(world: Arc<World>) {
    let told = world.applied(&world.form()).await;
    let path = format!("/api/my/registrations/{}/receipt.svg", told.one().registration);
    let answer = world.api.get(&path).token(&told.token).send().await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "image/svg+xml"), "{}", answer.body);
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(Code::drawn(&answer.body).text(), told.one().receipt);
}

async fn without_the_link_there_is_no_code(world: Arc<World>) {
    let (told, other) = (world.applied(&world.form()).await, world.applied(&world.form()).await);
    let path = format!("/api/my/registrations/{}/receipt.svg", told.one().registration);
    for request in [world.api.get(&path), world.api.get(&path).token(&other.token), world.api.get(&path).token("x")] {
        request.send().await.assert_refused(404, ErrorCode::UnknownLink);
    }
}
