//! The one place that knows `webauthn-rs`. What it hands out and takes back is text.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use url::Url;
use uuid::Uuid;
use webauthn_rs::prelude::{
    DiscoverableAuthentication, Passkey, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Webauthn, WebauthnBuilder, WebauthnError,
};

use super::ceremony::CEREMONY_LASTS;
use crate::{PorticoConfig, ServiceError, ServiceResult};

/// The installation, as authenticators know it: its domain, and no other address of it.
#[derive(Debug)]
pub(super) struct RelyingParty(Webauthn);

/// What a browser is asked, and what its answer is checked against.
#[derive(Debug)]
pub(super) struct Asked {
    /// The options of `navigator.credentials`, below `create` or `get`.
    pub options: Value,
    /// Kept on the server only.
    pub state: String,
}

/// A key that an authenticator made.
#[derive(Debug)]
pub(super) struct NewKey {
    pub credential_id: String,
    pub credential: String,
}

/// Which key an answer claims to be of, and whose. Nothing of it is proved yet.
#[derive(Debug)]
pub(super) struct Claim {
    pub user: Uuid,
    pub credential_id: String,
}

/// Why an answer does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// The authenticator did not check that it is its owner.
    NotVerified,
    /// It would not be found at a sign-in, which does not ask who one is.
    NotKept,
    /// Another challenge, address, key, signature, or no answer at all.
    Wrong,
}

impl RelyingParty {
    /// None where browsers would refuse: see [`are_offered`](super::are_offered).
    pub(super) fn of(config: &PorticoConfig) -> Option<Self> {
        let origin = Url::parse(&config.public_url).ok()?;
        let domain = origin.domain()?.to_owned();
        let is_this_machine = domain == "localhost" || domain.ends_with(".localhost");
        if origin.scheme() != "https" && !is_this_machine {
            return None;
        }
        let builder = WebauthnBuilder::new(&domain, &origin).ok()?;
        let webauthn = builder.rp_name(&config.business).timeout(CEREMONY_LASTS.unsigned_abs()).build();
        webauthn.ok().map(Self)
    }

    /// Asks for a new key that is found without its owner's login, from an authenticator that has none yet.
    pub(super) fn begin_registration(
        &self,
        (user, login, name): (Uuid, &str, &str),
        known: &[String],
    ) -> ServiceResult<Asked> {
        let known = known.iter().filter_map(|id| URL_SAFE_NO_PAD.decode(id).ok()).collect();
        let begun = self.0.start_passkey_registration(user, login, name, Some(known));
        let (challenge, state) = begun.map_err(ServiceError::internal)?;
        let mut options = json!({ "create": challenge.public_key });
        if let Some(selection) = options.pointer_mut("/create/authenticatorSelection") {
            selection["residentKey"] = json!("required");
            selection["requireResidentKey"] = json!(true);
        }
        asked(options, &state)
    }

    /// The key that an authenticator made for the challenge behind `state`.
    pub(super) fn finish_registration(
        &self,
        state: &str,
        answer: &str,
    ) -> ServiceResult<Result<NewKey, Fault>> {
        let state: PasskeyRegistration = serde_json::from_str(state).map_err(ServiceError::internal)?;
        let Ok(answer) = serde_json::from_str::<RegisterPublicKeyCredential>(answer) else {
            return Ok(Err(Fault::Wrong));
        };
        if answer.extensions.cred_props.as_ref().and_then(|props| props.rk) == Some(false) {
            return Ok(Err(Fault::NotKept));
        }
        let passkey = match self.0.finish_passkey_registration(&answer, &state) {
            Ok(passkey) => passkey,
            Err(error) => return Ok(Err(fault(&error))),
        };
        let credential_id = URL_SAFE_NO_PAD.encode(passkey.cred_id());
        Ok(Ok(NewKey { credential_id, credential: text(&passkey)? }))
    }

    /// Asks for any key of ours: the same for everybody, since nobody has said yet who they are.
    pub(super) fn begin_sign_in(&self) -> ServiceResult<Asked> {
        let begun = self.0.start_discoverable_authentication();
        let (challenge, state) = begun.map_err(ServiceError::internal)?;
        asked(json!({ "get": challenge.public_key }), &state)
    }

    /// Whose key an answer claims to be of.
    pub(super) fn claim(answer: &str) -> Option<Claim> {
        let answer: PublicKeyCredential = serde_json::from_str(answer).ok()?;
        let user = answer.get_user_unique_id().and_then(|id| Uuid::from_slice(id).ok())?;
        Some(Claim { user, credential_id: URL_SAFE_NO_PAD.encode(answer.get_credential_id()) })
    }

    /// Checks an answer against the challenge behind `state` and the stored key; the key as it is to be stored from
    /// now on, with its counter moved. A counter that stands still or goes back is a copied key.
    pub(super) fn finish_sign_in(
        &self,
        state: &str,
        answer: &str,
        credential: &str,
    ) -> ServiceResult<Result<String, Fault>> {
        let state: DiscoverableAuthentication =
            serde_json::from_str(state).map_err(ServiceError::internal)?;
        let mut passkey: Passkey = serde_json::from_str(credential).map_err(ServiceError::internal)?;
        let Ok(answer) = serde_json::from_str::<PublicKeyCredential>(answer) else {
            return Ok(Err(Fault::Wrong));
        };
        match self.0.finish_discoverable_authentication_v2(&answer, state, &passkey) {
            Ok(result) if result.user_verified() => {
                passkey.update_credential(&result);
                text(&passkey).map(Ok)
            }
            Ok(_) => Ok(Err(Fault::NotVerified)),
            Err(error) => Ok(Err(fault(&error))),
        }
    }
}

fn asked(options: Value, state: &impl serde::Serialize) -> ServiceResult<Asked> {
    Ok(Asked { options, state: text(state)? })
}

fn text(value: &impl serde::Serialize) -> ServiceResult<String> {
    serde_json::to_string(value).map_err(ServiceError::internal)
}

fn fault(error: &WebauthnError) -> Fault {
    tracing::info!(event = "passkey.refused", %error);
    if matches!(error, WebauthnError::UserNotVerified) { Fault::NotVerified } else { Fault::Wrong }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(public_url: &str) -> bool {
        let config = PorticoConfig {
            public_url: public_url.to_owned(),
            business: "Rivet Works".to_owned(),
            support_email: String::new(),
            mail_from: String::new(),
            secret_key: crate::secrets::SecretKey::random(),
            files: crate::files::Files::in_memory(),
            api_rate: 10,
        };
        RelyingParty::of(&config).is_some()
    }

    #[test]
    fn only_a_domain_over_https_and_this_machine_can_have_passkeys() {
        for good in ["https://portal.rivet.example", "https://rivet.example:8443", "http://localhost:3000"] {
            assert!(at(good), "{good}");
        }
        for bad in [
            "http://127.0.0.1:3000",
            "https://192.0.2.7",
            "https://[::1]",
            "http://portal.rivet.example",
            "portal",
        ] {
            assert!(!at(bad), "{bad}");
        }
    }
}
