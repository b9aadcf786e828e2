use domain::{
    PageRequest,
    access::{RowChange, RowRequest, StaffRole},
};
use services::{ServiceError, access, audit::list_access_log, auth};

use crate::support::{PASSWORD, on_each_database};

#[test]
fn a_company_admin_reads_what_concerns_the_company_and_nobody_elses() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let ann = portal.person(acme, "Ann", "ann@acme.example").await;
        let bob = portal.person(acme, "Bob", "bob@acme.example").await;
        let zeta = portal.company("Zeta").await;
        let zoe = portal.person(zeta, "Zoe", "zoe@zeta.example").await;
        let standard = portal.customer(ann, "ann@acme.example").await;
        portal.customer(zoe, "zoe@zeta.example").await;
        let manager = portal.staff(StaffRole::ContactManager).await;
        let grant = RowRequest {
            contact: bob,
            email: "bob@acme.example".into(),
            change: RowChange::Grant,
            group: None,
        };
        access::change_access(&manager, &[grant], "").await.expect("grants");
        auth::sign_in(&portal.anonymous(), "ann@acme.example", PASSWORD).await.expect("signs in");

        let page = PageRequest::default();
        assert!(matches!(list_access_log(&standard, &page).await, Err(ServiceError::NotFound)));
        assert!(matches!(list_access_log(&manager, &page).await, Err(ServiceError::NotFound)));
        let nobody = portal.anonymous();
        assert!(matches!(list_access_log(&nobody, &page).await, Err(ServiceError::Unauthenticated)));

        let admin = portal.regroup(ann, "company_admin").await;
        let log = list_access_log(&admin, &page).await.expect("lists").items;
        let told: Vec<_> = log.iter().map(|event| (event.what.as_str(), event.by.as_str())).collect();
        let expected = [
            ("Logged in", "Ann"),
            ("Portal access granted", "Rivet Works staff"),
            ("Invitation accepted", "Ann"),
            ("Portal access granted", "Rivet Works"),
            ("Contact created", "Rivet Works"),
            ("Contact created", "Rivet Works"),
            ("Contact created", "Rivet Works"),
        ];
        assert_eq!(told, expected);
        assert!(log.iter().all(|event| !event.subject.contains("Zoe")));
        assert_eq!(log[0].address.as_deref(), Some("192.0.2.1"), "their own people's address");
        assert_eq!(log[1].address, None, "never one of staff");
    });
}
