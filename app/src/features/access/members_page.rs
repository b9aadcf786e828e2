use domain::access::{Member, Members};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::{
    api::list_members,
    portal_user_fields::{group_options, shown, wrong},
};
use crate::{
    form::{FormReply, use_form_reply},
    layout::ErrorPage,
    ui::{
        Alert, Badge, Button, ButtonKind, ButtonLink, Cell, CellKind, Column, Field, PageHeader, Panel, Row,
        SelectField, Skeleton, Table, Tone,
    },
};

/// `/my/members`: the colleagues with portal access, for whoever may see or manage them.
#[component]
pub fn MembersPage() -> impl IntoView {
    let members = Resource::new(|| (), |()| list_members());
    let reply = use_form_reply();
    view! {
        <Transition fallback=|| view! { <Skeleton rows=true lines=4 /> }>
            {move || {
                let reply = reply.clone();
                Suspend::new(async move {
                    match members.await {
                        Ok(members) => show(members, reply.as_ref()).into_any(),
                        Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
    .into_any()
}

fn show(members: Members, reply: Option<&FormReply>) -> impl IntoView + use<> {
    let done = match use_query_map().with_untracked(|query| query.get("done")).as_deref() {
        Some("invited") => Some("The invitation is on its way."),
        Some("saved") => Some("Saved. It acts at their next request."),
        Some("removed") => Some("The access ended."),
        _ => None,
    };
    let problem = reply.and_then(|reply| reply.problem.clone());
    let groups = group_options(&members.groups, None);
    let invite = members.may_invite.then(|| invite(&groups, reply));
    let rows = members.members.into_iter().map(|member| row(member, &groups)).collect_view();
    let columns = ["Name", "Login", "Permission group", "State", "Latest authentication"];
    let mut columns: Vec<Column> = columns.map(Column::new).into();
    columns.push(Column::quiet("Actions"));
    view! {
        <Title text="Members" />
        <div class="page">
            <PageHeader title="Members" subtitle="Who of your company can sign in here, and what they may do.">
                <ButtonLink href="/my/members/access">"Explain access"</ButtonLink>
            </PageHeader>
            {problem.map(|problem| view! { <Alert tone=Tone::Bad title=problem /> })}
            {done.map(|done| view! { <Alert tone=Tone::Good title=done /> })}
            <Table label="Members" columns=columns class="members">
                {rows}
            </Table>
            {members.more.then(|| view! { <p class="hint">"More members than shown here: ask us for a list."</p> })}
            {invite}
        </div>
    }
}

fn row(member: Member, groups: &[(String, String)]) -> impl IntoView + use<> {
    let Member { user, company, is_self, may_edit, may_remove } = member;
    let id = user.contact;
    let last = user.last_authenticated.map_or_else(|| "Never".to_owned(), |at| at.display());
    let name = user.name.clone();
    let change = may_edit.then(|| {
        let (label, button) = (format!("Group of {name}"), format!("Save what {name} may do"));
        view! {
            <form class="inline-form" method="post" action="/my/members">
                <input type="hidden" name="member" value=id.to_string() />
                <SelectField
                    label=label
                    label_hidden=true
                    name="group"
                    id=format!("group-{id}")
                    options=groups.to_vec()
                    value=user.group.to_string()
                />
                <Button submit=true name="what" value="regroup" attr:aria-label=button>"Change"</Button>
            </form>
        }
    });
    let group = change.is_none().then(|| user.group_name.clone());
    view! {
        <Row>
            <Cell kind=CellKind::Title>
                {user.name} " " {is_self.then(|| view! { <Badge text="You" /> })}
                {company.map(|company| view! { <span class="sub">{company}</span> })}
            </Cell>
            <Cell label="Login">{user.login}</Cell>
            <Cell label="Permission group">{group} {change}</Cell>
            <Cell label="State">{user.state.label()}</Cell>
            <Cell label="Latest authentication">{last}</Cell>
            <Cell kind=CellKind::Actions>
                {may_remove
                    .then(|| {
                        view! {
                            <form method="post" action="/my/members">
                                <input type="hidden" name="member" value=id.to_string() />
                                <Button
                                    submit=true
                                    name="what"
                                    value="remove"
                                    attr:aria-label=format!("Remove {name}")
                                >
                                    "Remove"
                                </Button>
                            </form>
                        }
                    })}
            </Cell>
        </Row>
    }
}

fn invite(groups: &[(String, String)], reply: Option<&FormReply>) -> impl IntoView + use<> {
    let group = groups.first().map(|(id, _)| id.clone()).unwrap_or_default();
    let fields = view! {
        <div class="field-grid">
            <Field
                label="Name"
                name="name"
                value=shown(reply, "name", "")
                autocomplete="off"
                error=wrong(reply, "name")
            />
            <Field
                label="Email"
                name="email"
                kind="email"
                value=shown(reply, "email", "")
                autocomplete="off"
                error=wrong(reply, "email")
            />
            <SelectField
                label="Permission group"
                name="group"
                options=groups.to_vec()
                value=shown(reply, "group", group)
                hint="You can give what you have yourself."
                error=wrong(reply, "group")
            />
        </div>
    };
    view! {
        <Panel title="Invite a colleague" id="invite">
            <form class="form" method="post" action="/my/members">
                {fields}
                <div class="actions">
                    <Button kind=ButtonKind::Primary submit=true name="what" value="invite">
                        "Invite"
                    </Button>
                </div>
            </form>
        </Panel>
    }
}
