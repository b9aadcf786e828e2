//! The question, and the chain that answers it. Few parts of the kit: customers' browsers load this.

use domain::access::{AccessAnswer, AccessExplained, AccessQuestion};
use leptos::prelude::*;
use leptos_router::params::ParamsMap;

/// What a page's address asks.
pub(super) fn question(query: &ParamsMap) -> AccessQuestion {
    let value = |name| query.get(name).unwrap_or_default();
    AccessQuestion { who: value("who"), what: value("what"), document: value("document") }
}

/// The form that asks, and the answer; `path` is the page's own.
pub(super) fn explained(path: &str, page: AccessExplained) -> AnyView {
    let AccessExplained { people, subjects, question, note, problem, candidates, answer, .. } = page;
    let AccessQuestion { who, what, document } = question;
    let link = format!("{path}?who={who}&what={what}&document=");
    let candidates = candidates
        .into_iter()
        .map(|(id, name)| view! { <li><a href=format!("{link}{id}")>{name}</a></li> })
        .collect_view();
    let invalid = problem.is_some().then_some("true");
    view! {
        {note.map(|note| view! { <p class="alert neutral" role="note">{note}</p> })}
        <form method="get" action=path.to_owned() class="card explain-form">
            {select("who", "Person", people, &who)}
            {select("what", "May see", subjects, &what)}
            <div class="field">
                <label class="label" for="document">"Document"</label>
                <input
                    class="input"
                    id="document"
                    name="document"
                    value=document
                    aria-invalid=invalid
                    aria-describedby="document-hint"
                />
                <p class="hint" id="document-hint">
                    {problem.unwrap_or_else(|| "Its number or title; empty for all of them.".to_owned())}
                </p>
            </div>
            <button class="button primary" type="submit">
                "Explain"
            </button>
        </form>
        <ul class="explain-candidates">{candidates}</ul>
        {answer.map(show)}
    }
    .into_any()
}

fn select(name: &'static str, label: &'static str, options: Vec<(String, String)>, chosen: &str) -> AnyView {
    let options = options
        .into_iter()
        .map(|(value, text)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{text}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label class="label" for=name>{label}</label>
            <select class="input" id=name name=name>
                {options}
            </select>
        </div>
    }
    .into_any()
}

fn show(answer: AccessAnswer) -> AnyView {
    let steps = answer
        .steps
        .into_iter()
        .map(|step| {
            let (class, word) = if step.holds { ("holds", "Yes") } else { ("fails", "No") };
            view! {
                <li class=class>
                    <strong>{step.title}</strong>
                    <span class="explain-verdict">{word}</span>
                    <span>{step.text}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="card explain-answer" aria-labelledby="answer">
            <h2 id="answer" class=if answer.allowed { "holds" } else { "fails" }>
                {answer.sentence}
            </h2>
            <ol>{steps}</ol>
        </section>
    }
    .into_any()
}
