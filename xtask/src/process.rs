//! Running other programs so that ctrl-c, a kill or a failure leaves nothing behind.

use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use signal_hook::consts::TERM_SIGNALS;
use signal_hook::flag;

const TICK: Duration = Duration::from_millis(20);
const PATIENCE: Duration = Duration::from_secs(8);

static INTERRUPTED: LazyLock<Arc<AtomicBool>> = LazyLock::new(Arc::default);

/// From now on ctrl-c ends the running program and unwinds, so that guards clean up. A second one ends at once.
pub fn heed_interrupts() -> Result<()> {
    #[cfg(unix)]
    let hang_up = [signal_hook::consts::SIGHUP];
    #[cfg(not(unix))]
    let hang_up = [];
    for signal in TERM_SIGNALS.iter().chain(&hang_up) {
        flag::register_conditional_shutdown(*signal, 130, Arc::clone(&INTERRUPTED))
            .and_then(|_| flag::register(*signal, Arc::clone(&INTERRUPTED)))
            .context("cannot listen for ctrl-c")?;
    }
    Ok(())
}

/// Whether ctrl-c was pressed, or somebody asked this program to end.
pub fn interrupted() -> bool {
    INTERRUPTED.load(Ordering::Relaxed)
}

/// Sleeps, and fails as soon as [`interrupted`].
pub fn pause(duration: Duration) -> Result<()> {
    let end = Instant::now() + duration;
    loop {
        if interrupted() {
            bail!("interrupted");
        }
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Ok(());
        }
        thread::sleep(left.min(TICK));
    }
}

/// Starts a program as a group of its own, so that [`stop`] reaches what it starts in turn, and ctrl-c only us.
pub fn start(command: &mut Command) -> Result<Child> {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    command.stdin(Stdio::null()).spawn().with_context(|| format!("cannot start `{}`", describe(command)))
}

/// Runs a program on this terminal and fails unless it succeeds.
pub fn run(command: &mut Command) -> Result<()> {
    let name = describe(command);
    let status = wait(start(command)?)?;
    if !status.success() {
        bail!("`{name}` failed ({status})");
    }
    Ok(())
}

/// Runs a program and returns what it printed.
pub fn read(command: &mut Command) -> Result<String> {
    let name = describe(command);
    let output = (command.stdin(Stdio::null()).stderr(Stdio::inherit()).output())
        .with_context(|| format!("cannot start `{name}`"))?;
    if !output.status.success() {
        bail!("`{name}` failed ({})", output.status);
    }
    String::from_utf8(output.stdout).with_context(|| format!("`{name}` printed something that is not text"))
}

/// Runs a program silently; whether it succeeded.
pub fn succeeds(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|s| s.success())
}

/// Ends a program that [`start`] started, and what it started: the signal first, force when it does not listen.
pub fn stop(child: &mut Child, signal: &str) -> Result<()> {
    if child.try_wait()?.is_some() {
        return Ok(());
    }
    send(child, signal);
    let end = Instant::now() + PATIENCE;
    while child.try_wait()?.is_none() {
        if Instant::now() > end {
            send(child, "KILL");
            child.kill()?;
            child.wait()?;
            return Ok(());
        }
        thread::sleep(TICK);
    }
    Ok(())
}

fn send(child: &Child, signal: &str) {
    let group = format!("-{}", child.id());
    succeeds(Command::new("kill").args(["-s", signal, "--", &group]));
}

fn wait(mut child: Child) -> Result<ExitStatus> {
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        if interrupted() {
            stop(&mut child, "INT")?;
            bail!("interrupted");
        }
        thread::sleep(TICK);
    }
}

/// The program and its arguments, shortened for messages.
fn describe(command: &Command) -> String {
    let program = command.get_program().to_string_lossy();
    let mut text = program.rsplit(['/', '\\']).next().unwrap_or(&program).to_owned();
    for argument in command.get_args() {
        text.push(' ');
        text.push_str(&argument.to_string_lossy());
    }
    if let Some((end, _)) = text.char_indices().nth(200) {
        text.truncate(end);
        text.push('…');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_names_the_program_and_its_arguments() {
        let error = run(Command::new("sh").args(["-c", "exit 3"])).unwrap_err().to_string();
        assert!(error.contains("sh -c exit 3") && error.contains('3'), "{error}");
    }

    #[test]
    fn a_program_that_listens_is_stopped_by_its_signal() {
        let mut child = start(Command::new("sh").args(["-c", "sleep 60; true"])).unwrap();
        let begin = Instant::now();
        stop(&mut child, "TERM").unwrap();
        assert!(begin.elapsed() < PATIENCE);
        stop(&mut child, "TERM").unwrap();
    }
}
