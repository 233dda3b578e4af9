use super::*;
use crate::testing::{catalogue, day, form, now};
use proptest::prelude::*;

type Change = fn(&mut ApplicationForm);

fn faults(change: Change) -> Vec<(&'static str, &'static str)> {
    let mut form = form();
    change(&mut form);
    let found = check(&form, &catalogue(), now()).err().unwrap_or_default();
    found.into_iter().map(|fault| (fault.field.as_str(), fault.code.as_str())).collect()
}

fn born(form: &mut ApplicationForm, date: &str) {
    let date = day(date);
    form.student.born_on =
        DateForm { day: date.day().to_string(), month: date.month().to_string(), year: date.year().to_string() };
}

#[test]
fn a_complete_form_is_an_application() {
    let application = check(&form(), &catalogue(), now()).expect("acceptable");
    assert_eq!(application.students[0].student.name.given_name.as_str(), "Әйгерім");
    assert_eq!(application.guardians.len(), 1);
    assert_eq!(application.consent.purposes, ["enrolment"]);
}

#[test]
fn an_empty_form_lists_every_question_in_order() {
    let found = check(&ApplicationForm::default(), &catalogue(), now()).expect_err("nothing was answered");
    assert!(found.iter().all(|fault| fault.code == FaultCode::Required));
    assert!(found.is_sorted_by_key(|fault| fault.field));
    assert_eq!(found.len(), 12);
}

#[test]
fn ages_are_measured_on_the_first_session_date() {
    // First session date: 1 September 2026; ages 12 to 18.
    assert_eq!(faults(|form| born(form, "2014-09-01")), []);
    assert_eq!(faults(|form| born(form, "2014-09-02")), [("student.born_on", "too_young")]);
    assert_eq!(faults(|form| born(form, "2007-09-02")), []);
    assert_eq!(faults(|form| born(form, "2007-09-01")), [("student.born_on", "too_old")]);
    assert_eq!(faults(|form| born(form, "2026-08-21")), [("student.born_on", "in_the_future")]);
    assert_eq!(faults(|form| born(form, "2026-08-20")), [("student.born_on", "too_young")]);
}

#[test]
fn a_day_that_does_not_exist_is_no_birth_date() {
    assert_eq!(faults(|form| form.student.born_on.month = "13".into()), [("student.born_on", "not_a_date")]);
    assert_eq!(faults(|form| form.student.born_on.year = "12".into()), [("student.born_on", "year_digits")]);
    assert_eq!(faults(|form| form.student.born_on.year = "в 12".into()), [("student.born_on", "not_a_date")]);
    assert_eq!(faults(|form| form.student.born_on.day = String::new()), [("student.born_on", "not_a_date")]);
    assert_eq!(faults(|form| form.student.born_on = DateForm::default()), [("student.born_on", "required")]);
}

#[test]
fn the_cohort_must_exist_be_at_the_centre_and_offer_the_tracks() {
    assert_eq!(faults(|form| form.cohort = "nowhere".into()), [("cohort", "unknown_cohort")]);
    assert_eq!(faults(|form| form.centre = "almaty".into()), [("cohort", "other_centre")]);
    assert_eq!(faults(|form| form.centre = "paris".into()), [("centre", "unknown_choice"), ("cohort", "other_centre")]);
    let lab: Change = |form| (form.centre, form.cohort) = (String::new(), "almaty-lab".into());
    assert_eq!(faults(lab), [("tracks", "track_not_offered")]);
    assert_eq!(faults(|form| form.tracks = vec!["sport".into()]), [("tracks", "unknown_choice")]);
    assert_eq!(faults(|form| form.tracks.clear()), [("tracks", "required")]);
}

#[test]
fn a_track_chosen_twice_counts_once() {
    let mut form = form();
    form.tracks = ["music", "music", "robotics"].map(String::from).to_vec();
    assert_eq!(check(&form, &catalogue(), now()).expect("acceptable").students[0].tracks, ["music", "robotics"]);
}

fn sibling(given_name: &str) -> SiblingForm {
    let mut student = form().student;
    student.given_name = given_name.into();
    SiblingForm {
        student,
        centre: String::new(),
        tracks: vec!["robotics".into()],
        cohort: "almaty-lab".into(),
        student_accepts: true,
    }
}

fn paths(form: &ApplicationForm) -> Vec<(String, &'static str)> {
    let found = check(form, &catalogue(), now()).err().unwrap_or_default();
    found.iter().map(|fault| (fault.path(), fault.code.as_str())).collect()
}

#[test]
fn siblings_apply_along() {
    let mut form = form();
    form.together = true;
    assert!(!check(&form, &catalogue(), now()).expect("acceptable").together, "one student is no party");
    form.siblings = vec![sibling("Дана"), sibling("Ерлан")];
    let application = check(&form, &catalogue(), now()).expect("acceptable");
    assert!(application.together);
    let cohorts: Vec<&str> = application.students.iter().map(|student| student.cohort.as_str()).collect();
    assert_eq!(cohorts, ["astana-1", "almaty-lab", "almaty-lab"]);
}

