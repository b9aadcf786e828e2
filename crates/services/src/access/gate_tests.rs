//! Every check of the gate holds something up: with all of them on nobody gets what they must not have, and
//! with any one switched off somebody does.

use domain::{
    PageRequest,
    access::{Permission, RowChange, RowOutcome, RowRequest, StaffRole},
    documents::{DocumentKind, DocumentRequest},
    ids::{ContactId, DocumentId},
};
use entities::{contact, document, membership, session, user};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use time::Duration;
use uuid::Uuid;

use super::check::{Check, without};
use crate::{
    Cx, ServiceResult, access, api,
    auth::{self, Face, Level, NewSession},
    documents,
    support::{Portal, on_each_database, origin},
};

/// Two companies, one with a subsidiary; three people of the first with access, and an invoice of everybody.
struct World {
    portal: Portal,
    ann: ContactId,
    ann_cx: Cx,
    zoe: ContactId,
}

impl World {
    async fn new(portal: Portal) -> Self {
        let contacts = "id,name,is_company,parent_id/id,email\n\
            acme,Acme,True,,\n\
            ann,Ann,,acme,ann@acme.example\n\
            bob,Bob,,acme,bob@acme.example\n\
            zeta,Zeta,True,,\n\
            zoe,Zoe,,zeta,zoe@zeta.example\n";
        let mut invoices =
            "id,name,move_type,partner_id/id,invoice_date,invoice_date_due,state,currency_id/name,\
             amount_total,amount_residual\n"
                .to_owned();
        for who in ["acme", "ann", "bob", "zeta", "zoe"] {
            invoices += &format!("i_{who},INV/{who},out_invoice,{who},2026-11-01,,posted,USD,100.0,100.0\n");
        }
        invoices += "i_draft,INV/draft,out_invoice,ann,2026-11-01,,draft,USD,100.0,100.0\n";
        portal.import(&[("contacts.csv", contacts.to_owned()), ("invoices.csv", invoices)]).await;
        let [ann, zoe] = [portal.imported("ann").await, portal.imported("zoe").await];
        let ann_cx = portal.customer(ann, "ann@acme.example").await;
        Self { portal, ann, ann_cx, zoe }
    }

    async fn document(&self, number: &str) -> DocumentId {
        let found = document::Entity::find()
            .filter(document::Column::Number.eq(number))
            .one(self.portal.portico.db.pool())
            .await
            .expect("looks");
        DocumentId(found.expect("a document").id)
    }

    /// Whether somebody of a group sees an invoice, by its key or in the list.
    async fn sees(&self, group: &str, number: &str) -> bool {
        let cx = self.portal.regroup(self.ann, group).await;
        let request = DocumentRequest {
            kind: DocumentKind::Invoice,
            filter: Default::default(),
            page: PageRequest::default(),
        };
        let list = documents::list_documents(&cx, &request).await;
        let is_listed = list.is_ok_and(|list| list.page.items.iter().any(|row| row.number == number));
        let id = self.document(number).await;
        is_listed || documents::get_document(&cx, DocumentKind::Invoice, id).await.is_ok()
    }

    /// Whether somebody is still in the portal after their membership or user was changed so.
    async fn stays_in(
        &self,
        change: impl FnOnce(&mut membership::ActiveModel, &mut user::ActiveModel),
    ) -> bool {
        let pool = self.portal.portico.db.pool();
        let before = membership::Entity::find()
            .filter(membership::Column::ContactId.eq(Uuid::from(self.ann)))
            .find_also_related(user::Entity)
            .one(pool)
            .await
            .expect("looks")
            .expect("a membership");
        let (membership, user) = (before.0, before.1.expect("a user"));
        let mut changed = (membership.clone().into(), user.clone().into());
        change(&mut changed.0, &mut changed.1);
        changed.0.reset_all().update(pool).await.expect("changes");
        changed.1.reset_all().update(pool).await.expect("changes");
        let session = self.portal.again(&self.ann_cx).await;
        membership::ActiveModel::from(membership).reset_all().update(pool).await.expect("restores");
        user::ActiveModel::from(user).reset_all().update(pool).await.expect("restores");
        session.is_some_and(|cx| cx.actor().as_portal().is_some())
    }

