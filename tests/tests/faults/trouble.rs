//! A database that can't do what it is asked, for a while.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::slice;
use std::time::{Duration, Instant};

use domain::error::ErrorCode;
use rusqlite::Connection;
use tumo_tests::api::Answer;
use tumo_tests::world::World;
use xtask::server::Home;

use crate::disk::Disk;
use crate::house::{House, folder};
use crate::stored::{Broken, broken};
use crate::surge::{Acknowledged, Errand, reference};

/// Far less than either home waits for a lock.
const A_MOMENT: Duration = Duration::from_millis(700);

/// How long somebody with a telephone in hand is kept waiting at most for a clear answer: what the app waits for, and less.
const PATIENCE: Duration = Duration::from_secs(18);

/// Applications that a full disk may still have room for, in pages that the database already owns.
const ROOM: usize = 5_000;

/// Somebody else writes for a moment. On one host the application waits and is taken; the local D1 waits for nobody and says so,
/// and the application is taken when it comes again.
pub async fn slow() {
    let folder = folder();
    let house = House::build(folder.path()).await;
    let first = taken(&house.world, Errand::of(house.world.form())).await;
    let errand = Errand::of(house.world.form());
    let lock = Lock::on(file(&house));
    let (answer, held) = tokio::join!(errand.is_sent(&house.world), async {
        tokio::time::sleep(A_MOMENT).await;
        // Whoever was answered before this moment did not need the database.
        let before = house.world.database.counts();
        drop(lock);
        before
    });
    assert_eq!(held["applications"], 1, "something was stored while the database was held");
    let answer = answer.expect("an answer");
    let second = match house.world.home {
        Home::Native => {
            assert_eq!(answer.status, 201, "{}", answer.body);
            Acknowledged { reference: reference(&answer.body), errand, from_before: false }
        }
        Home::Workerd => {
            is_busy(&answer);
            taken(&house.world, errand).await
        }
    };
    assert_eq!(broken(&house.world.database, &[first, second]), Broken::default());
}

/// Somebody else writes for longer than anybody waits.
pub async fn locked() {
    let folder = folder();
    let house = House::build(folder.path()).await;
    let first = taken(&house.world, Errand::of(house.world.form())).await;
    let errand = Errand::of(house.world.form());
    let lock = Lock::on(file(&house));
    let began = Instant::now();
    told_to_come_back(&house.world, &errand).await;
    println!("told after {} ms", began.elapsed().as_millis());
    assert!(began.elapsed() < PATIENCE, "an answer took {:?}", began.elapsed());
    drop(lock);
    let second = taken(&house.world, errand).await;
    assert_eq!(broken(&house.world.database, &[first, second]), Broken::default());
}

/// The database's files can be read and no longer be written. The local D1 has then opened them anew for reading, and stays with
/// that until it is started again.
pub async fn read_only() {
    let folder = folder();
    let mut house = House::build(folder.path()).await;
    let first = taken(&house.world, Errand::of(house.world.form())).await;
    let errand = Errand::of(house.world.form());
    let frozen = Frozen::new(file(&house));
    told_to_come_back(&house.world, &errand).await;
    drop(frozen);
    if house.world.home == Home::Workerd {
        house.is_started_again().await;
    }
    let second = taken(&house.world, errand).await;
    assert_eq!(broken(&house.world.database, &[first, second]), Broken::default());
}

/// Nothing more fits on the disk.
pub async fn full() {
    let disk = Disk::new();
    let house = House::build(disk.path()).await;
    let mut families = vec![taken(&house.world, Errand::of(house.world.form())).await];
    disk.is_filled();
    let refused = loop {
        assert!(families.len() < ROOM, "{ROOM} applications fitted on a full disk");
        let errand = Errand::of(house.world.form());
        let before = house.world.database.counts();
        let answer = errand.is_sent(&house.world).await.expect("an answer");
        if answer.status != 201 {
            is_busy(&answer);
            assert_eq!(house.world.database.counts(), before, "a refused application left something behind");
            break errand;
        }
        families.push(Acknowledged { reference: reference(&answer.body), errand, from_before: false });
    };
    println!("{} applications still fitted", families.len() - 1);
    disk.is_emptied();
    families.push(taken(&house.world, refused).await);
    assert_eq!(broken(&house.world.database, &families), Broken::default());
}

/// The server says that it is busy and when to come back, and stores nothing.
async fn told_to_come_back(world: &World, errand: &Errand) {
    let before = world.database.counts();
    is_busy(&errand.is_sent(world).await.expect("an answer"));
    assert_eq!(world.database.counts(), before, "a refused application left something behind");
}

fn is_busy(answer: &Answer) {
    answer.assert_refused(503, ErrorCode::Busy);
    let seconds: u32 = answer.header("retry-after").parse().expect("seconds");
    assert!((3..=10).contains(&seconds), "retry-after: {seconds}");
}

/// The trouble is over: the same key succeeds, once.
async fn taken(world: &World, errand: Errand) -> Acknowledged {
    let answer = errand.is_sent(world).await.expect("an answer");
    assert_eq!(answer.status, 201, "{}", answer.body);
    let again = errand.is_sent(world).await.expect("an answer");
    assert_eq!((again.status, reference(&again.body)), (200, reference(&answer.body)), "{}", again.body);
    Acknowledged { reference: reference(&answer.body), errand, from_before: false }
}

fn file(house: &House) -> PathBuf {
    house.world.database.file().to_owned()
}

/// A lock of another program, a backup's for example, until dropped.
struct Lock(Connection);

impl Lock {
    fn on(file: PathBuf) -> Self {
        let connection = Connection::open(file).expect("the database");
        connection.busy_timeout(Duration::from_secs(10)).expect("a time to wait");
        connection.execute_batch("BEGIN IMMEDIATE").expect("the lock");
        Self(connection)
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        self.0.execute_batch("ROLLBACK").ok();
    }
}

/// The database's files, which nobody may write until this is dropped, not even who has them open already.
pub struct Frozen(Vec<PathBuf>);

impl Frozen {
    /// Whether this user, on this file system, may freeze a file; where not, the test is left out and listed as such.
    pub fn can_be_had() -> bool {
        let folder = folder();
        let file = folder.path().join("file");
        std::fs::write(&file, "").is_ok() && chattr("+i", slice::from_ref(&file)) && chattr("-i", &[file])
    }

    fn new(database: PathBuf) -> Self {
        let beside = |ending: &str| {
            let mut name = database.clone().into_os_string();
            name.push(ending);
            PathBuf::from(name)
        };
        // Not the index of the WAL: it is memory that the server's threads share, and taking that away is another fault.
        let files: Vec<_> = ["", "-wal"].map(beside).into_iter().filter(|file| file.exists()).collect();
        assert!(chattr("+i", &files), "{files:?} could not be frozen");
        Self(files)
    }
}

impl Drop for Frozen {
    fn drop(&mut self) {
        chattr("-i", &self.0);
    }
}

fn chattr(change: &str, files: &[PathBuf]) -> bool {
    Command::new("chattr").arg(change).args(files).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}
