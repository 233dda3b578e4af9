//! What can be done with a member beside changing the form: a new password, a new authenticator app, closing and opening the account.

use super::{Members, first_password};
use crate::components::button::{Weight, button};
use crate::components::dialog::Question;
use crate::session::Session;
use crate::text::{Text, fill, t};
use app::el::{El, div, el};
use domain::staff::Acted;
use domain::staff::access::{FirstPassword, StaffMember};

/// The buttons. Nobody does any of this to themselves: somebody has to be left who can open an account again.
pub(super) fn view(session: Session, members: Members, member: &StaffMember) -> Option<El> {
    if member.id == session.me().id {
        return None;
    }
    let acts = div("acts")
        .child(reset(session, members, member, Reset::Password))
        .maybe(member.second_factor.then(|| reset(session, members, member, Reset::SecondFactor)))
        .child(open_or_close(session, members, member));
    Some(div("dialog-more").child(el("h3").text(t(Text::MembersAccess))).child(acts))
}

/// What is replaced by a password to be handed over.
#[derive(Clone, Copy)]
enum Reset {
    Password,
    SecondFactor,
}

fn reset(session: Session, members: Members, member: &StaffMember, what: Reset) -> El {
    let (text, ask, word) = match what {
        Reset::Password => (Text::MembersResetPassword, Text::MembersResetPasswordAsk, "reset-password"),
        Reset::SecondFactor => (Text::MembersResetFactor, Text::MembersResetFactorAsk, "reset-second-factor"),
    };
    let title = fill(t(ask), &[("name", &member.name)]);
    let path = ["/api/staff/members/", &member.id, "/", word].concat();
    button(text, Weight::Plain, word, move || {
        let path = path.clone();
        let question = Question::new(&title, text).saying(t(Text::MembersResetText)).danger();
        question.ask(session.console(), move |_| {
            let path = path.clone();
            async move {
                let answer: FirstPassword = session.post(&path, &()).await?;
                members.reload();
                first_password::show(session, &answer);
                Ok(())
            }
        });
    })
}

fn open_or_close(session: Session, members: Members, member: &StaffMember) -> El {
    let closed = member.disabled_at.is_some();
    let (text, ask, word, said, weight) = if closed {
        (Text::MembersEnable, Text::MembersEnableAsk, "enable", Text::MembersEnabledSaid, Weight::Plain)
    } else {
        (Text::MembersDisable, Text::MembersDisableAsk, "disable", Text::MembersDisabledSaid, Weight::Danger)
    };
    let title = fill(t(ask), &[("name", &member.name)]);
    let said = fill(t(said), &[("name", &member.name)]);
    let path = ["/api/staff/members/", &member.id, "/", word].concat();
    button(text, weight, word, move || {
        let (path, said) = (path.clone(), said.clone());
        let question = Question::new(&title, text);
        let question = if closed { question } else { question.saying(t(Text::MembersDisableText)).danger() };
        question.ask(session.console(), move |_| {
            let (path, said) = (path.clone(), said.clone());
            async move {
                let acted: Acted = session.post(&path, &()).await?;
                members.reload();
                session.acted(&said, acted);
                Ok(())
            }
        });
    })
}
