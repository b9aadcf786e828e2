//! A PostgreSQL of the tests' own, gone when they are.

use std::fs;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use crate::{install, process};

const PATIENCE: Duration = Duration::from_secs(30);
/// Nothing in it outlives the tests, so it need not reach the disk.
const SETTINGS: [&str; 5] = [
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=200",
    "listen_addresses=127.0.0.1",
];

const LOG: &str = "log";

/// A running server; dropping it stops it and removes its files.
pub struct Postgres {
    child: Child,
    folder: PathBuf,
    port: u16,
}

impl Postgres {
    /// Starts a fresh server on a free port, installing PostgreSQL when missing and possible.
    pub fn start() -> Result<Self> {
        let programs = programs()?;
        let user = User::choose()?;
        let folder = fresh_folder(&user)?;
        match Self::start_in(&programs, &user, &folder) {
            Ok(server) => Ok(server),
            Err(error) => {
                fs::remove_dir_all(&folder).ok();
                Err(error)
            }
        }
    }

    fn start_in(programs: &Path, user: &User, folder: &Path) -> Result<Self> {
        let data = folder.join("data");
        let mut initdb = user.command(&programs.join("initdb"), folder);
        initdb.arg("-D").arg(&data).args([
            "-A",
            "trust",
            "-U",
            "portico",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync",
        ]);
        process::run(initdb.stdout(Stdio::null())).context("PostgreSQL's initdb")?;

        let port =
            TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|listener| listener.local_addr())?.port();
        let mut postgres = user.command(&programs.join("postgres"), folder);
        postgres.arg("-D").arg(&data).args(["-p", &port.to_string()]);
        for setting in SETTINGS {
            postgres.args(["-c", setting]);
        }
        postgres.arg("-c").arg(format!("unix_socket_directories={}", folder.display()));
        let log = fs::File::create(folder.join(LOG))?;
        let child = process::start(postgres.stdout(Stdio::null()).stderr(log))?;
        let mut server = Self { child, folder: folder.to_owned(), port };
        server.wait_until_ready(programs)?;
        Ok(server)
    }

    /// Where tests make databases of their own.
    pub fn url(&self) -> String {
        format!("postgres://portico@127.0.0.1:{}/postgres", self.port)
    }

    fn wait_until_ready(&mut self, programs: &Path) -> Result<()> {
        let end = Instant::now() + PATIENCE;
        let asker = programs.join("pg_isready");
        while Instant::now() < end {
            if let Some(status) = self.child.try_wait()? {
                let log = fs::read_to_string(self.folder.join(LOG)).unwrap_or_default();
                bail!("PostgreSQL ended while it was starting ({status}):\n{log}");
            }
            let port = self.port.to_string();
            let ready = if asker.is_file() {
                let server = ["-h", "127.0.0.1", "-p", &port, "-U", "portico", "-d", "postgres"];
                process::succeeds(Command::new(&asker).args(server))
            } else {
                TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).is_ok()
            };
            if ready {
                return Ok(());
            }
            process::pause(Duration::from_millis(50))?;
        }
        bail!("PostgreSQL was not ready after {} s", PATIENCE.as_secs())
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let stopped = process::stop(&mut self.child, "INT");
        let removed = fs::remove_dir_all(&self.folder);
        if let Err(error) = stopped.and(removed.map_err(Into::into)) {
            eprintln!("PostgreSQL left something in {}: {error:#}", self.folder.display());
        }
    }
}

/// The folder with `initdb` and `postgres`, the newest when there are several.
fn programs() -> Result<PathBuf> {
    if let Some(folder) = find_programs() {
        return Ok(folder);
    }
    install::apt("postgresql", "install PostgreSQL's server (initdb and postgres in PATH)")?;
    find_programs().context("postgresql was installed but its initdb is not to be found")
}

fn find_programs() -> Option<PathBuf> {
    let in_path = install::find_program(&["initdb"])
        .and_then(|path| Some(fs::canonicalize(path).ok()?.parent()?.to_owned()));
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut versions: Vec<_> = versions
        .filter_map(|entry| {
            Some((entry.file_name().to_str()?.parse::<u32>().ok()?, entry.path().join("bin")))
        })
        .collect();
    versions.sort();
    let installed = versions.into_iter().rev().map(|(_, folder)| folder);
    in_path
        .into_iter()
        .chain(installed)
        .find(|folder| folder.join("initdb").is_file() && folder.join("postgres").is_file())
}

/// Who runs it: PostgreSQL refuses root.
struct User {
    /// The name and number to change to; `None` is the current user.
    other: Option<(&'static str, u32)>,
}

impl User {
    fn choose() -> Result<Self> {
        if !install::is_root() {
            return Ok(Self { other: None });
        }
        let known =
            ["postgres", "nobody"].into_iter().find_map(|name| Some((name, install::user_id(Some(name))?)));
        let Some(user) = known else { bail!("PostgreSQL does not run as root: add a user called postgres") };
        Ok(Self { other: Some(user) })
    }

    /// The program as this user. With `setpriv` the kernel also ends it when this task is killed outright.
    fn command(&self, program: &Path, folder: &Path) -> Command {
        let setpriv = install::find_program(&["setpriv"]);
        let mut command = match (&self.other, setpriv) {
            (Some((_, id)), Some(setpriv)) => {
                let mut command = Command::new(setpriv);
                command
                    .args(["--reuid", &id.to_string(), "--clear-groups", "--pdeathsig", "INT"])
                    .arg(program);
                command
            }
            (Some((name, _)), None) => {
                let mut command = Command::new("runuser");
                command.args(["-u", name, "--"]).arg(program);
                command
            }
            (None, Some(setpriv)) => {
                let mut command = Command::new(setpriv);
                command.args(["--pdeathsig", "INT"]).arg(program);
                command
            }
            (None, None) => Command::new(program),
        };
        command.current_dir(folder);
        command
    }
}

fn fresh_folder(user: &User) -> Result<PathBuf> {
    let base = std::env::temp_dir();
    for attempt in 0..100 {
        let folder = base.join(format!("portico-postgres-{}-{attempt}", std::process::id()));
        match fs::create_dir(&folder) {
            Ok(()) => {
                #[cfg(unix)]
                if let Some((_, id)) = user.other {
                    std::os::unix::fs::chown(&folder, Some(id), None)?;
                }
                return Ok(folder);
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error).with_context(|| format!("cannot make {}", folder.display())),
        }
    }
    bail!("{} is full of folders called portico-postgres-…: remove them", base.display())
}
