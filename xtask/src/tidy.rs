//! House rules that no lint knows.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

/// A file with one subject is shorter than this.
const LONGEST: usize = 600;
/// Words that have no place in `app/`, and what to write instead.
const NOT_IN_APP: [(&str, &str); 3] = [
    ("ServerFnError", "it sends internal texts to browsers: return `Result<_, PortalError>`"),
    (
        "codec::Json",
        "it puts the code that reads each answer into the bundle a second time: use `crate::json::Json`",
    ),
    (
        "GetUrl",
        "a server function that a link can call can be called from another site's page: use the default",
    ),
];
const FOLDERS: [&str; 7] = ["app", "crates", "frontend", "migration", "server", "style", "xtask"];

/// Fails with the list of what breaks a house rule.
pub fn check(root: &Path) -> Result<()> {
    let mut files = Vec::new();
    for folder in FOLDERS {
        collect(&root.join(folder), &mut files)?;
    }
    let mut faults = Vec::new();
    for path in &files {
        let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        let name = path.strip_prefix(root).unwrap_or(path);
        faults.extend(faults_in(&text, name.starts_with("app")).into_iter().map(|(line, fault)| {
            let name = name.display();
            format!("{name}:{line}: {fault}")
        }));
    }
    if !faults.is_empty() {
        bail!("house rules:\n    {}", faults.join("\n    "));
    }
    println!("    {} files", files.len());
    Ok(())
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension() == Some(OsStr::new("rs")) {
            files.push(path);
        }
    }
    files.sort();
    Ok(())
}

/// Line numbers and faults of one file.
fn faults_in(text: &str, in_app: bool) -> Vec<(usize, String)> {
    let mut faults = Vec::new();
    let length = text.lines().count();
    if length > LONGEST {
        faults.push((length, format!("{length} lines, more than {LONGEST}: split it by subject")));
    }
    if !in_app {
        return faults;
    }
    for (index, line) in text.lines().enumerate() {
        let code = line.split("//").next().unwrap_or_default();
        for (word, instead) in NOT_IN_APP {
            if words(code).any(|found| found == word) {
                faults.push((index + 1, format!("{word}: {instead}")));
            }
        }
    }
    for (start, _) in text.match_indices("#[server") {
        let Some(rest) = text.get(start + "#[server".len()..) else { continue };
        // An argument's attribute.
        if rest.starts_with("(default)") {
            continue;
        }
        let Some(arguments) = arguments(rest) else { continue };
        if !words(arguments).any(|word| word == "endpoint") {
            let line = text.get(..start).unwrap_or_default().matches('\n').count() + 1;
            faults.push((
                line,
                "a server function needs an explicit `endpoint`: old bundles call it by name".into(),
            ));
        }
    }
    faults
}

/// What stands between `#[server` and its closing bracket; `None` when this is another attribute.
fn arguments(rest: &str) -> Option<&str> {
    if rest.starts_with(|next: char| next == '_' || next.is_alphanumeric()) {
        return None;
    }
    let mut depth = 1_usize;
    for (index, character) in rest.char_indices() {
        match character {
            '[' => depth += 1,
            ']' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return rest.get(..index);
        }
    }
    Some(rest)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character: char| character != '_' && !character.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::faults_in;

    fn lines(text: &str) -> Vec<usize> {
        faults_in(text, true).into_iter().map(|(line, _)| line).collect()
    }

    #[test]
    fn a_server_function_needs_an_endpoint() {
        assert_eq!(lines("\n#[server]\nasync fn a() {}\n#[server(prefix = \"/fn\")]\n"), [2, 4]);
        assert_eq!(
            lines("#[server(\n    prefix = \"/fn\",\n    endpoint = \"auth/log_in\",\n)]\n"),
            [] as [usize; 0]
        );
        assert_eq!(lines("#[server_only]\n"), [] as [usize; 0]);
    }

    #[test]
    fn forbidden_words_are_found_as_words_in_code() {
        assert_eq!(lines("// not a ServerFnError\nuse server_fn::ServerFnError;\ninput = GetUrl"), [2, 3]);
        assert_eq!(
            lines("impl FromServerFnError for PortalError {}\nfn f(e: ServerFnErrorErr) {}"),
            [] as [usize; 0]
        );
        assert!(faults_in("use server_fn::ServerFnError;", false).is_empty());
    }

    #[test]
    fn a_file_has_a_limit() {
        assert_eq!(faults_in(&"\n".repeat(600), false), []);
        assert_eq!(lines(&"\n".repeat(601)), [601]);
    }
}
