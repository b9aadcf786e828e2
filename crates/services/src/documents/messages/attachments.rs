//! What may be sent along with a message, and how it is kept.

use bytes::Bytes;
use domain::documents::{MAX_FILE, MAX_FILES};
use serde::{Deserialize, Serialize};

use crate::{Cx, ServiceError, ServiceResult, documents::paper::file_name};

/// The kinds of files that are taken, for the form's hint.
pub const KINDS_OF_FILES: &str = "PDF, pictures, text, spreadsheets, documents, mails, ZIP and short films";

/// Endings that are taken, and what such files are. Everything else is refused: scripts and programs, and what a
/// browser would run, such as pages and SVG.
const TAKEN: [(&str, &str); 29] = [
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("gif", "image/gif"),
    ("webp", "image/webp"),
    ("heic", "image/heic"),
    ("tif", "image/tiff"),
    ("tiff", "image/tiff"),
    ("txt", "text/plain"),
    ("log", "text/plain"),
    ("csv", "text/csv"),
    ("rtf", "application/rtf"),
    ("doc", "application/msword"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xls", "application/vnd.ms-excel"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("ppt", "application/vnd.ms-powerpoint"),
    ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("odt", "application/vnd.oasis.opendocument.text"),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ("odp", "application/vnd.oasis.opendocument.presentation"),
    ("eml", "message/rfc822"),
    ("msg", "application/vnd.ms-outlook"),
    ("zip", "application/zip"),
    ("dwg", "application/acad"),
    ("mp4", "video/mp4"),
    ("mov", "video/quicktime"),
    ("mp3", "audio/mpeg"),
];

/// A file as it was sent.
#[derive(Clone, Debug)]
pub struct Upload {
    /// What its sender calls it; anything may stand in it.
    pub name: String,
    /// What is in it.
    pub bytes: Bytes,
}

/// A file of a message, as its row names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Attached {
    pub name: String,
    pub media: String,
    pub sha256: String,
    pub size: u64,
}

/// Looks at what was sent along, and keeps it. The rows that name the files are written afterwards.
pub(crate) async fn keep(cx: &Cx, uploads: Vec<Upload>) -> ServiceResult<Vec<Attached>> {
    if uploads.len() > MAX_FILES {
        return Err(refused(format!(
            "At most {MAX_FILES} files go with one message. Send the others with another."
        )));
    }
    let checked: Vec<_> = uploads
        .into_iter()
        .map(|upload| Ok((check(&upload)?, upload.bytes)))
        .collect::<ServiceResult<_>>()?;
    let mut kept = Vec::new();
    for ((name, media), bytes) in checked {
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let hash = cx.config().files.keep(bytes).await?;
        kept.push(Attached { name, media: media.to_owned(), sha256: hash.to_string(), size });
    }
    Ok(kept)
}

/// The name that a file is kept under, and what it is.
fn check(upload: &Upload) -> ServiceResult<(String, &'static str)> {
    // Some browsers send whole paths.
    let name = upload.name.rsplit(['/', '\\']).next().unwrap_or_default();
    let told: String = name.chars().filter(|c| !c.is_control()).take(80).collect();
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let ending = ending.to_ascii_lowercase();
    let Some((ending, media)) = TAKEN.into_iter().find(|(taken, _)| *taken == ending) else {
        return Err(refused(format!("“{told}” cannot be sent. These can: {KINDS_OF_FILES}.")));
    };
    if upload.bytes.is_empty() {
        return Err(refused(format!("“{told}” is empty.")));
    }
    if upload.bytes.len() > MAX_FILE {
        return Err(refused(format!("“{told}” is larger than {} MB.", MAX_FILE / 1024 / 1024)));
    }
    if !is_what_it_says(ending, &upload.bytes) {
        return Err(refused(format!("“{told}” is not what its name says. Save it anew, and send that.")));
    }
    Ok((file_name(stem, ending), media))
}

/// Whether a file of a well-known kind begins as such files do.
fn is_what_it_says(ending: &str, bytes: &[u8]) -> bool {
    match ending {
        "pdf" => bytes.starts_with(b"%PDF-"),
        "png" => bytes.starts_with(b"\x89PNG\r\n\x1a\n"),
        "jpg" | "jpeg" => bytes.starts_with(b"\xff\xd8\xff"),
        "gif" => bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a"),
        "webp" => bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP"),
        "zip" | "docx" | "xlsx" | "pptx" | "odt" | "ods" | "odp" => bytes.starts_with(b"PK"),
        _ => true,
    }
}

fn refused(text: String) -> ServiceError {
    ServiceError::field("files", text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(name: &str, bytes: &'static [u8]) -> Result<(String, &'static str), String> {
        check(&Upload { name: name.to_owned(), bytes: Bytes::from_static(bytes) }).map_err(
            |error| match error {
                ServiceError::Invalid(errors) => errors.get("files").unwrap_or_default().to_owned(),
                other => other.to_string(),
            },
        )
    }

    #[test]
    fn names_lose_paths_and_whatever_deceives() {
        for (name, kept) in [
            ("../../etc/passwd.txt", "passwd.txt"),
            ("C:\\Users\\ann\\Angebot für.PDF", "Angebot-für.pdf"),
            ("invoice\u{202e}fdp.txt", "invoice-fdp.txt"),
            ("a\0b\r\n.txt", "a-b.txt"),
            (".txt", "document.txt"),
            ("page.html.txt", "page.html.txt"),
        ] {
            let bytes: &[u8] = if kept.ends_with("pdf") { b"%PDF-1.4" } else { b"text" };
            assert_eq!(checked(name, bytes).map(|(name, _)| name).as_deref(), Ok(kept));
        }
        let long = format!("{}.txt", "x".repeat(5_000));
        assert!(checked(&long, b"text").is_ok_and(|(name, _)| name.len() < 100));
    }

    #[test]
    fn what_runs_or_pretends_is_refused() {
        for name in
            ["page.html", "picture.svg", "run.exe", "macro.js", "none", "x.txt.lnk", "a.xhtml", ".htaccess"]
        {
            assert!(checked(name, b"<script>").is_err_and(|told| told.contains("cannot be sent")), "{name}");
        }
        for (name, bytes) in [
            ("p.png", b"GIF89a/*".as_slice()),
            ("p.gif", b"<script>"),
            ("p.pdf", b"<html>"),
            ("p.jpg", b"\x89PNG"),
            ("p.docx", b"MZ"),
        ] {
            assert!(
                checked(name, bytes).is_err_and(|told| told.contains("not what its name says")),
                "{name}"
            );
        }
        assert!(checked("p.txt", b"").is_err_and(|told| told.contains("empty")));
    }
}
