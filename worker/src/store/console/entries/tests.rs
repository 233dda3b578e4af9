use super::*;
use crate::store::console::{order, removal, undo};
use crate::store::outbox::stage::{COHORT, Family, HOUR, START, Stage, registration};
use crate::store::staff;
use domain::date::Date;
use domain::error::ErrorCode;
use domain::staff::access::Role;

/// Entries of families, of the program, of staff of either centre, about cohorts and about none.
async fn stage() -> Stage {
    let stage = Stage::open();
    let member = |id: &str, role: &str, centre: &str| {
        format!(
            "INSERT INTO staff_members (id, email, name, role, centre_id, language, password_hash, must_change_password, created_at)
            VALUES ('{id}', '{id}@tumo.example', 'Name of {id}', '{role}', {centre}, 'kk', '$argon2id$', 0, 1)"
        )
    };
    let members = [
        member("chief", "administrator", "NULL"),
        member("south", "coordinator", "'almaty'"),
        member("north", "coordinator", "'astana'"),
    ];
    stage.run(&members.each_ref().map(String::as_str)).await;
    for name in ["a", "b", "c"] {
        stage.apply(Family::new(name)).await;
    }
    stage
        .run(&[
            &registration("c", "almaty-mon-wed-0900", "joined", START),
            "INSERT INTO journal (at, author, act) VALUES (1795438800001, 'system', 'clock_jumped')",
            "INSERT INTO journal (at, author, act, subject) VALUES (1795438800002, 'chief', 'member_added', 'member:south')",
            "INSERT INTO journal (at, author, act, subject) VALUES (1795438800003, 'south', 'exported', 'export:roster')",
            "INSERT INTO journal (at, author, act, subject, details)
            VALUES (1795438800004, 'chief', 'closed_day_added', 'day', '{\"centre\":null}')",
            "INSERT INTO journal (at, author, act, subject, details)
            VALUES (1795438800005, 'chief', 'closed_day_added', 'day', '{\"centre\":\"astana\"}')",
            "INSERT INTO journal (at, author, act, cohort_id, subject, details)
            VALUES (1795438800006, 'north', 'marked', 'astana-mon-wed-0900', 'session:x', '{\"present\":3,\"late\":1}')",
        ])
        .await;
    stage
}

async fn found(stage: &Stage, search: &Search, centre: Option<&str>) -> Vec<&'static str> {
    let page = page(stage, search, &Scope::of(centre), stage.now()).await.expect("a page");
    assert!(page.entries.is_sorted_by(|one, next| one.entry > next.entry), "the newest first");
    page.entries.into_iter().map(|entry| entry.act.as_str()).collect()
}

const EVERYTHING: [&str; 10] = [
    "marked",
    "closed_day_added",
    "closed_day_added",
    "exported",
    "member_added",
    "clock_jumped",
    "joined",
    "applied",
    "applied",
    "applied",
];

#[tokio::test]
async fn each_sees_what_is_within_reach() {
    let stage = stage().await;
    let all = Search::default();
    assert_eq!(found(&stage, &all, None).await, EVERYTHING);
    // The day that is closed in Astana alone is nobody else's business, nor are accounts.
    assert_eq!(found(&stage, &all, Some("almaty")).await, ["closed_day_added", "exported", "clock_jumped", "joined"]);
    let north = ["marked", "closed_day_added", "closed_day_added", "clock_jumped", "applied", "applied", "applied"];
    assert_eq!(found(&stage, &all, Some("astana")).await, north);
    let accounts = Search { acts: ActGroup::Members.acts().collect(), ..Search::default() };
    assert_eq!(found(&stage, &accounts, None).await, ["member_added"]);
    assert_eq!(found(&stage, &accounts, Some("almaty")).await, [] as [&str; 0]);
}

#[tokio::test]
async fn every_way_of_searching_finds_the_same() {
    let stage = stage().await;
    let by = |change: fn(&mut Search)| {
        let mut search = Search::default();
        change(&mut search);
        search
    };
    for (search, expected) in [
        (by(|search| search.acts = vec![Act::Applied, Act::Exported]), vec!["exported", "applied", "applied", "applied"]),
        (by(|search| search.author = Some("family".into())), vec!["joined", "applied", "applied", "applied"]),
        (by(|search| search.author = Some("system".into())), vec!["clock_jumped"]),
        (by(|search| search.author = Some("chief".into())), vec!["closed_day_added", "closed_day_added", "member_added"]),
        (by(|search| search.author = Some("nobody".into())), vec![]),
        (by(|search| search.cohort = Some(COHORT.into())), vec!["marked", "applied", "applied", "applied"]),
        (by(|search| search.registration = Some("b".into())), vec!["applied"]),
        (by(|search| search.from = Some(Timestamp(START + 5))), vec!["marked", "closed_day_added"]),
        (by(|search| search.to = Some(Timestamp(START + 1))), vec!["joined", "applied", "applied", "applied"]),
        (by(|search| search.before = Some(4)), vec!["applied", "applied", "applied"]),
    ] {
        assert_eq!(found(&stage, &search, None).await, expected, "{search:?}");
        // Beside an act, whatever leads the search, the rest holds too.
        for act in [Act::Applied, Act::Marked, Act::ClosedDayAdded].into_iter().filter(|_| search.acts.is_empty()) {
            let narrowed = Search { acts: vec![act], ..search.clone() };
            let expected: Vec<_> = expected.iter().copied().filter(|found| *found == act.as_str()).collect();
            assert_eq!(found(&stage, &narrowed, None).await, expected, "{narrowed:?}");
        }
    }
}

