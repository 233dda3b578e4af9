//! How many places a cohort has.

use crate::app::{App, Loaded};
use crate::el::{El, el};
use crate::format;
use crate::text::{Text, fill, plural, plural_form, t};
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
        Some(seats) if seats.open() == 0 => fill(t(Text::SeatsWaiting), &[("n", &format::number(seats.waiting))]),
        Some(seats) => plural(Text::SeatsFree, seats.open()),
    };
    el("span").live_class(class).live_text(words)
}

/// How waiting for a cohort has gone for others: counts of what was, no promise.
pub fn odds_line(odds: Odds) -> String {
    if odds.waited == 0 {
        return t(Text::SeatsOddsNone).to_owned();
    }
    let numbers = [odds.waited, odds.seated].map(format::number);
    fill(plural_form(Text::SeatsOdds, odds.waited), &[("n", &numbers[0]), ("seated", &numbers[1])])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::speak;
    use domain::language::Language;

    #[test]
    fn odds_are_counts_in_the_right_plural() {
        let said = |language, waited, seated| {
            speak(language);
            odds_line(Odds { waited, seated })
        };
        assert_eq!(said(Language::English, 40, 9), "Of 40 who have waited for this schedule so far, 9 were offered a seat.");
        assert_eq!(said(Language::Russian, 21, 9), "Из 21 ученика, ждавшего это расписание, место предложено: 9.");
        assert_eq!(said(Language::Russian, 40, 9), "Из 40 учеников, ждавших это расписание, место предложено: 9.");
        assert_eq!(said(Language::Kazakh, 40, 9), "Осы кестені бұған дейін 40 оқушы күтті, оның ішінде орын ұсынылғаны: 9.");
        assert_eq!(said(Language::Kazakh, 0, 0), "Бұл кестені әлі ешкім күтіп көрген жоқ.");
    }
}
