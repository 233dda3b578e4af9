//! Other tracks in the same cohort, with a reason.

use super::lists::name;
use crate::components::button::Weight;
use crate::components::dialog;
use crate::components::form::Form;
use crate::remote::Remote;
use crate::session::Session;
use crate::text::{Text, fill, t};
use app::el::p;
use domain::application::chosen_tracks;
use domain::staff::Acted;
use domain::staff::roster::{RosterRow, TracksForm};
use leptos::prelude::*;
use serde::de::DeserializeOwned;

/// What the cohort of this row offers, with names.
pub(super) fn choices(session: Session, row: &RosterRow) -> Vec<(String, String)> {
    let offered = session.in_catalogue(|catalogue| Some(catalogue.cohort(&row.cohort)?.tracks.clone())).unwrap_or_default();
    session.tracks().into_iter().filter(|(id, _)| offered.contains(id)).collect()
}

/// Asks which tracks.
pub(super) fn ask<T>(session: Session, rows: Remote<T>, row: RosterRow)
where
    T: DeserializeOwned + Send + Sync + 'static,
{
    dialog::open(session.console(), move |dialog| {
        let form = Form::new("tracks");
        let (tracks, reason) = (RwSignal::new(row.tracks.clone()), RwSignal::new(String::new()));
        let fields = vec![
            form.field("tracks", Text::RosterTracks).hint(t(Text::AddingTracksHint)).checks(tracks, choices(session, &row)),
            form.field("reason", Text::FieldReason).hint(t(Text::FieldReasonHint)).lines(reason),
        ];
        let (path, whose) = (["/api/staff/registrations/", &row.registration, "/tracks"].concat(), name(&row));
        let present = row.tracks.clone();
        let cancel = vec![dialog.cancel_button()];
        let form = form.view_with(fields, Text::ActionSave, Weight::Main, cancel, move || {
            let (path, said) = (path.clone(), fill(t(Text::TracksDone), &[("name", &whose)]));
            let body =
                TracksForm { tracks: tracks.get_untracked(), instead_of: present.clone(), reason: reason.get_untracked() };
            async move {
                match chosen_tracks(&body.tracks, |_| true) {
                    Err(code) => form.refuse("tracks", code),
                    Ok(chosen) if chosen == body.instead_of => form.refuse_saying("tracks", t(Text::TracksSame).to_owned()),
                    Ok(_) => {
                        let acted: Acted = session.put(&path, &body).await?;
                        rows.reload();
                        session.acted(&said, acted);
                        dialog.close();
                    }
                }
                Ok(())
            }
        });
        let title = fill(t(Text::TracksTitle), &[("name", &name(&row))]);
        let stays = fill(t(Text::TracksText), &[("cohort", &session.cohort_name(&row.cohort))]);
        vec![dialog.title(&title), p(&stays), form]
    });
}
