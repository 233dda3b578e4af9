//! The contract's types from and to JavaScript values.
//!
//! Serde's generated readers would be a fifth of what the phone downloads. Here a type is a list of its fields: a field that the
//! contract gains, loses or renames doesn't compile until the list says so, and the names are the contract's own.

use crate::draft::Draft;
use crate::links::SavedLink;
use crate::step::Step;
use domain::application::{ApplicationForm, ConsentForm, DateForm, GuardianForm, SiblingForm, StudentForm};
use domain::catalogue::{Catalogue, Centre, Cohort, CohortSeats, ConsentText, Intake, LiveSeats, Odds, Purpose, Track};
use domain::date::{Date, Timestamp};
use domain::error::{ErrorBody, ErrorCode, ErrorDetail, FaultCode, FieldFault};
use domain::invariants::{Check, CheckResult, Invariants, Totals};
use domain::language::Localized;
use domain::registration::{
    Confirmation, Decided, JoinForm, MyApplication, MyRegistration, MyStudent, RegistrationState, SettingsForm, Warning,
};
use domain::schedule::{Session, Slot};
use js_sys::{Array, JSON, Object, Reflect};
use wasm_bindgen::prelude::*;

/// What can be read from a JavaScript value.
pub trait FromJs: Sized {
    /// The value; none when it is of another kind.
    fn from_js(value: &JsValue) -> Option<Self>;
}

/// What can be written as a JavaScript value.
pub trait ToJs {
    /// The value.
    fn to_js(&self) -> JsValue;
}

/// Reads a value from JSON.
pub fn from_json<T: FromJs>(text: &str) -> Option<T> {
    T::from_js(&JSON::parse(text).ok()?)
}

/// Writes a value as JSON.
pub fn to_json<T: ToJs>(value: &T) -> Option<String> {
    JSON::stringify(&value.to_js()).ok().map(String::from)
}

