use std::time::Duration;

use domain::{
    access::StaffRole,
    ids::ImportRunId,
    import::{ImportReport, ImportStatus, ImportSummary},
};
use entities::import_run;
use sea_orm::{ActiveValue::Set, EntityTrait};
use services::{Cx, ServiceError, import};
use uuid::Uuid;

use super::{export, file, totals};
use crate::support::{Portal, on_each_database};

async fn end(cx: &Cx, run: ImportRunId) -> ImportStatus {
    for _ in 0..600 {
        let status = import::import_status(cx, run).await.expect("a status");
        if !matches!(status, ImportStatus::Running { .. }) {
            return status;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the import never ends")
}

pub(super) async fn report(cx: &Cx, run: ImportRunId) -> ImportReport {
    match end(cx, run).await {
        ImportStatus::Finished(report) => report,
        other => panic!("not finished: {other:?}"),
    }
}

#[test]
fn staff_start_an_import_and_see_how_it_went() {
    on_each_database(|portal| async move {
        let admin = portal.staff(StaffRole::Administrator).await;
        let dry = import::start_import(&admin, export(), true).await.expect("starts");
        let busy = import::start_import(&admin, export(), true).await.expect_err("one at a time");
        assert!(
            matches!(&busy, ServiceError::Refused(reason) if reason.contains("running already")),
            "{busy}"
        );
        assert_eq!(totals(&report(&admin, dry).await), [959, 0, 0, 0]);
        let real = import::start_import(&admin, export(), false).await.expect("starts");
        assert_eq!(totals(&report(&admin, real).await), [959, 0, 0, 0]);
        let bad =
            import::start_import(&admin, vec![file("leads.csv", &["name"])], false).await.expect("starts");
        let ImportStatus::Failed(reason) = end(&admin, bad).await else { panic!("did not fail") };
        assert!(reason.starts_with("Nothing was imported. leads.csv has no column id"), "{reason}");

        let runs = import::list_imports(&admin).await.expect("lists");
        assert_eq!(runs.iter().map(|run| run.id).collect::<Vec<_>>(), [bad, real, dry]);
        assert!(matches!(&runs[0].summary, ImportSummary::Failed(text) if *text == reason));
        let finished = ImportSummary::Finished { created: 959, changed: 0, unchanged: 0, failed: 0 };
        assert_eq!((&runs[1].summary, runs[1].dry_run), (&finished, false));
        assert_eq!((&runs[2].summary, runs[2].dry_run), (&finished, true));
        assert_eq!(runs[2].started_by, "Administrators");
    });
}

#[test]
fn an_import_from_the_command_line_is_listed_too() {
    on_each_database(|portal| async move {
        super::import(&portal, export()).await;
        let runs = import::list_imports(&portal.system()).await.expect("lists");
        assert_eq!(runs.len(), 1);
        assert_eq!(runs[0].started_by, "test");
        let ImportStatus::Finished(report) = end(&portal.system(), runs[0].id).await else {
            panic!("running")
        };
        assert_eq!(totals(&report), [959, 0, 0, 0]);
    });
}

#[test]
fn a_run_that_was_killed_does_not_run_for_ever() {
    on_each_database(|portal| async move {
        let killed = left_behind(&portal).await;
        assert_eq!(
            import::import_status(&portal.system(), killed).await.expect("a status"),
            ImportStatus::Running { done: 3, of: 9 }
        );
        assert_eq!(import::sweep_imports(&portal.system()).await.expect("sweeps"), 1);
        let ImportStatus::Failed(reason) = end(&portal.system(), killed).await else { panic!("still runs") };
        assert!(reason.contains("Start it again"), "{reason}");
        assert_eq!(import::sweep_imports(&portal.system()).await.expect("sweeps"), 0);
    });
}

async fn left_behind(portal: &Portal) -> ImportRunId {
    let id = Uuid::now_v7();
    let row = import_run::ActiveModel {
        id: Set(id),
        state: Set("running".to_owned()),
        dry_run: Set(false),
        started_by: Set("Eve".to_owned()),
        done: Set(3),
        total: Set(9),
        report: Set(None),
        error: Set(None),
        created_at: Set(0),
        finished_at: Set(None),
    };
    import_run::Entity::insert(row).exec_without_returning(portal.portico.db.pool()).await.expect("a row");
    ImportRunId(id)
}

#[test]
fn only_administrators_import() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let ann = portal.person(acme, "Ann", "ann@acme.example").await;
        let customer = portal.customer(ann, "ann@acme.example").await;
        let run = left_behind(&portal).await;
        for cx in [
            portal.anonymous(),
            customer,
            portal.staff(StaffRole::Staff).await,
            portal.staff(StaffRole::ContactManager).await,
        ] {
            let answers = [
                import::import_odoo(&cx, export(), true, |_, _| ()).await.map(|_| ()),
                import::start_import(&cx, export(), true).await.map(|_| ()),
                import::import_status(&cx, run).await.map(|_| ()),
                import::list_imports(&cx).await.map(|_| ()),
                import::sweep_imports(&cx).await.map(|_| ()),
            ];
            for answer in answers {
                let is_refused =
                    matches!(answer, Err(ServiceError::NotFound | ServiceError::Unauthenticated));
                assert!(is_refused, "{answer:?}");
            }
        }
    });
}
