use entities::user;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::{CUSTOMER_LOGIN, STAFF_LOGIN, articles, business, logins, password, records};
use crate::{Cx, ServiceError, ServiceResult};

/// What somebody needs to sign in to the demo.
pub struct DemoLogins {
    /// The password of both logins.
    pub password: String,
}

/// What is in the database.
enum Installation {
    /// No users.
    Empty,
    /// The demo's administrator, perhaps among others.
    Demo,
    /// Users, and the demo's administrator is not among them.
    Real,
}

/// Fills an empty installation with sample records and the two demo logins. In one that has them it leaves the
/// records alone, and sees to it that both logins work with the answered password: the wanted one, or a new one.
///
/// It may break off anywhere; doing it again does the rest.
///
/// # Permissions
/// The installation itself.
///
/// # Errors
/// [`ServiceError::NotFound`] for everybody else; [`ServiceError::Invalid`] for a wanted password that is
/// guessed too easily; [`ServiceError::Refused`] in a real installation. Nothing is changed then.
pub async fn prepare(cx: &Cx, password: Option<&str>) -> ServiceResult<DemoLogins> {
    if !cx.actor().is_system() {
        return Err(ServiceError::NotFound);
    }
    let fresh = password::fresh(cx)?;
    let wanted = password.filter(|wanted| !wanted.is_empty());
    wanted.map_or(Ok(()), password::check)?;
    match look(cx).await? {
        Installation::Real => {
            return Err(ServiceError::refused(
                "This data folder holds a real installation, and the demo would mix its sample records into it: \
                 choose another folder with PORTICO_DATA_DIR.",
            ));
        }
        Installation::Demo => {}
        Installation::Empty => {
            records::load(cx).await?;
            articles::write(cx).await?;
            business::tell(cx).await?;
            // Last, so that an administrator means that all records are there.
            logins::make_administrator(cx, &fresh).await?;
        }
    }
    logins::make_customer(cx, &fresh).await?;
    let password = wanted.unwrap_or(&fresh);
    for login in [STAFF_LOGIN, CUSTOMER_LOGIN] {
        logins::set_password(cx, login, password).await?;
    }
    Ok(DemoLogins { password: password.to_owned() })
}

async fn look(cx: &Cx) -> ServiceResult<Installation> {
    let administrator = user::Entity::find()
        .filter(user::Column::Login.eq(STAFF_LOGIN))
        .filter(user::Column::Kind.eq("staff"))
        .one(cx.db().pool())
        .await?;
    if administrator.is_some() {
        return Ok(Installation::Demo);
    }
    let anybody = user::Entity::find().one(cx.db().pool()).await?;
    Ok(if anybody.is_some() { Installation::Real } else { Installation::Empty })
}
