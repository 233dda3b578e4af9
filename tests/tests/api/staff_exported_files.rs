//! What is in files of attendance and rosters: opened by an independent reader and compared cell by cell.

use std::sync::Arc;

use domain::application::ApplicationForm;
use domain::date::Timestamp;
use domain::registration::Confirmation;
use domain::staff::access::Role;
use domain::staff::attendance::MarkStatus;
use domain::staff::exchange::{ExportFormat, ExportKind, ExportQuery};
use tumo_tests::api::OneStudent;
use tumo_tests::exports::{file, query};
use tumo_tests::forms::{email, guardian, name};
use tumo_tests::roll_call::mark;
use tumo_tests::sheets::{Cell, excel_of_russia, is_a_formula, workbook};
use tumo_tests::staff::Staff;
use tumo_tests::tests;
use tumo_tests::world::World;

tests![
    a_workbook_says_cell_by_cell_what_was_marked,
    a_text_of_attendance_is_read_by_a_russian_excel,
    a_roster_keeps_zeros_telephones_and_what_looks_like_formulas,
    several_cohorts_are_one_file,
];

fn text(words: &str) -> Cell {
    Cell::Text(words.to_owned())
}

/// A family whose names have every letter that only Kazakh has, in a cohort with seats for everybody.
async fn kazakh_family(world: &World, cohort: &str) -> (ApplicationForm, Confirmation) {
    let mut form = world.form_for(cohort);
    form.student.surname = name("Әғқңөұүһі-ӘҒҚҢӨҰҮҺІ");
    form.student.patronymic = "Нұрғиса’қызы".to_owned();
    let told = world.applied(&form).await;
    (form, told)
}

/// What both forms of the long sheet are about: a student late, another corrected from absent to excused, a third who
/// got the seat when the session had begun.
struct Marked {
    families: Vec<(ApplicationForm, Confirmation)>,
    day: String,
    start: u16,
    trainer: String,
    corrector: String,
    moments: [String; 3],
}

const REASON: &str = "=HYPERLINK(\"http://evil.example\";\"олимпиада\")";

async fn marked(world: &World, cohort: &str) -> Marked {
    let mut families = Vec::new();
    for _ in 0..3 {
        families.push(kazakh_family(world, cohort).await);
    }
    let session = world.begins(cohort).await;
    let (trainer, corrector) =
        (world.staff(Role::Trainer, Some("astana")).await, world.staff(Role::Trainer, Some("astana")).await);
    let of = |place: usize, status| mark(&session, &families[place].1.one().registration, status);
    let (late, absent) = (of(0, MarkStatus::Late), of(1, MarkStatus::Absent));
    trainer.sends(&[late.clone(), absent.clone()]).await;
    let mut excused = of(1, MarkStatus::Excused);
    excused.reason = REASON.to_owned();
    excused.instead_of = Some(absent.id.clone());
    excused.marked_at = Timestamp(absent.marked_at.0 + 1);
    assert_eq!(corrector.sends(&[excused.clone()]).await.kept, [excused.id.clone()]);
    let name = |staff: &Staff| {
        let row = world.database.row("SELECT name FROM staff_members WHERE id = ?1", [&staff.id]);
        row["name"].as_str().expect("a name").to_owned()
    };
    let minute = |at: Timestamp| {
        let minute = at.local_minute();
        format!("{} {:02}:{:02}", at.local_date(), minute / 60, minute % 60)
    };
    Marked {
        families,
        day: session.date.to_string(),
        start: session.start,
        trainer: name(&trainer),
        corrector: name(&corrector),
        moments: [late.marked_at, absent.marked_at, excused.marked_at].map(minute),
    }
}

