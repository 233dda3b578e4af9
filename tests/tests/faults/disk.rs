//! A small disk of one's own, which can be filled to its last byte without troubling anybody.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::house::folder;

/// Enough for a server's data and some thousand applications.
const SIZE: &str = "size=96m,mode=0700";

/// The disk, in memory. Dropping it takes it away.
pub struct Disk {
    folder: tempfile::TempDir,
}

impl Disk {
    /// Whether this user may mount anything; on a machine where not, the test of a full disk is left out and listed as such.
    pub fn can_be_had() -> bool {
        Self::try_new().is_some()
    }

    /// An empty disk.
    pub fn new() -> Self {
        Self::try_new().expect("a disk: this user could mount one a moment ago")
    }

    fn try_new() -> Option<Self> {
        let folder = folder();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", SIZE, "tumo-faults"])
            .arg(folder.path())
            .stderr(Stdio::null())
            .status();
        mounted.is_ok_and(|status| status.success()).then_some(Self { folder })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes until nothing more fits.
    pub fn is_filled(&self) {
        let mut filler = File::create(self.filler()).expect("room for a name");
        // Ever smaller pieces, so that not even a page is left.
        for size in [1 << 20, 1 << 12, 1] {
            while filler.write_all(&vec![0; size]).is_ok() {}
        }
    }

    /// Gives the room back.
    pub fn is_emptied(&self) {
        fs::remove_file(self.filler()).expect("the filler");
    }

    fn filler(&self) -> PathBuf {
        self.path().join("filler")
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // Lazily: whoever still holds a file of it loses only the name.
        Command::new("umount").arg("--lazy").arg(self.folder.path()).status().ok();
    }
}
