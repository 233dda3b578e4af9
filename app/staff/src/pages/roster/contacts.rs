//! How a family is reached: behind one tap, which the journal keeps.

use super::lists::name;
use crate::components::button::Weight;
use crate::components::dialog;
use crate::components::state;
use crate::fault_text::relation_name;
use crate::names;
use crate::session::Session;
use crate::text::{Text, t};
use app::api::Failure;
use app::app::Loaded;
use app::el::{El, div, el, p};
use domain::staff::roster::{ContactPerson, Contacts, RosterRow};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// Asks for the contacts and shows them.
pub(super) fn show(session: Session, row: &RosterRow) {
    let (whose, path) = (name(row), ["/api/staff/registrations/", &row.registration, "/contacts"].concat());
    dialog::open(session.console(), move |dialog| {
        let contacts = RwSignal::new(Loaded::<Arc<Contacts>>::Loading);
        let ask = {
            let path = path.clone();
            move || {
                let path = path.clone();
                spawn_local(async move {
                    let answer: Result<Contacts, Failure> = session.post(&path, &()).await;
                    let _ = contacts.try_set(answer.map_or_else(Loaded::Failed, |found| Loaded::Ready(Arc::new(found))));
                });
            }
        };
        ask();
        let people = el("div").class("stack").test("contacts").live(move || match contacts.get() {
            Loaded::Loading => vec![state::loading()],
            Loaded::Failed(failure) => vec![state::failed(&failure, ask.clone())],
            Loaded::Ready(contacts) => {
                let people = contacts.guardians.iter().map(person);
                people.chain([p(t(Text::RosterContactsNote)).class("hint")]).collect()
            }
        });
        let close = crate::components::button::button(Text::ActionClose, Weight::Plain, "done", move || dialog.close());
        vec![dialog.title(&whose), people, div("acts").child(close)]
    });
}

fn person(person: &ContactPerson) -> El {
    let name = names::full(&person.surname, &person.given_name, person.patronymic.as_deref());
    let phone = el("a").class("contact").attr("href", &["tel:", &person.phone].concat()).text(&written(&person.phone));
    let email =
        person.email.as_ref().map(|email| el("a").class("contact").attr("href", &["mailto:", email].concat()).text(email));
    div("contact-card")
        .child(p(&name).class("contact-name"))
        .child(p(relation_name(person.relation)).class("hint"))
        .child(phone)
        .maybe(email)
}

/// “+7 701 123 45 67”: a number of the country in the groups in which it is read out.
fn written(phone: &str) -> String {
    let groups = [0..2, 2..5, 5..8, 8..10, 10..12].map(|group| phone.get(group));
    match groups {
        [Some("+7"), Some(a), Some(b), Some(c), Some(d)] if phone.len() == 12 => ["+7", a, b, c, d].join(" "),
        _ => phone.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::written;

    #[test]
    fn a_number_is_written_as_it_is_read_out() {
        assert_eq!(written("+77011234567"), "+7 701 123 45 67");
        assert_eq!(written("+4915112345678"), "+4915112345678");
    }
}
