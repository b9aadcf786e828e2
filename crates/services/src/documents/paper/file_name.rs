/// Longest part of a file's name.
const MOST: usize = 80;

/// A file name of what a document is called: letters and digits of any script, and what no system objects to.
pub(crate) fn file_name(name: &str, ending: &str) -> String {
    let mut made = String::new();
    for c in name.chars().take(MOST) {
        if c.is_alphanumeric() || matches!(c, '.' | '_' | '-') {
            made.push(c);
        } else if !made.ends_with('-') {
            made.push('-');
        }
    }
    let made = made.trim_matches(['-', '.']);
    format!("{}.{ending}", if made.is_empty() { "document" } else { made })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_fit_for_every_system() {
        assert_eq!(file_name("Invoice INV/2026/00001", "pdf"), "Invoice-INV-2026-00001.pdf");
        assert_eq!(file_name("Quotation S00023", "pdf"), "Quotation-S00023.pdf");
        assert_eq!(file_name("../../etc/passwd\0\"\r\n", "pdf"), "etc-passwd.pdf");
        assert_eq!(file_name("Angebot für Österreich", "pdf"), "Angebot-für-Österreich.pdf");
        assert_eq!(file_name("///", "pdf"), "document.pdf");
    }
}
