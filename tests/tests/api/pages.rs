//! The static pages: which address gets which shell, and with what headers; by the same rules on both homes.

use std::sync::Arc;

use tumo_tests::tests;
use tumo_tests::world::World;

tests![the_console_is_at_every_address_below_staff, families_get_their_own_app, what_is_no_page_is_missing];

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

async fn what_is_no_page_is_missing(world: Arc<World>) {
    for path in ["/staffer", "/assets/staff_js-000000000000.js", "/staff.html.br"] {
        assert_eq!(world.api.get(path).send().await.status, 404, "{path}");
    }
}
