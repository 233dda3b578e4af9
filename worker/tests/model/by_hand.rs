//! The rule by examples: what a family would ask about. Each example is played to the store and to the model, which have to agree.
//!
//! Seats are held six hours here, an unanswered offer returns to place 3, and two seats may pass a party.

mod undoing;

use crate::moves::{Move, Pick};
use crate::play::Play;
use crate::rule::{HELD, HOUR, Twist};
use crate::world::Base;
use domain::date::Timestamp;
use domain::registration::RegistrationState::{self, Enrolled, Lapsed, Offered, Waiting, Withdrawn};
use tumo_worker::store::offers;

/// Runs an example in cohorts with so many seats.
fn example(seats: &[usize], tell: impl AsyncFnOnce(&mut Example<'_>)) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(async {
        let base = Base::open().await;
        let mut example = Example { play: Play::begin(&base, seats, Twist::None).await };
        tell(&mut example).await;
        base.must_hold().await;
    });
}

struct Example<'a> {
    play: Play<'a>,
}

/// The registration of this number.
fn one(index: usize) -> Pick {
    Pick { index, any: true }
}

impl Example<'_> {
    async fn make(&mut self, made: Move) {
        self.play.make(&made).await.expect("store and rule agree");
    }

    /// A student applies for a cohort.
    async fn single(&mut self, cohort: usize) {
        self.make(Move::Apply { cohorts: vec![cohort], together: false, at_once: false, again: None }).await;
    }

    /// Brothers and sisters apply for seats together.
    async fn party(&mut self, cohorts: &[usize]) {
        self.make(Move::Apply { cohorts: cohorts.to_vec(), together: true, at_once: false, again: None }).await;
    }

    async fn seats(&mut self, cohort: usize, seats: usize) {
        self.make(Move::Seats { cohort, seats }).await;
    }

    /// States of all registrations, in the order of their coming, as the store has them.
    async fn states(&self) -> Vec<RegistrationState> {
        let state = |text: &String| RegistrationState::parse(text).expect("a state");
        self.play.world.see().await.registrations.iter().map(|registration| state(&registration.state)).collect()
    }

    /// The waiting list of a cohort, by the numbers of registrations.
    async fn list(&self, cohort: usize) -> Vec<usize> {
        let number = |id: &String| self.play.world.registrations.iter().position(|other| other == id).expect("a known one");
        self.play.world.see().await.cohorts[cohort].list.iter().map(number).collect()
    }
}

#[test]
fn a_freed_seat_is_held_for_the_first() {
    example(&[1], async |it| {
        for _ in 0..3 {
            it.single(0).await;
        }
        it.make(Move::Withdraw(one(0))).await;
        assert_eq!(it.states().await, [Withdrawn, Offered, Waiting]);
        it.make(Move::Decline(one(1))).await;
        assert_eq!(it.states().await, [Withdrawn, Withdrawn, Offered]);
        it.make(Move::Accept(one(2))).await;
        assert_eq!(it.states().await, [Withdrawn, Withdrawn, Enrolled]);
    });
}

#[test]
fn an_unanswered_offer_returns_once_to_its_place_then_leaves() {
    example(&[0], async |it| {
        for _ in 0..5 {
            it.single(0).await;
        }
        it.seats(0, 1).await;
        it.make(Move::Pass { hours: HELD / HOUR }).await;
        // It came back before whoever had place 3, and the seat went to the new first.
        assert_eq!(it.states().await, [Waiting, Offered, Waiting, Waiting, Waiting]);
        assert_eq!(it.list(0).await, [2, 0, 3, 4]);
        for declining in [1, 2] {
            it.make(Move::Decline(one(declining))).await;
        }
        assert_eq!(it.states().await, [Offered, Withdrawn, Withdrawn, Waiting, Waiting]);
        it.make(Move::Pass { hours: HELD / HOUR }).await;
        assert_eq!(it.states().await, [Lapsed, Withdrawn, Withdrawn, Offered, Waiting]);
        // A short list: behind everybody.
        it.single(0).await;
        it.make(Move::Pass { hours: HELD / HOUR }).await;
        assert_eq!((it.states().await[4], it.list(0).await), (Offered, vec![5, 3]));
    });
}

