//! What text is set in.

use std::path::Path;

use typst::{
    foundations::Bytes,
    text::{Font, FontBook},
    utils::LazyHash,
};

/// Fonts that come with the program: see `fonts/README.md`.
const OWN: [&[u8]; 2] =
    [include_bytes!("../fonts/NotoSans-Regular.ttf"), include_bytes!("../fonts/NotoSans-Bold.ttf")];

/// Fonts and what is known of them.
pub(crate) struct Fonts {
    pub(crate) book: LazyHash<FontBook>,
    pub(crate) all: Vec<Font>,
}

impl Fonts {
    /// Those of the program, and those in the folder `fonts` of an installation's templates: for scripts that the
    /// program's own lack.
    pub(crate) fn load(templates: Option<&Path>) -> Self {
        let mut all: Vec<Font> = OWN.iter().flat_map(|data| Font::iter(Bytes::new(*data))).collect();
        if let Some(folder) = templates {
            all.extend(in_folder(&folder.join("fonts")));
        }
        Self { book: LazyHash::new(FontBook::from_fonts(&all)), all }
    }
}

fn in_folder(folder: &Path) -> Vec<Font> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    // In one order on every machine, so that the same document looks the same.
    paths.sort_unstable();
    let is_font = |path: &Path| {
        path.extension().is_some_and(|ending| {
            ["ttf", "otf", "ttc", "otc"].iter().any(|known| ending.eq_ignore_ascii_case(known))
        })
    };
    paths
        .into_iter()
        .filter(|path| is_font(path))
        .filter_map(|path| {
            std::fs::read(&path)
                .inspect_err(|error| tracing::warn!(%error, path = %path.display(), "a font cannot be read"))
                .ok()
        })
        .flat_map(|data| Font::iter(Bytes::new(data)))
        .collect()
}
