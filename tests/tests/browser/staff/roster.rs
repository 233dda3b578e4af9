//! The screen of a cohort: its students, its waiting list, its sheet of paper; in [`acts`] and [`tracks`] what is done
//! there.

pub(super) mod acts;
pub(super) mod tracks;

use std::sync::Arc;

use data_encoding::BASE64;
use domain::language::Language;
use domain::registration::Confirmation;
use domain::staff::access::Role;
use serde_json::json;
use tumo_tests::api::OneStudent;
use tumo_tests::forms::name;
use xtask::layout;

use super::Colleague;
use super::cohorts::own_cohort;
use crate::inspection::picture_in;
use crate::phone::Screen;
use crate::stage::{Stage, journeys};

journeys![
    a_roster_is_in_kazakh_order_and_found_from_any_keyboard,
    a_roster_is_printed_with_room_to_sign,
    a_trainer_sees_names_and_nothing_to_change,
    a_viewer_sees_no_names,
    an_old_link_explains_itself,
    a_cohort_is_called_the_same_on_every_page,
    a_list_of_a_cohort_has_an_address,
    a_lost_network_leaves_a_way_to_try_again,
    five_hundred_students_stay_quick,
];

/// A cohort with so many seats and these families, in this order.
async fn cohort(stage: &Stage, id: &str, seats: u32, families: &[(&str, &str)]) -> Vec<Confirmation> {
    stage.world.change("UPDATE cohorts SET seats = ?1 WHERE id = ?2", &[json!(seats), json!(id)]).await;
    let mut told = Vec::new();
    for (surname, given_name) in families {
        let mut form = stage.world.form_for(id);
        form.student.surname = (*surname).to_owned();
        form.student.given_name = (*given_name).to_owned();
        form.student.patronymic = name("Ерлан");
        told.push(stage.world.applied(&form).await);
    }
    told
}

async fn coordinator(stage: &Stage, cohort: &str, screen: Screen, language: Language) -> Colleague {
    // Journeys make cohorts of their own in Astana.
    let centre = if cohort.starts_with("almaty-") { "almaty" } else { "astana" };
    Colleague::at(&format!("/staff/cohorts/{cohort}"), stage, Role::Coordinator, Some(centre), screen, language).await
}

/// The first words of the rows' names, from top to bottom.
async fn surnames(colleague: &Colleague) -> Vec<String> {
    let names = colleague.device.texts(".table tbody th").await;
    names.into_iter().filter_map(|name| name.split_whitespace().next().map(str::to_owned)).collect()
}

async fn a_roster_is_in_kazakh_order_and_found_from_any_keyboard(stage: Arc<Stage>) {
    const COHORT: &str = "almaty-mon-wed-1630";
    let names = [("Ықылас", "Дана"), ("Ибраев", "Іңкәр"), ("Қасымов", "Нұрлан"), ("Карпов", "Өркен"), ("Әлиев", "Ғани")];
    cohort(&stage, COHORT, 4, &names).await;
    for (screen, language) in [(Screen::Desk, Language::Kazakh), (Screen::Phone, Language::Russian)] {
        let colleague = coordinator(&stage, COHORT, screen, language).await;
        colleague.device.has_rows(4).await;
        assert_eq!(surnames(&colleague).await, ["Ибраев", "Карпов", "Қасымов", "Ықылас"]);
        colleague.looks_at("roster").await;
        for (typed, found) in [("касым", "Қасымов"), ("НУРЛАН", "Қасымов"), ("инкар", "Ибраев"), ("оркен карп", "Карпов")]
        {
            colleague.device.types("students-search", typed).await;
            colleague.device.has_rows(1).await;
            assert_eq!(surnames(&colleague).await, [found]);
        }
        colleague.device.presses("#cohort-tab-waiting").await;
        colleague.device.has_rows(1).await;
        assert_eq!(surnames(&colleague).await, ["Әлиев"]);
        colleague.looks_at("roster-waiting").await;
        colleague.device.presses("#cohort-tab-ended").await;
        colleague.device.reads(".state", colleague.words("roster.nobody_ended")).await;
        colleague.leaves().await;
    }
}

