//! One small sheet out of `style/`.

use std::fmt;
use std::path::Path;

use anyhow::{Result, anyhow};
use lightningcss::bundler::{Bundler, FileProvider};
use lightningcss::error::Error;
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, PrinterOptions};
use lightningcss::targets::{Browsers, Targets};

/// Browsers with popover, dialog, nesting and `:has`: those from spring 2024 on.
const BROWSERS: Browsers = Browsers {
    android: None,
    chrome: Some(120 << 16),
    edge: Some(120 << 16),
    firefox: Some(125 << 16),
    ie: None,
    ios_saf: Some(17 << 16 | 4 << 8),
    opera: None,
    safari: Some(17 << 16 | 4 << 8),
    samsung: None,
};

/// Bundles and minifies `style/main.css`; an empty sheet while there is none.
pub fn build(root: &Path) -> Result<String> {
    let entry = root.join("style/main.css");
    if !entry.exists() {
        return Ok(String::new());
    }
    let targets = Targets::from(BROWSERS);
    let files = FileProvider::new();
    let mut bundler = Bundler::new(&files, None, ParserOptions::default());
    let mut sheet = bundler.bundle(&entry).map_err(|error| located(&error, root))?;
    sheet.minify(MinifyOptions { targets, ..Default::default() }).map_err(|error| located(&error, root))?;
    let printer = PrinterOptions { minify: true, targets, ..Default::default() };
    let result = sheet.to_css(printer).map_err(|error| located(&error, root))?;
    Ok(result.code)
}

/// The error as `style/features/contacts.css:12:3: …`. A line counts from zero in lightningcss.
fn located<T: fmt::Display>(error: &Error<T>, root: &Path) -> anyhow::Error {
    let Some(place) = &error.loc else { return anyhow!("style: {}", error.kind) };
    let file = Path::new(&place.filename);
    let file = file.strip_prefix(root).unwrap_or(file).display();
    anyhow!("{file}:{}:{}: {}", place.line + 1, place.column, error.kind)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::PathBuf;

    use super::build;

    fn root(name: &str, files: &[(&str, &str)]) -> PathBuf {
        let root = std::env::temp_dir().join(format!("portico-style-{name}-{}", std::process::id()));
        for (file, text) in files {
            let path = root.join("style").join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        root
    }

    #[test]
    fn imports_become_one_small_sheet() {
        let root = root(
            "imports",
            &[
                ("main.css", "@layer tokens, parts;\n@import \"ui/button.css\" layer(parts);\n"),
                ("ui/button.css", ".button {\n  color: #ff0000;\n  &:hover { color: blue; }\n}\n"),
            ],
        );
        let sheet = build(&root).unwrap();
        fs::remove_dir_all(&root).unwrap();
        assert_eq!(sheet, "@layer tokens;@layer parts{.button{color:red;&:hover{color:#00f}}}");
    }

    #[test]
    fn an_error_names_file_and_line() {
        let root =
            root("error", &[("main.css", "@import \"a.css\";"), ("a.css", "\n\n.a { color: red; } }")]);
        let error = build(&root).unwrap_err().to_string();
        fs::remove_dir_all(&root).unwrap();
        assert!(error.starts_with("style/a.css:3:"), "{error}");
    }

    #[test]
    fn without_a_sheet_there_is_an_empty_one() {
        assert_eq!(build(&root("none", &[])).unwrap(), "");
    }
}
