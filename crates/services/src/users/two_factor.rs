//! Who has two-factor authentication on. Nobody can turn it on yet: here is the one place that says so.

use entities::user;
use sea_orm::sea_query::Expr;

/// Whether a user has it on.
pub(super) fn is_on(_user: &user::Model) -> bool {
    false
}

/// The same within a query of users.
pub(super) fn is_on_expr() -> Expr {
    Expr::value(false)
}