async fn a_roster_is_printed_with_room_to_sign(stage: Arc<Stage>) {
    const COHORT: &str = "almaty-mon-thu-1430";
    cohort(&stage, COHORT, 5, &[("Ңұрпейіс", "Ә"), ("Мұқанов", "С"), ("Нұрпейісов", "Ә"), ("Кезектегі", "К")]).await;
    stage.world.change("UPDATE cohorts SET seats = 4 WHERE id = ?1", &[json!(COHORT)]).await;
    let colleague = coordinator(&stage, COHORT, Screen::Desk, Language::Kazakh).await;
    colleague.device.waits_for("the sheet", "return document.querySelectorAll('.sheet tbody tr').length === 4", vec![]).await;
    assert!(!colleague.device.shows(".sheet").await, "the sheet is for paper only");
    colleague.device.devtools("Emulation.setEmulatedMedia", json!({ "media": "print" })).await;
    colleague.device.sees(".sheet").await;
    for screen_only in [".top", ".side", ".tabs", "[data-test=actions]", "[data-test=seats]"] {
        assert!(!colleague.device.shows(screen_only).await, "{screen_only} has no place on paper");
    }
    let cells = colleague.device.texts(".sheet tbody tr td:nth-child(2)").await;
    let surnames: Vec<&str> = cells.iter().filter_map(|name| name.split(' ').next()).collect();
    assert_eq!(surnames, ["Кезектегі", "Мұқанов", "Нұрпейісов", "Ңұрпейіс"]);
    colleague.device.reads(".sheet thead", colleague.words("sheet.signature")).await;
    picture_in(&colleague.device, "staff", "roster-sheet").await;
    colleague.device.devtools("Emulation.setEmulatedMedia", json!({ "media": "" })).await;
    let printed = colleague.device.devtools("Page.printToPDF", json!({ "paperWidth": 8.27, "paperHeight": 11.69 })).await;
    let pdf = BASE64.decode(printed["data"].as_str().unwrap_or_default().as_bytes()).expect("a PDF");
    assert!(pdf.starts_with(b"%PDF"));
    std::fs::write(layout::target().join("screens/staff/roster-sheet.pdf"), pdf).expect("a PDF on the disk");
    colleague.leaves().await;
}

async fn a_trainer_sees_names_and_nothing_to_change(stage: Arc<Stage>) {
    const COHORT: &str = "almaty-tue-thu-1430";
    cohort(&stage, COHORT, 2, &[("Аймауытов", "Жүсіпбек")]).await;
    let path = format!("/staff/cohorts/{COHORT}");
    let colleague = Colleague::at(&path, &stage, Role::Trainer, Some("almaty"), Screen::Phone, Language::Kazakh).await;
    colleague.device.has_rows(1).await;
    for closed in ["[data-test=add]", "[data-test=write]", "[data-test=contacts]"] {
        assert!(!colleague.device.shows(closed).await, "{closed}");
    }
    colleague.device.presses("[data-test=open]").await;
    colleague.device.sees("dialog[open]").await;
    for closed in ["remove", "move", "place", "tracks"] {
        assert!(!colleague.device.shows(&format!("dialog [data-test={closed}]")).await, "{closed}");
    }
    colleague.looks_at("student-of-a-trainer").await;
    colleague.leaves().await;
}

async fn a_viewer_sees_no_names(stage: Arc<Stage>) {
    const COHORT: &str = "almaty-tue-thu-0900";
    cohort(&stage, COHORT, 200, &[("Көрінбейтін", "Есім")]).await;
    for (screen, language) in [(Screen::Desk, Language::Russian), (Screen::Phone, Language::Kazakh)] {
        let path = format!("/staff/cohorts/{COHORT}");
        let colleague = Colleague::at(&path, &stage, Role::Viewer, None, screen, language).await;
        for path in [path.as_str(), &format!("{path}/add"), "/staff/students"] {
            colleague.opens(path).await;
            colleague.reads_the_heading("not_allowed.title").await;
            let page: String = colleague.device.asks("return document.body.textContent", vec![]).await;
            assert!(!page.contains("Көрінбейтін"), "{path}");
        }
        colleague.leaves().await;
    }
}

