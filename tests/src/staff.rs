//! Staff members, made straight in the database. [`World::staff`] is one line for a test that needs somebody signed in.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use credentials::seal::{Master, SECOND_FACTOR};
use credentials::{password, totp, words};
use data_encoding::{BASE32_NOPAD, BASE64URL_NOPAD, HEXLOWER};
use domain::staff::access::{CodeForm, Me, Role, SignInForm};
use reqwest::Method;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::api::{Answer, Api, Request};
use crate::personal::note_secret;
use crate::world::World;

/// The name of the session's cookie.
pub const COOKIE: &str = "__Host-staff";

/// A staff member with everything a test may want to know about them.
#[derive(Clone)]
pub struct Staff {
    /// Requests to the server.
    pub api: Api,
    /// Identifier.
    pub id: String,
    /// E-mail.
    pub email: String,
    /// Password.
    pub password: String,
    /// What the authenticator app holds; a member made without an app has none.
    pub app: Option<totp::Secret>,
    /// Secret of the session; empty while nobody is signed in.
    pub session: String,
}

/// How a member is made.
#[derive(Debug, Clone, Copy, Default)]
pub struct Making {
    /// Without an authenticator app, whether the role needs one or not.
    pub without_app: bool,
    /// With a password that has to be changed.
    pub first_password: bool,
}

impl World {
    /// A member whose role needs a second factor has one; signed in completely.
    pub async fn staff(&self, role: Role, centre: Option<&str>) -> Staff {
        let mut staff =
            self.staff_made(role, centre, Making { without_app: !role.needs_second_factor(), ..Making::default() }).await;
        staff.session = self.session_of(&staff, self.now()).await;
        staff
    }

    /// A member who has not signed in yet.
    pub async fn staff_made(&self, role: Role, centre: Option<&str>, making: Making) -> Staff {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let id = format!("01TESTSTAFF{number:0>15}");
        let (email, name) = (format!("staff-{number}@tumo.example"), format!("Қызметкер {number} Ағайқызы"));
        let app = (!making.without_app).then(|| totp::Secret::new(random()));
        let sealed = app.map(|app| self.sealed(&app, &id));
        let (password, hash) = known_password();
        let row = json!([id, email, name, role, centre, hash, i32::from(making.first_password), sealed, self.now()]);
        self.change(
            "INSERT INTO staff_members (id, email, name, role, centre_id, language, password_hash, must_change_password,
                totp_sealed, totp_confirmed_at, created_at)
            VALUES (?1, ?2, ?3, ?4, ?5, 'kk', ?6, ?7, ?8, iif(?8 IS NULL, NULL, ?9), ?9)",
            row.as_array().expect("a list"),
        )
        .await;
        [&email, &name, password].into_iter().for_each(note_secret);
        Staff { api: self.api.clone(), id, email, password: password.to_owned(), app, session: String::new() }
    }

    /// A session begun at this moment, complete, straight in the database: the secret.
    pub async fn session_of(&self, staff: &Staff, at: i64) -> String {
        self.session_with(staff, at, staff.app.is_some()).await
    }

    /// A session in which the code of the member's app was given, or was not yet.
    pub async fn session_with(&self, staff: &Staff, at: i64, second_factor: bool) -> String {
        let secret = BASE64URL_NOPAD.encode(&random::<32>());
        self.change(
            "INSERT INTO staff_sessions (digest, staff_id, way, second_factor, created_at, seen_at)
            VALUES (?1, ?2, 'password', ?3, ?4, ?4)",
            &[digest(&secret).into(), staff.id.as_str().into(), i32::from(second_factor).into(), at.into()],
        )
        .await;
        note_secret(&secret);
        secret
    }

    fn sealed(&self, app: &totp::Secret, id: &str) -> String {
        let seal = Master::from_base64(&self.master_key()).and_then(|master| master.seal(SECOND_FACTOR)).expect("a seal");
        note_secret(&app.base32());
        seal.seal(app.as_bytes(), id, random()).expect("sealed")
    }

    /// The time in milliseconds; the server is on this machine.
    pub fn now(&self) -> i64 {
        let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(elapsed.as_millis()).expect("milliseconds")
    }
}

/// What is stored of a session's secret.
pub fn digest(secret: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(secret.as_bytes()))
}

/// Random enough for a test.
fn random<const BYTES: usize>() -> [u8; BYTES] {
    std::array::from_fn(|_| fastrand::u8(..))
}

/// One password for all members of a run, as hashing takes its time; and its hash.
fn known_password() -> (&'static str, &'static str) {
    static PASSWORD: OnceLock<(String, String)> = OnceLock::new();
    let (password, hash) = PASSWORD.get_or_init(|| {
        let password = words::drawn(&random::<20>());
        let hash = password::hash(&password, random()).expect("a hash");
        (password, hash)
    });
    (password, hash)
}

impl Staff {
    /// A request of this member.
    pub fn request(&self, method: Method, path: &str) -> Request {
        self.api.request(method, path).header("cookie", &format!("{COOKIE}={}", self.session))
    }

    /// `GET path`.
    pub fn get(&self, path: &str) -> Request {
        self.request(Method::GET, path)
    }

    /// `POST path`.
    pub fn post(&self, path: &str) -> Request {
        self.request(Method::POST, path)
    }

    /// `PUT path`.
    pub fn put(&self, path: &str) -> Request {
        self.request(Method::PUT, path)
    }

    /// The code the authenticator app shows at this moment, in milliseconds.
    pub fn code_at(&self, now: i64) -> String {
        self.app.as_ref().expect("an app").code_at(now)
    }

    /// Types the secret of a new authenticator app, in base32, into a phone.
    pub fn learns_the_secret(&mut self, typed: &str) {
        let letters: String = typed.chars().filter(|letter| !letter.is_whitespace()).collect();
        let bytes = BASE32_NOPAD.decode(letters.as_bytes()).expect("base32");
        self.app = Some(totp::Secret::new(bytes.try_into().expect("as many bytes as a secret has")));
        note_secret(&letters);
    }

    /// Sends e-mail and password.
    pub async fn knocks(&self) -> Answer {
        self.knocks_with(&self.password).await
    }

    /// Sends e-mail and another password.
    pub async fn knocks_with(&self, password: &str) -> Answer {
        let form = SignInForm { email: self.email.clone(), password: password.into() };
        self.api.request(Method::POST, "/api/staff/sign-in").json(&form).send().await
    }

    /// Sends a code.
    pub async fn sends_code(&self, code: &str) -> Answer {
        self.post("/api/staff/sign-in/code").json(&CodeForm { code: code.into() }).send().await
    }

    /// Takes the session that an answer gives.
    pub fn takes(&mut self, answer: &Answer) -> Me {
        let me = answer.json();
        self.session = given(answer).expect("a cookie").to_owned();
        note_secret(&self.session);
        me
    }
}

/// The session's secret an answer gives.
pub fn given(answer: &Answer) -> Option<&str> {
    answer.header("set-cookie").strip_prefix(COOKIE)?.strip_prefix('=')?.split(';').next()
}
