//! Before something is given up: what is lost, who gets it, and that it can't be taken back.

use super::{Private, live};
use crate::api::Change;
use crate::components::heading::{heading, name_tab};
use crate::components::page_state::button_link;
use crate::el::{El, div, el, p};
use crate::format;
use crate::router::Page;
use crate::text::{Text, fill, language, t};
use domain::registration::{MyRegistration, MyStudent, RegistrationState};

/// The page; none when the registration is over already, or has no offer to decline.
pub fn view(private: &Private, id: &str, page: Page) -> Option<El> {
    let (student, one) = live(&private.mine, id)?;
    let offered = one.state == RegistrationState::Offered;
    if page == Page::Decline && !offered {
        return None;
    }
    let (title, lost) = match one.state {
        RegistrationState::Offered => (Text::MyDeclineTitle, Text::MyWithdrawLost),
        RegistrationState::Waiting => (Text::MyLeaveTitle, Text::MyLeaveLost),
        _ => (Text::MyWithdrawTitle, Text::MyWithdrawLost),
    };
    let n = format::number(one.position.unwrap_or_default());
    let mut said = vec![p(&what(student, one)).class("about"), p(&fill(t(lost), &[("n", &n)]))];
    if offered {
        said.push(p(t(Text::MyDeclineLost)));
    }
    if offered && private.mine.offers_together() {
        said.push(p(t(Text::MyDeclineTogether)));
    }
    let others = student.registrations.iter().any(|other| other.id != one.id && other.state.is_live());
    if others {
        said.push(p(t(Text::MyOthersStay)));
    }
    said.push(p(t(Text::MyFinal)));
    let change = if offered { Change::Decline(one.id.clone()) } else { Change::Withdraw(one.id.clone()) };
    let yes = private.button("button button--danger", "yes", t(Text::MyYesGiveUp), change);
    let no = button_link("button button--secondary", "no", t(Text::MyNoKeep), &private.path(Page::My, ""));
    let page = div("question").child(private.back()).child(asked(private, student, t(title))).child(private.told());
    Some(page.child(div("inset").all(said)).child(el("div").class("actions").child(yes).child(no)))
}

/// The question; where there are several children it names the one it is about, as the form does.
fn asked(private: &Private, student: &MyStudent, title: &str) -> El {
    let asked = heading(title);
    if private.mine.students.len() < 2 {
        return asked;
    }
    name_tab(&[&student.given_name, ": ", title].concat(), false);
    asked.first(el("span").class("question-whom").text(&student.given_name))
}

/// Whose, where and when.
fn what(student: &MyStudent, one: &MyRegistration) -> String {
    [&student.given_name, one.centre.city.get(language()), &format::slots(&one.cohort.slots)].join("\u{a0}· ")
}
