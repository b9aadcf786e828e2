//! Between an event's data and what people read of it.

use domain::audit::Change;
use serde_json::{Map, Value, json};

/// Longest value of a changed field that is kept.
const MAX_VALUE: usize = 300;
/// Longest value that is shown: what customers ask staff for is kept whole.
const MAX_SHOWN: usize = domain::details::MAX_REQUEST;
/// Nothing of these is shown, should it ever have been recorded.
const SECRETS: [&str; 5] = ["password", "secret", "hash", "token", "seed"];

/// An event's data: what differs between two objects, each side in full.
pub(crate) fn between(before: &Value, after: &Value) -> Value {
    let (Value::Object(old), Value::Object(new)) = (before, after) else { return json!({}) };
    let mut data = [Map::new(), Map::new()];
    for (key, value) in new {
        if old.get(key) != Some(value) {
            let sides = [old.get(key).cloned().unwrap_or(Value::Null), value.clone()];
            for (side, value) in data.iter_mut().zip(sides) {
                side.insert(key.clone(), clipped(value));
            }
        }
    }
    let [before, after] = data;
    json!({ "before": before, "after": after })
}

fn clipped(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(clip(&text, MAX_VALUE)),
        other => other,
    }
}

/// What an event's data says, for people.
pub(super) fn read(data: &Value) -> Vec<Change> {
    let Value::Object(data) = data else { return Vec::new() };
    let mut changes = Vec::new();
    match (data.get("before"), data.get("after")) {
        (Some(Value::Object(before)), Some(Value::Object(after))) => pairs(before, after, &mut changes),
        (before, after) if before.is_some() || after.is_some() => {
            push(&mut changes, "value", before, after.unwrap_or(&Value::Null));
        }
        _ => {}
    }
    for (key, value) in data {
        let is_told = key == "before" || key == "after";
        if !is_told && !text(value).is_empty() {
            push(&mut changes, key, None, value);
        }
    }
    changes
}

fn pairs(before: &Map<String, Value>, after: &Map<String, Value>, changes: &mut Vec<Change>) {
    let gone = before.keys().filter(|key| !after.contains_key(*key));
    for key in after.keys().chain(gone) {
        let (old, new) = (before.get(key).unwrap_or(&Value::Null), after.get(key).unwrap_or(&Value::Null));
        if old != new {
            push(changes, key, Some(old), new);
        }
    }
}

fn push(changes: &mut Vec<Change>, key: &str, before: Option<&Value>, after: &Value) {
    if SECRETS.iter().any(|secret| key.contains(secret)) {
        return;
    }
    changes.push(Change { label: label(key), before: before.map(text), after: text(after) });
}

/// The one text of a fact, such as the reason of looking as a customer.
pub(super) fn fact(data: &Value, key: &str) -> Option<String> {
    data.get(key).map(text).filter(|text| !text.is_empty())
}

fn label(key: &str) -> String {
    let plain = match key {
        "vat" => "VAT number".to_owned(),
        "lang" => "language".to_owned(),
        other => other.replace('_', " "),
    };
    let mut letters = plain.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn text(value: &Value) -> String {
    let text = match value {
        Value::Null => String::new(),
        Value::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        Value::Array(values) => {
            values.iter().map(text).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ")
        }
        Value::Object(fields) => {
            if let Some(Value::String(name)) = fields.get("name") {
                return clip(&format!("{name} ({})", counted(fields)), MAX_SHOWN);
            }
            let fields = fields.iter().filter(|(key, _)| !SECRETS.iter().any(|secret| key.contains(secret)));
            fields
                .map(|(key, value)| format!("{}: {}", label(key), text(value)))
                .collect::<Vec<_>>()
                .join(", ")
        }
    };
    clip(&text, MAX_SHOWN)
}

/// Something by its name, as in an import's counts: what there is none of is left out.
fn counted(fields: &Map<String, Value>) -> String {
    let told = fields.iter().filter(|(key, value)| *key != "name" && value.as_i64() != Some(0));
    told.map(|(key, value)| format!("{} {}", text(value), key.replace('_', " ")))
        .collect::<Vec<_>>()
        .join(", ")
}

fn clip(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(label: &str, before: Option<&str>, after: &str) -> Change {
        Change { label: label.to_owned(), before: before.map(str::to_owned), after: after.to_owned() }
    }

    #[test]
    fn only_what_differs_is_kept_and_read() {
        let data = between(&json!({ "name": "A", "city": "X" }), &json!({ "name": "B", "city": "X" }));
        assert_eq!(data, json!({ "before": { "name": "A" }, "after": { "name": "B" } }));
        assert_eq!(read(&data), [change("Name", Some("A"), "B")]);
        let long = between(&json!({ "comment": "" }), &json!({ "comment": "é".repeat(900) }));
        assert_eq!(long["after"]["comment"].as_str().map(|text| text.chars().count()), Some(MAX_VALUE + 1));
    }

    #[test]
    fn facts_of_any_shape_are_read_and_secrets_are_not() {
        let data = json!({
            "login": "ann@x.example", "counts": { "contacts": 3 }, "active": true, "tags": ["a", "b"],
            "password_hash": "x", "nothing": null, "empty": "", "valid_until": 7
        });
        let expected = [
            change("Active", None, "yes"),
            change("Counts", None, "Contacts: 3"),
            change("Login", None, "ann@x.example"),
            change("Tags", None, "a, b"),
            change("Valid until", None, "7"),
        ];
        let mut read = read(&data);
        read.sort_by(|a, b| a.label.cmp(&b.label));
        assert_eq!(read, expected);
        assert!(super::read(&json!("text")).is_empty());
        assert_eq!(super::read(&json!({ "before": "a", "after": "b" })), [change("Value", Some("a"), "b")]);
        let counts = json!({ "counts": [{ "name": "leads", "read": 2, "failed": 0 }] });
        assert_eq!(super::read(&counts), [change("Counts", None, "leads (2 read)")]);
        assert_eq!(fact(&json!({ "reason": "asked" }), "reason").as_deref(), Some("asked"));
    }
}
