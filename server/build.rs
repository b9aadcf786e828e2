//! Takes what `cargo xtask build` made for the browser into the binary: `assets.rs` includes the table written here.

use std::env;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let site = site(&out, &env::var("PROFILE")?)?;
    let manifest = site.join("site.json");
    if !manifest.exists() {
        // A plain `cargo check` before the first build: an empty table, and a file whose change is noticed.
        fs::create_dir_all(&site)?;
        fs::write(&manifest, "{}\n")?;
    }
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed={}", manifest.display());
    fs::write(out.join("assets.rs"), table(&site)?)?;
    Ok(())
}

/// `<target>/site/dev` or `<target>/site/release`. `OUT_DIR` is `<target>/<profile>/build/<package>/out`, with the
/// target's triple in between when one was asked for.
fn site(out: &Path, profile: &str) -> Result<PathBuf, Box<dyn Error>> {
    let name = if profile == "release" { "release" } else { "dev" };
    let builds = out.ancestors().find(|folder| folder.ends_with("build"));
    let profile = builds.and_then(Path::parent).ok_or("OUT_DIR is not where cargo puts it")?;
    let mut targets = profile.ancestors().skip(1).take(2);
    let found = targets.clone().find(|target| target.join("site").is_dir());
    let target = found.or_else(|| targets.next()).ok_or("OUT_DIR is not where cargo puts it")?;
    Ok(target.join("site").join(name))
}

/// The files in order of their names, for a binary search: `portal.0123456789abcdef.js` is the logical `portal.js`.
fn table(site: &Path) -> Result<String, Box<dyn Error>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(site)? {
        let name = entry?.file_name().into_string().map_err(|name| format!("{name:?} is not text"))?;
        let is_copy = [".br", ".gz", ".part"].iter().any(|ending| name.ends_with(ending));
        if !is_copy && name != "site.json" {
            names.push(name);
        }
    }
    names.sort();
    let mut code = String::from("static ASSETS: &[Asset] = &[\n");
    for file in names {
        let logical = logical(&file).ok_or_else(|| format!("{file}: no hash in the name"))?;
        let url = format!("/assets/{file}");
        writeln!(code, "    Asset {{ file: {file:?}, logical: {logical:?}, url: {url:?},")?;
        writeln!(code, "        plain: include_bytes!({:?}),", site.join(&file))?;
        for (field, ending) in [("brotli", "br"), ("gzip", "gz")] {
            let copy = site.join(format!("{file}.{ending}"));
            if copy.exists() {
                writeln!(code, "        {field}: Some(include_bytes!({copy:?})),")?;
            } else {
                writeln!(code, "        {field}: None,")?;
            }
        }
        code.push_str("    },\n");
    }
    code.push_str("];\n");
    Ok(code)
}

fn logical(file: &str) -> Option<String> {
    let (rest, extension) = file.rsplit_once('.')?;
    let (stem, _hash) = rest.rsplit_once('.')?;
    Some(format!("{stem}.{extension}"))
}
