//! Letters: written by the clock after the decision, one an event, with the link that opens.

use std::sync::Arc;

use domain::error::ErrorCode;
use domain::registration::{Confirmation, MyApplication};
use reqwest::Method;
use serde_json::json;
use tumo_tests::forms::{email, guardian, sibling};
use tumo_tests::letters::Letter;
use tumo_tests::tests;
use tumo_tests::world::World;

tests![
    the_link_in_the_letter_opens,
    a_letter_is_in_the_familys_language,
    both_guardians_get_a_letter_and_only_one,
    an_address_given_twice_gets_each_letter_once,
    who_waits_is_told_the_place,
    an_offer_is_told_and_its_reminder_waits,
    a_seat_taken_at_once_is_told,
    brothers_and_sisters_are_in_one_letter,
];

/// The token in the letter's link.
fn linked<'a>(letter: &'a Letter, language: &str) -> &'a str {
    let start = format!("/{language}/my#");
    let link = letter.text.split_whitespace().find(|word| word.starts_with("http") && word.contains(&start));
    link.and_then(|link| link.split_once('#')).expect("a link").1
}

async fn the_link_in_the_letter_opens(world: Arc<World>) {
    let mut form = world.form();
    form.guardian.email = email();
    let told = world.applied(&form).await;
    let letters = world.letters_to(&form.guardian.email, 1).await;
    let my: MyApplication = world.api.get("/api/my").token(linked(&letters[0], "kk")).send().await.json();
    assert_eq!(my.reference, told.reference);
    assert!(letters[0].text.contains(&told.reference));
}

async fn letter_in(world: &World, language: &str) -> (Confirmation, Letter) {
    let mut form = world.form();
    form.language = language.into();
    form.guardian.email = email();
    let told = world.applied(&form).await;
    (told, world.letters_to(&form.guardian.email, 1).await.remove(0))
}

async fn a_letter_is_in_the_familys_language(world: Arc<World>) {
    for (language, greeting) in [("kk", "Сәлеметсіз бе!"), ("ru", "Здравствуйте!"), ("en", "Hello,")] {
        let (told, letter) = letter_in(&world, language).await;
        assert!(letter.text.starts_with(greeting), "{}", letter.text);
        assert_eq!(linked(&letter, language), told.token);
    }
}

async fn both_guardians_get_a_letter_and_only_one(world: Arc<World>) {
    let mut form = world.form();
    form.guardian.email = email();
    let mut father = guardian("father");
    father.email = email();
    form.second_guardian = Some(father.clone());
    let told = world.applied(&form).await;
    for address in [&form.guardian.email, &father.email] {
        assert_eq!(linked(&world.letters_to(address, 1).await[0], "kk"), told.token);
    }
    // Sent is sent: the clock passes this event over from now on.
    let sent =
        "SELECT o.attempts, o.sent_at IS NOT NULL AS sent FROM outbox AS o JOIN applications AS a ON a.id = o.application_id
        WHERE a.reference = ?1";
    let once = serde_json::json!({ "attempts": 1, "sent": 1 });
    assert_eq!(world.database.rows(sent, [&told.reference]), [once.clone(), once], "a letter each");
}

/// However the second guardian spells the first one's address.
async fn an_address_given_twice_gets_each_letter_once(world: Arc<World>) {
    let mut form = world.form();
    form.guardian.email = email();
    let mut father = guardian("father");
    father.email = form.guardian.email.to_uppercase();
    form.second_guardian = Some(father);
    let told = world.applied(&form).await;
    world.api.apply(&form).send().await.assert_refused(409, ErrorCode::AlreadyRegistered);
    let queued = "SELECT o.kind FROM outbox AS o JOIN applications AS a ON a.id = o.application_id
        WHERE a.reference = ?1 ORDER BY o.id";
    let kinds = ["registered", "link_again"].map(|kind| serde_json::json!({ "kind": kind }));
    assert_eq!(world.database.rows(queued, [&told.reference]), kinds);
}

async fn who_waits_is_told_the_place(world: Arc<World>) {
    let cohort = world.own_cohort();
    world.applied(&world.form_for(&cohort)).await;
    let mut form = world.form_for(&cohort);
    form.language = "en".into();
    form.guardian.email = email();
    assert_eq!(world.applied(&form).await.registrations[0].position, Some(1));
    let letter = world.letters_to(&form.guardian.email, 1).await.remove(0);
    assert!(letter.text.contains("You are on the waiting list, place 1."), "{}", letter.text);
}

