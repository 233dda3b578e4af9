//! The long sheet of attendance, a row for each student and session; and, in a workbook, the registers of the cohorts behind it.

use super::output::Output;
use super::register::{Register, Sign};
use super::{Context, student_number};
use crate::platform::Platform;
use crate::refusal::Refusal;
use crate::sheet::workbook::Sheet;
use crate::sheet::{Cell, Column};
use crate::store::exports::Cohort;
use crate::store::exports::attendance::{Standing, Student, marks, students};
use domain::alphabet::SortKey;
use domain::plan::PlannedSession;
use domain::staff::attendance::SessionState;
use domain::staff::exchange::columns::AttendanceColumn;
use domain::staff::exchange::wording;
use std::collections::{HashMap, VecDeque};

/// How many rows are made of one reading, about; a row is read as some two hundred bytes.
const ROWS_A_PAGE: usize = 2_000;

/// How far the writing has come.
#[derive(Default)]
pub struct Attendance {
    /// The next cohort.
    next: usize,
    present: Option<Present>,
    /// What comes behind the long sheet.
    registers: VecDeque<Register>,
}

/// The cohort being written.
struct Present {
    /// Its place in the frame.
    place: usize,
    students: Vec<Student>,
    /// Sessions that have begun, those called off included.
    sessions: Vec<PlannedSession>,
    /// The next session.
    next: usize,
    register: Register,
}

/// The first sheet.
pub fn sheet(context: &Context) -> Sheet {
    let column =
        |column: &AttendanceColumn| Column { heading: column.heading(context.language()).to_owned(), width: width(*column) };
    let name = AttendanceColumn::Status.heading(context.language()).to_owned();
    Sheet { name, columns: AttendanceColumn::ALL.iter().map(column).collect(), frozen_columns: 0 }
}

const fn width(column: AttendanceColumn) -> u8 {
    match column {
        AttendanceColumn::Start | AttendanceColumn::End | AttendanceColumn::MinutesLate => 10,
        AttendanceColumn::City | AttendanceColumn::Date | AttendanceColumn::Cancelled => 12,
        AttendanceColumn::Tracks | AttendanceColumn::Reason => 30,
        _ => 18,
    }
}

impl Attendance {
    /// Writes the next sessions, or the next register; false when everything is written.
    pub async fn step(&mut self, platform: &impl Platform, context: &Context, output: &mut Output) -> Result<bool, Refusal> {
        if let Some(present) = &mut self.present {
            if present.step(platform, context, output).await? {
                return Ok(true);
            }
            let done = self.present.take().map(|present| present.register);
            self.registers.extend(done.filter(|register| !register.sessions.is_empty() && !register.students.is_empty()));
            return Ok(true);
        }
        if let Some(cohort) = context.cohort(self.next) {
            self.present = Some(Present::begin(platform, context, cohort, self.next, output).await?);
            self.next += 1;
            return Ok(true);
        }
        match (self.registers.pop_front(), output) {
            (Some(register), Output::Xlsx(workbook)) => {
                register.write(context, workbook);
                Ok(true)
            }
            _ => Ok(false),
        }
    }
}

impl Present {
    async fn begin(
        platform: &impl Platform,
        context: &Context,
        cohort: &Cohort,
        place: usize,
        output: &Output,
    ) -> Result<Self, Refusal> {
        let mut sessions = cohort.plan.sessions(|day| cohort.closed.contains(&day));
        let span = context.query.from..=context.query.to;
        sessions.retain(|session| {
            session.state != SessionState::Closed
                && span.contains(&session.held.date)
                && session.held.starts_at() <= context.now
        });
        let mut all = if sessions.is_empty() { Vec::new() } else { students(platform, &cohort.id).await? };
        all.sort_by_cached_key(|student| {
            [&student.surname, &student.given_name, &student.reference].map(|text| SortKey::new(text))
        });
        let mut register = Register { name: context.cohort_name(cohort), ..Register::default() };
        if matches!(output, Output::Xlsx(_)) {
            let named = |student: &Student| {
                let number = student_number(&student.reference, student.place);
                [number, student.surname.clone(), student.given_name.clone()]
            };
            register.students = all.iter().map(named).collect();
            register.sessions = held(&sessions).map(|session| (session.held.date, session.held.start)).collect();
            register.signs = vec![Sign::NotThere; register.students.len() * register.sessions.len()];
        }
        Ok(Self { place, students: all, sessions, next: 0, register })
    }

