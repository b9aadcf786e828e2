use domain::{access::RowChange, ids::ContactId};
use services::{Cx, ServiceError, access};

use crate::support::{Portal, on_each_database};

struct Acme {
    company: ContactId,
    boss: ContactId,
    ann: ContactId,
    boss_cx: Cx,
    ann_cx: Cx,
    zoe: ContactId,
    zoe_cx: Cx,
}

/// A Company admin and a colleague at one company, and a Company admin of another.
async fn acme(portal: &Portal) -> Acme {
    let (company, zeta) = (portal.company("Acme").await, portal.company("Zeta").await);
    let boss = portal.person(company, "Boss", "boss@acme.example").await;
    let ann = portal.person(company, "Ann", "ann@acme.example").await;
    let zoe = portal.person(zeta, "Zoe", "zoe@zeta.example").await;
    portal.customer(boss, "boss@acme.example").await;
    portal.customer(zoe, "zoe@zeta.example").await;
    Acme {
        company,
        boss,
        ann,
        ann_cx: portal.customer(ann, "ann@acme.example").await,
        boss_cx: portal.regroup(boss, "company_admin").await,
        zoe,
        zoe_cx: portal.regroup(zoe, "company_admin").await,
    }
}

fn is_not_found<T: std::fmt::Debug>(result: Result<T, ServiceError>) -> bool {
    matches!(result, Err(ServiceError::NotFound))
}

#[test]
fn members_are_managed_by_whoever_has_the_right_and_within_the_company() {
    on_each_database(|portal| async move {
        let Acme { boss, ann, boss_cx, ann_cx, zoe_cx, .. } = acme(&portal).await;
        let limited = portal.group("limited").await.to_string();
        let seen = access::list_members(&boss_cx).await.expect("the list");
        let names: Vec<&str> = seen.members.iter().map(|member| member.user.name.as_str()).collect();
        assert_eq!(names, ["Ann", "Boss"]);
        assert!(seen.members[1].is_self && seen.members[0].may_edit && seen.may_invite);

        let anonymous = portal.anonymous();
        assert!(matches!(access::list_members(&anonymous).await, Err(ServiceError::Unauthenticated)));
        for cx in [&ann_cx, &portal.staff(domain::access::StaffRole::Administrator).await] {
            assert!(is_not_found(access::list_members(cx).await));
            assert!(is_not_found(access::invite_member(cx, "X", "x@acme.example", &limited).await));
            assert!(is_not_found(access::edit_member(cx, boss, &limited).await));
            assert!(is_not_found(access::remove_member(cx, boss).await));
        }
        assert!(is_not_found(access::edit_member(&zoe_cx, ann, &limited).await), "another company's");
        assert!(is_not_found(access::remove_member(&zoe_cx, ann).await), "another company's");

        access::edit_member(&boss_cx, ann, &limited).await.expect("edits");
        access::remove_member(&boss_cx, ann).await.expect("removes");
        assert!(portal.again(&ann_cx).await.is_none(), "at the next request");
        assert_eq!(access::list_members(&boss_cx).await.expect("the list").members.len(), 1);
    });
}

#[test]
fn nobody_gives_more_than_they_have_or_touches_whoever_has_more() {
    on_each_database(|portal| async move {
        let Acme { boss, ann, .. } = acme(&portal).await;
        // A group that manages members and sees nothing else.
        let managers = portal
            .new_group("Managers", &["members.view", "members.invite", "members.edit", "members.remove"])
            .await;
        let ann_cx = portal.regroup_to(ann, managers).await;
        let seen = access::list_members(&ann_cx).await.expect("the list");
        let groups: Vec<&str> = seen.groups.iter().map(|group| group.name.as_str()).collect();
        assert_eq!(groups, ["Managers", "No access"]);
        let standard = portal.group("standard").await.to_string();
        for above in [standard.as_str(), "x"] {
            let invited = access::invite_member(&ann_cx, "X", "x@acme.example", above).await;
            assert!(matches!(invited, Err(ServiceError::Invalid(_))), "{invited:?}");
            let raised = access::edit_member(&ann_cx, ann, above).await;
            assert!(matches!(raised, Err(ServiceError::Invalid(_))), "{raised:?}");
        }
        assert!(is_not_found(access::edit_member(&ann_cx, boss, &managers.to_string()).await));
        assert!(is_not_found(access::remove_member(&ann_cx, boss).await));
        let boss_row = seen.members.iter().find(|member| member.user.contact == boss).expect("there");
        assert!(!boss_row.may_edit && !boss_row.may_remove);
    });
}

#[test]
fn the_last_who_manages_members_stays() {
    on_each_database(|portal| async move {
        let Acme { boss, ann, boss_cx, .. } = acme(&portal).await;
        let (limited, admin) = (portal.group("limited").await, portal.group("company_admin").await);
        for refused in [
            access::remove_member(&boss_cx, boss).await,
            access::edit_member(&boss_cx, boss, &limited.to_string()).await,
        ] {
            assert!(matches!(refused, Err(ServiceError::Refused(_))), "{refused:?}");
        }
        access::edit_member(&boss_cx, ann, &admin.to_string()).await.expect("edits");
        access::remove_member(&boss_cx, boss).await.expect("somebody is left");
    });
}

#[test]
fn an_invitation_tells_nothing_of_other_companies() {
    on_each_database(|portal| async move {
        let Acme { boss_cx, company, zoe, .. } = acme(&portal).await;
        let limited = portal.group("limited").await.to_string();
        let before = portal.mails().await.len();
        access::invite_member(&boss_cx, "New", "new@acme.example", &limited).await.expect("invites");
        access::invite_member(&boss_cx, "Zoe too", "zoe@zeta.example", &limited).await.expect("invites");
        assert_eq!(portal.mails().await.len(), before + 2);
        let members = access::list_members(&boss_cx).await.expect("the list").members;
        let of = |name: &str| {
            let user = members.iter().find(|member| member.user.name == name).expect("there").user.clone();
            (user.state, user.last_authenticated, user.group_name)
        };
        assert_eq!(of("New"), of("Zoe too"), "one looks like the other");

        let again = access::invite_member(&boss_cx, "New", "new@acme.example", &limited).await;
        assert!(matches!(again, Err(ServiceError::Invalid(_))), "{again:?}");
        for (name, email) in [("", "y@acme.example"), ("Y", "y"), ("Y", "")] {
            let refused = access::invite_member(&boss_cx, name, email, &limited).await;
            assert!(matches!(refused, Err(ServiceError::Invalid(_))), "{refused:?}");
        }
        // A recorded contact is used rather than doubled.
        let cid = portal.person(company, "Cid", "cid@acme.example").await;
        access::invite_member(&boss_cx, "", "cid@acme.example", &limited).await.expect("invites");
        let page = access::get_portal_user(&portal.system(), cid).await.expect("a portal user");
        assert_eq!(page.user.group_name, "Limited");
        portal.change(zoe, "", RowChange::Revoke).await;
    });
}