/// The member of an object; undefined when there is none.
pub fn member(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

fn read<T: FromJs>(object: &JsValue, name: &str) -> Option<T> {
    T::from_js(&member(object, name))
}

fn object(members: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in members {
        // A fresh plain object refuses nothing.
        let _ = Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object.into()
}

impl FromJs for String {
    fn from_js(value: &JsValue) -> Option<Self> {
        value.as_string()
    }
}

impl ToJs for String {
    fn to_js(&self) -> JsValue {
        JsValue::from_str(self)
    }
}

impl FromJs for bool {
    fn from_js(value: &JsValue) -> Option<Self> {
        value.as_bool()
    }
}

impl ToJs for bool {
    fn to_js(&self) -> JsValue {
        JsValue::from_bool(*self)
    }
}

/// A whole number that a JavaScript number holds exactly.
fn whole(value: &JsValue) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_991.0;
    let number = value.as_f64().filter(|number| number.abs() <= EXACT)?;
    // In range, as asked above; a fraction doesn't come back as it was.
    let whole = number as i64;
    (whole as f64 == number).then_some(whole)
}

macro_rules! whole_numbers {
    ($($number:ty),+) => {$(
        impl FromJs for $number {
            fn from_js(value: &JsValue) -> Option<Self> {
                whole(value)?.try_into().ok()
            }
        }
    )+};
}

whole_numbers!(u8, u16, u32);

impl FromJs for Timestamp {
    fn from_js(value: &JsValue) -> Option<Self> {
        whole(value).map(Timestamp)
    }
}

impl FromJs for Date {
    fn from_js(value: &JsValue) -> Option<Self> {
        Date::parse(&value.as_string()?)
    }
}

/// Nothing is `null`, or not there.
impl<T: FromJs> FromJs for Option<T> {
    fn from_js(value: &JsValue) -> Option<Self> {
        if value.is_null() || value.is_undefined() { Some(None) } else { T::from_js(value).map(Some) }
    }
}

impl<T: ToJs> ToJs for Option<T> {
    fn to_js(&self) -> JsValue {
        self.as_ref().map_or(JsValue::NULL, T::to_js)
    }
}

/// A list that isn't there is empty: the contract leaves empty lists out.
impl<T: FromJs> FromJs for Vec<T> {
    fn from_js(value: &JsValue) -> Option<Self> {
        if value.is_undefined() {
            return Some(Vec::new());
        }
        value.dyn_ref::<Array>()?.iter().map(|item| T::from_js(&item)).collect()
    }
}

impl<T: ToJs> ToJs for Vec<T> {
    fn to_js(&self) -> JsValue {
        self.iter().map(T::to_js).collect::<Array>().into()
    }
}

/// What the server sends: every field must be there.
macro_rules! answers {
    ($($name:ident { $($field:ident),+ $(,)? })+) => {$(
        impl FromJs for $name {
            fn from_js(value: &JsValue) -> Option<Self> {
                Some(Self { $($field: read(value, stringify!($field))?),+ })
            }
        }
    )+};
}

answers! {
    Catalogue { intake, centres, tracks, cohorts, consent }
    Intake {
        id, name, opens_at, closes_at, min_age, max_age, first_session_on, last_session_on, seat_target, offer_hours, return_place,
        overtakes_max,
    }
    Centre { id, name, city, address, provisional }
    Track { id, name, summary }
    Cohort { id, centre, slots, tracks, closed, first_session }
    ConsentText { version, body, purposes }
    Purpose { id, required, text }
    Localized { kk, ru, en }
    Slot { weekday, start, end }
    Session { date, start, end }
    LiveSeats { at, cohorts }
    CohortSeats { id, seats, taken, waiting, odds }
    Odds { waited, seated }
    Confirmation { reference, decided_at, token, registrations, warnings }
    Decided { registration, cohort, state, position, receipt }
    MyApplication { reference, decided_at, at, intake, together, take_at_once, letters, students }
    MyStudent { id, given_name, registrations }
    MyRegistration {
        id, state, position, waiting, odds, held_until, returned, moved, declined, decided_at, changed_at, centre, cohort, tracks,
        receipt,
    }
    Invariants { at, holds, checks, totals }
    CheckResult { name, violations }
    Totals { seats, enrolled, offered, waiting, registrations, journal_entries }
    ErrorBody { error }
    ErrorDetail { code, fields }
    FieldFault { field, code }
}

/// What the phone keeps: a field that an earlier version of the app didn't know is empty.
macro_rules! kept {
    ($($name:ident { $($field:ident),+ $(,)? })+) => {$(
        impl FromJs for $name {
            fn from_js(value: &JsValue) -> Option<Self> {
                value.is_object().then(|| Self { $($field: read(value, stringify!($field)).unwrap_or_default()),+ })
            }
        }

        impl ToJs for $name {
            fn to_js(&self) -> JsValue {
                object(&[$((stringify!($field), self.$field.to_js())),+])
            }
        }
    )+};
}

kept! {
    ApplicationForm {
        language, filled_by, centre, tracks, cohort, student, siblings, together, take_at_once, guardian, second_guardian, consent,
    }
    SiblingForm { student, centre, tracks, cohort, student_accepts }
    StudentForm { born_on, surname, given_name, patronymic, school, grade, iin }
    DateForm { day, month, year }
    GuardianForm { surname, given_name, patronymic, relation, phone, email }
    ConsentForm { version, purposes, student_accepts }
    Draft { form, reached, key }
    SavedLink { reference, token, given_name, seen }
}

/// What is only ever sent.
macro_rules! sent {
    ($($name:ident { $($field:ident),+ $(,)? })+) => {$(
        impl ToJs for $name {
            fn to_js(&self) -> JsValue {
                let Self { $($field),+ } = self;
                object(&[$((stringify!($field), $field.to_js())),+])
            }
        }
    )+};
}

sent! {
    JoinForm { cohort, tracks }
    SettingsForm { take_at_once }
}

macro_rules! words {
    ($($name:ident),+) => {$(
        impl FromJs for $name {
            fn from_js(value: &JsValue) -> Option<Self> {
                $name::parse(&value.as_string()?)
            }
        }
    )+};
}

words!(ErrorCode, FaultCode, RegistrationState, Warning, Check, Step);

impl ToJs for Step {
    fn to_js(&self) -> JsValue {
        JsValue::from_str(self.slug())
    }
}
