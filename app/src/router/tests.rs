use super::*;
use std::collections::BTreeSet;

#[test]
fn addresses_mean_pages() {
    let read = |path| Page::parse(path, "");
    assert_eq!(read("/"), (None, Page::Home));
    assert_eq!(read("/ru"), (Some(Language::Russian), Page::Home));
    assert_eq!(read("/kk/register"), (Some(Language::Kazakh), Page::Register));
    assert_eq!(read("/kk/register/iin/"), (Some(Language::Kazakh), Page::question(Step::Iin)));
    assert_eq!(read("/en/my"), (Some(Language::English), Page::My));
    assert_eq!(read("/en/register/age").1, Page::OutsideAges { student: 0 });
    let second = Page::Question { step: Step::Iin, student: 1, change: false };
    assert_eq!(read("/kk/register/2/iin"), (Some(Language::Kazakh), second));
}

#[test]
fn anything_else_is_lost_but_keeps_its_language() {
    assert_eq!(Page::parse("/register", ""), (None, Page::Lost));
    assert_eq!(Page::parse("/kk/register/price", ""), (Some(Language::Kazakh), Page::Lost));
    assert_eq!(Page::parse("/ru/register/who/more", ""), (Some(Language::Russian), Page::Lost));
    assert_eq!(Page::parse("/de", ""), (None, Page::Lost));
    for path in ["/kk/register/1/iin", "/kk/register/6/iin", "/kk/register/2", "/kk/register/2/iin/more"] {
        assert_eq!(Page::parse(path, ""), (Some(Language::Kazakh), Page::Lost), "{path}");
    }
}

/// Every page that has an address below that of its language.
fn pages() -> Vec<Page> {
    let questions = (0..STUDENTS_MAX).flat_map(|student| {
        let pages = move |step| [false, true].map(|change| Page::Question { step, student, change });
        Step::ALL.into_iter().flat_map(pages).chain([Page::OutsideAges { student }])
    });
    let mine = [Page::My, Page::Decline, Page::Withdraw, Page::Join, Page::Invariants];
    [Page::Register, Page::Already].into_iter().chain(mine).chain(questions).collect()
}

#[test]
fn every_page_is_found_at_its_own_address() {
    for page in pages().into_iter().chain([Page::Home]) {
        let path = page.path(Language::Russian);
        let (path, query) = path.split_once('?').map_or((path.as_str(), ""), |(path, _)| (path, CHANGE));
        assert_eq!(Page::parse(path, query), (Some(Language::Russian), page));
    }
}

/// By that list both homes of the site tell a page from an address that leads nowhere.
#[test]
fn the_list_of_addresses_is_that_of_the_pages() {
    let own = |page: Page| page.path(Language::Kazakh).trim_start_matches("/kk").trim_end_matches(CHANGE).to_owned();
    let pages: BTreeSet<String> = pages().into_iter().map(own).collect();
    let listed: BTreeSet<String> = include_str!("../../pages.txt").lines().map(ToOwned::to_owned).collect();
    assert_eq!(pages, listed, "app/pages.txt has to name exactly the pages that there are");
}

#[test]
fn the_secret_stays_in_the_fragment() {
    assert_eq!(private_path(Page::My, Language::Kazakh, "abc", ""), "/kk/my#abc");
    assert_eq!(private_path(Page::Withdraw, Language::Russian, "abc", "17"), "/ru/my/withdraw#abc.17");
}
