//! The register of one cohort (табель): students down, dates across.

use super::Context;
use crate::sheet::workbook::{Sheet, Workbook};
use crate::sheet::{Cell, Column};
use domain::date::Date;
use domain::staff::attendance::MarkStatus;
use domain::staff::exchange::columns::RegisterColumn;
use domain::staff::exchange::wording;

/// What a register is made of. There is one for each cohort of an export until the long sheet is written, so it holds two bytes a mark.
#[derive(Default)]
pub struct Register {
    /// What its tab says.
    pub name: String,
    /// Number, surname and given name of each student.
    pub students: Vec<[String; 3]>,
    /// Sessions that took place.
    pub sessions: Vec<(Date, u16)>,
    /// For each student and session, student by student.
    pub signs: Vec<Sign>,
}

/// What stands at one place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sign {
    /// The student had no seat then.
    #[default]
    NotThere,
    /// There is no mark.
    NotMarked,
    /// There is one; how late.
    Marked(MarkStatus, u8),
}

/// The columns before the dates, and after them.
const BEFORE: [RegisterColumn; 3] = [RegisterColumn::Student, RegisterColumn::Surname, RegisterColumn::GivenName];
const AFTER: [RegisterColumn; 5] =
    [RegisterColumn::Present, RegisterColumn::Late, RegisterColumn::Excused, RegisterColumn::Absent, RegisterColumn::NotMarked];

/// The statuses whose letters are explained below a register.
const EXPLAINED: [MarkStatus; 4] = [MarkStatus::Present, MarkStatus::Late, MarkStatus::Excused, MarkStatus::Absent];

impl Register {
    /// Puts a sign at its place.
    pub fn set(&mut self, student: usize, session: usize, sign: Sign) {
        if let Some(place) = self.signs.get_mut(student * self.sessions.len() + session) {
            *place = sign;
        }
    }

    /// Writes it as the next sheet.
    pub fn write(&self, context: &Context, workbook: &mut Workbook) {
        workbook.next_sheet(self.sheet(context));
        // Chunks of nothing would never end.
        for (student, signs) in self.students.iter().zip(self.signs.chunks(self.sessions.len().max(1))) {
            let letters: Vec<String> = signs.iter().map(|sign| letter(*sign, context)).collect();
            let count =
                |is: fn(&Sign) -> bool| Cell::Integer(i64::try_from(signs.iter().filter(|sign| is(sign)).count()).unwrap_or(0));
            let counts = [
                count(|sign| matches!(sign, Sign::Marked(MarkStatus::Present, _))),
                count(|sign| matches!(sign, Sign::Marked(MarkStatus::Late, _))),
                count(|sign| matches!(sign, Sign::Marked(MarkStatus::Excused, _))),
                count(|sign| matches!(sign, Sign::Marked(MarkStatus::Absent, _))),
                count(|sign| matches!(sign, Sign::NotMarked | Sign::Marked(MarkStatus::Cleared, _))),
            ];
            let texts = student.iter().chain(&letters).map(|text| if text.is_empty() { Cell::Empty } else { Cell::Text(text) });
            workbook.row(texts.chain(counts));
        }
        workbook.remark([]);
        for status in EXPLAINED {
            let language = context.language();
            let texts = [wording::mark_in_short(Some(status), language), wording::mark(Some(status), language)];
            workbook.remark(texts.map(Cell::Text));
        }
    }

    fn sheet(&self, context: &Context) -> Sheet {
        let named = |column: &RegisterColumn, width| Column { heading: column.heading(context.language()).to_owned(), width };
        let several = |date: Date| self.sessions.iter().filter(|(other, _)| *other == date).count() > 1;
        let dated = self.sessions.iter().map(|(date, start)| {
            let day = format!("{:02}.{:02}", date.day(), date.month());
            let heading = if several(*date) { format!("{day} {}", wording::time(*start)) } else { day };
            Column { heading, width: 6 }
        });
        let columns =
            BEFORE.iter().map(|column| named(column, 16)).chain(dated).chain(AFTER.iter().map(|column| named(column, 12)));
        Sheet { name: self.name.clone(), columns: columns.collect(), frozen_columns: 3 }
    }
}

fn letter(sign: Sign, context: &Context) -> String {
    match sign {
        Sign::NotThere | Sign::NotMarked => String::new(),
        Sign::Marked(status, minutes) => {
            let letters = wording::mark_in_short(Some(status), context.language());
            if minutes > 0 { format!("{letters} {minutes}") } else { letters.to_owned() }
        }
    }
}
