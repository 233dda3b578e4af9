//! Families that don't exist: students with their guardians.

use domain::date::Date;

use super::chance::Chance;
use super::names::{self, Line};

/// One of these asks for places.
pub struct Family {
    /// Language of the form.
    pub language: &'static str,
    /// `guardian` or `student`.
    pub filled_by: &'static str,
    /// Take a seat from the waiting list without asking first.
    pub take_at_once: bool,
    /// The main contact first.
    pub guardians: Vec<Guardian>,
    /// Brothers and sisters.
    pub students: Vec<Student>,
}

/// Whom to call.
pub struct Guardian {
    pub surname: String,
    pub given_name: String,
    pub patronymic: Option<String>,
    pub relation: &'static str,
    pub phone: String,
    pub typed: String,
    pub email: Option<String>,
}

/// Who comes.
pub struct Student {
    pub surname: String,
    pub given_name: String,
    pub patronymic: Option<String>,
    pub born_on: Date,
    pub school: Option<String>,
    pub grade: Option<String>,
    /// How likely they come to a session, from 0 to 1.
    pub diligence: f64,
}

/// First digits of telephones; the three after them are zeros, which no operator has given out so far as we know.
const PREFIXES: [&str; 13] = ["700", "701", "702", "705", "707", "708", "747", "771", "775", "776", "777", "778", "706"];

/// Domains that belong to nobody for ever (RFC 2606).
const DOMAINS: [&str; 4] = ["example.com", "example.org", "post.example", "mail.example"];

const SCHOOLS: [&str; 8] = [
    "№ {} мектеп-лицей",
    "№ {} орта мектеп",
    "№ {} мектеп-гимназия",
    "Школа № {}",
    "Школа-лицей № {}",
    "Школа-гимназия № {}",
    "№ {} IT мектеп-лицейі",
    "СОШ № {}",
];

/// Letters of parallel classes.
const CLASSES: [&str; 6] = ["А", "Ә", "Б", "В", "Г", "Д"];

impl Family {
    /// The family of this number, which registers so many children for sessions that begin on `first_session`.
    pub fn draw(chance: &mut Chance, first_session: Date, children: usize, number: usize) -> Self {
        let line = Line::draw(chance);
        let school = chance.percent(88.0).then(|| {
            let number = chance.between(1, 120).to_string();
            chance.of(&SCHOOLS).replace("{}", &number)
        });
        let mut students: Vec<Student> = Vec::new();
        while students.len() < children {
            let one = student(chance, &line, first_session, school.as_deref());
            // Brothers have names of their own.
            if students.iter().all(|other| other.given_name != one.given_name) {
                students.push(one);
            }
        }
        let filled_by = if chance.percent(82.0) { "guardian" } else { "student" };
        Self {
            language: line.language(chance),
            filled_by,
            take_at_once: chance.percent(22.0),
            guardians: guardians(chance, &line, number),
            students,
        }
    }
}

fn student(chance: &mut Chance, line: &Line, first_session: Date, school: Option<&str>) -> Student {
    let girl = chance.percent(49.0);
    // Twelve to seventeen on the first day, the younger ones more often.
    let age = 12 + chance.weighted([22.0, 21.0, 19.0, 17.0, 13.0, 8.0].into_iter()).unwrap_or_default() as i32;
    let birthday = Date::new(first_session.year() - age - 1, first_session.month(), first_session.day().min(28));
    let born_on = birthday.unwrap_or(first_session).plus_days(chance.between(1, 364) as u64);
    let grade = (age - 6 + i32::from(chance.percent(50.0))).min(11);
    let diligence = match chance.weighted([66.0, 24.0, 10.0].into_iter()) {
        Some(0) => 0.86 + 0.12 * chance.fraction(),
        Some(1) => 0.62 + 0.2 * chance.fraction(),
        _ => 0.2 + 0.3 * chance.fraction(),
    };
    Student {
        surname: line.surname(girl),
        given_name: line.given_name(girl, chance).to_owned(),
        patronymic: chance.percent(78.0).then(|| line.patronymic(girl)),
        born_on,
        school: school.map(str::to_owned),
        grade: (school.is_some() && chance.percent(90.0)).then(|| format!("{grade} {}", chance.of(&CLASSES))),
        diligence,
    }
}

fn guardians(chance: &mut Chance, line: &Line, number: usize) -> Vec<Guardian> {
    let mother_first = chance.percent(71.0);
    let both = chance.percent(44.0);
    let sexes = [mother_first, !mother_first];
    let persons = sexes.into_iter().take(if both { 2 } else { 1 });
    persons.enumerate().map(|(place, mother)| guardian(chance, line, mother, 2 * number + place)).collect()
}

fn guardian(chance: &mut Chance, line: &Line, mother: bool, number: usize) -> Guardian {
    let own = line.maiden.clone().filter(|_| mother);
    let surname = own.unwrap_or_else(|| line.surname(mother));
    let given_name = if mother { line.mother } else { line.father };
    // No number and no address is given twice.
    let (prefix, rest) = (PREFIXES[number % PREFIXES.len()], format!("{:04}", number / PREFIXES.len() % 10_000));
    let (head, tail) = rest.split_at(2);
    let typed = match number % 3 {
        0 => format!("8 {prefix} 000 {head} {tail}"),
        1 => format!("+7 ({prefix}) 000-{head}-{tail}"),
        _ => format!("8{prefix}000{rest}"),
    };
    let address = || format!("{}.{}{number}", names::latin(given_name), names::latin(&surname));
    let email = chance.percent(86.0).then(|| format!("{}@{}", address(), DOMAINS[number % DOMAINS.len()]));
    Guardian {
        patronymic: None,
        relation: if chance.percent(3.0) {
            "representative"
        } else if mother {
            "mother"
        } else {
            "father"
        },
        phone: format!("+7{prefix}000{rest}"),
        typed,
        email,
        surname,
        given_name: given_name.to_owned(),
    }
}
