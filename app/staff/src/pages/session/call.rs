//! A roll call as this phone knows it: what the server has, and what was tapped here since.

use super::about::{About, Student, of};
use super::said::Said;
use super::taps::{Step, Taps};
use crate::offline::queue::{Queue, Waiting, as_kept};
use crate::offline::{kept, mark_id};
use crate::session::Session;
use app::api::Failure;
use app::app::Loaded;
use app::{clock, dom};
use domain::date::Timestamp;
use domain::error::ErrorCode;
use domain::staff::attendance::{KeptMark, Mark, MarkStatus, RollCall, SessionKey, in_conflict, open, standing};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeSet;
use std::sync::Arc;

/// How often the server is asked what other phones have marked, in milliseconds.
const EVERY: i32 = 20_000;

/// The roll call. A copy is a few numbers.
#[derive(Clone, Copy)]
pub struct Call {
    /// Who calls.
    pub session: Session,
    key: StoredValue<SessionKey>,
    /// Whether marks are taken by now: not before the session is about to begin.
    pub open: Memo<bool>,
    /// The students, once they are known.
    pub about: RwSignal<Loaded<Arc<About>>>,
    /// Counts up with every change of a mark.
    pub changes: RwSignal<u32>,
    /// Of when what is shown is, as long as it is from the phone alone.
    pub from_phone: RwSignal<Option<Timestamp>>,
    /// What can be taken back.
    pub taps: Taps,
    last: StoredValue<Option<RollCall>>,
    /// Marks made here that the server's answers may not know yet.
    made: StoredValue<BTreeSet<String>>,
}

/// Where the roll call of a session is asked for.
pub fn path(key: &SessionKey) -> String {
    ["/api/staff/sessions/", &key.cohort, "/", &key.date.to_string(), "/", &key.start.to_string()].concat()
}

impl Call {
    /// One of which nothing is known yet, and nothing is asked.
    pub fn of(session: Session, key: SessionKey) -> Self {
        let about = RwSignal::new(Loaded::<Arc<About>>::Loading);
        Self {
            session,
            key: StoredValue::new(key),
            open: Memo::new(move |_| {
                let now = session.console().now.get();
                about.with(|about| matches!(about, Loaded::Ready(about) if about.session.marked_from() <= now))
            }),
            about,
            changes: RwSignal::new(0),
            from_phone: RwSignal::new(None),
            taps: Taps::none(),
            last: StoredValue::new(None),
            made: StoredValue::new(BTreeSet::new()),
        }
    }

    /// Opens it: first what the phone has, then what the server says, and again every few seconds.
    pub fn open(session: Session, key: SessionKey) -> Self {
        let call = Self::of(session, key);
        spawn_local(async move {
            if let Some(known) = kept::roll_call::<RollCall>(session, &call.subject()).await
                && call.about.try_get_untracked() == Some(Loaded::Loading)
            {
                call.from_phone.set(Some(known.at));
                call.show(known);
            }
        });
        call.fetch();
        let again = move || {
            if dom::is_visible() {
                call.fetch();
            }
        };
        if let Ok(timer) = set_interval_with_handle(again, std::time::Duration::from_millis(EVERY as u64)) {
            on_cleanup(move || timer.clear());
        }
        call.follow(session.console().marks);
        call
    }

    /// Asks again when the server has taken or refused something: it knows what that has come to. Shows what waited on the phone once
    /// that is read, which may be after the roll call itself.
    fn follow(self, queue: Queue) {
        let waiting =
            Memo::new(move |_| queue.waiting.with(|waiting| waiting.iter().filter(|one| one.refused().is_none()).count()));
        Effect::new(move |before: Option<usize>| {
            let now = waiting.get();
            if before.is_some_and(|before| now < before) {
                self.fetch();
            } else if before.is_some_and(|before| now > before)
                && self.lacks_queued()
                && let Some(last) = self.last.get_value()
            {
                self.show(last);
            }
            now
        });
        let refused = Memo::new(move |_| {
            let ids = |waiting: &Vec<Waiting>| {
                let refused = waiting.iter().filter(|one| one.refused().is_some());
                refused.map(|one| one.mark.id.clone()).collect::<BTreeSet<_>>()
            };
            queue.waiting.with(ids)
        });
        Effect::new(move |_| {
            refused.with(|refused| {
                self.made.update_value(|made| made.retain(|id| !refused.contains(id)));
                self.taps.forget(refused);
            });
        });
    }

