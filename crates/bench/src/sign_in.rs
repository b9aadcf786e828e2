//! Signing in, against the password hash alone.

use std::time::Instant;

use anyhow::{Result, anyhow};
use argon2::{Argon2, PasswordHasher, PasswordVerifier, password_hash::phc::PasswordHash};

use crate::{
    portico::Portico,
    report::{Report, median},
    seed::{PASSWORD, Seeded},
};

/// Times each, in turns.
const ROUNDS: usize = 40;

/// Measures sign-in.
pub(crate) async fn measure(portico: &Portico, seeded: &Seeded, report: &mut Report) -> Result<()> {
    let argon2 = Argon2::default();
    let hash = argon2.hash_password(PASSWORD.as_bytes()).map_err(|error| anyhow!("{error}"))?.to_string();
    let (mut alone, mut whole) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let started = Instant::now();
        let parsed = PasswordHash::new(&hash).map_err(|error| anyhow!("{error}"))?;
        argon2.verify_password(PASSWORD.as_bytes(), &parsed).map_err(|error| anyhow!("{error}"))?;
        alone.push(started.elapsed().as_secs_f64() * 1_000.0);
        let started = Instant::now();
        portico.sign_in(&seeded.small_login).await?;
        whole.push(started.elapsed().as_secs_f64() * 1_000.0);
    }
    let (alone, whole) = (median(alone), median(whole));
    report.add("argon2 alone", alone, "ms", "");
    report.add("sign-in", whole, "ms", "");
    report.add("sign-in against argon2 alone", whole / alone, "×", "≤ 1.15");
    Ok(())
}
