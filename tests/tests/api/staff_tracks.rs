//! Other tracks for a student who stays in the cohort: seat and place are kept, the journal and the family are told.

use std::sync::Arc;

use domain::error::{ErrorCode, FaultCode};
use domain::registration::{Confirmation, MyApplication, MyRegistration, RegistrationState};
use domain::staff::access::Role;
use domain::staff::journal::{Act, JournalEntry, JournalPage};
use domain::staff::roster::TracksForm;
use domain::staff::{Acted, ReasonForm};
use reqwest::Method;
use serde_json::json;
use tokio::task::JoinSet;
use tumo_tests::api::{Answer, OneStudent};
use tumo_tests::forms::email;
use tumo_tests::staff::Staff;
use tumo_tests::tests;
use tumo_tests::world::World;

tests![
    other_tracks_are_written_down_and_taken_back,
    who_waits_keeps_the_place,
    a_wish_that_came_twice_is_one_change,
    wishes_at_once_are_one_change,
    tracks_are_checked_as_when_a_family_applies,
    nobody_changes_tracks_at_another_centre,
    what_is_over_keeps_its_tracks,
];

struct Scene {
    world: Arc<World>,
    staff: Staff,
    cohort: String,
}

impl Scene {
    async fn set(world: Arc<World>) -> Self {
        let staff = world.staff(Role::Coordinator, Some("astana")).await;
        let cohort = world.own_cohort();
        Self { world, staff, cohort }
    }

    /// A family whose student is registered for music.
    async fn family(&self) -> Confirmation {
        let mut form = self.world.form_for(&self.cohort);
        form.tracks = list(&["music"]);
        self.world.applied(&form).await
    }

    async fn asks(&self, told: &Confirmation, form: &TracksForm) -> Answer {
        let path = format!("/api/staff/registrations/{}/tracks", told.one().registration);
        self.staff.put(&path).json(form).send().await
    }

    async fn registration(&self, told: &Confirmation) -> MyRegistration {
        let page: MyApplication = self.world.api.get("/api/my").token(&told.token).send().await.json();
        page.students[0].registrations[0].clone()
    }

    /// What the private page says the tracks are.
    async fn tracks(&self, told: &Confirmation) -> Vec<String> {
        self.registration(told).await.tracks.into_iter().map(|track| track.id).collect()
    }

    /// What the journal tells of the registration's tracks, the newest first.
    async fn told_of(&self, told: &Confirmation) -> Vec<JournalEntry> {
        let path = format!("/api/staff/journal?act=tracks_changed&registration={}", told.one().registration);
        self.staff.get(&path).send().await.json::<JournalPage>().entries
    }
}

