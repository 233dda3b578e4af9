//! Addresses: reading them, writing them, moving between them.

use crate::session::Session;
use app::dom;
use app::router::followed;
use domain::date::Date;
use domain::staff::access::Right;
use leptos::prelude::*;

/// Where every address of the console begins.
pub const ROOT: &str = "/staff";

/// A page of the console.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Page {
    /// Where everybody begins: [`Session::first_page`] is shown there.
    Home,
    /// Figures of the intake.
    Overview,
    /// Where nobody is signed in. Every other page shows the same form as long as nobody is.
    SignIn,
    /// The same for whom the organisation vouches: an address that an identity provider guards, which is passed on the way here.
    Organisation,
    /// The cohorts.
    Cohorts,
    /// One cohort: its seats, its sessions, what can be done with it.
    Cohort {
        /// The cohort.
        cohort: String,
    },
    /// The students of one cohort.
    Roster {
        /// The cohort.
        cohort: String,
    },
    /// A student added to a cohort by hand.
    AddStudent {
        /// The cohort.
        cohort: String,
    },
    /// Sessions to be marked.
    RollCall,
    /// The marks of one session.
    Session {
        /// The cohort.
        cohort: String,
        /// The day.
        date: Date,
        /// The minute of the day at which it begins.
        start: u16,
    },
    /// Looking for a student.
    Students,
    /// Files of attendance and rosters.
    Exports,
    /// Files of cohorts and students taken in.
    Import,
    /// Who did what, when and why.
    Journal,
    /// Staff members.
    Members,
    /// One's own account.
    Account,
    /// Nothing known.
    Lost,
}

impl Page {
    /// Reads a path.
    pub fn parse(path: &str) -> Page {
        let mut parts = path.split('/').filter(|part| !part.is_empty()).skip(1);
        match [parts.next(), parts.next(), parts.next(), parts.next(), parts.next()] {
            [None, ..] => Page::Home,
            [Some("overview"), None, ..] => Page::Overview,
            [Some("sign-in"), None, ..] => Page::SignIn,
            [Some("organisation"), None, ..] => Page::Organisation,
            [Some("cohorts"), None, ..] => Page::Cohorts,
            [Some("cohorts"), Some(cohort), None, ..] => Page::Roster { cohort: cohort.to_owned() },
            [Some("cohorts"), Some(cohort), Some("add"), None, _] => Page::AddStudent { cohort: cohort.to_owned() },
            [Some("cohorts"), Some(cohort), Some("sessions"), None, _] => Page::Cohort { cohort: cohort.to_owned() },
            [Some("roll-call"), None, ..] => Page::RollCall,
            [Some("roll-call"), Some(cohort), Some(date), Some(start), None] => match (Date::parse(date), minute(start)) {
                (Some(date), Some(start)) => Page::Session { cohort: cohort.to_owned(), date, start },
                _ => Page::Lost,
            },
            [Some("students"), None, ..] => Page::Students,
            [Some("exports"), None, ..] => Page::Exports,
            [Some("import"), None, ..] => Page::Import,
            [Some("journal"), None, ..] => Page::Journal,
            [Some("members"), None, ..] => Page::Members,
            [Some("account"), None, ..] => Page::Account,
            _ => Page::Lost,
        }
    }

    /// The address of the page.
    pub fn path(&self) -> String {
        let rest = match self {
            Page::Home | Page::Lost => "",
            Page::Overview => "/overview",
            Page::SignIn => "/sign-in",
            Page::Organisation => "/organisation",
            Page::Cohorts => "/cohorts",
            Page::Cohort { cohort } => return [ROOT, "/cohorts/", cohort, "/sessions"].concat(),
            Page::Roster { cohort } => return [ROOT, "/cohorts/", cohort].concat(),
            Page::AddStudent { cohort } => return [ROOT, "/cohorts/", cohort, "/add"].concat(),
            Page::RollCall => "/roll-call",
            Page::Session { cohort, date, start } => {
                return [ROOT, "/roll-call/", cohort, "/", &date.to_string(), "/", &app::format::time(*start)].concat();
            }
            Page::Students => "/students",
            Page::Exports => "/exports",
            Page::Import => "/import",
            Page::Journal => "/journal",
            Page::Members => "/members",
            Page::Account => "/account",
        };
        [ROOT, rest].concat()
    }

