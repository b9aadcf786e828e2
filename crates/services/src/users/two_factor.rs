//! Who has two-factor authentication on.

use entities::user;
use sea_orm::{ColumnTrait, sea_query::SimpleExpr};

/// Whether a user has it on.
pub(super) fn is_on(user: &user::Model) -> bool {
    user.two_factor_since.is_some()
}

/// The same within a query of users.
pub(super) fn is_on_expr() -> SimpleExpr {
    user::Column::TwoFactorSince.is_not_null()
}
