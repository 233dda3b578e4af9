//! Messages of staff to the families of a cohort.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use domain::error::{ErrorCode, FaultCode};
use domain::registration::RegistrationState;
use domain::staff::access::Role;
use domain::staff::roster::{MessageAnswer, MessageForm, NEWS};
use tumo_tests::api::Request;
use tumo_tests::forms::email;
use tumo_tests::staff::Staff;
use tumo_tests::tests;
use tumo_tests::world::World;

tests![
    a_message_reaches_every_address_once_in_the_familys_language,
    a_message_is_counted_before_it_is_sent,
    a_message_has_rules,
    the_id_of_a_message_stands_for_its_recipients_too,
    the_id_of_another_centres_message_is_unknown,
    news_goes_to_those_who_agreed_to_it,
];

use RegistrationState::{Enrolled, Waiting};

fn message(states: &[RegistrationState]) -> MessageForm {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    MessageForm {
        id: format!("01TESTMESSAGE{:0>13}", COUNT.fetch_add(1, Ordering::Relaxed)),
        subject: "Залы ауысты".to_owned(),
        body: "Ертең 2-залда кездесеміз.\n\nТүбіртекті ала келіңіз.".to_owned(),
        states: states.to_vec(),
        news: false,
        preview: false,
    }
}

fn send(staff: &Staff, cohort: &str, form: &MessageForm) -> Request {
    staff.post(&format!("/api/staff/cohorts/{cohort}/messages")).json(form)
}

async fn a_message_reaches_every_address_once_in_the_familys_language(world: Arc<World>) {
    let cohort = world.own_cohort();
    let coordinator = world.staff(Role::Coordinator, Some("astana")).await;
    let address = email();
    // The same parent for two children, and one family without an address.
    for (language, email) in [("kk", address.as_str()), ("ru", &address), ("en", "")] {
        let mut form = world.form_for(&cohort);
        form.language = language.to_owned();
        form.guardian.email = email.to_owned();
        world.applied(&form).await;
    }
    world.letters_to(&address, 2).await;
    let form = message(&[Enrolled, Waiting]);
    let answer: MessageAnswer = send(&coordinator, &cohort, &form).send().await.json();
    assert_eq!((answer.letters, answer.without_address), (1, 1));
    // The same once more: nothing new, the same answer.
    let again: MessageAnswer = world.refused(send(&coordinator, &cohort, &form)).await.json();
    assert_eq!(again, answer);
    let letters = world.letters_to(&address, 3).await;
    let message: Vec<_> = letters.iter().filter(|letter| letter.text.contains("2-залда")).collect();
    assert_eq!(message.len(), 1);
    let text = message[0].text.lines().collect::<Vec<_>>().join("\n");
    assert!(text.starts_with("Сәлеметсіз бе!\n\nБұл хатты орталық"), "{text}");
    assert!(text.contains("\n\nТүбіртекті ала келіңіз.\n\nӨтінім нөмірі: TM-"), "{text}");
    let entry = "SELECT author FROM journal WHERE act = 'message_sent' AND cohort_id = ?1";
    assert_eq!(world.database.column(entry, [cohort.as_str()]), [coordinator.id]);
}

async fn a_message_is_counted_before_it_is_sent(world: Arc<World>) {
    let cohort = world.own_cohort();
    let coordinator = world.staff(Role::Coordinator, Some("astana")).await;
    world.applied(&world.form_for(&cohort)).await;
    let preview = MessageForm { subject: String::new(), body: String::new(), preview: true, ..message(&[Enrolled]) };
    let counted: MessageAnswer = world.refused(send(&coordinator, &cohort, &preview)).await.json();
    assert_eq!((counted.letters, counted.without_address), (0, 1));
}

async fn a_message_has_rules(world: Arc<World>) {
    let cohort = world.own_cohort();
    let coordinator = world.staff(Role::Coordinator, Some("astana")).await;
    let empty = MessageForm { subject: " ".to_owned(), ..message(&[]) };
    let faults = [("subject", FaultCode::Required), ("states", FaultCode::Required)];
    send(&coordinator, &cohort, &empty).send().await.assert_faults(400, ErrorCode::InvalidForm, &faults);
    let form = message(&[Enrolled]);
    send(&coordinator, &cohort, &form).send().await.json::<MessageAnswer>();
    let hasty = world.refused(send(&coordinator, &cohort, &message(&[Enrolled]))).await;
    hasty.assert_refused(429, ErrorCode::TooManyRequests);
    let changed = MessageForm { body: "Басқа мәтін.".to_owned(), ..form };
    world.refused(send(&coordinator, &cohort, &changed)).await.assert_refused(422, ErrorCode::KeyReused);
    let stranger = world.staff(Role::Coordinator, Some("almaty")).await;
    world.refused(send(&stranger, &cohort, &message(&[Enrolled]))).await.assert_refused(404, ErrorCode::Unknown);
    let trainer = world.staff(Role::Trainer, Some("astana")).await;
    world.refused(send(&trainer, &cohort, &message(&[Enrolled]))).await.assert_refused(403, ErrorCode::NotAllowed);
}

