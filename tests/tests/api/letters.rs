//! Letters: written by the clock after the decision, one an event, with the link that opens.

use std::sync::Arc;

use domain::error::ErrorCode;
use domain::registration::{Confirmation, MyRegistration};
use tumo_tests::forms::{email, guardian};
use tumo_tests::letters::Letter;
use tumo_tests::tests;
use tumo_tests::world::World;

tests![
    the_link_in_the_letter_opens,
    a_letter_is_in_the_familys_language,
    both_guardians_get_a_letter_and_only_one,
    an_address_given_twice_gets_each_letter_once,
    who_waits_is_told_the_place,
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
    let my: MyRegistration = world.api.get("/api/my").token(linked(&letters[0], "kk")).send().await.json();
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
    assert_eq!(world.applied(&form).await.position, Some(1));
    let letter = world.letters_to(&form.guardian.email, 1).await.remove(0);
    assert!(letter.text.contains("you are on the waiting list, place 1."), "{}", letter.text);
}