#[test]
fn a_party_that_does_not_fit_does_not_block_smaller_ones_but_is_not_passed_for_ever() {
    example(&[0], async |it| {
        it.party(&[0, 0]).await;
        for _ in 0..4 {
            it.single(0).await;
        }
        it.seats(0, 1).await;
        it.seats(0, 2).await;
        // Two seats have passed the party: from now on seats are kept for it until there are two.
        assert_eq!(it.states().await, [Waiting, Waiting, Offered, Offered, Waiting, Waiting]);
        it.seats(0, 3).await;
        assert_eq!(it.states().await, [Waiting, Waiting, Offered, Offered, Waiting, Waiting]);
        it.seats(0, 4).await;
        assert_eq!(it.states().await, [Offered, Offered, Offered, Offered, Waiting, Waiting]);
    });
}

#[test]
fn seats_are_kept_for_a_party_no_longer_than_an_offer_is_held() {
    example(&[0], async |it| {
        it.party(&[0, 0]).await;
        for _ in 0..4 {
            it.single(0).await;
        }
        for seats in 1..=3 {
            it.seats(0, seats).await;
        }
        assert_eq!(it.states().await, [Waiting, Waiting, Offered, Offered, Waiting, Waiting], "the third seat is kept");
        let platform = &it.play.world.base.platform;
        for (later, fifth) in [(HELD - HOUR, Waiting), (HELD + HOUR, Offered)] {
            offers::end_preferences(platform, Timestamp(it.play.now + later)).await.expect("done");
            assert_eq!(it.states().await, [Waiting, Waiting, Offered, Offered, fifth, Waiting]);
        }
    });
}

#[test]
fn two_parties_crosswise_do_not_stand_in_each_others_way() {
    example(&[0, 0], async |it| {
        it.party(&[0, 1]).await;
        it.party(&[1, 0]).await;
        // In the second cohort the later one stands before the earlier.
        it.make(Move::Place { one: one(2), place: 1 }).await;
        assert_eq!((it.list(0).await, it.list(1).await), (vec![0, 3], vec![2, 1]));
        it.seats(0, 1).await;
        assert_eq!(it.states().await, [Waiting; 4]);
        it.seats(1, 1).await;
        assert_eq!(it.states().await, [Offered, Offered, Waiting, Waiting]);
    });
}

#[test]
fn a_party_is_offered_accepted_and_declined_whole() {
    example(&[1, 1], async |it| {
        it.party(&[0, 1]).await;
        it.party(&[0, 1]).await;
        it.party(&[0, 1]).await;
        assert_eq!(it.states().await[..2], [Enrolled, Enrolled]);
        it.make(Move::Withdraw(one(0))).await;
        assert_eq!(it.states().await[2..], [Waiting; 4]);
        it.make(Move::Withdraw(one(1))).await;
        assert_eq!(it.states().await[2..], [Offered, Offered, Waiting, Waiting]);
        it.make(Move::Decline(one(3))).await;
        assert_eq!(it.states().await[2..], [Withdrawn, Withdrawn, Offered, Offered]);
        it.make(Move::Accept(one(5))).await;
        assert_eq!(it.states().await[4..], [Enrolled, Enrolled]);
    });
}

#[test]
fn who_has_left_a_party_says_nothing_about_its_offer() {
    example(&[0], async |it| {
        it.party(&[0, 0]).await;
        it.make(Move::Withdraw(one(0))).await;
        it.seats(0, 1).await;
        assert_eq!(it.states().await, [Withdrawn, Offered]);
        for repeated in [Move::Withdraw(one(0)), Move::Decline(one(0)), Move::Accept(one(0))] {
            it.make(repeated).await;
            assert_eq!(it.states().await, [Withdrawn, Offered]);
        }
    });
}

#[test]
fn siblings_who_may_be_split_take_what_there_is() {
    example(&[1], async |it| {
        it.make(Move::Apply { cohorts: vec![0, 0], together: false, at_once: false, again: None }).await;
        assert_eq!(it.states().await, [Enrolled, Waiting]);
    });
}

