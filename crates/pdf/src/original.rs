/// How many pages a PDF has; nothing for what is no PDF, is damaged, or needs a password.
pub fn page_count(bytes: &[u8]) -> Option<usize> {
    let pdf = hayro_syntax::Pdf::new(bytes.to_vec()).ok()?;
    Some(pdf.pages().len()).filter(|pages| *pages > 0)
}
