//! Time as a parameter.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use domain::Instant;
use time::{Duration, OffsetDateTime};

/// Tells the time to every use case.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    Set(Arc<AtomicI64>),
}

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that stands still until it is moved. Clones share the time.
    pub fn set_to(instant: Instant) -> Self {
        Self(Source::Set(Arc::new(AtomicI64::new(instant.millis()))))
    }

    /// What time it is.
    #[allow(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    pub fn now(&self) -> Instant {
        match &self.0 {
            Source::System => OffsetDateTime::now_utc().into(),
            Source::Set(millis) => Instant::from_millis(millis.load(Ordering::SeqCst)),
        }
    }

    /// Moves a clock that was set; the machine's stays as it is.
    pub fn advance(&self, duration: Duration) {
        if let Source::Set(millis) = &self.0 {
            millis.store(self.now().plus(duration).millis(), Ordering::SeqCst);
        }
    }
}
