//! The edit loop: save, and the browser shows it.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::time::{Duration, Instant, SystemTime};

use anyhow::Result;

use crate::phases::seconds;
use crate::workspace::{Mode, Workspace};
use crate::{process, run, server, site};

/// Looking at a thousand files takes milliseconds, and misses nothing on any file system.
const LOOK_EVERY: Duration = Duration::from_millis(300);
/// An editor that saves many files, or a checkout, is waited for.
const SETTLE: Duration = Duration::from_millis(100);
const WATCHED: [&str; 9] =
    ["app", "crates", "server", "migration", "frontend", "style", "public", "Cargo.toml", "Cargo.lock"];

/// Builds quickly, serves demo data, and after each edit rebuilds what it touched and restarts the server.
/// Open pages notice the restart and reload themselves.
pub fn watch(workspace: &Workspace, arguments: &[OsString]) -> Result<()> {
    let mut running: Option<Server> = None;
    // A failed build leaves `built` as it was, so that the next one makes up for it.
    let mut built = Snapshot::new();
    let mut seen = Snapshot::new();
    loop {
        let now = settled(&workspace.root)?;
        if now != seen {
            seen = now;
            let work = Work::after(&changes(&built, &seen));
            println!("==> building {}", work.name());
            let start = Instant::now();
            match work.build(workspace) {
                Ok(binary) => {
                    println!("    built {} in {}", work.name(), seconds(start.elapsed()));
                    built.clone_from(&seen);
                    drop(running.take());
                    running = Some(Server::start(&binary, workspace, arguments)?);
                }
                Err(error) if process::interrupted() => return Err(error),
                Err(error) => eprintln!("error: {error:#}\n    waiting for the next edit"),
            }
        }
        process::pause(LOOK_EVERY)?;
        if let Some(server) = &mut running {
            server.report_end()?;
        }
    }
}

struct Server {
    child: Child,
    ended: bool,
}

impl Server {
    fn start(binary: &Path, workspace: &Workspace, arguments: &[OsString]) -> Result<Self> {
        let mut command = run::demo(binary, workspace);
        command.args(arguments).env("PORTICO_LIVE_RELOAD", "1");
        Ok(Self { child: process::start(&mut command)?, ended: false })
    }

    fn report_end(&mut self) -> Result<()> {
        if let (false, Some(status)) = (self.ended, self.child.try_wait()?) {
            eprintln!("    the server ended ({status}); it starts again after the next edit");
            self.ended = true;
        }
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Err(error) = process::stop(&mut self.child, "TERM") {
            eprintln!("the server could not be stopped: {error:#}");
        }
    }
}

/// What an edit makes necessary, from least to most; the server is always part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Work {
    Server,
    Style,
    All,
}

impl Work {
    /// The work after these files changed.
    fn after(changed: &[PathBuf]) -> Self {
        changed.iter().map(|path| Work::of(path)).max().unwrap_or(Work::Server)
    }

    fn of(path: &Path) -> Self {
        const SERVER: [&str; 5] = ["crates/entities", "crates/pdf", "crates/services", "migration", "server"];
        if path.starts_with("style") || path.starts_with("public") {
            Work::Style
        } else if SERVER.iter().any(|folder| path.starts_with(folder)) {
            Work::Server
        } else {
            Work::All
        }
    }

    fn name(self) -> &'static str {
        match self {
            Work::Style => "the sheet and the server",
            Work::Server => "the server",
            Work::All => "the bundles and the server",
        }
    }

    fn build(self, workspace: &Workspace) -> Result<PathBuf> {
        let _alone = server::alone(workspace)?;
        match self {
            Work::Style => site::build_style(workspace, Mode::Quick)?,
            Work::Server => {}
            Work::All => site::build(workspace, Mode::Quick)?,
        }
        server::build(workspace, Mode::Quick)
    }
}

/// The files once nothing changes any more.
fn settled(root: &Path) -> Result<Snapshot> {
    let mut last = snapshot(root);
    loop {
        process::pause(SETTLE)?;
        let now = snapshot(root);
        if now == last {
            return Ok(now);
        }
        last = now;
    }
}

type Snapshot = BTreeMap<PathBuf, Option<SystemTime>>;

/// Every watched file by its path in the workspace, with the time of its last change.
fn snapshot(root: &Path) -> Snapshot {
    let mut files = Snapshot::new();
    for name in WATCHED {
        collect(root, &root.join(name), &mut files);
    }
    files
}

fn collect(root: &Path, path: &Path, files: &mut Snapshot) {
    let hidden = path.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.starts_with('.'));
    // A file that vanishes while we look is seen as gone, now or at the next look.
    let Ok(about) = fs::metadata(path) else { return };
    if hidden || path.ends_with("node_modules") {
        return;
    }
    if about.is_dir() {
        for entry in fs::read_dir(path).into_iter().flatten().flatten() {
            collect(root, &entry.path(), files);
        }
    } else if let Ok(inside) = path.strip_prefix(root) {
        files.insert(inside.to_owned(), about.modified().ok());
    }
}

fn changes(before: &Snapshot, after: &Snapshot) -> Vec<PathBuf> {
    let gone = before.keys().filter(|path| !after.contains_key(*path));
    let new = after.iter().filter(|(path, time)| before.get(*path) != Some(*time)).map(|(path, _)| path);
    gone.chain(new).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn work(paths: &[&str]) -> Work {
        Work::after(&paths.iter().map(PathBuf::from).collect::<Vec<_>>())
    }

    #[test]
    fn an_edit_rebuilds_what_it_touches() {
        assert_eq!(work(&["style/ui/button.css"]), Work::Style);
        assert_eq!(work(&["crates/services/src/lib.rs"]), Work::Server);
        assert_eq!(work(&["server/src/main.rs", "migration/src/lib.rs"]), Work::Server);
        assert_eq!(work(&["crates/domain/src/money.rs"]), Work::All);
        assert_eq!(work(&["app/src/lib.rs", "style/main.css"]), Work::All);
        assert_eq!(work(&["Cargo.lock"]), Work::All);
        assert_eq!(work(&["style/main.css", "server/src/main.rs"]), Work::Style);
    }

    #[test]
    fn files_that_come_go_or_change_are_seen() {
        let at = |seconds| Some(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds));
        let before = Snapshot::from([("a".into(), at(1)), ("b".into(), at(1)), ("c".into(), at(1))]);
        let after = Snapshot::from([("a".into(), at(1)), ("b".into(), at(2)), ("d".into(), at(1))]);
        let expected: Vec<PathBuf> = vec!["c".into(), "b".into(), "d".into()];
        assert_eq!(changes(&before, &after), expected);
    }
}