fn list(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// These tracks in place of music.
fn wish(tracks: &[&str]) -> TracksForm {
    TracksForm { tracks: list(tracks), instead_of: list(&["music"]), reason: " Отбасы  сұрады ".to_owned() }
}

async fn other_tracks_are_written_down_and_taken_back(world: Arc<World>) {
    let scene = Scene::set(world).await;
    let mut form = scene.world.form_for(&scene.cohort);
    (form.guardian.email, form.tracks) = (email(), list(&["music"]));
    let told = scene.world.applied(&form).await;
    let before = scene.registration(&told).await;
    // Whoever chooses one twice has chosen it once, as in an application.
    let acted: Acted = scene.asks(&told, &wish(&["robotics", "animation", "robotics"])).await.json();
    assert!(acted.undo_until.is_some());
    let after = scene.registration(&told).await;
    assert_eq!(scene.tracks(&told).await, ["robotics", "animation"], "in the order of choice");
    assert_eq!(MyRegistration { tracks: before.tracks.clone(), ..after }, before, "nothing else has changed");
    let [entry] = scene.told_of(&told).await.try_into().expect("one entry");
    assert_eq!((entry.entry, entry.act, entry.reason.as_deref()), (acted.entry, Act::TracksChanged, Some("Отбасы сұрады")));
    assert_eq!((entry.tracks_before, entry.tracks), (Some(list(&["music"])), Some(list(&["robotics", "animation"]))));
    let author =
        scene.world.database.row("SELECT author FROM journal WHERE entry = ?1", [i64::try_from(acted.entry).expect("few")]);
    assert_eq!(author["author"], json!(scene.staff.id));
    let letters = scene.world.letters_to(&form.guardian.email, 2).await;
    let letter = letters.iter().find(|letter| letter.text.contains("бағыттарын өзгертті")).expect("a letter about the tracks");
    assert!(letter.text.contains("Енді бағыттары: Робототехника, Анимация"), "{}", letter.text);

    let reason = ReasonForm { reason: "Қате басылды".to_owned() };
    let undone: Acted = scene.staff.post(&format!("/api/staff/journal/{}/undo", acted.entry)).json(&reason).send().await.json();
    assert_eq!(undone.undo_until, None);
    assert_eq!(scene.tracks(&told).await, ["music"]);
    let [back, first] = scene.told_of(&told).await.try_into().expect("two entries");
    assert_eq!((first.undone_by, back.undoes), (Some(undone.entry), Some(acted.entry)));
    assert_eq!((back.tracks_before, back.tracks), (Some(list(&["robotics", "animation"])), Some(list(&["music"]))));
}

async fn who_waits_keeps_the_place(world: Arc<World>) {
    let scene = Scene::set(world).await;
    scene.family().await;
    let (first, second) = (scene.family().await, scene.family().await);
    scene.asks(&first, &wish(&["animation"])).await.json::<Acted>();
    let place = async |told: &Confirmation| {
        let one = scene.registration(told).await;
        (one.state, one.position)
    };
    assert_eq!(place(&first).await, (RegistrationState::Waiting, Some(1)));
    assert_eq!(place(&second).await, (RegistrationState::Waiting, Some(2)));
    assert_eq!((scene.tracks(&first).await, scene.tracks(&second).await), (list(&["animation"]), list(&["music"])));
}

async fn a_wish_that_came_twice_is_one_change(world: Arc<World>) {
    let scene = Scene::set(world).await;
    let told = scene.family().await;
    scene.asks(&told, &wish(&["music"])).await.assert_refused(409, ErrorCode::WrongState);
    scene.asks(&told, &wish(&["animation"])).await.json::<Acted>();
    scene.asks(&told, &wish(&["animation"])).await.assert_refused(409, ErrorCode::WrongState);
    assert_eq!(scene.told_of(&told).await.len(), 1);
}

async fn wishes_at_once_are_one_change(world: Arc<World>) {
    let scene = Arc::new(Scene::set(world).await);
    let told = Arc::new(scene.family().await);
    let mut wishes = JoinSet::new();
    for track in ["animation", "robotics", "programming"].repeat(4) {
        let (scene, told) = (scene.clone(), told.clone());
        wishes.spawn(async move { (track, scene.asks(&told, &wish(&[track])).await) });
    }
    let (done, refused): (Vec<_>, Vec<_>) = wishes.join_all().await.into_iter().partition(|(_, answer)| answer.status == 200);
    let [(track, _)] = done.as_slice() else { panic!("{} changes", done.len()) };
    for (other, answer) in refused {
        // Whoever wanted the same has it already.
        answer.assert_refused(409, if other == *track { ErrorCode::WrongState } else { ErrorCode::ChangedMeanwhile });
    }
    assert_eq!(scene.tracks(&told).await, [*track]);
    assert_eq!(scene.told_of(&told).await.len(), 1);
}

async fn tracks_are_checked_as_when_a_family_applies(world: Arc<World>) {
    let scene = Scene { cohort: "astana-lab-music".to_owned(), ..Scene::set(world).await };
    let told = scene.family().await;
    for (tracks, code) in [
        (&[][..], FaultCode::Required),
        (&["music", "robotics", "animation", "programming"][..], FaultCode::TooManyTracks),
        (&["robotics"][..], FaultCode::TrackNotOffered),
        (&["knitting"][..], FaultCode::TrackNotOffered),
    ] {
        scene.asks(&told, &wish(tracks)).await.assert_faults(400, ErrorCode::InvalidForm, &[("tracks", code)]);
    }
    let silent = TracksForm { reason: " ".to_owned(), ..wish(&["robotics"]) };
    scene.asks(&told, &silent).await.assert_faults(400, ErrorCode::InvalidForm, &[("reason", FaultCode::Required)]);
    assert_eq!((scene.tracks(&told).await, scene.told_of(&told).await), (list(&["music"]), vec![]));
}

async fn nobody_changes_tracks_at_another_centre(world: Arc<World>) {
    let scene = Scene::set(world).await;
    let told = scene.family().await;
    let path = format!("/api/staff/registrations/{}/tracks", told.one().registration);
    let stranger = scene.world.staff(Role::Coordinator, Some("almaty")).await;
    let form = wish(&["animation"]);
    scene.world.refused(stranger.put(&path).json(&form)).await.assert_refused(404, ErrorCode::Unknown);
    for role in [Role::Trainer, Role::Viewer] {
        let colleague = scene.world.staff(role, Some("astana")).await;
        scene.world.refused(colleague.put(&path).json(&form)).await.assert_refused(403, ErrorCode::NotAllowed);
    }
    assert_eq!(scene.tracks(&told).await, ["music"]);
}

async fn what_is_over_keeps_its_tracks(world: Arc<World>) {
    let scene = Scene::set(world).await;
    let told = scene.family().await;
    let path = format!("/api/my/registrations/{}/withdraw", told.one().registration);
    scene.world.api.request(Method::POST, &path).token(&told.token).send().await.json::<MyApplication>();
    scene.asks(&told, &wish(&["animation"])).await.assert_refused(409, ErrorCode::WrongState);
    assert_eq!(scene.tracks(&told).await, ["music"]);
}
