//! The two WebAssembly bundles, one a root.

use std::fs;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::UNIX_EPOCH;

use anyhow::{Context as _, Result, bail};
use walrus::{Module, ModuleConfig};
use wasm_bindgen_cli_support::Bindgen;

use crate::site::{self, File};
use crate::workspace::{Mode, Workspace};
use crate::{install, process, uncalled};

/// What the browser runs.
pub const TARGET: &str = "wasm32-unknown-unknown";
/// The crates of the bundles.
pub const PACKAGES: [&str; 2] = ["frontend-portal", "frontend-staff"];

/// A quick bundle is a development build, small enough to load. As settings over `dev`, not as a profile of its own:
/// the macros and build scripts, half of what is compiled, are then those of the server.
const QUICK: [&str; 4] = ["--config", "profile.dev.opt-level=1", "--config", "profile.dev.debug=false"];

/// The arguments by which cargo builds the bundles, or checks what they are made of.
pub fn cargo_arguments(mode: Mode) -> impl Iterator<Item = &'static str> {
    let profile: &[&str] = match mode {
        Mode::Quick => &QUICK,
        Mode::Release => &["--profile", "wasm-release"],
    };
    let packages = PACKAGES.iter().flat_map(|name| ["-p", name]);
    packages.chain(["--target", TARGET]).chain(profile.iter().copied())
}

/// Compiles and binds both, and returns their scripts and modules: `portal.js`, `portal.wasm`, `staff.js` …
pub fn build(workspace: &Workspace, mode: Mode) -> Result<Vec<File>> {
    install::wasm_target()?;
    process::run(workspace.cargo("build").args(cargo_arguments(mode)))?;
    let profile = match mode {
        Mode::Quick => "debug",
        Mode::Release => "wasm-release",
    };
    let compiled = workspace.target.join(TARGET).join(profile);
    thread::scope(|scope| {
        let tasks = roots().map(|root| {
            let input = compiled.join(format!("frontend_{root}.wasm"));
            let folder = folder(workspace, mode, root);
            scope.spawn(move || bind(&input, &folder, root, mode))
        });
        let tasks: Vec<_> = tasks.collect();
        tasks.into_iter().try_for_each(|task| task.join().unwrap_or_else(|panic| resume_unwind(panic)))
    })?;
    last(workspace, mode)
}

/// The scripts and modules made last.
pub fn last(workspace: &Workspace, mode: Mode) -> Result<Vec<File>> {
    let mut files = Vec::new();
    for root in roots() {
        let folder = folder(workspace, mode, root);
        for (made, logical) in [(format!("{root}.js"), "js"), (format!("{root}_bg.wasm"), "wasm")] {
            let path = folder.join(made);
            let bytes = fs::read(&path)
                .with_context(|| format!("cannot read {}: run `cargo xtask build` again", path.display()))?;
            files.push((format!("{root}.{logical}"), bytes));
        }
    }
    Ok(files)
}

/// `portal` and `staff`.
fn roots() -> impl Iterator<Item = &'static str> {
    PACKAGES.iter().filter_map(|name| name.strip_prefix("frontend-"))
}

fn folder(workspace: &Workspace, mode: Mode, root: &str) -> PathBuf {
    workspace.target.join("bindgen").join(mode.site()).join(root)
}

fn bind(input: &Path, folder: &Path, root: &str, mode: Mode) -> Result<()> {
    let stamp = stamp(input)?;
    let stamp_path = folder.join("stamp");
    if fs::read_to_string(&stamp_path).is_ok_and(|old| old == stamp) {
        return Ok(());
    }
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    let mut bindgen = Bindgen::new();
    bindgen.out_name(root).typescript(false);
    match mode {
        Mode::Quick => bindgen.input_path(input),
        Mode::Release => bindgen.input_module(root, lean(input)?),
    };
    let mut output = bindgen.web(true)?.generate_output()?;
    let snippets = output.snippets().iter().filter(|(_, texts)| !texts.is_empty()).map(|(name, _)| name);
    let extra: Vec<_> = snippets.chain(output.local_modules().keys()).cloned().collect();
    if !extra.is_empty() {
        bail!(
            "{root}: {} would bring JavaScript files of their own; only the one script is served",
            extra.join(", ")
        );
    }
    output.emit(folder)?;
    site::replace(&stamp_path, stamp.as_bytes())
}

/// The module without what is only of use while developing, and what is never called.
fn lean(input: &Path) -> Result<Module> {
    let mut config = ModuleConfig::new();
    config.strict_validate(false).generate_name_section(false).generate_producers_section(false);
    let mut module = config.parse_file(input)?;
    uncalled::cut(&mut module)?;
    Ok(module)
}

/// Changes whenever cargo linked the bundle again.
fn stamp(input: &Path) -> Result<String> {
    let about = fs::metadata(input).with_context(|| format!("{} was not built", input.display()))?;
    let modified = about.modified()?.duration_since(UNIX_EPOCH).context("a file from before 1970")?;
    Ok(format!("{} bytes, {} ns", about.len(), modified.as_nanos()))
}
