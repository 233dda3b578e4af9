//! What became of a change: whether it was made, in which words, and whose it was.

use crate::api::Change;
use crate::text::{Text, t};
use domain::registration::MyApplication;

/// What became of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// Whether it was made.
    pub done: bool,
    /// In which words it is told.
    pub said: Text,
    /// About whom, by the place among the students; none where it is about all there are.
    pub whom: Option<usize>,
}

impl Told {
    /// What concerns all students.
    pub const fn to_all(done: bool, said: Text) -> Self {
        Self { done, said, whom: None }
    }

    /// The words, with the name of the student they are about.
    pub fn words(self, mine: &MyApplication) -> String {
        match self.whom.and_then(|place| mine.students.get(place)) {
            Some(student) => [&student.given_name, ": ", t(self.said)].concat(),
            None => t(self.said).to_owned(),
        }
    }
}

/// About whom a change is; none where there is only one student, or one answer counts for all.
pub fn whom(change: &Change, mine: &MyApplication) -> Option<usize> {
    if mine.students.len() < 2 {
        return None;
    }
    let id = match change {
        Change::Settings(_) => return None,
        Change::Accept(_) | Change::Decline(_) if mine.together => return None,
        Change::Accept(id) | Change::Decline(id) | Change::Withdraw(id) | Change::Join(id, _) => id,
    };
    mine.students.iter().position(|student| student.id == *id || student.registrations.iter().any(|one| one.id == *id))
}

/// What to say after a change.
pub fn done(change: &Change, mine: &MyApplication) -> Text {
    match change {
        Change::Accept(_) => Text::MyDoneAccepted,
        Change::Decline(_) => Text::MyDoneDeclined,
        Change::Withdraw(_) => Text::MyDoneWithdrawn,
        Change::Settings(_) => Text::MyDoneSettings,
        Change::Join(student, form) => {
            let seated = mine
                .students
                .iter()
                .filter(|known| known.id == *student)
                .flat_map(|known| &known.registrations)
                .any(|one| one.state.is_live() && one.cohort.id == form.cohort && one.position.is_none());
            if seated { Text::MyDoneMoved } else { Text::MyDoneWaiting }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{mine, speak};
    use domain::language::Language;
    use domain::registration::RegistrationState::{Enrolled, Offered};

    #[test]
    fn what_became_of_a_change_names_the_child_where_there_are_several() {
        speak(Language::Kazakh);
        let (give_up, accept) = (Change::Withdraw("r2".into()), Change::Accept("r1".into()));
        let said = |mine: &MyApplication, change: &Change| {
            Told { done: true, said: done(change, mine), whom: whom(change, mine) }.words(mine)
        };
        let mut two = mine(&[("Айша", Offered), ("Дамир", Enrolled)]);
        assert_eq!(said(&two, &give_up), "Дамир: Бас тарттыңыз. Бұл тіркеу аяқталды.");
        assert_eq!(said(&two, &accept), "Айша: Орын сіздікі. Келесі сабақта күтеміз.");
        two.together = true;
        assert_eq!(said(&two, &accept), "Орын сіздікі. Келесі сабақта күтеміз.");
        assert_eq!(said(&mine(&[("Айша", Offered)]), &accept), "Орын сіздікі. Келесі сабақта күтеміз.");
    }
}
