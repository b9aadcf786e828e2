//! Compressed copies, made once instead of at each request.

use std::io::Write as _;

use anyhow::Result;
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::workspace::Mode;

/// The bytes as brotli; `None` when that is no smaller.
pub fn brotli(bytes: &[u8], mode: Mode) -> Result<Option<Vec<u8>>> {
    let quality = match mode {
        Mode::Quick => 5,
        Mode::Release => 11,
    };
    let params = BrotliEncoderParams { quality, lgwin: 24, size_hint: bytes.len(), ..Default::default() };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut packed, &params)?;
    Ok(smaller(packed, bytes))
}

/// The bytes as gzip; `None` when that is no smaller.
pub fn gzip(bytes: &[u8], mode: Mode) -> Result<Option<Vec<u8>>> {
    let level = match mode {
        Mode::Quick => 6,
        Mode::Release => 9,
    };
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(level));
    encoder.write_all(bytes)?;
    Ok(smaller(encoder.finish()?, bytes))
}

fn smaller(packed: Vec<u8>, bytes: &[u8]) -> Option<Vec<u8>> {
    (packed.len() < bytes.len()).then_some(packed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_becomes_smaller_and_comes_back() {
        let text = "a calm, dense portal ".repeat(50).into_bytes();
        let packed = brotli(&text, Mode::Quick).unwrap().unwrap();
        let mut unpacked = Vec::new();
        brotli::BrotliDecompress(&mut packed.as_slice(), &mut unpacked).unwrap();
        assert_eq!(unpacked, text);
        assert!(gzip(&text, Mode::Quick).unwrap().unwrap().len() < text.len());
    }

    #[test]
    fn what_would_grow_is_left_alone() {
        assert_eq!(gzip(b"x", Mode::Release).unwrap(), None);
        assert_eq!(brotli(b"", Mode::Release).unwrap(), None);
    }
}
