use std::{
    fmt,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use typst::{
    Library, LibraryExt, comemo,
    diag::Warned,
    foundations::{Datetime, Smart},
    utils::LazyHash,
};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::{PrintError, Sheet, desk::Desk, fonts::Fonts};

/// Prints sheets.
pub struct Press {
    folder: Option<PathBuf>,
    /// Made at the first sheet: most starts print none.
    tools: LazyLock<Tools, Box<dyn FnOnce() -> Tools + Send>>,
}

struct Tools {
    library: LazyHash<Library>,
    fonts: Fonts,
}

/// A PDF.
#[derive(Clone, Debug)]
pub struct Printed {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Why it is no PDF/A-3, if it is none.
    pub not_archival: Option<String>,
}

impl fmt::Debug for Press {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Press").field("folder", &self.folder).finish_non_exhaustive()
    }
}

impl Press {
    /// A press that takes templates and fonts from a folder where it has them, and its own elsewhere.
    pub fn new(folder: Option<&Path>) -> Self {
        let folder = folder.map(Path::to_owned);
        let fonts = folder.clone();
        let load = move || Tools {
            library: LazyHash::new(Library::default()),
            fonts: Fonts::load(fonts.as_deref()),
        };
        Self { folder, tools: LazyLock::new(Box::new(load)) }
    }

    /// Prints a sheet as PDF/A-3. What cannot be kept in that form, such as a name in a script that no font here has,
    /// is printed all the same, as a plain PDF. Takes a moment of one core.
    ///
    /// # Errors
    /// What is wrong with a template, with file and line.
    pub fn print(&self, sheet: &Sheet) -> Result<Printed, PrintError> {
        let logo = sheet.logo.as_deref();
        let printed = match self.set(sheet, logo) {
            // A logo that is no picture after all must not keep anybody from an invoice.
            Err(error) if logo.is_some() => {
                let printed = self.set(sheet, None).map_err(|_same| error.clone());
                if printed.is_ok() {
                    tracing::warn!(%error, "printed without the logo");
                }
                printed
            }
            other => other,
        };
        // Typst remembers what it has set, which helps an editor and fills a server's memory.
        comemo::evict(0);
        printed
    }

    fn set(&self, sheet: &Sheet, logo: Option<&[u8]>) -> Result<Printed, PrintError> {
        let Tools { library, fonts } = &*self.tools;
        let desk = Desk::new(library, fonts, self.folder.as_deref(), sheet, logo)?;
        let Warned { output, warnings } = typst::compile::<PagedDocument>(&desk);
        if !warnings.is_empty() {
            tracing::debug!(warnings = %PrintError::of(&desk, &warnings), "a template's warnings");
        }
        let document = output.map_err(|errors| PrintError::of(&desk, &errors))?;
        let bytes = |standard| {
            let options = options(sheet, standard)?;
            typst_pdf::pdf(&document, &options).map_err(|errors| PrintError::of(&desk, &errors))
        };
        match bytes(PdfStandard::A_3a) {
            Ok(bytes) => Ok(Printed { bytes, not_archival: None }),
            Err(why) => {
                Ok(Printed { bytes: bytes(PdfStandard::V_1_7)?, not_archival: Some(why.to_string()) })
            }
        }
    }
}

fn options(sheet: &Sheet, standard: PdfStandard) -> Result<PdfOptions, PrintError> {
    let issued = sheet.issued.to_offset(time::UtcOffset::UTC);
    let (hour, minute, second) = issued.to_hms();
    let timestamp =
        Datetime::from_ymd_hms(issued.year(), issued.month().into(), issued.day(), hour, minute, second);
    Ok(PdfOptions {
        ident: Smart::Custom(sheet.ident.clone()),
        creator: Smart::Custom(Some("Portico".to_owned())),
        timestamp: timestamp.map(Timestamp::new_utc),
        standards: PdfStandards::new(&[standard]).map_err(|error| PrintError(error.message().to_string()))?,
        ..PdfOptions::default()
    })
}
