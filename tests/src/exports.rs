//! Files of exports, as staff ask for them.

use domain::date::Timestamp;
use domain::language::Language;
use domain::staff::exchange::{ExportFormat, ExportKind, ExportQuery};

use crate::api::{Answer, Request};
use crate::staff::Staff;
use crate::world::World;

/// A file about today and tomorrow, in Russian; of every cohort within reach if none is named.
pub fn query(world: &World, kind: ExportKind, format: ExportFormat, cohorts: &[&str]) -> ExportQuery {
    let today = Timestamp(world.now()).local_date();
    let cohorts = cohorts.iter().map(ToString::to_string).collect();
    ExportQuery { kind, format, centre: None, cohorts, from: today, to: today.plus_days(1), language: Language::Russian }
}

/// Asks for a file.
pub fn request(staff: &Staff, query: &ExportQuery) -> Request {
    let parts = serde_json::to_value(query).expect("a query");
    let parts =
        parts.as_object().expect("an object").iter().filter_map(|(name, value)| Some(format!("{name}={}", value.as_str()?)));
    staff.get(&format!("/api/staff/export?{}", parts.collect::<Vec<_>>().join("&")))
}

/// The file, which comes under its name.
pub async fn file(staff: &Staff, query: &ExportQuery) -> Answer {
    let answer = request(staff, query).send().await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let disposition = format!("attachment; filename=\"{}\"", query.file_name());
    assert_eq!(answer.header("content-disposition"), disposition);
    answer
}
