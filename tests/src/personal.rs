//! What the server was told about people: none of it may be found in its log.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use domain::application::{ApplicationForm, GuardianForm};

static TOLD: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

/// Shorter ones are found anywhere.
const LEAST_BYTES: usize = 6;

/// Remembers what this application says about people.
pub fn note(form: &ApplicationForm) {
    for student in std::iter::once(&form.student).chain(form.siblings.iter().map(|sibling| &sibling.student)) {
        for text in [&student.surname, &student.given_name, &student.patronymic, &student.school, &student.iin] {
            note_secret(text);
        }
    }
    note_guardian(&form.guardian);
    form.second_guardian.iter().for_each(note_guardian);
}

fn note_guardian(guardian: &GuardianForm) {
    let digits: String = guardian.phone.chars().filter(char::is_ascii_digit).collect();
    // Without the beginning, which has several spellings.
    let subscriber = digits.get(1..).unwrap_or_default();
    for text in [&guardian.surname, &guardian.given_name, &guardian.patronymic, &guardian.phone, &guardian.email] {
        note_secret(text);
    }
    note_secret(subscriber);
}

/// Remembers one text that is nobody else's business.
pub fn note_secret(text: &str) {
    if text.len() >= LEAST_BYTES {
        TOLD.lock().unwrap_or_else(PoisonError::into_inner).insert(text.to_owned());
    }
}

/// Everything told so far.
pub fn told() -> BTreeSet<String> {
    TOLD.lock().unwrap_or_else(PoisonError::into_inner).clone()
}
