//! The chain in plain words.

use domain::{
    Instant,
    access::{AccessStep, ScopeKind},
    documents::DocumentKind,
};
use entities::{contact, document};
use sea_orm::EntityTrait;

use super::{
    super::{Check, PortalActor},
    subject::Subject,
};
use crate::{
    Cx, ServiceResult,
    auth::{Entrant, Entry},
};

/// What helps a customer whose secure link shows too little.
pub(super) const EDIT_GROUP: &str = " Whoever opens this customer’s portal gets this group, staff included: change the group, or give somebody \
     of the customer portal access.";

/// Whose a document is.
pub(super) struct Whose {
    contact: String,
    company: String,
}

pub(super) async fn whose(cx: &Cx, document: &document::Model) -> ServiceResult<Whose> {
    let mut names = [String::new(), String::new()];
    for (name, id) in names.iter_mut().zip([document.contact_id, document.entity_id]) {
        if let Some(id) = id {
            let found = contact::Entity::find_by_id(id).one(cx.db().pool()).await?;
            *name = found.map(|contact| contact.name).unwrap_or_default();
        }
    }
    let [contact, company] = names;
    Ok(Whose { contact, company })
}

/// The answer in a sentence.
pub(super) fn sentence(
    name: &str,
    entrant: Entrant,
    subject: Subject,
    document: Option<&document::Model>,
    allowed: bool,
) -> String {
    let who = match entrant {
        Entrant::Member(_) => name.to_owned(),
        Entrant::Visitor(_) => format!("Whoever has the secure link of {name}"),
    };
    let may = if allowed { "can see" } else { "cannot see" };
    match document {
        Some(document) => format!("{who} {may} {}.", name_of(document)),
        None => format!("{who} {may} {} in the portal.", subject.label()),
    }
}

/// A document by its number, or its title.
pub(super) fn name_of(document: &document::Model) -> String {
    if document.number.is_empty() { document.title.clone() } else { document.number.clone() }
}

/// What decides whether somebody is in the portal at all; nothing for dates that were never set.
pub(super) fn entering(entry: &Entry, check: Check, holds: bool) -> Option<AccessStep> {
    let (login, membership) = (entry.states.0.as_str(), entry.states.1.as_str());
    let at = |millis: Option<i64>| millis.map(|millis| Instant::from_millis(millis).display());
    let is_invited = login == "invited" || membership == "pending";
    let (title, text) = match check {
        // That somebody who was invited has a login elsewhere is nobody's business here.
        Check::UserEnabled if is_invited => ("Login", "The invitation is not accepted yet.".to_owned()),
        Check::UserEnabled if holds => ("Login", "The login works.".to_owned()),
        Check::UserEnabled => ("Login", "The login is disabled.".to_owned()),
        Check::MembershipActive if holds => ("Access", "Portal access was granted.".to_owned()),
        Check::MembershipActive if is_invited => ("Access", "The access waits for being accepted.".to_owned()),
        Check::MembershipActive => ("Access", "The access was ended.".to_owned()),
        Check::ValidFrom => {
            let from = at(entry.valid.0)?;
            let text = if holds { format!("Since {from}.") } else { format!("Not before {from}.") };
            ("First day", text)
        }
        Check::ValidUntil => {
            let until = at(entry.valid.1)?;
            let text = if holds { format!("Until {until}.") } else { format!("Over since {until}.") };
            ("Last day", text)
        }
        Check::NoPortalUser if holds => (
            "No portal users",
            "The customer has no portal user, so its secure link works alone, and whoever opens its portal gets \
             the group Non-portal users."
                .to_owned(),
        ),
        Check::NoPortalUser => {
            ("Portal users", "The customer has portal users: the secure link leads to sign-in.".to_owned())
        }
        Check::LinkOn if holds => ("Secure link", "The link is on.".to_owned()),
        Check::LinkOn => ("Secure link", "The link is switched off, or the customer is archived.".to_owned()),
        _ => return None,
    };
    Some(AccessStep { title: title.to_owned(), text, holds })
}

/// What the permission group says.
pub(super) fn group(actor: &PortalActor, subject: Subject, reach: Option<ScopeKind>) -> AccessStep {
    let (group, what) = (&actor.group, subject.permission().label());
    let text = match reach {
        Some(_) => format!("The group {group} allows it: {what}."),
        None => format!("The group {group} does not allow it: {what}."),
    };
    AccessStep { title: "Permission group".to_owned(), text, holds: reach.is_some() }
}

/// Whose documents are in reach, where none was named.
pub(super) fn reach(actor: &PortalActor, reach: ScopeKind) -> AccessStep {
    let text = format!("{}, as far as they are published.", upper(&reached(actor, reach)));
    AccessStep { title: "Whose".to_owned(), text, holds: true }
}

fn reached(actor: &PortalActor, reach: ScopeKind) -> String {
    match reach {
        ScopeKind::Own => format!("what is made out to {} alone", actor.details.name),
        ScopeKind::Company => format!("everything of {}", actor.company),
        ScopeKind::CompanyTree => format!("everything of {} and the companies below it", actor.company),
    }
}

/// One part of the query that finds the document.
pub(super) fn part(
    actor: &PortalActor,
    reach: ScopeKind,
    check: Check,
    kind: DocumentKind,
    document: &document::Model,
    whose: &Whose,
    holds: bool,
) -> AccessStep {
    let (title, text) = match check {
        Check::ScopeOwn | Check::ScopeCompany | Check::ScopeCompanyTree => {
            let owner = match (whose.contact.as_str(), whose.company.as_str()) {
                ("", _) => "belongs to nobody in the books".to_owned(),
                (contact, company) if contact == company => format!("is made out to {contact}"),
                (contact, company) => format!("is made out to {contact}, of {company}"),
            };
            let but = if holds { "and" } else { "but" };
            ("Whose", format!("In reach is {}, {but} this {owner}.", reached(actor, reach)))
        }
        Check::Kind if holds => ("Kind", format!("It is one of {}.", kind.label())),
        Check::Kind => ("Kind", format!("It is none of {}.", kind.label())),
        _ if holds => ("Published", "It is published, and neither a draft nor cancelled.".to_owned()),
        _ if document.published_at.is_some() => {
            ("Published", "It is a draft, cancelled, or of no customer: those are never shown.".to_owned())
        }
        _ => ("Published", "It is not published to customers.".to_owned()),
    };
    AccessStep { title: title.to_owned(), text, holds }
}

fn upper(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}
