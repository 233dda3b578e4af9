use super::*;
use crate::due_work::run_due_work;
use crate::store::outbox::stage::{Family, HOUR, START, Stage};
use crate::store::outbox::{Kind, Line, Message};
use domain::date::Date;
use domain::language::Localized;
use domain::registration::RegistrationState;
use domain::schedule::Slot;
use std::sync::atomic::Ordering;

fn told(letters: &[(&str, &str)]) -> Vec<(String, String)> {
    letters.iter().map(|(to, subject)| ((*to).to_owned(), format!("TUMO: {subject}"))).collect()
}

async fn send(stage: &Stage) -> Vec<(String, String)> {
    stage.handed_over.lock().expect("the letters").clear();
    run_due_work(&stage.backend()).await.expect("the work");
    let mut subjects = stage.subjects();
    subjects.sort();
    subjects
}

#[tokio::test]
async fn an_offer_is_told_reminded_of_returned_and_ended_each_once() {
    let stage = Stage::open();
    for name in ["a", "b", "c"] {
        stage.apply(Family::new(name)).await;
    }
    let applied = "your application is in";
    assert_eq!(send(&stage).await, told(&[("a", applied), ("b", applied), ("c", applied)]));
    stage.withdraw("a").await;
    let held = "a seat is held for you, please answer";
    assert_eq!(send(&stage).await, told(&[("a", "you gave up a registration"), ("b", held)]));
    assert_eq!(send(&stage).await, []);
    for _ in 0..35 {
        stage.pass(1);
        assert_eq!(send(&stage).await, []);
    }
    stage.pass(1);
    let soon = "your seat is held only a little longer";
    assert_eq!(send(&stage).await, told(&[("b", soon)]));
    for _ in 0..11 {
        stage.pass(1);
        assert_eq!(send(&stage).await, []);
    }
    stage.pass(1);
    let back = "no answer: you are back on the waiting list";
    assert_eq!(send(&stage).await, told(&[("b", back), ("c", held)]));
    stage.withdraw("c").await;
    assert_eq!(send(&stage).await, told(&[("b", held)]), "a family that declines is told by the page; its reminder is dropped");
    for _ in 0..48 {
        stage.pass(1);
        send(&stage).await;
    }
    assert_eq!(stage.subjects(), told(&[("b", "no answer: your waiting has ended")]));
}

#[tokio::test]
async fn who_asked_for_it_is_told_of_the_seat_at_once() {
    let stage = Stage::open();
    stage.apply(Family::new("a")).await;
    stage.apply(Family { take_at_once: true, ..Family::new("b") }).await;
    send(&stage).await;
    stage.withdraw("a").await;
    assert_eq!(send(&stage).await, told(&[("a", "you gave up a registration"), ("b", "the seat is yours")]));
}

#[tokio::test]
async fn runs_at_the_same_time_send_each_letter_once() {
    let stage = Stage::open();
    for name in ["a", "b", "c", "d", "e", "f", "g", "h"] {
        stage.apply(Family::new(name)).await;
    }
    let runs: Vec<_> = (0..6)
        .map(|_| {
            let backend = stage.backend();
            tokio::spawn(async move { send_due_letters(&backend).await })
        })
        .collect();
    for run in runs {
        run.await.expect("a run").expect("its letters");
    }
    let mut to: Vec<String> = stage.subjects().into_iter().map(|(to, _)| to).collect();
    to.sort();
    assert_eq!(to, ["a", "b", "c", "d", "e", "f", "g", "h"]);
}

