//! Payments by card through Stripe: what `services::payments::CardProvider` asks for, over its API.

mod amount;
mod client;
mod settings;
pub mod webhook;
mod wire;
mod words;

use std::{future::Future, sync::Arc, time::Duration};

use domain::payments::CardForm;
use http::{Method, StatusCode};
use services::payments::{
    CardProvider, ChargeState, EnteredCard, MadeRefund, NewCharge, NewCustomer, NewRefund, Presence,
    ProviderError, RefundState, Reply, Setup,
};
use tokio::time::timeout;

pub use self::{
    amount::{amount_of, minor_of},
    settings::{Secret, StripeConfig},
};
use self::{
    client::{Client, Fault},
    wire::{Made, NewSetup, Page, PaymentIntent, PaymentMethod, Refund, SetupIntent},
};

/// Longest wait for what is asked, in however many requests.
const PATIENCE: Duration = Duration::from_secs(30);
/// Longest name of a customer that Stripe takes.
const LONGEST_NAME: usize = 256;

/// An account at Stripe.
#[derive(Debug)]
pub struct Stripe {
    client: Client,
    form: CardForm,
    patience: Duration,
}

impl Stripe {
    /// The account that the configuration names, if it names one.
    ///
    /// # Errors
    /// For settings that cannot work, by their names, and when the system's cryptography is not there.
    pub fn new(config: &StripeConfig) -> anyhow::Result<Option<Arc<Self>>> {
        config.check()?;
        if !config.is_set() {
            return Ok(None);
        }
        let form = CardForm::Stripe {
            key: config.publishable_key.clone(),
            script: config.script(),
            origins: config.origins(),
        };
        Ok(Some(Arc::new(Self { client: Client::new(config)?, form, patience: PATIENCE })))
    }

    /// An answer, or none in time.
    fn in_time<'a, T: 'a>(
        &'a self,
        asked: impl Future<Output = Result<T, ProviderError>> + Send + 'a,
    ) -> Reply<'a, T> {
        Box::pin(async move {
            let late = |_late| ProviderError::Unreachable("did not answer in time".to_owned());
            timeout(self.patience, asked).await.map_err(late)?
        })
    }

    async fn state(&self, charge: &str) -> Result<ChargeState, ProviderError> {
        let intent: PaymentIntent = self.client.get(&format!("/v1/payment_intents/{charge}")).await?;
        intent.state()
    }

    /// The state after a request that may come too late, when it is refused for what was done before.
    async fn state_after(
        &self,
        charge: &str,
        answer: Result<PaymentIntent, Fault>,
    ) -> Result<ChargeState, ProviderError> {
        match answer {
            Ok(intent) => intent.state(),
            Err(Fault::Refused(refusal)) if refusal.status == StatusCode::BAD_REQUEST => {
                match self.state(charge).await? {
                    ChargeState::Prepared => Err((*refusal).into()),
                    state => Ok(state),
                }
            }
            Err(fault) => Err(fault.into()),
        }
    }

    async fn confirm(&self, charge: &str, payer: Presence) -> Result<ChargeState, ProviderError> {
        let path = format!("/v1/payment_intents/{charge}/confirm");
        let key = format!("portico-confirm-{charge}");
        let form = match payer {
            // The browser goes on with what the bank asks.
            Presence::Present => [("use_stripe_sdk", "true")],
            // So the bank knows whose doing it is, and declines what it would have to ask about.
            Presence::Away => [("off_session", "true")],
        };
        let mut answer = self.client.send(Method::POST, &path, &form, Some(&key)).await?;
        if answer.is_replayed {
            // It says how things stood then, even if Stripe failed and did nothing.
            match self.state(charge).await? {
                ChargeState::Prepared => {}
                state => return Ok(state),
            }
            // What is charged cannot be charged again, with or without a key.
            answer = self.client.send(Method::POST, &path, &form, None).await?;
        }
        match answer.read() {
            Err(Fault::Refused(refusal)) if refusal.status == StatusCode::PAYMENT_REQUIRED => {
                Ok(ChargeState::Failed { words: words::declined(&refusal.error) })
            }
            answer => self.state_after(charge, answer).await,
        }
    }

    async fn entered(&self, setup: &str) -> Result<EnteredCard, ProviderError> {
        let path = format!("/v1/setup_intents/{setup}?expand%5B%5D=payment_method");
        let intent: SetupIntent = self.client.get(&path).await?;
        let (customer, mut method) = intent.entered()?;
        if method.customer.as_deref() != Some(&customer) {
            checked("pm_", &method.id)?;
            let path = format!("/v1/payment_methods/{}/attach", method.id);
            method = self.client.post(&path, &[("customer", &customer)], None).await?;
        }
        method.of(customer)
    }

    async fn detach(&self, method: &str) -> Result<(), ProviderError> {
        let path = format!("/v1/payment_methods/{method}");
        let refusal = match self.client.post::<Made>(&format!("{path}/detach"), &[], None).await {
            Ok(_) => return Ok(()),
            Err(Fault::Refused(refusal)) => refusal,
            Err(fault) => return Err(fault.into()),
        };
        match refusal.status {
            StatusCode::NOT_FOUND => Ok(()),
            // So it is with one that nobody has any more.
            StatusCode::BAD_REQUEST => match self.client.get::<PaymentMethod>(&path).await {
                Ok(PaymentMethod { customer: None, .. }) => Ok(()),
                Err(Fault::Refused(found)) if found.status == StatusCode::NOT_FOUND => Ok(()),
                _ => Err((*refusal).into()),
            },
            _ => Err((*refusal).into()),
        }
    }

    async fn all_refunds(&self, charge: &str) -> Result<Vec<MadeRefund>, ProviderError> {
        let first = format!("/v1/refunds?payment_intent={charge}&limit=100");
        let mut path = first.clone();
        let mut made = Vec::new();
        loop {
            let page: Page<Refund> = self.client.get(&path).await?;
            let last = page.data.last().map(|refund| refund.id.clone());
            for refund in page.data {
                made.push(refund.made()?);
            }
            match last {
                Some(last) if page.has_more => {
                    checked("", &last)?;
                    path = format!("{first}&starting_after={last}");
                }
                _ => return Ok(made),
            }
        }
    }
}

