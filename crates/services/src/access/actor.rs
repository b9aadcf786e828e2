use std::sync::Arc;

use domain::{
    Instant,
    access::{PermissionSet, StaffRole},
    api::ApiScope,
    documents::Details,
    ids::{ApiKeyId, ContactId, GroupId, MembershipId, UserId},
    users::{Me, Side, Via as ShownVia},
};
use uuid::Uuid;

use crate::auth::Level;

/// Who asks. Made by the session that proved it, and nowhere else.
#[derive(Clone, Debug)]
pub struct Actor(Kind);

#[derive(Clone, Debug)]
enum Kind {
    Anonymous,
    LinkHolder,
    Half(Arc<HalfActor>),
    Portal(Arc<PortalActor>),
    Staff(Arc<StaffActor>),
    Machine(Arc<MachineActor>),
    System(&'static str),
}

/// Somebody whose password was right and whose second factor is due: to everything else they are nobody.
#[derive(Clone, Debug)]
pub struct HalfActor {
    pub(crate) user: UserId,
    pub(crate) login: String,
    pub(crate) name: String,
    pub(crate) level: Level,
}

/// Somebody in the portal, for one company.
#[derive(Clone, Debug)]
pub struct PortalActor {
    pub(crate) via: Via,
    /// The portal user; nobody behind a secure link.
    pub(crate) user: Option<UserId>,
    pub(crate) membership: Option<MembershipId>,
    pub(crate) login: String,
    pub(crate) contact: ContactId,
    pub(crate) entity: ContactId,
    pub(crate) company: String,
    /// The permission group, and its name.
    pub(crate) group_id: GroupId,
    pub(crate) group: String,
    pub(crate) details: Details,
    pub(crate) permissions: Arc<PermissionSet>,
    /// Memberships of the same user that work too, this one included.
    pub(crate) memberships: i64,
}

/// How somebody came into the portal.
#[derive(Clone, Debug)]
pub(crate) enum Via {
    /// A portal user who signed in.
    SignIn,
    /// Whoever has a customer's secure link.
    SecureLink,
    /// A staff user who looks at what a customer sees. Changes nothing.
    ViewAs { staff: UserId, staff_name: String, reason: String, until: Instant },
}

/// A staff user.
#[derive(Clone, Debug)]
pub struct StaffActor {
    pub(crate) user: UserId,
    pub(crate) login: String,
    pub(crate) name: String,
    pub(crate) role: StaffRole,
}

/// Another program, by its key.
#[derive(Clone, Debug)]
pub struct MachineActor {
    pub(crate) key: ApiKeyId,
    /// As the audit trail names it.
    pub(crate) name: String,
    pub(crate) scopes: Vec<ApiScope>,
}

impl MachineActor {
    /// The key.
    pub fn key(&self) -> ApiKeyId {
        self.key
    }

    /// Whether the key is for something.
    pub fn allows(&self, scope: ApiScope) -> bool {
        self.scopes.contains(&scope)
    }
}

impl PortalActor {
    /// The commercial entity whose portal they are in.
    pub fn entity(&self) -> ContactId {
        self.entity
    }

    /// Whether this is staff looking at what a customer sees.
    pub(crate) fn is_view_as(&self) -> bool {
        matches!(self.via, Via::ViewAs { .. })
    }

    fn shown_via(&self) -> ShownVia {
        match &self.via {
            Via::SignIn => ShownVia::SignIn { memberships: self.memberships },
            Via::SecureLink => ShownVia::SecureLink,
            Via::ViewAs { staff_name, reason, until, .. } => {
                ShownVia::ViewAs { staff: staff_name.clone(), reason: reason.clone(), until: *until }
            }
        }
    }
}

impl Actor {
    pub(crate) fn anonymous() -> Self {
        Self(Kind::Anonymous)
    }

    pub(crate) fn system(what: &'static str) -> Self {
        Self(Kind::System(what))
    }

    /// Whoever has a link to one document: to every gate but that link's own they are nobody.
    pub(crate) fn link_holder() -> Self {
        Self(Kind::LinkHolder)
    }

    pub(crate) fn half(actor: HalfActor) -> Self {
        Self(Kind::Half(Arc::new(actor)))
    }

