//! Everything a family has, student by student, and the way to every change.

use super::ticket::{offer, state, ticket};
use super::{Private, actions, code, live};
use crate::api::Change;
use crate::clock;
use crate::components::check_box::CheckBox;
use crate::components::heading::heading;
use crate::components::page_state::button_link;
use crate::el::{El, div, el, p};
use crate::format;
use crate::router::Page;
use crate::text::{Text, fill, language, t};
use domain::catalogue::Phase;
use domain::registration::{
    Confirmation, Decided, MyApplication, MyRegistration, MyStudent, RegistrationState, SettingsForm, Warning,
};
use leptos::prelude::*;

/// Id of the box by which a freed seat is taken without asking.
pub const TAKE_AT_ONCE: &str = "take-at-once";

/// The page.
pub fn view(private: &Private) -> El {
    let mine = &private.mine;
    let fresh = private.app.fresh.get_untracked().filter(|fresh| fresh.token == private.token && stands(fresh, mine));
    let names: Vec<&str> = mine.students.iter().map(|student| student.given_name.as_str()).collect();
    let title = match &fresh {
        Some(fresh) => t(first_words(fresh)).to_owned(),
        None => fill(t(Text::MyTitle), &[("name", &names.join(", "))]),
    };
    let warned = fresh.as_ref().is_some_and(|fresh| fresh.warnings.contains(&Warning::IinBirthDate));
    let warning = warned.then(|| div("notice").text(t(Text::MyWarningIin)));
    // Right after registering, several children's outcomes are told before any ticket.
    let outcomes = (fresh.is_some() && names.len() > 1).then(|| outcomes(&mine.students));
    let next = next_steps(mine).iter().map(|line| el("li").text(&said(private, *line))).collect();
    let students = mine.students.iter().map(|one| student(private, one));
    // Every ticket bears the number; without a ticket it is still what the centre asks for.
    let ticketed = mine.students.iter().flat_map(|student| &student.registrations).any(|one| one.state.is_live());
    let number = (!ticketed).then(|| {
        let number = el("strong").test("reference").text(&mine.reference);
        el("p").text(t(Text::MyNumber)).text(": ").child(number)
    });
    div("question")
        .child(heading(&title))
        .child(private.told())
        .maybe(outcomes)
        .maybe(warning)
        .maybe(number)
        .all(students.collect())
        .child(el("h2").text(t(Text::MyNextTitle)))
        .child(el("ol").class("next-steps").all(next))
        .maybe(settings(private))
        .child(actions::view(private.app))
        .child(div("inset").child(el("h2").text(t(Text::MyKeepTitle))).child(p(t(Text::MyKeep))))
        .maybe(past(&mine.students))
}

/// Whether it is still as it was decided when the application came.
fn stands(fresh: &Confirmation, mine: &MyApplication) -> bool {
    let stands = |decided: &Decided| live(mine, &decided.registration).is_some_and(|(_, one)| one.state == decided.state);
    fresh.registrations.iter().all(stands)
}

/// The heading right after registering.
fn first_words(fresh: &Confirmation) -> Text {
    let enrolled = |decided: &Decided| decided.state == RegistrationState::Enrolled;
    if fresh.registrations.iter().all(enrolled) {
        if fresh.registrations.len() > 1 { Text::MyFirstEnrolledAll } else { Text::MyFirstEnrolled }
    } else if fresh.registrations.iter().any(enrolled) {
        Text::MyDecided
    } else {
        Text::MyFirstWaiting
    }
}

fn outcomes(students: &[MyStudent]) -> El {
    let rows = students.iter().filter_map(|student| Some((student, student.registrations.first()?)));
    let rows = rows.map(|(student, one)| el("li").child(el("strong").text(&student.given_name)).text(": ").text(&state(one)));
    el("ul").class("outcomes").test("outcomes").all(rows.collect())
}

/// What one student has, and what can be changed about it.
fn student(private: &Private, student: &MyStudent) -> El {
    let several = private.mine.students.len() > 1;
    let name = several.then(|| el("h2").text(&student.given_name));
    let live: Vec<&MyRegistration> = student.registrations.iter().filter(|one| one.state.is_live()).collect();
    let mut part = el("section").class("student").maybe(name);
    if live.is_empty() {
        part = part.child(div("notice").test("nothing").text(t(Text::MyNothing)));
    }
    let mut another = another(private, student, live.is_empty());
    for (place, one) in live.iter().enumerate() {
        if one.state == RegistrationState::Offered {
            part = part.child(offer(private, student, one));
        }
        let another = another.take_if(|_| place + 1 == live.len());
        part = part.child(ticket(private, student, one)).child(ways(private, one, another));
    }
    part.maybe(another.map(|another| div("actions").child(another)))
}

/// The way to another group while the intake is open, or why there is none.
fn another(private: &Private, student: &MyStudent, anew: bool) -> Option<El> {
    if private.mine.intake.phase(clock::now()) != Phase::Open {
        return None;
    }
    if !student.can_join() {
        return Some(el("p").class("hint").text(t(Text::ErrorTooManyPlaces)));
    }
    let words = if anew { Text::MyJoinAnew } else { Text::MyJoin };
    let href = private.path(Page::Join, &student.id);
    Some(button_link("button button--secondary", "join", t(words), &href))
}

