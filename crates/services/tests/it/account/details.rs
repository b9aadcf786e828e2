use domain::{
    access::StaffRole,
    contacts::ContactForm,
    details::{AddressOf, DetailsForm},
    form::Control,
};
use services::{ServiceError, account, auth};

use super::{ann, form, some, stored, wrong};
use crate::support::on_each_database;

#[test]
fn a1_every_required_field_that_is_empty_is_named() {
    on_each_database(|portal| async move {
        let (_, _, cx) = ann(&portal).await;
        let empty = DetailsForm {
            name: some(" "),
            email: some(""),
            phone: some(""),
            street: some(""),
            city: some("  "),
            country: some(""),
            address: AddressOf::Own.code().into(),
            ..form(&cx).await
        };
        let fields = wrong(account::save_details(&cx, &empty).await);
        assert_eq!(fields, ["name", "email", "phone", "street", "city", "country"]);
        // The country decides what else is needed.
        let us = DetailsForm { country: some("US"), ..empty };
        let fields = wrong(account::save_details(&cx, &us).await);
        assert_eq!(fields, ["name", "email", "phone", "street", "city", "state", "zip"]);
    });
}

#[test]
fn a2_what_is_no_email_is_refused() {
    on_each_database(|portal| async move {
        let (_, _, cx) = ann(&portal).await;
        for typed in ["hello", "hello@.com", "hello@oo.", "a@b.example, c@d.example"] {
            let typed = DetailsForm { email: some(typed), ..form(&cx).await };
            assert_eq!(wrong(account::save_details(&cx, &typed).await), ["email"]);
        }
    });
}

#[test]
fn a3_nobody_but_portal_users_has_details_here() {
    on_each_database(|portal| async move {
        for role in [StaffRole::Staff, StaffRole::ContactManager, StaffRole::Administrator] {
            let cx = portal.staff(role).await;
            let typed =
                DetailsForm { name: some("Other"), email: some("o@x.example"), ..DetailsForm::default() };
            for refused in [
                account::save_details(&cx, &typed).await.map(|_| ()),
                account::get_details(&cx, "", AddressOf::Recorded).await.map(|_| ()),
                account::request_change(&cx, "x").await,
                account::cancel_email_change(&cx).await,
            ] {
                assert!(matches!(refused, Err(ServiceError::NotFound)), "{refused:?}");
            }
        }
        let anonymous = account::get_details(&portal.anonymous(), "", AddressOf::Recorded).await;
        assert!(matches!(anonymous, Err(ServiceError::Unauthenticated)));
    });
}

#[test]
fn a4_a_person_without_a_company_sets_everything_and_a6_saves_it() {
    on_each_database(|portal| async move {
        let lone = portal.contact(ContactForm {
            name: "Lia".into(),
            kind: "person".into(),
            email: "lia@lone.example".into(),
            ..ContactForm::default()
        });
        let lone = lone.await;
        portal.customer(lone, "lia@lone.example").await;
        // Whatever the group: what is only hers is hers.
        let cx = portal.regroup(lone, "limited").await;
        let typed = DetailsForm {
            name: some(" Lia Lone "),
            phone: some("+49 441 1"),
            street: some("Weg 1"),
            street2: some("Hinterhaus"),
            zip: some("26133"),
            city: some("Oldenburg"),
            country: some("DE"),
            vat: some("DE 136 695 976"),
            lang: some("en"),
            time_zone: some("Europe/Berlin"),
            ..form(&cx).await
        };
        account::save_details(&cx, &typed).await.expect("saves");
        let row = stored(&portal, lone).await;
        assert_eq!((row.name.as_str(), row.name_key.as_str()), ("Lia Lone", "lia lone"));
        assert_eq!(
            (row.vat.as_str(), row.country_code.as_str(), row.zip.as_str()),
            ("DE136695976", "DE", "26133")
        );
        assert_eq!(
            (row.street2.as_str(), row.time_zone.as_str(), row.lang.as_str()),
            ("Hinterhaus", "Europe/Berlin", "en")
        );
        assert!(row.search.contains("lia lone"));
        let home =
            services::documents::home(&portal.again(&cx).await.expect("a session")).await.expect("a home");
        assert_eq!(home.details.name, "Lia Lone");
        assert_eq!(home.details.address, ["Weg 1", "Hinterhaus", "26133 Oldenburg", "Germany"]);

        let again = account::save_details(&cx, &typed).await;
        assert!(matches!(again, Err(ServiceError::Stale)), "{again:?}");
        for (field, typed) in [
            ("vat", DetailsForm { vat: some("DE136695977"), ..form(&cx).await }),
            ("time_zone", DetailsForm { time_zone: some("Mars/Olympus"), ..form(&cx).await }),
            ("lang", DetailsForm { lang: some("xx"), ..form(&cx).await }),
            ("phone", DetailsForm { phone: some("call me"), ..form(&cx).await }),
            ("zip", DetailsForm { zip: some("1"), ..form(&cx).await }),
            ("name", DetailsForm { name: some("a\u{7}b"), ..form(&cx).await }),
        ] {
            assert_eq!(wrong(account::save_details(&cx, &typed).await), [field]);
        }
    });
}

