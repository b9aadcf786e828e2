use domain::{
    access::GroupChoice,
    articles::{ArticleForm, ArticleFormPage as Page, NO_CATEGORY},
    ids::ArticleId,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::{
    LIST, MINE,
    api::{get_article_form, preview_article},
};
use crate::{
    PortalError,
    form::{FormReply, use_form_reply},
    layout::ErrorPage,
    ui::{
        Alert, Badge, Button, ButtonKind, ButtonLink, CheckboxField, Conflict, Crumb, Field, PageHeader,
        Panel, SelectField, Skeleton, TextArea, Tone,
    },
};

/// `/staff/documentation/new` and `/staff/documentation/{id}`: an article in Markdown, with a preview.
#[component]
pub fn ArticleFormPage() -> impl IntoView {
    let params = use_params_map();
    let reply = use_form_reply();
    let id = params.with_untracked(|params| params.get("id"));
    let wants_preview = reply.as_ref().is_some_and(|reply| reply.value("what") == "preview");
    let body = reply.as_ref().map(|reply| reply.value("body")).filter(|_| wants_preview);
    let loaded = Resource::new(
        move || id.clone(),
        move |id| {
            let body = body.clone();
            async move {
                let id = id.map(|id| id.parse::<ArticleId>()).transpose();
                let page = get_article_form(id.map_err(|_no_key| PortalError::NotFound)?).await?;
                let preview = match body {
                    Some(body) => Some(preview_article(body).await?),
                    None => None,
                };
                Ok::<_, PortalError>((page, preview))
            }
        },
    );
    view! {
        <Transition fallback=|| view! { <Skeleton lines=12 /> }>
            {move || {
                let reply = reply.clone();
                Suspend::new(async move {
                    match loaded.await {
                        Ok((page, preview)) => show(page, preview, reply),
                        Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
    .into_any()
}

fn show(page: Page, preview: Option<String>, reply: Option<FormReply>) -> AnyView {
    let saved = page.form.clone();
    let typed = reply.as_ref().filter(|reply| !reply.values.is_empty());
    let mut shown = typed.map_or_else(|| saved.clone(), |reply| ArticleForm::read(&reply.values));
    let is_stale = reply.as_ref().is_some_and(|reply| reply.is_stale);
    let conflict = is_stale.then(|| view! { <Conflict differences=differences(&page, &shown) /> });
    if is_stale {
        shown.version = saved.version;
    }
    let title = if page.id.is_some() { saved.title.clone() } else { "New article".to_owned() };
    let is_published = page.published.is_some();
    let badge = page.id.map(|_| {
        let (tone, text) = if is_published { (Tone::Good, "Published") } else { (Tone::Neutral, "Draft") };
        (tone, text)
    });
    let preview = preview.map(|html| {
        view! {
            <Panel title="Preview" id="preview">
                // The use case made it from Markdown and cleaned it.
                <article class="article" inner_html=html></article>
            </Panel>
        }
    });
    let aside = page.id.map(|id| aside(id, &page));
    view! {
        <Title text=title.clone() />
        <div class="page">
            <PageHeader
                title=title
                crumbs=vec![Crumb::link("All articles", LIST)]
                badge=move || badge.map(|(tone, text)| view! { <Badge tone=tone text=text /> })
            />
            {notice(reply.as_ref())}
            {conflict}
            {preview}
            <div class="columns">
                <div>{form(&page, &shown, reply.as_ref())}</div>
                {aside.map(|aside| view! { <aside>{aside}</aside> })}
            </div>
        </div>
    }
    .into_any()
}

fn notice(reply: Option<&FormReply>) -> Option<AnyView> {
    if let Some(problem) = reply.and_then(|reply| reply.problem.clone()) {
        return Some(view! { <Alert tone=Tone::Bad title=problem /> }.into_any());
    }
    if reply.is_some_and(|reply| !reply.errors.is_empty()) {
        return Some(view! { <Alert tone=Tone::Bad title="Some fields need your attention." /> }.into_any());
    }
    if reply.is_some() {
        return None;
    }
    let title = match use_query_map().with_untracked(|query| query.get("done"))?.as_str() {
        "created" => "The article is written. Customers read it once it is published.",
        "saved" => "Saved.",
        "published" => "Published: customers read it from now on.",
        "unpublished" => "Not published any more: customers read it no longer.",
        _ => return None,
    };
    Some(view! { <Alert tone=Tone::Good title=title /> }.into_any())
}

fn form(page: &Page, shown: &ArticleForm, reply: Option<&FormReply>) -> impl IntoView + use<> {
    let action = page.id.map_or_else(|| format!("{LIST}/new"), |id| format!("{LIST}/{id}"));
    let error = |name: &str| reply.and_then(|reply| reply.error(name));
    let audiences =
        [("all", "Everybody who may read documentation"), ("groups", "Only some permission groups")];
    let audiences = audiences.map(|(code, label)| (code.to_owned(), label.to_owned())).into();
    let audience = if shown.is_for_groups { "groups" } else { "all" };
    let so_far = match page.categories.as_slice() {
        [] => String::new(),
        some => format!(" So far: {}.", some.join(", ")),
    };
    let category_hint =
        format!("Articles of one category stand together; without one, under {NO_CATEGORY}.{so_far}");
    let groups_error =
        error("group").map(|text| view! { <p class="field-error" id="group-error">{text}</p> });
    view! {
        <form method="post" action=action class="form" novalidate=true>
            // Enter saves: the first button of a form is the one that it presses.
            <button class="visually-hidden" tabindex="-1" aria-hidden="true" name="what" value="save"></button>
            <input type="hidden" name="version" value=shown.version.to_string() />
            <input type="hidden" name="key" value=shown.key.clone() />
            <Field
                label="Title"
                name="title"
                value=shown.title.clone()
                required=true
                autocomplete="off"
                error=error("title")
            />
            <Field
                label="Summary"
                name="summary"
                value=shown.summary.clone()
                autocomplete="off"
                hint="What it is about, in a sentence."
                error=error("summary")
            />
            <div class="field-grid">
                <Field
                    label="Category"
                    name="category"
                    value=shown.category.clone()
                    autocomplete="off"
                    hint=category_hint
                    error=error("category")
                />
                <Field
                    label="Place in the category"
                    name="place"
                    value=shown.place.clone()
                    inputmode="numeric"
                    autocomplete="off"
                    hint="A number; the lowest stands first."
                    error=error("place")
                />
            </div>
            <TextArea
                label="Text"
                name="body"
                value=shown.body.clone()
                rows=18
                required=true
                hint="In Markdown: # heading, **bold**, - list, [words](address). HTML is shown as it is typed."
                error=error("body")
            />
            <SelectField
                label="Who reads it"
                name="audience"
                options=audiences
                value=audience.to_owned()
                error=error("audience")
            />
            <fieldset class="article-groups">
                <legend>"Permission groups"</legend>
                <p class="hint">"For an article that only some groups read. They need the permission to read documentation, too."</p>
                {page.choices.iter().map(|choice| group_field(choice, shown)).collect_view()}
                {groups_error}
            </fieldset>
            <div class="actions">
                <Button kind=ButtonKind::Primary submit=true name="what" value="save">
                    "Save"
                </Button>
                <Button submit=true name="what" value="preview">
                    "Show preview"
                </Button>
                <ButtonLink href=LIST>"Discard"</ButtonLink>
            </div>
        </form>
    }
}

fn group_field(choice: &GroupChoice, shown: &ArticleForm) -> impl IntoView + use<> {
    let id = choice.id;
    view! {
        <CheckboxField
            label=choice.name.clone()
            name="group"
            id=format!("group-{id}")
            value=id.to_string()
            checked=shown.groups.contains(&id)
        />
    }
}

/// Whether customers read it, and the end of it.
fn aside(id: ArticleId, page: &Page) -> impl IntoView + use<> {
    let action = format!("{LIST}/{id}");
    let delete = action.clone();
    let (what, label, text) = match &page.published {
        Some(since) => ("unpublish", "Unpublish", format!("Customers read it since {since}.")),
        None => ("publish", "Publish", "Only staff see it.".to_owned()),
    };
    let kind = if page.published.is_some() { ButtonKind::Secondary } else { ButtonKind::Primary };
    let address = page.published.as_ref().map(|_| {
        view! { <p class="hint">"Its address in the portal: " <code>{format!("{MINE}/{id}")}</code></p> }
    });
    view! {
        <Panel title="Customers" id="customers">
            <p>{text}</p>
            {address}
            <form method="post" action=action class="actions">
                <Button kind=kind submit=true name="what" value=what>
                    {label}
                </Button>
            </form>
        </Panel>
        <details class="panel article-end">
            <summary>"Delete this article"</summary>
            <form method="post" action=delete class="form">
                <p>"It cannot be brought back. To keep it for later, unpublish it."</p>
                <Button kind=ButtonKind::Danger submit=true name="what" value="delete">
                    "Delete for good"
                </Button>
            </form>
        </details>
    }
}

/// The fields that differ, with both texts.
fn differences(page: &Page, mine: &ArticleForm) -> Vec<(String, String, String)> {
    let theirs = &page.form;
    let readers = |form: &ArticleForm| {
        if !form.is_for_groups {
            return "Everybody".to_owned();
        }
        let names = page.choices.iter().filter(|choice| form.groups.contains(&choice.id));
        names.map(|choice| choice.name.as_str()).collect::<Vec<_>>().join(", ")
    };
    let pairs = [
        ("Title", theirs.title.clone(), mine.title.clone()),
        ("Summary", theirs.summary.clone(), mine.summary.clone()),
        ("Category", theirs.category().to_owned(), mine.category().to_owned()),
        ("Place in the category", theirs.place.clone(), mine.place.clone()),
        ("Who reads it", readers(theirs), readers(mine)),
        ("Text", theirs.body.clone(), mine.body.replace("\r\n", "\n")),
    ];
    let differing = pairs.into_iter().filter(|(_, theirs, mine)| theirs.trim() != mine.trim());
    differing.map(|(field, theirs, mine)| (field.to_owned(), theirs, mine)).collect()
}
