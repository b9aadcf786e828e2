//! Signing in, against the password hash alone.

use std::time::Instant;

use anyhow::{Result, anyhow, ensure};
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
    measure_refusals(portico, seeded, report).await
}

/// Whether the time of a refusal tells who exists. Each login is tried less often than the throttle lets through.
async fn measure_refusals(portico: &Portico, seeded: &Seeded, report: &mut Report) -> Result<()> {
    let (mut wrong, mut disabled, mut unknown) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..4 {
        for (n, (active, off)) in seeded.active.iter().zip(&seeded.disabled).enumerate() {
            wrong.push(refused(portico, active, "wrong-otter-violin-42").await?);
            disabled.push(refused(portico, off, PASSWORD).await?);
            unknown.push(refused(portico, &format!("nobody{round}-{n}@bench.example"), PASSWORD).await?);
        }
    }
    let wrong = median(wrong);
    report.add("refusal of a disabled user against a wrong password", median(disabled) / wrong, "×", "≈ 1");
    report.add("refusal of an unknown login against a wrong password", median(unknown) / wrong, "×", "≈ 1");
    Ok(())
}

async fn refused(portico: &Portico, login: &str, password: &str) -> Result<f64> {
    let started = Instant::now();
    let status = portico.try_to_sign_in(login, password).await?.status;
    ensure!(status == 422, "{login} was answered {status}");
    Ok(started.elapsed().as_secs_f64() * 1_000.0)
}
