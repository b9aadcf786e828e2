//! Every plain form.

use uuid::Uuid;

use crate::people::{
    ADMINISTRATORS, ALL_STAFF, CUSTOMERS, MANAGERS, People, SIGNERS, WRITERS,
    Who::{self, *},
};

pub type Post = (&'static str, String, Vec<(&'static str, String)>, &'static [Who]);

/// Plain forms: path as the router has it, path to post to, fields that change nothing, and who may.
///
/// What is allowed answers with a page or a redirect, and what is not as if it did not exist.
pub fn posts(people: &People) -> Vec<Post> {
    let contact = &people.contact;
    let of_contact = |rest: &str| format!("/staff/contacts/{contact}/{rest}");
    let of_user = |rest: &str| format!("/staff/settings/users/{}{rest}", people.user);
    let nobody = Uuid::now_v7();
    vec![
        (
            "/staff/contacts/new",
            "/staff/contacts/new".into(),
            vec![("name", "New".into()), ("kind", "person".into())],
            MANAGERS,
        ),
        ("/staff/contacts/{id}/edit", of_contact("edit"), vec![("name", String::new())], MANAGERS),
        ("/staff/contacts/{id}/archive", of_contact("archive"), vec![("restore", "true".into())], MANAGERS),
        ("/staff/contacts/bulk", "/staff/contacts/bulk".into(), vec![("change", "grant".into())], MANAGERS),
        ("/staff/contacts/{id}/portal-users/new", of_contact("portal-users/new"), vec![], MANAGERS),
        (
            "/staff/contacts/{id}/portal-user",
            format!("/staff/contacts/{}/portal-user", people.ann),
            vec![("what", "save".into()), ("valid_from", "never".into())],
            MANAGERS,
        ),
        (
            "/staff/contacts/{id}",
            format!("/staff/contacts/{contact}"),
            vec![("what", "undo".into())],
            MANAGERS,
        ),
        ("/my/{kind}/{id}/sign", format!("/my/sales/{}/sign", people.quotation), vec![], SIGNERS),
        ("/my/{kind}/{id}/decline", format!("/my/sales/{}/decline", people.quotation), vec![], SIGNERS),
        ("/my/{kind}/{id}/sign", format!("/my/invoices/{}/sign", people.invoice), vec![], &[]),
        (
            "/staff/documents/{id}/original",
            format!("/staff/documents/{}/original", people.invoice),
            vec![],
            ALL_STAFF,
        ),
        (
            "/staff/documents/{id}/messages",
            format!("/staff/documents/{}/messages", people.invoice),
            vec![],
            ALL_STAFF,
        ),
        (
            "/staff/documents/{id}/follow",
            format!("/staff/documents/{}/follow", people.invoice),
            vec![("follow", "no".into())],
            ALL_STAFF,
        ),
        ("/my/tickets/new", "/my/tickets/new".into(), vec![], CUSTOMERS),
        (
            "/my/{kind}/{id}/state",
            format!("/my/tickets/{}/state", people.ticket),
            vec![("state", "open".into())],
            WRITERS,
        ),
        ("/my/{kind}/{id}/state", format!("/my/invoices/{}/state", people.invoice), vec![], &[]),
        (
            "/staff/documents/{id}/state",
            format!("/staff/documents/{}/state", people.ticket),
            vec![("state", "open".into())],
            ALL_STAFF,
        ),
        ("/my/{kind}/{id}/messages", format!("/my/invoices/{}/messages", people.invoice), vec![], WRITERS),
        (
            "/my/{kind}/{id}/follow",
            format!("/my/invoices/{}/follow", people.invoice),
            vec![("follow", "no".into())],
            WRITERS,
        ),
        (
            "/staff/documents/{id}/original/remove",
            format!("/staff/documents/{}/original/remove", people.invoice),
            vec![],
            ALL_STAFF,
        ),
        ("/my/security/password", "/my/security/password".into(), vec![], CUSTOMERS),
        ("/staff/security/password", "/staff/security/password".into(), vec![], ALL_STAFF),
        ("/my/members", "/my/members".into(), vec![("what", "invite".into())], &[CompanyAdmin]),
        (
            "/my/members",
            "/my/members".into(),
            vec![("what", "regroup".into()), ("member", people.ann.clone()), ("group", nobody.to_string())],
            &[CompanyAdmin],
        ),
        (
            "/my/members",
            "/my/members".into(),
            vec![("what", "remove".into()), ("member", nobody.to_string())],
            &[],
        ),
        ("/my/account", "/my/account".into(), vec![("what", "fields".into())], CUSTOMERS),
        ("/my/account", "/my/account".into(), vec![("what", "save".into())], CUSTOMERS),
        ("/my/account", "/my/account".into(), vec![("what", "request".into())], CUSTOMERS),
        ("/my/account", "/my/account".into(), vec![("what", "cancel-email".into())], CUSTOMERS),
        ("/my/account", "/my/account".into(), vec![("what", "else".into())], &[]),
        ("/my/addresses/new", "/my/addresses/new".into(), vec![("what", "fields".into())], CUSTOMERS),
        ("/my/addresses/new", "/my/addresses/new".into(), vec![], CUSTOMERS),
        (
            "/my/addresses/{id}",
            format!("/my/addresses/{}", people.address),
            vec![("what", "save".into()), ("version", "1".into())],
            &[Customer, CompanyAdmin],
        ),
        (
            "/my/addresses",
            "/my/addresses".into(),
            vec![("what", "restore".into()), ("address", people.address.to_string())],
            &[Customer, CompanyAdmin],
        ),
        (
            "/my/addresses",
            "/my/addresses".into(),
            vec![("what", "remove".into()), ("address", nobody.to_string())],
            &[],
        ),
        ("/my/security/passkeys/begin", "/my/security/passkeys/begin".into(), vec![], CUSTOMERS),
        ("/my/security/passkeys/finish", "/my/security/passkeys/finish".into(), vec![], CUSTOMERS),
        ("/my/security/passkeys/{id}", format!("/my/security/passkeys/{nobody}"), vec![], &[]),
        ("/staff/security/passkeys/begin", "/staff/security/passkeys/begin".into(), vec![], ALL_STAFF),
        ("/staff/security/passkeys/finish", "/staff/security/passkeys/finish".into(), vec![], ALL_STAFF),
        (
            "/staff/security/passkeys/{id}",
            format!("/staff/security/passkeys/{nobody}"),
            vec![("do", "rename".into()), ("name", "Stolen".into())],
            &[],
        ),
        ("/my/companies", "/my/companies".into(), vec![("membership", nobody.to_string())], &[]),
        (
            "/my/security/two-factor",
            "/my/security/two-factor".into(),
            vec![("do", "disable".into())],
            CUSTOMERS,
        ),
        (
            "/staff/security/two-factor",
            "/staff/security/two-factor".into(),
            vec![("do", "codes".into())],
            ALL_STAFF,
        ),
        (
            "/my/security/sessions",
            "/my/security/sessions".into(),
            vec![("do", "end".into()), ("id", nobody.to_string())],
            CUSTOMERS,
        ),
        (
            "/my/security/sessions",
            "/my/security/sessions".into(),
            vec![("do", "distrust".into()), ("id", nobody.to_string())],
            CUSTOMERS,
        ),
        ("/my/security/sessions", "/my/security/sessions".into(), vec![("do", "nothing".into())], &[]),
        (
            "/staff/security/sessions",
            "/staff/security/sessions".into(),
            vec![("do", "distrust-all".into())],
            ALL_STAFF,
        ),
        ("/my/privacy", "/my/privacy".into(), vec![("payments", "true".into())], CUSTOMERS),
        ("/my/privacy/export", "/my/privacy/export".into(), vec![], CUSTOMERS),
        ("/my/privacy/close", "/my/privacy/close".into(), vec![("login", String::new())], CUSTOMERS),
        (
            "/staff/settings/general",
            "/staff/settings/general".into(),
            vec![("business", String::new())],
            ADMINISTRATORS,
        ),
        (
            "/staff/settings/general/logo/remove",
            "/staff/settings/general/logo/remove".into(),
            vec![],
            ADMINISTRATORS,
        ),
        (
            "/staff/settings/mail-templates/{kind}",
            "/staff/settings/mail-templates/invitation".into(),
            vec![("mode", "preview".into())],
            ADMINISTRATORS,
        ),
        (
            "/staff/settings/mail-templates/{kind}/reset",
            "/staff/settings/mail-templates/invitation/reset".into(),
            vec![],
            ADMINISTRATORS,
        ),
        (
            "/staff/contacts/{id}/secure-link/rotate",
            of_contact("secure-link/rotate"),
            vec![("generation", "-5".into())],
            MANAGERS,
        ),
        ("/staff/contacts/{id}/secure-link/off", of_contact("secure-link/off"), vec![], MANAGERS),
        ("/staff/contacts/{id}/secure-link/on", of_contact("secure-link/on"), vec![], MANAGERS),
        ("/staff/contacts/{id}/view-as", of_contact("view-as"), vec![("reason", String::new())], MANAGERS),
        ("/staff/view-as/leave", "/staff/view-as/leave".into(), vec![], ALL_STAFF),
        ("/staff/documentation/new", "/staff/documentation/new".into(), vec![], ALL_STAFF),
        (
            "/staff/documentation/{id}",
            format!("/staff/documentation/{}", people.article),
            vec![("what", "preview".into())],
            ALL_STAFF,
        ),
        (
            "/staff/documentation/{id}",
            format!("/staff/documentation/{}", people.article),
            vec![("what", "publish".into())],
            ALL_STAFF,
        ),
        (
            "/staff/documentation/{id}",
            format!("/staff/documentation/{nobody}"),
            vec![("what", "unpublish".into())],
            &[],
        ),
        (
            "/staff/documents",
            "/staff/documents?kind=invoices".into(),
            vec![("do", "publish".into()), ("document", people.invoice.to_string())],
            ALL_STAFF,
        ),
        (
            "/staff/documents",
            "/staff/documents".into(),
            vec![("do", "publish".into()), ("document", nobody.to_string())],
            &[],
        ),
        (
            "/staff/documents/{id}",
            format!("/staff/documents/{}", people.invoice),
            vec![("do", "publish".into())],
            ALL_STAFF,
        ),
        ("/staff/documents/{id}", format!("/staff/documents/{nobody}"), vec![("do", "publish".into())], &[]),
        ("/staff/documents/new", "/staff/documents/new?kind=projects".into(), vec![], ALL_STAFF),
        (
            "/staff/documents/new",
            "/staff/documents/new?kind=sales".into(),
            vec![("what", "find".into()), ("customer", "acme".into())],
            ALL_STAFF,
        ),
        ("/staff/documents/new", "/staff/documents/new?kind=secrets".into(), vec![], &[]),
        (
            "/staff/documents/{id}/edit",
            format!("/staff/documents/{}/edit", people.invoice),
            vec![("version", "0".into())],
            ALL_STAFF,
        ),
        (
            "/staff/documents/{id}/edit",
            format!("/staff/documents/{nobody}/edit"),
            vec![("what", "lines".into())],
            &[],
        ),
        ("/staff/mail", "/staff/mail".into(), vec![("mail", people.mail.to_string())], &[]),
        (
            "/staff/settings/groups/new",
            "/staff/settings/groups/new".into(),
            vec![("name", "New".into())],
            ADMINISTRATORS,
        ),
        (
            "/staff/settings/groups/{id}",
            format!("/staff/settings/groups/{}", people.group),
            vec![("name", "Limited".into()), ("version", "1".into())],
            ADMINISTRATORS,
        ),
        ("/staff/settings/groups/{id}", format!("/staff/settings/groups/{nobody}"), vec![], &[]),
        (
            "/staff/settings/groups/{id}/delete",
            format!("/staff/settings/groups/{}/delete", people.group),
            vec![],
            ADMINISTRATORS,
        ),
        // Deleting what is gone already is done.
        (
            "/staff/settings/groups/{id}/delete",
            format!("/staff/settings/groups/{nobody}/delete"),
            vec![],
            ADMINISTRATORS,
        ),
        (
            "/staff/contacts/{id}/password",
            of_contact("password"),
            vec![("do", "reset".into()), ("user", people.user.to_string())],
            MANAGERS,
        ),
        (
            "/staff/settings/users/new",
            "/staff/settings/users/new".into(),
            vec![("name", "New".into()), ("email", "new@business.example".into()), ("role", "staff".into())],
            ADMINISTRATORS,
        ),
        (
            "/staff/settings/users/{id}/edit",
            of_user("/edit"),
            vec![("name", "Ann".into()), ("login", "ann@acme.example".into())],
            ADMINISTRATORS,
        ),
        ("/staff/settings/users/{id}", of_user(""), vec![("do", "reset".into())], ADMINISTRATORS),
        ("/staff/settings/users/{id}", of_user(""), vec![("do", "set-password".into())], ADMINISTRATORS),
        ("/staff/settings/users/{id}", of_user(""), vec![("do", "enable".into())], ADMINISTRATORS),
        ("/staff/settings/users/{id}", of_user(""), vec![("do", "nothing".into())], &[]),
        (
            "/staff/settings/users/{id}",
            of_user(""),
            vec![("do", "role".into()), ("role", "king".into())],
            &[],
        ),
    ]
}

/// Forms that anybody may post, or that have tests of their own.
pub const ELSEWHERE: [&str; 14] = [
    "/confirm/{token}",
    "/login",
    "/login/two-factor",
    "/login/recovery",
    "/login/enrol",
    "/login/passkey/begin",
    "/login/passkey/finish",
    "/logout",
    "/accept/{token}",
    "/setup/{token}",
    "/reset",
    "/reset/{token}",
    "/link/{token}",
    "/staff/import",
];
