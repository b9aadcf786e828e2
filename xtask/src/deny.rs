//! Licences, banned crates and sources, as `deny.toml` says.
//!
//! cargo-deny does it when it is installed; otherwise this reads the same file and checks the same three things.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use anyhow::{Context as _, Result, bail};
use serde::Deserialize;

use crate::workspace::Workspace;
use crate::{install, process, spdx};

/// Checks every dependency, on every platform.
pub fn check(workspace: &Workspace) -> Result<()> {
    if install::find_program(&["cargo-deny"]).is_some() {
        let mut command = workspace.cargo("deny");
        return process::run(command.args(["--log-level", "error", "check", "licenses", "bans", "sources"]));
    }
    let path = workspace.root.join("deny.toml");
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let rules: Rules = toml::from_str(&text).context("deny.toml")?;
    let listing = process::read(workspace.cargo("metadata").args(["--format-version", "1"]))?;
    let metadata: Metadata = serde_json::from_str(&listing).context("cargo metadata: unknown format")?;
    let faults = faults(&rules, &metadata.packages);
    if !faults.is_empty() {
        bail!("deny.toml forbids:\n    {}", faults.join("\n    "));
    }
    println!("    {} packages, none forbidden", metadata.packages.len());
    Ok(())
}

#[derive(Deserialize)]
struct Rules {
    licenses: Licenses,
    bans: Bans,
    sources: Sources,
}

#[derive(Deserialize)]
struct Licenses {
    allow: BTreeSet<String>,
}

#[derive(Deserialize)]
struct Bans {
    deny: Vec<Ban>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Ban {
    #[serde(rename = "crate")]
    name: String,
    reason: String,
    #[serde(default)]
    deny_multiple_versions: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Sources {
    allow_registry: Vec<String>,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
    license: Option<String>,
    source: Option<String>,
}

fn faults(rules: &Rules, packages: &[Package]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut versions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for package in packages {
        let Package { name, version, .. } = package;
        versions.entry(name).or_default().push(version);
        if let Some(fault) = licence_fault(&rules.licenses, package) {
            faults.push(format!("{name} {version}: {fault}"));
        }
        let from = |source: &String| {
            rules.sources.allow_registry.iter().any(|registry| *source == format!("registry+{registry}"))
        };
        if let Some(source) = package.source.as_ref().filter(|source| !from(source)) {
            faults.push(format!("{name} {version}: comes from {source}"));
        }
    }
    for ban in &rules.bans.deny {
        let found = versions.get(ban.name.as_str()).map_or(&[][..], Vec::as_slice);
        if found.len() > usize::from(ban.deny_multiple_versions) {
            faults.push(format!("{} {}: {}", ban.name, found.join(", "), ban.reason));
        }
    }
    faults
}

fn licence_fault(rules: &Licenses, package: &Package) -> Option<String> {
    let Some(expression) = &package.license else { return Some("declares no licence".to_owned()) };
    match spdx::is_met(expression, |name| rules.allow.contains(name)) {
        Ok(true) => None,
        Ok(false) => Some(format!("its licence, {expression}, is not allowed")),
        Err(error) => Some(format!("{error:#}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: &str = r#"
        [licenses]
        allow = ["MIT"]
        [bans]
        deny = [
            { crate = "openssl", reason = "rustls only" },
            { crate = "sqlx", deny-multiple-versions = true, reason = "one" },
        ]
        [sources]
        allow-registry = ["https://example.org/index"]
    "#;

    fn package(name: &str, version: &str, license: &str, source: &str) -> Package {
        Package {
            name: name.into(),
            version: version.into(),
            license: Some(license.into()),
            source: (!source.is_empty()).then(|| source.into()),
        }
    }

    #[test]
    fn each_rule_finds_its_fault_and_nothing_else() {
        let rules: Rules = toml::from_str(RULES).unwrap();
        let registry = "registry+https://example.org/index";
        let fine = [package("sqlx", "0.9.0", "MIT", registry), package("app", "0.1.0", "MIT", "")];
        assert!(faults(&rules, &fine).is_empty());
        let wrong = [
            package("sqlx", "0.9.0", "MIT", registry),
            package("sqlx", "0.8.0", "MIT", registry),
            package("openssl", "1.0.0", "MIT", registry),
            package("strict", "1.0.0", "GPL-3.0", registry),
            package("far", "1.0.0", "MIT", "git+https://example.org/far"),
        ];
        let found = faults(&rules, &wrong).join("\n");
        for part in
            ["sqlx 0.9.0, 0.8.0: one", "openssl 1.0.0: rustls", "strict 1.0.0: its", "far 1.0.0: comes"]
        {
            assert!(found.contains(part), "{part} in {found}");
        }
        assert_eq!(found.lines().count(), 4);
    }
}
