//! Where the story takes place: the seed's centres and cohorts with what half a year adds to them, and the staff.

use anyhow::{Context, Result, ensure};
use domain::date::{Date, Timestamp};
use domain::schedule::{Session, Slot, sessions};
use rusqlite::{Connection, params};

use super::chance::Chance;
use super::staff::{Staff, Team};
use super::{DAY_MS, Plan};

/// Centres, cohorts, days and people the story is about.
pub struct House {
    /// The intake's identifier.
    pub intake: String,
    /// The moment it opened.
    pub opens_at: Timestamp,
    /// The first day with sessions.
    pub first_session: Date,
    /// The consent text in force, with the purposes that have to be agreed to first.
    pub consent: String,
    /// Centres, in the order of display.
    pub centres: Vec<String>,
    /// Cohorts, centre by centre.
    pub cohorts: Vec<Cohort>,
    /// The administrators, and the staff of each centre.
    pub staff: Staff,
}

/// A cohort of the story.
pub struct Cohort {
    /// Identifier.
    pub id: String,
    /// Place of its centre in [`House::centres`].
    pub centre: usize,
    /// Tracks on offer.
    pub tracks: Vec<String>,
    /// How much it is asked for, beside others.
    pub appeal: f64,
    /// Its sessions until now.
    pub sessions: Vec<Session>,
    /// Who teaches it: places in the centre's team.
    pub trainers: Vec<usize>,
    /// Whether it takes newcomers.
    pub open: bool,
}

/// How many weeks ago the intake opened, its sessions began, and how many weeks they last.
const OPENED_WEEKS_AGO: i64 = 26;
const BEGAN_WEEKS_AGO: i64 = 18;
const WEEKS: u64 = 36;

/// In which week of the intake's sessions each cohort of a centre has its first: rooms and trainers are found one after another.
const FIRST_WEEKS: [u64; 25] = [0, 0, 0, 0, 6, 6, 6, 6, 6, 12, 12, 12, 12, 12, 12, 12, 15, 15, 15, 15, 15, 15, 20, 20, 20];

/// Cohorts of the seed that the story leaves out, so that a centre has twenty-five.
const LEFT_OUT: [&str; 6] =
    ["astana-sat-mon", "astana-sat-fri", "astana-lab-music", "almaty-sat-mon", "almaty-sat-fri", "almaty-lab-filmmaking"];

/// What coordinators call their cohorts, to tell groups with the same hours apart.
const LABELS: &str = "\
    Алатау Алтай Арай Аққу Ақсұңқар Байқоңыр Барыс Бәйтерек Бурабай Бүркіт Дала Думан Еділ Ертіс Есіл Жайық Жетісу \
    Жұлдыз Зайсан Көкжиек Көктем Қазына Қарлығаш Құлагер Қыран Маңғыстау Медеу Мұзтау Наурыз Орда Өрлеу Сайран Самұрық \
    Сарыарқа Сұңқар Тарлан Тобыл Тұлпар Тұран Түркістан Ұлытау Үркер Хантәңірі Шабыт Шапағат Шолпан Іле Ілгері Нұржол \
    Толағай";

/// How many students can sit in a centre at a time: two of its large cohorts, and no lab beside them.
const WORKSTATIONS: u32 = 400;

