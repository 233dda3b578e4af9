//! What stands in the cells of a file in place of machine words, and how it is read back.

use crate::application::Relation;
use crate::catalogue::Track;
use crate::language::{Language, Localized};
use crate::registration::RegistrationState;
use crate::schedule::Slot;
use crate::staff::attendance::MarkStatus;
use crate::staff::cohort::StaffCohort;
use crate::staff::exchange::ImportKind;

/// One text of three, in the order of [`Language`]: Kazakh, Russian, English.
const fn in_language(texts: [&'static str; 3], language: Language) -> &'static str {
    let [kk, ru, en] = texts;
    match language {
        Language::Kazakh => kk,
        Language::Russian => ru,
        Language::English => en,
    }
}

/// The state of a registration.
pub const fn state(state: RegistrationState, language: Language) -> &'static str {
    let texts = match state {
        RegistrationState::Waiting => ["күту тізімінде", "в списке ожидания", "waiting"],
        RegistrationState::Offered => ["орын ұсынылды", "место предложено", "offered a seat"],
        RegistrationState::Enrolled => ["оқиды", "зачислен", "enrolled"],
        RegistrationState::Withdrawn => ["отбасы бас тартты", "семья отказалась", "withdrawn by the family"],
        RegistrationState::Lapsed => ["ұсыныстың мерзімі өтті", "срок предложения истёк", "offer ran out"],
        RegistrationState::Removed => ["орталық шығарды", "отчислен центром", "removed by the centre"],
    };
    in_language(texts, language)
}

/// What a mark says; a session without one is not marked, which is never absent.
pub const fn mark(status: Option<MarkStatus>, language: Language) -> &'static str {
    let texts = match status {
        Some(MarkStatus::Present) => ["қатысты", "присутствие", "present"],
        Some(MarkStatus::Late) => ["кешікті", "опоздание", "late"],
        Some(MarkStatus::Excused) => ["себепті келмеді", "уважительная причина", "excused"],
        Some(MarkStatus::Absent) => ["келмеді", "отсутствие", "absent"],
        Some(MarkStatus::Cleared) | None => ["белгіленбеген", "не отмечено", "not marked"],
    };
    in_language(texts, language)
}

/// The same in one letter or two, for a sheet with a column a day.
pub const fn mark_in_short(status: Option<MarkStatus>, language: Language) -> &'static str {
    let texts = match status {
        Some(MarkStatus::Present) => ["қ", "п", "P"],
        Some(MarkStatus::Late) => ["кш", "оп", "L"],
        Some(MarkStatus::Excused) => ["сб", "ув", "E"],
        Some(MarkStatus::Absent) => ["ж", "н", "A"],
        Some(MarkStatus::Cleared) | None => ["", "", ""],
    };
    in_language(texts, language)
}

const fn relations(relation: Relation) -> [&'static str; 3] {
    match relation {
        Relation::Mother => ["анасы", "мать", "mother"],
        Relation::Father => ["әкесі", "отец", "father"],
        Relation::Representative => ["заңды өкілі", "законный представитель", "legal representative"],
        Relation::Myself => ["өзі", "сам ученик", "the student"],
    }
}

/// What a guardian is to the student.
pub const fn relation(relation: Relation, language: Language) -> &'static str {
    in_language(relations(relation), language)
}

/// Other words in use for the same.
const RELATIONS_TOO: [(&str, Relation); 12] = [
    ("ана", Relation::Mother),
    ("шешесі", Relation::Mother),
    ("мама", Relation::Mother),
    ("әке", Relation::Father),
    ("папа", Relation::Father),
    ("қамқоршысы", Relation::Representative),
    ("қорғаншысы", Relation::Representative),
    ("өкілі", Relation::Representative),
    ("опекун", Relation::Representative),
    ("попечитель", Relation::Representative),
    ("представитель", Relation::Representative),
    ("guardian", Relation::Representative),
];

/// The cohort a cell names, if it names one only: by its identifier, its label, or its hours as files write them.
pub fn read_cohort<'a>(cell: &str, cohorts: &'a [StaffCohort]) -> Option<&'a StaffCohort> {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let wanted = plain(cell);
    let by_id = cohorts.iter().find(|cohort| cohort.id.to_lowercase() == wanted);
    let only = |is: &dyn Fn(&StaffCohort) -> bool| {
        let mut found = cohorts.iter().filter(|cohort| is(cohort));
        found.next().filter(|_| found.next().is_none())
    };
    let labelled = || only(&|cohort| cohort.label.as_deref().is_some_and(|label| plain(label) == wanted));
    let of_hours = |one: &StaffCohort| {
        one.label.is_none() && Language::ALL.iter().any(|language| plain(&cohort(None, &one.slots, *language)) == wanted)
    };
    by_id.or_else(labelled).or_else(|| only(&of_hours))
}

