//! Every staff route that names something of a centre, for every role that may: staff of that centre reach it, to staff of another one
//! it is as good as unknown. The routes are read from the description of the API; a new one has to be given a body here.

use std::sync::Arc;

use domain::error::ErrorCode;
use domain::registration::RegistrationState;
use domain::staff::access::Role;
use domain::staff::attendance::{SessionForm, SessionKey};
use domain::staff::cohort::{CohortChange, SeatsForm, StaffCohorts};
use domain::staff::roster::{MessageForm, MoveForm, PlaceForm, TracksForm};
use domain::staff::{Acted, ReasonForm};
use reqwest::Method;
use serde_json::{Value, json};
use tumo_tests::api::{Answer, OneStudent, Request, fresh_key};
use tumo_tests::personal;
use tumo_tests::staff::Staff;
use tumo_tests::tests;
use tumo_tests::world::World;

use crate::staff_rights::{Route, routes};

tests![what_is_of_a_centre_is_reached_by_its_own_staff_only];

const REASON: &str = "Кесте өзгерді";

/// Something of every kind that a route can name, all of it in Astana.
struct Things {
    cohort: String,
    registration: String,
    entry: u64,
    session: SessionKey,
}

impl Things {
    async fn make(world: &World) -> Self {
        let cohort = world.own_cohort();
        let registration = world.applied(&world.form_for(&cohort)).await.one().registration.clone();
        let session = world.begins(&cohort).await;
        let coordinator = world.staff(Role::Coordinator, Some("astana")).await;
        let form = SeatsForm { seats: 3, reason: REASON.into() };
        let acted: Acted = coordinator.put(&format!("/api/staff/cohorts/{cohort}/seats")).json(&form).send().await.json();
        Self { cohort, registration, entry: acted.entry, session }
    }

    /// Whether a route names any of them.
    fn are_named(route: &Route) -> bool {
        ["{cohort}", "{registration}", "{entry}"].iter().any(|name| route.path.contains(name))
    }

    /// The address of a route with these things in it.
    fn address(&self, route: &Route) -> String {
        let day = self.session.date.to_string();
        let address = route
            .path
            .replace("{cohort}", &self.cohort)
            .replace("{registration}", &self.registration)
            .replace("{entry}", &self.entry.to_string())
            .replace("{date}", &day)
            .replace("{start}", &self.session.start.to_string());
        assert!(!address.contains('{'), "{}: fill in what it names", route.path);
        address
    }

    /// A body that the route takes.
    async fn body(&self, world: &World, route: &Route) -> Option<Value> {
        let reason = || json!(ReasonForm { reason: REASON.into() });
        let path = route.path.strip_prefix("/api/staff/").expect("a staff route");
        Some(match (&route.method, path) {
            (&Method::GET, _) | (_, "registrations/{registration}/contacts") => return None,
            (_, "cohorts/{cohort}") => json!(self.change(world).await),
            (_, "cohorts/{cohort}/seats") => json!(SeatsForm { seats: 4, reason: REASON.into() }),
            (
                _,
                "cohorts/{cohort}/close"
                | "cohorts/{cohort}/reopen"
                | "registrations/{registration}/remove"
                | "journal/{entry}/undo",
            ) => reason(),
            (_, "cohorts/{cohort}/students") => {
                let form = world.form_for(&self.cohort);
                personal::note(&form);
                json!(form)
            }
            (_, "cohorts/{cohort}/messages") => json!(MessageForm {
                id: format!("{:0>26}", fresh_key().replace('-', "")),
                subject: "Залы ауысты".into(),
                body: "Ертең 2-залда кездесеміз.".into(),
                states: vec![RegistrationState::Enrolled],
                news: false,
                preview: false,
            }),
            (_, "registrations/{registration}/move") => {
                json!(MoveForm { cohort: "astana-tue-thu-0900".into(), tracks: vec![], reason: REASON.into() })
            }
            (_, "registrations/{registration}/tracks") => json!(TracksForm {
                tracks: vec!["music".into()],
                instead_of: world.form_for(&self.cohort).tracks,
                reason: REASON.into(),
            }),
            (_, "registrations/{registration}/place") => json!(PlaceForm { place: 1, reason: REASON.into() }),
            (_, "sessions/{cohort}/{date}/{start}") => json!(SessionForm {
                date: self.session.date,
                start: self.session.start,
                end: self.session.start + 60,
                cancelled: true,
                reason: REASON.into(),
            }),
            (method, path) => panic!("{method} {path}: give it a body"),
        })
    }

    /// The cohort as it is, with another label.
    async fn change(&self, world: &World) -> CohortChange {
        let administrator = world.staff(Role::Administrator, None).await;
        let all: StaffCohorts = administrator.get("/api/staff/cohorts").send().await.json();
        let cohort = all.cohorts.into_iter().find(|cohort| cohort.id == self.cohort).expect("the cohort");
        let trainers = cohort.trainers.into_iter().map(|trainer| trainer.id).collect();
        let (version, slots, tracks) = (cohort.version, cohort.slots, cohort.tracks);
        CohortChange { version, label: "Басқа атау".into(), slots, tracks, trainers, reason: REASON.into() }
    }
}

fn asked(staff: &Staff, method: &Method, address: &str, body: Option<&Value>) -> Request {
    let request = staff.request(method.clone(), address).key(&fresh_key());
    match body {
        Some(body) => request.json(body),
        None => request,
    }
}

fn unknown(answer: &Answer) -> bool {
    matches!(answer.status, 401 | 403 | 404)
}

async fn what_is_of_a_centre_is_reached_by_its_own_staff_only(world: Arc<World>) {
    let mut walked = 0;
    for route in routes(&world).await {
        let Some(right) = route.right.filter(|_| Things::are_named(&route)) else { continue };
        // What one route does must not stand in the way of the next.
        let things = Things::make(&world).await;
        let address = things.address(&route);
        for role in Role::ALL.iter().filter(|role| role.may(right) && **role != Role::Administrator) {
            let body = things.body(&world, &route).await;
            let stranger = world.staff(*role, Some("almaty")).await;
            let said = format!("{role:?}: {} {}", route.method, route.path);
            let answer = asked(&stranger, &route.method, &address, body.as_ref());
            // Who reads stores nothing, and who acts nothing either.
            world.refused(answer).await.assert_refused(404, ErrorCode::Unknown);
            let own = world.staff(*role, Some("astana")).await;
            let answer = asked(&own, &route.method, &address, body.as_ref()).send().await;
            assert!(!unknown(&answer), "{said}: {} {}", answer.status, answer.body);
            walked += 1;
        }
    }
    assert!(walked >= 14, "only {walked} routes and roles");
}
