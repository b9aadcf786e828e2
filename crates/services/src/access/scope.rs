use domain::{
    access::ScopeKind,
    documents::DocumentKind,
    ids::{ArticleId, ContactId, DocumentId},
};
use entities::{address, article, contact, document};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, Select,
    sea_query::{CommonTableExpression, Expr, ExprTrait, Query, SelectStatement, UnionType, WithClause},
};
use uuid::Uuid;

use super::{
    PortalActor,
    check::{Check, passes},
};

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

    /// Every document, published or not.
    pub(crate) fn documents(&self) -> Select<document::Entity> {
        document::Entity::find()
    }

    /// One document.
    pub(crate) fn document(&self, id: DocumentId) -> Select<document::Entity> {
        document::Entity::find_by_id(Uuid::from(id))
    }

    /// Every article, published or not.
    pub(crate) fn articles(&self) -> Select<article::Entity> {
        article::Entity::find()
    }

    /// One article.
    pub(crate) fn article(&self, id: ArticleId) -> Select<article::Entity> {
        article::Entity::find_by_id(Uuid::from(id))
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
        self.parts(kind).into_iter().fold(Condition::all(), |all, (_, part)| all.add(part))
    }

    /// What makes a document of a kind visible, each part with the check that it is: in scope, of that kind,
    /// and published in a state for customers. One list, so that an explanation cannot differ from the query.
    pub(super) fn parts(&self, kind: DocumentKind) -> Vec<(Check, Expr)> {
        let whose = self.whose(
            Expr::col((document::Entity, document::Column::ContactId)),
            Expr::col((document::Entity, document::Column::EntityId)),
        );
        let parts = [
            (self.check(), whose),
            (Check::Kind, document::Column::Kind.eq(kind.code())),
            (Check::Visible, document::Column::IsVisible.eq(true)),
        ];
        parts.into_iter().filter(|(check, _)| !passes(*check, false)).collect()
    }

    fn check(&self) -> Check {
        match self.kind {
            ScopeKind::Own => Check::ScopeOwn,
            ScopeKind::Company => Check::ScopeCompany,
            ScopeKind::CompanyTree => Check::ScopeCompanyTree,
        }
    }

    /// The addresses in scope, removed ones among them. Whoever reaches only their own left those behind that they
    /// added for an earlier company.
    pub(crate) fn addresses(&self) -> Select<address::Entity> {
        let whose = self.whose(
            Expr::col((address::Entity, address::Column::ContactId)),
            Expr::col((address::Entity, address::Column::EntityId)),
        );
        let found = address::Entity::find().filter(whose);
        match self.kind {
            ScopeKind::Own => found.filter(address::Column::EntityId.eq(self.entity)),
            ScopeKind::Company | ScopeKind::CompanyTree => found,
        }
    }

    /// Whether what is the company's is within the scope: a customer who is a single person is all of it.
    pub(crate) fn reaches_entity(&self) -> bool {
        self.reaches_company() || self.contact == self.entity
    }

    /// The documents in scope that want something of the customer: `review`, `pay`.
    ///
    /// Only visible documents of one kind are ever marked so (`documents::write`). Kind and visibility are left
    /// out because SQLite would then read through all of a company's documents instead of the few marked ones.
    pub(crate) fn attention(&self, reasons: &[&str]) -> Condition {
        Condition::all()
            .add(self.whose(
                Expr::col((document::Entity, document::Column::ContactId)),
                Expr::col((document::Entity, document::Column::EntityId)),
            ))
            .add(document::Column::Attention.is_in(reasons.iter().copied()))
    }

    /// Whether it reaches more than the person's own rows.
    pub(crate) fn reaches_company(&self) -> bool {
        self.kind > ScopeKind::Own
    }

    /// Whether a contact is the person's own.
    pub(super) fn is_of(&self, contact: ContactId) -> bool {
        self.contact == Uuid::from(contact)
    }

    /// Whether a visible document is within the scope, as far as the document alone tells.
    pub(crate) fn holds(&self, document: &document::Model) -> Option<bool> {
        match self.kind {
            ScopeKind::Own => Some(document.contact_id == Some(self.contact)),
            ScopeKind::Company => Some(document.entity_id == Some(self.entity)),
            ScopeKind::CompanyTree => (document.entity_id == Some(self.entity)).then_some(true),
        }
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
    let mut tree = Query::select()
        .column(contact::Column::Id)
        .from(contact::Entity)
        .and_where(contact::Column::Id.eq(entity))
        .to_owned();
    let children = Query::select()
        .column((contact::Entity, contact::Column::Id))
        .from(contact::Entity)
        .inner_join(TREE, Expr::col((contact::Entity, contact::Column::ParentId)).equals((TREE, ID)))
        .to_owned();
    tree.union(UnionType::Distinct, children);
    let tree = CommonTableExpression::new().query(tree).column(ID).table_name(TREE).to_owned();
    let with = WithClause::new().recursive(true).cte(tree).to_owned();
    Query::select().column(ID).from(TREE).with_cte(with).to_owned()
}

const TREE: &str = "tree";
const ID: &str = "id";
