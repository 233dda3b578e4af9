//! One registration: what to show at the door, what there is to answer, how the waiting goes.

use super::Private;
use crate::api::Change;
use crate::clock;
use crate::components::page_state::button_link;
use crate::components::seats::odds_line;
use crate::el::{El, div, el, p};
use crate::format;
use crate::router::Page;
use crate::text::{Text, fill, language, plural, plural_form, t};
use domain::catalogue::Odds;
use domain::date::Timestamp;
use domain::registration::{MyRegistration, MyStudent, RegistrationState};
use leptos::prelude::*;

/// The ticket of a registration that isn't over.
pub fn ticket(private: &Private, student: &MyStudent, one: &MyRegistration) -> El {
    let mut rows = vec![
        (Text::MyStudent, student.given_name.clone()),
        (Text::MySchedule, format::slots(&one.cohort.slots)),
        (Text::MyCentre, one.centre.name.get(language()).to_owned()),
        (Text::MyAddress, one.centre.address.get(language()).to_owned()),
        (Text::MyTracks, one.tracks.iter().map(|track| track.name.get(language())).collect::<Vec<_>>().join(", ")),
    ];
    // Who waits must not come.
    if let Some(first) = one.cohort.first_session.filter(|_| one.state != RegistrationState::Waiting) {
        rows.insert(1, (Text::MyFirstSession, format::session(first)));
    }
    rows.push((Text::MyDecided, format::moment(private.mine.decided_at)));
    let rows = rows.into_iter().map(|(label, value)| {
        let provisional = label == Text::MyAddress && one.centre.provisional;
        let tag = provisional.then(|| el("span").class("tag").text(t(Text::HomeAddressProvisional)));
        el("div").child(el("dt").text(t(label))).child(el("dd").text(&value).text(" ").maybe(tag))
    });
    let class = if one.state == RegistrationState::Waiting { "badge badge--waiting" } else { "badge badge--enrolled" };
    let badge = el("span").class(class).test("state").attr("data-state", one.state.as_str()).text(&state(one));
    let odds = (one.state == RegistrationState::Waiting).then(|| p(&odds_line(of_others(one))).class("odds").test("odds"));
    // Children of one application have the same number.
    let called = [t(Text::MyNumber), ": ", &private.mine.reference, ", ", &student.given_name].concat();
    el("section")
        .class("ticket")
        .attr("aria-label", &called)
        .child(el("p").class("ticket-label").text(t(Text::MyNumber)))
        .child(el("strong").class("ticket-number").test("reference").text(&private.mine.reference))
        .child(badge)
        .maybe(odds)
        .child(el("dl").all(rows.collect()))
}

/// How waiting has gone for the others; this one was counted too.
fn of_others(one: &MyRegistration) -> Odds {
    let Odds { waited, seated } = one.odds;
    Odds { waited: waited.saturating_sub(1), seated: seated.saturating_sub(one.returned.into()) }
}

/// The state in words; on the list, with how many are ahead.
pub fn state(one: &MyRegistration) -> String {
    let ahead = one.position.unwrap_or_default().saturating_sub(1);
    let text = match one.state {
        RegistrationState::Enrolled => Text::MyStateEnrolled,
        RegistrationState::Waiting if ahead == 0 => Text::MyStateWaitingFirst,
        RegistrationState::Waiting => Text::MyStateWaiting,
        RegistrationState::Offered => Text::MyStateOffered,
        RegistrationState::Withdrawn if one.moved => Text::MyStateMoved,
        RegistrationState::Withdrawn if one.declined => Text::MyStateDeclined,
        RegistrationState::Withdrawn => Text::MyStateWithdrawn,
        RegistrationState::Lapsed => Text::MyStateLapsed,
        RegistrationState::Removed => Text::MyStateRemoved,
    };
    fill(plural_form(text, ahead), &[("n", &format::number(ahead + 1)), ("ahead", &format::number(ahead))])
}

