//! Staff members: made, changed, closed and opened by administrators; each change is in the journal.

use std::sync::Arc;

use domain::error::{ErrorCode, FaultCode};
use domain::language::Language;
use domain::staff::Acted;
use domain::staff::access::{FirstPassword, Me, Pending, Role, StaffForm, StaffMember};
use serde_json::{Value, json};
use tumo_tests::personal::note_secret;
use tumo_tests::staff::{Making, Staff};
use tumo_tests::tests;
use tumo_tests::world::World;
use xtask::server::{Options, Server};

tests![
    a_new_member_gets_a_first_password,
    what_is_wrong_with_a_new_member_is_said,
    another_role_or_centre_ends_sessions_and_is_told,
    a_closed_account_is_closed_until_it_is_opened,
    a_reset_password_has_to_be_changed,
    a_reset_app_resets_the_password_too,
    a_member_nobody_knows_is_unknown,
    an_administrator_always_remains,
];

fn form(email: &str, role: Role, centre: Option<&str>) -> StaffForm {
    let name = "Айгүл Серікқызы".to_owned();
    StaffForm { name, email: email.into(), role, centre: centre.map(str::to_owned), language: Language::Kazakh }
}

async fn members(administrator: &Staff) -> Vec<StaffMember> {
    administrator.get("/api/staff/members").send().await.json()
}

async fn listed(administrator: &Staff, id: &str) -> StaffMember {
    members(administrator).await.into_iter().find(|member| member.id == id).expect("a member")
}

/// Acts, authors and details about a member, in order.
fn journal(world: &World, id: &str) -> Vec<Value> {
    let sql = "SELECT author, act, json(details) AS details FROM journal WHERE subject = ?1 ORDER BY entry";
    let rows = world.database.rows(sql, [format!("member:{id}")]);
    let parsed = |row: Value| {
        let details = row["details"].as_str().map_or(Value::Null, |text| serde_json::from_str(text).expect("JSON"));
        json!([row["author"], row["act"], details])
    };
    rows.into_iter().map(parsed).collect()
}

async fn a_new_member_gets_a_first_password(world: Arc<World>) {
    let administrator = world.staff(Role::Administrator, None).await;
    let form = form(" Aigul.New@TUMO.example ", Role::Trainer, Some("astana"));
    let answer = administrator.post("/api/staff/members").json(&form).send().await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    let first: FirstPassword = serde_json::from_str(&answer.body).expect("JSON");
    note_secret(&first.password);
    note_secret(&form.name);
    assert_eq!(world.database.places_of(&first.password), Vec::<String>::new(), "only its hash is stored");

    let known = listed(&administrator, &first.id).await;
    assert_eq!((known.email.as_str(), known.name.as_str()), ("aigul.new@tumo.example", "Айгүл Серікқызы"));
    assert_eq!(
        (known.role, known.centre.as_deref(), known.second_factor, known.seen_at),
        (Role::Trainer, Some("astana"), false, None)
    );
    let mut new = Staff { id: first.id.clone(), email: known.email, password: first.password, ..administrator.clone() };
    let answer = new.knocks().await;
    assert_eq!(new.takes(&answer).pending, Some(Pending::Password));
    assert!(listed(&administrator, &first.id).await.seen_at.is_some());
    let details = json!({ "after": { "role": "trainer", "centre": "astana" } });
    assert_eq!(journal(&world, &first.id), [json!([administrator.id, "member_added", details])], "no name, no address");
}

