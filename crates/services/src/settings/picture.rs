//! Pictures that staff upload, told by what they are rather than by what they are called.

/// The kinds of pictures that are taken: media type and ending.
const KINDS: [(&str, &str); 3] = [("image/png", "png"), ("image/jpeg", "jpg"), ("image/webp", "webp")];

/// The media type of a picture by its first bytes; nothing for any other file. SVG is left out on purpose: it
/// can hold scripts.
pub(super) fn media_of(content: &[u8]) -> Option<&'static str> {
    if content.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some("image/png")
    } else if content.starts_with(b"\xff\xd8\xff") {
        Some("image/jpeg")
    } else if content.starts_with(b"RIFF") && content.get(8..12) == Some(b"WEBP".as_slice()) {
        Some("image/webp")
    } else {
        None
    }
}

/// A picture's name in addresses.
pub(super) fn file_name(hash: &str, media: &str) -> String {
    let ending = KINDS.iter().find(|(kind, _)| *kind == media).map_or("bin", |(_, ending)| ending);
    format!("{hash}.{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_told_by_their_first_bytes() {
        assert_eq!(media_of(b"\x89PNG\r\n\x1a\nrest"), Some("image/png"));
        assert_eq!(media_of(b"\xff\xd8\xff\xe0rest"), Some("image/jpeg"));
        assert_eq!(media_of(b"RIFF\x10\0\0\0WEBPVP8 "), Some("image/webp"));
        for other in
            [b"<svg xmlns".as_slice(), b"GIF89a", b"<?xml version", b"RIFF\0\0\0\0WAVE", b"%PDF", b""]
        {
            assert_eq!(media_of(other), None, "{other:?}");
        }
        assert_eq!(file_name("ab", "image/jpeg"), "ab.jpg");
    }
}
