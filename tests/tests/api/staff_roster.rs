//! Rosters, search and contacts: who sees whom, and what a look at contacts leaves behind.

use std::sync::Arc;

use domain::application::{ApplicationForm, Relation};
use domain::error::{ErrorCode, FaultCode};
use domain::registration::{Confirmation, RegistrationState};
use domain::staff::access::{Right, Role};
use domain::staff::roster::{Contacts, Roster, RosterRow, SearchForm};
use tumo_tests::api::{OneStudent, Request};
use tumo_tests::forms::{email, guardian, name};
use tumo_tests::staff::Staff;
use tumo_tests::tests;
use tumo_tests::world::World;

tests![
    a_roster_shows_who_is_there_and_who_waits,
    a_roster_of_another_centre_is_not_found,
    a_search_forgives_keyboards_and_finds_numbers,
    a_search_shows_first_whose_names_begin_so,
    a_telephone_number_finds_nobody_for_who_may_not_see_contacts,
    a_search_reaches_no_further_than_its_member,
    contacts_are_shown_to_coordinators_and_each_look_is_journalled,
];

use RegistrationState::{Enrolled, Waiting};

async fn roster(staff: &Staff, cohort: &str) -> Vec<RosterRow> {
    staff.get(&format!("/api/staff/cohorts/{cohort}/roster")).send().await.json::<Roster>().rows
}

fn search(staff: &Staff, text: &str, centre: Option<&str>) -> Request {
    let form = SearchForm { search: text.to_owned(), centre: centre.map(str::to_owned) };
    staff.post("/api/staff/students/search").json(&form)
}

async fn found(staff: &Staff, text: &str) -> Vec<RosterRow> {
    search(staff, text, None).send().await.json::<Roster>().rows
}

async fn a_roster_shows_who_is_there_and_who_waits(world: Arc<World>) {
    let cohort = world.own_cohort();
    let forms: Vec<ApplicationForm> = (0..3).map(|_| world.form_for(&cohort)).collect();
    let mut told: Vec<Confirmation> = Vec::new();
    for form in &forms {
        told.push(world.applied(form).await);
    }
    let trainer = world.staff(Role::Trainer, Some("astana")).await;
    let rows = roster(&trainer, &cohort).await;
    let seen: Vec<_> = rows.iter().map(|row| (row.reference.as_str(), row.state, row.position)).collect();
    let expected: Vec<_> = told
        .iter()
        .zip([(Enrolled, None), (Waiting, Some(1)), (Waiting, Some(2))])
        .map(|(told, (state, position))| (told.reference.as_str(), state, position))
        .collect();
    assert_eq!(seen, expected);
    let (row, form) = (&rows[0], &forms[0]);
    assert_eq!((&row.surname, &row.given_name, &row.tracks), (&form.student.surname, &form.student.given_name, &form.tracks));
    assert_eq!((row.marks.marked(), row.party, row.cohort.as_str()), (0, false, cohort.as_str()));
    let viewer = world.staff(Role::Viewer, None).await;
    viewer.get(&format!("/api/staff/cohorts/{cohort}/roster")).send().await.assert_refused(403, ErrorCode::NotAllowed);
}

async fn a_roster_of_another_centre_is_not_found(world: Arc<World>) {
    let cohort = world.own_cohort();
    for (path, member) in [
        (format!("/api/staff/cohorts/{cohort}/roster"), world.staff(Role::Coordinator, Some("almaty")).await),
        ("/api/staff/cohorts/nowhere/roster".to_owned(), world.staff(Role::Administrator, None).await),
    ] {
        member.get(&path).send().await.assert_refused(404, ErrorCode::Unknown);
    }
}

async fn a_search_forgives_keyboards_and_finds_numbers(world: Arc<World>) {
    let mut form = world.form_for(&world.own_cohort());
    form.student.surname = name("Қуанышұлы-Өтеген");
    form.student.given_name = name("Ңұрғали");
    let told = world.applied(&form).await;
    let trainer = world.staff(Role::Trainer, Some("astana")).await;
    let typed = format!("{} НУРГАЛИ", form.student.surname.replace('Қ', "к").replace('ұ', "у").replace('Ө', "о"));
    let coordinator = world.staff(Role::Coordinator, Some("astana")).await;
    let reference = told.reference.to_lowercase();
    for (staff, text) in [(&trainer, &typed), (&trainer, &reference), (&coordinator, &form.guardian.phone)] {
        let rows = found(staff, text).await;
        let references: Vec<&str> = rows.iter().map(|row| row.reference.as_str()).collect();
        assert_eq!(references, [told.reference.as_str()]);
    }
    assert_eq!(found(&trainer, &format!("{typed} Болат")).await, []);
    // A piece of a number finds nobody: numbers are not gone through.
    for short in ["Ө", "7071"] {
        let faults = [("search", FaultCode::TooShort)];
        search(&trainer, short, None).send().await.assert_faults(400, ErrorCode::InvalidForm, &faults);
    }
}