#[test]
fn faults_of_siblings_say_whose_they_are_and_come_before_the_guardians() {
    let mut form = form();
    form.siblings = vec![sibling("Дана"), sibling("Ерлан")];
    form.siblings[1].student.surname.clear();
    form.siblings[1].student_accepts = false;
    form.siblings[0].cohort.clear();
    form.guardian.surname.clear();
    form.tracks.clear();
    let expected = [
        ("tracks", "required"),
        ("siblings.0.cohort", "required"),
        ("siblings.1.student.surname", "required"),
        ("siblings.1.student_accepts", "acceptance_needed"),
        ("guardian.surname", "required"),
    ];
    assert_eq!(paths(&form), expected.map(|(path, code)| (path.to_owned(), code)));
}

#[test]
fn nobody_is_a_sibling_of_themselves_and_a_family_has_a_size() {
    let mut twice = form();
    twice.siblings = vec![sibling("әйгерім")];
    assert_eq!(paths(&twice), [("siblings.0.student.given_name".to_owned(), "same_student")]);
    let mut many = form();
    many.siblings = (0..STUDENTS_MAX).map(|_| sibling("Дана")).collect();
    assert_eq!(paths(&many), [("siblings".to_owned(), "too_many_students")]);
}

#[test]
fn from_fourteen_the_student_accepts_personally() {
    let silent: Change = |form| form.consent.student_accepts = false;
    assert_eq!(faults(silent), [("consent.student_accepts", "acceptance_needed")]);
    // The day of the application counts, not the first session date.
    assert_eq!(
        faults(|form| {
            form.consent.student_accepts = false;
            born(form, "2012-08-20");
        }),
        [("consent.student_accepts", "acceptance_needed")]
    );
    assert_eq!(
        faults(|form| {
            form.consent.student_accepts = false;
            born(form, "2012-08-21");
        }),
        []
    );
}

#[test]
fn only_somebody_of_age_registers_alone() {
    let alone: Change = |form| form.guardian.relation = "self".into();
    assert_eq!(faults(alone), [("guardian.relation", "under_age")]);
    assert_eq!(
        faults(|form| {
            form.guardian.relation = "self".into();
            born(form, "2008-08-20");
        }),
        []
    );
    assert_eq!(
        faults(|form| {
            form.guardian.relation = "self".into();
            born(form, "2008-08-21");
        }),
        [("guardian.relation", "under_age")]
    );
}

#[test]
fn a_second_guardian_is_somebody_else() {
    assert_eq!(
        faults(|form| form.second_guardian = Some(GuardianForm { phone: "+77011234567".into(), ..form.guardian.clone() })),
        [("second_guardian.phone", "phone_same")]
    );
    assert_eq!(faults(|form| form.second_guardian = Some(GuardianForm::default())).len(), 4);
}

#[test]
fn consent_is_to_the_text_in_force_and_to_every_required_purpose() {
    assert_eq!(faults(|form| form.consent.version = "0".into()), [("consent.version", "consent_outdated")]);
    assert_eq!(faults(|form| form.consent.purposes.clear()), [("consent.purposes", "consent_needed")]);
    assert_eq!(faults(|form| form.consent.purposes.push("selling".into())), [("consent.purposes", "unknown_choice")]);
}

#[test]
fn an_iin_that_contradicts_the_birth_date_is_accepted_with_a_warning() {
    let mut form = form();
    form.student.iin = "061211600012".into();
    assert!(iin_disagrees(&form.student));
    assert!(check(&form, &catalogue(), now()).is_ok());
    form.student.iin = "061211600013".into();
    assert!(!iin_disagrees(&form.student));
    assert_eq!(faults(|form| form.student.iin = "061211600013".into()), [("student.iin", "iin_check")]);
    assert_eq!(faults(|form| form.student.iin = "12".into()), [("student.iin", "iin_digits")]);
}

#[test]
fn an_unknown_answer_is_refused_and_a_missing_one_is_empty() {
    assert!(serde_json::from_str::<ApplicationForm>(r#"{"student":{"emial":"x"}}"#).is_err());
    assert_eq!(serde_json::from_str::<ApplicationForm>("{}").expect("all empty"), ApplicationForm::default());
}

proptest! {
    #[test]
    fn whatever_is_typed_never_breaks_the_check(
        texts in prop::collection::vec("\\PC{0,80}", 12),
        date in ("[0-9a-z]{0,5}", "[0-9]{0,3}", "[0-9]{0,3}"),
        accepts in any::<bool>(),
    ) {
        let mut form = form();
        let mut texts = texts.into_iter();
        for slot in [
            &mut form.student.surname, &mut form.student.given_name, &mut form.student.patronymic, &mut form.student.school,
            &mut form.student.grade, &mut form.student.iin, &mut form.guardian.surname, &mut form.guardian.phone,
            &mut form.guardian.email, &mut form.guardian.relation, &mut form.cohort, &mut form.language,
        ] {
            *slot = texts.next().unwrap_or_default();
        }
        form.student.born_on = DateForm { year: date.0, month: date.1, day: date.2 };
        form.consent.student_accepts = accepts;
        match check(&form, &catalogue(), now()) {
            Ok(application) => prop_assert!(!application.guardians.is_empty() && application.students.iter().all(|student| !student.tracks.is_empty())),
            Err(faults) => prop_assert!(!faults.is_empty()),
        }
    }
}
