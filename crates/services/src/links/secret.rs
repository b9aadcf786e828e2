//! The secret in a secure link: the customer's key and a code that only this installation can compute.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use entities::contact;
use hmac::Mac;
use uuid::Uuid;

use crate::{Portico, secrets::Purpose};

/// How much of the code is kept: 128 bits, which nobody guesses, so that tries need not be throttled.
const CODE: usize = 16;

/// Whose link it claims to be, and the code that has to prove it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Claim {
    pub customer: Uuid,
    code: [u8; CODE],
}

/// The secret of a customer's link.
pub(super) fn of(portico: &Portico, customer: &contact::Model) -> String {
    let code = mac(portico, customer.id, customer.link_generation).finalize().into_bytes();
    let mut secret = customer.id.as_bytes().to_vec();
    secret.extend(code.iter().take(CODE));
    URL_SAFE_NO_PAD.encode(secret)
}

/// Reads a secret; one customer and generation have one spelling only.
pub(super) fn read(secret: &str) -> Option<Claim> {
    let bytes: [u8; 16 + CODE] = URL_SAFE_NO_PAD.decode(secret).ok()?.try_into().ok()?;
    let (customer, code) = bytes.split_at(16);
    Some(Claim { customer: Uuid::from_slice(customer).ok()?, code: code.try_into().ok()? })
}

impl Claim {
    /// Whether it is the customer's present link; compares in constant time.
    pub(super) fn is_proven(&self, portico: &Portico, customer: &contact::Model) -> bool {
        mac(portico, customer.id, customer.link_generation).verify_truncated_left(&self.code).is_ok()
    }
}

fn mac(portico: &Portico, customer: Uuid, generation: i32) -> impl Mac {
    portico
        .config
        .secret_key
        .mac(Purpose::SecureLink)
        .chain_update(customer.as_bytes())
        .chain_update(generation.to_be_bytes())
}
