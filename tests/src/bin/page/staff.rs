//! The console in a trainer's and a coordinator's hand: long lists, looking for somebody, marking.

use anyhow::{Context, Result};
use serde_json::Value;

use crate::Figures;
use crate::hand::{Hand, seen};

/// What is long among what the story holds.
pub struct Longest {
    /// The cohort with the most students and waiting.
    pub cohort: String,
    /// The session with the most marks, as its address names it.
    pub session: String,
    /// The same as the API names it.
    pub session_asked: String,
}

/// A row of a table.
const ROW: &str = ".table tbody tr";

/// Where somebody is looked for, in a list and in all of them.
const SEARCH: &str = "#students-search";

/// Typed letter by letter to narrow a list.
const NARROWED: &str = "ай";

/// Who is looked for in all cohorts, one after the other.
const LOOKED_FOR: [&str; 3] = ["мира", "нұр", "айг"];

/// How many students are marked.
const MARKED: usize = 12;

/// Opens long lists, narrows them, looks for students, marks some.
pub async fn works(hand: &Hand, longest: &Longest, figures: &mut Figures) -> Result<()> {
    let mut note = |name: &str, value| figures.entry(name.into()).or_default().push(value);
    let Longest { cohort, session, session_asked } = longest;

    hand.opens("/staff/cohorts", ROW).await?;
    hand.expects(&format!("/api/staff/cohorts/{cohort}/roster"), "[aria-labelledby=students-caption] tbody tr").await?;
    hand.follows(&format!("/staff/cohorts/{cohort}")).await?;
    note("list", hand.came("the roster").await?);
    hand.begins_to_type(SEARCH).await?;
    for letter in NARROWED.chars() {
        note("search", hand.types_a_letter(letter).await?);
    }
    note("list", hand.taps("#cohort-tab-waiting", &seen("[aria-labelledby=waiting-caption] tbody tr")).await?);

    hand.opens("/staff/students", SEARCH).await?;
    for looked_for in LOOKED_FOR {
        hand.begins_to_type(SEARCH).await?;
        hand.expects("/api/staff/students/search", ROW).await?;
        hand.types(looked_for).await?;
        note("search", hand.came(looked_for).await?);
    }

    hand.opens("/staff/roll-call", "h1").await?;
    hand.expects(&format!("/api/staff/sessions/{session_asked}"), "[data-test=student]").await?;
    hand.follows(&format!("/staff/roll-call/{session}")).await?;
    note("list", hand.came("the roll call").await?);
    for number in 0..MARKED {
        let (row, says) = next_mark(hand, number).await?;
        let shown = format!("document.querySelector({row:?}).dataset.status === '{says}'");
        note("mark", hand.taps(&format!("{row} [data-says={says}]"), &shown).await?);
    }
    Ok(())
}

/// A row by its number, and what it doesn't say yet.
async fn next_mark(hand: &Hand, number: usize) -> Result<(String, &'static str)> {
    let told = hand
        .asks(&format!(
            "const row = document.querySelectorAll('[data-test=student]')[{number}];
        return [row.dataset.registration, row.dataset.status]"
        ))
        .await?;
    let text = |place: usize| told.get(place).and_then(Value::as_str).context("too few students");
    let says = if text(1)? == "absent" { "present" } else { "absent" };
    Ok((format!("[data-registration='{}']", text(0)?), says))
}
