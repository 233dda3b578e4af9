//! The home on one host: `tumo-native`, which migrates and seeds by itself.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use super::group::{Group, Line};
use super::{Options, data};
use crate::{build_native, layout};

/// Starts `tumo-native` on `folder`.
pub fn start(options: &Options, folder: &Path) -> Result<Group> {
    let mut command = Command::new(build_native::binary(options.release)?);
    command
        .args(["--port", &options.port.to_string()])
        .arg("--data")
        .arg(folder)
        .arg("--assets")
        .arg(options.site.clone().unwrap_or_else(layout::site))
        .envs(data::secret_variables(folder)?);
    for seed in data::seeds(&options.seeds)? {
        command.arg("--seed").arg(seed);
    }
    Group::start(&command, &folder.join("server.log"), options.verbose, judge)
}

fn judge(line: &str) -> Line {
    match line.strip_prefix("listening ") {
        Some(address) => Line::Ready(address.trim().trim_end_matches('/').to_owned()),
        None => Line::Show(line.to_owned()),
    }
}
