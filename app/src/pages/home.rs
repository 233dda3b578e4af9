//! What TUMO is, and the one big button.

use crate::app::{App, Loaded};
use crate::clock;
use crate::components::heading::name_tab;
use crate::components::page_state::{Art, art, button, button_link, page_state, retry_button};
use crate::dom;
use crate::el::{El, div, el, p};
use crate::fault_text;
use crate::format;
use crate::links::{self, SavedLink};
use crate::pages::lost::home_link;
use crate::pages::register;
use crate::router::{Page, private_path};
use crate::step::Step;
use crate::text::{Text, fill, language, plural, t};
use domain::catalogue::{Catalogue, Centre, Intake, Phase};
use leptos::prelude::*;

/// The landing page.
pub fn view(app: App) -> Vec<El> {
    name_tab(t(Text::HomeTagline), false);
    let catalogue = app.catalogue.get_untracked();
    let phase = match &catalogue {
        Loaded::Ready(catalogue) => Some(catalogue.intake.phase(clock::now())),
        Loaded::Loading | Loaded::Failed(_) => None,
    };
    // Before the catalogue is here nobody knows; the register page will tell.
    let open = phase.is_none_or(|phase| phase == Phase::Open);
    let notice = match &catalogue {
        Loaded::Ready(catalogue) if !open => Some(intake_notice(&catalogue.intake)),
        _ => None,
    };
    let title = el("h1").attr("tabindex", "-1").text(t(Text::HomeTagline));
    let words = el("div").child(title).child(el("p").class("lead").text(t(Text::HomeLead)));
    let words = words.maybe(open.then(|| start_button(app, "start-hero")));
    let mut page = vec![div("hero").child(words).child(art("/art/hero.svg", "480", "360").class("hero-art"))];
    page.extend(notice);
    page.extend(kept(app, open));
    // In front of what comes later, so that nothing moves when it comes.
    let how = [Text::HomeHow1, Text::HomeHow2, Text::HomeHow3].map(|line| el("li").text(t(line)));
    page.push(section("how", t(Text::HomeHowTitle), el("ol").class("next-steps").all(how.into())));
    match catalogue {
        Loaded::Ready(catalogue) => page.extend(details(app, &catalogue)),
        Loaded::Loading => {
            let waiting = el("span").class("visually-hidden").text(t(Text::SiteLoading));
            page.push(el("section").attr("aria-busy", "true").child(waiting).child(div("skeleton")));
        }
        Loaded::Failed(failure) => page.push(
            el("section")
                .class("empty")
                .attr("role", "alert")
                .child(art("/art/state-offline.svg", "120", "120"))
                .child(p(t(fault_text::failure(&failure))))
                .child(retry_button(move || app.load_catalogue())),
        ),
    }
    if open {
        register::make_ready(app, Page::Home, Step::Who);
        page.push(div("sticky-cta").child(start_button(app, "start")));
    }
    page
}

fn start_button(app: App, test: &str) -> El {
    let begun = app.draft.with_untracked(|draft| draft.is_begun());
    let words = if begun { Text::HomeResume } else { Text::ActionStart };
    button_link("button button--primary", test, t(words), &Page::Register.path(language()))
}

/// The button that keeps the answers.
const KEEP: &str = "anew-no";

/// What this phone has kept: registrations made on it, and answers not sent yet.
fn kept(app: App, open: bool) -> Vec<El> {
    let mut kept = Vec::new();
    let links = saved_links();
    if !links.is_empty() {
        kept.push(div("notice").all(links));
    }
    if open && app.draft.with_untracked(|draft| draft.is_begun() && !draft.is_locked()) {
        let asking = RwSignal::new(false);
        let ask = move || {
            if !asking.get() {
                let ask = move || {
                    asking.set(true);
                    // To the answer that loses nothing; the browser brings it out from under the big button.
                    dom::focus_in_place(KEEP.to_owned());
                };
                return vec![button("link", "anew", t(Text::HomeNewDraft), ask)];
            }
            let yes = button("button button--danger", "anew-yes", t(Text::HomeAnewYes), move || {
                app.start_anew();
                app.router.go(Page::Register);
            });
            let no = button("button button--secondary", "anew-no", t(Text::HomeAnewNo), move || asking.set(false)).id(KEEP);
            vec![p(t(Text::HomeAnewAsk)), div("actions").child(yes).child(no)]
        };
        kept.push(div("notice").child(p(t(Text::HomeDraftText))).child(el("div").live(ask)));
    }
    kept
}