async fn a_workbook_says_cell_by_cell_what_was_marked(world: Arc<World>) {
    let cohort = "astana-tue-fri-0900";
    let told = marked(&world, cohort).await;
    let coordinator = world.staff(Role::Coordinator, Some("astana")).await;
    let answer = file(&coordinator, &query(&world, ExportKind::Attendance, ExportFormat::Xlsx, &[cohort])).await;
    assert_eq!(answer.header("content-type"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    let sheets = workbook(&answer.bytes).expect("a workbook");
    assert_eq!(sheets.iter().map(|sheet| sheet.name.as_str()).collect::<Vec<_>>(), ["Посещение", "Вт, Пт 09-00–11-00"]);

    let headings: Vec<&str> = sheets[0].rows[0].iter().map(Cell::words).collect();
    let expected = [
        "Город",
        "Центр",
        "Группа",
        "Дата",
        "Начало",
        "Окончание",
        "Номер ученика",
        "Фамилия",
        "Имя",
        "Отчество",
        "Направления",
        "Посещение",
        "Опоздание, мин",
        "Причина",
        "Кто отметил",
        "Когда отмечено",
        "Кто исправил",
        "Когда исправлено",
        "Занятие отменено",
    ];
    assert_eq!(headings, expected);
    let (start, end) = (told.start, (told.start + 120).min(1440));
    // The end of a day is the beginning of the next one.
    let clock = |minute: u16| match minute {
        1440 => Cell::Day("1900-01-01".to_owned()),
        minute => Cell::Time(format!("{:02}:{:02}", minute / 60, minute % 60)),
    };
    let row = |place: usize, marks: [Cell; 7]| {
        let (form, confirmation) = &told.families[place];
        let student = &form.student;
        let track = world.catalogue.track(&form.tracks[0]).expect("a track").name.ru.clone();
        let before = [
            text("Астана"),
            text("TUMO Астана"),
            text("Вт, Пт 09:00–11:00"),
            Cell::Day(told.day.clone()),
            clock(start),
            clock(end),
            text(&confirmation.reference),
            text(&student.surname),
            text(&student.given_name),
            text(&student.patronymic),
            text(&track),
        ];
        before.into_iter().chain(marks).chain([text("нет")]).collect::<Vec<_>>()
    };
    let moment = |place: usize| Cell::Moment(told.moments[place].clone());
    let nothing = || Cell::Empty;
    let expected = [
        row(0, [text("опоздание"), Cell::Number(5), nothing(), text(&told.trainer), moment(0), nothing(), nothing()]),
        row(
            1,
            [
                text("уважительная причина"),
                nothing(),
                text(REASON),
                text(&told.trainer),
                moment(1),
                text(&told.corrector),
                moment(2),
            ],
        ),
    ];
    for row in expected {
        let found = sheets[0].rows.iter().find(|found| found[6] == row[6]).expect("the student's row");
        assert_eq!(*found, row);
    }
    let third = text(&told.families[2].1.reference);
    assert!(sheets[0].rows.iter().all(|row| row[6] != third), "nobody is in a session that began before they had a seat");

    // The register: students down, the one day across, then how often each was what.
    let register = &sheets[1].rows;
    let day = told.day.split('-').rev().take(2).collect::<Vec<_>>().join(".");
    assert_eq!(register[0][..4].iter().map(Cell::words).collect::<Vec<_>>(), ["Номер ученика", "Фамилия", "Имя", &day]);
    let signs = [("оп 5", [0, 1, 0, 0, 0]), ("ув", [0, 0, 1, 0, 0]), ("", [0, 0, 0, 0, 0])];
    for ((form, confirmation), (sign, counts)) in told.families.iter().zip(signs) {
        let row = register.iter().find(|row| row[0].words() == confirmation.reference).expect("the student's row");
        assert_eq!((row[1].words(), row[3].words()), (form.student.surname.as_str(), sign));
        assert_eq!(row[4..9], counts.map(Cell::Number));
    }
}

async fn a_text_of_attendance_is_read_by_a_russian_excel(world: Arc<World>) {
    let cohort = "astana-wed-fri-0900";
    let told = marked(&world, cohort).await;
    let coordinator = world.staff(Role::Coordinator, Some("astana")).await;
    let answer = file(&coordinator, &query(&world, ExportKind::Attendance, ExportFormat::Csv, &[cohort])).await;
    assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8");
    let rows = excel_of_russia(&answer.bytes);
    assert!(rows.iter().flatten().all(|cell| !is_a_formula(cell)), "{rows:?}");
    let (form, confirmation) = &told.families[1];
    let row = rows.iter().find(|row| row[6] == confirmation.reference).expect("the student's row");
    let student = &form.student;
    let seen = [3, 7, 8, 9, 11, 12, 14, 16, 18].map(|place| row[place].as_str());
    let expected = [
        told.day.as_str(),
        &student.surname,
        &student.given_name,
        &student.patronymic,
        "уважительная причина",
        "",
        &told.trainer,
        &told.corrector,
        "нет",
    ];
    assert_eq!(seen, expected);
    assert_eq!(row[13].strip_prefix('\''), Some(REASON), "shown, not worked out");
}

async fn a_roster_keeps_zeros_telephones_and_what_looks_like_formulas(world: Arc<World>) {
    let cohort = "astana-mon-thu-1430";
    let mut form = world.form_for(cohort);
    form.student.school = "=1+1".to_owned();
    form.student.grade = "007".to_owned();
    form.guardian.phone = "8 (701) 000-00-07".to_owned();
    form.guardian.email = email();
    form.second_guardian = Some(guardian("father"));
    let told = world.applied(&form).await;
    // No family can send such a name, but a hand in the database can.
    world
        .change(
            "UPDATE students SET given_name = ?1 WHERE id = (SELECT student_id FROM registrations WHERE id = ?2)",
            &["@SUM(A1:A9)".into(), told.one().registration.as_str().into()],
        )
        .await;
    let coordinator = world.staff(Role::Coordinator, Some("astana")).await;
    let workbook_query = query(&world, ExportKind::Roster, ExportFormat::Xlsx, &[cohort]);
    let sheets = workbook(&file(&coordinator, &workbook_query).await.bytes).expect("a workbook");
    assert_eq!(sheets.len(), 1);
    let row = sheets[0].rows.iter().find(|row| row[3] == text(&told.reference)).expect("the student's row");
    let guardian = |form: &domain::application::GuardianForm| text(&[form.surname.as_str(), &form.given_name].join(" "));
    let second = form.second_guardian.as_ref().expect("a father");
    let born = form.student.born_on.date().expect("a day").to_string();
    let phone = domain::contact::Phone::parse(&second.phone).expect("a telephone").e164().to_owned();
    let track = world.catalogue.track(&form.tracks[0]).expect("a track").name.ru.clone();
    let since = Cell::Day(Timestamp(world.now()).local_date().to_string());
    let expected = [
        text("Астана"),
        text("TUMO Астана"),
        text("Пн, Чт 14:30–16:30"),
        text(&told.reference),
        text(&form.student.surname),
        text("@SUM(A1:A9)"),
        Cell::Empty,
        Cell::Day(born.clone()),
        text("=1+1"),
        text("007"),
        text(&track),
        text("зачислен"),
        since,
        guardian(&form.guardian),
        text("мать"),
        text("+77010000007"),
        text(&form.guardian.email),
        guardian(second),
        text("отец"),
        text(&phone),
        Cell::Empty,
    ];
    assert_eq!(row.as_slice(), expected);

    let rows = excel_of_russia(&file(&coordinator, &ExportQuery { format: ExportFormat::Csv, ..workbook_query }).await.bytes);
    assert!(rows.iter().flatten().all(|cell| !is_a_formula(cell)), "{rows:?}");
    let row = rows.iter().find(|row| row[3] == told.reference).expect("the student's row");
    let seen = [5, 7, 8, 9, 15].map(|place| row[place].as_str());
    assert_eq!(seen, ["'@SUM(A1:A9)", &born, "'=1+1", "'007", "tel:+77010000007"]);
}

async fn several_cohorts_are_one_file(world: Arc<World>) {
    let (one, other, third) = ("astana-mon-wed-1100", "astana-tue-thu-1100", "astana-wed-fri-1100");
    let mut told = Vec::new();
    for cohort in [one, other, third] {
        told.push(world.seated(cohort).await.reference);
    }
    let coordinator = world.staff(Role::Coordinator, Some("astana")).await;
    let query = query(&world, ExportKind::Roster, ExportFormat::Csv, &[one, other]);
    let rows = excel_of_russia(&file(&coordinator, &query).await.bytes);
    let there: Vec<bool> = told.iter().map(|reference| rows.iter().any(|row| row[3] == *reference)).collect();
    assert_eq!(there, [true, true, false]);
}