impl CardProvider for Stripe {
    fn name(&self) -> &'static str {
        "stripe"
    }

    fn form(&self) -> CardForm {
        self.form.clone()
    }

    fn make_customer(&self, customer: NewCustomer) -> Reply<'_, String> {
        self.in_time(async move {
            let id = customer.id.to_string();
            let name: String = customer.name.chars().take(LONGEST_NAME).collect();
            let mut form = vec![("name", name.as_str()), ("metadata[portico_contact]", &id)];
            if !customer.email.is_empty() {
                form.push(("email", &customer.email));
            }
            let key = format!("portico-customer-{id}");
            let made: Made = self.client.post("/v1/customers", &form, Some(&key)).await?;
            Ok(made.id)
        })
    }

    fn begin_setup(&self, customer: String) -> Reply<'_, Setup> {
        self.in_time(async move {
            let form = [
                ("customer", customer.as_str()),
                ("usage", "off_session"),
                ("payment_method_types[]", "card"),
            ];
            let setup: NewSetup = self.client.post("/v1/setup_intents", &form, None).await?;
            Ok(setup.into())
        })
    }

    fn finish_setup(&self, setup: String) -> Reply<'_, EnteredCard> {
        self.in_time(async move {
            checked("seti_", &setup)?;
            self.entered(&setup).await
        })
    }

    fn forget(&self, method: String) -> Reply<'_, ()> {
        self.in_time(async move {
            checked("pm_", &method)?;
            self.detach(&method).await
        })
    }

    fn prepare(&self, charge: NewCharge) -> Reply<'_, String> {
        self.in_time(async move {
            let (payment, amount) = (charge.payment.to_string(), amount_of(charge.amount)?.to_string());
            let form = [
                ("amount", amount.as_str()),
                ("currency", &charge.amount.currency.code().to_ascii_lowercase()),
                ("customer", &charge.customer),
                ("payment_method", &charge.method),
                ("payment_method_types[]", "card"),
                ("metadata[portico_payment]", &payment),
                ("metadata[number]", &charge.number),
            ];
            let key = format!("portico-payment-{payment}");
            let made: Made = self.client.post("/v1/payment_intents", &form, Some(&key)).await?;
            Ok(made.id)
        })
    }

    fn charge(&self, charge: String, payer: Presence) -> Reply<'_, ChargeState> {
        self.in_time(async move {
            checked("pi_", &charge)?;
            self.confirm(&charge, payer).await
        })
    }

    fn look(&self, charge: String) -> Reply<'_, ChargeState> {
        self.in_time(async move {
            checked("pi_", &charge)?;
            self.state(&charge).await
        })
    }

    fn cancel(&self, charge: String) -> Reply<'_, ChargeState> {
        self.in_time(async move {
            checked("pi_", &charge)?;
            let path = format!("/v1/payment_intents/{charge}/cancel");
            let answer = self.client.post(&path, &[], None).await;
            self.state_after(&charge, answer).await
        })
    }

    fn refund(&self, refund: NewRefund) -> Reply<'_, MadeRefund> {
        self.in_time(async move {
            let (id, amount) = (refund.id.to_string(), amount_of(refund.amount)?.to_string());
            let form = [
                ("payment_intent", refund.charge.as_str()),
                ("amount", &amount),
                ("metadata[portico_refund]", &id),
            ];
            let key = format!("portico-refund-{id}");
            let made: Refund = self.client.post("/v1/refunds", &form, Some(&key)).await?;
            match made.made()? {
                MadeRefund { state: RefundState::Failed, .. } => {
                    Err(ProviderError::Refused("nothing goes back: the refund failed".to_owned()))
                }
                made => Ok(made),
            }
        })
    }

    fn refunds(&self, charge: String) -> Reply<'_, Vec<MadeRefund>> {
        self.in_time(async move {
            checked("pi_", &charge)?;
            self.all_refunds(&charge).await
        })
    }
}

