//! The journal of the console: every act that can be undone is done over the API, found in the journal, and undone, once and in time.

use std::sync::Arc;

use domain::date::{Date, Timestamp};
use domain::error::ErrorCode;
use domain::language::Localized;
use domain::schedule::Slot;
use domain::staff::access::Role;
use domain::staff::attendance::{MarkStatus, SessionForm};
use domain::staff::cohort::{
    ClosedDayForm, CohortChange, CohortForm, CohortMade, SeatsForm, StaffClosedDay, StaffCohort, StaffCohorts,
};
use domain::staff::journal::{Act, JournalEntry, JournalPage, UNDO_HOURS};
use domain::staff::roster::{MoveForm, PlaceForm, TracksForm};
use domain::staff::{Acted, ReasonForm};
use serde::Serialize;
use serde_json::json;
use tumo_tests::api::{Answer, OneStudent};
use tumo_tests::roll_call::mark;
use tumo_tests::staff::Staff;
use tumo_tests::tests;
use tumo_tests::world::World;

tests![
    every_act_that_can_be_undone_is_undone_once,
    it_is_too_late_after_a_day,
    nobody_undoes_at_another_centre_or_without_a_reason,
    a_coordinator_sees_the_own_centre,
    the_journal_is_searched_and_turned_page_by_page,
    what_is_asked_for_wrongly_is_refused,
];

/// A coordinator with the runs of a test.
struct Scene {
    world: Arc<World>,
    staff: Staff,
}

fn because() -> ReasonForm {
    ReasonForm { reason: "Қате басылды".to_owned() }
}

impl Scene {
    async fn set(world: Arc<World>) -> Self {
        let staff = world.staff(Role::Coordinator, Some("astana")).await;
        Self { world, staff }
    }

    async fn posts(&self, path: &str, form: &impl Serialize) -> Acted {
        self.staff.post(path).json(form).send().await.json()
    }

    async fn puts(&self, path: &str, form: &impl Serialize) -> Acted {
        self.staff.put(path).json(form).send().await.json()
    }

    async fn undoes(&self, entry: u64) -> Answer {
        self.staff.post(&format!("/api/staff/journal/{entry}/undo")).json(&because()).send().await
    }

    async fn journal(&self, query: &str) -> JournalPage {
        self.staff.get(&format!("/api/staff/journal{query}")).send().await.json()
    }

    /// An entry as the journal shows it to its author.
    async fn entry(&self, entry: u64) -> JournalEntry {
        let found = self.journal(&format!("?author={}", self.staff.id)).await.entries;
        found.into_iter().find(|one| one.entry == entry).expect("the entry")
    }

    async fn cohort(&self, id: &str) -> StaffCohort {
        let all: StaffCohorts = self.staff.get("/api/staff/cohorts").send().await.json();
        all.cohorts.into_iter().find(|cohort| cohort.id == id).expect("the cohort")
    }

    /// A cohort that this test alone has, made by the coordinator, and the entry of that.
    async fn makes_a_cohort(&self) -> CohortMade {
        let slots = vec![Slot { weekday: 7, start: 1140, end: 1260 }];
        let form = CohortForm {
            centre: "astana".into(),
            label: String::new(),
            slots,
            tracks: vec!["music".into(), "robotics".into()],
            seats: 5,
            trainers: vec![],
        };
        self.staff.post("/api/staff/cohorts").json(&form).send().await.json()
    }

    /// Does the act, and answers its entry.
    async fn does(&self, act: Act) -> Acted {
        match act {
            Act::Removed => {
                let told = self.world.applied(&self.world.form_for(&self.world.own_cohort())).await;
                self.posts(&format!("/api/staff/registrations/{}/remove", told.one().registration), &because()).await
            }
            Act::Transferred => {
                let told = self.world.applied(&self.world.form_for(&self.world.own_cohort())).await;
                let form = MoveForm { cohort: "astana-tue-fri-1100".into(), tracks: vec![], reason: because().reason };
                self.posts(&format!("/api/staff/registrations/{}/move", told.one().registration), &form).await
            }
            Act::TracksChanged => {
                let form = self.world.form_for(&self.world.own_cohort());
                let told = self.world.applied(&form).await;
                let form = TracksForm { tracks: vec!["music".into()], instead_of: form.tracks, reason: because().reason };
                self.puts(&format!("/api/staff/registrations/{}/tracks", told.one().registration), &form).await
            }
            Act::Reordered => {
                let form = self.world.own_cohort();
                let mut last = None;
                for _ in 0..3 {
                    last = Some(self.world.applied(&self.world.form_for(&form)).await);
                }
                let last = last.expect("a family").one().registration.clone();
                let form = PlaceForm { place: 1, reason: because().reason };
                self.posts(&format!("/api/staff/registrations/{last}/place"), &form).await
            }
            Act::Marked => {
                let told = self.world.seated("astana-wed-fri-1100").await;
                let session = self.world.begins("astana-wed-fri-1100").await;
                self.staff.sends(&[mark(&session, &told.one().registration, MarkStatus::Absent)]).await;
                let acted = self.journal(&format!("?author={}&act=marked", self.staff.id)).await.entries;
                Acted { entry: acted.first().expect("an entry").entry, undo_until: acted[0].undo_until }
            }
            Act::SessionChanged => {
                let session = self.world.begins(&self.world.own_cohort()).await;
                let form = SessionForm {
                    date: session.date,
                    start: session.start,
                    end: (session.start + 120).min(1440),
                    cancelled: true,
                    reason: because().reason,
                };
                let path = format!("/api/staff/sessions/{}/{}/{}", session.cohort, session.date, session.start);
                self.puts(&path, &form).await
            }
            Act::ClosedDayAdded => self.closes(quiet_day(1)).await,
            Act::ClosedDayRemoved => {
                let day = quiet_day(2);
                self.closes(day).await;
                let all: Vec<StaffClosedDay> = self.staff.get("/api/staff/closed-days").send().await.json();
                let id = all.into_iter().find(|one| one.date == day && one.centre.is_some()).expect("the day").id;
                self.staff.request(reqwest::Method::DELETE, &format!("/api/staff/closed-days/{id}")).send().await.json()
            }
            _ => self.does_to_a_cohort(act).await,
        }
    }

