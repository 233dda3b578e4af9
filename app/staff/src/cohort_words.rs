//! What a cohort is called: the name staff gave it, and its hours.

use domain::schedule::Slot;

/// The name, and the hours below it; the hours in its place where there is none.
pub fn parts(label: Option<&str>, slots: &[Slot]) -> (String, Option<String>) {
    let hours = app::format::slots(slots);
    match label {
        Some(label) => (label.to_owned(), Some(hours)),
        None => (hours, None),
    }
}

/// “Алатау · Mon, Wed · 09:00–11:00”; the hours alone where it has no name.
pub fn name(label: Option<&str>, slots: &[Slot]) -> String {
    match parts(label, slots) {
        (name, Some(hours)) => [&name, " · ", &hours].concat(),
        (name, None) => name,
    }
}
