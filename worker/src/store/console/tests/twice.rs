//! One act asked for twice by one person in the same millisecond: done once, and answered once.

use super::*;

/// Every registration with its state.
async fn registrations(stage: &Stage) -> String {
    let all = "SELECT group_concat(id || ' ' || state, ', ') FROM (SELECT * FROM registrations ORDER BY sequence)";
    stage.run(&[all]).await.expect("registrations")
}

#[tokio::test]
async fn a_second_move_of_the_same_millisecond_finds_nothing_to_move() {
    let stage = stage().await;
    let refused = Err(ErrorCode::WrongState.into());
    // Somebody with a seat, and somebody who waits; to an open cohort, and to a list.
    for (registration, cohort, wanted) in [
        ("a", OTHER, "a withdrawn, b offered, c waiting, a1 enrolled"),
        ("c", OTHER, "a withdrawn, b offered, c withdrawn, a1 enrolled, c1 waiting"),
    ] {
        let new = [1, 2, 3].map(|number| format!("{registration}{number}"));
        let tracks = ["music".to_owned()];
        let wish = |new| Transfer { registration, new, cohort, tracks: &tracks };
        transfer::transfer(&stage, wish(&new[0]), &every(), act(&stage)).await.expect("moved");
        assert_eq!(registrations(&stage).await, wanted);
        assert_eq!(transfer::transfer(&stage, wish(&new[1]), &every(), act(&stage)).await, refused);
        let elsewhere = Transfer { cohort: "astana-sat-mon", ..wish(&new[2]) };
        assert_eq!(transfer::transfer(&stage, elsewhere, &every(), act(&stage)).await, refused);
        // Nor does an entry about the registration that comes between begin a new one.
        contacts::look(&stage, registration, &every(), "staff", stage.now()).await.expect("contacts");
        assert_eq!(transfer::transfer(&stage, wish(&new[2]), &every(), act(&stage)).await, refused);
        assert_eq!(registrations(&stage).await, wanted);
        stage.run(&["UPDATE cohorts SET seats = 1 WHERE id = 'astana-tue-thu-0900'"]).await;
    }
}

#[tokio::test]
async fn a_move_is_taken_back_once() {
    let stage = stage().await;
    // `b` waits; `a` has a seat, to which it can come back when nobody waits.
    for (registration, wanted) in [
        ("b", "a enrolled, b waiting, c waiting, b1 withdrawn"),
        ("a", "a enrolled, b withdrawn, c withdrawn, b1 withdrawn, a1 withdrawn"),
    ] {
        let new = format!("{registration}1");
        let wish = Transfer { registration, new: &new, cohort: OTHER, tracks: &["music".to_owned()] };
        let moved = transfer::transfer(&stage, wish, &every(), act(&stage)).await.expect("moved");
        transfer::move_back(&stage, moved.entry, &every(), act(&stage)).await.expect("back");
        assert_eq!(registrations(&stage).await, wanted);
        let again = transfer::move_back(&stage, moved.entry, &every(), act(&stage)).await;
        assert_eq!(again, Err(ErrorCode::NotUndoable.into()));
        assert_eq!(registrations(&stage).await, wanted);
        for name in ["b", "c"] {
            stage.withdraw(name).await;
        }
    }
}

#[tokio::test]
async fn a_removal_and_its_undoing_are_done_once() {
    let stage = stage().await;
    let removed = removal::remove(&stage, "b", &every(), act(&stage)).await.expect("removed");
    let again = removal::remove(&stage, "b", &every(), act(&stage)).await;
    assert_eq!(again, Err(ErrorCode::WrongState.into()));
    removal::restore(&stage, removed.entry, &every(), act(&stage)).await.expect("restored");
    let again = removal::restore(&stage, removed.entry, &every(), act(&stage)).await;
    assert_eq!(again, Err(ErrorCode::NotUndoable.into()));
    // Removed anew in the same millisecond, there is an entry of its own.
    let anew = removal::remove(&stage, "b", &every(), act(&stage)).await.expect("removed");
    assert!(anew.entry > removed.entry);
}

#[tokio::test]
async fn who_was_placed_and_removed_has_no_place_to_be_given() {
    let stage = stage().await;
    order::place(&stage, "c", 1, &every(), act(&stage)).await.expect("placed");
    removal::remove(&stage, "c", &every(), act(&stage)).await.expect("removed");
    let again = order::place(&stage, "c", 2, &every(), act(&stage)).await;
    assert_eq!(again, Err(ErrorCode::WrongState.into()));
}

#[tokio::test]
async fn a_move_that_is_offered_a_seat_at_once_offers_no_undoing() {
    let stage = stage().await;
    // `b` waits and has a seat elsewhere: that of the open cohort is held for an answer.
    stage.run(&[&registration("b", "astana-sat-mon", "joined", stage.now().0)]).await;
    let tracks = ["music".to_owned()];
    let wish = Transfer { registration: "b", new: "b1", cohort: OTHER, tracks: &tracks };
    let moved = transfer::transfer(&stage, wish, &every(), act(&stage)).await.expect("moved");
    assert!(registrations(&stage).await.ends_with("b1 offered"));
    let undone = transfer::move_back(&stage, moved.entry, &every(), act(&stage)).await;
    assert_eq!((moved.undo_until, undone), (None, Err(ErrorCode::NotUndoable.into())));
    // Whoever is simply seated or put on a list can come back.
    let wish = Transfer { registration: "c", new: "c1", ..wish };
    let moved = transfer::transfer(&stage, wish, &every(), act(&stage)).await.expect("moved");
    assert!(moved.undo_until.is_some());
    transfer::move_back(&stage, moved.entry, &every(), act(&stage)).await.expect("back");
}
