//! What the demo's business says of itself: where it is paid to.

use domain::settings::GeneralForm;

use crate::{
    Cx, ServiceResult,
    settings::{get_general, save_general},
};

/// An account of nobody's, from the examples of the IBAN registry.
const IBAN: &str = "DE89 3704 0044 0532 0130 00";

/// Tells the business's account, so that transfers are offered, and has quotations confirmed by a down payment.
pub(super) async fn tell(cx: &Cx) -> ServiceResult<()> {
    let before = get_general(cx).await?.form;
    let form = GeneralForm {
        iban: IBAN.to_owned(),
        account_holder: "Portico Demo".to_owned(),
        down_payment: "30".to_owned(),
        ..before
    };
    save_general(cx, &form).await
}
