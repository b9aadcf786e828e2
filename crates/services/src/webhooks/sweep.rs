use domain::webhooks::DeliveryState;
use entities::webhook_delivery;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use time::Duration;

use crate::{Portico, ServiceResult};

/// How long it can be looked up what became of a delivery.
const KEPT: Duration = Duration::days(30);

/// Forgets deliveries that ended a while ago.
///
/// # Permissions
/// None: this is the installation's own work.
///
/// # Errors
/// When the database fails.
pub async fn sweep_deliveries(portico: &Portico) -> ServiceResult<()> {
    webhook_delivery::Entity::delete_many()
        .filter(webhook_delivery::Column::CreatedAt.lt(portico.clock.now().plus(-KEPT).millis()))
        .filter(webhook_delivery::Column::State.ne(DeliveryState::Queued.code()))
        .exec(portico.db.pool())
        .await?;
    Ok(())
}
