//! Answers with faults: each has its own code, beside the answer it belongs to, and nothing is stored.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::application::ApplicationForm;
use domain::catalogue::Catalogue;
use domain::error::{ErrorCode, FaultCode};
use tumo_tests::forms::{born, guardian, iin, sibling, written};
use tumo_tests::tests;
use tumo_tests::world::World;

tests![
    every_fault_has_its_code_and_its_field,
    an_unknown_centre_is_also_not_the_cohorts,
    all_faults_are_told_at_once_in_the_order_of_the_form,
    ages_hold_to_the_day
];

type Spoil = fn(&mut ApplicationForm, &Catalogue);

/// What is done to complete answers, and what the server says to it.
const FAULTS: &[(Spoil, &str, FaultCode)] = &[
    (|form, _| form.language = "de".into(), "language", FaultCode::UnknownChoice),
    (|form, _| form.filled_by.clear(), "filled_by", FaultCode::Required),
    (|form, _| form.student.born_on.day = "31".into(), "student.born_on", FaultCode::NotADate),
    (|form, _| form.student.born_on.month.clear(), "student.born_on", FaultCode::NotADate),
    (|form, _| form.student.born_on.year = "12".into(), "student.born_on", FaultCode::YearDigits),
    (|form, _| form.student.born_on.year = "2999".into(), "student.born_on", FaultCode::InTheFuture),
    (|form, data| form.student.born_on = written(born(data, 11)), "student.born_on", FaultCode::TooYoung),
    (|form, data| form.student.born_on = written(born(data, 19)), "student.born_on", FaultCode::TooOld),
    (|form, _| form.tracks.clear(), "tracks", FaultCode::Required),
    (|form, _| form.tracks = vec!["knitting".into()], "tracks", FaultCode::UnknownChoice),
    (|form, data| form.tracks = four(data), "tracks", FaultCode::TooManyTracks),
    (|form, _| lab(form, "robotics", "music"), "tracks", FaultCode::TrackNotOffered),
    (|form, _| form.cohort.clear(), "cohort", FaultCode::Required),
    (|form, _| form.cohort = "astana-sunday".into(), "cohort", FaultCode::UnknownCohort),
    (|form, _| form.cohort = "' OR 1=1 --".into(), "cohort", FaultCode::UnknownCohort),
    (|form, _| form.centre = "almaty".into(), "cohort", FaultCode::OtherCentre),
    (|form, _| form.student.surname = "  ".into(), "student.surname", FaultCode::Required),
    (|form, _| form.student.surname = "ә".repeat(61), "student.surname", FaultCode::TooLong),
    (|form, _| form.student.given_name = "=1+1".into(), "student.given_name", FaultCode::NameCharacters),
    (|form, _| form.student.patronymic = "Айнұр7".into(), "student.patronymic", FaultCode::NameCharacters),
    (|form, _| form.student.school = "м".repeat(121), "student.school", FaultCode::TooLong),
    (|form, _| form.student.school = "лицей\0".into(), "student.school", FaultCode::LineCharacters),
    (|form, _| form.student.grade = "9\u{7}".into(), "student.grade", FaultCode::LineCharacters),
    (|form, _| form.student.iin = "06121160001".into(), "student.iin", FaultCode::IinDigits),
    (|form, data| form.student.iin = slip(data), "student.iin", FaultCode::IinCheck),
    (|form, _| form.guardian.surname.clear(), "guardian.surname", FaultCode::Required),
    (|form, _| form.guardian.relation = "aunt".into(), "guardian.relation", FaultCode::UnknownChoice),
    (|form, _| form.guardian.relation = "self".into(), "guardian.relation", FaultCode::UnderAge),
    (|form, _| form.guardian.phone.clear(), "guardian.phone", FaultCode::Required),
    (|form, _| form.guardian.phone = "позвоните".into(), "guardian.phone", FaultCode::PhoneCharacters),
    (|form, _| form.guardian.phone = "8 701 123".into(), "guardian.phone", FaultCode::PhoneLength),
    (|form, _| form.guardian.phone = "8 741 123 45 67".into(), "guardian.phone", FaultCode::PhonePrefix),
    (|form, _| form.guardian.email = "nobody@nowhere".into(), "guardian.email", FaultCode::EmailFormat),
    (|form, _| form.guardian.email = "a@b.kz\nBcc: c@d.kz".into(), "guardian.email", FaultCode::EmailFormat),
    (|form, _| second(form, |second| second.given_name.clear()), "second_guardian.given_name", FaultCode::Required),
    (|form, _| second(form, |second| second.relation = "self".into()), "second_guardian.relation", FaultCode::UnknownChoice),
    (|form, _| same_phone(form), "second_guardian.phone", FaultCode::PhoneSame),
    (|form, _| form.consent.version.clear(), "consent.version", FaultCode::Required),
    (|form, _| form.consent.version = "0".into(), "consent.version", FaultCode::ConsentOutdated),
    (|form, _| form.consent.purposes.clear(), "consent.purposes", FaultCode::ConsentNeeded),
    (|form, _| form.consent.purposes.push("marketing".into()), "consent.purposes", FaultCode::UnknownChoice),
    (|form, _| form.consent.student_accepts = false, "consent.student_accepts", FaultCode::AcceptanceNeeded),
    (|form, data| twin(form, data), "siblings.0.student.given_name", FaultCode::SameStudent),
    (|form, data| form.siblings = vec![sibling(data, &form.cohort); 5], "siblings", FaultCode::TooManyStudents),
];