#[test]
fn who_asked_for_it_is_enrolled_without_an_offer_unless_there_is_a_seat_elsewhere() {
    example(&[0, 1], async |it| {
        it.make(Move::Apply { cohorts: vec![0], together: false, at_once: true, again: None }).await;
        it.seats(0, 1).await;
        assert_eq!(it.states().await, [Enrolled]);
        it.make(Move::Apply { cohorts: vec![1], together: false, at_once: true, again: None }).await;
        it.make(Move::Join { student: 1, cohort: 0 }).await;
        assert_eq!(it.states().await, [Enrolled, Enrolled, Waiting]);
        it.seats(0, 2).await;
        assert_eq!(it.states().await, [Enrolled, Enrolled, Offered]);
    });
}

#[test]
fn one_who_has_to_be_asked_stands_for_the_party() {
    example(&[0, 1], async |it| {
        it.make(Move::Apply { cohorts: vec![0, 0], together: true, at_once: true, again: None }).await;
        it.make(Move::Join { student: 0, cohort: 1 }).await;
        it.seats(0, 2).await;
        assert_eq!(it.states().await, [Offered, Offered, Enrolled]);
    });
}

#[test]
fn accepting_elsewhere_passes_the_old_seat_on_in_the_same_batch() {
    example(&[1, 0], async |it| {
        it.single(0).await;
        it.single(0).await;
        it.make(Move::Join { student: 0, cohort: 1 }).await;
        it.seats(1, 1).await;
        assert_eq!(it.states().await, [Enrolled, Waiting, Offered]);
        it.make(Move::Accept(one(2))).await;
        assert_eq!(it.states().await, [Withdrawn, Offered, Enrolled]);
    });
}

#[test]
fn a_fifth_place_is_refused_and_a_repeated_fourth_is_not() {
    example(&[1, 0, 0, 0, 0], async |it| {
        it.single(0).await;
        for cohort in [1, 2, 3, 3, 4, 0] {
            it.make(Move::Join { student: 0, cohort }).await;
        }
        assert_eq!(it.states().await, [Enrolled, Waiting, Waiting, Waiting]);
    });
}

#[test]
fn deadlines_move_with_a_clock_that_jumps() {
    example(&[0], async |it| {
        it.single(0).await;
        it.seats(0, 1).await;
        let deadline = async |it: &Example<'_>| it.play.world.see().await.registrations[0].held_until.expect("an offer");
        let promised = deadline(it).await - it.play.now;
        for hours in [100, -300, 200] {
            it.make(Move::Look { hours }).await;
            // Each move takes a second, and so did the time before the first look.
            assert!((deadline(it).await - it.play.now - promised).abs() <= 10_000);
            it.make(Move::Pass { hours: 0 }).await;
            assert_eq!(it.states().await, [Offered]);
        }
    });
}

#[test]
fn an_offer_made_after_the_jump_is_not_moved_back() {
    example(&[0], async |it| {
        it.single(0).await;
        it.play.now -= 50 * HOUR;
        it.seats(0, 1).await;
        it.make(Move::Look { hours: 0 }).await;
        it.make(Move::Pass { hours: 5 }).await;
        assert_eq!(it.states().await, [Offered]);
    });
}

#[test]
fn a_party_is_not_put_asunder_by_who_returns() {
    example(&[0, 0], async |it| {
        it.single(0).await;
        it.single(0).await;
        it.party(&[0, 0]).await;
        it.seats(0, 1).await;
        it.make(Move::Pass { hours: HELD / HOUR }).await;
        // Place 3 of the list is the party's second: the one who returns stands before both.
        assert_eq!((it.states().await[1], it.list(0).await), (Offered, vec![0, 2, 3]));
    });
}

#[test]
fn what_is_given_elsewhere_can_open_the_way_at_once() {
    example(&[0, 0, 0], async |it| {
        for _ in 0..3 {
            it.single(1).await;
        }
        it.party(&[0, 1]).await;
        it.party(&[0, 2]).await;
        it.seats(0, 1).await;
        it.seats(2, 1).await;
        it.seats(1, 3).await;
        // The three singles took what the first party could have had, so it isn't in the second party's way any more.
        assert_eq!(it.states().await, [Offered, Offered, Offered, Waiting, Waiting, Offered, Offered]);
    });
}
