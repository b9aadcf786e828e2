//! `portico demo`: sample records and two logins.

use std::sync::Arc;

use services::{Portico, demo};

use crate::{
    config::Config,
    output::{readable, say},
};

/// Fills an empty installation with sample records and prints the two logins.
pub(crate) async fn prepare(config: &Config, portico: &Arc<Portico>) -> anyhow::Result<()> {
    // Unless a real one is configured: the first one stays.
    portico.set_card_provider(Arc::new(demo::DemoCards::default()));
    let wanted = std::env::var("PORTICO_DEMO_PASSWORD").ok();
    let logins = demo::prepare(&portico.system("portico demo"), wanted.as_deref()).await.map_err(readable)?;
    say(&format!("Portico demo at {}", config.public_url()));
    say(&format!("  staff     {}   {}", demo::STAFF_LOGIN, logins.password));
    say(&format!("  customer  {}   {}", demo::CUSTOMER_LOGIN, logins.password));
    Ok(())
}
