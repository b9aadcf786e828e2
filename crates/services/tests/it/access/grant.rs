use domain::{
    access::{EmailState, PortalState, RowChange, RowOutcome, RowRequest, StaffRole},
    ids::ContactId,
};
use services::{ServiceError, access, contacts};

use crate::support::{PASSWORD, Portal, on_each_database};

fn request(contact: ContactId, email: &str, change: RowChange) -> RowRequest {
    RowRequest { contact, email: email.to_owned(), change, group: None }
}

fn refusal(outcome: &RowOutcome) -> &str {
    match outcome {
        RowOutcome::Refused { reason, .. } => reason,
        RowOutcome::Done { .. } => panic!("not refused: {outcome:?}"),
    }
}

fn state(outcome: &RowOutcome) -> PortalState {
    match outcome {
        RowOutcome::Done { row, .. } => row.state,
        RowOutcome::Refused { .. } => panic!("refused: {outcome:?}"),
    }
}

/// W1 of the acceptance cases, and who else may not.
#[test]
fn only_those_who_manage_access_get_in() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let ann = portal.person(acme, "Ann", "ann@acme.example").await;
        let customer = portal.customer(ann, "ann@acme.example").await;
        let staff = portal.staff(StaffRole::Staff).await;
        let manager = portal.staff(StaffRole::ContactManager).await;
        let anonymous = portal.anonymous();
        let ask = [request(ann, "x@acme.example", RowChange::Revoke)];
        for (cx, may) in
            [(&anonymous, None), (&customer, Some(false)), (&staff, Some(false)), (&manager, Some(true))]
        {
            let answers = [
                access::list_grant_rows(cx, &[acme]).await.map(|_| ()),
                access::check_emails(cx, &[(ann, "ann@acme.example".to_owned())]).await.map(|_| ()),
                access::change_access(cx, &ask, "").await.map(|_| ()),
            ];
            for answer in answers {
                match may {
                    None => assert!(matches!(answer, Err(ServiceError::Unauthenticated)), "{answer:?}"),
                    Some(false) => assert!(matches!(answer, Err(ServiceError::NotFound)), "{answer:?}"),
                    Some(true) => assert!(answer.is_ok(), "{answer:?}"),
                }
            }
        }
    });
}

/// W2: a new email is written back, and exactly one mail goes out.
#[test]
fn granting_under_a_new_email_makes_a_user_and_writes_the_email_back() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let ann = portal.person(acme, "Ann", "").await;
        let before = access::list_grant_rows(&portal.system(), &[ann]).await.expect("rows");
        assert_eq!(before.rows[0].state, PortalState::None);
        assert_eq!(before.rows[0].email_state, EmailState::Missing);

        let outcome = portal.change(ann, " Ann@Acme.example ", RowChange::Grant).await;
        assert_eq!(state(&outcome), PortalState::Invited);
        let page = contacts::get_contact(&portal.system(), ann).await.expect("the contact");
        assert_eq!(page.form.email, "ann@acme.example");
        let mails = portal.mails().await;
        assert_eq!(mails.len(), 1);
        assert_eq!((mails[0].to_email.as_str(), mails[0].state.as_str()), ("ann@acme.example", "queued"));
    });
}

