//! The staff's search among contacts, as somebody types.

use std::time::Instant;

use anyhow::{Result, ensure};
use serde_json::json;

use crate::{
    client::Client,
    grant::call,
    portico::Portico,
    report::{Report, percentile},
    seed::{ADMINISTRATOR, stranger_name},
};

/// People who are looked for.
const PEOPLE: u32 = 150;

/// Measures what the list of contacts answers while names, numbers and towns are typed, from the third letter on.
pub(crate) async fn measure(portico: &Portico, contacts: u32, report: &mut Report) -> Result<()> {
    let cookie = portico.sign_in(ADMINISTRATOR).await?;
    let mut client = Client::connect(portico.port).await?;
    let mut times = Vec::new();
    for person in 0..PEOPLE {
        let number = person.wrapping_mul(7_919) % contacts.max(1);
        for sought in [stranger_name(number), format!("stranger{number}@"), format!("nobody {number}x")] {
            let letters: Vec<char> = sought.chars().collect();
            for typed in (3..=letters.len()).step_by(2) {
                let search: String = letters.iter().take(typed).collect();
                let filter = json!({ "filter": { "search": search } });
                let started = Instant::now();
                let found = call(&mut client, &cookie, "contacts/list_contacts", &filter).await?;
                times.push(started.elapsed().as_secs_f64() * 1_000.0);
                ensure!(found.is_object(), "no list");
            }
        }
    }
    report.add(&format!("contact search among {contacts}, median"), percentile(times.clone(), 50), "ms", "");
    let budget = if contacts >= 1_000_000 { "≤ 50" } else { "" };
    report.add(&format!("contact search among {contacts}, p99"), percentile(times, 99), "ms", budget);
    Ok(())
}
