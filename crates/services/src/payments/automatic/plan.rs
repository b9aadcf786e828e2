//! What a planned payment stands on: its state, and whoever consented.

use domain::{Money, documents::DocumentKind, ids::MembershipId, instant::display_date};
use entities::{automatic_charge as planned, automatic_payment, document, membership, payment_method, user};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::Expr};
use time::Date;
use uuid::Uuid;

use super::consent::{end_automatic, needed};
use crate::{
    Cx, ServiceResult,
    access::{member_may, member_sees},
    mail::{AutomaticMail, AutomaticNews, UserLetters, tell_user},
    payments::{cards::card_of, open::Open},
};

/// What is told of an invoice that is paid without asking.
pub(super) struct News<'a> {
    pub news: AutomaticNews,
    /// The day of its payment.
    pub on: Date,
    /// Why it was not paid, in words for whoever consented; empty where there are none.
    pub why: &'a str,
}

impl News<'_> {
    pub(super) fn of(news: AutomaticNews, on: Date) -> Self {
        Self { news, on, why: "" }
    }
}

/// Takes a plan from one state to the next; false where somebody else did.
pub(super) async fn pass(
    connection: &impl ConnectionTrait,
    plan: &planned::Model,
    from: &str,
    to: &str,
) -> ServiceResult<bool> {
    let done = planned::Entity::update_many()
        .col_expr(planned::Column::State, Expr::value(to))
        .filter(planned::Column::Id.eq(plan.id))
        .filter(planned::Column::State.eq(from))
        .exec(connection)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Whoever consented, as long as they have access.
async fn member(cx: &Cx, consent: &automatic_payment::Model) -> ServiceResult<Option<MembershipId>> {
    let live = membership::Entity::find()
        .filter(membership::Column::UserId.eq(consent.user_id))
        .filter(membership::Column::ContactId.eq(consent.contact_id))
        .filter(membership::Column::State.eq("active"))
        .one(cx.db().pool())
        .await?;
    Ok(live.map(|live| MembershipId(live.id)))
}

/// Whether whoever consented still might do so. Where not, the consent ends: others are reminded then, and can choose a card.
pub(super) async fn stands(cx: &Cx, consent: &automatic_payment::Model) -> ServiceResult<bool> {
    let found = document::Entity::find_by_id(consent.document_id).one(cx.db().pool()).await?;
    let kind = found.and_then(|document| DocumentKind::parse(&document.kind));
    if let (Some(member), Some(kind)) = (member(cx, consent).await?, kind)
        && member_may(cx, member, kind, needed(kind), consent.document_id).await?
    {
        return Ok(true);
    }
    let transaction = cx.begin().await?;
    let same = automatic_payment::Entity::find_by_id(consent.id).lock_exclusive().one(&transaction).await?;
    // Somebody else may have consented meanwhile: that stays.
    if same.is_some_and(|consent| consent.ended_at.is_none()) {
        end_automatic(cx, &transaction, consent.document_id).await?;
    }
    transaction.commit().await?;
    Ok(false)
}

/// Whether whoever consented finds the invoice.
pub(super) async fn sees(cx: &Cx, consent: &automatic_payment::Model, invoice: Uuid) -> ServiceResult<bool> {
    match member(cx, consent).await? {
        Some(member) => member_sees(cx, member, DocumentKind::Invoice, invoice).await,
        None => Ok(false),
    }
}

/// Tells whoever consented.
pub(super) async fn tell(
    cx: &Cx,
    connection: &impl ConnectionTrait,
    consent: &automatic_payment::Model,
    open: &Open,
    News { news, on, why }: News<'_>,
) -> ServiceResult<()> {
    let Some(user) = user::Entity::find_by_id(consent.user_id).one(connection).await? else { return Ok(()) };
    let method = payment_method::Entity::find_by_id(consent.method_id).one(connection).await?;
    let mail = AutomaticMail {
        news,
        document: &open.name,
        amount: Money::new(open.open, open.currency).to_string(),
        card: &method.map(|method| card_of(&method).label()).unwrap_or_default(),
        on: &display_date(on),
        why,
        link: &cx.link(&format!("/my/invoices/{}", open.document.id)),
    };
    let name = if user.name.is_empty() { consent.consented_by.as_str() } else { user.name.as_str() };
    let rendered = UserLetters::new(cx, name, &user.login).automatic_payment(&mail)?;
    tell_user(cx, connection, (name, &user.login), "automatic-payment", rendered).await
}
