//! The templates: in the program, and replaceable one by one by a file of the same name.

use std::path::Path;

/// What the program brings. `main.typ` is its own: it hands document and logo to `paper.typ`, `statement.typ` or
/// `receipt.typ`.
const OWN: [(&str, &str); 6] = [
    ("paper.typ", include_str!("../templates/paper.typ")),
    ("statement.typ", include_str!("../templates/statement.typ")),
    ("receipt.typ", include_str!("../templates/receipt.typ")),
    ("letterhead.typ", include_str!("../templates/letterhead.typ")),
    ("look.typ", include_str!("../templates/look.typ")),
    ("certificate.typ", include_str!("../templates/certificate.typ")),
];

/// Begins every document; not replaceable, so that a business's own template cannot lose what has to travel along.
pub(crate) const MAIN: &str = include_str!("../templates/main.typ");

/// A file that a template asks for: the installation's, or else the program's.
pub(crate) fn find(folder: Option<&Path>, name: &str) -> Option<Vec<u8>> {
    let replaced = folder.and_then(|folder| {
        let path = folder.join(name);
        // What is not there is nobody's fault; what is there and cannot be read is somebody's.
        path.is_file().then(|| std::fs::read(&path))
    });
    match replaced {
        Some(Ok(content)) => Some(content),
        Some(Err(error)) => {
            tracing::error!(%error, name, "a template cannot be read");
            None
        }
        None => OWN.iter().find(|(own, _)| *own == name).map(|(_, text)| text.as_bytes().to_vec()),
    }
}
