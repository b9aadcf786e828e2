mod access_log;
mod events;
mod unchangeable;

use domain::audit::{AuditFilter, AuditRow};
use services::{Cx, audit::list_events};

/// Every event that somebody reads, newest first.
async fn all(cx: &Cx) -> Vec<AuditRow> {
    read(cx, AuditFilter::default()).await
}

async fn read(cx: &Cx, filter: AuditFilter) -> Vec<AuditRow> {
    list_events(cx, &filter).await.expect("lists").items
}

fn whats(events: &[AuditRow]) -> Vec<&str> {
    events.iter().map(|event| event.what.as_str()).collect()
}
