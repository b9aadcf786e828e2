//! Every page.

use uuid::Uuid;

use crate::people::{
    ADMINISTRATORS, ALL_STAFF, CUSTOMERS, EVERYBODY, IN_PORTAL, MANAGERS, OF_ACME, OF_ADDRESSES, People,
    SEES_MEMBERS, SEES_STATEMENT, SIGNERS,
    Who::{self, *},
};

/// Path as the router has it, path to ask for, and who sees the page.
pub fn pages(people: &People) -> Vec<(&'static str, String, &'static [Who])> {
    let contact = &people.contact;
    let fixed = |path: &'static str, who: &'static [Who]| (path, path.to_owned(), who);
    let nobody = Uuid::now_v7();
    vec![
        fixed("/login", &[Anonymous, Revoked, Expired, Halfway, Enrolling, Visitor]),
        fixed("/login/two-factor", &[Halfway]),
        fixed("/login/recovery", &[Halfway]),
        fixed("/login/enrol", &[Enrolling]),
        fixed("/reset", &EVERYBODY),
        fixed("/logout", &EVERYBODY),
        fixed("/my", IN_PORTAL),
        fixed("/my/search", IN_PORTAL),
        fixed("/my/statement", SEES_STATEMENT),
        fixed("/my/tickets/new", CUSTOMERS),
        fixed("/my/members", SEES_MEMBERS),
        fixed("/my/companies", CUSTOMERS),
        fixed("/my/security", CUSTOMERS),
        fixed("/my/account", CUSTOMERS),
        fixed("/my/addresses", OF_ADDRESSES),
        fixed("/my/addresses/new", CUSTOMERS),
        ("/my/addresses/{id}", format!("/my/addresses/{}", people.address), &[Customer, CompanyAdmin]),
        fixed("/my/privacy", CUSTOMERS),
        fixed("/my/privacy/close", CUSTOMERS),
        fixed("/staff/security", ALL_STAFF),
        fixed("/my/security/two-factor", CUSTOMERS),
        fixed("/staff/security/two-factor", ALL_STAFF),
        fixed("/my/security/password", CUSTOMERS),
        fixed("/staff/security/password", ALL_STAFF),
        fixed("/my/security/passkeys/new", CUSTOMERS),
        fixed("/staff/security/passkeys/new", ALL_STAFF),
        ("/my/security/passkeys/{id}", format!("/my/security/passkeys/{nobody}"), &[]),
        ("/staff/security/passkeys/{id}", format!("/staff/security/passkeys/{nobody}"), &[]),
        ("/my/{kind}", "/my/invoices".to_owned(), IN_PORTAL),
        ("/my/{kind}/{id}", format!("/my/invoices/{}", people.invoice), OF_ACME),
        ("/my/{kind}/{id}/sign", format!("/my/sales/{}/sign", people.quotation), SIGNERS),
        ("/my/{kind}/{id}/decline", format!("/my/sales/{}/decline", people.quotation), SIGNERS),
        (
            "/staff/documents/{id}/original",
            format!("/staff/documents/{}/original", people.invoice),
            ALL_STAFF,
        ),
        fixed("/staff", ALL_STAFF),
        fixed("/staff/contacts", ALL_STAFF),
        fixed("/staff/contacts/new", MANAGERS),
        fixed("/staff/contacts/bulk", MANAGERS),
        (
            "/staff/contacts/{id}/portal-users/new",
            format!("/staff/contacts/{contact}/portal-users/new"),
            MANAGERS,
        ),
        ("/staff/contacts/{id}/portal-user", format!("/staff/contacts/{}/portal-user", people.ann), MANAGERS),
        ("/staff/contacts/{id}", format!("/staff/contacts/{contact}"), ALL_STAFF),
        ("/staff/contacts/{id}/edit", format!("/staff/contacts/{contact}/edit"), MANAGERS),
        ("/staff/contacts/{id}/password", format!("/staff/contacts/{contact}/password"), MANAGERS),
        fixed("/staff/settings/users", ADMINISTRATORS),
        fixed("/staff/settings/users/new", ADMINISTRATORS),
        ("/staff/settings/users/{id}", format!("/staff/settings/users/{}", people.user), ADMINISTRATORS),
        (
            "/staff/settings/users/{id}/edit",
            format!("/staff/settings/users/{}/edit", people.user),
            ADMINISTRATORS,
        ),
        ("/staff/contacts/{id}/access", format!("/staff/contacts/{contact}/access"), MANAGERS),
        ("/staff/contacts/{id}/view-as", format!("/staff/contacts/{contact}/view-as"), MANAGERS),
        fixed("/my/members/access", SEES_MEMBERS),
        fixed("/staff/documents", ALL_STAFF),
        fixed("/staff/documents/new", ALL_STAFF),
        ("/staff/documents/{id}", format!("/staff/documents/{}", people.invoice), ALL_STAFF),
        ("/staff/documents/{id}/edit", format!("/staff/documents/{}/edit", people.invoice), ALL_STAFF),
        fixed("/staff/import", ADMINISTRATORS),
        fixed("/staff/mail", ADMINISTRATORS),
        fixed("/staff/settings/groups", ADMINISTRATORS),
        fixed("/staff/settings/groups/new", ADMINISTRATORS),
        ("/staff/settings/groups/{id}", format!("/staff/settings/groups/{}", people.group), ADMINISTRATORS),
        (
            "/staff/settings/groups/{id}/delete",
            format!("/staff/settings/groups/{}/delete", people.group),
            ADMINISTRATORS,
        ),
        fixed("/staff/audit", MANAGERS),
        fixed("/my/access-log", &[CompanyAdmin, Viewing]),
        fixed("/staff/settings/general", ADMINISTRATORS),
        fixed("/staff/settings/mail-templates", ADMINISTRATORS),
        (
            "/staff/settings/mail-templates/{kind}",
            "/staff/settings/mail-templates/further-company".to_owned(),
            ADMINISTRATORS,
        ),
    ]
}
