//! Nobody ends with rights that whoever gave them could not give: random groups, givers and requests.

use std::collections::BTreeSet;

use proptest::{collection::vec, prelude::*};

use super::{Permission, PermissionSet, ScopeKind, may_give};

const SCOPES: [ScopeKind; 3] = [ScopeKind::Own, ScopeKind::Company, ScopeKind::CompanyTree];

/// Groups as an administrator could make them, consistent or not: small ones, so that some are within others.
fn group() -> impl Strategy<Value = PermissionSet> {
    let count = Permission::ALL.len();
    let some = vec((0..count, 0..SCOPES.len()), 0..12);
    // One in four is left out.
    let most = vec(0..=SCOPES.len(), count);
    prop_oneof![
        some.prop_map(|pairs| pairs.into_iter().map(|(p, s)| (Permission::ALL[p], SCOPES[s])).collect()),
        most.prop_map(|scopes| {
            let all = Permission::ALL.iter().copied().zip(scopes);
            all.filter_map(|(permission, scope)| Some((permission, *SCOPES.get(scope)?))).collect()
        }),
    ]
}

/// Everything that somebody can do: each permission in each scope that is covered. The meaning that `is_within` must keep.
fn reach(set: &PermissionSet) -> BTreeSet<(Permission, ScopeKind)> {
    let covered = |permission: Permission| {
        SCOPES.into_iter().filter(move |scope| set.scope_of(permission).is_some_and(|held| *scope <= held))
    };
    Permission::ALL
        .iter()
        .flat_map(|permission| covered(*permission).map(|scope| (*permission, scope)))
        .collect()
}

fn reaches_no_further(set: &PermissionSet, other: &PermissionSet) -> bool {
    reach(set).is_subset(&reach(other))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn within_is_what_can_be_done(a in group(), b in group()) {
        prop_assert_eq!(a.is_within(&b), reaches_no_further(&a, &b));
        prop_assert!(a.is_within(&a));
        prop_assert!(PermissionSet::default().is_within(&a));
        prop_assert_eq!(a.is_within(&b) && b.is_within(&a), a == b);
        let both: PermissionSet = a.iter().chain(b.iter()).collect();
        prop_assert!(a.is_within(&both) && b.is_within(&both));
    }

    /// However a group is edited, no action reaches further than what can be seen, and nothing is added to what
    /// was chosen.
    #[test]
    fn no_action_reaches_further_than_its_view(before in group(), chosen in group()) {
        let Ok(kept) = chosen.following(&before) else { return Ok(()) };
        prop_assert!(kept.is_within(&chosen));
        for (permission, scope) in kept.iter() {
            if let Some(view) = permission.needs() {
                prop_assert!(Some(scope) <= kept.scope_of(view));
            }
        }
        prop_assert_eq!(kept.following(&before), Ok(kept.clone()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    /// A company's people give each other groups, as far as they may. Whatever they try, in whatever order, nobody
    /// comes to hold what the giver did not hold in that moment, nobody raises themselves, and nobody can do
    /// anything that none of them could do before.
    #[test]
    fn nobody_ends_with_more_than_could_be_given(
        people in vec(group(), 2..5),
        groups in vec(group(), 1..6),
        requests in vec((0..5_usize, 0..5_usize, 0..11_usize), 0..16),
    ) {
        let mut held = people.clone();
        let at_first: PermissionSet = people.iter().flat_map(PermissionSet::iter).collect();
        for (giver, receiver, group) in requests {
            let (giver, receiver) = (giver % held.len(), receiver % held.len());
            // One of the groups, or what somebody holds, which is more often within reach.
            let given = groups.get(group).or_else(|| people.get(group % people.len())).expect("a group").clone();
            if giver == receiver || !may_give(&held[giver], &given) {
                continue;
            }
            prop_assert!(reaches_no_further(&given, &held[giver]));
            held[receiver] = given;
        }
        for set in &held {
            prop_assert!(reaches_no_further(set, &at_first));
        }
    }
}
