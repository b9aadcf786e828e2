//! The database: SQLite or PostgreSQL, by its URL.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use migration::{Migrator, MigratorTrait};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
    sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous},
};

/// A transaction that may write.
pub type Transaction = DatabaseTransaction;
/// An error of the database.
pub type DbError = DbErr;

/// Any number that no other program is likely to lock.
const MIGRATION_LOCK: i64 = 0x0070_6f72_7469_636f;

/// A pool of connections. Clones share it.
///
/// SQLite is built with its guarantee of stable plans (`.cargo/config.toml`): the value of a parameter changes no plan. So a
/// partial index is of use only where a statement's own text implies its condition.
#[derive(Clone, Debug)]
pub struct Db(DatabaseConnection);

impl Db {
    /// Connects to `sqlite://…` or `postgres://…`. A SQLite file is made where it is missing.
    ///
    /// # Errors
    /// When the database cannot be reached or opened.
    pub async fn connect(url: &str) -> Result<Self, DbErr> {
        let mut options = ConnectOptions::new(url);
        options
            .max_connections(16)
            .acquire_timeout(Duration::from_secs(10))
            .sqlx_logging(false)
            // Asking an embedded database whether it is still there would double the cost of every statement;
            // a remote one is asked after a pause.
            .test_before_acquire_if_idle_for(Duration::from_secs(30))
            .map_sqlx_sqlite_opts(|options| {
                options
                    .create_if_missing(true)
                    .foreign_keys(true)
                    .journal_mode(SqliteJournalMode::Wal)
                    // A power cut must not take back a grant or a payment.
                    .synchronous(SqliteSynchronous::Full)
                    .busy_timeout(Duration::from_secs(10))
                    .pragma("temp_store", "memory")
            });
        Database::connect(options).await.map(Self)
    }

    /// Brings the schema up to date, in one transaction. Safe to call from several processes at once.
    ///
    /// # Errors
    /// When a step fails; nothing is changed then.
    pub async fn migrate(&self) -> Result<(), DbErr> {
        let transaction = self.begin().await?;
        if self.is_postgres() {
            let lock = format!("SELECT pg_advisory_xact_lock({MIGRATION_LOCK})");
            transaction.execute_unprepared(&lock).await?;
        }
        Migrator::up(&transaction, None).await?;
        transaction.commit().await
    }

    /// Starts a transaction that may write.
    ///
    /// On SQLite it takes the write lock at once: a reader that turns writer half-way fails with
    /// `SQLITE_BUSY` without waiting.
    ///
    /// # Errors
    /// When no connection or lock can be had in time.
    pub async fn begin(&self) -> Result<Transaction, DbErr> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        self.0.begin_with_options(options).await
    }

    /// The pool, for queries outside a transaction.
    pub fn pool(&self) -> &DatabaseConnection {
        &self.0
    }

    /// Writes nothing, but fails where a write would.
    ///
    /// # Errors
    /// When the database cannot be written to.
    pub async fn probe_write(&self) -> Result<(), DbErr> {
        let transaction = self.begin().await?;
        transaction.execute_unprepared("DELETE FROM setting WHERE name = ''").await?;
        transaction.rollback().await
    }

    /// Ends all connections; on SQLite the write-ahead log is folded into the file.
    ///
    /// # Errors
    /// When the database fails to close cleanly.
    pub async fn close(self) -> Result<(), DbErr> {
        self.0.close().await
    }

    /// The same pool with a count of the statements that it runs from now on, for tests of what a page costs.
    #[must_use]
    pub fn counted(mut self) -> (Self, Arc<AtomicU64>) {
        let count = Arc::new(AtomicU64::new(0));
        let counter = Arc::clone(&count);
        self.0.set_metric_callback(move |_statement| {
            counter.fetch_add(1, Ordering::SeqCst);
        });
        (self, count)
    }

    /// Which database this is.
    pub fn backend(&self) -> DbBackend {
        self.0.get_database_backend()
    }

    /// Whether this is PostgreSQL.
    pub fn is_postgres(&self) -> bool {
        self.backend() == DbBackend::Postgres
    }
}
