use entities::audit_event;
use sea_orm::{ConnectionTrait, EntityTrait, PaginatorTrait, sea_query::Expr};

use crate::support::on_each_database;

#[test]
fn no_event_can_be_changed_or_deleted() {
    on_each_database(|portal| async move {
        portal.company("Acme").await;
        let db = portal.portico.db.pool();
        let changed = audit_event::Entity::update_many()
            .col_expr(audit_event::Column::Actor, Expr::value("somebody else"))
            .exec(db)
            .await;
        assert!(changed.expect_err("refused").to_string().contains("only ever added"));
        let deleted = audit_event::Entity::delete_many().exec(db).await;
        assert!(deleted.expect_err("refused").to_string().contains("only ever added"));
        if portal.database == "postgres" {
            assert!(db.execute_unprepared("TRUNCATE audit_event").await.is_err());
        }
        assert_eq!(audit_event::Entity::find().count(db).await.expect("counts"), 1);
    });
}
