//! Who is called in a roll call, and of which session: what doesn't change while students are marked.

use super::said::Said;
use crate::names;
use domain::staff::attendance::{
    KeptMark, MarkStatus, RollCall, RollCallStudent, SessionCohort, StaffSession, in_conflict, standing,
};
use leptos::prelude::*;
use std::sync::Arc;

/// A student. Whoever shows one follows its marks.
pub struct Student {
    /// Everything but the marks.
    pub info: RollCallStudent,
    /// Full name.
    pub name: String,
    /// Every mark.
    pub marks: ArcRwSignal<Vec<KeptMark>>,
}

impl Student {
    /// What stands; none when not marked.
    pub fn stands(&self) -> Option<Said> {
        self.marks.with(|marks| stands(marks))
    }

    /// Whether phones disagree.
    pub fn is_in_conflict(&self) -> bool {
        self.marks.with(|marks| in_conflict(marks))
    }
}

fn stands(marks: &[KeptMark]) -> Option<Said> {
    standing(marks).filter(|mark| mark.status != MarkStatus::Cleared).map(Said::of)
}

/// What doesn't change while students are marked.
pub struct About {
    /// The session, without counts that were right some time ago.
    pub session: StaffSession,
    /// The group.
    pub cohort: SessionCohort,
    /// The students by the Kazakh alphabet.
    pub students: Vec<Arc<Student>>,
}

impl About {
    /// The one of this roll call.
    pub fn new(roll_call: RollCall) -> Self {
        let student = |info: RollCallStudent| {
            let name = names::full(&info.surname, &info.given_name, info.patronymic.as_deref());
            let marks = ArcRwSignal::new(info.marks.clone());
            Arc::new(Student { info: RollCallStudent { marks: Vec::new(), ..info }, name, marks })
        };
        let students: Vec<Arc<Student>> = roll_call.students.into_iter().map(student).collect();
        let order = names::order(&students, |student| student.name.clone());
        let students = order.into_iter().filter_map(|place| students.get(place).cloned()).collect();
        Self { session: roll_call.session, cohort: roll_call.cohort, students }
    }

    /// Whether it is of the same session and students as this one.
    pub fn is_of(&self, roll_call: &RollCall) -> bool {
        let same = |student: &Arc<Student>| {
            of(roll_call, student).is_some_and(|new| student.info == RollCallStudent { marks: Vec::new(), ..new.clone() })
        };
        let (mine, new) = (&self.session, &roll_call.session);
        (&mine.key, mine.date, mine.start, mine.state) == (&new.key, new.date, new.start, new.state)
            && self.cohort == roll_call.cohort
            && self.students.len() == roll_call.students.len()
            && self.students.iter().all(same)
    }
}

impl PartialEq for About {
    /// The students of one roll call are made once.
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

/// The same student in a roll call.
pub fn of<'a>(roll_call: &'a RollCall, student: &Student) -> Option<&'a RollCallStudent> {
    roll_call.students.iter().find(|other| other.registration == student.info.registration)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answer_about_nobody_is_read_like_a_real_one() {
        let roll_call: RollCall = serde_json::from_str(super::super::OF_NOBODY).expect("a roll call");
        assert_eq!(About::new(roll_call).students.len(), 1);
    }
}
