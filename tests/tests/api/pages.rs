//! The static pages: which address gets which shell, and with what headers; by the same rules on both homes.

use std::fs;
use std::sync::Arc;

use data_encoding::BASE64;
use sha2::{Digest, Sha256};
use tumo_tests::tests;
use tumo_tests::world::World;
use xtask::{layout, texts};

tests![
    the_console_is_at_every_address_below_staff,
    families_get_their_own_app,
    the_front_page_is_there_in_each_language_and_can_be_found,
    every_page_has_a_title_and_a_preview_in_its_language,
    only_front_pages_are_found,
    the_style_sheet_in_a_page_is_the_one_the_policy_lets_through,
    every_page_of_the_app_is_there,
    what_is_no_page_is_missing,
    an_address_that_leads_nowhere_says_so_in_its_language,
    what_makes_an_app_of_it_is_always_the_newest,
];

/// What only the shell of the console names.
const CONSOLE: &str = "/assets/staff_js-";

async fn the_console_is_at_every_address_below_staff(world: Arc<World>) {
    for path in ["/staff", "/staff/", "/staff/members", "/staff/roll-call/a/2026-09-01/09:00"] {
        let answer = world.api.get(path).send().await;
        assert_eq!(answer.status, 200, "{path}");
        assert!(answer.body.contains(CONSOLE), "{path}");
        let permissions = answer.header("permissions-policy");
        assert_eq!(permissions, "camera=(self), microphone=(), geolocation=(), payment=(), usb=()", "{path}");
        assert_eq!(answer.header("x-robots-tag"), "noindex, nofollow", "{path}");
        assert_eq!(answer.header("cache-control"), "no-cache", "{path}");
        assert!(answer.header("content-security-policy").starts_with("default-src 'none'"), "{path}");
    }
}

async fn families_get_their_own_app(world: Arc<World>) {
    for path in ["/", "/kk", "/ru/register/who"] {
        let answer = world.api.get(path).send().await;
        assert_eq!(answer.status, 200, "{path}");
        assert!(!answer.body.contains(CONSOLE), "{path}");
        assert!(answer.header("permissions-policy").starts_with("camera=()"), "{path}");
        assert_eq!(answer.header("x-robots-tag"), "", "{path}");
    }
}

async fn the_front_page_is_there_in_each_language_and_can_be_found(world: Arc<World>) {
    let map = world.api.get("/sitemap.xml").send().await;
    assert_eq!(map.status, 200);
    for (language, tagline) in [("kk", "Идеядан жобаға дейін"), ("ru", "От идеи до проекта"), ("en", "From idea to project")]
    {
        let page = world.api.get(&format!("/{language}")).send().await;
        assert_eq!(page.status, 200, "{language}");
        let has = |part: &str| page.body.contains(part);
        assert!(has(&format!("<html lang=\"{language}\">")), "{language}");
        // Read by who has no script, or not yet.
        assert!(has(&format!(">{tagline}</h1>")), "{language}: {}", page.body);
        assert!(has(&format!("<a class=\"button button--primary\" href=\"/{language}/register\"")), "{language}");
        assert!(has("<noscript>"), "{language}");
        // For those who search and share, with whole addresses.
        let canonical = page.body.split("rel=\"canonical\" href=\"").nth(1).and_then(|rest| rest.split('"').next());
        let canonical = canonical.unwrap_or_else(|| panic!("{language} has no canonical address"));
        assert!(canonical.starts_with("https://") && canonical.ends_with(&format!("/{language}")), "{canonical}");
        assert!(map.body.contains(&format!("<loc>{canonical}</loc>")), "{canonical}");
        assert!(has("hreflang=\"x-default\"") && has("property=\"og:image\""), "{language}");
        assert!(!has("noindex"), "{language}");
    }
    let image = world.api.get("/share.png").send().await;
    assert_eq!((image.status, image.header("content-type")), (200, "image/png"));
}

/// Whoever sends a page to somebody shows in the same language what it is.
async fn every_page_has_a_title_and_a_preview_in_its_language(world: Arc<World>) {
    let part = |page: &str, before: &str| {
        let found = page.split_once(before).and_then(|(_, rest)| rest.split(['"', '<']).next());
        found.unwrap_or_else(|| panic!("no {before}: {page}")).to_owned()
    };
    let mut titles = Vec::new();
    for (language, locale, country) in
        [("kk", "kk_KZ", "TUMO Қазақстан"), ("ru", "ru_KZ", "TUMO Казахстан"), ("en", "en_GB", "TUMO Kazakhstan")]
    {
        for path in ["", "/register/who", "/invariants"] {
            let page = world.api.get(&format!("/{language}{path}")).send().await.body;
            let (title, said) = (part(&page, "<title>"), part(&page, "name=\"description\" content=\""));
            assert!(title.contains(country) && said.chars().count() > 60, "{language}{path}: {title}; {said}");
            let shared = |property: &str| part(&page, &format!("property=\"og:{property}\" content=\""));
            assert_eq!([shared("title"), shared("description"), shared("locale")], [title.clone(), said, locale.into()]);
            assert!(shared("image").starts_with("https://"), "{language}{path}");
            titles.push(title);
        }
    }
    // What has no shell of its own is known as the front page.
    titles.sort_unstable();
    titles.dedup();
    assert_eq!(titles.len(), 6, "{titles:?}");
}

