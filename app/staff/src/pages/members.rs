//! Staff members: who they are, what they may do, and whether they still may.

mod acts;
mod edit;
mod first_password;

use crate::components::button::{Weight, button};
use crate::components::chip::{Tone, chip};
use crate::components::heading::heading;
use crate::components::table::{Choice, Table};
use crate::fault_text::role_name;
use crate::remote::Remote;
use crate::session::Session;
use crate::text::{Text, t};
use crate::when;
use app::el::{El, el};
use domain::staff::access::{Role, StaffMember};

/// Everybody, as fetched.
type Members = Remote<Vec<StaffMember>>;

/// The screen.
pub fn view(session: Session) -> Vec<El> {
    let members = Members::get(session, "/api/staff/members");
    let add = button(Text::MembersAdd, Weight::Main, "add", move || edit::add(session, members));
    let table = Table::<StaffMember>::new("members", Text::NavMembers)
        .name("name", Text::FieldName, |member| member.name.clone())
        .text("email", Text::FieldEmail, |member| member.email.clone())
        .shown_as(|member| email(&member.email))
        .name("role", Text::FieldRole, |member| role_name(member.role).to_owned())
        .name("centre", Text::FieldCentre, move |member| centre(session, member))
        .measure("seen", Text::MembersSeen, |member| member.seen_at.map(|at| at.0 as f64), seen)
        .element("state", Text::FieldState, state)
        .element("acts", Text::FieldActs, move |member| change(session, members, member))
        .sorted_by(0, false)
        .search()
        .filter(
            Text::FieldRole,
            Role::ALL.iter().map(|role| Choice::new(role_name(*role), move |member: &StaffMember| member.role == *role)),
        )
        .filter(
            Text::FieldState,
            [
                Choice::new(t(Text::MembersActive), |member: &StaffMember| member.disabled_at.is_none()),
                Choice::new(t(Text::MembersDisabled), |member: &StaffMember| member.disabled_at.is_some()),
            ],
        );
    vec![heading(t(Text::NavMembers), vec![add]), table.view(members, |members| members)]
}

/// An address, which on a phone is broken before its @.
pub(super) fn email(address: &str) -> El {
    match address.split_once('@') {
        Some((name, host)) => el("span").text(name).child(el("wbr")).text("@").text(host),
        None => el("span").text(address),
    }
}

fn centre(session: Session, member: &StaffMember) -> String {
    match &member.centre {
        Some(id) => session.centre_name(id),
        None => t(Text::FrameEveryCentre).to_owned(),
    }
}

fn seen(member: &StaffMember) -> String {
    member.seen_at.map_or_else(|| t(Text::MembersNeverSeen).to_owned(), when::moment)
}

fn state(member: &StaffMember) -> El {
    let state = match member.disabled_at {
        None => chip(Tone::Good, t(Text::MembersActive)),
        Some(_) => chip(Tone::Bad, t(Text::MembersDisabled)),
    };
    let lacks = member.role.needs_second_factor() && !member.second_factor;
    let lacks = lacks.then(|| chip(Tone::Warn, t(Text::MembersNoSecondFactor)));
    el("span").class("marks").child(state).maybe(lacks)
}

/// The button that opens what can be done with a member.
fn change(session: Session, members: Members, member: &StaffMember) -> El {
    let whose = member.clone();
    let whom = el("span").class("visually-hidden").text(": ").text(&member.name);
    button(Text::MembersChange, Weight::Quiet, "change", move || edit::change(session, members, &whose)).child(whom)
}
