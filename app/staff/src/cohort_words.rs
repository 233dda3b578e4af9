//! What a cohort is called: the name staff gave it, and its hours.

use domain::schedule::Slot;

/// “Алатау · Mon, Wed · 09:00–11:00”; the hours alone where it has no name.
pub fn name(label: Option<&str>, slots: &[Slot]) -> String {
    let hours = app::format::slots(slots);
    match label {
        Some(label) => [label, " · ", &hours].concat(),
        None => hours,
    }
}