/// What can be done about one registration; to give it up comes last, apart from what takes nothing away.
fn ways(private: &Private, one: &MyRegistration, another: Option<El>) -> El {
    // Who waits has no session to come to yet.
    let dated = one.cohort.first_session.is_some() && one.state == RegistrationState::Enrolled;
    let calendar = dated.then(|| actions::calendar(private, one));
    let give_up = (one.state != RegistrationState::Offered).then(|| {
        let words = if one.state == RegistrationState::Waiting { Text::MyLeave } else { Text::MyWithdraw };
        button_link("button button--quiet", "withdraw", t(words), &private.path(Page::Withdraw, &one.id))
    });
    // Whoever has a seat shows the code at the door.
    let code = (one.state == RegistrationState::Enrolled).then(|| code::view(private, one));
    div("ways").maybe(code).child(div("actions").maybe(calendar).maybe(another)).maybe(give_up)
}

/// Whether a seat is taken without asking: only of interest to who waits.
fn settings(private: &Private) -> Option<El> {
    let (app, token) = (private.app, private.token.clone());
    let students = private.mine.students.iter();
    let waits = students.flat_map(|student| &student.registrations).any(|one| one.state == RegistrationState::Waiting);
    waits.then(|| {
        let card = CheckBox {
            id: TAKE_AT_ONCE.to_owned(),
            title: t(Text::MyTakeAtOnce).to_owned(),
            note: t(Text::MyTakeAtOnceNote).to_owned(),
            art: String::new(),
            checked: private.mine.take_at_once,
        };
        card.view(move |take_at_once| {
            super::make(app, token.clone(), Change::Settings(SettingsForm { take_at_once }));
        })
    })
}

/// What is over, for the record.
fn past(students: &[MyStudent]) -> Option<El> {
    let all = students.iter().flat_map(|student| student.registrations.iter().map(move |one| (student, one)));
    let rows: Vec<El> = all
        .filter(|(_, one)| !one.state.is_live())
        .map(|(student, one)| {
            let schedule = format::slots(&one.cohort.slots);
            let when = format::moment(one.changed_at);
            let line = [&student.given_name, one.centre.city.get(language()), &schedule, &state(one), &when].join("\u{a0}· ");
            el("li").attr("data-state", one.state.as_str()).text(&line)
        })
        .collect();
    (!rows.is_empty()).then(|| {
        let title = el("h2").text(t(Text::MyPastTitle));
        el("section").class("past").test("past").child(title).child(el("ul").all(rows))
    })
}

/// What follows, for the best of what there is.
fn next_steps(mine: &MyApplication) -> &'static [Text] {
    let has = |state| mine.students.iter().flat_map(|student| &student.registrations).any(|one| one.state == state);
    if has(RegistrationState::Offered) {
        &[Text::MyNextOffered1, Text::MyNextOffered2]
    } else if has(RegistrationState::Enrolled) {
        &[Text::MyNextEnrolled1, Text::MyNextEnrolled2, Text::MyNextEnrolled3, Text::MyNextEnrolled4]
    } else if has(RegistrationState::Waiting) && mine.take_at_once {
        &[Text::MyNextWaitingAtOnce, Text::MyNextWaiting2, Text::MyNextWaiting3]
    } else if has(RegistrationState::Waiting) {
        &[Text::MyNextWaiting1, Text::MyNextWaiting2, Text::MyNextWaiting3]
    } else {
        &[Text::MyNextOver1, Text::MyNextOver2]
    }
}

fn said(private: &Private, line: Text) -> String {
    let said = fill(t(line), &[("hours", &private.mine.intake.offer_hours.to_string())]);
    if !matches!(line, Text::MyNextWaiting1 | Text::MyNextWaitingAtOnce) {
        return said;
    }
    [&said, " ", t(if private.mine.letters { Text::MyNextWaitingLetter } else { Text::MyNextWaitingLook })].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::mine;
    use domain::date::Timestamp;
    use domain::registration::RegistrationState::{Enrolled, Offered, Waiting};

    #[test]
    fn who_asked_for_it_is_not_promised_an_offer() {
        let mut waiting = mine(&[("Айша", Waiting)]);
        assert_eq!(next_steps(&waiting)[0], Text::MyNextWaiting1);
        waiting.take_at_once = true;
        assert_eq!(next_steps(&waiting)[0], Text::MyNextWaitingAtOnce);
    }

    #[test]
    fn the_first_words_hold_as_long_as_what_they_tell() {
        let decided = |registration: &str, state| Decided {
            registration: registration.into(),
            cohort: "astana-1".into(),
            state,
            position: None,
            receipt: String::new(),
        };
        let fresh = |registrations| Confirmation {
            reference: String::new(),
            decided_at: Timestamp(0),
            token: String::new(),
            registrations,
            warnings: Vec::new(),
        };
        let one = fresh(vec![decided("r1", Waiting)]);
        assert_eq!(first_words(&one), Text::MyFirstWaiting);
        assert!(stands(&one, &mine(&[("Айша", Waiting)])));
        assert!(!stands(&one, &mine(&[("Айша", Offered)])), "an offer has come");
        assert_eq!(first_words(&fresh(vec![decided("r1", Enrolled)])), Text::MyFirstEnrolled);
        assert_eq!(first_words(&fresh(vec![decided("r1", Enrolled), decided("r2", Enrolled)])), Text::MyFirstEnrolledAll);
    }
}
