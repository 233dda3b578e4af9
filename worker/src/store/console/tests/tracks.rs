//! Other tracks for a student who stays.

use super::*;
use crate::store::console::tracks::{OtherTracks, change, change_back};
use crate::store::invariants;

/// Two tracks for `a` and `b`.
async fn with_tracks() -> Stage {
    let stage = stage().await;
    stage
        .run(&["INSERT INTO registration_tracks
            SELECT r.id, key + 1, 'astana-mon-wed-0900', value
            FROM json_each('[\"programming\", \"music\"]') JOIN registrations AS r ON r.id IN ('a', 'b')"])
        .await;
    stage
}

fn list(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// Asks for these tracks in place of those.
async fn asks(
    stage: &Stage,
    registration: &str,
    tracks: &[&str],
    instead_of: &[&str],
    scope: &Scope,
) -> Result<Acted, Refusal> {
    let (tracks, instead_of) = (list(tracks), list(instead_of));
    change(stage, OtherTracks { registration, tracks: &tracks, instead_of: &instead_of }, scope, act(stage)).await
}

async fn tracks(stage: &Stage, registration: &str) -> String {
    let sql = format!(
        "SELECT group_concat(track_id, ' ') FROM (
            SELECT track_id FROM registration_tracks WHERE registration_id = '{registration}' ORDER BY place)"
    );
    stage.run(&[&sql]).await.expect("tracks")
}

const BOTH: [&str; 2] = ["programming", "music"];

#[tokio::test]
async fn other_tracks_are_written_down_told_and_taken_back() {
    let stage = with_tracks().await;
    // Whoever waits can have others as well as whoever has a seat.
    for one in ["a", "b"] {
        let state = format!("SELECT json_array(state, rank, changed_at, act) FROM registrations WHERE id = '{one}'");
        let before = stage.run(&[&state]).await;
        let changed = asks(&stage, one, &["music", "animation"], &BOTH, &every()).await.expect("changed");
        assert_eq!(changed.undo_until, undo_until(journal::Act::TracksChanged, stage.now()));
        assert_eq!(tracks(&stage, one).await, "music animation");
        let told = format!(
            "SELECT json_array(author, act, registration_id, cohort_id, state, reason, json(details)) FROM journal WHERE entry = {}",
            changed.entry
        );
        let expected = format!(
            r#"["staff","tracks_changed","{one}","{COHORT}",null,"a slip",{{"before":["programming","music"],"after":["music","animation"]}}]"#
        );
        assert_eq!(stage.run(&[&told]).await, Some(expected));
        let back = change_back(&stage, changed.entry, &every(), Act { reason: "", ..act(&stage) }).await.expect("back");
        assert_eq!(tracks(&stage, one).await, "programming music");
        let undone =
            format!("SELECT json_array(undoes, reason, details ->> '$.after') FROM journal WHERE entry = {}", back.entry);
        let expected = format!(r#"[{},"a slip","[\"programming\",\"music\"]"]"#, changed.entry);
        assert_eq!(stage.run(&[&undone]).await, Some(expected));
        let again = change_back(&stage, changed.entry, &every(), act(&stage)).await;
        assert_eq!(again, Err(ErrorCode::NotUndoable.into()));
        assert_eq!(stage.run(&[&state]).await, before, "everything else is as it was");
    }
    let counted = invariants::count(&stage, stage.now()).await.expect("counts");
    assert!(counted.holds, "{counted:?}");
}

#[tokio::test]
async fn the_family_gets_a_letter_with_the_tracks_there_are_now() {
    let stage = with_tracks().await;
    send_due_letters(&stage.backend()).await.expect("sent");
    stage.handed_over.lock().expect("letters").clear();
    asks(&stage, "b", &["music", "animation"], &BOTH, &every()).await.expect("changed");
    send_due_letters(&stage.backend()).await.expect("sent");
    let letters = stage.handed_over.lock().expect("letters").clone();
    let [letter] = letters.as_slice() else { panic!("one letter: {letters:?}") };
    assert_eq!(
        (letter.to.as_str(), letter.subject.as_str()),
        ("b@mail.example", "TUMO: the centre has changed the student's tracks")
    );
    assert!(letter.body.contains("\n  Tracks now: Music, Animation\n\nReason: a slip\n"), "{}", letter.body);
}

#[tokio::test]
async fn what_stands_in_the_way_of_other_tracks_is_said() {
    let stage = with_tracks().await;
    let refused = |code: ErrorCode| Err(Refusal::from(code));
    assert_eq!(asks(&stage, "a", &["music"], &BOTH, &elsewhere()).await, refused(ErrorCode::Unknown));
    assert_eq!(asks(&stage, "nobody", &["music"], &BOTH, &every()).await, refused(ErrorCode::Unknown));
    assert_eq!(asks(&stage, "a", &BOTH, &BOTH, &every()).await, refused(ErrorCode::WrongState));
    assert_eq!(asks(&stage, "a", &["music"], &["programming"], &every()).await, refused(ErrorCode::ChangedMeanwhile));
    stage.run(&["DELETE FROM cohort_tracks WHERE cohort_id = 'astana-mon-wed-0900' AND track_id = 'animation'"]).await;
    let fault = Refusal::field(ErrorCode::InvalidForm, "tracks".to_owned(), FaultCode::TrackNotOffered);
    assert_eq!(asks(&stage, "a", &["music", "animation"], &BOTH, &every()).await, Err(fault));
    // Out of reach nothing is said of what is offered, either.
    assert_eq!(asks(&stage, "a", &["animation"], &BOTH, &elsewhere()).await, refused(ErrorCode::Unknown));
    assert_eq!(tracks(&stage, "a").await, "programming music");
    stage.withdraw("a").await;
    assert_eq!(asks(&stage, "a", &["music"], &BOTH, &every()).await, refused(ErrorCode::WrongState));
    assert_eq!(number(&stage, "SELECT count(*) FROM journal WHERE act = 'tracks_changed'").await, 0);
    // An offer that stands is no obstacle.
    asks(&stage, "b", &["music"], &BOTH, &every()).await.expect("changed");
    assert_eq!(number(&stage, "SELECT count(*) FROM registrations WHERE id = 'b' AND state = 'offered'").await, 1);
}

#[tokio::test]
async fn tracks_that_were_changed_since_are_not_taken_back() {
    let stage = with_tracks().await;
    let refused = Err(ErrorCode::NotUndoable.into());
    let removed = removal::remove(&stage, "c", &every(), act(&stage)).await.expect("removed");
    assert_eq!(change_back(&stage, removed.entry, &every(), act(&stage)).await, refused, "an entry of another kind");
    let first = asks(&stage, "a", &["music"], &BOTH, &every()).await.expect("changed");
    assert_eq!(change_back(&stage, first.entry, &elsewhere(), act(&stage)).await, refused);
    let second = asks(&stage, "a", &["animation"], &["music"], &every()).await.expect("changed");
    assert_eq!(change_back(&stage, first.entry, &every(), act(&stage)).await, refused);
    // The cohort doesn't offer the old one any more.
    asks(&stage, "b", &["programming"], &BOTH, &every()).await.expect("changed");
    stage.run(&["DELETE FROM cohort_tracks WHERE cohort_id = 'astana-mon-wed-0900' AND track_id = 'music'"]).await;
    assert_eq!(change_back(&stage, second.entry, &every(), act(&stage)).await, refused);
    assert_eq!(tracks(&stage, "a").await, "animation");
}

#[tokio::test]
async fn tracks_of_a_registration_that_is_over_are_not_taken_back() {
    let stage = with_tracks().await;
    let changed = asks(&stage, "a", &["music"], &BOTH, &every()).await.expect("changed");
    stage.withdraw("a").await;
    assert_eq!(change_back(&stage, changed.entry, &every(), act(&stage)).await, Err(ErrorCode::NotUndoable.into()));
    assert_eq!(tracks(&stage, "a").await, "music");
}

#[tokio::test]
async fn other_tracks_leave_what_came_before_to_be_undone() {
    let stage = with_tracks().await;
    let placed = order::place(&stage, "b", 2, &every(), act(&stage)).await.expect("placed");
    asks(&stage, "b", &["music"], &BOTH, &every()).await.expect("changed");
    order::undo_place(&stage, placed.entry, &every(), act(&stage)).await.expect("back");
}