#[tokio::test]
async fn a_refused_letter_is_tried_again_later_and_later() {
    let stage = Stage::open();
    stage.apply(Family::new("a")).await;
    stage.refuses.store(true, Ordering::SeqCst);
    let mut tries = Vec::new();
    for minute in 0..20 {
        send(&stage).await;
        let mut log = stage.log.lock().expect("the log");
        tries.extend(log.drain(..).map(|line| (minute, line)));
        drop(log);
        stage.now.fetch_add(60_000, Ordering::SeqCst);
    }
    let refused = |minute| (minute, "letter registered:a:1: refused".to_owned());
    assert_eq!(tries, [0, 1, 3, 7, 15].map(refused));
    stage.refuses.store(false, Ordering::SeqCst);
    stage.pass(1);
    assert_eq!(send(&stage).await.len(), 1);
    stage.pass(48);
    assert_eq!(send(&stage).await, []);
}

#[tokio::test]
async fn a_letter_in_hand_when_the_machine_died_is_logged_and_not_sent_again() {
    let stage = Stage::open();
    stage.apply(Family::new("a")).await;
    let letter = due(&stage, stage.now(), 9).await.expect("letters").remove(0);
    assert!(claim(&stage, letter.id, stage.now()).await.expect("an answer"));
    for _ in 0..2 {
        stage.pass(1);
        assert_eq!(send(&stage).await, []);
    }
    let log = stage.log.lock().expect("the log").clone();
    let line = "letter registered:a:1: the run that sent it ended before it noted how; it is not sent again";
    assert_eq!(log, [line], "once");
}

#[tokio::test]
async fn an_offer_that_was_answered_before_its_letter_left_is_not_told() {
    let stage = Stage::open();
    stage.apply(Family::new("a")).await;
    stage.apply(Family::new("b")).await;
    send(&stage).await;
    stage.withdraw("a").await;
    let letters = due(&stage, stage.now(), 9).await.expect("letters");
    let offered = letters.iter().find(|letter| letter.kind == Kind::Offered).expect("an offer");
    stage.withdraw("b").await;
    assert!(!claim(&stage, offered.id, stage.now()).await.expect("an answer"));
    assert_eq!(send(&stage).await, told(&[("a", "you gave up a registration")]));
    stage.pass(40);
    assert_eq!(send(&stage).await, []);
}

fn line(name: &str) -> Line {
    let centre = |city: &str| format!("TUMO {city}");
    Line {
        given_name: name.to_owned(),
        centre: Localized { kk: centre("Астана"), ru: centre("Астана"), en: centre("Astana") },
        slots: [(1, 540, 660), (3, 540, 660), (6, 600, 725)].map(|(weekday, start, end)| Slot { weekday, start, end }).into(),
        state: RegistrationState::Waiting,
        position: Some(10),
        held_until: Some(Timestamp(START + 48 * HOUR + 59_000)),
        returned: 0,
        seat_elsewhere: 0,
        tracks: [("Музыка", "Music"), ("Анимация", "Animation")]
            .map(|(other, en)| Localized { kk: other.into(), ru: other.into(), en: en.into() })
            .into(),
        reason: Some("closed".to_owned()),
        offer_hours: 48,
        return_place: 10,
        first_session_on: Date::new(2027, 1, 11).expect("a day"),
    }
}

fn letter(kind: Kind, language: Language, names: &[&str]) -> (String, String) {
    let due = Due {
        id: 1,
        event: "e".to_owned(),
        kind,
        application_id: "a".to_owned(),
        language,
        address: "a@mail.example".to_owned(),
        reference: "K7M-2Q4".to_owned(),
        students: u32::try_from(names.len()).expect("few"),
        lines: if kind == Kind::Message { vec![] } else { names.iter().map(|name| line(name)).collect() },
        message: (kind == Kind::Message).then(|| Message {
            subject: "Hall 2".to_owned(),
            body: "Tomorrow we meet in hall 2.\n\nBring the receipt.".to_owned(),
            centre: line("").centre,
            slots: line("").slots,
        }),
    };
    text(&due, "https://tumo.example/kk/my#secret", Timestamp(START))
}

