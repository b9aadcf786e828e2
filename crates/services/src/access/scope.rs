use domain::{access::ScopeKind, documents::DocumentKind, ids::ContactId};
use entities::{contact, document};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, Select,
    sea_query::{Expr, ExprTrait, Query, SelectStatement},
};
use uuid::Uuid;

use super::PortalActor;

/// Proof that a staff user holds a right; contacts are read and written with one.
#[derive(Debug)]
pub struct StaffPass(());

impl StaffPass {
    pub(super) fn new() -> Self {
        Self(())
    }

    /// Every contact.
    pub(crate) fn contacts(&self) -> Select<contact::Entity> {
        contact::Entity::find()
    }

    /// One contact.
    pub(crate) fn contact(&self, id: ContactId) -> Select<contact::Entity> {
        contact::Entity::find_by_id(Uuid::from(id))
    }
}

/// Whose documents a portal user may see. Made by the gate only, and no query of documents starts without.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    kind: ScopeKind,
    contact: Uuid,
    entity: Uuid,
}

impl Scope {
    pub(super) fn new(kind: ScopeKind, actor: &PortalActor) -> Self {
        Self { kind, contact: actor.contact.into(), entity: actor.entity.into() }
    }

    /// The documents of a kind that the person may see: in scope, published, and in a state for customers.
    pub(crate) fn documents(&self, kind: DocumentKind) -> Select<document::Entity> {
        document::Entity::find().filter(self.condition(kind))
    }

    /// The condition behind [`Self::documents`], to join several kinds in one query.
    pub(crate) fn condition(&self, kind: DocumentKind) -> Condition {
        Condition::all()
            .add(self.whose(
                Expr::col((document::Entity, document::Column::ContactId)),
                Expr::col((document::Entity, document::Column::EntityId)),
            ))
            .add(document::Column::Kind.eq(kind.code()))
            .add(document::Column::IsVisible.eq(true))
    }

    /// Rows whose contact and commercial entity are within the scope.
    pub(crate) fn whose(&self, contact: Expr, entity: Expr) -> Expr {
        match self.kind {
            ScopeKind::Own => contact.eq(self.contact),
            ScopeKind::Company => entity.eq(self.entity),
            ScopeKind::CompanyTree => entity.in_subquery(below(self.entity)),
        }
    }
}

/// An entity and every contact below it. `UNION` rather than `UNION ALL` ends even where books hold a loop.
fn below(entity: Uuid) -> SelectStatement {
    Query::select()
        .column(contact::Column::Id)
        .from(contact::Entity)
        .and_where(Expr::cust_with_values(TREE, [entity]))
        .to_owned()
}

const TREE: &str = "id IN (WITH RECURSIVE tree (id) AS (SELECT id FROM contact WHERE id = $1 \
                    UNION SELECT contact.id FROM contact JOIN tree ON contact.parent_id = tree.id) \
                    SELECT id FROM tree)";
