//! What can happen, drawn at random.

use proptest::collection::vec;
use proptest::prelude::{Strategy, any, prop_oneof};

/// A choice among whatever there is when the move is made.
#[derive(Debug, Clone, Copy)]
pub struct Pick {
    /// Which one, counted round.
    pub index: usize,
    /// Among all there are, also those it makes no sense for.
    pub any: bool,
}

/// One thing that happens.
#[derive(Debug, Clone)]
pub enum Move {
    /// A family applies; the first student may be a child who applied before.
    Apply { cohorts: Vec<usize>, together: bool, at_once: bool, again: Option<usize> },
    /// An application comes a second time with the same key.
    Repeat(usize),
    /// The family takes an offered seat.
    Accept(Pick),
    /// The family gives an offered seat up.
    Decline(Pick),
    /// The family gives up a seat or a place.
    Withdraw(Pick),
    /// The family registers a student in one more cohort.
    Join { student: usize, cohort: usize },
    /// The family wants to be asked, or not.
    AtOnce { application: usize, wanted: bool },
    /// Staff change a cohort's seats.
    Seats { cohort: usize, seats: usize },
    /// Staff change the order.
    Place { one: Pick, place: usize },
    /// Staff end a registration.
    Remove(Pick),
    /// Staff move a student to another cohort.
    Transfer { one: Pick, cohort: usize },
    /// Staff undo what they did before.
    Undo(usize),
    /// Hours pass, and offers run out.
    Pass { hours: i64 },
    /// The clock is looked at when it shows so many hours more or less.
    Look { hours: i64 },
}

/// A world and what happens in it.
#[derive(Debug, Clone)]
pub struct Story {
    /// Seats of each cohort.
    pub seats: Vec<usize>,
    /// What happens.
    pub moves: Vec<Move>,
}

fn pick() -> impl Strategy<Value = Pick> {
    (0..64usize, 0..8u8).prop_map(|(index, any)| Pick { index, any: any == 0 })
}

fn a_move() -> impl Strategy<Value = Move> {
    let again = prop_oneof![7 => proptest::strategy::Just(None), 1 => (0..64usize).prop_map(Some)];
    prop_oneof![
        8 => (vec(0..8usize, 1..=3), any::<bool>(), 0..4u8, again).prop_map(|(cohorts, together, at_once, again)| {
            Move::Apply { together: together && cohorts.len() > 1, cohorts, at_once: at_once == 0, again }
        }),
        1 => (0..64usize).prop_map(Move::Repeat),
        3 => pick().prop_map(Move::Accept),
        2 => pick().prop_map(Move::Decline),
        4 => pick().prop_map(Move::Withdraw),
        3 => (0..64usize, 0..8usize).prop_map(|(student, cohort)| Move::Join { student, cohort }),
        1 => (0..64usize, any::<bool>()).prop_map(|(application, wanted)| Move::AtOnce { application, wanted }),
        3 => (0..8usize, 0..=4usize).prop_map(|(cohort, seats)| Move::Seats { cohort, seats }),
        1 => (pick(), 1..=6usize).prop_map(|(one, place)| Move::Place { one, place }),
        2 => pick().prop_map(Move::Remove),
        2 => (pick(), 0..8usize).prop_map(|(one, cohort)| Move::Transfer { one, cohort }),
        3 => (0..8usize).prop_map(Move::Undo),
        3 => (0..10i64).prop_map(|hours| Move::Pass { hours }),
        1 => (-12..12i64).prop_map(|hours| Move::Look { hours }),
    ]
}

/// Stories of a few tiny cohorts.
pub fn story() -> impl Strategy<Value = Story> {
    (vec(0..=3usize, 2..=4), vec(a_move(), 1..=24)).prop_map(|(seats, moves)| Story { seats, moves })
}
