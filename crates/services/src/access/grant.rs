use domain::{
    Email, Login,
    access::{EmailState, PortalState},
    email,
    ids::GroupId,
};
use entities::{contact, membership, user};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use super::{
    done::Done,
    email_index::{EmailIndex, Known},
    group_choice::group_for,
    invitation::{InvitationKind, Invitee, invite},
    list_grant_rows::{live_memberships, portal_state},
};
use crate::{Cx, ServiceResult, Transaction, contacts::search_text, ids};

/// Grants a contact portal access under an email, with a permission group or the one that fits.
pub(super) async fn grant(
    cx: &Cx,
    transaction: &Transaction,
    contact: &contact::Model,
    typed: &str,
    group: Option<GroupId>,
    message: &str,
) -> ServiceResult<Done> {
    if let Some(already) = already_granted(transaction, contact).await? {
        return Ok(Done::unchanged(already));
    }
    let group = match group_for(transaction, contact, group).await? {
        Ok(group) => group,
        Err(refused) => return Ok(refused),
    };
    let emails = EmailIndex::load(transaction, std::iter::once(typed)).await?;
    let (email, is_elsewhere) = match check(&emails, contact, typed) {
        Ok(checked) => checked,
        Err(reason) => return Ok(Done::refused(reason)),
    };
    write_back_email(cx, transaction, contact, &email).await?;
    let user = user_for(cx, transaction, contact, &email, emails.known(&email), is_elsewhere).await?;
    let state = if is_elsewhere { "pending" } else { "active" };
    let membership = insert_membership(cx, transaction, contact, user.id, group.id, state).await?;
    let company = company_name(transaction, contact).await?;
    let invitee = Invitee {
        user: user.id,
        login: email.as_str(),
        has_password: user.has_password,
        membership,
        email: email.as_str(),
        contact,
        company: &company,
    };
    invite(cx, transaction, &invitee, InvitationKind::Granted(&group.name), message).await?;
    Ok(Done::changed(if is_elsewhere {
        format!("{email} signs in already and was asked to accept this company.")
    } else {
        format!("Invitation queued to {email}.")
    }))
}

/// Sends a new invitation to somebody who has not claimed the first; its link dies. A changed email becomes
/// the login too, since nobody has used it yet.
pub(super) async fn reinvite(
    cx: &Cx,
    transaction: &Transaction,
    contact: &contact::Model,
    typed: &str,
    message: &str,
) -> ServiceResult<Done> {
    let Some((membership, user)) = live(transaction, contact).await? else {
        return Ok(Done::refused("Has no portal access: grant it first."));
    };
    match portal_state(&membership, &user) {
        PortalState::Active => {
            return Ok(Done::refused("Has set a password already and can sign in; no invitation is needed."));
        }
        PortalState::Disabled => return Ok(Done::refused("The login is disabled: enable it first.")),
        PortalState::None | PortalState::Invited | PortalState::Pending => {}
    }
    let emails = EmailIndex::load(transaction, std::iter::once(typed)).await?;
    let email = match check(&emails, contact, typed) {
        Ok((email, _)) => email,
        Err(reason) => return Ok(Done::refused(reason)),
    };
    let is_changed = email.as_str() != user.login;
    if is_changed && (user.password_hash.is_some() || emails.known(&email).is_some()) {
        return Ok(Done::refused("To invite another address, revoke this access and grant it again."));
    }
    if is_changed {
        user::Entity::update_many()
            .col_expr(user::Column::Login, Expr::value(Login::from(&email).as_str()))
            .filter(user::Column::Id.eq(user.id))
            .exec(transaction)
            .await?;
    }
    write_back_email(cx, transaction, contact, &email).await?;
    let company = company_name(transaction, contact).await?;
    let invitee = Invitee {
        user: user.id,
        login: email.as_str(),
        has_password: user.password_hash.is_some(),
        membership: membership.id,
        email: email.as_str(),
        contact,
        company: &company,
    };
    invite(cx, transaction, &invitee, InvitationKind::Reinvited, message).await?;
    Ok(Done::changed(format!("New invitation queued to {email}; the earlier link no longer works.")))
}

/// What to say where a contact has access already.
pub(super) async fn already_granted(
    transaction: &Transaction,
    contact: &contact::Model,
) -> ServiceResult<Option<&'static str>> {
    let live = live(transaction, contact).await?;
    Ok(live.map(|(membership, user)| match portal_state(&membership, &user) {
        PortalState::Active => "Has portal access already; nothing was changed.",
        PortalState::Disabled => "Has portal access, but the login is disabled: enable it first.",
        _ => "Was invited already; use Re-invite to send the mail again.",
    }))
}

/// The live membership of a contact, with its user.
pub(super) async fn live(
    transaction: &Transaction,
    contact: &contact::Model,
) -> ServiceResult<Option<(membership::Model, user::Model)>> {
    Ok(live_memberships(transaction, std::slice::from_ref(contact)).await?.remove(&contact.id))
}

