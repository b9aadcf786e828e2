//! What is posted to other programs, over real connections.

use std::sync::{Arc, Mutex};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
    routing::post,
};
use server::posting::Posting;
use services::webhooks::{Parcel, Postman};
use tokio::net::TcpListener;

type Taken = Arc<Mutex<Vec<(HeaderMap, Bytes)>>>;

async fn take(State(taken): State<Taken>, headers: HeaderMap, body: Bytes) -> Response {
    taken.lock().expect("taken").push((headers, body));
    StatusCode::NO_CONTENT.into_response()
}

/// A receiver on this machine: its address, and what it took.
async fn receiver() -> (String, Taken) {
    let taken = Taken::default();
    let router = Router::new()
        .route("/hook", post(take))
        .route("/moved", post(|| async { Redirect::permanent("/hook") }))
        .route("/broken", post(|| async { (StatusCode::INTERNAL_SERVER_ERROR, "a".repeat(1_000_000)) }))
        .with_state(Arc::clone(&taken));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("listens");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, router).await });
    (format!("http://{address}"), taken)
}

fn parcel(url: String) -> Parcel {
    let headers = vec![("webhook-id", "d1".to_owned()), ("webhook-signature", "v1,abc".to_owned())];
    Parcel { url, headers, body: r#"{"event":"test"}"#.to_owned() }
}

#[tokio::test]
async fn it_arrives_as_it_was_given() {
    let (address, taken) = receiver().await;
    let posting = Posting::new("http://127.0.0.1:3000", &[]).expect("a postman");
    assert_eq!(posting.post(parcel(format!("{address}/hook?a=b"))).await, Ok(204));
    let (headers, body) = taken.lock().expect("taken").pop().expect("one");
    assert_eq!(body, r#"{"event":"test"}"#);
    for (name, value) in
        [("webhook-id", "d1"), ("webhook-signature", "v1,abc"), ("content-type", "application/json")]
    {
        assert_eq!(headers[name], value, "{name}");
    }
    assert!(headers["host"].to_str().expect("a host").starts_with("127.0.0.1:"));
}

#[tokio::test]
async fn redirects_are_not_followed_and_failures_are_told_in_words() {
    let (address, taken) = receiver().await;
    let posting = Posting::new("http://127.0.0.1:3000", &[]).expect("a postman");
    for (path, status, words) in [
        ("/moved", 308, "redirects are not followed"),
        ("/broken", 500, "answered 500"),
        ("/nothing", 404, "answered 404"),
    ] {
        let why = posting.post(parcel(format!("{address}{path}"))).await.expect_err("is not delivered");
        assert_eq!(why.status, Some(status));
        assert!(why.words.contains(words) && why.words.len() < 200, "{}", why.words);
    }
    assert!(taken.lock().expect("taken").is_empty());
    let tls = parcel(address.replace("http:", "https:") + "/hook");
    let why = posting.post(tls).await.expect_err("speaks no TLS");
    assert!(why.words.starts_with("No encrypted connection"), "{}", why.words);
    let nobody = posting.post(parcel("http://127.0.0.1:1/".into())).await.expect_err("nobody listens");
    assert!(nobody.words.contains("cannot be reached"), "{}", nobody.words);
}

/// ASVS 5.3.5 and 13.2: no request forgery by the server.
#[tokio::test]
async fn nothing_is_sent_into_the_network_of_the_business_unless_its_host_is_named() {
    let (address, taken) = receiver().await;
    let posting = Posting::new("https://portal.example", &[]).expect("a postman");
    let by_name = address.replace("127.0.0.1", "localhost");
    for url in
        [&address, &by_name, &"http://[::1]:80".into(), &"https://10.0.0.1".into(), &"http://0x7f.1".into()]
    {
        let why = posting.post(parcel(format!("{url}/hook"))).await.expect_err("is not sent");
        assert_eq!(why.status, None, "{url}");
        assert!(posting.check(url).await.is_err(), "{url}");
    }
    assert!(taken.lock().expect("taken").is_empty());
    let named = Posting::new("https://portal.example", &["LOCALHOST".into()]).expect("a postman");
    assert_eq!(named.check(&by_name).await, Ok(()));
    assert_eq!(named.post(parcel(format!("{by_name}/hook"))).await, Ok(204));
    assert!(named.check(&address).await.is_err(), "by its address it was not named");
}
