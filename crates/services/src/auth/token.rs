//! Single-use links. Only their hashes are stored.

use domain::Instant;
use entities::token;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, sea_query::Expr,
};
use time::Duration;
use uuid::Uuid;

use crate::{Cx, ServiceResult, ids, secret};

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    Invitation,
    SetUp,
    PasswordReset,
    StaffInvitation,
    EmailChange,
}

impl Purpose {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::SetUp => "set_up",
            Self::PasswordReset => "password_reset",
            Self::StaffInvitation => "staff_invitation",
            Self::EmailChange => "email_change",
        }
    }
}

/// Whether a link still works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenState {
    Live,
    Used,
    Voided,
    Expired,
}

/// What a new link is tied to.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Bound<'a> {
    pub user: Option<Uuid>,
    pub membership: Option<Uuid>,
    pub email: Option<&'a str>,
}

/// Makes a link's secret and stores its hash.
pub(crate) async fn mint(
    cx: &Cx,
    connection: &impl ConnectionTrait,
    purpose: Purpose,
    bound: Bound<'_>,
    lifetime: Duration,
) -> ServiceResult<String> {
    let secret = secret::mint();
    let now = cx.now();
    let row = token::ActiveModel {
        id: Set(ids::mint(now)),
        purpose: Set(purpose.code().to_owned()),
        hash: Set(secret::hash(&secret)),
        user_id: Set(bound.user),
        membership_id: Set(bound.membership),
        email: Set(bound.email.map(str::to_owned)),
        created_at: Set(now.millis()),
        expires_at: Set(now.plus(lifetime).millis()),
        used_at: Set(None),
        voided_at: Set(None),
    };
    token::Entity::insert(row).exec_without_returning(connection).await?;
    Ok(secret)
}

/// The row of a link's secret, in whatever state.
pub(crate) async fn find(
    connection: &impl ConnectionTrait,
    purpose: Purpose,
    secret: &str,
) -> ServiceResult<Option<token::Model>> {
    let found = token::Entity::find()
        .filter(token::Column::Hash.eq(secret::hash(secret)))
        .filter(token::Column::Purpose.eq(purpose.code()))
        .one(connection)
        .await?;
    Ok(found)
}

/// Whether a link works at an instant.
pub(crate) fn state(token: &token::Model, now: Instant) -> TokenState {
    if token.used_at.is_some() {
        TokenState::Used
    } else if token.voided_at.is_some() {
        TokenState::Voided
    } else if token.expires_at <= now.millis() {
        TokenState::Expired
    } else {
        TokenState::Live
    }
}

/// Spends a link; `false` when somebody else did, or it stopped working meanwhile.
pub(crate) async fn spend(cx: &Cx, connection: &impl ConnectionTrait, token: Uuid) -> ServiceResult<bool> {
    let now = cx.now().millis();
    let spent = token::Entity::update_many()
        .col_expr(token::Column::UsedAt, Expr::value(now))
        .filter(token::Column::Id.eq(token))
        .filter(token::Column::UsedAt.is_null())
        .filter(token::Column::VoidedAt.is_null())
        .filter(token::Column::ExpiresAt.gt(now))
        .exec(connection)
        .await?;
    Ok(spent.rows_affected == 1)
}

/// Stops every unused link that matches from working.
pub(crate) async fn void(cx: &Cx, connection: &impl ConnectionTrait, which: Condition) -> ServiceResult<()> {
    token::Entity::update_many()
        .col_expr(token::Column::VoidedAt, Expr::value(cx.now().millis()))
        .filter(which)
        .filter(token::Column::UsedAt.is_null())
        .filter(token::Column::VoidedAt.is_null())
        .exec(connection)
        .await?;
    Ok(())
}
