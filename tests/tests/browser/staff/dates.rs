//! The sessions of a cohort by their dates, and closed days.

use std::sync::Arc;

use domain::date::Date;
use domain::language::Language;
use domain::schedule::sessions;
use domain::staff::access::Role;
use domain::staff::attendance::{SessionState, StaffSession, StaffSessions};

use super::Colleague;
use super::cohorts::{SATURDAY, own_cohort};
use crate::phone::Screen;
use crate::stage::{Stage, journeys};

journeys![a_session_is_moved_called_off_and_brought_back, a_closed_day_calls_sessions_off_until_it_is_removed];

/// The day of the session of this number of a cohort that meets on Saturdays.
fn saturday(stage: &Stage, number: usize) -> Date {
    let intake = &stage.world.catalogue.intake;
    sessions(&[SATURDAY], intake.first_session_on, intake.last_session_on)[number].date
}

async fn of_day(colleague: &Colleague, cohort: &str, date: Date) -> Vec<StaffSession> {
    let path = format!("/api/staff/sessions?from={date}&to={date}&cohort={cohort}");
    colleague.staff.get(&path).send().await.json::<StaffSessions>().sessions
}

async fn a_session_is_moved_called_off_and_brought_back(stage: Arc<Stage>) {
    for (screen, language, label) in [(Screen::Desk, Language::Kazakh, "Жайық"), (Screen::Phone, Language::Russian, "Ойыл")]
    {
        let id = own_cohort(&stage, label, 6, &[]).await;
        let path = format!("/staff/cohorts/{id}/sessions");
        let colleague = Colleague::at(&path, &stage, Role::Coordinator, Some("astana"), screen, language).await;
        colleague.device.sees(".table tbody tr").await;
        colleague.looks_at("cohort").await;
        // The first Saturday is a holiday already.
        let (second, sunday) = (saturday(&stage, 1), saturday(&stage, 1).plus_days(1));

        colleague.device.presses("tr:nth-child(2) [data-test=move]").await;
        colleague.device.sees("dialog[open]").await;
        colleague.device.sets("session-end", "14:00").await;
        colleague.device.types("session-reason", "Залда жарық жоқ").await;
        colleague.device.presses("dialog [type=submit]").await;
        colleague.device.has_the_focus_on("#session-errors").await;
        colleague.looks_at("session-move-refused").await;
        colleague.device.sets("session-date", &sunday.to_string()).await;
        colleague.device.sets("session-end", "17:00").await;
        colleague.device.presses("dialog [type=submit]").await;
        colleague.device.reads(".toasts", colleague.words("sessions.moved_said")).await;
        colleague.device.reads(".table tbody", "Залда жарық жоқ").await;
        colleague.looks_at("cohort-session-moved").await;
        assert_eq!(of_day(&colleague, &id, second).await, []);
        assert_eq!(of_day(&colleague, &id, sunday).await[0].state, SessionState::Moved);

        colleague.device.presses("tr:nth-child(2) [data-test=restore]").await;
        colleague.device.types("question-reason", "Жарық берілді").await;
        colleague.device.presses("dialog [type=submit]").await;
        colleague.device.reads(".toasts", colleague.words("sessions.restored_said")).await;
        assert_eq!(of_day(&colleague, &id, second).await[0].state, SessionState::Planned);

        colleague.device.presses("tr:nth-child(2) [data-test=call-off]").await;
        colleague.device.reads("dialog", colleague.words("sessions.cancel_text")).await;
        colleague.device.types("question-reason", "Тренер ауырып қалды").await;
        colleague.device.presses("dialog [type=submit]").await;
        colleague.device.reads(".table tbody", colleague.words("sessions.cancelled")).await;
        colleague.looks_at("cohort-session-called-off").await;
        assert_eq!(of_day(&colleague, &id, second).await[0].state, SessionState::Cancelled);
        colleague.leaves().await;
    }
}

async fn a_closed_day_calls_sessions_off_until_it_is_removed(stage: Arc<Stage>) {
    for (screen, language, number) in [(Screen::Desk, Language::Russian, 3), (Screen::Phone, Language::Kazakh, 5)] {
        let date = saturday(&stage, number);
        let colleague = Colleague::at("/staff/cohorts", &stage, Role::Coordinator, Some("astana"), screen, language).await;
        colleague.device.presses("#cohorts-parts-tab-closed-days").await;
        colleague.waits().await;
        colleague.device.presses("[data-test=add-closed-day]").await;
        colleague.device.sees("dialog[open]").await;
        // Everything that is missing is said at once.
        colleague.device.presses("dialog [type=submit]").await;
        colleague.device.has_the_focus_on("#closed-day-errors").await;
        colleague.device.reads("#closed-day-date-error", colleague.words("closed_days.date_missing")).await;
        colleague.device.reads("#closed-day-reason-ru-error", colleague.words("fault.required")).await;
        colleague.looks_at("closed-day-form").await;
        colleague.device.sets("closed-day-date", &date.to_string()).await;
        // How the sentence goes on depends on the number, and that on the cohorts of other journeys.
        let begins = colleague.words("closed_days.calls_off").split(' ').take(2).collect::<Vec<_>>().join(" ");
        colleague.device.reads("dialog [role=status]", &begins).await;
        colleague.device.types("closed-day-reason-kk", "Ғимарат жөнделуде").await;
        colleague.device.types("closed-day-reason-ru", "Ремонт здания").await;
        colleague.device.types("closed-day-reason-en", "Repairs").await;
        colleague.device.presses("dialog [type=submit]").await;
        let written = format!("{:02}.{:02}.{}", date.day(), date.month(), date.year());
        colleague.device.reads(".table tbody", &written).await;
        colleague.looks_at("closed-days").await;
        let sessions: StaffSessions =
            colleague.staff.get(&format!("/api/staff/sessions?from={date}&to={date}")).send().await.json();
        assert!(!sessions.sessions.is_empty());
        assert!(sessions.sessions.iter().all(|session| session.state == SessionState::Closed));

        let row = format!("tr:has([data-column=date]):nth-child({})", number_of_row(&colleague, &written).await);
        colleague.device.presses(&format!("{row} [data-test=remove]")).await;
        colleague.looks_at("closed-day-remove").await;
        colleague.device.presses("dialog [type=submit]").await;
        // Not by the message: the one before names the day too.
        const GONE: &str =
            "return [...document.querySelectorAll('.table tbody tr')].every((row) => !row.innerText.includes(arguments[0]))";
        colleague.device.waits_for("the day to be gone", GONE, vec![written.into()]).await;
        let sessions: StaffSessions =
            colleague.staff.get(&format!("/api/staff/sessions?from={date}&to={date}")).send().await.json();
        assert!(sessions.sessions.iter().all(|session| session.state != SessionState::Closed));
        colleague.leaves().await;
    }
}

/// Which row is about this day, counted from 1.
async fn number_of_row(colleague: &Colleague, day: &str) -> usize {
    let rows = colleague.device.texts(".table tbody tr").await;
    rows.iter().position(|row| row.contains(day)).expect("a row of this day") + 1
}