/// A family that waits for the only seat of `cohort` or has it, and gets letters in English.
struct Family {
    address: String,
    told: Confirmation,
}

impl Family {
    async fn of(world: &World, cohort: &str, take_at_once: bool) -> Self {
        let mut form = world.form_for(cohort);
        form.language = "en".into();
        form.guardian.email = email();
        form.take_at_once = take_at_once;
        Self { told: world.applied(&form).await, address: form.guardian.email }
    }

    async fn withdraws(&self, world: &World) {
        let path = format!("/api/my/registrations/{}/withdraw", self.told.registrations[0].registration);
        world.api.request(Method::POST, &path).token(&self.told.token).send().await.json::<MyApplication>();
    }

    /// The one letter that has come since the application's own. More clock ticks bring no more of them.
    async fn letter(&self, world: &World) -> Letter {
        world.letters_to(&self.address, 2).await;
        let letters = world.letters_to(&self.address, 2).await;
        let ours = |letter: &Letter| {
            letter.text.contains("The seat is yours.") || letter.text.contains("on the waiting list, place 1.")
        };
        let mut since: Vec<Letter> = letters.into_iter().filter(|letter| !ours(letter)).collect();
        assert_eq!(since.len(), 1, "{since:?}");
        since.remove(0)
    }

    fn outbox(&self, world: &World) -> Vec<serde_json::Value> {
        let rows = "SELECT o.kind, o.attempts, o.sent_at IS NOT NULL AS sent, o.dropped_at IS NOT NULL AS dropped,
                (SELECT held_until FROM registrations AS r WHERE r.unit = o.unit) - o.due_at AS before_the_end
            FROM outbox AS o JOIN applications AS a ON a.id = o.application_id
            WHERE a.reference = ?1 AND o.kind = 'offer_reminder'";
        world.database.rows(rows, [&self.told.reference])
    }
}

async fn an_offer_is_told_and_its_reminder_waits(world: Arc<World>) {
    let cohort = world.own_cohort();
    let (seated, first) = (Family::of(&world, &cohort, false).await, Family::of(&world, &cohort, false).await);
    for family in [&seated, &first] {
        world.letters_to(&family.address, 1).await;
    }
    seated.withdraws(&world).await;
    let letter = seated.letter(&world).await;
    assert!(letter.text.contains("you gave up this registration"), "{}", letter.text);
    let letter = first.letter(&world).await;
    for told in
        ["held for you for 48 hours: until ", "– TUMO Astana, Sun 08:00–10:00", "returns to place 10 of the waiting list"]
    {
        assert!(letter.text.contains(told), "{told}: {}", letter.text);
    }
    assert_eq!(linked(&letter, "en"), first.told.token);
    let half_a_day = 12 * 3_600_000;
    let reminder = json!({ "kind": "offer_reminder", "attempts": 0, "sent": 0, "dropped": 0, "before_the_end": half_a_day });
    assert_eq!(first.outbox(&world), [reminder]);

    // Who gives the offer up needs no reminder.
    first.withdraws(&world).await;
    let dropped: Vec<_> = first.outbox(&world).iter().map(|row| row["dropped"].clone()).collect();
    assert_eq!(dropped, [json!(1)]);
}

async fn a_seat_taken_at_once_is_told(world: Arc<World>) {
    let cohort = world.own_cohort();
    let (seated, first) = (Family::of(&world, &cohort, false).await, Family::of(&world, &cohort, true).await);
    world.letters_to(&first.address, 1).await;
    seated.withdraws(&world).await;
    let letter = first.letter(&world).await;
    assert!(letter.text.contains("A seat has become free and is yours at once, as you asked:"), "{}", letter.text);
}

async fn brothers_and_sisters_are_in_one_letter(world: Arc<World>) {
    let mut form = world.form();
    form.guardian.email = email();
    form.siblings = vec![sibling(&world.catalogue, "astana-mon-wed-0900")];
    let names = [form.student.given_name.clone(), form.siblings[0].student.given_name.clone()];
    world.applied(&form).await;
    let letter = world.letters_to(&form.guardian.email, 1).await.remove(0);
    let at: Vec<_> = names.iter().map(|name| letter.text.find(&format!("– {name}: TUMO Астана, Дс, Ср 09:00–11:00"))).collect();
    assert!(at[0].is_some() && at[0] < at[1], "both, in the order of the form: {}", letter.text);
}