#[test]
fn a5_what_the_company_shares_is_managed_by_whoever_may() {
    on_each_database(|portal| async move {
        let (acme, ann, cx) = ann(&portal).await;
        for (field, typed) in [
            ("vat", DetailsForm { vat: some("DE136695976"), ..form(&cx).await }),
            ("company", DetailsForm { company: some("Mine"), ..form(&cx).await }),
            ("street", DetailsForm { street: some("Elsewhere 2"), ..form(&cx).await }),
        ] {
            match account::save_details(&cx, &typed).await {
                Err(ServiceError::Invalid(errors)) => {
                    assert_eq!(errors.get(field), Some("Managed on your company account."));
                }
                other => panic!("{field}: {other:?}"),
            }
        }
        let page = account::get_details(&cx, "", AddressOf::Recorded).await.expect("a form");
        assert_eq!(page.address, AddressOf::Company, "she has none of her own");
        let fixed = page.sections.iter().flat_map(|section| &section.fields);
        let fixed: Vec<&str> =
            fixed.filter(|field| field.control == Control::Fixed).map(|field| field.name.as_str()).collect();
        assert_eq!(fixed, ["company", "vat", "country", "street", "city", "state", "zip"]);

        // One of her own is hers, and leaves the company's alone.
        let own = DetailsForm {
            address: AddressOf::Own.code().into(),
            street: some("Weg 1"),
            zip: some("26133"),
            city: some("Oldenburg"),
            country: some("DE"),
            ..form(&cx).await
        };
        account::save_details(&cx, &own).await.expect("saves");
        assert_eq!(stored(&portal, ann).await.city, "Oldenburg");
        assert_eq!(stored(&portal, acme).await.city, "Pleasant Hill");
        let back = DetailsForm { address: AddressOf::Company.code().into(), ..form(&cx).await };
        account::save_details(&cx, &back).await.expect("saves");
        assert_eq!(stored(&portal, ann).await.city, "");
        let home =
            services::documents::home(&portal.again(&cx).await.expect("a session")).await.expect("a home");
        assert_eq!(home.details.address, ["Main St 1", "Pleasant Hill CA 94523", "United States"]);

        let cx = portal.regroup(ann, "company_admin").await;
        let all = DetailsForm {
            company: some("Acme Corporation"),
            vat: some("US-123"),
            street: some("Main St 2"),
            ..form(&cx).await
        };
        account::save_details(&cx, &all).await.expect("saves");
        let row = stored(&portal, acme).await;
        assert_eq!(
            (row.name.as_str(), row.vat.as_str(), row.street.as_str()),
            ("Acme Corporation", "US123", "Main St 2")
        );
        assert_eq!(stored(&portal, ann).await.vat, "", "a child has none");
    });
}

