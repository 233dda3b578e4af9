//! A family's way through the questions, with what each of them took.

use anyhow::{Context, Result};
use domain::application::ApplicationForm;

use crate::Figures;
use crate::hand::{Hand, seen};

/// What is done on a page.
enum Act {
    /// A choice or a box is tapped.
    Tap(String),
    /// The cohort is chosen in its list.
    Choose(String),
    /// Texts stand in fields.
    Fill(Vec<(String, String)>),
}

/// A page's answers, and what only the next one has.
struct Step {
    acts: Vec<Act>,
    next: &'static str,
}

/// The button that goes on.
const CONTINUE: &str = "[data-test=continue]";

/// The page with the list of cohorts, which comes with their seats.
const SCHEDULE: &str = "#cohort";

/// Answers every question as in this form, up to where everything is read through again.
pub async fn walks(hand: &Hand, answers: &ApplicationForm, figures: &mut Figures) -> Result<()> {
    hand.opens("/kk", ".track-card").await?;
    let mut note = |name: &str, value| figures.entry(name.into()).or_default().push(value);
    note("step", hand.taps("[data-test=start]", &seen("#filled_by")).await?);
    for Step { acts, next } in steps(answers) {
        for act in acts {
            match act {
                Act::Tap(id) => note("step", tick(hand, &id).await?),
                Act::Choose(id) => note("choose", tick(hand, &id).await?),
                Act::Fill(fields) => hand.fills(&fields).await?,
            }
        }
        if next == SCHEDULE {
            hand.expects("/api/cohorts", "#cohort [data-test^=cohort-]").await?;
        }
        note("step", hand.taps(CONTINUE, &seen(next)).await.with_context(|| next.to_owned())?);
        if next == SCHEDULE {
            note("list", hand.came("the list of cohorts").await?);
        }
    }
    Ok(())
}

async fn tick(hand: &Hand, id: &str) -> Result<f64> {
    let css = format!("label:has([id='{id}'])");
    hand.sees(&css).await?;
    hand.taps(&css, &format!("document.getElementById('{id}').checked")).await
}

fn steps(answers: &ApplicationForm) -> Vec<Step> {
    let (student, guardian) = (&answers.student, &answers.guardian);
    let tap = |id: String| Act::Tap(id);
    let fill =
        |fields: &[(&str, &str)]| Act::Fill(fields.iter().map(|(id, text)| ((*id).to_owned(), (*text).to_owned())).collect());
    let purposes = answers.consent.purposes.iter().map(|purpose| tap(format!("consent-purposes-{purpose}")));
    vec![
        Step { acts: vec![tap(format!("filled_by-{}", answers.filled_by))], next: "#student-born_on" },
        Step {
            acts: vec![fill(&[
                ("student-born_on-day", &student.born_on.day),
                ("student-born_on-month", &student.born_on.month),
                ("student-born_on-year", &student.born_on.year),
            ])],
            next: "#centre",
        },
        Step { acts: vec![tap(format!("centre-{}", answers.centre))], next: "#tracks" },
        Step { acts: answers.tracks.iter().map(|track| tap(format!("tracks-{track}"))).collect(), next: SCHEDULE },
        Step { acts: vec![Act::Choose(format!("cohort-{}", answers.cohort))], next: "#student-given_name" },
        Step {
            acts: vec![fill(&[("student-surname", &student.surname), ("student-given_name", &student.given_name)])],
            next: "#student-school",
        },
        Step { acts: Vec::new(), next: "#student-iin" },
        Step { acts: Vec::new(), next: "#guardian-phone" },
        Step {
            acts: vec![
                tap(format!("guardian-relation-{}", guardian.relation)),
                fill(&[
                    ("guardian-surname", &guardian.surname),
                    ("guardian-given_name", &guardian.given_name),
                    ("guardian-phone", &guardian.phone),
                ]),
            ],
            next: "#second_guardian",
        },
        Step { acts: vec![tap("second_guardian-no".to_owned())], next: "#consent-version" },
        Step {
            acts: purposes.chain([tap("consent-student_accepts-yes".to_owned())]).collect(),
            next: "[data-test=change-iin]",
        },
    ]
}