/// The email if it can be granted, and whether its holder signs in for another company already.
fn check(emails: &EmailIndex, contact: &contact::Model, typed: &str) -> Result<(Email, bool), String> {
    let state = emails.state(contact, typed);
    match (Email::parse(typed), state.is_grantable()) {
        (Ok(email), true) => Ok((email, state == EmailState::KnownElsewhere)),
        _ => Err(format!("{}.", state.explain())),
    }
}

async fn write_back_email(
    cx: &Cx,
    transaction: &Transaction,
    contact: &contact::Model,
    email: &Email,
) -> ServiceResult<()> {
    if contact.email == email.as_str() {
        return Ok(());
    }
    let changed = contact::Model { email: email.to_string(), ..contact.clone() };
    contact::Entity::update_many()
        .col_expr(contact::Column::Email, Expr::value(email.as_str()))
        .col_expr(contact::Column::EmailKey, Expr::value(email::normalise(email.as_str())))
        .col_expr(contact::Column::Search, Expr::value(search_text::of(&changed)))
        .col_expr(contact::Column::Version, Expr::col(contact::Column::Version).add(1))
        .col_expr(contact::Column::UpdatedAt, Expr::value(cx.now().millis()))
        .filter(contact::Column::Id.eq(contact.id))
        .exec(transaction)
        .await?;
    Ok(())
}

struct Invited {
    id: Uuid,
    has_password: bool,
}

/// The user behind the email: made, revived without a password, or the one who signs in elsewhere.
async fn user_for(
    cx: &Cx,
    transaction: &Transaction,
    contact: &contact::Model,
    email: &Email,
    known: Option<&Known>,
    is_elsewhere: bool,
) -> ServiceResult<Invited> {
    match known {
        Some(known) if is_elsewhere => {
            Ok(Invited { id: known.user.id, has_password: known.user.password_hash.is_some() })
        }
        Some(known) => {
            // Whatever password there was belongs to the access that ended.
            user::Entity::update_many()
                .col_expr(user::Column::PasswordHash, Expr::value(Option::<String>::None))
                .col_expr(user::Column::Status, Expr::value("invited"))
                .filter(user::Column::Id.eq(known.user.id))
                .exec(transaction)
                .await?;
            Ok(Invited { id: known.user.id, has_password: false })
        }
        None => {
            let now = cx.now();
            let id = ids::mint(now);
            let row = user::ActiveModel {
                id: Set(id),
                login: Set(Login::from(email).as_str().to_owned()),
                name: Set(contact.name.clone()),
                password_hash: Set(None),
                kind: Set("portal".to_owned()),
                role: Set(None),
                status: Set("invited".to_owned()),
                require_two_factor: Set(false),
                two_factor_since: Set(None),
                last_authenticated_at: Set(None),
                created_at: Set(now.millis()),
            };
            user::Entity::insert(row).exec_without_returning(transaction).await?;
            Ok(Invited { id, has_password: false })
        }
    }
}

/// Ties a user to a contact; every earlier revocation of either becomes final.
pub(super) async fn insert_membership(
    cx: &Cx,
    transaction: &Transaction,
    contact: &contact::Model,
    user: Uuid,
    group: Uuid,
    state: &str,
) -> ServiceResult<Uuid> {
    forget_undo(transaction, contact, user).await?;
    let now = cx.now();
    let id = ids::mint(now);
    let row = membership::ActiveModel {
        id: Set(id),
        user_id: Set(user),
        contact_id: Set(contact.id),
        group_id: Set(group),
        state: Set(state.to_owned()),
        valid_from: Set(None),
        valid_until: Set(None),
        created_at: Set(now.millis()),
        ended_at: Set(None),
        undo_state: Set(None),
        undo_password_hash: Set(None),
    };
    membership::Entity::insert(row).exec_without_returning(transaction).await?;
    Ok(id)
}

/// A new grant makes every earlier revocation final, with the passwords they took away.
async fn forget_undo(transaction: &Transaction, contact: &contact::Model, user: Uuid) -> ServiceResult<()> {
    let theirs = Condition::any()
        .add(membership::Column::UserId.eq(user))
        .add(membership::Column::ContactId.eq(contact.id));
    membership::Entity::update_many()
        .col_expr(membership::Column::UndoState, Expr::value(Option::<String>::None))
        .col_expr(membership::Column::UndoPasswordHash, Expr::value(Option::<String>::None))
        .filter(theirs)
        .filter(membership::Column::UndoState.is_not_null())
        .exec(transaction)
        .await?;
    Ok(())
}

/// The name of the company that a contact belongs to, or its own.
pub(super) async fn company_name(
    transaction: &Transaction,
    contact: &contact::Model,
) -> ServiceResult<String> {
    if contact.entity_id == contact.id {
        return Ok(contact.name.clone());
    }
    let entity = contact::Entity::find_by_id(contact.entity_id).one(transaction).await?;
    Ok(entity.map_or_else(|| contact.name.clone(), |entity| entity.name))
}