async fn what_is_wrong_with_a_new_member_is_said(world: Arc<World>) {
    let administrator = world.staff(Role::Administrator, None).await;
    let refused = async |form: &StaffForm, faults: &[(&str, FaultCode)]| {
        let request = administrator.post("/api/staff/members").json(form);
        world.refused(request).await.assert_faults(400, ErrorCode::InvalidForm, faults);
    };
    let nobody = StaffForm { name: String::new(), ..form("nobody", Role::Coordinator, None) };
    let (required, format) = (FaultCode::Required, FaultCode::EmailFormat);
    refused(&nobody, &[("name", required), ("email", format), ("centre", required)]).await;
    refused(&form(&administrator.email, Role::Viewer, None), &[("email", FaultCode::Taken)]).await;
    refused(&form("x@tumo.example", Role::Trainer, Some("paris")), &[("centre", FaultCode::UnknownChoice)]).await;
    refused(&form("x@tumo.example", Role::Administrator, Some("astana")), &[("centre", FaultCode::UnknownChoice)]).await;
}

async fn another_role_or_centre_ends_sessions_and_is_told(world: Arc<World>) {
    let administrator = world.staff(Role::Administrator, None).await;
    let trainer = world.staff(Role::Trainer, Some("astana")).await;
    let path = format!("/api/staff/members/{}", trainer.id);
    let form = |name: &str, role, centre: &str| StaffForm { name: name.into(), ..form(&trainer.email, role, Some(centre)) };
    let change = |form: StaffForm| administrator.put(&path).json(&form).send();

    let acted: Acted = change(form("Жаңа Есім", Role::Trainer, "astana")).await.json();
    let entry = world.database.row("SELECT entry FROM journal WHERE subject = ?1", [format!("member:{}", trainer.id)]);
    assert_eq!(entry["entry"].as_u64(), Some(acted.entry));
    assert_eq!(trainer.get("/api/staff/me").send().await.json::<Me>().name, "Жаңа Есім", "a name ends no session");
    change(form("Жаңа Есім", Role::Trainer, "almaty")).await.json::<Acted>();
    trainer.get("/api/staff/me").send().await.assert_refused(401, ErrorCode::NotSignedIn);
    let trainer = Staff { session: world.session_of(&trainer, world.now()).await, ..trainer.clone() };
    change(form("Жаңа Есім", Role::Viewer, "almaty")).await.json::<Acted>();
    trainer.get("/api/staff/me").send().await.assert_refused(401, ErrorCode::NotSignedIn);

    let told = |before: (&str, &str), after: (&str, &str), person: bool| {
        let side = |(role, centre): (&str, &str)| json!({ "role": role, "centre": centre });
        json!([administrator.id, "member_changed", { "before": side(before), "after": side(after), "person": person }])
    };
    let (astana, almaty) = (("trainer", "astana"), ("trainer", "almaty"));
    assert_eq!(
        journal(&world, &trainer.id),
        [told(astana, astana, true), told(astana, almaty, false), told(almaty, ("viewer", "almaty"), false)]
    );
    let answer = change(form("", Role::Viewer, "paris")).await;
    answer.assert_faults(400, ErrorCode::InvalidForm, &[("name", FaultCode::Required)]);
    let taken = StaffForm { email: administrator.email.to_uppercase(), ..form("Жаңа Есім", Role::Viewer, "almaty") };
    change(taken).await.assert_faults(400, ErrorCode::InvalidForm, &[("email", FaultCode::Taken)]);
    let answer = change(form("Жаңа Есім", Role::Viewer, "paris")).await;
    answer.assert_faults(400, ErrorCode::InvalidForm, &[("centre", FaultCode::UnknownChoice)]);
}

async fn a_closed_account_is_closed_until_it_is_opened(world: Arc<World>) {
    let administrator = world.staff(Role::Administrator, None).await;
    let trainer = world.staff(Role::Trainer, Some("astana")).await;
    let act = |what: &str| administrator.post(&format!("/api/staff/members/{}/{what}", trainer.id)).send();
    act("enable").await.assert_refused(409, ErrorCode::WrongState);
    act("disable").await.json::<Acted>();
    trainer.get("/api/staff/me").send().await.assert_refused(401, ErrorCode::NotSignedIn);
    trainer.knocks().await.assert_refused(401, ErrorCode::WrongCredentials);
    assert!(listed(&administrator, &trainer.id).await.disabled_at.is_some());
    act("disable").await.assert_refused(409, ErrorCode::WrongState);
    act("enable").await.json::<Acted>();
    trainer.get("/api/staff/me").send().await.assert_refused(401, ErrorCode::NotSignedIn);
    assert_eq!(trainer.knocks().await.status, 200);
    let acts = ["member_disabled", "member_enabled"].map(|act| json!([administrator.id, act, null]));
    assert_eq!(journal(&world, &trainer.id), acts);
}