async fn a_search_shows_first_whose_names_begin_so(world: Arc<World>) {
    let stem = name("Ахме");
    let inside = format!("Қож{}ов", stem.to_lowercase());
    // In the order in which they are to be shown.
    let names = [
        (stem.clone(), "Үміт"),
        (format!("{stem}ова"), "Ұлту"),
        (format!("{stem}ова"), "Үміт"),
        ("Әлиева".to_owned(), stem.as_str()),
        ("Өтегенова".to_owned(), stem.as_str()),
        (inside, "Айгүл"),
    ];
    let cohort = world.own_cohort();
    for (surname, given_name) in names.iter().rev() {
        let mut form = world.form_for(&cohort);
        (form.student.surname, form.student.given_name) = (surname.clone(), (*given_name).to_owned());
        world.applied(&form).await;
    }
    let trainer = world.staff(Role::Trainer, Some("astana")).await;
    let rows = found(&trainer, &stem.to_uppercase()).await;
    let shown: Vec<_> = rows.iter().map(|row| (row.surname.clone(), row.given_name.as_str())).collect();
    assert_eq!(shown, names);
}

async fn a_telephone_number_finds_nobody_for_who_may_not_see_contacts(world: Arc<World>) {
    let mut form = world.form_for(&world.own_cohort());
    form.second_guardian = Some(guardian("father"));
    let told = world.applied(&form).await;
    let second = form.second_guardian.as_ref().expect("a father").phone.clone();
    for role in Role::ALL.iter().filter(|role| role.may(Right::SeeNames)) {
        let staff = world.staff(*role, role.needs_a_centre().then_some("astana")).await;
        let expected = if role.may(Right::SeeContacts) { vec![told.reference.clone()] } else { vec![] };
        for phone in [&form.guardian.phone, &second] {
            let rows = found(&staff, phone).await;
            assert_eq!(rows.iter().map(|row| row.reference.clone()).collect::<Vec<_>>(), expected, "{role:?}");
        }
    }
}

async fn a_search_reaches_no_further_than_its_member(world: Arc<World>) {
    let (here, there) = (world.form_for(&world.own_cohort()), world.form_for("almaty-mon-wed-0900"));
    let mut there = there;
    there.student.surname.clone_from(&here.student.surname);
    let (here, told_there) = (world.applied(&here).await, world.applied(&there).await);
    let surname = &there.student.surname;
    let references = |rows: Vec<RosterRow>| {
        let mut references: Vec<String> = rows.into_iter().map(|row| row.reference).collect();
        references.sort();
        references
    };
    let mut both = [here.reference.clone(), told_there.reference.clone()];
    both.sort();
    let administrator = world.staff(Role::Administrator, None).await;
    assert_eq!(references(found(&administrator, surname).await), both);
    let only: Roster = search(&administrator, surname, Some("almaty")).send().await.json();
    assert_eq!(references(only.rows), [told_there.reference]);
    let coordinator = world.staff(Role::Coordinator, Some("astana")).await;
    assert_eq!(references(found(&coordinator, surname).await), [here.reference]);
    search(&coordinator, surname, Some("almaty")).send().await.assert_refused(404, ErrorCode::Unknown);
}

async fn contacts_are_shown_to_coordinators_and_each_look_is_journalled(world: Arc<World>) {
    let mut form = world.form_for(&world.own_cohort());
    form.guardian.email = email();
    form.second_guardian = Some(guardian("father"));
    let told = world.applied(&form).await;
    let path = format!("/api/staff/registrations/{}/contacts", told.one().registration);
    for (role, centre, status, code) in
        [(Role::Trainer, "astana", 403, ErrorCode::NotAllowed), (Role::Coordinator, "almaty", 404, ErrorCode::Unknown)]
    {
        let member = world.staff(role, Some(centre)).await;
        world.refused(member.post(&path)).await.assert_refused(status, code);
    }
    let coordinator = world.staff(Role::Coordinator, Some("astana")).await;
    let contacts: Contacts = coordinator.post(&path).send().await.json();
    let seen: Vec<_> = contacts.guardians.iter().map(|guardian| (guardian.relation, guardian.email.as_deref())).collect();
    assert_eq!(seen, [(Relation::Mother, Some(form.guardian.email.as_str())), (Relation::Father, None)]);
    assert!(contacts.guardians[0].phone.starts_with("+7707"));
    let looks = "SELECT author FROM journal WHERE act = 'contacts_seen' AND registration_id = ?1";
    assert_eq!(world.database.column(looks, [told.one().registration.as_str()]), [coordinator.id]);
}