    /// The group that is called.
    pub fn cohort(self) -> String {
        self.key.with_value(|key| key.cohort.clone())
    }

    fn subject(self) -> String {
        self.key.with_value(SessionKey::subject)
    }

    /// Asks the server. What is shown stays until the answer has come, and when none comes.
    pub fn fetch(self) {
        spawn_local(async move {
            let answer = self.session.look::<RollCall>(&self.key.with_value(path)).await;
            let Some(about) = self.about.try_get_untracked() else { return };
            match answer {
                Ok(roll_call) => {
                    clock::set(roll_call.at);
                    self.session.console().now.set(roll_call.at);
                    self.from_phone.set(None);
                    self.show(roll_call);
                    // The students can be marked first.
                    dom::after_paint(move || self.write());
                }
                Err(Failure::Refused(refusal)) if refusal.code == ErrorCode::NotSignedIn => {
                    // Whoever is in the middle of a roll call goes on; the line above the list says what is missing.
                    if !matches!(about, Loaded::Ready(_)) {
                        self.session.console().signed_out();
                    }
                }
                Err(failure) if !matches!(about, Loaded::Ready(_)) => {
                    // The phone may still be looking.
                    let known = kept::roll_call::<RollCall>(self.session, &self.subject()).await.is_some();
                    if !known {
                        let _ = self.about.try_set(Loaded::Failed(failure));
                    }
                }
                Err(_) => {}
            }
        });
    }

    /// Shows a roll call, with what was tapped here and the server didn't know yet.
    pub fn show(self, mut roll_call: RollCall) {
        let known = self.last.with_value(|last| last.as_ref().map(|last| last.students.clone())).unwrap_or_default();
        let queued = self.queued();
        for student in &mut roll_call.students {
            let before = known.iter().filter(|other| other.registration == student.registration).flat_map(|other| &other.marks);
            let own = queued.iter().filter(|(registration, _)| *registration == student.registration).map(|(_, mark)| mark);
            let made = before.filter(|mark| self.made.with_value(|made| made.contains(&mark.id)));
            for mark in made.chain(own) {
                if student.marks.iter().all(|other| other.id != mark.id) {
                    student.marks.push(mark.clone());
                }
            }
        }
        self.last.set_value(Some(roll_call.clone()));
        let shown = match self.about.get_untracked() {
            Loaded::Ready(about) => Some(about),
            Loaded::Loading | Loaded::Failed(_) => None,
        };
        match shown {
            Some(about) if about.is_of(&roll_call) => {
                for (student, new) in about.students.iter().filter_map(|student| Some((student, of(&roll_call, student)?))) {
                    if student.marks.with_untracked(|marks| *marks != new.marks) {
                        student.marks.set(new.marks.clone());
                    }
                }
            }
            _ => self.about.set(Loaded::Ready(Arc::new(About::new(roll_call)))),
        }
        self.changes.update(|changes| *changes += 1);
    }

    /// The marks of this session that wait.
    fn queued(self) -> Vec<(String, KeptMark)> {
        let waiting = self.session.console().marks.waiting.get_untracked();
        let own = waiting.iter().filter(|one| one.refused().is_none());
        let own = own.filter(|one| self.key.with_value(|key| one.mark.session == *key));
        own.map(|one| (one.mark.registration.clone(), as_kept(&one.mark, &self.session.me().name))).collect()
    }

