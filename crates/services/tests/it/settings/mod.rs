mod general;
mod logo;
mod mail_templates;

use domain::access::StaffRole;
use services::Cx;

use crate::support::Portal;

/// Everybody who may not change settings, but is signed in.
async fn outsiders(portal: &Portal) -> Vec<Cx> {
    let acme = portal.company("Acme").await;
    let ann = portal.person(acme, "Ann", "ann@acme.example").await;
    vec![
        portal.customer(ann, "ann@acme.example").await,
        portal.staff(StaffRole::Staff).await,
        portal.staff(StaffRole::ContactManager).await,
    ]
}
