//! Applications of made-up families. No two have a name, a telephone or a number in common.

use std::sync::atomic::{AtomicU32, Ordering};

use domain::application::{ApplicationForm, ConsentForm, DateForm, GuardianForm, SiblingForm, StudentForm};
use domain::catalogue::Catalogue;
use domain::date::Date;
use domain::iin::Iin;

/// The age of a student who isn't asked for: old enough to accept personally, too young to register alone.
const AGE: i32 = 15;

/// A number that no other call got.
fn unique() -> u32 {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    COUNT.fetch_add(1, Ordering::Relaxed)
}

/// Complete answers for a cohort, without the optional ones.
pub fn complete(catalogue: &Catalogue, cohort: &str) -> ApplicationForm {
    let known = catalogue.cohort(cohort);
    let track = known.and_then(|cohort| cohort.tracks.first()).unwrap_or(&catalogue.tracks[0].id);
    let required = catalogue.consent.purposes.iter().filter(|purpose| purpose.required);
    ApplicationForm {
        language: "kk".into(),
        filled_by: "guardian".into(),
        // Tests make further cohorts in Astana alone.
        centre: known.map_or_else(|| "astana".to_owned(), |cohort| cohort.centre.clone()),
        tracks: vec![track.clone()],
        cohort: cohort.into(),
        student: StudentForm {
            born_on: written(born(catalogue, AGE)),
            surname: name("Қуаныш"),
            given_name: name("Әйгерім"),
            ..StudentForm::default()
        },
        guardian: guardian("mother"),
        second_guardian: None,
        siblings: Vec::new(),
        together: false,
        take_at_once: false,
        consent: ConsentForm {
            version: catalogue.consent.version.clone(),
            purposes: required.map(|purpose| purpose.id.clone()).collect(),
            student_accepts: true,
        },
    }
}

/// Complete answers about a brother or sister, for a cohort.
pub fn sibling(catalogue: &Catalogue, cohort: &str) -> SiblingForm {
    let ApplicationForm { student, centre, tracks, cohort, consent, .. } = complete(catalogue, cohort);
    SiblingForm { student, centre, tracks, cohort, student_accepts: consent.student_accepts }
}

/// Complete answers about a guardian with this relation, without an e-mail address.
pub fn guardian(relation: &str) -> GuardianForm {
    GuardianForm {
        surname: name("Нұрлан"),
        given_name: name("Гүлнәр"),
        relation: relation.into(),
        phone: phone(),
        ..GuardianForm::default()
    }
}

/// A name that begins like this and that nobody else has; names have no digits.
pub fn name(beginning: &str) -> String {
    const LETTERS: [char; 10] = ['а', 'б', 'д', 'е', 'к', 'л', 'м', 'н', 'о', 'р'];
    let number = unique().to_string();
    let tail: String = number.bytes().map(|digit| LETTERS[usize::from(digit - b'0')]).collect();
    format!("{beginning}т{tail}")
}

/// A telephone number that nobody else has, as people write it.
pub fn phone() -> String {
    let number = unique();
    format!("8 707 {:03} {:02} {:02}", 100 + number / 10_000, number / 100 % 100, number % 100)
}

/// An address that nobody else has.
pub fn email() -> String {
    format!("family{}@mail.example", unique())
}

/// The birthday on which somebody is exactly this old on the first session date.
pub fn born(catalogue: &Catalogue, age: i32) -> Date {
    let first = catalogue.intake.first_session_on;
    let year = first.year() - age;
    Date::new(year, first.month(), first.day()).or_else(|| Date::new(year, 3, 1)).expect("a day")
}

/// The birthday of somebody who comes of age today.
pub fn of_age(today: Date) -> Date {
    let year = today.year() - 18;
    Date::new(year, today.month(), today.day()).or_else(|| Date::new(year, 2, 28)).expect("a day")
}

/// A date as the three answers of the form.
pub fn written(date: Date) -> DateForm {
    DateForm { day: date.day().to_string(), month: date.month().to_string(), year: date.year().to_string() }
}

/// A number that agrees with this birth date, of this century, and that nobody else has.
pub fn iin(born: Date) -> String {
    let start = format!("{:02}{:02}{:02}5", born.year() % 100, born.month(), born.day());
    // For some serials no check digit is right; such numbers are not issued.
    loop {
        let stem = format!("{start}{:04}", unique() % 10_000);
        let numbers = (0..10).map(|check| format!("{stem}{check}"));
        if let Some(issued) = numbers.into_iter().find(|number| Iin::parse(number).is_ok()) {
            return issued;
        }
    }
}
