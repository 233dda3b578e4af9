//! What staff do to single registrations, and undo.

use super::{Example, example, one};
use crate::moves::Move;
use domain::registration::RegistrationState::{Enrolled, Offered, Removed, Waiting, Withdrawn};

impl Example<'_> {
    async fn remove(&mut self, registration: usize) {
        self.make(Move::Remove(one(registration))).await;
    }

    async fn place(&mut self, registration: usize, place: usize) {
        self.make(Move::Place { one: one(registration), place }).await;
    }

    async fn undo(&mut self, act: usize) {
        self.make(Move::Undo(act)).await;
    }
}

#[test]
fn who_was_removed_by_mistake_has_the_seat_again_while_nobody_wants_it() {
    example(&[1], async |it| {
        it.single(0).await;
        it.remove(0).await;
        it.undo(0).await;
        assert_eq!(it.states().await, [Enrolled]);
        // Once.
        it.undo(0).await;
        assert_eq!(it.states().await, [Enrolled]);
    });
}

#[test]
fn who_was_removed_and_finds_the_seat_given_on_is_the_first_to_get_the_next() {
    example(&[1], async |it| {
        for _ in 0..3 {
            it.single(0).await;
        }
        it.remove(0).await;
        it.undo(0).await;
        assert_eq!((it.states().await, it.list(0).await), (vec![Waiting, Offered, Waiting], vec![0, 2]));
        it.make(Move::Decline(one(1))).await;
        assert_eq!(it.states().await, [Offered, Withdrawn, Waiting]);
    });
}

#[test]
fn who_was_taken_off_the_list_comes_back_to_the_same_place() {
    example(&[0], async |it| {
        for _ in 0..4 {
            it.single(0).await;
        }
        it.remove(1).await;
        it.single(0).await;
        // Somebody who was ahead is gone, somebody who was behind now stands in front.
        it.make(Move::Withdraw(one(0))).await;
        it.place(3, 1).await;
        assert_eq!(it.list(0).await, [3, 2, 4]);
        it.undo(0).await;
        assert_eq!(it.list(0).await, [1, 3, 2, 4]);
    });
}

#[test]
fn two_who_were_taken_off_come_back_in_their_order_whoever_comes_first() {
    for acts in [[0, 1], [1, 0]] {
        example(&[0], async |it| {
            for _ in 0..3 {
                it.single(0).await;
            }
            it.remove(0).await;
            it.remove(1).await;
            for act in acts {
                it.undo(act).await;
            }
            assert_eq!(it.list(0).await, [0, 1, 2]);
        });
    }
}

#[test]
fn brothers_and_sisters_come_back_side_by_side_or_not_while_the_others_have_an_offer() {
    example(&[0], async |it| {
        it.single(0).await;
        it.party(&[0, 0]).await;
        it.single(0).await;
        it.remove(1).await;
        it.place(2, 9).await;
        it.undo(0).await;
        assert_eq!(it.list(0).await, [0, 3, 2, 1]);
        it.remove(1).await;
        it.seats(0, 3).await;
        it.undo(2).await;
        assert_eq!(it.states().await, [Offered, Removed, Offered, Offered]);
    });
}

#[test]
fn a_place_is_taken_back_and_that_too() {
    example(&[0], async |it| {
        for _ in 0..3 {
            it.single(0).await;
        }
        it.place(2, 1).await;
        assert_eq!(it.list(0).await, [2, 0, 1]);
        it.undo(0).await;
        assert_eq!(it.list(0).await, [0, 1, 2]);
        it.undo(1).await;
        assert_eq!(it.list(0).await, [2, 0, 1]);
        // What was undone can't be undone again.
        it.undo(0).await;
        assert_eq!(it.list(0).await, [2, 0, 1]);
    });
}

#[test]
fn a_student_is_moved_to_an_open_seat_and_back_while_the_old_one_is_open() {
    example(&[1, 1], async |it| {
        it.single(0).await;
        it.make(Move::Transfer { one: one(0), cohort: 1 }).await;
        assert_eq!(it.states().await, [Withdrawn, Enrolled]);
        it.undo(0).await;
        assert_eq!(it.states().await, [Enrolled, Withdrawn]);
        it.single(0).await;
        it.make(Move::Transfer { one: one(0), cohort: 1 }).await;
        assert_eq!(it.states().await, [Withdrawn, Withdrawn, Offered, Enrolled]);
        it.undo(1).await;
        assert_eq!(it.states().await, [Withdrawn, Withdrawn, Offered, Enrolled]);
        // Nobody is moved to where somebody waits or every seat is taken.
        it.make(Move::Transfer { one: one(3), cohort: 0 }).await;
        assert_eq!(it.states().await, [Withdrawn, Withdrawn, Offered, Enrolled]);
    });
}
