use super::*;
use crate::letters::send_due_letters;
use crate::platform::Value;
use crate::store::outbox::stage::{COHORT, Family, Stage, registration};
use crate::store::staff::Act;
use crate::store::students;
use domain::error::FaultCode;
use domain::registration::RegistrationState;
use domain::staff::roster::{MessageForm, Search};
use transfer::Transfer;

mod tracks;
mod twice;

const OTHER: &str = "astana-tue-thu-0900";

/// A seat for `a`, and `b` and `c` on the list of [`COHORT`].
async fn stage() -> Stage {
    let stage = Stage::open();
    for name in ["a", "b", "c"] {
        stage.apply(Family::new(name)).await;
    }
    stage
        .run(&["INSERT INTO staff_members (id, email, name, role, language, password_hash, must_change_password, created_at)
            VALUES ('staff', 'staff@tumo.example', 'Ж', 'administrator', 'kk', '$argon2id$', 0, 1)"])
        .await;
    stage
}

fn act(stage: &Stage) -> Act<'static> {
    Act { author: "staff", reason: "a slip", now: stage.now() }
}

fn every() -> Scope {
    Scope::of(None)
}

fn elsewhere() -> Scope {
    Scope::of(Some("almaty"))
}

async fn number(stage: &Stage, sql: &str) -> u32 {
    stage.run(&[&format!("SELECT CAST(({sql}) AS TEXT)")]).await.expect("a number").parse().expect("a number")
}

#[tokio::test]
async fn a_roster_holds_everybody_with_place_tracks_and_marks() {
    let stage = stage().await;
    stage
        .run(&[
            "INSERT INTO registration_tracks VALUES ('a', 1, 'astana-mon-wed-0900', 'graphic-design')",
            "INSERT INTO marks (id, cohort_id, day, starts, registration_id, status, minutes, marked_by, marked_at, received_at)
            VALUES ('0123456789ABCDEFGHJKMNPQRS', 'astana-mon-wed-0900', '2027-01-11', 540, 'a', 'late', 5, 'staff', 1, 1)",
        ])
        .await;
    removal::remove(&stage, "b", &every(), act(&stage)).await.expect("removed");
    let found = roster::of_cohort(&stage, COHORT, &every(), stage.now()).await.expect("a roster");
    let told = |row: &domain::staff::roster::RosterRow| (row.registration.clone(), row.state, row.position);
    let expected = [
        ("a", RegistrationState::Enrolled, None),
        ("c", RegistrationState::Waiting, Some(1)),
        ("b", RegistrationState::Removed, None),
    ];
    let expected: Vec<_> = expected.map(|(id, state, position)| (id.to_owned(), state, position)).into();
    assert_eq!(found.rows.iter().map(told).collect::<Vec<_>>(), expected);
    assert!(!found.more);
    let first = found.rows.first().expect("a row");
    assert_eq!((first.tracks.join(","), first.marks.late, first.marks.marked()), ("graphic-design".to_owned(), 1, 1));
    assert_eq!(roster::of_cohort(&stage, COHORT, &elsewhere(), stage.now()).await, Err(ErrorCode::Unknown.into()));
    assert_eq!(roster::of_cohort(&stage, "nowhere", &every(), stage.now()).await, Err(ErrorCode::Unknown.into()));
    let empty = roster::of_cohort(&stage, "almaty-sat-mon", &elsewhere(), stage.now()).await.expect("a roster");
    assert_eq!(empty.rows, []);
}

#[tokio::test]
async fn students_are_found_by_name_number_and_telephone() {
    let stage = stage().await;
    stage
        .run(&[
            "UPDATE students SET surname = 'Қуанышева', given_name = 'Әйгерім', search = NULL WHERE id = 'b'",
            "UPDATE applications SET reference = 'TM-0000-0000' WHERE id = 'c'",
            "UPDATE guardians SET phone = '+77015554433' WHERE application_id = 'a'",
        ])
        .await;
    while students::make_searchable(&stage, 2).await.expect("done") > 0 {}
    let search = async |text: &str, scope: &Scope| {
        let search = Search::parse(text).expect("something to search for");
        let found = roster::search(&stage, "demo", &search, scope, stage.now()).await.expect("rows");
        found.rows.into_iter().map(|row| row.registration).collect::<Vec<_>>()
    };
    assert_eq!(search("куан АЙГЕР", &every()).await, ["b"]);
    assert_eq!(search("куан болат", &every()).await, [] as [&str; 0]);
    assert_eq!(search("tm 0000 0000", &every()).await, ["c"]);
    assert_eq!(search("8 (701) 555-44-33", &every()).await, ["a"]);
    assert_eq!(search("куан", &elsewhere()).await, [] as [&str; 0]);
    let waiting = roster::search(&stage, "demo", &Search::parse("куан").expect("words"), &every(), stage.now()).await;
    assert_eq!(waiting.expect("rows").rows[0].position, Some(1));
}

#[tokio::test]
async fn a_look_at_contacts_is_in_the_journal_and_nothing_else_is() {
    let stage = stage().await;
    assert_eq!(contacts::look(&stage, "a", &elsewhere(), "staff", stage.now()).await, Err(ErrorCode::Unknown.into()));
    let seen = "SELECT count(*) FROM journal WHERE act = 'contacts_seen' AND author = 'staff' AND registration_id = 'a'";
    assert_eq!(number(&stage, seen).await, 0);
    let contacts = contacts::look(&stage, "a", &every(), "staff", stage.now()).await.expect("contacts");
    assert_eq!(contacts.guardians[0].phone, "+77010000000");
    assert_eq!(number(&stage, seen).await, 1);
}

#[tokio::test]
async fn what_belongs_to_another_centre_is_not_found() {
    let stage = stage().await;
    let unknown = Err(ErrorCode::Unknown.into());
    let scope = elsewhere();
    assert_eq!(removal::remove(&stage, "a", &scope, act(&stage)).await, unknown);
    assert_eq!(order::place(&stage, "c", 1, &scope, act(&stage)).await, unknown);
    let wish = Transfer { registration: "a", new: "new", cohort: OTHER, tracks: &[] };
    assert_eq!(transfer::transfer(&stage, wish, &scope, act(&stage)).await, unknown);
    let entries = [
        removal::remove(&stage, "b", &every(), act(&stage)).await.expect("removed").entry,
        order::place(&stage, "c", 1, &every(), act(&stage)).await.expect("placed").entry,
    ];
    let refused = Err(ErrorCode::NotUndoable.into());
    assert_eq!(removal::restore(&stage, entries[0], &scope, act(&stage)).await, refused);
    assert_eq!(order::undo_place(&stage, entries[1], &scope, act(&stage)).await, refused);
    // An entry of another kind is none of theirs.
    assert_eq!(removal::restore(&stage, entries[1], &every(), act(&stage)).await, refused);
    assert_eq!(order::undo_place(&stage, entries[0], &every(), act(&stage)).await, refused);
    assert_eq!(transfer::move_back(&stage, entries[0], &every(), act(&stage)).await, refused);
}

#[tokio::test]
async fn an_undoing_names_what_it_undoes() {
    let stage = stage().await;
    let removed = removal::remove(&stage, "b", &every(), act(&stage)).await.expect("removed");
    assert!(removed.undo_until.is_some_and(|until| until.0 == stage.now().0 + 24 * 3_600_000));
    let restored = removal::restore(&stage, removed.entry, &every(), act(&stage)).await.expect("restored");
    assert_eq!(restored.undo_until, None);
    let undoes = format!("SELECT undoes FROM journal WHERE entry = {} AND act = 'restored'", restored.entry);
    assert_eq!(u64::from(number(&stage, &undoes).await), removed.entry);
    let placed = order::place(&stage, "c", 1, &every(), act(&stage)).await.expect("placed");
    let back = order::undo_place(&stage, placed.entry, &every(), Act { reason: "", ..act(&stage) }).await.expect("back");
    let told = format!(
        "SELECT count(*) FROM journal WHERE entry = {} AND undoes = {} AND reason = 'a slip' AND position = 2",
        back.entry, placed.entry
    );
    assert_eq!(number(&stage, &told).await, 1);
}

#[tokio::test]
async fn who_registered_anew_or_has_another_seat_is_not_restored() {
    let stage = stage().await;
    let removed = removal::remove(&stage, "c", &every(), act(&stage)).await.expect("removed");
    stage
        .run(&[
            "INSERT INTO applications SELECT 'd', 'd', 'x', 'd', 'd', language, filled_by, take_at_once, received_at
            FROM applications WHERE id = 'c'",
            "INSERT INTO students (id, application_id, place, surname, given_name, born_on) VALUES ('d', 'd', 1, 'A', 'B', '2011-01-01')",
            "INSERT INTO student_identities VALUES ('demo', 'c', 'd')",
        ])
        .await;
    let refused = removal::restore(&stage, removed.entry, &every(), act(&stage)).await;
    assert_eq!(refused, Err(ErrorCode::NotUndoable.into()));
    // The seat of `a` went to `b`, who gives it up; meanwhile `a` found another one.
    let removed = removal::remove(&stage, "a", &every(), act(&stage)).await.expect("removed");
    stage.withdraw("b").await;
    stage.run(&[&registration("a", OTHER, "joined", stage.now().0)]).await;
    let refused = removal::restore(&stage, removed.entry, &every(), act(&stage)).await;
    assert_eq!(refused, Err(ErrorCode::NotUndoable.into()));
    assert_eq!(number(&stage, "SELECT taken FROM cohorts WHERE id = 'astana-mon-wed-0900'").await, 0);
}

#[tokio::test]
async fn a_move_carries_the_tracks_that_there_are_or_takes_those_that_are_named() {
    let stage = stage().await;
    let tracks = ["programming", "music", "animation"].map(str::to_owned);
    stage
        .run(&[
            "INSERT INTO registration_tracks SELECT 'a', key + 1, 'astana-mon-wed-0900', value
            FROM json_each('[\"programming\", \"music\", \"animation\"]')",
            "DELETE FROM cohort_tracks WHERE cohort_id = 'astana-tue-thu-0900' AND track_id = 'programming'",
            "UPDATE cohorts SET seats = 5 WHERE id = 'astana-mon-wed-0900'",
        ])
        .await;
    let wish = Transfer { registration: "a", new: "n1", cohort: OTHER, tracks: &[] };
    let moved = transfer::transfer(&stage, wish, &every(), act(&stage)).await.expect("moved");
    let carried = "SELECT group_concat(place || track_id, ' ') FROM registration_tracks WHERE registration_id = 'n1'";
    assert_eq!(stage.run(&[carried]).await.as_deref(), Some("1music 2animation"));
    transfer::move_back(&stage, moved.entry, &every(), act(&stage)).await.expect("back");

    let fault = |code| Err(Refusal::field(ErrorCode::InvalidForm, "tracks".to_owned(), code));
    let wish = Transfer { new: "n2", cohort: "astana-lab-robotics", ..wish };
    assert_eq!(transfer::transfer(&stage, wish, &every(), act(&stage)).await, fault(FaultCode::TrackNotOffered));
    let named = Transfer { tracks: &tracks[..1], ..wish };
    assert_eq!(transfer::transfer(&stage, named, &every(), act(&stage)).await, fault(FaultCode::TrackNotOffered));
    let named = Transfer { tracks: &["robotics".to_owned()], ..wish };
    transfer::transfer(&stage, named, &every(), act(&stage)).await.expect("moved");
    assert_eq!(number(&stage, "SELECT count(*) FROM registrations WHERE id = 'n2' AND state = 'enrolled'").await, 1);
    assert_eq!(number(&stage, "SELECT count(*) FROM outbox WHERE kind = 'transferred' AND unit = 'n2'").await, 1);
}

fn message(id: &str, states: &[RegistrationState]) -> MessageForm {
    MessageForm {
        id: format!("{id:0>26}"),
        subject: "Залы ауысты".to_owned(),
        body: "Ертең 2-залда кездесеміз.".to_owned(),
        states: states.to_vec(),
        news: false,
        preview: false,
    }
}

#[tokio::test]
async fn a_message_is_a_letter_an_address_and_the_same_one_again_is_none() {
    let stage = stage().await;
    // `b` and `c` share an address, whatever its case; `d` has none.
    stage.apply(Family::new("d")).await;
    send_due_letters(&stage.backend()).await.expect("sent");
    stage.handed_over.lock().expect("letters").clear();
    stage
        .run(&[
            "UPDATE guardians SET email = 'B@mail.example' WHERE application_id = 'c'",
            "UPDATE guardians SET email = NULL WHERE application_id = 'd'",
        ])
        .await;
    let waiting = message("m1", &[RegistrationState::Waiting]);
    let counted = messages::count(&stage, COHORT, &waiting, &every()).await.expect("counts");
    assert_eq!((counted.letters, counted.without_address), (1, 1));
    assert_eq!(messages::count(&stage, COHORT, &waiting, &elsewhere()).await, Err(ErrorCode::Unknown.into()));
    for _ in 0..2 {
        let sent = messages::send(&stage, COHORT, &waiting, &every(), "staff", stage.now()).await;
        assert_eq!(sent, Ok(counted));
    }
    let other = MessageForm { body: "Another text.".to_owned(), ..waiting.clone() };
    let again = messages::send(&stage, COHORT, &other, &every(), "staff", stage.now()).await;
    assert_eq!(again, Err(ErrorCode::KeyReused.into()));
    // In the same millisecond, too, other recipients are another message.
    let to_others = MessageForm { states: vec![RegistrationState::Enrolled], ..waiting.clone() };
    let again = messages::send(&stage, COHORT, &to_others, &every(), "staff", stage.now()).await;
    assert_eq!(again, Err(ErrorCode::KeyReused.into()));
    let next = message("m2", &[RegistrationState::Enrolled]);
    let too_soon = messages::send(&stage, COHORT, &next, &every(), "staff", stage.now()).await;
    assert_eq!(too_soon, Err(ErrorCode::TooManyRequests.into()));
    assert_eq!(messages::send(&stage, COHORT, &next, &elsewhere(), "staff", stage.now()).await, Err(ErrorCode::Unknown.into()));
    stage.pass(1);
    messages::send(&stage, COHORT, &next, &every(), "staff", stage.now()).await.expect("sent");
    // Somebody who came since gets nothing from a repetition.
    stage.apply(Family::new("e")).await;
    let repeated = messages::send(&stage, COHORT, &waiting, &every(), "staff", stage.now()).await;
    assert_eq!(repeated, Ok(counted));
    send_due_letters(&stage.backend()).await.expect("sent");
    let letters = stage.handed_over.lock().expect("letters").clone();
    let of =
        |word: &str| letters.iter().filter(|letter| letter.subject == word).map(|letter| letter.to.clone()).collect::<Vec<_>>();
    assert_eq!(of("TUMO: Залы ауысты"), ["b@mail.example", "a@mail.example"]);
    let first = letters.iter().find(|letter| letter.to.starts_with('b')).expect("a letter");
    assert!(
        first.body.contains("Mon, Wed 09:00–11:00\n\nЕртең 2-залда кездесеміз.\n\nReference number: b\n"),
        "{}",
        first.body
    );
    assert!(!first.id.contains('@'), "{}", first.id);
    assert_eq!(number(&stage, "SELECT count(*) FROM journal WHERE act = 'message_sent' AND author = 'staff'").await, 2);
}

#[test]
fn a_scope_is_one_parameter() {
    assert_eq!((Value::from(&every()), Value::from(&elsewhere())), (Value::Null, Value::Text("almaty".to_owned())));
}

/// Ten thousand students: every kind of search, and the roster of a full cohort, in time also by a build for tests.
#[tokio::test]
async fn ten_thousand_students_are_searched_in_time() {
    let stage = stage().await;
    let numbers = "WITH RECURSIVE n (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM n WHERE n < 10000)";
    let letters = "char(0x430 + n % 32) || char(0x430 + n / 32 % 32) || char(0x430 + n / 1024 % 32)";
    let rows = [
        format!(
            "INSERT INTO applications
                (id, key_digest, body_digest, reference, link_digest, language, filled_by, take_at_once, received_at)
            {numbers} SELECT 'n' || n, 'n' || n, 'x', 'n' || n, 'n' || n, 'kk', 'guardian', 0, n FROM n"
        ),
        format!(
            "INSERT INTO guardians (application_id, place, surname, given_name, relation, phone, phone_typed)
            {numbers} SELECT 'n' || n, 1, 'A', 'B', 'mother', '+7702' || (1000000 + n), 'x' FROM n"
        ),
        format!(
            "INSERT INTO students (id, application_id, place, surname, given_name, born_on, search)
            {numbers} SELECT 'n' || n, 'n' || n, 1, 'A', 'B', '2011-01-01', 'к' || {letters} || 'ова аигерим нурлановна' FROM n"
        ),
        format!("INSERT INTO student_identities {numbers} SELECT 'demo', 'n' || n, 'n' || n FROM n"),
        "UPDATE cohorts SET seats = 500 WHERE id <> 'astana-mon-wed-0900'".to_owned(),
        format!(
            "INSERT INTO registrations (id, student_id, intake_id, cohort_id, state, rank, decided_at, changed_at, author, act)
            {numbers} SELECT 'n' || n, 'n' || n, 'demo', c.id, 'enrolled', n, n, n, 'family', 'applied'
            FROM n JOIN (
                SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM cohorts
                WHERE intake_id = 'demo' AND id <> '{COHORT}' LIMIT 25) AS c ON c.place = n % 25"
        ),
        // The last one that is come upon.
        "UPDATE students SET surname = 'Овакимян', given_name = 'Айгерим', search = 'овакимян аигерим' WHERE id = 'n9999'"
            .to_owned(),
        // Alphabetically behind all those who have such a patronymic.
        "UPDATE students SET surname = 'Яковлев', given_name = 'Нурлан', search = 'яковлев нурлан' WHERE id = 'n9997'"
            .to_owned(),
        "UPDATE students SET surname = 'Нурова', given_name = 'Яна', search = 'нурова яна' WHERE id = 'n9998'".to_owned(),
    ];
    stage.run(&rows.iter().map(String::as_str).collect::<Vec<_>>()).await;
    for (typed, expected) in [("ова аиг", 100), ("нур", 100), ("кбв", 11), ("нигде такого", 0), ("8 702 100 77 77", 1)]
    {
        let search = Search::parse(typed).expect("something to search for");
        let start = std::time::Instant::now();
        let found = roster::search(&stage, "demo", &search, &every(), stage.now()).await.expect("rows");
        let took = start.elapsed();
        eprintln!("{typed}: {} rows in {took:?}", found.rows.len());
        assert_eq!((found.rows.len(), found.more), (expected, expected == 100));
        let first = found.rows.first().map(|row| row.registration.as_str());
        assert!(typed != "ова аиг" || first == Some("n9999"), "whose name begins so is not left out: {first:?}");
        let second = found.rows.get(1).map(|row| row.registration.as_str());
        let surname_first = (first, second) == (Some("n9998"), Some("n9997"));
        assert!(
            typed != "нур" || surname_first,
            "whose surname or given name begins so is not left out: {first:?}, {second:?}"
        );
        assert!(took.as_millis() < 300, "{typed}: {took:?}");
    }
    let fullest = stage.run(&["SELECT id FROM cohorts ORDER BY taken DESC LIMIT 1"]).await.expect("a cohort");
    let start = std::time::Instant::now();
    let full = roster::of_cohort(&stage, &fullest, &every(), stage.now()).await.expect("a roster");
    let took = start.elapsed();
    eprintln!("a roster of {} rows in {took:?}", full.rows.len());
    assert!(full.rows.len() >= 400 && took.as_millis() < 300, "{took:?}");
}