    async fn closes(&self, date: Date) -> Acted {
        let text = |text: &str| text.to_owned();
        let reason = Localized { kk: text("Жөндеу"), ru: text("Ремонт"), en: text("Repairs") };
        self.posts("/api/staff/closed-days", &ClosedDayForm { date, centre: Some("astana".into()), reason }).await
    }

    async fn does_to_a_cohort(&self, act: Act) -> Acted {
        let made = self.makes_a_cohort().await;
        let path = |act: &str| format!("/api/staff/cohorts/{}{act}", made.id);
        match act {
            Act::CohortAdded => made.acted,
            Act::SeatsChanged => self.puts(&path("/seats"), &SeatsForm { seats: 9, reason: because().reason }).await,
            Act::CohortClosed => self.posts(&path("/close"), &because()).await,
            Act::CohortReopened => {
                self.posts(&path("/close"), &because()).await;
                self.posts(&path("/reopen"), &because()).await
            }
            Act::CohortChanged => {
                let StaffCohort { version, slots, tracks, .. } = self.cohort(&made.id).await;
                let label = "Қыран".to_owned();
                let form = CohortChange { version, label, slots, tracks, trainers: vec![], reason: because().reason };
                self.puts(&path(""), &form).await
            }
            other => panic!("tell this test how to do {other:?}"),
        }
    }
}

/// A day far behind everything that other tests look at.
fn quiet_day(number: u64) -> Date {
    Date::parse("2031-05-01").expect("a day").plus_days(number)
}

async fn every_act_that_can_be_undone_is_undone_once(world: Arc<World>) {
    let scene = Scene::set(world).await;
    for act in Act::ALL.iter().copied().filter(|act| act.is_reversible()) {
        let done = scene.does(act).await;
        let before = scene.entry(done.entry).await;
        assert_eq!((before.act, before.undone_by), (act, None));
        assert!(before.undo_until.is_some(), "{act:?} can be undone");
        let answer = scene.undoes(done.entry).await;
        assert_eq!(answer.status, 200, "{act:?}: {}", answer.body);
        let undone: Acted = answer.json();
        let (before, after) = (scene.entry(done.entry).await, scene.entry(undone.entry).await);
        assert_eq!((before.undone_by, before.undo_until), (Some(undone.entry), None), "{act:?}");
        assert_eq!((after.undoes, after.undo_until), (Some(done.entry), None), "{act:?}");
        scene.undoes(done.entry).await.assert_refused(409, ErrorCode::NotUndoable);
        scene.undoes(undone.entry).await.assert_refused(409, ErrorCode::NotUndoable);
    }
}

async fn it_is_too_late_after_a_day(world: Arc<World>) {
    let scene = Scene::set(world).await;
    let made = scene.makes_a_cohort().await;
    scene.puts(&format!("/api/staff/cohorts/{}/seats", made.id), &SeatsForm { seats: 9, reason: because().reason }).await;
    let aged = async |minutes_left: i64| {
        // Nobody can change the journal, so an older entry of the same act is added to it.
        let at = scene.world.now() - UNDO_HOURS * 3_600_000 + minutes_left * 60_000;
        let sql = "INSERT INTO journal (at, author, act, cohort_id, seats, reason, details)
            VALUES (?1, ?2, 'seats_changed', ?3, 9, 'x', '{\"before\":5,\"after\":9}')";
        scene.world.change(sql, &[json!(at), json!(scene.staff.id), json!(made.id)]).await;
        scene.journal(&format!("?cohort={}&act=seats_changed", made.id)).await.entries.remove(0)
    };
    let late = aged(-1).await;
    assert_eq!(late.undo_until, None);
    scene.undoes(late.entry).await.assert_refused(409, ErrorCode::NotUndoable);
    let early = aged(5).await;
    assert_eq!(early.undo_until, Some(Timestamp(early.at.0 + UNDO_HOURS * 3_600_000)));
    scene.undoes(early.entry).await.json::<Acted>();
    assert_eq!(scene.cohort(&made.id).await.seats, 5);
}

