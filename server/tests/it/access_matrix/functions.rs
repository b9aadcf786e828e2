//! Every server function.

use serde_json::{Value, json};

use crate::people::{
    ADMINISTRATORS, ALL_STAFF, CUSTOMERS, HOLDERS, IN_PORTAL, MANAGERS, OF_ACME, OF_ADDRESSES, People,
    READERS, SEES_MEMBERS, SEES_STATEMENT,
    Who::{self, *},
};

/// Path, a body that is right for somebody allowed, and who that is.
pub fn functions(people: &People) -> Vec<(&'static str, Value, &'static [Who])> {
    let contact = &people.contact;
    let row = json!({ "contact": contact, "email": "x", "change": "UndoRevoke" });
    let form = json!({ "name": "New", "kind": "person" });
    vec![
        ("/fn/staff/contacts/list_contacts", json!({ "filter": {} }), ALL_STAFF),
        ("/fn/staff/contacts/get_contact", json!({ "id": contact }), ALL_STAFF),
        ("/fn/staff/contacts/list_companies", json!({}), MANAGERS),
        ("/fn/staff/contacts/save_contact", json!({ "id": null, "form": form }), MANAGERS),
        ("/fn/staff/contacts/archive_contact", json!({ "id": contact, "archive": false }), MANAGERS),
        ("/fn/staff/access/list_grant_rows", json!({ "contacts": [contact] }), MANAGERS),
        ("/fn/staff/access/check_emails", json!({ "typed": [[contact, "x@acme.example"]] }), MANAGERS),
        ("/fn/staff/access/change_access", json!({ "rows": [row], "message": "" }), MANAGERS),
        ("/fn/staff/access/list_group_choices", json!({}), MANAGERS),
        ("/fn/staff/access/get_new_portal_user", json!({ "customer": contact, "chosen": null }), MANAGERS),
        ("/fn/staff/access/get_portal_user", json!({ "contact": people.ann }), MANAGERS),
        ("/fn/staff/access/list_bulk_rows", json!({ "targets": { "These": [contact] } }), MANAGERS),
        ("/fn/my/access/list_members", json!({}), SEES_MEMBERS),
        ("/fn/my/access/list_companies", json!({}), CUSTOMERS),
        ("/fn/my/documents/get_home", json!({}), IN_PORTAL),
        ("/fn/my/documents/search_all", json!({ "text": "inv" }), IN_PORTAL),
        ("/fn/my/documents/get_statement", json!({ "filter": {} }), SEES_STATEMENT),
        ("/fn/my/documents/list_documents", json!({ "request": { "kind": "Invoice" } }), IN_PORTAL),
        ("/fn/my/documents/get_new_ticket", json!({}), CUSTOMERS),
        ("/fn/my/documents/get_document", json!({ "kind": "Invoice", "id": people.invoice }), OF_ACME),
        ("/fn/my/articles/list_documentation", json!({ "search": "" }), READERS),
        ("/fn/my/articles/get_article", json!({ "id": people.article }), READERS),
        ("/fn/staff/articles/list_articles", json!({ "filter": {} }), ALL_STAFF),
        ("/fn/staff/articles/get_article_form", json!({ "id": people.article }), ALL_STAFF),
        ("/fn/staff/articles/preview_article", json!({ "body": "x" }), ALL_STAFF),
        ("/fn/staff/documents/list_documents", json!({ "filter": {} }), ALL_STAFF),
        ("/fn/staff/documents/get_document", json!({ "id": people.invoice }), ALL_STAFF),
        ("/fn/staff/documents/get_document_form", json!({ "request": { "id": people.invoice } }), ALL_STAFF),
        ("/fn/staff/groups/list_groups", json!({}), ADMINISTRATORS),
        ("/fn/staff/groups/get_group", json!({ "id": people.group }), ADMINISTRATORS),
        ("/fn/staff/mail/list_mail", json!({ "request": { "state": null, "page": {} } }), ADMINISTRATORS),
        ("/fn/staff/audit/list_events", json!({ "filter": {} }), MANAGERS),
        ("/fn/my/audit/list_access_log", json!({ "page": {} }), &[CompanyAdmin, Viewing]),
        ("/fn/staff/settings/get_general", json!({}), ADMINISTRATORS),
        ("/fn/staff/settings/get_mail_template", json!({ "kind": "invitation" }), ADMINISTRATORS),
        ("/fn/staff/users/list_users", json!({ "filter": {} }), ADMINISTRATORS),
        ("/fn/staff/users/get_user", json!({ "id": people.user }), ADMINISTRATORS),
        ("/fn/staff/users/list_contact_logins", json!({ "contact": contact }), MANAGERS),
        ("/fn/staff/explain/explain_access", json!({ "id": contact, "question": {} }), MANAGERS),
        ("/fn/my/explain/explain_member_access", json!({ "question": {} }), SEES_MEMBERS),
        ("/fn/staff/view_as/list_view_choices", json!({ "id": contact }), MANAGERS),
        ("/fn/account/get_security", json!({}), HOLDERS),
        ("/fn/account/begin_enrolment", json!({ "password": "" }), HOLDERS),
        ("/fn/account/finish_enrolment", json!({ "code": "" }), HOLDERS),
        ("/fn/account/password_strength", json!({ "password": "x" }), HOLDERS),
        ("/fn/my/account/get_details", json!({ "country": "", "address": "Recorded" }), CUSTOMERS),
        ("/fn/my/addresses/list_addresses", json!({}), OF_ADDRESSES),
        ("/fn/my/addresses/get_address", json!({ "id": null, "country": "" }), CUSTOMERS),
        ("/fn/account/list_sessions", json!({}), HOLDERS),
        ("/fn/account/get_privacy", json!({}), CUSTOMERS),
        ("/fn/account/get_closing", json!({}), CUSTOMERS),
    ]
}

/// What sets a second factor up is for those, too, who are held at the door until they have; what is typed here is
/// refused, so that everybody stays as they are.
pub const SETS_UP: [&str; 2] = ["/fn/account/begin_enrolment", "/fn/account/finish_enrolment"];
