//! What is chosen to be taken.

use crate::session::Session;
use crate::text::language;
use domain::catalogue::Intake;
use domain::date::Date;
use domain::language::Language;
use domain::staff::exchange::{ExportFormat, ExportKind, ExportQuery, Period, SavedExport};
use leptos::prelude::*;

/// The answers of the form. A copy is a few numbers.
#[derive(Clone, Copy)]
pub struct Choice {
    session: Session,
    pub kind: RwSignal<String>,
    pub format: RwSignal<String>,
    /// Empty for every centre within reach.
    pub centre: RwSignal<String>,
    /// Empty for every cohort.
    pub cohorts: RwSignal<Vec<String>>,
    pub period: RwSignal<String>,
    pub from: RwSignal<String>,
    pub to: RwSignal<String>,
    pub language: RwSignal<String>,
    /// Grows when all answers are given at once, by saved settings.
    pub anew: RwSignal<u32>,
}

impl Choice {
    /// What most people want: this month's attendance, of the centre that is looked at.
    pub fn new(session: Session) -> Self {
        let word = |word: &str| RwSignal::new(word.to_owned());
        Self {
            session,
            kind: word(ExportKind::Attendance.as_str()),
            format: word(ExportFormat::Xlsx.as_str()),
            centre: RwSignal::new(untrack(|| session.centre()).unwrap_or_default()),
            cohorts: RwSignal::new(Vec::new()),
            period: word(Period::ThisMonth.as_str()),
            from: word(""),
            to: word(""),
            language: word(language().as_str()),
            anew: RwSignal::new(0),
        }
    }

    /// Takes over saved settings.
    pub fn fill(self, saved: &SavedExport) {
        let query = &saved.query;
        self.kind.set(query.kind.as_str().to_owned());
        self.format.set(query.format.as_str().to_owned());
        self.centre.set(query.centre.clone().unwrap_or_default());
        self.cohorts.set(query.cohorts.clone());
        self.period.set(saved.period.as_str().to_owned());
        self.from.set(query.from.to_string());
        self.to.set(query.to.to_string());
        self.language.set(query.language.as_str().to_owned());
        self.anew.update(|times| *times += 1);
    }

    /// Which days. Reactive.
    pub fn period(self) -> Period {
        Period::parse(&self.period.get()).unwrap_or(Period::Fixed)
    }

    /// The day it is, by the server's clock.
    pub fn today(self) -> Date {
        self.session.console().now.get_untracked().local_date()
    }

    /// What is asked for; none while a day is missing. Reactive.
    pub fn query(self, intake: &Intake) -> Option<ExportQuery> {
        let (from, to) = match self.period().days(self.today(), intake) {
            Some(days) => days,
            None => (Date::parse(&self.from.get())?, Date::parse(&self.to.get())?),
        };
        // Whoever has one centre needs no choice of it.
        let centre = self.session.me().centre.clone().unwrap_or_else(|| self.centre.get());
        Some(ExportQuery {
            kind: ExportKind::parse(&self.kind.get())?,
            format: ExportFormat::parse(&self.format.get())?,
            centre: Some(centre).filter(|centre| !centre.is_empty()),
            cohorts: self.cohorts.get(),
            from,
            to,
            language: Language::parse(&self.language.get())?,
        })
    }
}