/// The relation a cell says, in whichever language.
pub fn read_relation(cell: &str) -> Option<Relation> {
    let word = cell.to_lowercase();
    let known = Relation::ALL.iter().copied().find(|relation| relations(*relation).contains(&&*word));
    let other = || RELATIONS_TOO.iter().find(|(other, _)| *other == word).map(|(_, relation)| *relation);
    known.or_else(other).or_else(|| Relation::parse(&word))
}

const EXAMPLES: [&str; 3] = ["Үлгі жол", "Строка-образец", "Example row"];

/// By what the row is known that shows how a template is filled in: it stands in the column of surnames or of labels. Left where it
/// is, the row does no harm.
pub const fn example(language: Language) -> &'static str {
    in_language(EXAMPLES, language)
}

/// Whether a cell says that.
pub fn is_example(cell: &str) -> bool {
    EXAMPLES.contains(&cell)
}

/// What the sheet of an import is called.
pub const fn import(kind: ImportKind, language: Language) -> &'static str {
    let texts = match kind {
        ImportKind::Cohorts => ["Топтар", "Группы", "Groups"],
        ImportKind::Students => ["Оқушылар", "Ученики", "Students"],
    };
    in_language(texts, language)
}

/// What the sheet of a roster is called.
pub const fn roster(language: Language) -> &'static str {
    in_language(["Оқушылар тізімі", "Список учеников", "Roster"], language)
}

/// Yes or no.
pub const fn yes_or_no(yes: bool, language: Language) -> &'static str {
    in_language(if yes { ["иә", "да", "yes"] } else { ["жоқ", "нет", "no"] }, language)
}

/// Weekdays from Monday: short and long in each language.
const WEEKDAYS: [[[&str; 2]; 3]; 7] = [
    [["дс", "дүйсенбі"], ["пн", "понедельник"], ["mon", "monday"]],
    [["сс", "сейсенбі"], ["вт", "вторник"], ["tue", "tuesday"]],
    [["ср", "сәрсенбі"], ["ср", "среда"], ["wed", "wednesday"]],
    [["бс", "бейсенбі"], ["чт", "четверг"], ["thu", "thursday"]],
    [["жм", "жұма"], ["пт", "пятница"], ["fri", "friday"]],
    [["сб", "сенбі"], ["сб", "суббота"], ["sat", "saturday"]],
    [["жс", "жексенбі"], ["вс", "воскресенье"], ["sun", "sunday"]],
];

/// A weekday, 1 for Monday, by its long name.
pub fn weekday(weekday: u8, language: Language) -> &'static str {
    let place = usize::from(weekday).saturating_sub(1);
    WEEKDAYS.get(place).map_or("", |names| in_language(names.map(|[_, long]| long), language))
}

/// What a cohort is called: the label staff gave it, or its hours, as in “Дс, Ср 09:00–11:00”.
pub fn cohort(label: Option<&str>, slots: &[Slot], language: Language) -> String {
    if let Some(label) = label {
        return label.to_owned();
    }
    let hours = |slot: &Slot| [(slot.start, "–"), (slot.end, "")].map(|(minute, end)| time(minute) + end).concat();
    let short = |slot: &Slot| {
        let names = WEEKDAYS.get(usize::from(slot.weekday).saturating_sub(1));
        let name = names.map_or("", |names| in_language(names.map(|[short, _]| short), language));
        name.chars().take(1).flat_map(char::to_uppercase).chain(name.chars().skip(1)).collect::<String>()
    };
    let alike = slots.chunk_by(|one, other| (one.start, one.end) == (other.start, other.end));
    let told = alike.filter_map(|slots| {
        Some(format!("{} {}", slots.iter().map(short).collect::<Vec<_>>().join(", "), hours(slots.first()?)))
    });
    told.collect::<Vec<_>>().join("; ")
}

