//! The waiting list against a plain model: stories drawn at random are played to the store and to the rule said a second time
//! (`rule`), and both have to agree after every move, in every state, place, deadline and count. A story that fails is shrunk.
//!
//! `MODEL_STORIES` says how many stories are played (3,000); `MODEL_SEED` repeats the stories of an earlier run.

mod by_hand;
mod moves;
mod play;
mod rule;
mod world;

use crate::moves::{Story, story};
use crate::rule::Twist;
use crate::world::Base;
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestError, TestRunner};
use std::env;
use std::thread;
use std::time::{SystemTime, UNIX_EPOCH};

/// Plays stories until one fails. What it says of a failure holds the shrunk story.
fn stories(number: u32, seed: u64, twist: Twist) -> Result<(), (String, Story)> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let base = runtime.block_on(Base::open());
    let config = Config { cases: number, failure_persistence: None, rng_seed: RngSeed::Fixed(seed), ..Config::default() };
    let played = TestRunner::new(config)
        .run(&story(), |story| runtime.block_on(play::play(&base, &story, twist)).map_err(TestCaseError::fail));
    runtime.block_on(base.must_hold());
    match played {
        Ok(()) => Ok(()),
        Err(TestError::Fail(reason, story)) => Err((reason.to_string(), story)),
        Err(TestError::Abort(reason)) => panic!("the stories were broken off: {reason}"),
    }
}

fn number_from(variable: &str) -> Option<u64> {
    env::var(variable).ok().map(|number| number.parse().expect("a number"))
}

fn seed() -> u64 {
    let now = || SystemTime::now().duration_since(UNIX_EPOCH).expect("a time").subsec_nanos();
    number_from("MODEL_SEED").unwrap_or_else(|| now().into())
}

#[test]
fn the_store_does_what_the_rule_says() {
    let wanted = u32::try_from(number_from("MODEL_STORIES").unwrap_or(3_000)).expect("a number of stories");
    let (seed, hands) = (seed(), 2);
    let one = |hand: u32| move || stories(wanted / hands, seed + u64::from(hand), Twist::None);
    let playing: Vec<_> = (0..hands).map(|hand| thread::spawn(one(hand))).collect();
    for (hand, played) in playing.into_iter().enumerate() {
        if let Err((reason, story)) = played.join().expect("a verdict") {
            panic!("MODEL_SEED={seed}, hand {hand}: {reason}\nthe shortest story that shows it: {story:#?}");
        }
    }
}

/// The test can fail: whatever rule is wrong is noticed, and the story that shows it is short.
#[test]
fn a_wrong_rule_is_noticed() {
    let twists = [
        Twist::LastFirst,
        Twist::PassedForEver,
        Twist::NewcomerPasses,
        Twist::ReturnsForEver,
        Twist::KeepsBoth,
        Twist::BackIsLast,
    ];
    for twist in twists {
        let (reason, story) = stories(3_000, 1, twist).expect_err("a wrong rule agrees with the store");
        println!("{twist:?}: {} moves, {reason}", story.moves.len());
        assert!(story.moves.len() <= 12, "{twist:?} is shown by {story:#?}");
    }
}