impl House {
    /// Turns the seed's intake into one that opened half a year ago, and moves in.
    pub fn furnish(database: &Connection, plan: &Plan, chance: &mut Chance) -> Result<Self> {
        let today = plan.now.local_date();
        let monday = |weeks: i64| {
            let day = Timestamp(plan.now.0 - (weeks * 7 + i64::from(today.weekday()) - 1) * DAY_MS);
            day.local_date()
        };
        let (opening, first_session) = (monday(OPENED_WEEKS_AGO), monday(BEGAN_WEEKS_AGO));
        let opens_at = Timestamp::of_local(opening.plus_days(1), 10 * 60);
        let intake: String = database.query_row("SELECT id FROM intakes", [], |row| row.get(0)).context("one intake")?;
        database.execute(
            "UPDATE intakes SET opens_at = ?1, closes_at = ?2, first_session_on = ?3, last_session_on = ?4",
            params![
                opens_at.0,
                Timestamp::of_local(today.plus_days(24), 18 * 60).0,
                first_session.to_string(),
                first_session.plus_days(WEEKS * 7 - 2).to_string(),
            ],
        )?;
        database.execute("UPDATE centres SET workstations = ?1", [WORKSTATIONS])?;
        close_days(database, opening, today)?;
        let centres: Vec<String> = texts(database, "SELECT id FROM centres ORDER BY place", [])?;
        let staff = Staff::hire(database, plan, &centres, opens_at, chance)?;
        leave_out(database, plan)?;
        let mut house = Self {
            consent: database.query_row("SELECT max(version) FROM consent_texts", [], |row| row.get(0))?,
            cohorts: Vec::new(),
            intake,
            opens_at,
            first_session,
            centres,
            staff,
        };
        for centre in 0..house.centres.len() {
            house.furnish_centre(database, plan, chance, centre)?;
        }
        ensure!(!house.cohorts.is_empty(), "the seed holds no cohorts");
        Ok(house)
    }

    fn furnish_centre(&mut self, database: &Connection, plan: &Plan, chance: &mut Chance, centre: usize) -> Result<()> {
        let name = self.centres[centre].clone();
        let ids: Vec<String> = texts(database, "SELECT id FROM cohorts WHERE centre_id = ?1 ORDER BY place", [&name])?;
        let trainers = self.staff.centres[centre].trainers.len();
        let mut weeks = FIRST_WEEKS;
        shuffle(&mut weeks, chance);
        for (place, id) in ids.iter().enumerate() {
            // A small story has few cohorts: it begins with some of the oldest.
            let week = if ids.len() < weeks.len() { FIRST_WEEKS[place * 5 % weeks.len()] } else { weeks[place % weeks.len()] };
            let begins = self.first_session.plus_days(week * 7);
            let slots = slots(database, id)?;
            let lab = id.contains("-lab-");
            let most = if lab { 24.0 } else { *chance.of(&[200.0, 200.0, 200.0, 180.0, 160.0]) };
            let seats = ((most * plan.crowding()) as u32).max(8);
            database.execute(
                "UPDATE cohorts SET seats = ?2, label = ?3, slots_from = ?4 WHERE id = ?1",
                params![id, seats, LABELS.split_whitespace().nth(self.cohorts.len()), (week > 0).then(|| begins.to_string())],
            )?;
            // One cohort of each centre has nobody yet, and two have somebody who is expected elsewhere at that hour.
            let first = if place < 2 { 0 } else { place % trainers };
            let trainers = if place == 6 { Vec::new() } else { vec![first, (first + trainers / 2) % trainers] };
            for trainer in &trainers {
                let trainer = &self.staff.centres[centre].trainers[*trainer];
                database
                    .execute("INSERT INTO cohort_trainers (cohort_id, staff_id) VALUES (?1, ?2)", params![id, trainer.id])?;
            }
            let closed = closed_days(database, &name)?;
            let mut held = sessions(&slots, begins, plan.now.local_date());
            held.retain(|session| !closed.contains(&session.date.to_string()));
            self.cohorts.push(Cohort {
                tracks: texts(database, "SELECT track_id FROM cohort_tracks WHERE cohort_id = ?1", [id])?,
                appeal: appeal(id) * (0.8 + 0.4 * chance.fraction()),
                sessions: held.into_iter().filter(|session| session.ends_at() < plan.now).collect(),
                id: id.clone(),
                centre,
                trainers,
                open: true,
            });
        }
        Ok(())
    }

