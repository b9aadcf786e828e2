use services::{ServiceError, auth, auth::SetUpForm};

use crate::support::{PASSWORD, on_each_database};

fn form() -> SetUpForm {
    SetUpForm {
        name: "Ada".into(),
        email: "ada@business.example".into(),
        password: PASSWORD.into(),
        repetition: PASSWORD.into(),
    }
}

#[test]
fn the_link_works_once_and_is_gone_after_the_first_administrator() {
    on_each_database(|portal| async move {
        let cx = portal.anonymous();
        let first = auth::offer_set_up_link(&portal.system()).await.expect("offers").expect("a link");
        let second = auth::offer_set_up_link(&portal.system()).await.expect("offers").expect("a link");
        let secret = |link: &str| link.rsplit('/').next().expect("a secret").to_owned();
        assert!(
            !auth::is_set_up_link_live(&cx, &secret(&first)).await.expect("looks"),
            "only the newest works"
        );
        let secret = secret(&second);
        let weak = SetUpForm { password: "password".into(), repetition: "password".into(), ..form() };
        assert!(matches!(auth::complete_set_up(&cx, &secret, &weak).await, Err(ServiceError::Invalid(_))));
        auth::complete_set_up(&cx, &secret, &form()).await.expect("a bad try does not spend the link");
        assert!(matches!(auth::complete_set_up(&cx, &secret, &form()).await, Err(ServiceError::NotFound)));
        assert_eq!(auth::offer_set_up_link(&portal.system()).await.expect("offers"), None);
        assert!(auth::sign_in(&cx, "ada@business.example", PASSWORD).await.is_ok());
    });
}

#[test]
fn nobody_but_the_installation_gets_a_link() {
    on_each_database(|portal| async move {
        assert!(auth::offer_set_up_link(&portal.anonymous()).await.is_err());
        assert!(auth::create_administrator(&portal.anonymous(), "a@b.example", PASSWORD).await.is_err());
    });
}