#[test]
fn an_offer_says_the_hour_and_what_silence_means() {
    for (language, sentences) in [
        (
            Language::Kazakh,
            [
                "Орын босады, ол сізге 48 сағатқа сақталды. Жауап беру мерзімі — 25 қараша, 18:00 (Астана уақыты).",
                "– TUMO Астана, Дс, Ср 09:00–11:00; Сб 10:00–12:05\n",
                "күту тізімінің 10-орнына (тізім қысқа болса, соңына) қайтады.",
            ],
        ),
        (
            Language::Russian,
            [
                "Мы держим его за вами в течение 48 часов: до 25 ноября, 18:00 (время Астаны).",
                "– TUMO Астана, Пн, Ср 09:00–11:00; Сб 10:00–12:05\n",
                "вернётся на 10-е место списка ожидания (если список короче — в его конец).",
            ],
        ),
        (
            Language::English,
            [
                "It is held for you for 48 hours: until 25 November, 18:00 (Astana time).",
                "– TUMO Astana, Mon, Wed 09:00–11:00; Sat 10:00–12:05\n",
                "returns to place 10 of the waiting list (to its end, if it is shorter).",
            ],
        ),
    ] {
        let (_, body) = letter(Kind::Offered, language, &["Әйгерім"]);
        for sentence in sentences {
            assert!(body.contains(sentence), "{sentence} is not in:\n{body}");
        }
        assert!(!body.contains("Әйгерім"), "one student needs no name:\n{body}");
        assert!(body.contains("K7M-2Q4") && body.contains("\nhttps://tumo.example/kk/my#secret\n"), "{body}");
    }
}

#[test]
fn brothers_and_sisters_are_told_apart() {
    for language in Language::ALL {
        let (_, body) = letter(Kind::OfferReminder, *language, &["Әйгерім", "Нұрлан"]);
        assert!(body.contains("\n– Әйгерім: TUMO ") && body.contains("\n– Нұрлан: TUMO "), "{body}");
    }
}

#[test]
fn other_tracks_are_named() {
    for (language, sentence) in [
        (
            Language::Kazakh,
            "– TUMO Астана, Дс, Ср 09:00–11:00; Сб 10:00–12:05\n  Енді бағыттары: Музыка, Анимация\n\nСебебі: closed",
        ),
        (
            Language::Russian,
            "– TUMO Астана, Пн, Ср 09:00–11:00; Сб 10:00–12:05\n  Теперь направления: Музыка, Анимация\n\nПричина: closed",
        ),
        (
            Language::English,
            "– TUMO Astana, Mon, Wed 09:00–11:00; Sat 10:00–12:05\n  Tracks now: Music, Animation\n\nReason: closed",
        ),
    ] {
        let (_, body) = letter(Kind::TracksChanged, language, &["Әйгерім"]);
        assert!(body.contains(sentence), "{sentence} is not in:\n{body}");
    }
}

#[test]
fn every_letter_is_whole_in_every_language() {
    use Kind::*;
    let kinds = [
        Registered,
        LinkAgain,
        Offered,
        OfferReminder,
        Seated,
        Returned,
        Lapsed,
        Removed,
        Withdrawn,
        Restored,
        Transferred,
        TracksChanged,
        Message,
    ];
    for language in Language::ALL {
        let mut subjects = Vec::new();
        for kind in kinds {
            for names in [&["Әйгерім"][..], &["Әйгерім", "Нұрлан"]] {
                let (subject, body) = letter(kind, *language, names);
                assert!(!body.contains("\n\n\n") && !body.contains("  – ") && !body.contains('{'), "{body}");
                let kazakh = subject.chars().chain(body.chars()).any(|letter| "әғқңөұүһі".contains(letter));
                if names.len() == 1 {
                    assert_eq!(kazakh, *language == Language::Kazakh, "{body}");
                    subjects.push(subject);
                }
                assert_eq!(body.contains("closed"), matches!(kind, Removed | Transferred | TracksChanged), "{body}");
            }
        }
        let told = subjects.len();
        subjects.sort();
        subjects.dedup();
        assert_eq!((subjects.len(), told), (kinds.len(), kinds.len()), "each kind has a subject of its own");
    }
}