    /// Whether a mark that waits isn't shown.
    fn lacks_queued(self) -> bool {
        let shown: BTreeSet<String> = self.last.with_value(|last| {
            let students = last.iter().flat_map(|last| &last.students);
            students.flat_map(|student| &student.marks).map(|mark| mark.id.clone()).collect()
        });
        self.queued().iter().any(|(_, mark)| !shown.contains(&mark.id))
    }

    /// Says something about students, as one tap.
    pub fn say(self, students: &[Arc<Student>], said: &Said, tap: &str) {
        let steps = self.mark(students.iter().map(|student| (student, said.clone())));
        if !steps.is_empty() {
            self.taps.add(tap, steps);
        }
    }

    /// Takes the last tap back: says again what stood before it.
    pub fn undo(self) {
        let Some(steps) = self.taps.take_last() else { return };
        let Loaded::Ready(about) = self.about.get_untracked() else { return };
        let student = |registration: &String| about.students.iter().find(|one| one.info.registration == *registration);
        self.mark(steps.iter().filter_map(|step| Some((student(&step.registration)?, step.before.clone()))));
    }

    /// Makes the marks that say so, where it isn't said already. Answers what that changed.
    fn mark<'a>(self, wanted: impl Iterator<Item = (&'a Arc<Student>, Said)>) -> Vec<Step> {
        let (mut steps, mut made) = (Vec::new(), Vec::new());
        if !self.open.get_untracked() {
            return steps;
        }
        for (student, said) in wanted {
            let known = student.marks.get_untracked();
            let stood = standing(&known).map_or_else(|| Said::plain(MarkStatus::Cleared), Said::of);
            if stood == said && !in_conflict(&known) {
                continue;
            }
            let marks = self.marks_saying(&student.info.registration, &said, &known);
            student.marks.update(|all| all.extend(marks.iter().map(|mark| as_kept(mark, &self.session.me().name))));
            let registration = student.info.registration.clone();
            steps.push(Step { registration, before: stood, marks: marks.iter().map(|mark| mark.id.clone()).collect() });
            made.extend(marks);
        }
        if !made.is_empty() {
            self.note(&made);
            self.session.console().marks.add(made);
            self.changes.update(|changes| *changes += 1);
        }
        steps
    }

    /// A mark for each one that is open, so that whatever phones disagreed about is settled.
    fn marks_saying(self, registration: &str, said: &Said, known: &[KeptMark]) -> Vec<Mark> {
        let replaced: Vec<Option<String>> = open(known).into_iter().map(|mark| Some(mark.id.clone())).collect();
        let replaced = if replaced.is_empty() { vec![None] } else { replaced };
        // Later than all that is known, whatever the clocks say.
        let first = known.iter().map(|mark| mark.marked_at.0 + 1).max().unwrap_or_default().max(clock::now().0);
        let marks = (first..).zip(replaced).map(|(at, instead_of)| Mark {
            id: mark_id::drawn(Timestamp(at)),
            session: self.key.get_value(),
            registration: registration.to_owned(),
            status: said.status,
            minutes: said.minutes,
            reason: said.reason.clone(),
            marked_at: Timestamp(at),
            instead_of,
        });
        marks.collect()
    }

    /// Adds marks to what will be shown next time.
    fn note(self, made: &[Mark]) {
        self.made.update_value(|all| all.extend(made.iter().map(|mark| mark.id.clone())));
        self.last.update_value(|last| {
            let Some(last) = last else { return };
            for mark in made {
                let student = last.students.iter_mut().find(|student| student.registration == mark.registration);
                if let Some(student) = student {
                    student.marks.push(as_kept(mark, &self.session.me().name));
                }
            }
        });
        self.write();
    }

    fn write(self) {
        let Some(last) = self.last.try_get_value().flatten() else { return };
        let name = self.subject();
        spawn_local(async move { kept::keep_roll_call(self.session, last.session.date, &name, &last).await });
    }
}