/// The offered seat: until when, what an answer means, what no answer means, and the two answers.
pub fn offer(private: &Private, student: &MyStudent, one: &MyRegistration) -> El {
    let app = private.app;
    // Below the child's name where there are several.
    let level = if private.mine.students.len() > 1 { "h3" } else { "h2" };
    let mut said = vec![el(level).text(t(Text::MyOfferTitle))];
    if let Some(until) = one.held_until {
        let when = [&format::moment(until), " (", t(Text::DateZone), ")"].concat();
        let left = move || {
            app.now.track();
            left(until)
        };
        let deadline = fill(t(Text::MyOfferUntil), &[("date", &when)]);
        let left = el("span").class("left").live_text(left);
        said.push(el("p").class("deadline").test("deadline").child(el("strong").text(&deadline)).text(" ").child(left));
    }
    if private.mine.offers_together() {
        said.push(p(t(Text::MyOfferTogether)));
    }
    if let Some(old) = student.registrations.iter().find(|other| other.state == RegistrationState::Enrolled) {
        said.push(p(&fill(t(Text::MyOfferEndsOld), &[("schedule", &format::slots(&old.cohort.slots))])).test("ends-old"));
    }
    let place = format::number(private.mine.intake.return_place);
    said.push(p(&fill(t(if one.returned { Text::MyOfferLast } else { Text::MyOfferReturns }), &[("n", &place)])));
    let accept = Change::Accept(one.id.clone());
    let decline = private.path(Page::Decline, &one.id);
    let answers = div("actions")
        .child(private.button("button button--primary", "accept", t(Text::MyAccept), accept))
        .child(button_link("button button--secondary", "decline", t(Text::MyDecline), &decline));
    div("notice offer").test("offer").all(said).child(answers)
}

/// How much time there is to answer.
fn left(until: Timestamp) -> String {
    let minutes = (until.0 - clock::now().0).max(0) / 60_000;
    let (text, number) = if minutes >= 60 { (Text::MyHoursLeft, minutes / 60) } else { (Text::MyMinutesLeft, minutes) };
    plural(text, u32::try_from(number).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{registration, speak};
    use domain::language::Language;

    #[test]
    fn who_waits_learns_how_many_are_ahead() {
        let said = |language, place| {
            speak(language);
            state(&MyRegistration { position: Some(place), ..registration("r", RegistrationState::Waiting) })
        };
        assert_eq!(said(Language::Kazakh, 1), "Күту тізімінде 1-\u{2060}орында, алдында ешкім жоқ");
        assert_eq!(said(Language::Kazakh, 13), "Күту тізімінде 13-\u{2060}орында, алдында 12 оқушы");
        assert_eq!(said(Language::Russian, 2), "В списке ожидания под номером 2, впереди 1 ученик");
        assert_eq!(said(Language::Russian, 13), "В списке ожидания под номером 13, впереди 12 учеников");
        assert_eq!(said(Language::English, 2), "Number 2 on the waiting list, 1 student ahead");
    }

    #[test]
    fn what_was_given_up_declined_or_left_for_another_group_is_told_apart() {
        speak(Language::Kazakh);
        let one = registration("r", RegistrationState::Withdrawn);
        assert_eq!(state(&one), "Тіркеуден бас тартылды");
        assert_eq!(state(&MyRegistration { declined: true, ..one.clone() }), "Ұсыныстан бас тартылды");
        assert_eq!(state(&MyRegistration { moved: true, ..one }), "Басқа топқа ауысты");
    }

    #[test]
    fn who_waits_is_not_among_the_others() {
        let mut one = registration("r", RegistrationState::Waiting);
        one.odds = Odds { waited: 1, seated: 0 };
        assert_eq!(of_others(&one), Odds { waited: 0, seated: 0 });
        one = MyRegistration { odds: Odds { waited: 9, seated: 4 }, returned: true, ..one };
        assert_eq!(of_others(&one), Odds { waited: 8, seated: 3 }, "an offer of one's own isn't another's");
    }
}
