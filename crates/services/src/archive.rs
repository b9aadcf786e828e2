//! A ZIP that is written and sent part by part, so that one of any length needs little memory.

use std::{
    collections::HashSet,
    io::{self, Write},
    iter, mem,
    sync::{Arc, Mutex, PoisonError},
};

use domain::Instant;
use zip::{
    CompressionMethod, DateTime, ZipWriter,
    write::{SimpleFileOptions, StreamWriter},
};

use crate::{ServiceError, ServiceResult};

/// Where the ZIP's bytes wait until they are taken.
#[derive(Clone, Default)]
struct Sink(Arc<Mutex<Vec<u8>>>);

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A ZIP under way.
pub(crate) struct Archive {
    sink: Sink,
    /// Nothing once it is finished.
    zip: Option<ZipWriter<StreamWriter<Sink>>>,
    options: SimpleFileOptions,
    names: HashSet<String>,
}

impl Archive {
    /// An empty one; its files say that they were made at an instant.
    pub fn new(at: Instant) -> Self {
        let sink = Sink::default();
        let utc = at.to_utc();
        let (hour, minute, second) = utc.to_hms();
        let year = u16::try_from(utc.year()).unwrap_or_default();
        let made = DateTime::from_date_and_time(year, utc.month().into(), utc.day(), hour, minute, second);
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(made.unwrap_or_default());
        Self { zip: Some(ZipWriter::new_stream(sink.clone())), sink, options, names: HashSet::new() }
    }

    /// Begins the next file, of text.
    pub fn begin(&mut self, name: &str) -> ServiceResult<()> {
        let options = self.options;
        self.start(name, options)
    }

    /// Writes on in the file that was begun last.
    pub fn write(&mut self, text: &str) -> ServiceResult<()> {
        self.open()?.write_all(text.as_bytes()).map_err(ServiceError::internal)
    }

    /// Adds a whole file that nothing makes much smaller, such as a PDF. One whose name is taken gets a number.
    pub fn add(&mut self, name: &str, bytes: &[u8]) -> ServiceResult<()> {
        let options = self.options.compression_method(CompressionMethod::Stored);
        let name = self.free(name);
        self.start(&name, options)?;
        self.open()?.write_all(bytes).map_err(ServiceError::internal)
    }

    fn start(&mut self, name: &str, options: SimpleFileOptions) -> ServiceResult<()> {
        self.open()?.start_file(name, options).map_err(ServiceError::internal)?;
        self.names.insert(name.to_owned());
        Ok(())
    }

    /// The name, or the first one with a number before its ending that is not taken: `invoice-2.pdf`.
    fn free(&self, name: &str) -> String {
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
        let numbered = (2_usize..).map(|number| format!("{stem}-{number}.{ending}"));
        let mut candidates = iter::once(name.to_owned()).chain(numbered);
        candidates.find(|name| !self.names.contains(name)).unwrap_or_else(|| name.to_owned())
    }

    /// Ends the last file and the whole.
    pub fn finish(&mut self) -> ServiceResult<()> {
        let zip = self.zip.take().ok_or_else(ended)?;
        zip.finish().map_err(ServiceError::internal)?;
        Ok(())
    }

    /// What was made since the last time.
    pub fn take(&self) -> Vec<u8> {
        mem::take(&mut *self.sink.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn open(&mut self) -> ServiceResult<&mut ZipWriter<StreamWriter<Sink>>> {
        self.zip.as_mut().ok_or_else(ended)
    }
}

fn ended() -> ServiceError {
    ServiceError::internal(anyhow::anyhow!("the archive is finished"))
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read as _};

    use super::*;

    #[test]
    fn the_parts_together_are_one_archive() {
        let mut archive = Archive::new(Instant::from_millis(1_795_338_300_000));
        let mut bytes = Vec::new();
        archive.begin("a.txt").expect("begins");
        for _ in 0..2_000 {
            archive.write("many words, ").expect("writes");
            bytes.extend(archive.take());
        }
        archive.begin("ü.txt").expect("begins");
        archive.write("few").expect("writes");
        for _ in 0..3 {
            archive.add("pdf/a.pdf", b"%PDF").expect("adds");
        }
        archive.finish().expect("finishes");
        bytes.extend(archive.take());
        assert!(archive.write("late").is_err() && bytes.len() < 2_000);
        let mut read = zip::ZipArchive::new(Cursor::new(bytes)).expect("a ZIP");
        let mut text = String::new();
        read.by_name("ü.txt").expect("a file").read_to_string(&mut text).expect("reads");
        assert_eq!((text.as_str(), read.len()), ("few", 5));
        for name in ["pdf/a.pdf", "pdf/a-2.pdf", "pdf/a-3.pdf"] {
            assert_eq!(read.by_name(name).expect("a file").size(), 4, "{name}");
        }
        let first = read.by_name("a.txt").expect("a file");
        assert_eq!((first.size(), first.last_modified().map(|at| at.year())), (24_000, Some(2026)));
    }
}
