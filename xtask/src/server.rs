//! One running product on this machine: started, reachable, and gone without a trace of processes when dropped.

mod data;
pub mod group;
mod http;
mod native;
mod workerd;

use std::env;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

use crate::layout;
use group::Group;

pub use data::{default_seed, master_key};
pub use workerd::run_scheduled;

/// Names the home on which a suite runs: `workerd` or `native`.
pub const HOME_VARIABLE: &str = "TUMO_HOME";

/// What every failure to start says first.
pub const START_FAILURE: &str = "the server did not start";

/// Where the backend runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Home {
    /// The real Worker in workerd, with local D1 and KV: what runs on Cloudflare.
    Workerd,
    /// The same routes on one host, on an SQLite file.
    Native,
}

impl Home {
    /// The home named by `TUMO_HOME`; native when it names none, because it starts at once.
    pub fn from_environment() -> Result<Self> {
        env::var(HOME_VARIABLE).map_or(Ok(Self::Native), |name| name.parse())
    }

    /// Its name in `TUMO_HOME`, in file names and in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Workerd => "workerd",
            Self::Native => "native",
        }
    }
}

impl FromStr for Home {
    type Err = anyhow::Error;

    fn from_str(name: &str) -> Result<Self> {
        match name {
            "workerd" => Ok(Self::Workerd),
            "native" => Ok(Self::Native),
            _ => bail!("`{name}` is not a home: use `workerd` or `native`"),
        }
    }
}

/// How to start a server.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where the backend runs.
    pub home: Home,
    /// The port to listen on; 0 takes a free one.
    pub port: u16,
    /// The folder that holds everything stored; `None` takes a temporary one that goes with the server.
    pub data: Option<PathBuf>,
    /// Forget what an earlier server left in the data folder.
    pub fresh: bool,
    /// SQL files that fill an empty database, in this order, instead of the demo intake.
    pub seeds: Vec<PathBuf>,
    /// Variables of `wrangler.toml` that are set otherwise, or besides; no meaning for native, which reads its environment.
    pub variables: Vec<(String, String)>,
    /// The static site, instead of the built one; no meaning for workerd.
    pub site: Option<PathBuf>,
    /// Run the optimised native backend; no meaning for workerd, whose wasm always is.
    pub release: bool,
    /// Show on stderr what the server says; it is in the data folder's `server.log` either way.
    pub verbose: bool,
}

impl Options {
    /// A server for a test: free port, temporary data, demo intake, quiet.
    pub fn temporary(home: Home) -> Self {
        Self {
            home,
            port: 0,
            data: None,
            fresh: false,
            seeds: Vec::new(),
            variables: Vec::new(),
            site: None,
            release: false,
            verbose: false,
        }
    }
}

/// A server that answers. Dropping it ends every process it consists of.
pub struct Server {
    /// Where it answers: `http://127.0.0.1:PORT`, without a slash at the end.
    pub base_url: String,
    /// Where the backend runs.
    pub home: Home,
    /// The folder that holds everything stored.
    pub data: PathBuf,
    // Before the folder it writes to: fields are dropped in this order.
    processes: Group,
    temporary: Option<TempDir>,
}

impl Server {
    /// Migrates, seeds an empty database, starts the home and waits until `GET /api/health` answers 200.
    ///
    /// Nothing is built here: the suites of one run share one build, made before them.
    pub fn start(options: &Options) -> Result<Self> {
        Self::try_start(options).context(START_FAILURE)
    }

    fn try_start(options: &Options) -> Result<Self> {
        let temporary = match &options.data {
            Some(_) => None,
            None => Some(data::temporary_folder(options.home)?),
        };
        let folder = match (&options.data, &temporary) {
            (Some(folder), _) => folder.clone(),
            (None, Some(temporary)) => temporary.path().to_path_buf(),
            (None, None) => bail!("a server needs a data folder"),
        };
        let folder = data::prepare_folder(&folder, options.fresh)?;
        let processes = match options.home {
            Home::Workerd => workerd::start(options, &folder)?,
            Home::Native => native::start(options, &folder)?,
        };
        let base_url = processes.base_url().to_owned();
        let mut server = Self { base_url, home: options.home, data: folder, processes, temporary };
        server.wait_until_healthy()?;
        Ok(server)
    }

    /// The SQLite file behind the server: its own on the native home, that of the local D1 under workerd.
    pub fn database_file(&self) -> Result<PathBuf> {
        database_file(self.home, &self.data)
    }

    /// Ends the server in order: it gets the chance to finish what it is doing.
    pub fn stop(mut self) {
        self.processes.terminate();
    }

    /// Ends the server as a power cut would, for tests of what survives. Its data folder stays, also a temporary one,
    /// and is handed back for the next server.
    pub fn kill(mut self) -> PathBuf {
        self.processes.kill();
        self.temporary.take().map_or_else(|| self.data.clone(), TempDir::keep)
    }

    /// Has the server ended by itself?
    pub fn has_ended(&mut self) -> bool {
        self.processes.has_ended()
    }

    fn wait_until_healthy(&mut self) -> Result<()> {
        let address = self.base_url.clone();
        self.processes.wait_for("GET /api/health answered 200", || http::get(&address, "/api/health") == Some(200))
    }
}

/// The SQLite file in the data folder of a home.
pub fn database_file(home: Home, folder: &Path) -> Result<PathBuf> {
    match home {
        Home::Native => Ok(folder.join("tumo.sqlite")),
        Home::Workerd => workerd::database_file(folder),
    }
}

/// The data folder of `cargo xtask serve` when none is named.
pub fn default_data(home: Home) -> PathBuf {
    layout::target().join("data").join(home.name())
}

/// A path made absolute, because servers run in folders of their own.
fn absolute(path: &Path) -> Result<PathBuf> {
    std::path::absolute(path).with_context(|| format!("{} is not a usable path", path.display()))
}