async fn an_old_link_explains_itself(stage: Arc<Stage>) {
    for (screen, language) in [(Screen::Desk, Language::Kazakh), (Screen::Phone, Language::Russian)] {
        let gone = "/staff/cohorts/almaty-sun-0700";
        let colleague = Colleague::at(gone, &stage, Role::Coordinator, Some("almaty"), screen, language).await;
        colleague.device.reads(".state", colleague.words("roster.gone")).await;
        colleague.looks_at("roster-gone").await;
        // Another centre's cohorts are as good as unknown.
        colleague.opens("/staff/cohorts/astana-mon-wed-1100").await;
        colleague.device.reads(".state", colleague.words("roster.gone")).await;
        assert!(!colleague.device.shows("[data-test=add]").await);
        colleague.device.presses(".state [data-test=cohorts]").await;
        colleague.reads_the_heading("nav.cohorts").await;
        colleague.opens(&format!("{gone}/add")).await;
        colleague.reads_the_heading("lost.title").await;
        colleague.leaves().await;
    }
}

async fn a_cohort_is_called_the_same_on_every_page(stage: Arc<Stage>) {
    let own = own_cohort(&stage, "Атаулы", 2, &[]).await;
    let told = cohort(&stage, &own, 2, &[("Атаулыбаев", "Ерлан")]).await;
    for (screen, language, centre, day) in
        [(Screen::Desk, Language::Russian, "TUMO Астана", "Сб"), (Screen::Phone, Language::Kazakh, "TUMO Астана", "Сб")]
    {
        // First its label, then its centre and hours.
        let name = format!("Атаулы\u{a0}· {centre} · {day}\u{a0}·\u{a0}15:00–17:00");
        let page = format!("/staff/cohorts/{own}");
        // At the first page of a visit nothing has told yet what cohorts are called.
        let colleague = Colleague::at(&page, &stage, Role::Administrator, None, screen, language).await;
        colleague.device.reads("h1", &name).await;
        colleague.device.presses("[data-test=write]").await;
        colleague.device.reads("dialog", &name).await;
        colleague.device.presses("dialog [data-test=cancel]").await;
        colleague.device.presses("[data-test=open]").await;
        colleague.device.reads("dialog", &name).await;
        colleague.device.presses("dialog [data-test=move]").await;
        colleague.device.reads("dialog p", &name).await;
        for (path, css) in [
            ("/staff".to_owned(), ".figure .table"),
            ("/staff/cohorts".to_owned(), ".table tbody th"),
            (format!("{page}/sessions"), "h1"),
            (format!("{page}/add"), "[data-test=back]"),
            (format!("/staff/journal?cohort={own}"), ".told-about"),
            ("/staff/exports".to_owned(), ".pick-list"),
        ] {
            colleague.opens(&path).await;
            // In a table behind a plot too, which can't be seen yet; a word joiner isn't read.
            let read = format!(
                "[...document.querySelectorAll('{css}')].some(it => it.textContent.replaceAll('\\u2060', '').includes(arguments[0]))"
            );
            colleague
                .device
                .waits_for(&format!("{name} on {path}"), &format!("return {read}"), vec![name.clone().into()])
                .await;
        }
        colleague.opens("/staff/students").await;
        colleague.device.types("students-search", &told[0].reference).await;
        colleague.device.reads(".table tbody", &name).await;
        colleague.leaves().await;
    }
}