/// The registrations made on this phone, each with the way to its page.
pub fn saved_links() -> Vec<El> {
    let row = |link: SavedLink| {
        let said =
            fill(t(Text::HomeLinkText), &[("name", &link.given_name), ("reference", &format::unbroken(&link.reference))]);
        let href = private_path(Page::My, language(), &link.token, "");
        let open = button_link("button button--secondary", "saved-link", t(Text::HomeLinkOpen), &href);
        el("p").class("saved").child(el("span").text(&said)).text(" ").child(open)
    };
    links::all().into_iter().map(row).collect()
}

/// Day and hour of the opening, or that it is over.
fn intake_words(intake: &Intake) -> (String, String) {
    if intake.phase(clock::now()) == Phase::NotOpenYet {
        let opens = [format::moment(intake.opens_at), " (".into(), t(Text::DateZone).into(), ")".into()].concat();
        (fill(t(Text::HomeOpensTitle), &[("date", &opens)]), t(Text::HomeOpensText).to_owned())
    } else {
        let closed = format::date(intake.closes_at.local_date());
        (t(Text::HomeClosedTitle).to_owned(), fill(t(Text::HomeClosedText), &[("date", &closed)]))
    }
}

fn intake_notice(intake: &Intake) -> El {
    let (title, said) = intake_words(intake);
    div("notice").test("intake").child(el("strong").text(&title)).text(&said)
}

/// The page in place of the form while no applications are taken.
pub fn not_open(intake: &Intake) -> El {
    let (title, said) = intake_words(intake);
    page_state(Art::Calendar, &title, &[said], vec![home_link()])
}

/// Everything that is data: ages, tracks, centres.
fn details(app: App, catalogue: &Catalogue) -> [El; 3] {
    let intake = &catalogue.intake;
    let ages = [intake.min_age.to_string(), intake.max_age.to_string()].join("–");
    let count = plural(Text::HomeTracksTitle, u32::try_from(catalogue.tracks.len()).unwrap_or_default());
    let facts = [
        (t(Text::HomeFreeTitle), Text::HomeFreeText),
        (&ages, Text::HomeAges),
        (t(Text::HomeExamsTitle), Text::HomeExamsText),
        (&count, Text::HomeTracksText),
    ];
    let facts = facts.map(|(strong, said)| el("li").child(el("strong").text(strong)).text(t(said)));
    let tracks = catalogue.tracks.iter().map(|track| {
        el("li")
            .class("track-card")
            .child(art(&track_art(&track.id), "96", "96").attr("loading", "lazy"))
            .child(el("h3").text(track.name.get(language())))
            .child(p(track.summary.get(language())))
    });
    let centres = catalogue.centres.iter().map(|centre| centre_card(app, catalogue, centre));
    [
        el("ul").class("facts").all(facts.into()),
        section("tracks", &count, el("ul").class("track-grid").all(tracks.collect())),
        section("centres", t(Text::HomeCentres), el("ul").class("centre-list").all(centres.collect())),
    ]
}

fn section(id: &str, title: &str, content: El) -> El {
    el("section").attr("aria-labelledby", id).child(el("h2").id(id).text(title)).child(content)
}

/// A centre with the places it has now.
fn centre_card(app: App, catalogue: &Catalogue, centre: &Centre) -> El {
    let here = catalogue.cohorts.iter().filter(|cohort| cohort.centre == centre.id && !cohort.closed);
    let cohorts: Vec<String> = here.map(|cohort| cohort.id.clone()).collect();
    let count = move || {
        app.seats.with(|seats| match seats {
            Loaded::Ready(live) => {
                let open: u32 = cohorts.iter().filter_map(|id| live.of(id)).map(|seats| seats.open()).sum();
                if open == 0 {
                    return vec![el("span").text(t(Text::HomeSeatsNone))];
                }
                let word = t(Text::SeatsLabel).split('|').nth(language().plural_form(open)).unwrap_or_default();
                vec![el("strong").text(&format::number(open)), el("span").text(word)]
            }
            Loaded::Loading => vec![el("span").attr("aria-busy", "true").text("…")],
            Loaded::Failed(_) => vec![
                el("span").text(t(Text::HomeSeatsFailed)).text(" "),
                button("link", "retry-seats", t(Text::ActionRetry), move || app.load_seats()),
            ],
        })
    };
    // Places that nobody can take now are no news.
    let open = catalogue.intake.phase(clock::now()) == Phase::Open;
    let tag = centre.provisional.then(|| el("span").class("tag").text(t(Text::HomeAddressProvisional)));
    let place = el("div").child(el("h3").text(centre.city.get(language()))).child(p(centre.address.get(language()))).maybe(tag);
    el("li").class("centre-card").child(place).maybe(open.then(|| el("p").class("count").live(count)))
}

/// The drawing of a track.
pub fn track_art(track: &str) -> String {
    ["/art/track-", track, ".svg"].concat()
}
