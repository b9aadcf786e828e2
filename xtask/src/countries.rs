//! Makes the table of countries: what an address has where, from Google's address metadata and CLDR's names.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Map, Value};

use crate::workspace::Workspace;

/// What the metadata leaves out of a country is as here.
const ANYWHERE: (&str, &str) = ("%A%n%C", "AC");

/// Writes the table.
pub fn write(workspace: &Workspace, addresses: &Path, names: &Path) -> Result<()> {
    let addresses = fs::read_to_string(addresses).context("the address metadata cannot be read")?;
    let names: Value = serde_json::from_str(&fs::read_to_string(names)?).context("the names are no JSON")?;
    let names = names.pointer("/main/en/localeDisplayNames/territories").context("no English names there")?;
    let mut rows = BTreeMap::new();
    for line in addresses.lines() {
        let Some((key, data)) = line.split_once('=') else { continue };
        let Some(code) = key.strip_prefix("data/").filter(|code| code.len() == 2 && *code != "ZZ") else {
            continue;
        };
        let Some(name) = names.get(code).and_then(Value::as_str) else { continue };
        let data: Map<String, Value> = serde_json::from_str(data).with_context(|| code.to_owned())?;
        rows.insert(sorted_as(name), row(code, name, &data));
    }
    let table = workspace.root.join("crates/services/data/countries.tsv");
    let text: String = rows.into_values().map(|row| row + "\n").collect();
    fs::write(&table, text).with_context(|| table.display().to_string())?;
    println!("{}", table.display());
    Ok(())
}

/// A name as a list is sorted: Åland beside Albania, not behind Zimbabwe.
fn sorted_as(name: &str) -> String {
    let plain = |c: char| match c {
        'Å' => 'A',
        'ã' => 'a',
        'ç' => 'c',
        'é' => 'e',
        'í' => 'i',
        'ô' => 'o',
        other => other,
    };
    name.chars().map(plain).collect()
}

/// Code, name, format, required parts, postal code's pattern, an example, kinds of names, and the states.
fn row(code: &str, name: &str, data: &Map<String, Value>) -> String {
    let text = |key: &str| data.get(key).and_then(Value::as_str).unwrap_or_default();
    let format = [text("lfmt"), text("fmt"), ANYWHERE.0].into_iter().find(|format| !format.is_empty());
    let format = plain(format.unwrap_or_default());
    let required = Some(text("require")).filter(|parts| !parts.is_empty()).unwrap_or(ANYWHERE.1);
    let required: String =
        required.chars().filter(|part| "ACSZ".contains(*part) && format.contains(*part)).collect();
    let example = text("zipex").split(',').next().unwrap_or_default();
    let states = if format.contains("%S") { states(data) } else { String::new() };
    [
        code,
        name,
        &format,
        &required,
        text("zip"),
        example,
        text("zip_name_type"),
        text("state_name_type"),
        text("locality_name_type"),
        &states,
    ]
    .join("\t")
}

/// A format with nothing but street, city, state and postal code; the rest has fields of its own, or none.
fn plain(format: &str) -> String {
    let lines = format.split("%n").map(|line| {
        let line = ["%N", "%O", "%D", "%X"].iter().fold(line.to_owned(), |line, part| line.replace(part, ""));
        let line = line.trim().trim_start_matches(',').trim().trim_end_matches(',').trim().to_owned();
        if line.contains('%') { line } else { String::new() }
    });
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("%n")
}

/// `code=name|…`: ISO 3166-2 codes where there are, names in Latin letters where there are.
fn states(data: &Map<String, Value>) -> String {
    let list = |key: &str| -> Vec<&str> {
        data.get(key).and_then(Value::as_str).map(|text| text.split('~').collect()).unwrap_or_default()
    };
    let (keys, iso) = (list("sub_keys"), list("sub_isoids"));
    let (latin, names) = (list("sub_lnames"), list("sub_names"));
    let state = |(place, key): (usize, &&str)| {
        let first = |lists: &[&Vec<&str>]| {
            let found = lists.iter().filter_map(|list| list.get(place)).find(|text| !text.is_empty());
            found.copied().unwrap_or(key).to_owned()
        };
        format!("{}={}", first(&[&iso]), capitalised(&first(&[&latin, &names])))
    };
    keys.iter().enumerate().map(state).collect::<Vec<_>>().join("|")
}

/// A name that is all capitals, in ordinary ones.
fn capitalised(name: &str) -> String {
    if name.chars().any(char::is_lowercase) || name.chars().count() < 4 {
        return name.to_owned();
    }
    let mut is_first = true;
    name.chars()
        .flat_map(|c| {
            let shown: String = if is_first { c.to_string() } else { c.to_lowercase().collect() };
            is_first = !c.is_alphabetic() && c != '\'';
            shown.chars().collect::<Vec<_>>()
        })
        .collect()
}