async fn the_id_of_a_message_stands_for_its_recipients_too(world: Arc<World>) {
    let cohort = world.own_cohort();
    let coordinator = world.staff(Role::Coordinator, Some("astana")).await;
    // The first has the seat, the second waits.
    let (seated, waiting) = (email(), email());
    for address in [&seated, &waiting] {
        let mut form = world.form_for(&cohort);
        form.guardian.email.clone_from(address);
        world.applied(&form).await;
    }
    let form = message(&[Enrolled, Waiting, Enrolled]);
    let sent: MessageAnswer = send(&coordinator, &cohort, &form).send().await.json();
    assert_eq!(sent.letters, 2);
    // Named in another order they are the same ones.
    let again = MessageForm { states: vec![Waiting, Enrolled], ..form.clone() };
    let again: MessageAnswer = world.refused(send(&coordinator, &cohort, &again)).await.json();
    assert_eq!(again, sent);
    for states in [vec![Waiting], vec![Enrolled], vec![Enrolled, Waiting, RegistrationState::Offered]] {
        let other = MessageForm { states, ..form.clone() };
        world.refused(send(&coordinator, &cohort, &other)).await.assert_refused(422, ErrorCode::KeyReused);
    }
    let letters = "SELECT count(*) AS letters FROM outbox WHERE message_id = ?1";
    assert_eq!(world.database.row(letters, [&form.id])["letters"], 2);
}

async fn the_id_of_another_centres_message_is_unknown(world: Arc<World>) {
    let cohort = world.own_cohort();
    let coordinator = world.staff(Role::Coordinator, Some("astana")).await;
    let form = message(&[Enrolled]);
    send(&coordinator, &cohort, &form).send().await.json::<MessageAnswer>();
    let stranger = world.staff(Role::Coordinator, Some("almaty")).await;
    for cohort in [cohort.as_str(), "almaty-sat-mon", "nothing"] {
        world.refused(send(&stranger, cohort, &form)).await.assert_refused(404, ErrorCode::Unknown);
    }
    // Who reaches both is told what is wrong.
    let everywhere = world.staff(Role::Administrator, None).await;
    world.refused(send(&everywhere, "almaty-sat-mon", &form)).await.assert_refused(422, ErrorCode::KeyReused);
    world.refused(send(&everywhere, "nothing", &form)).await.assert_refused(404, ErrorCode::Unknown);
}

async fn news_goes_to_those_who_agreed_to_it(world: Arc<World>) {
    let cohort = world.own_cohort();
    let coordinator = world.staff(Role::Coordinator, Some("astana")).await;
    let (agreed, did_not) = (email(), email());
    for (address, purposes) in [(&agreed, vec!["enrolment", NEWS]), (&did_not, vec!["enrolment", "photos"])] {
        let mut form = world.form_for(&cohort);
        form.guardian.email.clone_from(address);
        form.consent.purposes = purposes.into_iter().map(str::to_owned).collect();
        world.applied(&form).await;
    }
    let news = MessageForm { news: true, ..message(&[Enrolled, Waiting]) };
    let counted: MessageAnswer =
        send(&coordinator, &cohort, &MessageForm { preview: true, ..news.clone() }).send().await.json();
    let sent: MessageAnswer = send(&coordinator, &cohort, &news).send().await.json();
    assert_eq!((counted, sent.letters, sent.without_address), (sent, 1, 0));
    let to =
        "SELECT g.email FROM outbox AS o JOIN guardians AS g ON g.application_id = o.application_id WHERE o.message_id = ?1";
    assert_eq!(world.database.column(to, [news.id.as_str()]), [agreed]);
    // To everybody it would be another message.
    let to_all = MessageForm { news: false, ..news };
    world.refused(send(&coordinator, &cohort, &to_all)).await.assert_refused(422, ErrorCode::KeyReused);
}
