//! What the browser loads: bundles, sheet and icons, in the binary and compressed at build time.
//!
//! A file's address holds its content's hash, so browsers keep it for good and a new version is another address.

use axum::extract::Path;
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// One file, with the copies that were smaller.
struct Asset {
    file: &'static str,
    logical: &'static str,
    url: &'static str,
    plain: &'static [u8],
    brotli: Option<&'static [u8]>,
    gzip: Option<&'static [u8]>,
}

/// The address of a file by its name in the sources, such as `portal.js`; `None` before `cargo xtask build` made it.
pub fn url(logical: &str) -> Option<&'static str> {
    ASSETS.iter().find(|asset| asset.logical == logical).map(|asset| asset.url)
}

/// `GET /assets/{file}`.
pub async fn serve(Path(file): Path<String>, headers: HeaderMap) -> Response {
    match ASSETS.binary_search_by(|asset| asset.file.cmp(&file)).ok().and_then(|index| ASSETS.get(index)) {
        Some(asset) => answer(asset, &headers),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn answer(asset: &Asset, headers: &HeaderMap) -> Response {
    let accepted: Vec<_> =
        headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok()).collect();
    let (encoding, body) = choose(asset, &accepted.join(","));
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type(asset.file)));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = encoding {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

/// The copy that the browser likes most; of equally liked ones the smallest.
fn choose(asset: &Asset, accepted: &str) -> (Option<&'static str>, &'static [u8]) {
    let copies = [("br", asset.brotli), ("gzip", asset.gzip)];
    let mut best = (None, asset.plain, 0.0);
    for (name, copy) in copies {
        let weight = weight(accepted, name);
        if let Some(body) = copy.filter(|_| weight > best.2) {
            best = (Some(name), body, weight);
        }
    }
    (best.0, best.1)
}

/// How much `Accept-Encoding` likes a coding, from 0 for not at all to 1. Unnamed ones get what `*` gets.
fn weight(accepted: &str, name: &str) -> f32 {
    let of = |wanted: &str| {
        accepted.split(',').find_map(|part| {
            let (coding, parameters) = part.split_once(';').unwrap_or((part, ""));
            coding.trim().eq_ignore_ascii_case(wanted).then(|| quality(parameters))
        })
    };
    of(name).or_else(|| of("*")).unwrap_or(0.0)
}

/// The `q` of a part's parameters; one that makes no sense counts as not wanted.
fn quality(parameters: &str) -> f32 {
    let value = parameters.split(';').find_map(|parameter| {
        let (key, value) = parameter.split_once('=')?;
        key.trim().eq_ignore_ascii_case("q").then(|| value.trim())
    });
    value.map_or(1.0, |value| value.parse().unwrap_or(0.0))
}

fn content_type(file: &str) -> &'static str {
    match file.rsplit('.').next().unwrap_or_default() {
        "wasm" => "application/wasm",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;

    use super::*;

    const BOTH: Asset = Asset {
        file: "portal.0.wasm",
        logical: "portal.wasm",
        url: "/assets/portal.0.wasm",
        plain: b"plain",
        brotli: Some(b"br"),
        gzip: Some(b"gz"),
    };

    fn chosen(accepted: &str) -> Option<&'static str> {
        choose(&BOTH, accepted).0
    }

    #[test]
    fn the_smallest_copy_that_the_browser_takes_is_sent() {
        assert_eq!(chosen("gzip, deflate, br, zstd"), Some("br"));
        assert_eq!(chosen("gzip, deflate"), Some("gzip"));
        assert_eq!(chosen("BR"), Some("br"));
        assert_eq!(chosen("*"), Some("br"));
        assert_eq!(chosen(""), None);
        assert_eq!(chosen("identity"), None);
        assert_eq!(choose(&Asset { brotli: None, ..BOTH }, "gzip, br").0, Some("gzip"));
        assert_eq!(choose(&Asset { brotli: None, gzip: None, ..BOTH }, "gzip, br"), (None, &b"plain"[..]));
    }

    #[test]
    fn weights_are_heeded() {
        assert_eq!(chosen("br;q=0, gzip"), Some("gzip"));
        assert_eq!(chosen("br; q=0.0 , gzip; q=0"), None);
        assert_eq!(chosen("br;q=0.5, gzip;q=0.9"), Some("gzip"));
        assert_eq!(chosen("*;q=0"), None);
        assert_eq!(chosen("*;q=0, gzip"), Some("gzip"));
        assert_eq!(chosen("br;q=much"), None);
    }

    #[tokio::test]
    async fn an_answer_may_be_kept_for_good_and_says_what_it_is() {
        let mut request = HeaderMap::new();
        request.append(ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
        request.append(ACCEPT_ENCODING, HeaderValue::from_static("br"));
        let response = answer(&BOTH, &request);
        assert_eq!(response.status(), StatusCode::OK);
        let headers = response.headers();
        assert_eq!(headers[CONTENT_TYPE], "application/wasm");
        assert_eq!(headers[CONTENT_ENCODING], "br");
        assert_eq!(headers[VARY], "accept-encoding");
        assert_eq!(headers[CACHE_CONTROL], "public, max-age=31536000, immutable");
        assert_eq!(to_bytes(response.into_body(), 10).await.unwrap(), "br");
    }

    #[tokio::test]
    async fn an_unknown_file_is_not_found() {
        let response = serve(Path("portal.js".to_owned()), HeaderMap::new()).await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND);
        assert_eq!(url("no such file.js"), None);
    }

    #[tokio::test]
    async fn every_file_in_the_binary_is_served_under_its_address() {
        for asset in ASSETS {
            assert_eq!(url(asset.logical), Some(asset.url));
            let file = asset.url.rsplit('/').next().unwrap().to_owned();
            let response = serve(Path(file), HeaderMap::new()).await;
            assert_eq!(response.status(), StatusCode::OK);
            assert_ne!(response.headers()[CONTENT_TYPE], "application/octet-stream", "{}", asset.file);
            assert_eq!(to_bytes(response.into_body(), usize::MAX).await.unwrap(), asset.plain);
        }
    }
}