    /// Staff who view the portal as Ann.
    async fn view_as(&self) -> (String, Cx) {
        let staff = self.portal.staff(StaffRole::ContactManager).await;
        let hash = staff.session().expect("a session").to_owned();
        let ann = self.ann_cx.actor().as_portal().and_then(|actor| actor.membership).expect("a membership");
        let until = self.portal.clock.now().plus(Duration::minutes(15)).millis();
        session::Entity::update_many()
            .col_expr(session::Column::ViewMembershipId, Expr::value(Uuid::from(ann)))
            .col_expr(session::Column::ViewUntil, Expr::value(until))
            .filter(session::Column::IdHash.eq(hash.as_str()))
            .exec(self.portal.portico.db.pool())
            .await
            .expect("views");
        let cx = self.resolve(&hash).await.expect("a session");
        (hash, cx)
    }

    async fn resolve(&self, hash: &str) -> Option<Cx> {
        let view = auth::resolve_session(&self.portal.portico, hash, Face::Portal, origin()).await;
        view.expect("resolves").map(|view| view.cx)
    }

    /// Whether a customer's secure link lets somebody in.
    async fn link_opens(&self, contact: ContactId) -> bool {
        let hash = Uuid::now_v7().to_string();
        let whose = NewSession { contact: Some(contact), ..NewSession::default() };
        auth::open_session(&self.portal.portico, &hash, whose, &origin()).await.expect("opens");
        self.resolve(&hash).await.is_some_and(|cx| cx.actor().as_portal().is_some())
    }

    /// Everything that somebody could do and must not.
    async fn holes(&self) -> Vec<&'static str> {
        let mut holes = Vec::new();
        let mut note = |is_open: bool, hole: &'static str| {
            if is_open {
                holes.push(hole);
            }
        };
        let staff = self.portal.staff(StaffRole::Staff).await;
        note(access::list_grant_rows(&staff, &[self.ann]).await.is_ok(), "staff without the right grant");
        note(self.key_reads_contacts().await, "a key without the scope reads contacts");
        note(self.sees("none", "INV/ann").await, "somebody without a permission sees a document");
        note(self.sees("limited", "INV/bob").await, "own reaches a colleague's document");
        note(self.sees("standard", "INV/zoe").await, "company reaches another company's document");
        note(self.sees("company_admin", "INV/zoe").await, "company_tree reaches another company's document");
        note(self.sees("standard", "INV/draft").await, "a draft is seen");
        let standard = self.portal.regroup(self.ann, "standard").await;
        let invoice = self.document("INV/ann").await;
        let as_sale = documents::get_document(&standard, DocumentKind::Sale, invoice).await;
        note(as_sale.is_ok(), "a document is opened as another kind");

        let now = self.portal.clock.now().millis();
        let ended = self.stays_in(|membership, _| membership.state = Set("ended".to_owned())).await;
        note(ended, "an ended membership lets in");
        let early = self.stays_in(|membership, _| membership.valid_from = Set(Some(now + 1))).await;
        note(early, "a membership that has not begun lets in");
        let late = self.stays_in(|membership, _| membership.valid_until = Set(Some(now))).await;
        note(late, "a membership that is over lets in");
        let disabled = self.stays_in(|_, user| user.status = Set("disabled".to_owned())).await;
        note(disabled, "a disabled login stays in");

        note(self.half_gets_in().await, "a second factor that is due is not waited for");
        note(self.link_opens(self.ann).await, "a secure link works beside a portal user");
        note(self.link_that_is_off_opens().await, "a secure link that is off works");
        note(self.gives_more_than_they_have().await, "somebody gives what they lack");
        note(self.last_manager_leaves().await, "a company is left without anybody to manage it");
        note(self.grants_staff().await, "a grant touches a staff user");

        let (hash, viewing) = self.view_as().await;
        note(access::portal_scope(&viewing, Permission::SalesAccept).is_ok(), "staff who look may act");
        note(viewing.begin().await.is_ok(), "staff who look may write");
        self.portal.clock.advance(Duration::minutes(16));
        let later = self.resolve(&hash).await;
        note(later.is_some_and(|cx| cx.actor().is_view_as()), "staff look for longer than they said");
        holes
    }

    /// Whether somebody is in who gave their password only, where a code is due.
    async fn half_gets_in(&self) -> bool {
        let (user, membership) = self.portal.member(self.ann).await;
        let hash = Uuid::now_v7().to_string();
        let whose = NewSession {
            user: Some(user),
            membership: Some(membership),
            level: Level::Code,
            ..NewSession::default()
        };
        auth::open_session(&self.portal.portico, &hash, whose, &origin()).await.expect("opens");
        self.resolve(&hash).await.is_some_and(|cx| cx.actor().as_portal().is_some())
    }

    async fn link_that_is_off_opens(&self) -> bool {
        contact::Entity::update_many()
            .col_expr(contact::Column::LinkIsOff, Expr::value(true))
            .filter(contact::Column::Id.eq(Uuid::from(self.zoe)))
            .exec(self.portal.portico.db.pool())
            .await
            .expect("switches off");
        self.link_opens(self.zoe).await
    }

    async fn key_reads_contacts(&self) -> bool {
        let cx = self.portal.program(&["documents:read"]).await;
        api::list_contacts(&cx, None, 10).await.is_ok()
    }

    async fn gives_more_than_they_have(&self) -> bool {
        let managers = ["members.view", "members.invite", "members.edit", "members.remove"];
        let group = self.portal.new_group("Managers", &managers).await;
        let cx = self.portal.regroup_to(self.ann, group).await;
        let standard = self.portal.group("standard").await.to_string();
        access::edit_member(&cx, self.ann, &standard).await.is_ok()
            || access::invite_member(&cx, "New", "new@acme.example", &standard).await.is_ok()
    }

    async fn last_manager_leaves(&self) -> bool {
        let cx = self.portal.regroup(self.ann, "company_admin").await;
        let none = self.portal.group("none").await.to_string();
        let result: ServiceResult<()> = access::edit_member(&cx, self.ann, &none).await;
        result.is_ok()
    }

    async fn grants_staff(&self) -> bool {
        let staff = self.portal.staff(StaffRole::ContactManager).await;
        let login = staff.actor().me().expect("signed in").login;
        let request = RowRequest { contact: self.zoe, email: login, change: RowChange::Grant, group: None };
        let outcomes = access::change_access(&staff, &[request], "").await.expect("answers");
        matches!(outcomes[0], RowOutcome::Done { .. })
    }
}