/// A minute of the day as `HH:MM`.
pub fn time(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// The weekday a cell says: a name, short or long, in whichever language, or a number from 1 for Monday.
pub fn read_weekday(cell: &str) -> Option<u8> {
    let word = cell.trim_end_matches('.').to_lowercase();
    (1..)
        .zip(&WEEKDAYS)
        .find(|(number, names)| word == number.to_string() || names.as_flattened().contains(&&*word))
        .map(|(number, _)| number)
}

/// The minute of the day a cell says: `9:00`, `09.00`, `9-00`, `09:00:00` or `9`.
pub fn read_time(cell: &str) -> Option<u16> {
    let mut parts = cell.split([':', '.', '-']);
    let number = |part: &str| {
        (matches!(part.len(), 1 | 2) && part.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| part.parse::<u16>().ok())
            .flatten()
    };
    let hours = number(parts.next()?)?;
    let minutes = parts.next().map_or(Some(0), number)?;
    let seconds = parts.next().map_or(Some(0), number)?;
    let possible = parts.next().is_none() && minutes < 60 && seconds == 0 && 60 * hours + minutes <= 24 * 60;
    possible.then_some(60 * hours + minutes)
}

/// The tracks a cell names, by name in whichever language or by identifier, with commas, semicolons or line breaks between them. A
/// name nobody knows stays as it is: whoever checks the choice refuses it.
pub fn read_tracks(cell: &str, tracks: &[Track]) -> Vec<String> {
    let named = |text: &str| {
        let known = tracks.iter().find(|track| is_called(text, &track.id, &track.name));
        known.map_or_else(|| text.to_owned(), |track| track.id.clone())
    };
    cell.split([',', ';', '\n']).map(str::trim).filter(|text| !text.is_empty()).map(named).collect()
}

/// Whether something with this identifier and name is meant.
pub(super) fn is_called(text: &str, id: &str, name: &Localized) -> bool {
    let text = text.to_lowercase();
    [id, &name.kk, &name.ru, &name.en].iter().any(|known| known.to_lowercase() == text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{catalogue, staff_cohort};

    #[test]
    fn whatever_is_written_is_read_back() {
        for language in Language::ALL {
            for known in Relation::ALL {
                assert_eq!(read_relation(relation(*known, *language)), Some(*known));
                assert_eq!(read_relation(known.as_str()), Some(*known));
            }
            for day in 1..=7 {
                assert_eq!(read_weekday(weekday(day, *language)), Some(day));
                assert_eq!(read_weekday(&day.to_string()), Some(day));
            }
            let states: Vec<_> = RegistrationState::ALL.iter().map(|known| state(*known, *language)).collect();
            assert!(states.iter().all(|word| states.iter().filter(|other| *other == word).count() == 1));
        }
        for language in Language::ALL {
            let statuses = MarkStatus::ALL.iter().filter(|status| **status != MarkStatus::Cleared).copied().map(Some);
            let words: Vec<_> = statuses.clone().chain([None]).map(|status| mark(status, *language)).collect();
            let letters: Vec<_> = statuses.map(|status| mark_in_short(status, *language)).collect();
            assert!(words.iter().all(|word| words.iter().filter(|other| *other == word).count() == 1));
            assert!(letters.iter().all(|word| letters.iter().filter(|other| *other == word).count() == 1));
            assert_eq!(mark(Some(MarkStatus::Cleared), *language), mark(None, *language));
        }
        assert_eq!(read_relation("Мама"), Some(Relation::Mother));
        assert_eq!(read_relation("сосед"), None);
        assert_eq!(read_weekday("Ср."), Some(3));
        assert_eq!((read_weekday("0"), read_weekday("8"), read_weekday("завтра")), (None, None, None));
    }

    #[test]
    fn a_cohort_is_called_by_its_label_or_its_hours() {
        let slot = |weekday, start| Slot { weekday, start, end: start + 120 };
        let slots = [slot(1, 540), slot(3, 540), slot(6, 600)];
        assert_eq!(cohort(Some("Алатау"), &slots, Language::Kazakh), "Алатау");
        assert_eq!(cohort(None, &slots, Language::Kazakh), "Дс, Ср 09:00–11:00; Сб 10:00–12:00");
        assert_eq!(cohort(None, &slots, Language::English), "Mon, Wed 09:00–11:00; Sat 10:00–12:00");
    }

    #[test]
    fn a_cohort_is_read_back_by_what_names_it_alone() {
        let cohort = |id: &str, label: Option<&str>| StaffCohort { label: label.map(str::to_owned), ..staff_cohort(id) };
        let cohorts =
            [cohort("a-1", Some("Алатау")), cohort("a-2", Some("Таң")), cohort("a-3", Some("таң")), cohort("a-4", None)];
        let read = |cell: &str| read_cohort(cell, &cohorts).map(|cohort| cohort.id.as_str());
        assert_eq!((read("A-2"), read(" АЛАТАУ "), read("Таң"), read("")), (Some("a-2"), Some("a-1"), None, None));
        assert_eq!((read("Вт, Чт 09:00–11:00"), read("Сс, Бс 09:00–11:00")), (Some("a-4"), Some("a-4")));
    }

    #[test]
    fn times_as_people_write_them() {
        for nine in ["9:00", "09:00", "9.00", "09-00", "9", "09:00:00"] {
            assert_eq!(read_time(nine), Some(540), "{nine}");
        }
        assert_eq!(read_time("24:00"), Some(1440));
        for wrong in ["", "9:60", "25:00", "24:01", "9:00:30", "900", "девять", "9:0a", "9:00:00:00"] {
            assert_eq!(read_time(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn tracks_are_known_by_any_of_their_names() {
        let tracks = catalogue().tracks;
        assert_eq!(read_tracks(" Music; robotics,", &tracks), ["music", "robotics"]);
        assert_eq!(read_tracks("music, вязание", &tracks), ["music", "вязание"]);
        assert!(read_tracks(" ", &tracks).is_empty());
    }
}
