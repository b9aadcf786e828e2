use domain::{
    access::Right,
    ids::{ContactId, MembershipId},
    view_as::{ViewChoice, ViewChoices},
};
use entities::contact;
use sea_orm::{ColumnTrait, Condition};

use crate::{
    Cx, ServiceError, ServiceResult,
    access::{Live, has_portal_user, live_where, staff, visitor_group},
};

/// More portal users of one customer are not offered; the page of each person offers that person.
const MOST_CHOICES: u64 = 200;

/// As whom the portal of a contact can be viewed: of a customer, each of its portal users, or whoever has its
/// secure link while it has none; of a person, that person.
///
/// # Permissions
/// [`Right::ViewAsCustomer`].
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such contact or the actor lacks the right.
pub async fn list_view_choices(cx: &Cx, id: ContactId) -> ServiceResult<ViewChoices> {
    let pass = staff(cx, Right::ViewAsCustomer)?;
    let found = pass.contact(id).one(cx.db().pool()).await?.ok_or(ServiceError::NotFound)?;
    let refused =
        |reason: String| ViewChoices { name: found.name.clone(), choices: Vec::new(), refusal: Some(reason) };
    if found.archived_at.is_some() {
        return Ok(refused("This contact is archived: restore it first.".to_owned()));
    }
    let whose = if found.entity_id == found.id {
        contact::Column::EntityId.eq(found.id)
    } else {
        contact::Column::Id.eq(found.id)
    };
    let live = live_where(cx.db().pool(), Condition::all().add(whose), MOST_CHOICES).await?;
    let now = cx.now().millis();
    let choices: Vec<ViewChoice> =
        live.iter().filter(|live| hindrance(live, now).is_none()).map(choice).collect();
    if !choices.is_empty() {
        return Ok(ViewChoices { name: found.name, choices, refusal: None });
    }
    if let Some(hindrance) = live.first().and_then(|live| hindrance(live, now)) {
        return Ok(refused(hindrance));
    }
    let customer = ContactId(found.entity_id);
    if has_portal_user(cx.db().pool(), customer).await? {
        return Ok(refused(format!(
            "{} has no portal access, while others of the same customer have: view the portal as one of them, \
             from the customer’s page.",
            found.name
        )));
    }
    let Some((_, group, _)) = visitor_group(&cx.portico).await? else {
        return Ok(refused("Nobody of this customer has portal access.".to_owned()));
    };
    let label = format!("Whoever has the customer’s secure link · {group}");
    Ok(ViewChoices { name: found.name, choices: vec![ViewChoice { membership: None, label }], refusal: None })
}

/// Why the portal cannot be viewed as somebody: the reasons for which they could not be in it.
fn hindrance(live: &Live, now: i64) -> Option<String> {
    let name = &live.contact.name;
    if live.membership.state != "active" {
        return Some(format!("{name} has not accepted the access yet, and sees nothing until then."));
    }
    if live.user.status == "disabled" {
        return Some(format!("The login of {name} is disabled: they see nothing."));
    }
    if live.membership.valid_from.is_some_and(|from| from > now) {
        return Some(format!("The access of {name} has not begun yet."));
    }
    if live.membership.valid_until.is_some_and(|until| until <= now) {
        return Some(format!("The access of {name} is over."));
    }
    None
}

fn choice(live: &Live) -> ViewChoice {
    let invited = if live.user.status == "invited" { " · has not signed in yet" } else { "" };
    let label = format!("{} ({}) · {}{invited}", live.contact.name, live.user.login, live.group.name);
    ViewChoice { membership: Some(MembershipId(live.membership.id)), label }
}
