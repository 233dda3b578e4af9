//! Exports: what the store reads, written as a file while somebody takes it. A step reads a little and writes it; nothing is read ahead
//! of what is taken, and what is held is one page of rows, the students of one cohort, and a sign for each mark until its sheet comes.

mod attendance;
mod output;
mod register;
mod roster;

use crate::platform::Platform;
use crate::store::exports::{Cohort, Frame};
use attendance::Attendance;
use axum::body::Bytes;
use domain::catalogue::{Catalogue, Centre};
use domain::date::Timestamp;
use domain::language::Language;
use domain::staff::exchange::{ExportKind, ExportQuery, wording};
use futures_util::Stream;
use futures_util::stream::try_unfold;
use output::Output;
use roster::Roster;
use std::sync::Arc;

/// How much of a file is handed over at a time, in bytes.
const PIECE: usize = 64 * 1024;

/// What every row of an export is made with.
struct Context {
    query: ExportQuery,
    catalogue: Arc<Catalogue>,
    frame: Frame,
    now: Timestamp,
}

impl Context {
    const fn language(&self) -> Language {
        self.query.language
    }

    /// The cohort at this place of the frame.
    fn cohort(&self, place: usize) -> Option<&Cohort> {
        self.frame.cohorts.get(place)
    }

    /// City and name of a cohort's centre.
    fn centre(&self, cohort: &Cohort) -> (&str, &str) {
        let text = |of: fn(&Centre) -> &domain::language::Localized| {
            self.catalogue.centre(&cohort.centre).map_or("", |centre| of(centre).get(self.language()))
        };
        (text(|centre| &centre.city), text(|centre| &centre.name))
    }

    fn cohort_name(&self, cohort: &Cohort) -> String {
        wording::cohort(cohort.label.as_deref(), &cohort.plan.slots, self.language())
    }

    /// Names of tracks, with commas between them.
    fn tracks(&self, ids: &[String]) -> String {
        let known = ids.iter().filter_map(|id| self.catalogue.track(id));
        known.map(|track| track.name.get(self.language())).collect::<Vec<_>>().join(", ")
    }

    /// The name of a staff member.
    fn member<'a>(&'a self, id: &'a str) -> &'a str {
        self.frame.members.get(id).map_or(id, String::as_str)
    }
}

/// The number of a student: that of the application, and which of its students it is when there are several.
fn student_number(reference: &str, place: u32) -> String {
    if place > 1 { format!("{reference}/{place}") } else { reference.to_owned() }
}

/// An export being written.
pub struct Export<P> {
    platform: P,
    context: Context,
    output: Output,
    content: Content,
}

enum Content {
    Attendance(Attendance),
    Roster(Roster),
}

impl<P: Platform> Export<P> {
    /// Begins to write.
    pub fn new(platform: P, query: ExportQuery, catalogue: Arc<Catalogue>, frame: Frame) -> Self {
        let now = platform.now();
        let context = Context { query, catalogue, frame, now };
        let (first, content) = match context.query.kind {
            ExportKind::Attendance => (attendance::sheet(&context), Content::Attendance(Attendance::default())),
            ExportKind::Roster => (roster::sheet(&context), Content::Roster(Roster::default())),
        };
        let output = Output::new(context.query.format, first, context.now);
        Self { platform, context, output, content }
    }

    /// The pieces of the file. What goes wrong in between is told to the log and breaks the file off.
    pub fn pieces(self) -> impl Stream<Item = Result<Bytes, BrokenOff>> {
        try_unfold(Some(self), |export| async {
            let Some(mut export) = export else { return Ok(None) };
            while export.output.waiting() < PIECE {
                if !export.step().await? {
                    return Ok(Some((export.output.finish().into(), None)));
                }
            }
            Ok(Some((export.output.take().into(), Some(export))))
        })
    }

    /// Writes a little more; false when everything is written.
    async fn step(&mut self) -> Result<bool, BrokenOff> {
        let Self { platform, context, output, content } = self;
        let step = match content {
            Content::Attendance(attendance) => attendance.step(platform, context, output).await,
            Content::Roster(roster) => roster.step(platform, context, output).await,
        };
        step.map_err(|refusal| {
            platform.log(&format!("an export broke off: {}", refusal.log.as_deref().unwrap_or(refusal.code.as_str())));
            BrokenOff
        })
    }
}

/// A file that could not be written to its end; the log knows why.
#[derive(Debug, Clone, Copy)]
pub struct BrokenOff;

impl std::fmt::Display for BrokenOff {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an export broke off")
    }
}

impl std::error::Error for BrokenOff {}

#[cfg(test)]
mod tests;
