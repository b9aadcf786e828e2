//! The checks that decide access, each with a name.
//!
//! In this crate's own tests a check can be switched off by its name, and a test proves for every one of them
//! that somebody gets something they must not have once it is gone: a check that nothing depends on would be
//! a decoration. In every other build a check is just its verdict.

/// One check of the gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Check {
    /// A staff user's role allows the right.
    StaffRight,
    /// The key of another program has the scope.
    KeyScope,
    /// The permission group allows the action.
    Permission,
    /// Staff who view the portal as somebody do nothing but look.
    LookOnly,
    /// No transaction that may write starts while staff view the portal as somebody.
    NoWrites,
    /// `own` reaches the contact's rows only.
    ScopeOwn,
    /// `company` reaches the commercial entity's rows only.
    ScopeCompany,
    /// `company_tree` reaches the commercial entity's and those below only.
    ScopeCompanyTree,
    /// The document is of the kind that was asked for.
    Kind,
    /// The document is published and in a state for customers.
    Visible,
    /// The membership is accepted and not ended.
    MembershipActive,
    /// The membership has begun.
    ValidFrom,
    /// The membership is not over.
    ValidUntil,
    /// The second factor was given where one is due.
    SecondFactor,
    /// The login is not disabled.
    UserEnabled,
    /// Staff view the portal for as long as they said only.
    ViewUntil,
    /// The customer's secure link is on.
    LinkOn,
    /// The secure link is no use alone once the customer has a portal user.
    NoPortalUser,
    /// Nobody gives what they have not themselves.
    GiveWithin,
    /// A company keeps somebody who manages its members.
    LastManager,
    /// A grant never touches a staff user.
    NotStaff,
}

#[cfg(test)]
tokio::task_local! {
    static OFF: Check;
}

/// The verdict of a check.
#[cfg(not(test))]
pub(crate) fn passes(_check: Check, verdict: bool) -> bool {
    verdict
}

/// The verdict of a check, or `true` where the test at hand has switched it off.
#[cfg(test)]
pub(crate) fn passes(check: Check, verdict: bool) -> bool {
    verdict || OFF.try_with(|off| *off == check).unwrap_or(false)
}

/// Runs something with one check switched off.
#[cfg(test)]
pub(crate) async fn without<T>(check: Check, work: impl Future<Output = T>) -> T {
    OFF.scope(check, work).await
}
