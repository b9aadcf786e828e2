//! Forms with files.

use axum::{
    extract::{FromRequest, Multipart, Request, multipart::MultipartError},
    http::StatusCode,
};
use services::{ServiceError, ServiceResult, documents::messages::Upload};

use super::{Fields, field};
use crate::router::AppState;

/// The longest form with all its files, in bytes.
pub const MAX_FILES_BODY: usize = 26 * 1024 * 1024;

/// What was sent, as far as it came.
#[derive(Default)]
pub(super) struct Sent {
    fields: Fields,
    pub files: Vec<Upload>,
}

impl Sent {
    /// Reads a form; what was typed stays also where a file did not come through. Files are those of the field `files`.
    pub(super) async fn read(request: Request, state: &AppState) -> (Self, ServiceResult<()>) {
        let mut sent = Self::default();
        let Ok(mut upload) = Multipart::from_request(request, state).await else { return (sent, Ok(())) };
        let result = sent.fill(&mut upload).await.map_err(|error| {
            let text = match error.status() {
                StatusCode::PAYLOAD_TOO_LARGE => "All files together are at most 25 MB.",
                _ => "The upload broke off. Try again.",
            };
            ServiceError::field("files", text)
        });
        (sent, result)
    }

    /// What was typed into a field.
    pub(super) fn text(&self, name: &str) -> String {
        field(&self.fields, name).unwrap_or_default()
    }

    async fn fill(&mut self, upload: &mut Multipart) -> Result<(), MultipartError> {
        while let Some(field) = upload.next_field().await? {
            let Some(name) = field.name().map(str::to_owned) else { continue };
            if name != "files" {
                self.fields.push((name, field.text().await?));
                continue;
            }
            let name = field.file_name().unwrap_or_default().to_owned();
            let bytes = field.bytes().await?;
            // Browsers send a nameless empty file where none was chosen.
            if !name.is_empty() || !bytes.is_empty() {
                self.files.push(Upload { name, bytes });
            }
        }
        Ok(())
    }
}