    /// Writes the next sessions; false when there are none.
    async fn step(&mut self, platform: &impl Platform, context: &Context, output: &mut Output) -> Result<bool, Refusal> {
        let Some(cohort) = context.cohort(self.place) else { return Ok(false) };
        let count = (ROWS_A_PAGE / self.students.len().max(1)).max(1);
        let end = (self.next + count).min(self.sessions.len());
        let page = self.sessions.get(self.next..end).unwrap_or_default();
        if page.is_empty() || self.students.is_empty() {
            return Ok(false);
        }
        let keys: Vec<_> = page.iter().map(|session| (session.date, session.start)).collect();
        let standing = marks(platform, &cohort.id, &keys).await?;
        let standing: HashMap<_, _> =
            standing.iter().map(|one| ((one.date, one.start, one.registration.as_str()), one)).collect();
        let line = Line { context, cohort, name: context.cohort_name(cohort) };
        let mut column = held(self.sessions.get(..self.next).unwrap_or_default()).count();
        for session in page {
            for (row, student) in self.students.iter().enumerate() {
                let mark = standing.get(&(session.date, session.start, student.registration.as_str())).copied();
                if mark.is_none() && !had_a_seat(student, session) {
                    continue;
                }
                line.write(output, session, student, mark);
                if session.takes_place() {
                    self.register.set(row, column, sign(mark));
                }
            }
            column += usize::from(session.takes_place());
        }
        self.next = end;
        Ok(true)
    }
}

fn held(sessions: &[PlannedSession]) -> impl Iterator<Item = &PlannedSession> {
    sessions.iter().filter(|session| session.takes_place())
}

fn had_a_seat(student: &Student, session: &PlannedSession) -> bool {
    let at = session.held.starts_at();
    student.since.is_some_and(|since| since <= at) && student.until.is_none_or(|until| until > at)
}

fn sign(mark: Option<&Standing>) -> Sign {
    mark.map_or(Sign::NotMarked, |mark| {
        // At most 240.
        let minutes = mark.minutes.and_then(|minutes| u8::try_from(minutes).ok()).unwrap_or(0);
        Sign::Marked(mark.status, minutes)
    })
}

/// What the rows of a cohort have in common.
struct Line<'a> {
    context: &'a Context,
    cohort: &'a Cohort,
    name: String,
}

impl Line<'_> {
    fn write(&self, output: &mut Output, session: &PlannedSession, student: &Student, mark: Option<&Standing>) {
        let language = self.context.language();
        let (city, centre) = self.context.centre(self.cohort);
        let number = student_number(&student.reference, student.place);
        let tracks = self.context.tracks(&student.tracks);
        let corrected_by = mark.and_then(|mark| mark.corrected_by.as_deref());
        let cell = |column: &AttendanceColumn| match column {
            AttendanceColumn::City => Cell::Text(city),
            AttendanceColumn::Centre => Cell::Text(centre),
            AttendanceColumn::Cohort => Cell::Text(&self.name),
            AttendanceColumn::Date => Cell::Date(session.held.date),
            AttendanceColumn::Start => Cell::Time(session.held.start),
            AttendanceColumn::End => Cell::Time(session.held.end),
            AttendanceColumn::Student => Cell::Text(&number),
            AttendanceColumn::Surname => Cell::Text(&student.surname),
            AttendanceColumn::GivenName => Cell::Text(&student.given_name),
            AttendanceColumn::Patronymic => Cell::text(student.patronymic.as_deref()),
            AttendanceColumn::Tracks => Cell::Text(&tracks),
            AttendanceColumn::Status => Cell::Text(wording::mark(mark.map(|mark| mark.status), language)),
            AttendanceColumn::MinutesLate => {
                mark.and_then(|mark| mark.minutes).map_or(Cell::Empty, |minutes| Cell::Integer(minutes.into()))
            }
            AttendanceColumn::Reason => Cell::text(mark.and_then(|mark| mark.reason.as_deref())),
            AttendanceColumn::MarkedBy => Cell::text(mark.map(|mark| self.context.member(&mark.marked_by))),
            AttendanceColumn::MarkedAt => mark.map_or(Cell::Empty, |mark| Cell::Moment(mark.marked_at)),
            AttendanceColumn::CorrectedBy => Cell::text(corrected_by.map(|member| self.context.member(member))),
            AttendanceColumn::CorrectedAt => mark.and_then(|mark| mark.corrected_at).map_or(Cell::Empty, Cell::Moment),
            AttendanceColumn::Cancelled => Cell::Text(wording::yes_or_no(session.state == SessionState::Cancelled, language)),
        };
        output.row(AttendanceColumn::ALL.iter().map(cell));
    }
}
