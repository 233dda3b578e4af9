//! A server that may be killed and started again on what it has stored.

use std::path::Path;
use std::sync::Arc;

use tumo_tests::world::World;
use xtask::layout;
use xtask::server::{Home, Options, Server, default_seed};

/// A data folder, and the server that runs on it.
pub struct House {
    options: Options,
    server: Option<Server>,
    /// The server as it is seen from outside; another one after each start.
    pub world: Arc<World>,
}

impl House {
    /// Starts a server with the demo intake and forty cohorts of one seat on this folder.
    pub async fn build(folder: &Path) -> Self {
        let mut options = Options::temporary(Home::from_environment().expect("a home"));
        options.data = Some(folder.to_owned());
        options.seeds = vec![default_seed(), layout::root().join("tests/seeds/cohorts.sql")];
        let (server, world) = start(&options).await;
        Self { options, server: Some(server), world }
    }

    /// Ends every process of the server at once, as a power cut would.
    pub fn is_killed(&mut self) {
        if let Some(server) = self.server.take() {
            server.kill();
        }
    }

    /// Starts a server on what the killed one has left.
    pub async fn is_started_again(&mut self) {
        self.is_killed();
        let (server, world) = start(&self.options).await;
        self.server = Some(server);
        self.world = world;
    }
}

async fn start(options: &Options) -> (Server, Arc<World>) {
    let server = Server::start(options).unwrap_or_else(|error| panic!("{error:#}"));
    let world = World::of(&server).await.expect("a server that answers");
    (server, Arc::new(world))
}

/// A folder for a server's data, gone when dropped.
pub fn folder() -> tempfile::TempDir {
    let parent = layout::target().join("data");
    std::fs::create_dir_all(&parent).expect("a place for data");
    tempfile::Builder::new().prefix("faults-").tempdir_in(parent).expect("a folder for data")
}
