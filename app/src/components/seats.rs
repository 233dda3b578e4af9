//! How many places a cohort has.

use crate::app::{App, Loaded};
use crate::el::{El, el};
use crate::format;
use crate::text::{Text, fill, plural, t};
use domain::catalogue::Odds;
use leptos::prelude::*;

/// Up to how many places the number warns.
const FEW: u32 = 10;

/// Places free now, or the length of the waiting list.
pub fn seats_badge(app: App, cohort: &str) -> El {
    let counted = cohort.to_owned();
    let seats = Memo::new(move |_| {
        app.seats.with(|seats| match seats {
            Loaded::Ready(seats) => seats.of(&counted).cloned(),
            Loaded::Loading | Loaded::Failed(_) => None,
        })
    });
    let class = move || match seats.get().map(|seats| seats.open()) {
        None => "",
        Some(0) => "seats seats--full",
        Some(1..=FEW) => "seats seats--few",
        Some(_) => "seats seats--free",
    };
    let words = move || match seats.get() {
        None => String::new(),
        Some(seats) if seats.open() == 0 && seats.waiting == 0 => t(Text::HomeSeatsNone).to_owned(),
        Some(seats) if seats.open() == 0 => fill(t(Text::SeatsWaiting), &[("n", &format::number(seats.waiting))]),
        Some(seats) => plural(Text::SeatsFree, seats.open()),
    };
    el("span").live_class(class).live_text(words)
}

/// How waiting for a cohort has gone for others than whoever reads it: counts of what was, no promise.
pub fn odds_line(odds: Odds) -> String {
    if odds.waited == 0 {
        return t(Text::SeatsOddsNone).to_owned();
    }
    let numbers = [odds.waited, odds.seated].map(format::number);
    fill(t(Text::SeatsOdds), &[("n", &numbers[0]), ("seated", &numbers[1])])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::speak;
    use domain::language::Language;

    #[test]
    fn odds_are_counts() {
        let said = |language, waited, seated| {
            speak(language);
            odds_line(Odds { waited, seated })
        };
        assert_eq!(said(Language::English, 1, 0), "Other students who have waited for this schedule: 1. Offered a seat: 0.");
        assert_eq!(said(Language::Russian, 21, 9), "Другие ученики, ждавшие это расписание: 21. Место предложено: 9.");
        assert_eq!(said(Language::Kazakh, 40, 9), "Осы кестені күткен басқа оқушылар: 40. Орын ұсынылғаны: 9.");
        assert_eq!(said(Language::Kazakh, 0, 0), "Сізден бұрын ешкім күткен жоқ.");
    }
}