/// W4 and W5: refused with a reason each, and the good rows go through.
#[test]
fn each_bad_row_says_why_and_stops_no_other() {
    on_each_database(|portal| async move {
        let admin =
            services::auth::create_administrator(&portal.system(), "boss@business.example", PASSWORD).await;
        admin.expect("an administrator");
        let acme = portal.company("Acme").await;
        let mut people = Vec::new();
        for name in ["Ann", "Bob", "Cid", "Dee", "Eve", "Fay"] {
            people.push(portal.person(acme, name, "").await);
        }
        let asked = [
            request(people[0], "ann@acme.example", RowChange::Grant),
            request(people[1], "", RowChange::Grant),
            request(people[2], "bob@@x", RowChange::Grant),
            request(people[3], "boss@business.example", RowChange::Grant),
            request(people[4], "ANN@acme.example", RowChange::Grant),
            request(people[5], "fay@acme.example", RowChange::Grant),
        ];
        let outcomes = access::change_access(&portal.system(), &asked, "Welcome!").await.expect("answers");
        assert_eq!(state(&outcomes[0]), PortalState::Invited);
        assert!(refusal(&outcomes[1]).contains("Enter an email"));
        assert!(refusal(&outcomes[2]).contains("Not a valid address"));
        assert!(refusal(&outcomes[3]).contains("staff member"));
        assert!(refusal(&outcomes[4]).contains("Already used by Ann"));
        assert_eq!(state(&outcomes[5]), PortalState::Invited);
        let mails = portal.mails().await;
        assert_eq!(mails.len(), 2);
        assert!(mails.iter().all(|mail| mail.text_body.contains("Welcome!")));
        let untouched = contacts::get_contact(&portal.system(), people[2]).await.expect("the contact");
        assert_eq!(untouched.form.email, "", "a refused row changes nothing");
    });
}

#[test]
fn granting_twice_is_one_grant_and_says_so() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let ann = portal.person(acme, "Ann", "ann@acme.example").await;
        portal.change(ann, "ann@acme.example", RowChange::Grant).await;
        let again = portal.change(ann, "ann@acme.example", RowChange::Grant).await;
        let RowOutcome::Done { message, .. } = &again else { panic!("refused: {again:?}") };
        assert!(message.contains("already"), "{message}");
        assert_eq!(portal.mails().await.len(), 1);
    });
}

#[test]
fn two_who_grant_at_once_make_one_membership_and_one_mail() {
    on_each_database(|portal| async move {
        for round in 0..10 {
            let company = portal.company(&format!("Company {round}")).await;
            let email = format!("ann{round}@acme.example");
            let ann = portal.person(company, "Ann", &email).await;
            let before = portal.mails().await.len();
            tokio::join!(
                portal.change(ann, &email, RowChange::Grant),
                portal.change(ann, &email, RowChange::Grant)
            );
            assert_eq!(portal.mails().await.len(), before + 1, "{}", portal.database);
        }
    });
}

#[test]
fn two_who_grant_one_contact_under_two_emails_make_one_membership() {
    on_each_database(|portal| async move {
        for round in 0..10 {
            let company = portal.company(&format!("Company {round}")).await;
            let ann = portal.person(company, "Ann", "").await;
            let before = portal.mails().await.len();
            let emails = [format!("ann{round}@acme.example"), format!("other{round}@acme.example")];
            tokio::join!(
                portal.change(ann, &emails[0], RowChange::Grant),
                portal.change(ann, &emails[1], RowChange::Grant)
            );
            assert_eq!(portal.mails().await.len(), before + 1, "{}", portal.database);
        }
    });
}

#[test]
fn accepting_and_revoking_at_once_never_leaves_access_behind() {
    on_each_database(|portal| async move {
        for round in 0..10 {
            let company = portal.company(&format!("Company {round}")).await;
            let email = format!("ann{round}@acme.example");
            let ann = portal.person(company, "Ann", &email).await;
            portal.change(ann, &email, RowChange::Grant).await;
            let secret = portal.newest_link_secret().await;
            let cx = portal.anonymous();
            // Whoever comes first: accepted and then revoked, or revoked and then refused.
            let (_accepted, _revoked) = tokio::join!(
                services::auth::accept_invitation(&cx, &secret, PASSWORD, PASSWORD),
                portal.change(ann, "", RowChange::Revoke)
            );
            let page = contacts::get_contact(&portal.system(), ann).await.expect("the contact");
            assert_eq!(page.state, PortalState::None, "{}", portal.database);
            assert!(services::auth::sign_in(&cx, &email, PASSWORD).await.is_err(), "{}", portal.database);
        }
    });
}

