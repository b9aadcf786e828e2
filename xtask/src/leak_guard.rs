//! Nothing of the server gets into what customers download.

use anyhow::{Result, bail};

use crate::bundle::{PACKAGES, TARGET};
use crate::process;
use crate::workspace::Workspace;

/// Crates that belong to the server; one that ends in `*` stands for all that begin so.
const FORBIDDEN: [&str; 22] = [
    "ammonia",
    "argon2",
    "axum*",
    "csv*",
    "entities",
    "hyper*",
    "leptos_axum",
    "lettre",
    "migration",
    "mimalloc",
    "openssl*",
    "pdf",
    "ring",
    "rustls*",
    "sea-orm*",
    "sea-query*",
    "server",
    "services",
    "sqlx*",
    "tokio*",
    "tower*",
    "zxcvbn",
];

/// Fails when a bundle is made of anything that belongs to the server.
pub fn check(workspace: &Workspace) -> Result<()> {
    let mut command = workspace.cargo("tree");
    command.args(PACKAGES.iter().flat_map(|name| ["-p", name]));
    command.args(["--target", TARGET, "-e", "normal,no-proc-macro", "--prefix", "none", "-f", "{p}"]);
    let tree = process::read(&mut command)?;
    let leaks = leaks(&tree);
    if let Some(first) = leaks.first() {
        bail!(
            "the browser's bundles contain {}: make the dependency optional behind `ssr`, or see who wants it with \
             `cargo tree -p frontend-portal --target {TARGET} -e normal -i {first}`",
            leaks.join(", ")
        );
    }
    Ok(())
}

fn leaks(tree: &str) -> Vec<&str> {
    let mut names: Vec<_> =
        tree.lines().filter_map(|line| line.split(' ').next()).filter(|n| forbidden(n)).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn forbidden(name: &str) -> bool {
    FORBIDDEN.iter().any(|pattern| match pattern.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => name == *pattern,
    })
}

#[cfg(test)]
mod tests {
    use super::leaks;

    #[test]
    fn what_belongs_to_the_server_is_found_once() {
        let tree = "app v0.1.0 (/x/app)\nsqlx-core v0.9.0\nserver_fn v0.8.13\nservices v0.1.0\nsqlx-core v0.9.0 (*)\n";
        assert_eq!(leaks(tree), ["services", "sqlx-core"]);
    }
}