#[test]
fn a_login_of_the_company_itself_changes_nothing_without_the_right_but_language_and_time() {
    on_each_database(|portal| async move {
        let (acme, _, _) = ann(&portal).await;
        portal.customer(acme, "info@acme.example").await;
        let cx = portal.regroup(acme, "standard").await;
        for (field, typed) in [
            ("name", DetailsForm { name: some("Mine"), ..form(&cx).await }),
            ("email", DetailsForm { email: some("me@x.example"), ..form(&cx).await }),
            ("phone", DetailsForm { phone: some("+1 555 9"), ..form(&cx).await }),
            ("street", DetailsForm { city: some("Boston"), ..form(&cx).await }),
            ("vat", DetailsForm { vat: some("X1"), ..form(&cx).await }),
        ] {
            assert_eq!(wrong(account::save_details(&cx, &typed).await), [field]);
        }
        let zone = DetailsForm { time_zone: some("America/New_York"), ..form(&cx).await };
        account::save_details(&cx, &zone).await.expect("saves");
        assert_eq!(stored(&portal, acme).await.time_zone, "America/New_York");
        let cx = portal.regroup(acme, "company_admin").await;
        let name = DetailsForm { name: some("Acme Inc"), ..form(&cx).await };
        account::save_details(&cx, &name).await.expect("saves");
        assert_eq!(stored(&portal, acme).await.name, "Acme Inc");
    });
}

#[test]
fn a13_blanks_of_an_import_and_what_is_left_as_it_was_do_not_block() {
    on_each_database(|portal| async move {
        let contacts = "id,name,is_company,email,phone,street,zip,city,state_id/code,country_id/code,vat,lang\n\
            lia,\" Lia  \",,\"lia@lone.example \",\"+1 555 010 0001 \",\"Main St 1 \",none,\"Boston \",Mass,US,US-X,French\n";
        portal.import(&[("contacts.csv", contacts.to_owned())]).await;
        let lone = portal.imported("lia").await;
        let cx = portal.customer(lone, "lia@lone.example").await;
        let typed = DetailsForm {
            name: some("Lia"),
            email: some("lia@lone.example"),
            phone: some("+1 555 010 0002"),
            street: some("Main St 1"),
            zip: some("none"),
            city: some("Boston"),
            state: some("Mass"),
            country: some("US"),
            vat: some("US-X"),
            lang: some("French"),
            ..form(&cx).await
        };
        let saved = account::save_details(&cx, &typed).await.expect("saves");
        assert!(!saved.is_email_pending);
        let row = stored(&portal, lone).await;
        assert_eq!(
            (row.phone.as_str(), row.lang.as_str(), row.vat.as_str()),
            ("+1 555 010 0002", "French", "US-X")
        );
    });
}

#[test]
fn whoever_opened_the_form_earlier_is_told_and_nothing_is_overwritten() {
    on_each_database(|portal| async move {
        let (_, ann, cx) = ann(&portal).await;
        let opened = form(&cx).await;
        let first = DetailsForm { phone: some("+1 555 1"), ..opened.clone() };
        let second = DetailsForm { phone: some("+1 555 2"), ..opened };
        let (one, other) =
            futures::join!(account::save_details(&cx, &first), account::save_details(&cx, &second));
        let stale =
            [&one, &other].into_iter().filter(|result| matches!(result, Err(ServiceError::Stale))).count();
        assert_eq!((one.is_ok() || other.is_ok(), stale), (true, 1));
        assert_eq!(stored(&portal, ann).await.version, 2);
        let nothing = form(&cx).await;
        account::save_details(&cx, &nothing).await.expect("nothing to save");
        assert_eq!(stored(&portal, ann).await.version, 2, "and nothing is");
        auth::sign_out(&cx).await.expect("signs out");
    });
}
