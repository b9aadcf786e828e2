use std::sync::Arc;

use domain::{
    access::{PermissionSet, StaffRole},
    documents::Details,
    ids::{ContactId, UserId},
    users::{Me, Side},
};
use uuid::Uuid;

/// Who asks. Made by the session that proved it, and nowhere else.
#[derive(Clone, Debug)]
pub struct Actor(Kind);

#[derive(Clone, Debug)]
enum Kind {
    Anonymous,
    Portal(Arc<PortalActor>),
    Staff(Arc<StaffActor>),
    System(&'static str),
}

/// A portal user in one company.
#[derive(Clone, Debug)]
pub struct PortalActor {
    pub(crate) user: UserId,
    pub(crate) login: String,
    pub(crate) contact: ContactId,
    pub(crate) entity: ContactId,
    pub(crate) company: String,
    pub(crate) details: Details,
    pub(crate) permissions: Arc<PermissionSet>,
}

/// A staff user.
#[derive(Clone, Debug)]
pub struct StaffActor {
    pub(crate) user: UserId,
    pub(crate) login: String,
    pub(crate) name: String,
    pub(crate) role: StaffRole,
}

impl Actor {
    pub(crate) fn anonymous() -> Self {
        Self(Kind::Anonymous)
    }

    pub(crate) fn system(what: &'static str) -> Self {
        Self(Kind::System(what))
    }

    pub(crate) fn portal(actor: PortalActor) -> Self {
        Self(Kind::Portal(Arc::new(actor)))
    }

    pub(crate) fn staff(actor: StaffActor) -> Self {
        Self(Kind::Staff(Arc::new(actor)))
    }

    /// The portal user, if it is one.
    pub fn as_portal(&self) -> Option<&PortalActor> {
        if let Kind::Portal(actor) = &self.0 { Some(actor) } else { None }
    }

    /// The staff user, if it is one.
    pub fn as_staff(&self) -> Option<&StaffActor> {
        if let Kind::Staff(actor) = &self.0 { Some(actor) } else { None }
    }

    /// Whether nobody is signed in.
    pub fn is_anonymous(&self) -> bool {
        matches!(self.0, Kind::Anonymous)
    }

    pub(crate) fn is_system(&self) -> bool {
        matches!(self.0, Kind::System(_))
    }

    /// The user's key, for the audit trail.
    pub(crate) fn user_id(&self) -> Option<Uuid> {
        match &self.0 {
            Kind::Portal(actor) => Some(actor.user.into()),
            Kind::Staff(actor) => Some(actor.user.into()),
            Kind::Anonymous | Kind::System(_) => None,
        }
    }

    /// The name in the audit trail.
    pub(crate) fn name(&self) -> &str {
        match &self.0 {
            Kind::Portal(actor) => &actor.details.name,
            Kind::Staff(actor) => &actor.name,
            Kind::Anonymous => "nobody signed in",
            Kind::System(what) => what,
        }
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
                },
            }),
            Kind::Staff(actor) => Some(Me {
                name: actor.name.clone(),
                login: actor.login.clone(),
                side: Side::Staff { role: actor.role },
            }),
            Kind::Anonymous | Kind::System(_) => None,
        }
    }
}