    pub(crate) fn portal(actor: PortalActor) -> Self {
        Self(Kind::Portal(Arc::new(actor)))
    }

    pub(crate) fn staff(actor: StaffActor) -> Self {
        Self(Kind::Staff(Arc::new(actor)))
    }

    pub(crate) fn machine(actor: MachineActor) -> Self {
        Self(Kind::Machine(Arc::new(actor)))
    }

    /// The other program, if it is one.
    pub fn as_machine(&self) -> Option<&MachineActor> {
        if let Kind::Machine(actor) = &self.0 { Some(actor) } else { None }
    }

    /// The person in the portal, if it is one.
    pub fn as_portal(&self) -> Option<&PortalActor> {
        if let Kind::Portal(actor) = &self.0 { Some(actor) } else { None }
    }

    /// The staff user, if it is one.
    pub fn as_staff(&self) -> Option<&StaffActor> {
        if let Kind::Staff(actor) = &self.0 { Some(actor) } else { None }
    }

    /// Whoever is in the middle of signing in.
    pub(crate) fn as_half(&self) -> Option<&HalfActor> {
        if let Kind::Half(actor) = &self.0 { Some(actor) } else { None }
    }

    /// What is due before whoever is in the middle of signing in is signed in.
    pub fn due(&self) -> Option<Level> {
        self.as_half().map(|half| half.level)
    }

    /// Whether nobody is signed in, or not all the way.
    pub fn is_anonymous(&self) -> bool {
        matches!(self.0, Kind::Anonymous | Kind::LinkHolder | Kind::Half(_))
    }

    /// Whether somebody came by a customer's secure link, without signing in.
    pub fn is_visitor(&self) -> bool {
        self.as_portal().is_some_and(|actor| matches!(actor.via, Via::SecureLink))
    }

    pub(crate) fn is_system(&self) -> bool {
        matches!(self.0, Kind::System(_))
    }

    /// Whether this is staff looking at what a customer sees, who must not change anything.
    pub(crate) fn is_view_as(&self) -> bool {
        self.as_portal().is_some_and(PortalActor::is_view_as)
    }

    /// The user's key, for the audit trail: of the human who acts.
    pub(crate) fn user_id(&self) -> Option<Uuid> {
        match &self.0 {
            Kind::Portal(actor) => match &actor.via {
                Via::ViewAs { staff, .. } => Some((*staff).into()),
                Via::SignIn | Via::SecureLink => actor.user.map(Uuid::from),
            },
            Kind::Staff(actor) => Some(actor.user.into()),
            Kind::Anonymous | Kind::LinkHolder | Kind::Half(_) | Kind::Machine(_) | Kind::System(_) => None,
        }
    }

    /// The name in the audit trail: of the human who acts.
    pub(crate) fn name(&self) -> &str {
        match &self.0 {
            Kind::Portal(actor) => match &actor.via {
                Via::SignIn => &actor.details.name,
                Via::SecureLink => "somebody with the secure link",
                Via::ViewAs { staff_name, .. } => staff_name,
            },
            Kind::Staff(actor) => &actor.name,
            Kind::Machine(actor) => &actor.name,
            Kind::Anonymous | Kind::Half(_) => "nobody signed in",
            Kind::LinkHolder => "somebody with a share link",
            Kind::System(what) => what,
        }
    }

    /// The customer in whose place staff act, or nothing.
    pub(crate) fn on_behalf_of(&self) -> &str {
        self.as_portal().filter(|actor| actor.is_view_as()).map_or("", |actor| &actor.details.name)
    }

    /// What the browser may know of whoever is signed in.
    pub fn me(&self) -> Option<Me> {
        match &self.0 {
            Kind::Portal(actor) => Some(Me {
                name: actor.details.name.clone(),
                login: actor.login.clone(),
                side: Side::Portal {
                    company: actor.company.clone(),
                    permissions: (*actor.permissions).clone(),
                    via: actor.shown_via(),
                },
            }),
            Kind::Staff(actor) => Some(Me {
                name: actor.name.clone(),
                login: actor.login.clone(),
                side: Side::Staff { role: actor.role },
            }),
            Kind::Anonymous | Kind::LinkHolder | Kind::Half(_) | Kind::Machine(_) | Kind::System(_) => None,
        }
    }
}
