//! Another place on the waiting list, with a reason.

use super::lists::name;
use crate::components::button::Weight;
use crate::components::dialog;
use crate::components::form::Form;
use crate::remote::Remote;
use crate::session::Session;
use crate::text::{Text, fill, t};
use app::el::p;
use domain::error::FaultCode;
use domain::staff::Acted;
use domain::staff::roster::{PlaceForm, RosterRow};
use leptos::prelude::*;
use serde::de::DeserializeOwned;

/// Asks to which place.
pub(super) fn ask<T>(session: Session, rows: Remote<T>, row: RosterRow, listed: Option<u32>)
where
    T: DeserializeOwned + Send + Sync + 'static,
{
    dialog::open(session.console(), move |dialog| {
        let (form, place, reason) = (Form::new("place"), RwSignal::new(String::new()), RwSignal::new(String::new()));
        let now = row.position.unwrap_or_default().to_string();
        let told = match listed {
            Some(all) => fill(t(Text::PlacingNowOf), &[("n", &now), ("all", &all.to_string())]),
            None => fill(t(Text::PlacingNow), &[("n", &now)]),
        };
        let fields = vec![
            form.field("place", Text::PlacingPlace).hint(told).digits(place),
            form.field("reason", Text::FieldReason).hint(t(Text::FieldReasonHint)).lines(reason),
        ];
        let (path, whose) = (["/api/staff/registrations/", &row.registration, "/place"].concat(), name(&row));
        let cancel = dialog.cancel_button();
        let form = form.view_with(fields, Text::ActionSave, Weight::Main, vec![cancel], move || {
            let path = path.clone();
            let said = fill(t(Text::PlacingDone), &[("name", &whose)]);
            let body = place.get_untracked().trim().parse().ok().filter(|place| *place > 0);
            let body = body.map(|place| PlaceForm { place, reason: reason.get_untracked() });
            async move {
                let Some(body) = body else {
                    form.refuse("place", FaultCode::Required);
                    return Ok(());
                };
                let acted: Acted = session.post(&path, &body).await?;
                rows.reload();
                session.acted(&said, acted);
                dialog.close();
                Ok(())
            }
        });
        let title = fill(t(Text::PlacingTitle), &[("name", &name(&row))]);
        vec![dialog.title(&title), p(t(Text::PlacingText)), form]
    });
}