    /// The team of a cohort's centre.
    pub fn team(&self, cohort: usize) -> &Team {
        &self.staff.centres[self.cohorts[cohort].centre]
    }
}

/// Afternoons and Saturdays are asked for most: many schools teach in the morning.
fn appeal(id: &str) -> f64 {
    match id {
        id if id.contains("-lab-") => 0.2,
        id if id.contains("-sat-") => 1.25,
        id if id.ends_with("1630") => 1.35,
        id if id.ends_with("1430") => 1.0,
        id if id.ends_with("1100") => 0.7,
        _ => 0.4,
    }
}

/// Cohorts beyond what the plan has.
fn leave_out(database: &Connection, plan: &Plan) -> Result<()> {
    let all: Vec<(String, String)> = database
        .prepare("SELECT id, centre_id FROM cohorts ORDER BY centre_id, place")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let (mut centre, mut place) = (String::new(), 0);
    for (id, of) in all {
        if centre != of {
            (centre, place) = (of, 0);
        }
        let kept = !LEFT_OUT.contains(&id.as_str());
        // Few, but of every time of the day.
        let step = FIRST_WEEKS.len() / plan.cohorts_a_centre;
        if !kept || place % step != 0 || place / step >= plan.cohorts_a_centre {
            for table in ["slots", "cohort_tracks"] {
                database.execute(&format!("DELETE FROM {table} WHERE cohort_id = ?1"), [&id])?;
            }
            database.execute("DELETE FROM cohorts WHERE id = ?1", [&id])?;
        }
        place += usize::from(kept);
    }
    Ok(())
}

/// The holidays of the year before, when the story began in it, and days on which one centre was closed.
fn close_days(database: &Connection, opening: Date, today: Date) -> Result<()> {
    database.execute(
        "INSERT INTO closed_days (day, reason_kk, reason_ru, reason_en)
        SELECT date(day, '-1 year'), reason_kk, reason_ru, reason_en FROM closed_days AS known
        WHERE date(day, '-1 year') >= ?1
            AND NOT EXISTS (SELECT 1 FROM closed_days AS other WHERE other.day = date(known.day, '-1 year'))",
        [opening.to_string()],
    )?;
    for (centre, days_before, kk, ru, en) in [
        ("astana", 45, "Боран: жол жабық", "Буран: дороги закрыты", "Snowstorm: roads are closed"),
        ("almaty", 31, "Ғимаратта жылу жөнделіп жатыр", "В здании чинят отопление", "Heating is being mended"),
    ] {
        let day = Timestamp(Timestamp::of_local(today, 0).0 - days_before * DAY_MS).local_date();
        database.execute(
            "INSERT INTO closed_days (day, centre_id, reason_kk, reason_ru, reason_en) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![day.to_string(), centre, kk, ru, en],
        )?;
    }
    Ok(())
}

fn closed_days(database: &Connection, centre: &str) -> Result<Vec<String>> {
    texts(database, "SELECT day FROM closed_days WHERE centre_id IS NULL OR centre_id = ?1", [centre])
}

fn slots(database: &Connection, cohort: &str) -> Result<Vec<Slot>> {
    let mut slots =
        database.prepare("SELECT weekday, starts, ends FROM slots WHERE cohort_id = ?1 ORDER BY weekday, starts")?;
    let slot = |row: &rusqlite::Row<'_>| Ok(Slot { weekday: row.get(0)?, start: row.get(1)?, end: row.get(2)? });
    Ok(slots.query_map([cohort], slot)?.collect::<rusqlite::Result<_>>()?)
}

fn texts(database: &Connection, sql: &str, parameters: impl rusqlite::Params) -> Result<Vec<String>> {
    Ok(database.prepare(sql)?.query_map(parameters, |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}

fn shuffle<T>(list: &mut [T], chance: &mut Chance) {
    for place in (1..list.len()).rev() {
        list.swap(place, chance.between(0, place as i64) as usize);
    }
}
