//! The tests run what is served: their own dependencies change no feature of a shared one.
//!
//! Otherwise cargo compiles that dependency, and all that use it, once for the server and once more for the tests.

use std::collections::BTreeSet;

use anyhow::{Result, bail};

use crate::process;
use crate::workspace::Workspace;

/// Fails when a `[dev-dependencies]` entry turns on a feature that the server does not have.
pub fn check(workspace: &Workspace) -> Result<()> {
    let served = tree(workspace, "normal,build")?;
    let tested = tree(workspace, "all")?;
    let changed = changed(&served, &tested);
    if !changed.is_empty() {
        bail!(
            "a dependency of the tests turns on features of {}: give it `default-features = false`, or give the same \
             features to the server",
            changed.join(", ")
        );
    }
    Ok(())
}

fn tree(workspace: &Workspace, edges: &str) -> Result<String> {
    let mut command = workspace.cargo("tree");
    command.args(workspace.product_arguments());
    process::read(command.args(["-e", edges, "--prefix", "none", "-f", "{p} [{f}]"]))
}

/// The crates that the tests do not have with the features that the server has them with. One that they have with others
/// besides, such as a macro's own, is compiled once more and changes nothing.
fn changed<'a>(served: &'a str, tested: &str) -> Vec<&'a str> {
    let tested: BTreeSet<_> = lines(tested).collect();
    let gone: BTreeSet<_> = lines(served).filter(|line| !tested.contains(line)).filter_map(name).collect();
    gone.into_iter().collect()
}

/// cargo marks a crate that it has shown before.
fn lines(tree: &str) -> impl Iterator<Item = &str> {
    tree.lines().map(|line| line.trim_end_matches(" (*)"))
}

fn name(line: &str) -> Option<&str> {
    line.split(" [").next()
}

#[cfg(test)]
mod tests {
    use super::changed;

    #[test]
    fn only_a_shared_crate_with_other_features_counts() {
        let served = "bitflags v2.13.2 []\nserde v1.0.0 [std]\n";
        let tested = "bitflags v2.13.2 [std]\nproptest v1.7.0 [std]\nserde v1.0.0 [std]\n";
        assert_eq!(changed(served, tested), ["bitflags v2.13.2"]);
        assert!(changed(served, &format!("{served}bitflags v2.13.2 [std]\n")).is_empty());
    }
}
