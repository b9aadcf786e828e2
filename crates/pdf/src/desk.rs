//! What typst can see while it sets one sheet: the document, the templates, the fonts, and nothing else.

use std::path::Path;

use typst::{
    Library, World,
    diag::{FileError, FileResult},
    foundations::{Bytes, Datetime, Duration},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};

use crate::{PrintError, Sheet, fonts::Fonts, original::page_count, templates};

pub(crate) struct Desk<'a> {
    pub(crate) library: &'a LazyHash<Library>,
    pub(crate) fonts: &'a Fonts,
    pub(crate) folder: Option<&'a Path>,
    pub(crate) sheet: &'a Sheet,
    pub(crate) logo: Option<&'a [u8]>,
    main: FileId,
}

impl<'a> Desk<'a> {
    pub(crate) fn new(
        library: &'a LazyHash<Library>,
        fonts: &'a Fonts,
        folder: Option<&'a Path>,
        sheet: &'a Sheet,
        logo: Option<&'a [u8]>,
    ) -> Result<Self, PrintError> {
        let main = VirtualPath::new("/main.typ").map_err(|error| PrintError(error.to_string()))?;
        let main = RootedPath::new(VirtualRoot::Project, main).intern();
        Ok(Self { library, fonts, folder, sheet, logo, main })
    }

    fn find(&self, id: FileId) -> FileResult<Vec<u8>> {
        let path = id.get();
        if matches!(path.root(), VirtualRoot::Package(_)) {
            return Err(FileError::Other(Some("packages are not fetched: put the files beside".into())));
        }
        let name = path.vpath().get_without_slash();
        let missing = || FileError::NotFound(name.into());
        match name {
            "main.typ" => Ok(templates::MAIN.as_bytes().to_vec()),
            "document.json" => Ok(self.sheet.document.as_bytes().to_vec()),
            "parts.json" => Ok(self.parts().into_bytes()),
            "original.pdf" => self.sheet.original.clone().ok_or_else(missing),
            "logo" => self.logo.map(<[u8]>::to_vec).ok_or_else(missing),
            _ => match name.strip_prefix("attachment/") {
                Some(index) => {
                    let found = index.parse().ok().and_then(|index: usize| self.sheet.attachments.get(index));
                    found.map(|file| file.content.clone()).ok_or_else(missing)
                }
                None => templates::find(self.folder, name).ok_or_else(missing),
            },
        }
    }

    /// What `main.typ` has to know besides the document.
    fn parts(&self) -> String {
        let attachments: Vec<_> = self
            .sheet
            .attachments
            .iter()
            .enumerate()
            .map(|(index, file)| {
                serde_json::json!({
                    "path": format!("/attachment/{index}"),
                    "name": file.name,
                    "media": file.media,
                    "description": file.description,
                })
            })
            .collect();
        let original = self.sheet.original.as_deref().and_then(page_count).unwrap_or_default();
        let logo = self.logo.is_some();
        serde_json::json!({ "logo": logo, "original": original, "attachments": attachments }).to_string()
    }
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.fonts.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let text = String::from_utf8(self.find(id)?).map_err(|_not_text| FileError::InvalidUtf8)?;
        Ok(Source::new(id, text))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        Ok(Bytes::new(self.find(id)?))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.all.get(index).cloned()
    }

    /// Paper says when it was issued, not when it was printed.
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        let issued = self.sheet.issued;
        Datetime::from_ymd(issued.year(), issued.month().into(), issued.day())
    }
}
