//! What is shown at the door of the centre when the page can't be had there: what this phone has seen last, and that it is no more
//! than that.

use super::ticket::ticket;
use super::{Private, code, seen};
use crate::api::Failure;
use crate::components::heading::heading;
use crate::components::page_state::retry_button;
use crate::el::{El, div, el, p};
use crate::fault_text;
use crate::format;
use crate::text::{Text, fill, t};

/// The page, with nothing to change.
pub fn view(private: &Private, failure: &Failure, retry: impl Fn() + 'static) -> El {
    let mine = &private.mine;
    let as_of = fill(t(Text::MyAsOf), &[("date", &format::moment(mine.at))]);
    let note = div("notice").test("as-of").attr("role", "status").child(p(t(fault_text::failure(failure)))).child(p(&as_of));
    let names: Vec<&str> = mine.students.iter().map(|student| student.given_name.as_str()).collect();
    let mut page = div("question").child(heading(&fill(t(Text::MyTitle), &[("name", &names.join(", "))]))).child(note);
    // Above the codes, which fill the screen.
    page = page.child(div("actions").child(retry_button(retry)));
    for student in &mine.students {
        for one in student.registrations.iter().filter(|one| seen::is_seat(one)) {
            let code = seen::code(&private.token, &one.id).map(|code| code::drawn(&code, &mine.reference));
            page = page.child(el("section").class("student").child(ticket(private, student, one)).maybe(code));
        }
    }
    page
}