/// Whether a text can only be a key of Stripe's. Some come from browsers, and are about to be part of a path.
fn is_id(prefix: &str, id: &str) -> bool {
    let is_plain = |rest: &str| {
        !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    id.len() <= 255 && id.strip_prefix(prefix).is_some_and(is_plain)
}

fn checked(prefix: &str, id: &str) -> Result<(), ProviderError> {
    match is_id(prefix, id) {
        true => Ok(()),
        false => Err(ProviderError::Refused(format!("what was named is no {prefix}… of Stripe's"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_keys_of_stripe_become_part_of_a_path() {
        assert!(is_id("seti_", "seti_1MqLiJLkdIwHu7ixUEgbFdYF"));
        for id in
            ["", "seti_", "pi_1", "seti_1/cancel", "seti_1?x=1", "seti_..", "seti_1 ", "seti_é", "Seti_1"]
        {
            assert!(!is_id("seti_", id), "{id}");
        }
        assert!(!is_id("seti_", &format!("seti_{}", "a".repeat(251))));
    }

    #[tokio::test]
    async fn nobody_waits_longer_than_patience() {
        // Takes connections, and never answers.
        let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("listens");
        let config = StripeConfig {
            secret_key: "sk_test_1".to_owned().into(),
            publishable_key: "pk_test_1".to_owned(),
            api_base: format!("http://{}", silent.local_addr().expect("an address")),
            ..StripeConfig::default()
        };
        let stripe = Stripe::new(&config).expect("settings").expect("keys");
        assert_eq!(stripe.patience, Duration::from_secs(30), "as the trait says");
        assert!(!format!("{stripe:?}").contains("sk_test_1"));
        let mut stripe = Arc::into_inner(stripe).expect("one");
        stripe.patience = Duration::from_millis(50);
        let why = stripe.charge("pi_1".to_owned(), Presence::Present).await;
        assert_eq!(why, Err(ProviderError::Unreachable("did not answer in time".to_owned())));
    }

    #[test]
    fn without_keys_there_is_no_account() {
        assert!(Stripe::new(&StripeConfig::default()).expect("settings").is_none());
    }
}
