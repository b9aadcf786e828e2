//! Granting access to a thousand people, as the dialog does it.

use std::time::Instant;

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use crate::{
    client::Client,
    portico::Portico,
    report::Report,
    seed::{ADMINISTRATOR, PEOPLE, Seeded},
};

/// Rows a request, as the dialog sends them.
const BATCH: usize = 25;

/// Measures the grant, up to "invitations queued".
pub(crate) async fn measure(portico: &Portico, seeded: &Seeded, report: &mut Report) -> Result<()> {
    let cookie = portico.sign_in(ADMINISTRATOR).await?;
    let mut client = Client::connect(portico.port).await?;
    let table =
        call(&mut client, &cookie, "access/list_grant_rows", &json!({ "contacts": [seeded.crowd] })).await?;
    let field = |row: &Value, name: &str| row.get(name).cloned().unwrap_or_default();
    let rows: Vec<Value> = table
        .get("rows")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter(|row| field(row, "email").as_str().is_some_and(|email| !email.is_empty()))
        .map(|row| json!({ "contact": field(row, "contact"), "email": field(row, "email"), "change": "Grant" }))
        .collect();
    ensure!(rows.len() == PEOPLE, "the dialog lists {} people", rows.len());
    let started = Instant::now();
    for batch in rows.chunks(BATCH) {
        let outcomes =
            call(&mut client, &cookie, "access/change_access", &json!({ "rows": batch, "message": "" }))
                .await?;
        let done = outcomes.as_array().into_iter().flatten().filter(|outcome| outcome.get("Done").is_some());
        ensure!(done.count() == batch.len(), "refused: {outcomes}");
    }
    report.add("grant to 1,000 contacts", started.elapsed().as_secs_f64(), "s", "≤ 2");
    Ok(())
}

/// Calls one of the staff's server functions.
pub(crate) async fn call(client: &mut Client, cookie: &str, function: &str, body: &Value) -> Result<Value> {
    let path = format!("/fn/staff/{function}");
    let answer = client.post(&path, "application/json", cookie, &body.to_string()).await?;
    ensure!(answer.status == 200, "{path} answered {}", answer.status);
    Ok(serde_json::from_slice(&answer.body)?)
}
