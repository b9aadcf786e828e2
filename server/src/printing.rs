//! The press behind `services::documents::Printer`.

use std::{
    fmt,
    future::Future,
    path::Path,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use anyhow::anyhow;
use bytes::Bytes;
use pdf::{Attachment, Press, Sheet};
use services::{
    ServiceError, ServiceResult,
    documents::{PrintJob, Printer},
};
use tokio::{sync::Semaphore, task};

/// Sheets that are printed at once: each keeps a core busy.
const AT_ONCE: usize = 2;
/// Sheets that may wait; more of them would not be done before people give up.
const MOST_WAITING: usize = 32;

/// Prints in threads of its own, a few sheets at a time.
pub struct Printing {
    press: Arc<Press>,
    turns: Semaphore,
    waiting: AtomicUsize,
}

impl Printing {
    /// A press that takes templates from the folder `templates` of an installation's data, where they are.
    pub fn new(data_dir: Option<&Path>) -> Arc<Self> {
        let folder = data_dir.map(|data| data.join("templates"));
        let press = Arc::new(Press::new(folder.as_deref()));
        Arc::new(Self { press, turns: Semaphore::new(AT_ONCE), waiting: AtomicUsize::new(0) })
    }

    async fn print_now(&self, job: PrintJob) -> ServiceResult<Vec<u8>> {
        let _place = Place::take(&self.waiting)?;
        let _turn = self.turns.acquire().await.map_err(ServiceError::internal)?;
        let press = Arc::clone(&self.press);
        let ident = job.ident.clone();
        let printed = task::spawn_blocking(move || press.print(&sheet(job)))
            .await
            .map_err(ServiceError::internal)?
            .map_err(|error| ServiceError::internal(anyhow!("a document cannot be printed: {error}")))?;
        if let Some(why) = printed.not_archival {
            tracing::info!(document = ident, why, "printed as a plain PDF");
        }
        Ok(printed.bytes)
    }
}

impl Printer for Printing {
    fn print(&self, job: PrintJob) -> Pin<Box<dyn Future<Output = ServiceResult<Vec<u8>>> + Send + '_>> {
        Box::pin(self.print_now(job))
    }

    fn is_readable(&self, bytes: Bytes) -> Pin<Box<dyn Future<Output = bool> + Send + '_>> {
        // Ten megabytes from elsewhere: they keep no other request waiting, and what breaks the reader is no PDF to us.
        let counted = task::spawn_blocking(move || pdf::page_count(&bytes));
        Box::pin(async move { counted.await.is_ok_and(|pages| pages.is_some()) })
    }
}

impl fmt::Debug for Printing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Printing").field("press", &self.press).finish_non_exhaustive()
    }
}

/// A place in the queue, given back also when whoever waits goes away.
struct Place<'a>(&'a AtomicUsize);

impl<'a> Place<'a> {
    fn take(waiting: &'a AtomicUsize) -> ServiceResult<Self> {
        let before = waiting.fetch_add(1, Ordering::Relaxed);
        let place = Self(waiting);
        if before < MOST_WAITING { Ok(place) } else { Err(ServiceError::Busy) }
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

fn sheet(job: PrintJob) -> Sheet {
    let enclosed = job.enclosures.into_iter().map(|file| Attachment {
        name: file.name,
        media: file.media.to_owned(),
        description: file.description.to_owned(),
        content: file.content,
    });
    Sheet {
        document: job.document,
        logo: job.logo,
        original: job.original.map(Into::into),
        attachments: enclosed.collect(),
        issued: job.issued.to_utc(),
        ident: job.ident,
    }
}
