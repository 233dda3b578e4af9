use super::*;
use hmac::{Hmac, KeyInit, Mac};
use rsa::PrivateKey;
use rsa::pkcs1v15::SigningKey;
use rsa::signature::{SignatureEncoding, Signer};
use rsa::traits::PublicKeyParts;
use serde_json::{Value, json};
use std::sync::OnceLock;

const ISSUER: &str = "https://tumo.cloudflareaccess.com";
const AUDIENCE: &str = "our-application";
const NOW: i64 = 1_800_000_000;

/// A key pair made for this run.
fn pair(bits: usize) -> PrivateKey {
    PrivateKey::new(&mut getrandom::rand_core::UnwrapErr(getrandom::SysRng), bits).expect("a key")
}

/// Making one takes a while.
fn ours() -> &'static PrivateKey {
    static OURS: OnceLock<PrivateKey> = OnceLock::new();
    OURS.get_or_init(|| pair(2048))
}

fn jwk(key: &PrivateKey, kid: &str) -> Value {
    let part = |bytes: &[u8]| BASE64URL_NOPAD.encode(bytes);
    json!({ "kid": kid, "kty": "RSA", "alg": "RS256", "use": "sig", "n": part(&key.n_bytes()), "e": part(&key.e_bytes()) })
}

fn keys(list: &[Value]) -> Keys {
    serde_json::from_value(json!({ "keys": list, "public_certs": [] })).expect("keys")
}

fn claims() -> Value {
    json!({
        "iss": ISSUER, "aud": [AUDIENCE], "iat": NOW - 60, "nbf": NOW - 60, "exp": NOW + 3600, "type": "app",
        "email": "asel@tumo.example", "sub": "7335d417", "country": "KZ"
    })
}

fn text(header: &Value, claims: &Value) -> String {
    [header, claims].map(|part| BASE64URL_NOPAD.encode(part.to_string().as_bytes())).join(".")
}

fn signed(key: &PrivateKey, header: &Value, claims: &Value) -> String {
    let text = text(header, claims);
    let signature = SigningKey::<Sha256>::new(key.clone()).sign(text.as_bytes());
    format!("{text}.{}", BASE64URL_NOPAD.encode(&signature.to_bytes()))
}

fn header() -> Value {
    json!({ "alg": "RS256", "kid": "one", "typ": "JWT" })
}

fn judged(token: &str) -> Result<String, Fault> {
    email(token, &keys(&[jwk(ours(), "one")]), ISSUER, AUDIENCE, NOW)
}

/// The claims with one of them changed, or left out for null.
fn with(name: &str, value: Value) -> Value {
    let mut claims = claims();
    match value {
        Value::Null => drop(claims.as_object_mut().expect("an object").remove(name)),
        value => claims[name] = value,
    }
    claims
}

#[test]
fn a_token_of_our_team_for_our_application_counts() {
    assert_eq!(judged(&signed(ours(), &header(), &claims())).as_deref(), Ok("asel@tumo.example"));
    for fine in [
        with("aud", json!(AUDIENCE)),
        with("aud", json!(["another", AUDIENCE])),
        with("nbf", Value::Null),
        with("nbf", json!(NOW + DRIFT)),
        with("exp", json!(NOW - DRIFT + 1)),
    ] {
        assert!(judged(&signed(ours(), &header(), &fine)).is_ok(), "{fine}");
    }
}

#[test]
fn claims_that_are_off_are_refused() {
    for wrong in [
        with("iss", json!("https://other.cloudflareaccess.com")),
        with("iss", json!(format!("{ISSUER}/"))),
        with("iss", Value::Null),
        with("aud", json!(["another"])),
        with("aud", json!([])),
        with("aud", json!(format!("{AUDIENCE}-too"))),
        with("aud", Value::Null),
        with("exp", json!(NOW - DRIFT)),
        with("exp", json!("never")),
        with("exp", Value::Null),
        with("nbf", json!(NOW + DRIFT + 1)),
        // A program's token names no person.
        with("email", Value::Null),
    ] {
        assert_eq!(judged(&signed(ours(), &header(), &wrong)), Err(Fault::Refused), "{wrong}");
    }
}

#[test]
fn only_our_key_signs() {
    let stranger = pair(2048);
    assert_eq!(judged(&signed(&stranger, &header(), &claims())), Err(Fault::Refused), "under our key's name");
    let other = json!({ "alg": "RS256", "kid": "two" });
    assert_eq!(judged(&signed(&stranger, &other, &claims())), Err(Fault::UnknownKey));
    assert_eq!(judged(&signed(ours(), &json!({ "alg": "RS256" }), &claims())), Err(Fault::Refused), "no name");

    let token = signed(ours(), &header(), &claims());
    let (start, signature) = token.rsplit_once('.').expect("three parts");
    let forged = text(&header(), &with("email", json!("administrator@tumo.example")));
    assert_eq!(judged(&format!("{forged}.{signature}")), Err(Fault::Refused), "other claims under a true signature");
    for broken in
        [start, &format!("{start}."), &token[1..], &format!("{token}A"), &format!("{token}.{signature}"), "", "..", "a.b.c"]
    {
        assert!(judged(broken).is_err(), "{broken}");
    }
    assert_eq!(judged(&"x".repeat(TOKEN_MAX + 1)), Err(Fault::Refused));
}

#[test]
fn a_token_does_not_choose_how_it_is_judged() {
    let none = json!({ "alg": "none", "kid": "one" });
    assert_eq!(judged(&format!("{}.", text(&none, &claims()))), Err(Fault::Refused));
    assert_eq!(judged(&signed(ours(), &none, &claims())), Err(Fault::Refused));
    // The classic: the public key, which everybody has, taken for a shared secret.
    let shared = text(&json!({ "alg": "HS256", "kid": "one" }), &claims());
    let mut mac = Hmac::<Sha256>::new_from_slice(&ours().n_bytes()).expect("a key");
    mac.update(shared.as_bytes());
    assert_eq!(judged(&format!("{shared}.{}", BASE64URL_NOPAD.encode(&mac.finalize().into_bytes()))), Err(Fault::Refused));
}

#[test]
fn weak_and_foreign_keys_are_not_believed() {
    let weak = pair(1024);
    let token = signed(&weak, &header(), &claims());
    assert_eq!(email(&token, &keys(&[jwk(&weak, "one")]), ISSUER, AUDIENCE, NOW), Err(Fault::Refused));
    let token = signed(ours(), &header(), &claims());
    for (name, value) in [("kty", "EC"), ("alg", "RS512"), ("n", ""), ("e", "AQ"), ("n", "not base64!")] {
        let mut key = jwk(ours(), "one");
        key[name] = json!(value);
        assert_eq!(email(&token, &keys(&[key]), ISSUER, AUDIENCE, NOW), Err(Fault::Refused), "{name}: {value}");
    }
}