async fn only_front_pages_are_found(world: Arc<World>) {
    for path in ["/kk/register", "/ru/my", "/en/invariants"] {
        let page = world.api.get(path).send().await;
        let language = path.split('/').nth(1).expect("a language");
        assert!(page.body.contains(&format!("<html lang=\"{language}\">")), "{path}");
        assert!(page.body.contains("<meta name=\"robots\" content=\"noindex\">"), "{path}");
    }
}

/// A browser paints a page whose style sheet the policy doesn't know without any style.
async fn the_style_sheet_in_a_page_is_the_one_the_policy_lets_through(world: Arc<World>) {
    for path in ["/", "/kk", "/ru/register"] {
        let page = world.api.get(path).send().await;
        let (_, rest) = page.body.split_once("<style>").expect("a style sheet in the page");
        let (rules, rest) = rest.split_once("</style>").expect("its end");
        assert!(rules.contains("--ground") && !rest.contains("<style"), "{path}");
        let digest = BASE64.encode(&Sha256::digest(rules));
        let policy = page.header("content-security-policy");
        let styles = policy.split("; ").find(|part| part.starts_with("style-src "));
        assert_eq!(styles, Some(format!("style-src 'self' 'sha256-{digest}'").as_str()), "{path}");
    }
}

/// The list is compared with the app's own pages by its tests.
async fn every_page_of_the_app_is_there(world: Arc<World>) {
    let pages = fs::read_to_string(layout::root().join("app/pages.txt")).expect("the list of pages");
    for language in texts::LANGUAGES {
        let below = pages.lines().flat_map(|page| [page.to_owned(), format!("{page}/"), format!("{page}?change")]);
        for path in below.chain(["/".to_owned()]).map(|page| format!("/{language}{page}")) {
            let answer = world.api.get(&path).send().await;
            assert_eq!(answer.status, 200, "{path}");
            assert!(answer.body.contains(&format!("<html lang=\"{language}\">")), "{path}");
        }
    }
}

async fn an_address_that_leads_nowhere_says_so_in_its_language(world: Arc<World>) {
    let nowhere = ["/nothing", "/register/nothing", "/register/6/iin", "/register/who/more", "/my/nothing", "/invariants/more"];
    for language in texts::LANGUAGES {
        for path in nowhere.map(|path| format!("/{language}{path}")) {
            let answer = world.api.get(&path).send().await;
            assert_eq!(answer.status, 404, "{path}");
            // The app opens all the same, and leads to the front page.
            assert!(answer.body.contains(&format!("<html lang=\"{language}\">")), "{path}");
            assert!(answer.body.contains("/assets/app_js-"), "{path}");
            assert!(answer.header("content-type").starts_with("text/html"), "{path}");
            assert!(answer.header("content-security-policy").starts_with("default-src 'none'"), "{path}");
            assert!(["no-cache", "no-store"].contains(&answer.header("cache-control")), "{path}");
            for (name, value) in [("range", "bytes=0-10"), ("if-modified-since", "Wed, 01 Dec 2100 00:00:00 GMT")] {
                let part = world.api.get(&path).header(name, value).send().await;
                assert_eq!((part.status, part.body == answer.body), (404, true), "{path}, {name}");
            }
        }
    }
}

async fn what_is_no_page_is_missing(world: Arc<World>) {
    let long = format!("/kk/{}", "a".repeat(300));
    for path in ["/staffer", "/assets/staff_js-000000000000.js", "/staff.html.br", "/%5fheaders", &long] {
        let answer = world.api.get(path).send().await;
        assert_eq!(answer.status, 404, "{path}");
        let (transport, kind) = (answer.header("strict-transport-security"), answer.header("x-content-type-options"));
        assert!(transport.starts_with("max-age=31536000") && kind == "nosniff", "{path}: {transport}, {kind}");
    }
}

/// A browser that kept the worker of families' pages would keep their version with it.
async fn what_makes_an_app_of_it_is_always_the_newest(world: Arc<World>) {
    for (path, kind) in [
        ("/families-worker.js", "text/javascript"),
        ("/staff-worker.js", "text/javascript"),
        ("/manifest-kk.webmanifest", "application/manifest+json"),
        ("/manifest-ru.webmanifest", "application/manifest+json"),
        ("/manifest-en.webmanifest", "application/manifest+json"),
        ("/offline", "text/html"),
        ("/page-kk", "text/html"),
    ] {
        let answer = world.api.get(path).send().await;
        assert_eq!((answer.status, answer.header("cache-control")), (200, "no-cache"), "{path}");
        assert!(answer.header("content-type").starts_with(kind), "{path}: {}", answer.header("content-type"));
    }
}
