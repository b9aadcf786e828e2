//! Whether somebody has an account is told neither by an answer nor by its time (ASVS 6.3.8; WSTG-IDNT-04).

use std::{sync::Arc, time::Instant};

use axum::http::StatusCode;
use domain::{access::RowChange, access::StaffRole, ids::UserId};
use entities::user;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use services::{auth, users};
use time::Duration;

use crate::support::{Answer, Browser, PASSWORD, Site, is_soak, rounds};

/// Logins of every kind, all equally long: what was typed stands in the answer.
const UNKNOWN: &str = "nobod@acme.example";
const LOGINS: [(&str, &str); 7] = [
    ("unknown", UNKNOWN),
    ("known", "known@acme.example"),
    ("disabled", "disab@acme.example"),
    ("without password", "invit@acme.example"),
    ("revoked", "revok@acme.example"),
    ("staff", "staff@acme.example"),
    ("no email", "front-desk-of-acme"),
];

async fn site() -> Site {
    let site = Site::start().await;
    let acme = site.contact("company", "Acme", None).await;
    let person = async |name: &str| site.contact("person", name, Some(acme)).await;
    let revoked = person("Rob").await;
    for (contact, login) in [
        (person("Ann").await, "known@acme.example"),
        (person("Dan").await, "disab@acme.example"),
        (revoked, "revok@acme.example"),
        (person("Flo").await, "front@acme.example"),
    ] {
        site.customer(contact, login).await;
    }
    site.change(person("Ina").await, "invit@acme.example", RowChange::Grant).await;
    site.change(revoked, "", RowChange::Revoke).await;
    site.staff_named("staff@acme.example", StaffRole::Administrator).await;
    let disabled = UserId(site.user_id("disab@acme.example").await);
    users::disable_user(&site.portico.system("test"), disabled).await.expect("disables");
    user::Entity::update_many()
        .col_expr(user::Column::Login, Expr::value("front-desk-of-acme"))
        .filter(user::Column::Login.eq("front@acme.example"))
        .exec(site.portico.db.pool())
        .await
        .expect("a name to log in with");
    site
}

/// One try, with every throttle lifted before it.
async fn tries(site: &Site, form: &str, login: &str, password: &str) -> Answer {
    site.clock.advance(Duration::hours(2));
    let fields: &[(&str, &str)] = match form {
        "/login" => &[("email", login), ("password", password)],
        _ => &[("email", login)],
    };
    site.post_form(&Browser::default(), form, fields).await
}

/// All of an answer but what is new in each: the nonce, the date, the request's id.
fn told(answer: &Answer, login: &str) -> (StatusCode, Vec<(String, String)>, String) {
    let policy = answer.header("content-security-policy");
    let nonce =
        policy.split_once("'nonce-").and_then(|(_, rest)| rest.split_once('\'')).map(|(nonce, _)| nonce);
    let blank = |text: &str| {
        let text = nonce.map_or_else(|| text.to_owned(), |nonce| text.replace(nonce, "NONCE"));
        text.replace(login, "LOGIN")
    };
    let headers = answer
        .headers
        .iter()
        .filter(|(name, _)| !["date", "x-request-id"].contains(&name.as_str()))
        .map(|(name, value)| (name.to_string(), blank(&String::from_utf8_lossy(value.as_bytes()))))
        .collect();
    (answer.status, headers, blank(&answer.body))
}

#[tokio::test]
async fn every_login_gets_the_same_answer() {
    let site = site().await;
    for (form, status) in [("/login", StatusCode::UNPROCESSABLE_ENTITY), ("/reset", StatusCode::SEE_OTHER)] {
        let expected = told(&tries(&site, form, UNKNOWN, "wrong-password").await, UNKNOWN);
        assert_eq!(expected.0, status);
        for (kind, login) in LOGINS {
            // The right password tells no more of those who may not come in.
            let is_out = !["known", "staff", "no email"].contains(&kind);
            for password in ["wrong-password", if is_out { PASSWORD } else { "" }] {
                let answer = tries(&site, form, login, password).await;
                assert_eq!(told(&answer, login), expected, "{form}: {kind}");
                auth::answer_resets(&site.portico).await.expect("answers");
            }
        }
    }
    let asked = site.get(&Browser::default(), "/reset?notice=asked").await;
    assert!(asked.body.contains("If there is such a login") && asked.body.contains("help@business.example"));
    let page = site.get(&Browser::default(), "/reset").await;
    assert!(page.body.contains("help@business.example"), "whom to ask, always");
}

#[tokio::test]
async fn who_asks_too_often_is_told_so_whatever_they_ask_for() {
    let site = site().await;
    let mut answers = Vec::new();
    for (kind, login) in LOGINS {
        site.clock.advance(Duration::hours(2));
        let mut statuses = Vec::new();
        let mut last = None;
        for _ in 0..12 {
            let answer = site.post_form(&Browser::default(), "/reset", &[("email", login)]).await;
            statuses.push(answer.status.as_u16());
            last = Some(told(&answer, login));
        }
        assert_eq!(statuses, [[303; 10].as_slice(), &[429; 2]].concat(), "{kind}");
        answers.extend(last);
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    assert!(answers[0].2.contains("value=\"LOGIN\""), "what was typed is kept");
}

#[tokio::test]
async fn an_empty_field_is_told_so() {
    let site = Site::start().await;
    let answer = site.post_form(&Browser::default(), "/reset", &[("email", "  ")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("Enter what you log in with."));
}

/// Medians differ by so much, at most: 3 %, or 2 ms. Every day's few rounds, with other tests at the same time, tell no
/// more than 10 %, or 5 ms: enough to notice a hash, a transaction or a mail that only some get.
fn is_alike(one: f64, other: f64) -> bool {
    let (percent, milliseconds) = if is_soak() { (3.0, 2.0) } else { (10.0, 5.0) };
    (one - other).abs() <= f64::max(one * percent / 100.0, milliseconds)
}

/// What the tries say: the median, when the machine is ours alone. Beside other work, which only ever makes a try longer,
/// the tries that were disturbed least.
fn typical(times: &[f64]) -> f64 {
    let mut sorted = times.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / if is_soak() { 2 } else { 10 }]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_login_takes_the_same_time() {
    let site = Arc::new(site().await);
    for form in ["/login", "/reset"] {
        let mut times: Vec<Vec<f64>> = vec![Vec::new(); LOGINS.len()];
        // A noisy machine gets further looks; a difference that is there stays there.
        let looks = rounds(6, 3);
        for look in 1..=looks {
            for round in 0..rounds(20, 500) {
                // Interleaved, each time in another order, so that the machine's noise hits all alike.
                for turn in 0..LOGINS.len() {
                    let which = (round + turn) % LOGINS.len();
                    let begun = Instant::now();
                    tries(&site, form, LOGINS[which].1, "wrong-password").await;
                    times[which].push(begun.elapsed().as_secs_f64() * 1_000.0);
                }
                auth::answer_resets(&site.portico).await.expect("answers");
            }
            let typical: Vec<f64> = times.iter().map(|times| typical(times)).collect();
            let told: Vec<String> =
                LOGINS.iter().zip(&typical).map(|((kind, _), time)| format!("{kind} {time:.2} ms")).collect();
            println!("{form}, {} tries each: {}", times[0].len(), told.join(", "));
            if typical.iter().all(|time| is_alike(typical[0], *time)) {
                break;
            }
            assert!(look < looks, "{form}: {}", told.join(", "));
        }
    }
}