fn twin(form: &mut ApplicationForm, data: &Catalogue) {
    let mut twin = sibling(data, &form.cohort);
    twin.student = form.student.clone();
    form.siblings = vec![twin];
}

fn four(data: &Catalogue) -> Vec<String> {
    data.tracks.iter().take(4).map(|track| track.id.clone()).collect()
}

fn lab(form: &mut ApplicationForm, lab: &str, track: &str) {
    form.cohort = format!("astana-lab-{lab}");
    form.tracks = vec![track.into()];
}

/// A number with a wrong check digit.
fn slip(data: &Catalogue) -> String {
    let mut number = iin(born(data, 15));
    let last = number.pop().and_then(|digit| digit.to_digit(10)).unwrap_or_default();
    format!("{number}{}", (last + 1) % 10)
}

fn second(form: &mut ApplicationForm, spoil: fn(&mut domain::application::GuardianForm)) {
    let mut second = guardian("father");
    spoil(&mut second);
    form.second_guardian = Some(second);
}

fn same_phone(form: &mut ApplicationForm) {
    let mut second = guardian("father");
    second.phone = form.guardian.phone.replacen('8', "+7", 1);
    form.second_guardian = Some(second);
}

async fn every_fault_has_its_code_and_its_field(world: Arc<World>) {
    for (spoil, field, code) in FAULTS {
        let mut form = world.form();
        spoil(&mut form, &world.catalogue);
        // The thirty-first of a month that has thirty days.
        if *code == FaultCode::NotADate && !form.student.born_on.month.is_empty() {
            form.student.born_on.month = "11".into();
        }
        let answer = world.refused(world.api.apply(&form)).await;
        answer.assert_faults(400, ErrorCode::InvalidApplication, &[(field, *code)]);
    }
    let tested: BTreeSet<FaultCode> = FAULTS.iter().map(|(_, _, code)| *code).collect();
    let rest: Vec<_> = FaultCode::ALL.iter().filter(|code| !tested.contains(code)).collect();
    let of_staff = [
        FaultCode::TooShort,
        FaultCode::Taken,
        FaultCode::Clash,
        FaultCode::OutOfRange,
        FaultCode::ClosedDay,
        FaultCode::InUse,
    ];
    let rest: Vec<_> = rest.into_iter().filter(|code| !of_staff.contains(code)).collect();
    assert_eq!(rest, [&FaultCode::WrongType], "every fault is tested; types are tested with broken bodies");
}

async fn an_unknown_centre_is_also_not_the_cohorts(world: Arc<World>) {
    let mut form = world.form();
    form.centre = "paris".into();
    let faults = [("centre", FaultCode::UnknownChoice), ("cohort", FaultCode::OtherCentre)];
    world.refused(world.api.apply(&form)).await.assert_faults(400, ErrorCode::InvalidApplication, &faults);
}

async fn all_faults_are_told_at_once_in_the_order_of_the_form(world: Arc<World>) {
    let required = [
        "language",
        "filled_by",
        "student.born_on",
        "tracks",
        "cohort",
        "student.surname",
        "student.given_name",
        "guardian.relation",
        "guardian.surname",
        "guardian.given_name",
        "guardian.phone",
        "consent.version",
    ];
    let faults = required.map(|field| (field, FaultCode::Required));
    world.refused(world.api.post("{}")).await.assert_faults(400, ErrorCode::InvalidApplication, &faults);
}

/// Twelve on the first session date is old enough, nineteen is too old.
async fn ages_hold_to_the_day(world: Arc<World>) {
    let day = |age, later| born(&world.catalogue, age).plus_days(later);
    for (born_on, fault) in
        [(day(12, 1), Some(FaultCode::TooYoung)), (day(12, 0), None), (day(19, 1), None), (day(19, 0), Some(FaultCode::TooOld))]
    {
        let mut form = world.form();
        form.student.born_on = written(born_on);
        match fault {
            None => drop(world.applied(&form).await),
            Some(code) => {
                let answer = world.refused(world.api.apply(&form)).await;
                answer.assert_faults(400, ErrorCode::InvalidApplication, &[("student.born_on", code)]);
            }
        }
    }
}
