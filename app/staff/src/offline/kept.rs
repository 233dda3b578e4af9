//! What a phone can show without network: who signed in last, the sessions of the days around today, roll calls that were opened. All of
//! it is a member's own, goes when they sign out or somebody else signs in, and after [`HOURS`] in any case, the next time the console
//! is opened.

use super::phone;
use crate::session::Session;
use app::clock;
use domain::date::{Date, Timestamp};
use domain::staff::access::Me;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// How long things are kept: an evening, a night and the next day.
pub const HOURS: u32 = 36;

/// Kinds of things.
const ACCOUNT: &str = "account";
const SESSIONS: &str = "sessions";
const ROLL_CALL: &str = "roll-call";

/// A member, and how far the server's clock was ahead of the phone's.
#[derive(Serialize, Deserialize)]
struct Known {
    me: Me,
    ahead: i64,
}

fn phone_now() -> i64 {
    js_sys::Date::now() as i64
}

/// Keeps who is signed in, and lets go of what is anybody else's or too old.
pub async fn remember(me: &Me) {
    tidy(&me.id).await;
    let known = Known { me: me.clone(), ahead: clock::now().0 - phone_now() };
    keep(&me.id, ACCOUNT, "", "", &known).await;
}

/// Who signed in last. From then on the clock goes as the server's did.
pub async fn account() -> Option<Me> {
    tidy("").await;
    let text = phone::newest(ACCOUNT).await.ok()?.as_string()?;
    let known: Known = serde_json::from_str(&text).ok()?;
    clock::set(Timestamp(phone_now() + known.ahead));
    Some(known.me)
}

/// Lets go of everything that can be shown. Marks on their way stay.
pub async fn forget() {
    let _ = phone::forget().await;
}

async fn tidy(member: &str) {
    let today = clock::now().local_date();
    let _ = phone::tidy(member, HOURS, &day_before(today).to_string(), &today.plus_days(1).to_string()).await;
}

/// The day before; there is always one in the years of a school.
pub fn day_before(date: Date) -> Date {
    Timestamp(Timestamp::of_local(date, 0).0 - 1).local_date()
}

/// Whether things about this day are kept.
fn is_near(date: Date) -> bool {
    let today = clock::now().local_date();
    (day_before(today)..=today.plus_days(1)).contains(&date)
}

async fn keep(member: &str, kind: &str, name: &str, day: &str, value: &impl Serialize) {
    if let Ok(text) = serde_json::to_string(value) {
        let _ = phone::keep(member, kind, name, day, &text).await;
    }
}

async fn kept<T: DeserializeOwned>(member: &str, kind: &str, name: &str) -> Option<T> {
    serde_json::from_str(&phone::kept(member, kind, name).await.ok()?.as_string()?).ok()
}

/// Keeps what is known of the sessions of a day, if it is near.
pub async fn keep_sessions(session: Session, date: Date, name: &str, value: &impl Serialize) {
    if is_near(date) {
        keep(&session.me().id, SESSIONS, name, &date.to_string(), value).await;
    }
}

/// What is kept of the sessions of a day.
pub async fn sessions<T: DeserializeOwned>(session: Session, name: &str) -> Option<T> {
    kept(&session.me().id, SESSIONS, name).await
}

/// Keeps a roll call, if its day is near.
pub async fn keep_roll_call(session: Session, date: Date, name: &str, value: &impl Serialize) {
    if is_near(date) {
        keep(&session.me().id, ROLL_CALL, name, &date.to_string(), value).await;
    }
}

/// What is kept of a roll call.
pub async fn roll_call<T: DeserializeOwned>(session: Session, name: &str) -> Option<T> {
    kept(&session.me().id, ROLL_CALL, name).await
}
