//! Whole exports out of a database, read back by a reader of workbooks and a parser of CSV that have nothing to do with ours.

use super::*;
use crate::platform::native::Native;
use crate::platform::{Platform, Statement};
use crate::store::exports::begin;
use crate::store::scope::Scope;
use crate::store::{self};
use axum::body::{Body, to_bytes};
use calamine::{Data, Reader, Xlsx};
use domain::date::Date;
use domain::error::ErrorCode;
use domain::staff::exchange::ExportFormat;
use std::io::Cursor;

/// Tuesdays at nine, at the centre `a` in two cohorts, of which one has a label; three students in the labelled one. The second has left
/// between two sessions, the third has a sister. One session was moved, one called off. And a cohort at the centre `b`.
const SEED: &str = "
    INSERT INTO centres (id, place, name_kk, name_ru, name_en, city_kk, city_ru, city_en, address_kk, address_ru, address_en, provisional)
    SELECT value, key, 'Орталық', 'Центр', 'Centre', 'Қала', 'Город', 'City', 'c', 'c', 'c', 1 FROM json_each('[\"a\", \"b\"]');
    INSERT INTO tracks VALUES ('t', 1, 'Музыка', 'Музыка', 'Music', 't', 't', 't'), ('w', 2, 'Веб', 'Веб', 'Web', 't', 't', 't');
    INSERT INTO intakes VALUES ('i', 'i', 'i', 'i', 1, 4000000000000, 12, 18, '2025-09-01', '2026-05-25', 1, 48, 12, 10, 5);
    INSERT INTO consent_texts VALUES ('1', 1, 'c', 'c', 'c');
    INSERT INTO cohorts (id, place, intake_id, centre_id, seats, label)
    VALUES ('c', 0, 'i', 'a', 9, 'Алатау'), ('e', 1, 'i', 'a', 9, NULL), ('d', 2, 'i', 'b', 9, NULL);
    INSERT INTO cohort_tracks SELECT c.id, t.id FROM cohorts AS c JOIN tracks AS t;
    INSERT INTO slots SELECT id, 2, 540, 660 FROM cohorts;
    INSERT INTO staff_members (id, email, name, role, centre_id, language, password_hash, must_change_password, created_at)
    VALUES ('s', 's@a.kz', 'Ағай', 'trainer', 'a', 'kk', '$argon2id$', 0, 1), ('u', 'u@a.kz', 'Апай', 'trainer', 'a', 'kk', '$argon2id$', 0, 1);
    INSERT INTO session_changes (cohort_id, day, starts, state, held_on, held_starts, held_ends, author, changed_at)
    VALUES ('c', '2025-09-16', 540, 'moved', '2025-09-17', 600, 720, 's', 1),
        ('c', '2025-09-23', 540, 'cancelled', '2025-09-23', 540, 660, 's', 1);
    INSERT INTO applications SELECT value, value, value, 'TM-' || value, value, 'kk', 'guardian', 0, 1 FROM json_each('[\"r0\", \"r1\", \"r2\", \"x\"]');
    INSERT INTO guardians VALUES ('r0', 1, 'Қуанышев', 'Нұрлан', NULL, 'father', '+77011234567', '8 701', 'a@b.kz'),
        ('r0', 2, 'Қуанышева', 'Ғалия', 'Ерқызы', 'mother', '+77017654321', '8 701', NULL);
    INSERT INTO students (id, application_id, place, surname, given_name, patronymic, born_on, school, grade) VALUES
        ('r0', 'r0', 1, 'Ә-ші', 'Әйгерім', NULL, '2012-02-29', '=1+1', '007'), ('r1', 'r1', 1, 'Бек', 'Аян', 'Серікұлы', '2012-01-01', NULL, NULL),
        ('r2', 'r2', 2, 'Абай', 'Дана', NULL, '2012-01-01', NULL, NULL), ('x', 'x', 1, 'Өзге', 'Х', NULL, '2012-01-01', NULL, NULL);
    INSERT INTO student_identities SELECT 'i', id, id FROM students;
    INSERT INTO registrations (id, student_id, intake_id, cohort_id, state, rank, decided_at, changed_at, author, act)
    SELECT id, id, 'i', iif(id = 'x', 'd', 'c'), 'enrolled', 1, 1, 1, 'family', 'applied' FROM students;
    INSERT INTO registration_tracks SELECT id, 1, cohort_id, 't' FROM registrations;
    INSERT INTO registration_tracks SELECT id, 2, cohort_id, 'w' FROM registrations;
    UPDATE registrations SET state = 'withdrawn', act = 'withdrawn', changed_at = unixepoch('2025-09-10') * 1000 WHERE id = 'r1';
    INSERT INTO marks (id, cohort_id, day, starts, registration_id, status, minutes, reason, instead_of, marked_by, marked_at, received_at)
    SELECT printf('%026d', key), 'c', value ->> 0, 540, value ->> 1, value ->> 2, value ->> 3, value ->> 4,
        iif(value ->> 6, printf('%026d', value ->> 6), NULL), value ->> 5, unixepoch(value ->> 0, '+4 hours', '+' || key || ' minutes') * 1000, 1
    FROM json_each('[
        [\"2025-09-02\", \"r0\", \"present\", null, null, \"s\", 0],
        [\"2025-09-02\", \"r1\", \"absent\", null, null, \"s\", 0],
        [\"2025-09-02\", \"r2\", \"excused\", null, \"=HYPERLINK(1)\", \"s\", 0],
        [\"2025-09-09\", \"r0\", \"absent\", null, null, \"s\", 0],
        [\"2025-09-09\", \"r0\", \"late\", 15, null, \"u\", 3],
        [\"2025-09-16\", \"r2\", \"present\", null, null, \"s\", 0]]');";

struct Stage {
    platform: Native,
    _folder: tempfile::TempDir,
}

fn query(kind: ExportKind, format: ExportFormat) -> ExportQuery {
    let day = |text| Date::parse(text).expect("a day");
    ExportQuery {
        kind,
        format,
        centre: None,
        cohorts: Vec::new(),
        from: day("2025-09-01"),
        to: day("2025-09-30"),
        language: Language::Russian,
    }
}

impl Stage {
    fn open() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        Self { platform: Native::open(folder.path(), &[SEED.to_owned()]).expect("a database"), _folder: folder }
    }

    async fn file(&self, query: &ExportQuery) -> Result<Vec<u8>, ErrorCode> {
        let now = self.platform.now();
        let frame = begin(&self.platform, query, &Scope::of(Some("a")), "s", now).await.map_err(|refusal| refusal.code)?;
        let catalogue =
            store::catalogue::of_intake(&self.platform, "i", self.platform.now()).await.map_err(|refusal| refusal.code);
        let export = Export::new(self.platform.clone(), query.clone(), Arc::new(catalogue?), frame);
        Ok(to_bytes(Body::from_stream(export.pieces()), usize::MAX).await.expect("a whole file").to_vec())
    }

    /// Every sheet of a workbook by name, cells as texts.
    async fn sheets(&self, query: &ExportQuery) -> Vec<(String, Vec<Vec<String>>)> {
        let mut book = Xlsx::new(Cursor::new(self.file(query).await.expect("a file"))).expect("a workbook");
        let text = |cell: &Data| match cell {
            Data::DateTime(moment) => {
                let (year, month, day, hour, minute, ..) = moment.to_ymd_hms_milli();
                if moment.as_f64() < 1.0 {
                    format!("{hour:02}:{minute:02}")
                } else if moment.as_f64().fract() == 0.0 {
                    format!("{year}-{month:02}-{day:02}")
                } else {
                    format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02}")
                }
            }
            Data::Empty => String::new(),
            Data::String(text) => text.clone(),
            other => format!("={other}"),
        };
        let names = book.sheet_names();
        let sheet = |name: String| {
            let range = book.worksheet_range(&name).expect("a sheet");
            (name, range.rows().map(|row| row.iter().map(text).collect()).collect())
        };
        names.into_iter().map(sheet).collect()
    }
}

#[tokio::test]
async fn the_long_sheet_has_a_row_for_each_student_and_session() {
    let stage = Stage::open();
    let sheets = stage.sheets(&query(ExportKind::Attendance, ExportFormat::Xlsx)).await;
    let (name, rows) = &sheets[0];
    assert_eq!((name.as_str(), rows[0].len()), ("Посещение", 19));
    let told: Vec<String> =
        rows[1..].iter().map(|row| [&row[3], &row[4], &row[7], &row[11], &row[18]].map(String::as_str).join(" ")).collect();
    assert_eq!(
        told,
        [
            "2025-09-02 09:00 Абай уважительная причина нет",
            "2025-09-02 09:00 Ә-ші присутствие нет",
            "2025-09-02 09:00 Бек отсутствие нет",
            "2025-09-09 09:00 Абай не отмечено нет",
            "2025-09-09 09:00 Ә-ші опоздание нет",
            "2025-09-09 09:00 Бек не отмечено нет",
            "2025-09-17 10:00 Абай присутствие нет",
            "2025-09-17 10:00 Ә-ші не отмечено нет",
            "2025-09-23 09:00 Абай не отмечено да",
            "2025-09-23 09:00 Ә-ші не отмечено да",
            "2025-09-30 09:00 Абай не отмечено нет",
            "2025-09-30 09:00 Ә-ші не отмечено нет",
        ]
    );
    let corrected = &rows[5];
    assert_eq!(
        corrected.as_slice(),
        [
            "Город",
            "Центр",
            "Алатау",
            "2025-09-09",
            "09:00",
            "11:00",
            "TM-r0",
            "Ә-ші",
            "Әйгерім",
            "",
            "Музыка, Веб",
            "опоздание",
            "=15",
            "",
            "Ағай",
            "2025-09-09 09:03",
            "Апай",
            "2025-09-09 09:04",
            "нет",
        ]
    );
    let excused = &rows[1];
    assert_eq!([excused[6].as_str(), excused[13].as_str()], ["TM-r2/2", "=HYPERLINK(1)"]);
}

#[tokio::test]
async fn each_cohort_has_a_register() {
    let stage = Stage::open();
    let sheets = stage.sheets(&query(ExportKind::Attendance, ExportFormat::Xlsx)).await;
    assert_eq!(sheets.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["Посещение", "Алатау"]);
    let rows = &sheets[1].1;
    let row = |number: usize| rows[number].iter().map(String::as_str).collect::<Vec<_>>();
    // The session that was called off is not there.
    assert_eq!(row(0)[..7], ["Номер ученика", "Фамилия", "Имя", "02.09", "09.09", "17.09", "30.09"]);
    assert_eq!(row(1), ["TM-r2/2", "Абай", "Дана", "ув", "", "п", "", "=1", "=0", "=1", "=0", "=2"]);
    assert_eq!(row(2), ["TM-r0", "Ә-ші", "Әйгерім", "п", "оп 15", "", "", "=1", "=1", "=0", "=0", "=2"]);
    assert_eq!(row(3), ["TM-r1", "Бек", "Аян", "н", "", "", "", "=0", "=0", "=0", "=1", "=1"]);
    assert_eq!(row(5)[..2], ["п", "присутствие"]);
}

#[tokio::test]
async fn a_roster_as_csv_keeps_zeros_telephones_and_formulas() {
    let stage = Stage::open();
    let bytes = stage.file(&query(ExportKind::Roster, ExportFormat::Csv)).await.expect("a file");
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).expect("a byte order mark");
    let reader = ::csv::ReaderBuilder::new().delimiter(b';').from_reader(text);
    let rows: Vec<Vec<String>> =
        reader.into_records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect();
    assert_eq!(rows.iter().map(|row| row[4].as_str()).collect::<Vec<_>>(), ["Абай", "Ә-ші", "Бек"]);
    assert_eq!(
        rows[1],
        [
            "Город",
            "Центр",
            "Алатау",
            "TM-r0",
            "Ә-ші",
            "Әйгерім",
            "",
            "2012-02-29",
            "'=1+1",
            "'007",
            "Музыка, Веб",
            "зачислен",
            "1970-01-01",
            "Қуанышев Нұрлан",
            "отец",
            "tel:+77011234567",
            "a@b.kz",
            "Қуанышева Ғалия Ерқызы",
            "мать",
            "tel:+77017654321",
            "",
        ]
    );
    assert_eq!(rows[2][11], "семья отказалась");
}

#[tokio::test]
async fn every_export_is_told_and_none_reaches_another_centre() {
    let stage = Stage::open();
    let roster = query(ExportKind::Roster, ExportFormat::Csv);
    for cohorts in [&["d"][..], &["c", "d"], &["nowhere"]] {
        let foreign = ExportQuery { cohorts: cohorts.iter().map(ToString::to_string).collect(), ..roster.clone() };
        assert_eq!(stage.file(&foreign).await, Err(ErrorCode::Unknown), "{cohorts:?}");
    }
    stage.file(&roster).await.expect("a file");
    let own = ExportQuery { cohorts: vec!["c".into()], ..query(ExportKind::Attendance, ExportFormat::Xlsx) };
    stage.file(&own).await.expect("a file");
    let two = ExportQuery { cohorts: vec!["e".into(), "c".into()], ..own };
    stage.file(&two).await.expect("a file");
    let told = Statement::new(
        "SELECT json_group_array(json_array(author, cohort_id, subject, details ->> 'centre', json_array_length(details -> 'cohorts')))
        FROM journal WHERE act = 'exported'",
    );
    let rows = stage.platform.batch(vec![told]).await.expect("rows");
    let expected =
        r#"[["s",null,"export:roster","a",0],["s","c","export:attendance","a",1],["s",null,"export:attendance","a",2]]"#;
    assert_eq!(rows[0].as_deref(), Some(expected));
}
