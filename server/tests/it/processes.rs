//! Real processes of the program over one database.

use temp_dir::TempDir;

use crate::support::process::{PASSWORD, Server, create_administrator, new_postgres_database};

/// Limits hold for two processes together, outlive both being killed, and keep the owner out
/// on no browser that is known.
async fn limits_hold(database: &str) {
    let (folder, other_folder) = (TempDir::new().expect("a folder"), TempDir::new().expect("a folder"));
    create_administrator(&folder, database);
    let one = Server::start(&folder, database).await;
    let other = Server::start(&other_folder, database).await;
    let answer = one.sign_in(PASSWORD, "").await;
    assert_eq!(answer.status, 303);
    let device = answer.cookie("portico-device").expect("a browser that is known from now on");
    for server in [&one, &other, &one, &other, &one] {
        assert_eq!(server.sign_in("wrong-password", "").await.status, 422);
    }
    // A wait may be over by now, but then the next failure brings a longer one: five more would be let in by a
    // process that counted by itself.
    async fn is_slowed_down(server: &Server) -> bool {
        server.sign_in("wrong-password", "").await.status == 429
            || server.sign_in("wrong-password", "").await.status == 429
    }
    assert!(is_slowed_down(&one).await && is_slowed_down(&other).await);
    assert_eq!(other.sign_in(PASSWORD, &device).await.status, 303, "known to both");
    drop((one, other));
    let again = Server::start(&folder, database).await;
    assert!(is_slowed_down(&again).await, "also after both were killed");
    assert_eq!(again.sign_in(PASSWORD, &device).await.status, 303);
}

#[tokio::test]
async fn limits_hold_for_two_servers_and_outlive_them() {
    let folder = TempDir::new().expect("a folder");
    limits_hold(&format!("sqlite://{}", folder.path().join("shared.db").display())).await;
    if let Some(database) = new_postgres_database().await {
        limits_hold(&database).await;
    }
}
