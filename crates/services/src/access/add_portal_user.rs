use domain::{
    Email, Login,
    access::{NewPortalUser, PasswordBy, PortalUserForm, Right},
    ids::ContactId,
    webhooks::WebhookEvent,
};
use entities::{contact, membership, user};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait},
};
use serde_json::json;
use uuid::Uuid;

use super::{
    StaffPass,
    change_access::check_message,
    done::Done,
    grant::{self, already_granted, company_name, insert_membership, live},
    group_choice::{choices, group_for},
    staff,
    terms::Terms,
};
use crate::{
    Cx, ServiceError, ServiceResult, Transaction,
    audit::{self, Event},
    auth::{check_new_password, passkeys},
    ids,
    webhooks::announce,
};

/// The select of contacts offers no more than this; others are found by their own page.
const MOST_CONTACTS: u64 = 500;

/// What the form *New portal user* of a customer begins with; `chosen` is offered whatever its place.
///
/// # Permissions
/// [`Right::ManageAccess`].
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such customer or the actor lacks the right.
pub async fn get_new_portal_user(
    cx: &Cx,
    customer: ContactId,
    chosen: Option<ContactId>,
) -> ServiceResult<NewPortalUser> {
    let pass = staff(cx, Right::ManageAccess)?;
    let pool = cx.db().pool();
    let found = pass.contact(customer).one(pool).await?.ok_or(ServiceError::NotFound)?;
    let in_portal = membership::Entity::find()
        .select_only()
        .column(membership::Column::ContactId)
        .filter(membership::Column::State.ne("ended"))
        .into_query();
    let chosen = chosen.map_or_else(Uuid::nil, Uuid::from);
    let mut contacts = pass
        .contacts()
        .filter(contact::Column::EntityId.eq(found.id))
        .filter(contact::Column::ArchivedAt.is_null())
        .filter(contact::Column::Id.not_in_subquery(in_portal))
        .order_by_desc(Expr::col(contact::Column::Id).is_in([found.id, chosen]))
        .order_by_asc(contact::Column::NameKey)
        .limit(MOST_CONTACTS)
        .all(pool)
        .await?;
    contacts.sort_by_key(|contact| contact.id != found.id);
    Ok(NewPortalUser {
        customer_name: found.name,
        contacts: contacts
            .into_iter()
            .map(|contact| (ContactId(contact.id), contact.name, contact.email))
            .collect(),
        groups: choices(pool).await?,
    })
}

/// Makes a contact of a customer a portal user, by an invitation or with a password set by hand.
///
/// # Permissions
/// [`Right::ManageAccess`].
///
/// # Errors
/// [`ServiceError::Invalid`] with what is wrong, [`ServiceError::NotFound`] when there is no such customer or
/// the actor lacks the right.
pub async fn add_portal_user(
    cx: &Cx,
    customer: ContactId,
    form: &PortalUserForm,
) -> ServiceResult<ContactId> {
    let pass = staff(cx, Right::ManageAccess)?;
    check_message(&form.message)?;
    let terms = Terms::parse(cx, form)?;
    let contact = contact_of(cx, &pass, customer, &form.contact).await?;
    let by_hand = match form.by() {
        PasswordBy::Mail => None,
        PasswordBy::Hand => Some(ByHand::check(cx, form, &contact).await?),
    };
    let transaction = cx.begin().await?;
    let done = match by_hand {
        Some(by_hand) => by_hand.grant(cx, &transaction, &contact, &terms).await?,
        None => {
            let login = login_for_mail(&form.login)?;
            grant::grant(cx, &transaction, &contact, &login, terms.group, &form.message).await?
        }
    };
    match done {
        Done::Changed { .. } => {}
        Done::Unchanged(text) => return Err(ServiceError::field("contact", text)),
        Done::Refused(text) => return Err(ServiceError::field("login", text)),
    }
    apply(&transaction, &contact, &terms).await?;
    transaction.commit().await?;
    cx.portico.ring();
    Ok(ContactId(contact.id))
}

async fn contact_of(
    cx: &Cx,
    pass: &StaffPass,
    customer: ContactId,
    chosen: &str,
) -> ServiceResult<contact::Model> {
    if pass.contact(customer).one(cx.db().pool()).await?.is_none() {
        return Err(ServiceError::NotFound);
    }
    let wrong = || ServiceError::field("contact", "Choose the customer or one of its contacts.");
    let id: ContactId = chosen.parse().map_err(|_no_key| wrong())?;
    let found = pass.contact(id).one(cx.db().pool()).await?;
    found
        .filter(|contact| contact.entity_id == Uuid::from(customer) && contact.archived_at.is_none())
        .ok_or_else(wrong)
}

fn login_for_mail(typed: &str) -> ServiceResult<String> {
    Email::parse(typed).map(String::from).map_err(|_no_address| {
        let text = "An invitation needs an email address such as name@company.com; for any other login set the password by hand.";
        ServiceError::field("login", text)
    })
}

