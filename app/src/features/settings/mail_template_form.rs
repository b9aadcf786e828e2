//! A mail's words: the form, what may stand in it, and how it reads.

use domain::settings::{MailTemplatePage, PlaceholderHelp, TemplateForm};
use leptos::prelude::*;
use leptos_meta::Title;

use super::mail_template_page::PAGE;
use crate::{
    form::FormReply,
    ui::{
        Alert, Badge, Button, ButtonKind, Crumb, Field, FilterTab, FilterTabs, PageHeader, Panel, TextArea,
        Tone,
    },
};

/// The page of one mail.
pub(super) fn show(
    page: MailTemplatePage,
    reply: Option<FormReply>,
    done: Option<&str>,
) -> impl IntoView + use<> {
    let MailTemplatePage { kinds, kind, occasion, form: saved, placeholders, preview } = page;
    let (code, label) = kind;
    let is_changed = saved.version > 0;
    let tabs = kinds
        .into_iter()
        .map(|(other, name, changed)| {
            let name = if changed { format!("{name} (changed)") } else { name };
            FilterTab::new(name, format!("{PAGE}/{other}"), other == code)
        })
        .collect();
    let is_stale = reply.as_ref().is_some_and(|reply| reply.is_stale);
    let errors = reply.as_ref().map(|reply| reply.errors.clone()).unwrap_or_default();
    let problem = reply.as_ref().and_then(|reply| reply.problem.clone());
    let typed = reply.as_ref().map(typed_before);
    let conflict = is_stale.then(|| conflict(&saved));
    let mut shown = typed.unwrap_or_else(|| saved.clone());
    if is_stale {
        shown.version = saved.version;
    }
    // A preview of what was typed comes with the reply.
    let (subject, text) = match reply.as_ref().map(|reply| reply.value("preview_text")) {
        Some(text) if !text.is_empty() => {
            (reply.as_ref().map(|reply| reply.value("preview_subject")).unwrap_or_default(), text)
        }
        _ => preview,
    };
    let action = format!("{PAGE}/{code}");
    let is_wrong = !errors.is_empty();
    let error = move |name: &str| -> MaybeProp<String> { errors.get(name).map(str::to_owned).into() };
    let notice = match done {
        Some("saved") => Some("Saved. The next mail says it so."),
        Some("reset") => Some("Back to the original."),
        _ => None,
    };
    let reset = is_changed.then(|| {
        view! {
            <form method="post" action=format!("{action}/reset")>
                <Button submit=true>"Reset to the original"</Button>
            </form>
        }
    });
    view! {
        <Title text="Mail templates" />
        <div class="page">
            <PageHeader
                title="Mail templates"
                subtitle="What the portal’s mails say. Each is sent as plain text and as HTML in your colour, made from this text."
                crumbs=vec![Crumb::link("General settings", super::general_page::PAGE)]
            />
            <FilterTabs label="Mail" tabs=tabs />
            {notice.map(|notice| view! { <Alert tone=Tone::Good title=notice /> })}
            {problem.map(|problem| view! { <Alert tone=Tone::Bad title=problem /> })}
            {is_wrong.then(|| view! { <Alert tone=Tone::Bad title="Some fields need your attention." /> })}
            {conflict}
            <div class="columns">
                <div>
                    <Panel title=label id="words">
                        <p class="hint template-occasion">{occasion}</p>
                        <form method="post" action=action class="form">
                            <input type="hidden" name="version" value=shown.version.to_string() />
                            <Field
                                label="Subject"
                                name="subject"
                                value=shown.subject
                                required=true
                                autocomplete="off"
                                error=error("subject")
                            />
                            <TextArea label="Text" name="text" value=shown.text rows=16 required=true error=error("text") />
                            <div class="actions">
                                <Button kind=ButtonKind::Primary submit=true name="mode" value="save">
                                    "Save"
                                </Button>
                                <Button submit=true name="mode" value="preview">
                                    "Preview"
                                </Button>
                            </div>
                        </form>
                        {reset}
                    </Panel>
                    <Panel title="How it reads, with sample values" id="preview">
                        <p class="template-subject">{subject}</p>
                        <pre class="mail-text" tabindex="0" role="region" aria-label="Sample mail">{text}</pre>
                    </Panel>
                </div>
                <aside>
                    <Panel title="Placeholders" id="placeholders">{placeholder_list(placeholders)}</Panel>
                </aside>
            </div>
        </div>
    }
}

fn placeholder_list(placeholders: Vec<PlaceholderHelp>) -> impl IntoView {
    let rows = placeholders
        .into_iter()
        .map(|PlaceholderHelp { name, meaning, is_required }| {
            view! {
                <div>
                    <dt>
                        <code>{format!("{{{{{name}}}}}")}</code>
                        {is_required.then(|| view! { " " <Badge tone=Tone::Info text="Needed" /> })}
                    </dt>
                    <dd>{meaning}</dd>
                </div>
            }
        })
        .collect_view();
    view! { <dl class="placeholders">{rows}</dl> }
}

/// The words that somebody else saved meanwhile.
fn conflict(saved: &TemplateForm) -> AnyView {
    let (subject, text) = (saved.subject.clone(), saved.text.clone());
    view! {
        <Alert tone=Tone::Warn title="Somebody else changed this mail meanwhile">
            "Below is what you typed, here is what is saved. Saving again keeps yours."
            <p class="template-subject">{subject}</p>
            <pre class="mail-text" tabindex="0" role="region" aria-label="Saved meanwhile">{text}</pre>
        </Alert>
    }
    .into_any()
}

/// What was typed into the form that came back.
fn typed_before(reply: &FormReply) -> TemplateForm {
    TemplateForm {
        subject: reply.value("subject"),
        text: reply.value("text"),
        version: reply.value("version").parse().unwrap_or(0),
    }
}
