//! Making a cohort, also as a copy of another one, and changing one.

use super::form::Answers;
use super::{Cohorts, loaded};
use crate::components::button::Weight;
use crate::components::dialog;
use crate::components::form::Form;
use crate::session::Session;
use crate::text::{Text, fill, t};
use domain::error::FaultCode;
use domain::staff::Acted;
use domain::staff::cohort::{CohortMade, StaffCohort};

/// Asks for a new cohort; `like` is the one whose values it begins with.
pub fn add(session: Session, cohorts: Cohorts, like: Option<StaffCohort>) {
    dialog::open(session.console(), move |dialog| {
        let (form, answers) = (Form::new("cohort"), Answers::new(session, like.as_ref()));
        let fields = answers.fields_of_new(session, cohorts, form);
        let cancel = vec![dialog.cancel_button()];
        let form = form.view_with(fields, Text::CohortsAdd, Weight::Main, cancel, move || async move {
            let Some(body) = answers.made() else {
                form.refuse("seats", FaultCode::Required);
                return Ok(());
            };
            let made: CohortMade = session.post(super::PATH, &body).await?;
            cohorts.reload();
            session.acted(t(Text::CohortsAddedSaid), made.acted);
            dialog.close();
            Ok(())
        });
        vec![dialog.title(t(Text::CohortsAddTitle)), form]
    });
}

/// Asks what is to be changed about the cohort of this id.
pub fn change(session: Session, cohorts: Cohorts, id: &str) {
    let seen = loaded(cohorts, |shown| shown.all.cohorts.iter().find(|cohort| cohort.id == id).cloned()).flatten();
    let Some(cohort) = seen else { return };
    dialog::open(session.console(), move |dialog| {
        let (form, answers) = (Form::new("cohort"), Answers::new(session, Some(&cohort)));
        let fields = answers.fields_of_change(session, cohorts, form, &cohort);
        let path = [super::PATH, "/", &cohort.id].concat();
        let (version, name) = (cohort.version, session.cohort_of(&cohort).line());
        let said = fill(t(Text::CohortsChangedSaid), &[("name", &name)]);
        let cancel = vec![dialog.cancel_button()];
        let form = form.view_with(fields, Text::ActionSave, Weight::Main, cancel, move || {
            let (path, said) = (path.clone(), said.clone());
            async move {
                let acted: Acted = session.put(&path, &answers.changed(version)).await?;
                cohorts.reload();
                session.acted(&said, acted);
                dialog.close();
                Ok(())
            }
        });
        vec![dialog.title(&fill(t(Text::CohortsChangeTitle), &[("name", &name)])), form]
    });
}
