//! What each action is called. The one list: whoever adds an action adds its words here.

/// An action as it is stored, and what people read. Most are told by [`from_code`] well enough; here are those
/// that are said better.
const WORDS: &[(&str, &str)] = &[
    ("access.granted", "Portal access granted"),
    ("access.reinvited", "Invitation sent again"),
    ("access.left", "Portal access ended because the account was closed"),
    ("access.link_asked_for", "New invitation link asked for"),
    ("access.accepted", "Invitation accepted"),
    ("access.company_accepted", "Access to a further company accepted"),
    ("access.revoked", "Portal access revoked"),
    ("access.revocation_undone", "Revocation undone"),
    ("access.ended_by_move", "Portal access ended by a move to another company"),
    ("access.ended_by_archiving", "Portal access ended because the contact was archived"),
    ("address.added", "Address added"),
    ("address.changed", "Address changed"),
    ("address.removed", "Address removed"),
    ("address.restored", "Removed address brought back"),
    ("contact.created", "Contact created"),
    ("contact.changed", "Contact changed"),
    ("contact.change_requested", "Change of details asked for"),
    ("contact.email_change_asked", "New email address asked for"),
    ("contact.email_change_cancelled", "New email address taken back"),
    ("contact.archived", "Contact archived"),
    ("contact.restored", "Contact restored"),
    ("contact.forgotten", "Contact details cleared because the account was closed"),
    ("api_key.created", "API key made"),
    ("api_key.revoked", "API key revoked"),
    ("article.created", "Article written"),
    ("article.changed", "Article changed"),
    ("article.published", "Article published"),
    ("article.unpublished", "Article withdrawn"),
    ("article.deleted", "Article deleted"),
    ("document.accepted", "Quotation accepted"),
    ("document.created", "Document created by hand"),
    ("document.changed", "Document changed by hand"),
    ("document.declined", "Document declined"),
    ("document.original_removed", "Uploaded PDF of a document removed"),
    ("document.original_uploaded", "PDF of a document uploaded"),
    ("document.created_by_api", "Document received by the API"),
    ("document.changed_by_api", "Document changed by the API"),
    ("document.message_written", "Message written on a document"),
    ("document.ticket_opened", "Ticket opened"),
    ("document.ticket_closed", "Ticket closed"),
    ("document.ticket_reopened", "Ticket reopened"),
    ("document.note_written", "Internal note written on a document"),
    ("document.published", "Document published to customers"),
    ("document.share_link_created", "Share link to a document made"),
    ("document.share_link_revoked", "Share link to a document revoked"),
    ("document.signed", "Document signed"),
    ("document.unpublished", "Document withdrawn from customers"),
    ("group.created", "Permission group created"),
    ("group.changed", "Permission group changed"),
    ("group.duplicated", "Permission group duplicated"),
    ("group.deleted", "Permission group deleted"),
    ("import.applied", "Records imported"),
    ("mail.resent", "Mail sent again"),
    ("mail_template.changed", "Mail template changed"),
    ("mail_template.reset", "Mail template reset to the original"),
    ("membership.group_changed", "Permission group of a portal user changed"),
    ("membership.valid_changed", "Time of a portal user’s access changed"),
    ("membership.ended", "Portal access ended"),
    ("document.subscription_paused", "Subscription paused by its customer"),
    ("document.subscription_resumed", "Subscription resumed by its customer"),
    ("document.subscription_canceled", "Subscription ended by its customer"),
    ("payment.automatic_on", "Automatic payment switched on"),
    ("payment.automatic_off", "Automatic payment switched off"),
    ("payment.booked_from_statement", "Transfer booked from a bank’s statement"),
    ("payment.begun", "Payment begun"),
    ("payment.succeeded", "Payment received"),
    ("payment.failed", "Payment failed"),
    ("payment.canceled", "Payment given up"),
    ("payment.refund_begun", "Refund begun"),
    ("payment.refunded", "Payment given back"),
    ("payment.refund_failed", "Refund failed"),
    ("payment_method.added", "Card saved"),
    ("payment_method.removed", "Card deleted"),
    ("payment_method.made_default", "Card offered first"),
    ("passkey.added", "Passkey added"),
    ("passkey.removed", "Passkey removed"),
    ("passkey.renamed", "Passkey renamed"),
    ("secure_link.opened", "Secure link opened"),
    ("secure_link.rotated", "Secure link replaced by a new one"),
    ("secure_link.switched_off", "Secure link switched off"),
    ("secure_link.switched_on", "Secure link switched on"),
    ("settings.changed", "Settings changed"),
    ("settings.logo_changed", "Logo changed"),
    ("settings.logo_removed", "Logo removed"),
    ("user.administrator_created", "Administrator created"),
    ("user.closed", "Account closed by its owner"),
    ("user.data_exported", "Own data exported"),
    ("user.disabled", "Login disabled"),
    ("user.enabled", "Login enabled"),
    ("user.login_changed", "Email address for signing in changed"),
    ("user.mail_choices_changed", "Choice of mails changed"),
    ("user.password_set", "Password set"),
    ("user.password_changed", "Password changed"),
    ("user.password_reset_asked_for", "New password asked for at the sign-in page"),
    ("user.role_changed", "Role changed"),
    ("user.session_ended", "Session ended by its owner"),
    ("user.sessions_ended", "Sessions ended"),
    ("user.trust_ended", "Trusted device removed"),
    ("user.signed_in", "Logged in"),
    ("user.signed_out", "Logged out"),
    ("user.codes_refused", "Wrong codes tried"),
    ("user.recovery_code_used", "Recovery code used"),
    ("user.recovery_codes_renewed", "Recovery codes renewed"),
    ("user.two_factor_disabled", "Two-factor authentication disabled"),
    ("user.two_factor_enabled", "Two-factor authentication enabled"),
    ("user.two_factor_reset", "Two-factor authentication reset by staff"),
    ("webhook.created", "Webhook made"),
    ("webhook.paused", "Webhook paused"),
    ("webhook.removed", "Webhook removed"),
    ("webhook.resent", "Delivery of a webhook sent again"),
    ("webhook.resumed", "Webhook resumed"),
    ("webhook.tested", "Webhook tested"),
    ("view_as.opened", "Portal viewed as a customer"),
    ("view_as.left", "Viewing as a customer ended"),
];

/// An action in plain words; one that is not in the list is told by its code, legibly.
#[must_use]
pub fn words(action: &str) -> String {
    let known = WORDS.iter().find(|(code, _)| *code == action);
    known.map_or_else(|| from_code(action), |(_, words)| (*words).to_owned())
}

/// `membership.group_changed` as `Membership: group changed`.
fn from_code(action: &str) -> String {
    let plain = action.replacen('.', ": ", 1).replace(['.', '_'], " ");
    let mut letters = plain.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => "Something happened".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::ActionGroup;

    #[test]
    fn known_actions_have_words_and_unknown_ones_stay_legible() {
        assert_eq!(words("access.granted"), "Portal access granted");
        assert_eq!(words("two_factor.recovery_code_used"), "Two factor: recovery code used");
        assert_eq!(words("odd"), "Odd");
        assert_eq!(words(""), "Something happened");
    }

    #[test]
    fn each_action_is_listed_once_and_belongs_somewhere() {
        for (place, (code, _)) in WORDS.iter().enumerate() {
            assert!(WORDS.iter().skip(place + 1).all(|(other, _)| other != code), "{code} twice");
            assert_ne!(ActionGroup::of(code), ActionGroup::Other, "{code}");
        }
    }
}
