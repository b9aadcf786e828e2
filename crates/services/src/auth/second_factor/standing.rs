use domain::{Instant, account::TwoFactor};
use entities::recovery_code;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use crate::{Cx, ServiceError, ServiceResult, access::AccountHolder, auth::candidate::Candidate};

/// How the second factor of somebody stands.
pub(crate) async fn standing(cx: &Cx, holder: &AccountHolder) -> ServiceResult<TwoFactor> {
    let found = Candidate::of_id(cx, holder.id()).await?.ok_or(ServiceError::NotFound)?;
    let recovery_codes = recovery_code::Entity::find()
        .filter(recovery_code::Column::UserId.eq(holder.id()))
        .count(cx.db().pool())
        .await?;
    Ok(TwoFactor {
        since: found.two_factor_since.map(Instant::from_millis),
        is_required: found.must_have_two_factor(cx),
        recovery_codes,
    })
}