    /// The right without which the page isn't shown; none for pages anybody may see who is signed in.
    pub fn right(&self) -> Option<Right> {
        match self {
            Page::Overview | Page::Cohorts | Page::Cohort { .. } => Some(Right::SeeFigures),
            Page::Roster { .. } | Page::Students => Some(Right::SeeNames),
            Page::AddStudent { .. } => Some(Right::ManageRegistrations),
            Page::RollCall | Page::Session { .. } => Some(Right::MarkAttendance),
            Page::Exports => Some(Right::Export),
            Page::Import => Some(Right::Import),
            Page::Journal => Some(Right::SeeJournal),
            Page::Members => Some(Right::ManageStaff),
            Page::Home | Page::SignIn | Page::Organisation | Page::Account | Page::Lost => None,
        }
    }

    /// Whether cohorts are named there of which nothing but the identifier comes along.
    pub fn names_cohorts(&self) -> bool {
        matches!(self, Page::Roster { .. } | Page::AddStudent { .. } | Page::Students | Page::Import)
    }
}

impl Session {
    /// The page somebody begins with: sessions to be marked for who does nothing else, figures for all others.
    pub fn first_page(self) -> Page {
        let marks_alone = self.may(Right::MarkAttendance) && !self.may(Right::ManageCohorts);
        if marks_alone { Page::RollCall } else { Page::Overview }
    }
}

/// The minute of the day from `09:05`.
fn minute(time: &str) -> Option<u16> {
    let (hours, minutes) = time.split_once(':')?;
    let number = |digits: &str, below: u16| {
        let plain = digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| digits.parse::<u16>().ok()).flatten().filter(|number| *number < below)
    };
    Some(number(hours, 24)? * 60 + number(minutes, 60)?)
}

/// The address the browser shows, as a signal; cheap to copy.
#[derive(Clone, Copy)]
pub struct Router {
    /// Where we are. Set anew by every navigation, also to the same page.
    pub page: RwSignal<Page>,
}

impl Router {
    /// Reads the present address, and follows links and the back button from now on.
    pub fn start() -> Self {
        let router = Self { page: RwSignal::new(here()) };
        dom::on_return(move || router.look());
        dom::on_document("click", move |event| {
            if let Some(href) = followed(&event, ROOT) {
                dom::push_address(&href);
                router.look();
            }
        });
        router
    }

    /// Goes to a page, keeping the present one in the history.
    pub fn go(self, page: &Page) {
        dom::push_address(&page.path());
        self.look();
    }

    /// Goes to a page that takes the place of the present one in the history.
    pub fn replace(self, page: &Page) {
        dom::replace_address(&page.path());
        self.look();
    }

    /// Builds the present page anew.
    pub fn again(self) {
        self.look();
    }

    fn look(self) {
        self.page.set(here());
    }
}

/// The value of a parameter behind the address, such as `cohort` in `?cohort=a`; empty when there is none. Only machine words and
/// days belong there: addresses are kept by browsers, and names are nobody's business there.
pub fn parameter(name: &str) -> String {
    let (_, query) = dom::address();
    let pairs = query.trim_start_matches('?').split('&').filter_map(|pair| pair.split_once('='));
    pairs.filter(|(known, _)| *known == name).map(|(_, value)| value.to_owned()).next().unwrap_or_default()
}

fn here() -> Page {
    Page::parse(&dom::address().0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_found_at_its_own_address() {
        let date = Date::parse("2026-09-01").expect("a day");
        let pages = [
            Page::Home,
            Page::Overview,
            Page::SignIn,
            Page::Organisation,
            Page::Cohorts,
            Page::Cohort { cohort: "astana-1".into() },
            Page::Roster { cohort: "astana-1".into() },
            Page::AddStudent { cohort: "astana-1".into() },
            Page::RollCall,
            Page::Session { cohort: "astana-1".into(), date, start: 545 },
            Page::Students,
            Page::Exports,
            Page::Import,
            Page::Journal,
            Page::Members,
            Page::Account,
        ];
        for page in pages {
            assert_eq!(Page::parse(&page.path()), page);
        }
        assert_eq!(Page::parse("/staff/"), Page::Home);
    }

    #[test]
    fn anything_else_is_lost() {
        let wrong = [
            "/staff/prices",
            "/staff/members/1",
            "/staff/cohorts/a/b",
            "/staff/roll-call/a",
            "/staff/roll-call/a/2026-02-30/09:00",
            "/staff/roll-call/a/2026-02-03/24:00",
            "/staff/roll-call/a/2026-02-03/9:00",
            "/staff/roll-call/a/2026-02-03/09:00/more",
        ];
        for path in wrong {
            assert_eq!(Page::parse(path), Page::Lost, "{path}");
        }
    }
}
