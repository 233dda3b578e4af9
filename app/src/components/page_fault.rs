//! What is wrong with an answer, as its page shows it, and the list of all that is on top of the page.

use crate::el::{El, div, el};
use crate::fault_text::{self, element_id};
use domain::error::FaultCode;
use domain::field::Field;

/// A fault as the page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageFault {
    /// Id of the element that mends it.
    pub target: String,
    /// Whether of a date only the year is wrong.
    pub year: bool,
    /// What is wrong and how to mend it.
    pub message: String,
}

impl PageFault {
    /// The fault of an answer.
    pub fn of(field: Field, code: FaultCode) -> Self {
        let year = matches!(code, FaultCode::YearDigits | FaultCode::InTheFuture);
        Self { target: element_id(field), year, message: fault_text::fault(field, code) }
    }
}

/// Id of the list of faults.
pub const SUMMARY: &str = "error-summary";

/// The list of faults on top of a page: where each leads, and what it says.
pub fn error_summary(title: &str, links: Vec<(String, String)>) -> El {
    let links = links.into_iter().map(|(href, said)| el("li").child(el("a").attr("href", &href).text(&said))).collect();
    div("error-summary")
        .id(SUMMARY)
        .attr("role", "alert")
        .attr("tabindex", "-1")
        .attr("aria-labelledby", "error-title")
        .child(el("h2").id("error-title").text(title))
        .child(el("ul").all(links))
}
