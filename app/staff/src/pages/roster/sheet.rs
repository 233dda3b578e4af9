//! The sheet of paper: who has a seat, in the order of the Kazakh alphabet, with a column to sign in.

use super::lists::name;
use super::parts::Parts;
use crate::names;
use crate::remote::Remote;
use crate::session::Session;
use crate::text::{Text, fill, t};
use crate::when;
use app::app::Loaded;
use app::dom;
use app::el::{El, div, el, p};
use leptos::prelude::*;
use std::sync::Arc;

/// How long the screen has for itself before the sheet is made, in milliseconds: it is for paper only.
const LATER: u32 = 400;

/// The sheet. The browser prints it instead of the screen, whichever way printing began.
pub(super) fn view(session: Session, roster: Remote<Parts>) -> El {
    let ready = RwSignal::new(None::<Arc<Parts>>);
    let wait = el("div").live_with(move |_| {
        if let Loaded::Ready(parts) = roster.value.get() {
            dom::later(LATER, move || drop(ready.try_set(Some(parts))));
        }
    });
    div("print-only sheet").test("sheet").child(wait).child(el("div").live(move || match ready.get() {
        Some(parts) => vec![day(), table(&parts), foot(session)],
        None => Vec::new(),
    }))
}

/// Room for the day: a sheet is printed for one session or another.
fn day() -> El {
    p(t(Text::SheetDay)).class("sheet-day").child(el("span").class("sheet-blank"))
}

fn table(parts: &Parts) -> El {
    let heads = [Text::SheetNumber, Text::FieldName, Text::RosterBorn, Text::SheetSignature];
    let heads = heads.map(|text| el("th").attr("scope", "col").text(t(text))).into();
    let order = names::order(&parts.students, name);
    let rows = order.into_iter().filter_map(|place| parts.students.get(place)).enumerate().map(|(number, row)| {
        el("tr")
            .child(el("td").class("number").text(&(number + 1).to_string()))
            .child(el("td").text(&name(row)))
            .child(el("td").text(&when::day(row.born_on)))
            .child(el("td").class("sheet-line"))
    });
    el("table").class("sheet-table").child(el("thead").child(el("tr").all(heads))).child(el("tbody").all(rows.collect()))
}

fn foot(session: Session) -> El {
    let now = when::moment(session.console().now.get_untracked());
    p(&fill(t(Text::SheetPrinted), &[("moment", &now), ("name", &session.me().name)])).class("hint")
}
