//! Files for an import, whatever program saved them; those that do harm or say nothing are refused with a word; templates.

use std::sync::Arc;

use domain::error::ErrorCode;
use domain::staff::access::Role;
use domain::staff::exchange::FileFault;
use domain::staff::exchange::import::FILE_MAX;
use tumo_tests::forms::name;
use tumo_tests::import::{COHORT_HEADINGS, csv, report, tried};
use tumo_tests::tests;
use tumo_tests::world::World;

tests![
    a_russian_windows_is_understood,
    what_cannot_be_read_says_why,
    a_template_is_understood_as_it_is,
    columns_that_are_missing_are_named,
];

/// The text as Windows-1251 has it; it has no Kazakh letters.
fn windows_1251(text: &str) -> Vec<u8> {
    let byte = |letter: char| match letter {
        'А'..='я' => u8::try_from(u32::from(letter) - u32::from('А') + 0xc0).expect("a letter"),
        'ё' => 0xb8,
        _ => u8::try_from(letter).expect("ASCII"),
    };
    text.chars().map(byte).collect()
}

async fn a_russian_windows_is_understood(world: Arc<World>) {
    let staff = world.staff(Role::Coordinator, Some("astana")).await;
    let text =
        format!("Центр;Название группы;Число мест;День 1;Начало 1;Окончание 1\r\nАстана;{};20;вт;9:00;11:00\r\n", name("Улет"));
    for file in [windows_1251(&text), text.clone().into_bytes(), format!("\u{feff}{text}").into_bytes()] {
        let (report, faults) = report(&tried(&staff, "cohorts", file).send().await);
        assert_eq!((report.file, report.ready, faults), (None, 1, Vec::new()));
    }
}

async fn what_cannot_be_read_says_why(world: Arc<World>) {
    let staff = world.staff(Role::Coordinator, Some("astana")).await;
    let files: [(&[u8], FileFault); 5] = [
        (b"", FileFault::Empty),
        (b"PK\x03\x04 and nothing that follows", FileFault::Broken),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileFault::OldOrProtected),
        (b"\x89PNG\r\n\x1a\n\0\0", FileFault::NotASheet),
        ("Орталық;Орын саны\n".as_bytes(), FileFault::Empty),
    ];
    for (file, fault) in files {
        assert_eq!(report(&tried(&staff, "cohorts", file).send().await).0.file, Some(fault));
    }
    let large = tried(&staff, "students", vec![b';'; FILE_MAX + 1]).send().await;
    large.assert_refused(413, ErrorCode::BodyTooLarge);
}

async fn a_template_is_understood_as_it_is(world: Arc<World>) {
    let staff = world.staff(Role::Coordinator, Some("astana")).await;
    for kind in ["cohorts", "students"] {
        for language in ["kk", "ru", "en"] {
            for format in ["xlsx", "csv"] {
                let path = format!("/api/staff/import/template?kind={kind}&format={format}&language={language}");
                let template = staff.get(&path).send().await;
                let name = format!("attachment; filename=\"tumo-{kind}-{language}.{format}\"");
                assert_eq!((template.status, template.header("content-disposition")), (200, name.as_str()));
                // The example is no row.
                let answer = tried(&staff, kind, template.bytes.clone()).send().await;
                assert_eq!(report(&answer).0.file, Some(FileFault::Empty), "{path}");
                if format == "csv" {
                    // With another name in its place, it is a row without a fault.
                    let example = ["Үлгі жол", "Строка-образец", "Example row"];
                    let filled = example.iter().fold(template.body, |text, example| text.replace(example, "Нұрғалиева"));
                    let (report, faults) = report(&tried(&staff, kind, filled).send().await);
                    assert_eq!((report.ready, report.ignored, faults), (1, Vec::new(), Vec::new()), "{path}");
                }
            }
        }
    }
}

async fn columns_that_are_missing_are_named(world: Arc<World>) {
    let staff = world.staff(Role::Coordinator, Some("astana")).await;
    let file = csv(&["Орталық", "Ескерту", COHORT_HEADINGS[1]], &[vec!["astana".into(), "-".into(), "Таң".into()]]);
    let (report, faults) = report(&tried(&staff, "cohorts", file).send().await);
    let columns: Vec<_> = faults.iter().map(|(row, column, _)| (*row, column.as_str())).collect();
    assert_eq!(columns, [(1, "seats"), (1, "day_1"), (1, "start_1"), (1, "end_1")]);
    assert_eq!((report.rows, report.ignored), (1, vec!["Ескерту".to_owned()]));
}