/// A login and the hash of the password that staff chose for it.
struct ByHand {
    login: Login,
    password_hash: String,
}

impl ByHand {
    async fn check(cx: &Cx, form: &PortalUserForm, contact: &contact::Model) -> ServiceResult<Self> {
        let login =
            Login::parse(&form.login).map_err(|error| ServiceError::field("login", error.to_string()))?;
        check_new_password(&form.password, &form.repetition, &[login.as_str(), &contact.name])?;
        Ok(Self { password_hash: cx.portico.hasher.hash(&form.password).await?, login })
    }

    async fn grant(
        self,
        cx: &Cx,
        transaction: &Transaction,
        contact: &contact::Model,
        terms: &Terms,
    ) -> ServiceResult<Done> {
        if let Some(already) = already_granted(transaction, contact).await? {
            return Ok(Done::unchanged(already));
        }
        let group = match group_for(transaction, contact, terms.group).await? {
            Ok(group) => group,
            Err(refused) => return Ok(refused),
        };
        let user = match self.user(cx, transaction, contact).await? {
            Ok(user) => user,
            Err(refused) => return Ok(refused),
        };
        insert_membership(cx, transaction, contact, user, group.id, "active").await?;
        let event = Event {
            action: "access.granted",
            subject: &contact.name,
            subject_id: Some(contact.id),
            entity_id: Some(contact.entity_id),
            data: json!({
                "login": self.login.as_str(),
                "group": group.name,
                "password": "set by staff",
                "company": company_name(transaction, contact).await?,
            }),
        };
        audit::record(cx, transaction, event).await?;
        announce(cx, transaction, WebhookEvent::AccessGranted, contact.into()).await?;
        Ok(Done::changed("Can sign in now."))
    }

    /// The user of the login: a new one, or one who has no access anywhere any more.
    async fn user(
        &self,
        cx: &Cx,
        transaction: &Transaction,
        contact: &contact::Model,
    ) -> ServiceResult<Result<Uuid, Done>> {
        let taken =
            user::Entity::find().filter(user::Column::Login.eq(self.login.as_str())).one(transaction).await?;
        let Some(taken) = taken else { return Ok(Ok(self.insert_user(cx, transaction, contact).await?)) };
        let memberships = membership::Entity::find()
            .filter(membership::Column::UserId.eq(taken.id))
            .filter(membership::Column::State.ne("ended"))
            .one(transaction)
            .await?;
        let is_free = taken.kind == "portal" && taken.status != "disabled" && memberships.is_none();
        if !is_free {
            let text =
                "This login is taken: choose another one, or send an invitation if it is an email address.";
            return Ok(Err(Done::refused(text)));
        }
        user::Entity::update_many()
            .col_expr(user::Column::PasswordHash, Expr::value(self.password_hash.as_str()))
            .col_expr(user::Column::Status, Expr::value("active"))
            .col_expr(user::Column::Name, Expr::value(contact.name.as_str()))
            .filter(user::Column::Id.eq(taken.id))
            .exec(transaction)
            .await?;
        passkeys::forget_all(transaction, taken.id).await?;
        Ok(Ok(taken.id))
    }

    async fn insert_user(
        &self,
        cx: &Cx,
        transaction: &Transaction,
        contact: &contact::Model,
    ) -> ServiceResult<Uuid> {
        let now = cx.now();
        let id = ids::mint(now);
        let row = user::ActiveModel {
            id: Set(id),
            login: Set(self.login.as_str().to_owned()),
            name: Set(contact.name.clone()),
            password_hash: Set(Some(self.password_hash.clone())),
            kind: Set("portal".to_owned()),
            role: Set(None),
            status: Set("active".to_owned()),
            require_two_factor: Set(false),
            two_factor_since: Set(None),
            last_authenticated_at: Set(None),
            created_at: Set(now.millis()),
        };
        user::Entity::insert(row).exec_without_returning(transaction).await?;
        Ok(id)
    }
}

/// Writes what a membership and its user were given besides the group.
async fn apply(transaction: &Transaction, contact: &contact::Model, terms: &Terms) -> ServiceResult<()> {
    let Some((membership, user)) = live(transaction, contact).await? else { return Ok(()) };
    let millis = |at: Option<domain::Instant>| at.map(domain::Instant::millis);
    membership::Entity::update_many()
        .col_expr(membership::Column::ValidFrom, Expr::value(millis(terms.valid_from)))
        .col_expr(membership::Column::ValidUntil, Expr::value(millis(terms.valid_until)))
        .filter(membership::Column::Id.eq(membership.id))
        .exec(transaction)
        .await?;
    if terms.require_two_factor {
        user::Entity::update_many()
            .col_expr(user::Column::RequireTwoFactor, Expr::value(true))
            .filter(Condition::all().add(user::Column::Id.eq(user.id)))
            .exec(transaction)
            .await?;
    }
    Ok(())
}