#[test]
fn a_new_email_on_an_unclaimed_invitation_moves_the_login() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let ann = portal.person(acme, "Ann", "an@acme.example").await;
        portal.change(ann, "an@acme.example", RowChange::Grant).await;
        let old = portal.newest_link_secret().await;
        let outcome = portal.change(ann, "ann@acme.example", RowChange::Reinvite).await;
        assert_eq!(state(&outcome), PortalState::Invited);
        let cx = portal.anonymous();
        assert!(services::auth::accept_invitation(&cx, &old, PASSWORD, PASSWORD).await.is_err());
        let mails = portal.mails().await;
        assert_eq!(mails.len(), 1, "the unsent first invitation is not sent beside the second");
        let new = portal.newest_link_secret().await;
        services::auth::accept_invitation(&cx, &new, PASSWORD, PASSWORD).await.expect("accepts");
        assert!(services::auth::sign_in(&cx, "ann@acme.example", PASSWORD).await.is_ok());
        assert!(services::auth::sign_in(&cx, "an@acme.example", PASSWORD).await.is_err());
    });
}

#[test]
fn somebody_on_the_company_itself_gets_everything_and_on_a_person_the_default() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let ann = portal.person(acme, "Ann", "ann@acme.example").await;
        let boss = portal.customer(acme, "office@acme.example").await;
        let ann = portal.customer(ann, "ann@acme.example").await;
        let may_invite = |cx: &services::Cx| match cx.actor().me().expect("signed in").side {
            domain::users::Side::Portal { permissions, .. } => {
                permissions.scope_of(domain::access::Permission::MembersInvite).is_some()
            }
            domain::users::Side::Staff { .. } => false,
        };
        assert!(may_invite(&boss) && !may_invite(&ann));
    });
}

#[test]
fn emails_are_judged_as_typed() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let zeta = portal.company("Zeta").await;
        let ann = portal.person(acme, "Ann", "ann@acme.example").await;
        let bob = portal.person(acme, "Bob", "").await;
        let zoe = portal.person(zeta, "Zoe", "").await;
        portal.change(ann, "ann@acme.example", RowChange::Grant).await;
        let judge = |contact, email: &str| {
            let typed = [(contact, email.to_owned())];
            let cx = portal.system();
            async move { access::check_emails(&cx, &typed).await.expect("answers").remove(0) }
        };
        assert_eq!(judge(bob, "bob@acme.example").await, EmailState::Good);
        assert_eq!(judge(bob, "bob@@x").await, EmailState::Invalid);
        assert_eq!(judge(bob, "ANN@ACME.example").await, EmailState::TakenInCompany("Ann".into()));
        assert_eq!(judge(zoe, "ann@acme.example").await, EmailState::KnownElsewhere);
        let twice = [(bob, "new@acme.example".to_owned()), (zoe, "NEW@acme.example".to_owned())];
        let states = access::check_emails(&portal.system(), &twice).await.expect("answers");
        assert_eq!(states, [EmailState::Repeated, EmailState::Repeated]);
    });
}

async fn acme_with_people(portal: &Portal, people: usize) -> ContactId {
    let acme = portal.company("Acme").await;
    for n in 0..people {
        portal.person(acme, &format!("Person {n:03}"), &format!("p{n}@acme.example")).await;
    }
    acme
}

#[test]
fn a_company_lists_itself_and_all_its_people_and_grants_them_in_one_go() {
    on_each_database(|portal| async move {
        let acme = acme_with_people(&portal, 120).await;
        let table = access::list_grant_rows(&portal.system(), &[acme]).await.expect("rows");
        assert_eq!(table.rows.len(), 121);
        assert_eq!(table.rows[0].contact, acme);
        let asked: Vec<RowRequest> =
            table.rows[1..].iter().map(|row| request(row.contact, &row.email, RowChange::Grant)).collect();
        let outcomes = access::change_access(&portal.system(), &asked, "").await.expect("answers");
        assert!(outcomes.iter().all(|outcome| state(outcome) == PortalState::Invited));
        assert_eq!(portal.mails().await.len(), 120);
    });
}
