//! The accounts that `cargo xtask serve` makes beside the demo intake, and members that `cargo xtask staff add` makes.

use std::sync::Arc;

use domain::staff::access::{Me, Pending, Role};
use tumo_tests::personal::note_secret;
use tumo_tests::staff::{Making, Staff};
use tumo_tests::tests;
use tumo_tests::world::World;
use xtask::server::{Options, Server};
use xtask::staff::demo_keys::{accounts, email};

tests![everybody_of_the_demo_signs_in];

async fn everybody_of_the_demo_signs_in(world: Arc<World>) {
    let server = Server::start(&Options::temporary(world.home)).expect("another server");
    let keys = accounts(&server).expect("accounts").expect("keys");
    let again = accounts(&server).expect("accounts").expect("keys");
    assert_eq!((&again.password, again.app.base32()), (&keys.password, keys.app.base32()), "made once, kept in the folder");
    note_secret(&keys.password);
    note_secret(&keys.app.base32());

    let world = World::of(&server).await.expect("its world");
    let somebody = world.staff_made(Role::Viewer, None, Making { without_app: true, ..Making::default() }).await;
    for role in Role::ALL {
        let centres: &[Option<&str>] = if role.needs_a_centre() { &[Some("astana"), Some("almaty")] } else { &[None] };
        for centre in centres {
            let (email, password) = (email(*role, *centre), keys.password.clone());
            let mut member = Staff { email, password, app: Some(keys.app), ..somebody.clone() };
            let answer = member.knocks().await;
            let mut me = member.takes(&answer);
            assert_eq!(me.pending, role.needs_second_factor().then_some(Pending::Code), "{}", member.email);
            if me.pending.is_some() {
                let code = member.code_at(world.now());
                let answer = member.sends_code(&code).await;
                me = member.takes(&answer);
            }
            assert_eq!((me.role, me.centre.as_deref(), me.pending), (*role, *centre, None));
            assert_eq!(member.get("/api/staff/me").send().await.json::<Me>().role, *role);
        }
    }
    server.stop();
}
