//! What can be taken back.

use super::said::Said;
use leptos::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// How many taps can be taken back.
const MOST: usize = 50;

/// What a tap changed of one student.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The student's registration.
    pub registration: String,
    /// What stood before it.
    pub before: Said,
    /// Ids of the marks that it made.
    pub marks: Vec<String>,
}

/// A tap: in words, and what it changed.
#[derive(Debug, PartialEq, Eq)]
struct Tap {
    said: String,
    steps: Vec<Step>,
}

/// The taps that can be taken back, the last one first. A copy is a number.
#[derive(Clone, Copy)]
pub struct Taps(RwSignal<Vec<Tap>>);

impl Taps {
    /// None yet.
    pub fn none() -> Self {
        Self(RwSignal::new(Vec::new()))
    }

    /// One more, in words, with what it changed.
    pub fn add(self, said: &str, steps: Vec<Step>) {
        self.0.update(|taps| {
            if taps.len() == MOST {
                taps.remove(0);
            }
            taps.push(Tap { said: said.to_owned(), steps });
        });
    }

    /// What the last tap was; none when there was none.
    pub fn last(self) -> Option<String> {
        self.0.with(|taps| taps.last().map(|tap| tap.said.clone()))
    }

    /// What the last tap changed, which is none any more.
    pub fn take_last(self) -> Option<Vec<Step>> {
        Some(self.0.try_update(Vec::pop).flatten()?.steps)
    }

    /// Marks that the server has refused were never made: there is nothing of them to take back.
    pub fn forget(self, refused: &BTreeSet<String>) {
        let any = |taps: &Vec<Tap>| taps.iter().flat_map(|tap| &tap.steps).any(|step| is_refused(step, refused));
        if self.0.with_untracked(any) {
            self.0.update(|taps| forget(taps, refused));
        }
    }
}

fn is_refused(step: &Step, refused: &BTreeSet<String>) -> bool {
    step.marks.iter().all(|id| refused.contains(id))
}

fn forget(taps: &mut Vec<Tap>, refused: &BTreeSet<String>) {
    // What stood before a refused step stood before the student's next one too.
    let mut stood = BTreeMap::new();
    for tap in taps.iter_mut() {
        tap.steps.retain_mut(|step| {
            if let Some(before) = stood.remove(&step.registration) {
                step.before = before;
            }
            let gone = is_refused(step, refused);
            if gone {
                stood.insert(step.registration.clone(), step.before.clone());
            }
            !gone
        });
    }
    taps.retain(|tap| !tap.steps.is_empty());
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::staff::attendance::MarkStatus::{Absent, Cleared, Late, Present};

    fn step(registration: &str, before: Said, mark: &str) -> Step {
        Step { registration: registration.to_owned(), before, marks: vec![mark.to_owned()] }
    }

    fn tap(said: &str, steps: Vec<Step>) -> Tap {
        Tap { said: said.to_owned(), steps }
    }

    fn refused(marks: &[&str]) -> BTreeSet<String> {
        marks.iter().map(|id| (*id).to_owned()).collect()
    }

    #[test]
    fn a_refused_mark_leaves_nothing_to_take_back() {
        let first = || tap("one", vec![step("a", Said::plain(Cleared), "1")]);
        let mut taps = vec![first(), tap("other", vec![step("b", Said::plain(Cleared), "2")])];
        forget(&mut taps, &refused(&["2"]));
        assert_eq!(taps, [first()]);
    }

    #[test]
    fn of_many_marked_by_one_tap_those_that_were_taken_can_be_taken_back() {
        let steps = |ids: &[&str]| ids.iter().map(|id| step(id, Said::plain(Cleared), id)).collect();
        let mut taps = vec![tap("the rest", steps(&["1", "2", "3"]))];
        forget(&mut taps, &refused(&["2"]));
        assert_eq!(taps, [tap("the rest", steps(&["1", "3"]))]);
    }

    #[test]
    fn what_stood_before_a_refused_mark_stood_before_the_next_one() {
        let late = step("a", Said::plain(Absent), "2");
        let mut taps = vec![tap("absent", vec![step("a", Said::plain(Present), "1")]), tap("late", vec![late])];
        forget(&mut taps, &refused(&["1"]));
        assert_eq!(taps, [tap("late", vec![step("a", Said::plain(Present), "2")])]);
        let mut twice =
            vec![tap("late", vec![step("b", Said::plain(Late), "1")]), tap("late", vec![step("b", Said::late(5), "2")])];
        forget(&mut twice, &refused(&["1", "2"]));
        assert!(twice.is_empty());
    }
}
