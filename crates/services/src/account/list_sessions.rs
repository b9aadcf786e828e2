use domain::{
    Instant,
    account::{OwnSession, SessionList, TrustedDevice},
    ids::{DeviceId, SessionId},
    users::{browser, device as named, system},
};
use entities::{device, session};
use time::Duration;

use super::live_sessions::{devices, is_current, live_sessions};
use crate::{
    Cx, ServiceResult,
    access::account_holder,
    auth::{SessionLimits, devices::TRUST_LASTS, session_limits},
};

/// Where somebody is logged in, and on which devices no code is asked of them, in two statements.
///
/// # Permissions
/// Whoever is signed in with an account of their own.
///
/// # Errors
/// [`ServiceError::NotFound`](crate::ServiceError::NotFound) for everybody else.
pub async fn list_sessions(cx: &Cx) -> ServiceResult<SessionList> {
    let holder = account_holder(cx)?;
    let sessions = live_sessions(cx, &holder).await?;
    let devices = devices(cx, holder.id()).await?;
    Ok(SessionList {
        sessions: sessions.into_iter().map(|session| to_session(cx, session)).collect(),
        devices: devices.into_iter().filter_map(|device| to_trusted(cx, device)).collect(),
        limits: in_words(session_limits(holder.is_staff)),
    })
}

fn to_session(cx: &Cx, session: session::Model) -> OwnSession {
    let zone = &cx.settings().zone;
    OwnSession {
        id: SessionId(session.public_id),
        browser: browser(&session.agent).map_or_else(|| unknown(&session.agent), str::to_owned),
        system: system(&session.agent).unwrap_or("Unknown system").to_owned(),
        since: zone.display(Instant::from_millis(session.created_at)),
        last_seen: zone.display(Instant::from_millis(session.last_seen_at)),
        is_current: is_current(cx, &session),
        address: session.address,
    }
}

/// What a browser that is not known calls itself.
fn unknown(agent: &str) -> String {
    let name: String = agent.trim().chars().take(40).collect();
    if name.is_empty() { "Unknown browser".to_owned() } else { name }
}

/// A device as the page shows it, while it is trusted.
fn to_trusted(cx: &Cx, device: device::Model) -> Option<TrustedDevice> {
    let until = device.trusted_until.map(Instant::from_millis).filter(|until| *until > cx.now())?;
    let zone = &cx.settings().zone;
    Some(TrustedDevice {
        id: DeviceId(device.id),
        name: named(&device.agent),
        since: zone.display(until.plus(-TRUST_LASTS)),
        until: zone.display(until),
        is_current: cx.origin().device.as_deref() == Some(device.secret_hash.as_str()),
    })
}

fn in_words(limits: SessionLimits) -> String {
    format!(
        "A session ends by itself after {} without use, and {} after logging in at the latest.",
        span(limits.idle),
        span(limits.absolute)
    )
}

fn span(duration: Duration) -> String {
    match (duration.whole_hours(), duration.whole_minutes()) {
        (1, 60) => "an hour".to_owned(),
        (hours, minutes) if minutes == hours * 60 => format!("{hours} hours"),
        (_, minutes) => format!("{minutes} minutes"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_told_in_words() {
        let told = in_words(SessionLimits { idle: Duration::minutes(30), absolute: Duration::hours(12) });
        assert!(told.contains("after 30 minutes without") && told.contains("and 12 hours after"), "{told}");
        assert_eq!(span(Duration::minutes(60)), "an hour");
        assert_eq!(span(Duration::minutes(90)), "90 minutes");
    }
}
