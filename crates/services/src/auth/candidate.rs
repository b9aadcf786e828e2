//! Whoever is signing in, as the database knows them.

use domain::{
    Login,
    ids::{MembershipId, UserId},
};
use entities::{contact, group, membership, user};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder, QuerySelect,
    RelationTrait, sea_query::Expr,
};
use serde_json::json;
use uuid::Uuid;

use super::{
    Landing, Level, SignedIn, devices, new_device::tell_of_new_device, switch_company::works_at, throttle,
};
use crate::{
    Cx, ServiceResult, Transaction,
    audit::{self, By, Event},
};

/// What signing in needs to know of a user.
#[derive(FromQueryResult)]
pub(super) struct Candidate {
    pub id: Uuid,
    pub login: String,
    pub name: String,
    pub kind: String,
    pub status: String,
    pub password_hash: Option<String>,
    pub two_factor_since: Option<i64>,
    require_two_factor: bool,
    last_authenticated_at: Option<i64>,
    /// The oldest membership that works now.
    membership: Option<Uuid>,
    /// The commercial entity that they land in; its people may read of it.
    entity: Option<Uuid>,
    group_requires: Option<bool>,
    #[sea_orm(skip)]
    has_choice: bool,
}

impl Candidate {
    /// The user who signs in so, if there is one; in one statement, whoever it is.
    pub(super) async fn of_login(cx: &Cx, login: &Login) -> ServiceResult<Option<Self>> {
        Self::find(cx, user::Column::Login.eq(login.as_str()).into()).await
    }

    /// The user of a key.
    pub(super) async fn of_id(cx: &Cx, id: Uuid) -> ServiceResult<Option<Self>> {
        Self::find(cx, Condition::all().add(user::Column::Id.eq(id))).await
    }

    async fn find(cx: &Cx, which: Condition) -> ServiceResult<Option<Self>> {
        let now = cx.now().millis();
        let memberships = membership::Relation::User.def().on_condition(move |_, _| works_at(now));
        let rows = user::Entity::find()
            .select_only()
            .columns([user::Column::Id, user::Column::Login, user::Column::Name, user::Column::Kind])
            .columns([user::Column::Status, user::Column::PasswordHash, user::Column::TwoFactorSince])
            .columns([user::Column::RequireTwoFactor, user::Column::LastAuthenticatedAt])
            .column_as(membership::Column::Id, "membership")
            .column_as(contact::Column::EntityId, "entity")
            .column_as(group::Column::RequireTwoFactor, "group_requires")
            .join_rev(JoinType::LeftJoin, memberships)
            .join(JoinType::LeftJoin, membership::Relation::Contact.def())
            .join(JoinType::LeftJoin, membership::Relation::Group.def())
            .filter(which)
            .order_by_asc(membership::Column::Id)
            .into_model::<Self>()
            .all(cx.db().pool())
            .await?;
        let has_choice = rows.len() > 1;
        let requires = rows.iter().any(|row| row.group_requires == Some(true));
        let first = rows.into_iter().next();
        Ok(first.map(|found| Self { has_choice, group_requires: Some(requires), ..found }))
    }

    pub(super) fn is_staff(&self) -> bool {
        self.kind == "staff"
    }

    /// Whether they may come in at all: a portal user without a membership that works has nowhere to go.
    pub(super) fn may_enter(&self) -> bool {
        self.status == "active" && (self.is_staff() || self.membership.is_some())
    }

    /// Whether they signed in before.
    pub(super) fn has_been_here(&self) -> bool {
        self.last_authenticated_at.is_some()
    }

    /// Whether a rule asks for a second factor: their own, one of a group that they have, or the business's for
    /// staff.
    pub(super) fn must_have_two_factor(&self, cx: &Cx) -> bool {
        self.require_two_factor
            || self.group_requires == Some(true)
            || (self.is_staff() && cx.settings().general.require_two_factor)
    }

    /// What is due after their password: nothing more from a browser that they trust.
    pub(super) async fn level(&self, cx: &Cx) -> ServiceResult<Level> {
        if self.two_factor_since.is_some() {
            return Ok(if devices::is_trusted(cx, self.id).await? { Level::Full } else { Level::Code });
        }
        Ok(if self.must_have_two_factor(cx) { Level::Enrolment } else { Level::Full })
    }

    /// Writes down that they are in: when, how, from which browser and place.
    pub(super) async fn complete(
        &self,
        cx: &Cx,
        transaction: &Transaction,
        with: &'static str,
    ) -> ServiceResult<SignedIn> {
        throttle::remember_place(cx, transaction, &Login::from_typed(&self.login)).await?;
        user::Entity::update_many()
            .col_expr(user::Column::LastAuthenticatedAt, Expr::value(cx.now().millis()))
            .filter(user::Column::Id.eq(self.id))
            .exec(transaction)
            .await?;
        let event = Event {
            action: "user.signed_in",
            subject: &self.login,
            subject_id: Some(self.id),
            entity_id: self.entity.filter(|_| !self.is_staff()),
            data: json!({ "with": with }),
        };
        let name = if self.name.is_empty() { &self.login } else { &self.name };
        audit::record_by(cx, transaction, By { id: Some(self.id), name }, event).await?;
        let device = devices::note(cx, transaction, self.id).await?;
        if device.is_new && self.has_been_here() {
            tracing::info!(event = "sign_in.new_device", user = %self.id);
            tell_of_new_device(cx, transaction, (&self.name, &self.login), self.is_staff()).await?;
        }
        Ok(SignedIn { device: Some(device.id), ..self.signed_in(cx, Level::Full) })
    }

    /// Them, as far as they have come.
    pub(super) fn signed_in(&self, cx: &Cx, level: Level) -> SignedIn {
        let is_staff = self.is_staff();
        SignedIn {
            user: UserId(self.id),
            membership: self.membership.filter(|_| !is_staff).map(MembershipId),
            has_choice: self.has_choice && !is_staff,
            landing: if is_staff { Landing::Staff } else { Landing::Portal },
            level,
            proved_at: Some(cx.now()),
            device: None,
        }
    }
}
