//! The pieces screens are made of. Each gives a finished element, works by keyboard and is read out sensibly; each is
//! made for a phone of 390 pixels and a desk of 1280.
//!
//! | what | how |
//! |---|---|
//! | heading of a page, with its buttons | `heading(t(Text::RosterTitle), vec![button(Text::RosterAdd, Weight::Main, "add", act)])` |
//! | what was fetched | `Remote::<Overview>::get(session, "/api/staff/overview").view(\|overview\| vec![…])` ([`crate::remote`]) |
//! | table of rows | `Table::<Member>::new("members", Text::NavMembers).name("name", Text::FieldName, \|m\| m.name.clone()).search().view(remote, \|all\| all)` ([`table`]) |
//! | any other long list | `by_and_by(list.element(), AT_A_TIME, students.len(), move \|number\| students.get(number).map(row))` ([`mod@app::components::by_and_by`]) |
//! | form with its faults | `form.view(vec![form.field("name", Text::FieldName).input(name)], Text::ActionSave, move \|\| async move { … })` ([`form`]) |
//! | question before something is done | `Question::new(title, Text::MembersDisable).danger().with_reason().ask(console, move \|reason\| async move { … })` ([`dialog`]) |
//! | any other dialog | `dialog::open(console, move \|dialog\| vec![heading, form…])` |
//! | that something was done, with Undo | `session.acted(&said, acted)`, without: `console.say("…")` ([`toast`]) |
//! | progress | `progress(t(Text::ExportsProgress), move \|\| Some((done.get(), all)))` ([`mod@progress`]) |
//! | tabs | `tabs("exports", Text::ExportsTitle, vec![Tab::new("new", t(Text::ExportsNew), move \|\| vec![…])])` ([`mod@tabs`]) |
//! | state in a word | `chip(Tone::Good, t(Text::StateEnrolled))` ([`mod@chip`]) |
//! | bars | `bars(Text::OverviewTracks, Text::OverviewTrack, vec![Bar::new("Music", 120).of(200)])` ([`plot`]) |
//! | line | `line(Text::OverviewWeeks, &Axis { … }, vec![Series { … }])` ([`mod@line`]) |
//! | page without content | `state::empty(t(Text::RosterEmpty))` ([`state`]) |
//! | choice without a form | `choose("centre", Text::FrameCentre, chosen, choices)` ([`mod@choose`]) |
//!
//! Everything that isn't for paper has the class `no-print`; what is for paper only has `print-only`.

pub mod button;
pub mod chip;
pub mod choose;
pub mod dialog;
pub mod field;
pub mod fold;
pub mod form;
pub mod frame;
pub mod heading;
pub mod line;
pub mod plot;
pub mod progress;
pub mod state;
pub mod table;
pub mod tabs;
pub mod time_input;
pub mod toast;
