//! What a journey is given, and how journeys are run: one server and one driver for all of them, ended whatever happens.

use std::fs;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Result;
use domain::application::ApplicationForm;
use domain::language::Language;
use libtest_mimic::{Arguments, Trial};
use tokio::runtime::Runtime;
use tumo_tests::browser::{Browsers, Driver};
use tumo_tests::world::World;
use xtask::layout;
use xtask::server::{Home, Options, Server, default_seed};

use crate::family::Family;
use crate::phone::{Phone, Screen};
use crate::weak_network::WeakNetwork;

/// How many families are on their way at the same time: more than two cores, as families wait for pages most of the time.
const FAMILIES_AT_ONCE: usize = 3;

type Running = Pin<Box<dyn Future<Output = ()>>>;

/// One test; it fails by panicking.
pub struct Journey {
    name: String,
    walk: Box<dyn FnOnce(Arc<Stage>) -> Running + Send>,
}

impl Journey {
    /// The journey of this name.
    pub fn new<F: Future<Output = ()> + 'static>(path: &str, walk: fn(Arc<Stage>) -> F) -> Self {
        let name = path.rsplit_once("journeys::").or_else(|| path.split_once("::")).map_or(path, |(_, name)| name).to_owned();
        Self { name, walk: Box::new(move |stage| Box::pin(walk(stage))) }
    }
}

/// Lists the journeys of a module; one that is left out is dead code and so a warning.
macro_rules! journeys {
    ($($name:ident),+ $(,)?) => {
        pub fn journeys() -> Vec<$crate::stage::Journey> {
            vec![$($crate::stage::Journey::new(concat!(module_path!(), "::", stringify!($name)), $name)),+]
        }
    };
}
pub(crate) use journeys;

/// Runs the journeys.
pub fn run(journeys: Vec<Journey>) -> Result<ExitCode> {
    let mut arguments = Arguments::from_args();
    arguments.test_threads.get_or_insert(FAMILIES_AT_ONCE);
    // What an earlier run failed at would be taken for a failure of this one.
    fs::remove_dir_all(failures()).ok();
    let runtime = Arc::new(Runtime::new()?);
    let driver = Driver::start()?;
    let server = Server::start(&Options::temporary(Home::from_environment()?))?;
    let world = runtime.block_on(World::of(&server))?;
    let stage = Arc::new(Stage { world: Arc::new(world), browsers: driver.browsers() });
    let trials = journeys.into_iter().map(|journey| {
        let (runtime, stage) = (Arc::clone(&runtime), Arc::clone(&stage));
        Trial::test(journey.name, move || {
            runtime.block_on((journey.walk)(stage));
            Ok(())
        })
    });
    let conclusion = libtest_mimic::run(&arguments, trials.collect());
    server.stop();
    Ok(conclusion.exit_code())
}

/// Where pictures of what a phone showed when a wait was in vain are kept.
pub fn failures() -> PathBuf {
    layout::target().join("screens/failed")
}

/// A server and browsers to visit it with.
pub struct Stage {
    /// The server.
    pub world: Arc<World>,
    browsers: Browsers,
}

impl Stage {
    /// A family nobody else is, with complete answers for a cohort, about to type the address into its phone.
    pub async fn family(&self, language: Language, cohort: &str) -> Family {
        Family::new(self.phone(language).await, self.answers(language, cohort), Arc::clone(&self.world))
    }

    /// Complete answers that nobody else gives, without the optional ones.
    pub fn answers(&self, language: Language, cohort: &str) -> ApplicationForm {
        let mut answers = self.world.form_for(cohort);
        language.as_str().clone_into(&mut answers.language);
        answers
    }

    /// A new phone whose owner's first language is this one.
    pub async fn phone(&self, language: Language) -> Phone {
        self.phone_preferring(language.as_str(), language).await
    }

    /// A new phone whose owner prefers these languages; what is read on it is expected in `language`.
    pub async fn phone_preferring(&self, preferred: &str, language: Language) -> Phone {
        let browser = self.browsers.open(preferred).await.expect("a browser");
        Phone::new(browser, &self.world.base_url, language).await
    }

    /// A new phone, or a computer, with a screen of this kind.
    pub async fn device(&self, screen: Screen, language: Language) -> Phone {
        let browser = self.browsers.open(language.as_str()).await.expect("a browser");
        Phone::with_screen(browser, &self.world.base_url, language, screen).await
    }

    /// A device that reaches the server at this address, with a browser that was started with these flags.
    pub async fn device_over(&self, base_url: &str, screen: Screen, language: Language, flags: &[String]) -> Phone {
        let browser = self.browsers.open_with(language.as_str(), flags).await.expect("a browser");
        Phone::with_screen(browser, base_url, language, screen).await
    }

    /// A family whose phone reaches the server over a network that can fail.
    pub async fn family_on_a_weak_network(&self, language: Language, cohort: &str) -> (Family, WeakNetwork) {
        let network = WeakNetwork::to(&self.world.base_url).await.expect("a network");
        let browser = self.browsers.open(language.as_str()).await.expect("a browser");
        let phone = Phone::new(browser, network.base_url(), language).await;
        (Family::new(phone, self.answers(language, cohort), Arc::clone(&self.world)), network)
    }

    /// Another server, whose demo intake was changed by a seed of `tests/seeds`. It runs natively, as that starts at once.
    pub async fn elsewhere(&self, seed: &str) -> (Stage, Server) {
        let mut options = Options::temporary(Home::Native);
        options.seeds = vec![default_seed(), layout::root().join("tests/seeds").join(seed)];
        self.at(&options).await.unwrap_or_else(|error| panic!("with {seed}: {error:#}"))
    }

    /// Another server with the site in this folder.
    pub async fn with_site(&self, site: &Path) -> (Stage, Server) {
        let options = Options { site: Some(site.to_owned()), ..Options::temporary(Home::Native) };
        self.at(&options).await.expect("another server")
    }

    /// Another server with these variables, which only the Worker knows.
    pub async fn with_variables(&self, variables: Vec<(String, String)>) -> (Stage, Server) {
        let options = Options { variables, ..Options::temporary(Home::Workerd) };
        self.at(&options).await.expect("another server")
    }

    async fn at(&self, options: &Options) -> Result<(Stage, Server)> {
        let server = Server::start(options)?;
        let world = World::of(&server).await?;
        Ok((Stage { world: Arc::new(world), browsers: self.browsers.clone() }, server))
    }
}