#[tokio::test]
async fn days_are_found_also_when_the_clock_was_set_back() {
    let stage = stage().await;
    let at = |moment: i64| format!("INSERT INTO journal (at, author, act) VALUES ({moment}, 'system', 'clock_jumped')");
    let rows = [START + 4 * 24 * HOUR, START + 3 * 24 * HOUR - HOUR, START + 3 * 24 * HOUR + HOUR].map(at);
    stage.run(&rows.each_ref().map(String::as_str)).await;
    let day = Date::parse("2026-11-26").expect("a day");
    let search = Search {
        from: Some(Timestamp::of_local(day, 0)),
        to: Some(Timestamp::of_local(day.plus_days(1), 0)),
        ..Search::default()
    };
    assert_eq!(found(&stage, &search, None).await.len(), 2);
}

#[tokio::test]
async fn pages_follow_each_other_without_gap() {
    let stage = stage().await;
    let many = "INSERT INTO journal (at, author, act, cohort_id)
        WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 250)
        SELECT 1795438800100 + n, 'north', iif(n % 2, 'marked', 'contacts_seen'), 'astana-mon-wed-0900' FROM numbers";
    stage.run(&[many]).await;
    for (search, whole) in [
        (Search::default(), 260),
        (Search { cohort: Some(COHORT.into()), ..Search::default() }, 254),
        (Search { author: Some("north".into()), ..Search::default() }, 251),
        (Search { acts: vec![Act::Marked, Act::ContactsSeen], ..Search::default() }, 251),
    ] {
        let (mut seen, mut before) = (Vec::new(), None);
        loop {
            let search = Search { before, ..search.clone() };
            let page = page(&stage, &search, &Scope::of(None), stage.now()).await.expect("a page");
            assert!(page.entries.len() <= ENTRIES_A_PAGE);
            seen.extend(page.entries.into_iter().map(|entry| entry.entry));
            before = page.next;
            if before.is_none() {
                break;
            }
        }
        assert_eq!(seen.len(), whole, "{search:?}");
        assert!(seen.is_sorted_by(|one, next| one > next), "{search:?}");
    }
}

#[tokio::test]
async fn an_entry_tells_who_and_what() {
    let stage = stage().await;
    let all = page(&stage, &Search::default(), &Scope::of(None), stage.now()).await.expect("a page");
    let of = |act: Act| all.entries.iter().find(|entry| entry.act == act).expect("an entry");
    let marked = of(Act::Marked);
    assert_eq!((marked.author.as_str(), marked.centre.as_deref()), ("Name of north", Some("astana")));
    assert_eq!(marked.marks.map(|marks| (marks.present, marks.late, marks.absent)), Some((3, 1, 0)));
    assert_eq!(of(Act::MemberAdded).member.as_deref(), Some("Name of south"));
    assert_eq!(of(Act::ClosedDayAdded).centre.as_deref(), Some("astana"));
    let applied = of(Act::Applied);
    assert_eq!((applied.author.as_str(), applied.reference.as_deref(), applied.position), ("family", Some("c"), Some(2)));
    assert_eq!(all.authors.iter().map(|author| author.id.as_str()).collect::<Vec<_>>(), ["chief", "north", "south"]);
    assert_eq!(all.cohorts.len(), 56);
    let south = page(&stage, &Search::default(), &Scope::of(Some("almaty")), stage.now()).await.expect("a page");
    assert_eq!(south.authors.iter().map(|author| author.id.as_str()).collect::<Vec<_>>(), ["south"]);
    assert!(south.cohorts.iter().all(|cohort| cohort.centre == "almaty"));
}

fn act(stage: &Stage) -> staff::Act<'static> {
    staff::Act { author: "north", reason: "a slip", now: stage.now() }
}

#[tokio::test]
async fn an_act_is_undone_once_within_a_day_and_by_who_might_have_done_it() {
    let (stage, every) = (stage().await, Scope::of(None));
    let removed = removal::remove(&stage, "b", &every, act(&stage)).await.expect("removed").entry;
    let undone = async |entry, scope: &Scope, role| undo::undo(&stage, entry, scope, role, act(&stage)).await;
    assert_eq!(undone(removed, &Scope::of(Some("almaty")), Role::Coordinator).await, Err(ErrorCode::Unknown.into()));
    assert_eq!(undone(removed, &every, Role::Trainer).await, Err(ErrorCode::NotAllowed.into()));
    assert_eq!(undone(9_999, &every, Role::Administrator).await, Err(ErrorCode::Unknown.into()));
    assert_eq!(undone(1, &every, Role::Administrator).await, Err(ErrorCode::NotUndoable.into()), "a family's own decision");
    let shown = async |entry| {
        let page = page(&stage, &Search::default(), &every, stage.now()).await.expect("a page");
        page.entries.into_iter().find(|one| one.entry == entry).expect("the entry")
    };
    assert_eq!(shown(removed).await.undo_until, Some(Timestamp(START + 24 * HOUR)));

    let undoing = undone(removed, &Scope::of(Some("astana")), Role::Coordinator).await.expect("undone");
    assert_eq!(undoing.undo_until, None);
    let (before, after) = (shown(removed).await, shown(undoing.entry).await);
    assert_eq!((before.undone_by, before.undo_until), (Some(undoing.entry), None));
    assert_eq!((after.undoes, after.undo_until, after.act), (Some(removed), None, Act::Restored));
    assert_eq!(undone(removed, &every, Role::Administrator).await, Err(ErrorCode::NotUndoable.into()), "twice");

    let placed = order::place(&stage, "c", 1, &every, act(&stage)).await.expect("placed").entry;
    stage.pass(24);
    assert_eq!(shown(placed).await.undo_until, None);
    assert_eq!(undone(placed, &every, Role::Administrator).await, Err(ErrorCode::NotUndoable.into()), "too late");
}
