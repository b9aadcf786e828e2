use crate::{
    Cx, ServiceResult, Transaction,
    mail::{self, NewSignIn, UserLetters},
};

/// Tells somebody by mail that they signed in from a browser in which they were not seen before, in the transaction
/// of the sign-in.
pub(super) async fn tell_of_new_device(
    cx: &Cx,
    transaction: &Transaction,
    (name, login): (&str, &str),
    is_staff: bool,
) -> ServiceResult<()> {
    let sign_in = NewSignIn {
        agent: &cx.origin().agent,
        address: &cx.origin().address,
        when: &cx.settings().zone.display(cx.now()),
        security: &cx.link(if is_staff { "/staff/security" } else { "/my/security" }),
    };
    let rendered = UserLetters::new(cx, name, login).new_sign_in(&sign_in)?;
    mail::tell_user(cx, transaction, (name, login), "new_sign_in", rendered).await
}