async fn a_reset_password_has_to_be_changed(world: Arc<World>) {
    let administrator = world.staff(Role::Administrator, None).await;
    let mut trainer = world.staff(Role::Trainer, Some("astana")).await;
    let path = format!("/api/staff/members/{}/reset-password", trainer.id);
    let first: FirstPassword = administrator.post(&path).send().await.json();
    note_secret(&first.password);
    trainer.get("/api/staff/me").send().await.assert_refused(401, ErrorCode::NotSignedIn);
    trainer.knocks().await.assert_refused(401, ErrorCode::WrongCredentials);
    trainer.password = first.password;
    let answer = trainer.knocks().await;
    assert_eq!(trainer.takes(&answer).pending, Some(Pending::Password));
    assert_eq!(journal(&world, &trainer.id), [json!([administrator.id, "member_reset", { "second_factor": false }])]);
}

async fn a_reset_app_resets_the_password_too(world: Arc<World>) {
    let administrator = world.staff(Role::Administrator, None).await;
    let mut coordinator = world.staff(Role::Coordinator, Some("astana")).await;
    let path = format!("/api/staff/members/{}/reset-second-factor", coordinator.id);
    let first: FirstPassword = administrator.post(&path).send().await.json();
    note_secret(&first.password);
    coordinator.knocks().await.assert_refused(401, ErrorCode::WrongCredentials);
    coordinator.password = first.password;
    let answer = coordinator.knocks().await;
    let me = coordinator.takes(&answer);
    assert_eq!((me.pending, me.second_factor), (Some(Pending::Password), false));
    assert_eq!(journal(&world, &coordinator.id), [json!([administrator.id, "member_reset", { "second_factor": true }])]);
}

async fn a_member_nobody_knows_is_unknown(world: Arc<World>) {
    let administrator = world.staff(Role::Administrator, None).await;
    for act in ["disable", "enable", "reset-password", "reset-second-factor"] {
        let request = administrator.post(&format!("/api/staff/members/01NOBODY000000000000000000/{act}"));
        world.refused(request).await.assert_refused(404, ErrorCode::Unknown);
    }
    let form = form("nobody-knows@tumo.example", Role::Viewer, None);
    let request = administrator.put("/api/staff/members/01NOBODY000000000000000000").json(&form);
    world.refused(request).await.assert_refused(404, ErrorCode::Unknown);
}

/// On a server of its own: on the shared one there are always others.
async fn an_administrator_always_remains(world: Arc<World>) {
    let server = Server::start(&Options::temporary(world.home)).expect("another server");
    let world = World::of(&server).await.expect("its world");
    let (first, second) = (world.staff(Role::Administrator, None).await, world.staff(Role::Administrator, None).await);
    let path = |staff: &Staff, act: &str| format!("/api/staff/members/{}{act}", staff.id);
    first.post(&path(&second, "/disable")).send().await.json::<Acted>();
    first.post(&path(&first, "/disable")).send().await.assert_refused(409, ErrorCode::WrongState);
    let form = form(&first.email, Role::Viewer, None);
    first.put(&path(&first, "")).json(&form).send().await.assert_refused(409, ErrorCode::WrongState);
    assert_eq!(first.get("/api/staff/me").send().await.json::<Me>().role, Role::Administrator);

    world.staff_made(Role::Administrator, None, Making::default()).await;
    first.put(&path(&first, "")).json(&form).send().await.json::<Acted>();
    first.get("/api/staff/me").send().await.assert_refused(401, ErrorCode::NotSignedIn);
    server.stop();
}
