//! One to three tracks.

use crate::components::by_and_by::{AT_A_TIME, by_and_by};
use crate::components::check_box::{CheckBox, put_track, track_list};
use crate::components::page_fault::PageFault;
use crate::components::question::Question;
use crate::draft::drop_unfitting_cohort;
use crate::el::{El, el};
use crate::fault_text::element_id;
use crate::pages::home::track_art;
use crate::text::{Text, language, t};
use domain::field::Field;
use leptos::prelude::*;

/// The question.
pub fn view(question: Question) -> El {
    let catalogue = question.catalogue();
    let id = element_id(Field::Tracks);
    let list = el("div").live_class(move || {
        question.app.draft.track();
        track_list(question.read(|form| form.tracks.len()))
    });
    by_and_by(list.element(), AT_A_TIME, catalogue.tracks.len(), move |number| {
        let catalogue = question.catalogue();
        let track = catalogue.tracks.get(number)?;
        let kept = track.id.clone();
        let card = CheckBox {
            id: element_id(Field::Tracks) + "-" + &track.id,
            title: track.name.get(language()).to_owned(),
            note: track.summary.get(language()).to_owned(),
            art: track_art(&track.id),
            checked: question.read(|form| form.tracks.contains(&track.id)),
        };
        Some(card.view_with(move |input| question.write(|form| put_track(question.app, &mut form.tracks, &kept, &input))))
    });
    let group = question.group(&id, t(Text::TracksTitle), t(Text::TracksHint), vec![list]);
    question.page(vec![group], move || {
        let catalogue = question.catalogue();
        let faults = question.check();
        let offered = question
            .read(|form| catalogue.cohorts.iter().any(|cohort| cohort.centre == form.centre && cohort.offers(&form.tracks)));
        if faults.is_empty() && !offered {
            let target = element_id(Field::Tracks);
            return question.refuse(vec![PageFault { target, year: false, message: t(Text::TracksNone).to_owned() }]);
        }
        question.write(|form| drop_unfitting_cohort(form, &catalogue));
        question.proceed();
    })
}