#[test]
fn nobody_gets_what_they_must_not_have() {
    on_each_database(|portal| async move {
        let world = World::new(portal).await;
        assert_eq!(world.holes().await, Vec::<&str>::new());
    });
}

macro_rules! holes_without {
    ($($name:ident $check:ident $hole:literal)*) => {$(
        #[test]
        fn $name() {
            on_each_database(|portal| async move {
                let world = World::new(portal).await;
                let holes = without(Check::$check, world.holes()).await;
                assert!(holes.contains(&$hole), "switching it off changed nothing: {holes:?}");
            });
        }
    )*};
}

holes_without! {
    staff_right_holds StaffRight "staff without the right grant"
    key_scope_holds KeyScope "a key without the scope reads contacts"
    permission_holds Permission "somebody without a permission sees a document"
    look_only_holds LookOnly "staff who look may act"
    no_writes_holds NoWrites "staff who look may write"
    scope_own_holds ScopeOwn "own reaches a colleague's document"
    scope_company_holds ScopeCompany "company reaches another company's document"
    scope_company_tree_holds ScopeCompanyTree "company_tree reaches another company's document"
    kind_holds Kind "a document is opened as another kind"
    visible_holds Visible "a draft is seen"
    membership_active_holds MembershipActive "an ended membership lets in"
    valid_from_holds ValidFrom "a membership that has not begun lets in"
    valid_until_holds ValidUntil "a membership that is over lets in"
    second_factor_holds SecondFactor "a second factor that is due is not waited for"
    user_enabled_holds UserEnabled "a disabled login stays in"
    view_until_holds ViewUntil "staff look for longer than they said"
    link_on_holds LinkOn "a secure link that is off works"
    no_portal_user_holds NoPortalUser "a secure link works beside a portal user"
    give_within_holds GiveWithin "somebody gives what they lack"
    last_manager_holds LastManager "a company is left without anybody to manage it"
    not_staff_holds NotStaff "a grant touches a staff user"
}

/// A check that is added needs its line above.
#[test]
fn every_check_is_tried() {
    let listed = include_str!("gate_tests.rs");
    let checks = include_str!("check.rs");
    let (_, body) = checks.split_once("pub(crate) enum Check {").expect("the list of checks");
    let (body, _) = body.split_once("\n}").expect("its end");
    let names = body.lines().map(str::trim).filter(|line| line.ends_with(',') && !line.starts_with("///"));
    for name in names.map(|line| line.trim_end_matches(',')) {
        assert!(listed.contains(&format!("_holds {name} ")), "{name} is tried by no test");
    }
}
