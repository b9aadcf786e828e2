//! The lines of a document's form. There are always some empty ones; more come by a button.

use domain::documents::{MOST_LINES, TypedDocument, TypedLine};
use leptos::prelude::*;

use crate::{
    form::FormReply,
    ui::{Alert, Button, Tone},
};

/// Empty lines below those that are filled in.
const SPARE: usize = 3;
/// Lines that the button adds.
const MORE: usize = 5;

/// Description, quantity, price and discount, line by line.
#[component]
pub(super) fn FormLines(lines: Vec<TypedLine>, reply: FormReply) -> impl IntoView {
    let typed = TypedDocument(reply.values.clone());
    let is_typed = !reply.values.is_empty();
    let wants_more = is_typed && typed.get("what") == "lines";
    let filled = if is_typed { typed.last_line() } else { lines.len() };
    let spare = match (is_typed, wants_more) {
        (_, true) => MORE,
        (true, false) => 0,
        (false, false) => SPARE,
    };
    let count = (filled + spare).clamp(SPARE, MOST_LINES);
    let rows = (1..=count)
        .map(|number| {
            let line = if is_typed {
                TypedLine::read(number, |name| Some(typed.get(name).to_owned()))
            } else {
                lines.get(number - 1).cloned().unwrap_or_default()
            };
            row(number, &line, &reply)
        })
        .collect_view();
    let problem = reply.error("lines").map(|text| view! { <Alert tone=Tone::Bad title=text /> });
    view! {
        <fieldset class="form-lines">
            <legend>"Lines"</legend>
            <p class="hint">"A line without description and price is left out. Quantity is one unless you say otherwise."</p>
            {problem}
            <ol>{rows}</ol>
            <Button submit=true name="what" value="lines">
                "More lines"
            </Button>
        </fieldset>
    }
    .into_any()
}

fn row(number: usize, line: &TypedLine, reply: &FormReply) -> impl IntoView + use<> {
    let cells = TypedLine::PARTS
        .map(|part| {
            let name = TypedLine::field(number, part);
            let error = reply.error(&name);
            cell(number, part, name, line.part(part).to_owned(), error)
        })
        .collect_view();
    view! { <li class="form-line">{cells}</li> }
}

fn cell(number: usize, part: &'static str, name: String, value: String, error: Option<String>) -> AnyView {
    let label = format!("Line {number}: {part}");
    let title = match part {
        "description" => "Description",
        "quantity" => "Quantity",
        "price" => "Unit price",
        _ => "Discount %",
    };
    let error_id = format!("{name}-error");
    let described = error.as_ref().map(|_| error_id.clone());
    let invalid = error.as_ref().map(|_| "true");
    let control = if part == "description" {
        let rows = value.lines().count().clamp(1, 8).to_string();
        let value = crate::ui::raw_text(&value);
        view! {
            <textarea
                class="input"
                id=name.clone()
                name=name
                rows=rows
                aria-label=label
                aria-describedby=described
                aria-invalid=invalid
            >
                {value}
            </textarea>
        }
        .into_any()
    } else {
        view! {
            <input
                class="input"
                type="text"
                inputmode="decimal"
                autocomplete="off"
                id=name.clone()
                name=name
                value=value
                aria-label=label
                aria-describedby=described
                aria-invalid=invalid
            />
        }
        .into_any()
    };
    view! {
        <div class=format!("field {part}")>
            <span class="label" aria-hidden="true">
                {title}
            </span>
            {control}
            {error.map(|error| view! { <p class="field-error" id=error_id>{error}</p> })}
        </div>
    }
    .into_any()
}

/// The lines whose saved text is another one than what was typed.
pub(super) fn line_differences(saved: &[TypedLine], reply: &FormReply) -> Vec<(String, String, String)> {
    let typed = TypedDocument(reply.values.clone());
    let count = typed.last_line().max(saved.len());
    (1..=count)
        .filter_map(|number| {
            let mine = TypedLine::read(number, |name| Some(typed.get(name).replace("\r\n", "\n")));
            let theirs = saved.get(number - 1).cloned().unwrap_or_default();
            (told(&theirs) != told(&mine)).then(|| (format!("Line {number}"), told(&theirs), told(&mine)))
        })
        .collect()
}

fn told(line: &TypedLine) -> String {
    let parts = [line.description.trim(), line.quantity.trim(), line.price.trim(), line.discount.trim()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}