async fn a_list_of_a_cohort_has_an_address(stage: Arc<Stage>) {
    let colleague = coordinator(&stage, "almaty-wed-fri-1100", Screen::Phone, Language::Russian).await;
    colleague.device.presses("#cohort-tab-waiting").await;
    colleague.device.reads(".state", colleague.words("roster.nobody_waits")).await;
    colleague.device.presses("[data-test=add]").await;
    colleague.reads_the_heading("roster.add").await;
    colleague.device.goes_back().await;
    colleague.device.sees("#cohort-tab-waiting[aria-selected=true]").await;
    colleague.device.reads(".state", colleague.words("roster.nobody_waits")).await;
    assert!(colleague.device.link().await.ends_with("?tab=waiting"));
    colleague.leaves().await;
}

async fn a_lost_network_leaves_a_way_to_try_again(stage: Arc<Stage>) {
    let own = own_cohort(&stage, "Желісіз", 2, &[]).await;
    let told = cohort(&stage, &own, 2, &[("Байтұрсынұлы", "Ахмет")]).await;
    let colleague = coordinator(&stage, &own, Screen::Phone, Language::Kazakh).await;
    colleague.device.has_rows(1).await;
    colleague.device.loses_the_network().await;
    colleague.device.reads(".banner", colleague.words("frame.offline")).await;
    colleague.device.presses("[data-test=contacts]").await;
    colleague.device.reads("dialog", colleague.words("error.network")).await;
    colleague.looks_at("roster-offline").await;
    colleague.device.finds_the_network().await;
    colleague.device.presses("dialog [data-test=retry]").await;
    colleague.device.sees("dialog a[href^='tel:']").await;
    let looks = "SELECT count(*) FROM journal WHERE act = 'contacts_seen' AND registration_id = ?1";
    assert_eq!(stage.world.database.column(looks, [told[0].one().registration.as_str()]), [1]);
    colleague.device.closes().await;
}

/// More than a cohort can have: what is there stays quick to look through.
async fn five_hundred_students_stay_quick(stage: Arc<Stage>) {
    let own = own_cohort(&stage, "Көп", 500, &[]).await;
    const NUMBERS: &str = "WITH RECURSIVE n (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM n WHERE n < 500)";
    let rows = [
        "INSERT INTO applications (id, key_digest, body_digest, reference, link_digest, language, filled_by, take_at_once, received_at)
        {n} SELECT 'many' || n, 'many' || n, 'x', 'many' || n, 'many' || n, 'kk', 'guardian', 0, n FROM n",
        "INSERT INTO students (id, application_id, place, surname, given_name, born_on)
        {n} SELECT 'many' || n, 'many' || n, 1, 'Көпшілік', char(0x410 + n % 32) || char(0x430 + n / 32), '2012-05-05' FROM n",
        "INSERT INTO student_identities {n} SELECT 'demo', 'many' || n, 'many' || n FROM n",
        "INSERT INTO registrations (id, student_id, intake_id, cohort_id, state, rank, decided_at, changed_at, author, act)
        {n} SELECT 'many' || n, 'many' || n, 'demo', '{cohort}', 'enrolled', 1, n, n, 'family', 'applied' FROM n",
    ];
    for sql in rows {
        stage.world.change(&sql.replace("{n}", NUMBERS).replace("{cohort}", &own), &[]).await;
    }
    let colleague = coordinator(&stage, &own, Screen::Phone, Language::Kazakh).await;
    colleague.device.has_rows(100).await;
    // From the keystroke to the rows drawn.
    const TOOK: &str = "
        const [text, done] = [arguments[0], arguments[arguments.length - 1]];
        const input = document.getElementById('students-search');
        const begin = performance.now();
        input.value = text;
        input.dispatchEvent(new Event('input', { bubbles: true }));
        requestAnimationFrame(() => setTimeout(() => done(performance.now() - begin)))";
    let mut slowest: f64 = 0.0;
    for typed in ["к", "ко", "копш", "көпшілік", "копшилик а", ""] {
        slowest = slowest.max(colleague.device.asks_and_waits(TOOK, vec![typed.into()]).await);
    }
    println!("500 students: the slowest of six searches took {slowest:.0} ms");
    assert!(slowest < 1_000.0, "{slowest:.0} ms");
    colleague.device.presses("[data-test=more]").await;
    colleague.device.has_rows(200).await;
    colleague.leaves().await;
}