async fn nobody_undoes_at_another_centre_or_without_a_reason(world: Arc<World>) {
    let scene = Scene::set(world).await;
    let done = scene.does(Act::SeatsChanged).await;
    let path = format!("/api/staff/journal/{}/undo", done.entry);
    let other = scene.world.staff(Role::Coordinator, Some("almaty")).await;
    scene.world.refused(other.post(&path).json(&because())).await.assert_refused(404, ErrorCode::Unknown);
    let silent = ReasonForm { reason: "  ".to_owned() };
    assert_eq!(scene.world.refused(scene.staff.post(&path).json(&silent)).await.status, 400);
    let trainer = scene.world.staff(Role::Trainer, Some("astana")).await;
    scene.world.refused(trainer.post(&path).json(&because())).await.assert_refused(403, ErrorCode::NotAllowed);
    for entry in ["0", "999999999", "x"] {
        let nothing = scene.staff.post(&format!("/api/staff/journal/{entry}/undo")).json(&because());
        scene.world.refused(nothing).await.assert_refused(404, ErrorCode::Unknown);
    }
    let administrator = scene.world.staff(Role::Administrator, None).await;
    administrator.post(&path).json(&because()).send().await.json::<Acted>();
}

async fn a_coordinator_sees_the_own_centre(world: Arc<World>) {
    let scene = Scene::set(world).await;
    let done = scene.does(Act::SeatsChanged).await;
    let other = scene.world.staff(Role::Coordinator, Some("almaty")).await;
    let all = async |staff: &Staff, query: &str| -> JournalPage {
        staff.get(&format!("/api/staff/journal{query}")).send().await.json()
    };
    assert_eq!(all(&other, &format!("?author={}", scene.staff.id)).await.entries, []);
    assert!(all(&other, "").await.entries.iter().all(|entry| entry.centre.as_deref().is_none_or(|centre| centre == "almaty")));
    assert!(all(&other, "").await.cohorts.iter().all(|cohort| cohort.centre == "almaty"));
    // Another centre can't be asked for.
    other.get("/api/staff/journal?centre=astana").send().await.assert_refused(404, ErrorCode::Unknown);

    let administrator = scene.world.staff(Role::Administrator, None).await;
    let told = "INSERT INTO journal (at, author, act, subject) VALUES (?1, ?2, 'member_changed', 'member:' || ?3)";
    let now = json!(scene.world.now());
    scene.world.change(told, &[now, json!(administrator.id), json!(scene.staff.id)]).await;
    let by_them = format!("?author={}", administrator.id);
    let seen = all(&administrator, &by_them).await.entries;
    assert_eq!((seen.len(), seen[0].act, seen[0].member.is_some()), (1, Act::MemberChanged, true));
    assert_eq!(all(&scene.staff, &by_them).await.entries, [], "accounts are shown to administrators only");
    let seen = all(&administrator, &format!("?centre=astana&author={}", scene.staff.id)).await.entries;
    assert_eq!(seen.first().map(|entry| entry.entry), Some(done.entry));
}

async fn the_journal_is_searched_and_turned_page_by_page(world: Arc<World>) {
    let scene = Scene::set(world).await;
    let made = scene.makes_a_cohort().await;
    let many = "INSERT INTO journal (at, author, act, cohort_id)
        WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 230)
        SELECT ?1 + n, ?2, iif(n % 2, 'contacts_seen', 'message_sent'), ?3 FROM numbers";
    scene.world.change(many, &[json!(scene.world.now()), json!(scene.staff.id), json!(made.id)]).await;
    for (query, expected) in [("", 230), ("&act=contacts_seen", 115), ("&group=data", 230), ("&group=cohorts", 0)] {
        let (mut seen, mut before) = (Vec::new(), String::new());
        loop {
            let page = scene.journal(&format!("?cohort={}{query}{before}", made.id)).await;
            seen.extend(page.entries.iter().map(|entry| entry.entry));
            match page.next {
                Some(next) => before = format!("&before={next}"),
                None => break,
            }
        }
        assert_eq!(seen.len(), expected, "{query}");
        assert!(seen.is_sorted_by(|one, next| one > next), "{query}: the newest first, none twice");
    }
    let today = Timestamp(scene.world.now()).local_date();
    let tomorrow = today.plus_days(1);
    let on = async |span: String| scene.journal(&format!("?cohort={}{span}", made.id)).await.entries.len();
    assert_eq!(on(format!("&from={tomorrow}&to={tomorrow}")).await, 0);
    assert!(on(format!("&from={today}&to={tomorrow}")).await > 0);
}

async fn what_is_asked_for_wrongly_is_refused(world: Arc<World>) {
    let scene = Scene::set(world).await;
    for query in ["act=nothing", "group=nothing", "before=x", "from=2026-13-01", "to=today", "unknown=1"] {
        let answer = scene.staff.get(&format!("/api/staff/journal?{query}")).send().await;
        answer.assert_refused(400, ErrorCode::BadQuery);
    }
    assert_eq!(scene.journal("?cohort=nowhere").await.entries, []);
    assert_eq!(scene.journal("?registration=nobody").await.entries, []);
}
