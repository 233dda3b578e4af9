//! The roster: a row for each registration that was in force on one of the days, as it stands today.

use super::output::Output;
use super::{Context, student_number};
use crate::platform::Platform;
use crate::refusal::Refusal;
use crate::sheet::workbook::Sheet;
use crate::sheet::{Cell, Column};
use crate::store::exports::Cohort;
use crate::store::exports::roster::{Registration, registrations};
use domain::alphabet::SortKey;
use domain::date::Timestamp;
use domain::staff::exchange::columns::RosterColumn;
use domain::staff::exchange::wording;
use domain::staff::roster::ContactPerson;

/// How far the writing has come: the next cohort.
#[derive(Default)]
pub struct Roster {
    next: usize,
}

/// The only sheet.
pub fn sheet(context: &Context) -> Sheet {
    let column =
        |column: &RosterColumn| Column { heading: column.heading(context.language()).to_owned(), width: width(*column) };
    let name = wording::roster(context.language()).to_owned();
    Sheet { name, columns: RosterColumn::ALL.iter().map(column).collect(), frozen_columns: 0 }
}

const fn width(column: RosterColumn) -> u8 {
    match column {
        RosterColumn::City | RosterColumn::BornOn | RosterColumn::Grade | RosterColumn::EnrolledSince => 12,
        RosterColumn::Tracks | RosterColumn::School | RosterColumn::FirstName | RosterColumn::SecondName => 30,
        _ => 18,
    }
}

impl Roster {
    /// Writes the next cohort; false when there is none.
    pub async fn step(&mut self, platform: &impl Platform, context: &Context, output: &mut Output) -> Result<bool, Refusal> {
        let Some(cohort) = context.cohort(self.next) else { return Ok(false) };
        self.next += 1;
        let mut all = registrations(platform, &cohort.id, context.query.from, context.query.to).await?;
        all.sort_by_cached_key(|one| [&one.surname, &one.given_name, &one.reference].map(|text| SortKey::new(text)));
        let name = context.cohort_name(cohort);
        for registration in &all {
            write(context, cohort, &name, registration, output);
        }
        Ok(true)
    }
}

fn write(context: &Context, cohort: &Cohort, name: &str, registration: &Registration, output: &mut Output) {
    let language = context.language();
    let (city, centre) = context.centre(cohort);
    let number = student_number(&registration.reference, registration.place);
    let tracks = context.tracks(&registration.tracks);
    let [first, second] = [0, 1].map(|place| registration.guardians.get(place));
    let [first_name, second_name] = [first, second].map(|guardian| guardian.map(full_name));
    let relation = |guardian: Option<&ContactPerson>| Cell::text(guardian.map(|one| wording::relation(one.relation, language)));
    let phone = |guardian: Option<&'_ ContactPerson>| guardian.map(|one| one.phone.clone());
    let [first_phone, second_phone] = [phone(first), phone(second)];
    let cell = |column: &RosterColumn| match column {
        RosterColumn::City => Cell::Text(city),
        RosterColumn::Centre => Cell::Text(centre),
        RosterColumn::Cohort => Cell::Text(name),
        RosterColumn::Student => Cell::Text(&number),
        RosterColumn::Surname => Cell::Text(&registration.surname),
        RosterColumn::GivenName => Cell::Text(&registration.given_name),
        RosterColumn::Patronymic => Cell::text(registration.patronymic.as_deref()),
        RosterColumn::BornOn => Cell::Date(registration.born_on),
        RosterColumn::School => Cell::text(registration.school.as_deref()),
        RosterColumn::Grade => Cell::text(registration.grade.as_deref()),
        RosterColumn::Tracks => Cell::Text(&tracks),
        RosterColumn::State => Cell::Text(wording::state(registration.state, language)),
        RosterColumn::EnrolledSince => registration.since.map(Timestamp::local_date).map_or(Cell::Empty, Cell::Date),
        RosterColumn::FirstName => Cell::text(first_name.as_deref()),
        RosterColumn::FirstRelation => relation(first),
        RosterColumn::FirstPhone => first_phone.as_deref().map_or(Cell::Empty, Cell::Phone),
        RosterColumn::FirstEmail => Cell::text(first.and_then(|one| one.email.as_deref())),
        RosterColumn::SecondName => Cell::text(second_name.as_deref()),
        RosterColumn::SecondRelation => relation(second),
        RosterColumn::SecondPhone => second_phone.as_deref().map_or(Cell::Empty, Cell::Phone),
        RosterColumn::SecondEmail => Cell::text(second.and_then(|one| one.email.as_deref())),
    };
    output.row(RosterColumn::ALL.iter().map(cell));
}

fn full_name(person: &ContactPerson) -> String {
    let parts = [Some(person.surname.as_str()), Some(person.given_name.as_str()), person.patronymic.as_deref()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}
