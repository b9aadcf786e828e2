//! A printer that prints what it was told, so that tests can read it.

use std::{future::Future, pin::Pin, sync::Arc};

use bytes::Bytes;
use services::{
    Portico, ServiceResult,
    documents::{PrintJob, Printer},
};

#[derive(Debug)]
struct Plain;

impl Printer for Plain {
    fn print(&self, job: PrintJob) -> Pin<Box<dyn Future<Output = ServiceResult<Vec<u8>>> + Send + '_>> {
        let enclosed: Vec<_> =
            job.enclosures.iter().map(|file| String::from_utf8_lossy(&file.content).into_owned()).collect();
        let original = String::from_utf8_lossy(job.original.as_deref().unwrap_or_default()).into_owned();
        let printed = format!("{original}{}\n{}\n{}", job.document, job.issued.millis(), enclosed.join("\n"));
        Box::pin(async move { Ok(printed.into_bytes()) })
    }

    fn is_readable(&self, bytes: Bytes) -> Pin<Box<dyn Future<Output = bool> + Send + '_>> {
        Box::pin(async move { bytes.ends_with(b"%%EOF") })
    }
}

/// Gives an installation the printer.
pub fn plain(portico: &Portico) {
    portico.set_printer(Arc::new(Plain));
}
