//! The command line.

use std::{
    io::{self, IsTerminal, Read},
    path::PathBuf,
    process::ExitCode,
};

use anyhow::{Context, anyhow, bail};
use clap::{Parser, Subcommand};
use domain::import::{ImportReport, Severity};
use services::{auth, import, mail};
use tracing_subscriber::EnvFilter;

use crate::{
    config::{Config, LogFormat},
    demo,
    output::{readable, say},
    serve,
};

/// The customer portal in front of your own records.
#[derive(Debug, Parser)]
#[command(name = "portico", version)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the portal (default).
    Serve,
    /// Serve demo data; prints a staff and a customer login.
    Demo,
    /// Import records.
    #[command(subcommand)]
    Import(ImportCommand),
    /// Manage administrators.
    #[command(subcommand)]
    Admin(AdminCommand),
    /// Bring the database up to date, and do nothing else.
    Migrate,
    /// Try the mail settings.
    #[command(subcommand)]
    Mail(MailCommand),
}

#[derive(Debug, Subcommand)]
enum ImportCommand {
    /// The CSV exports of an Odoo database.
    Odoo {
        /// The folder with contacts.csv, orders.csv, invoices.csv and so on.
        dir: PathBuf,
        /// Check the files and report, but write nothing.
        #[arg(long)]
        dry_run: bool,
    },
    /// A plain spreadsheet, saved as CSV in UTF-8.
    Csv {
        /// What its rows are: contacts, leads, orders, purchases, invoices, projects, tasks or timesheets.
        kind: String,
        /// The file.
        file: PathBuf,
        /// What a column is, as COLUMN=FIELD; what is not told is guessed from the first line.
        #[arg(long, value_name = "COLUMN=FIELD", value_parser = mapping)]
        map: Vec<(String, String)>,
        /// The column by which records are recognised; it may be a field, too.
        #[arg(long, value_name = "COLUMN")]
        id: Option<String>,
        /// What every record has in a field that the file lacks, as FIELD=VALUE.
        #[arg(long, value_name = "FIELD=VALUE", value_parser = setting)]
        set: Vec<(String, String)>,
        /// Between cells: comma, semicolon or tab; else found in the first line.
        #[arg(long, value_parser = separator)]
        separator: Option<char>,
        /// Read 1.234,50 as a little more than a thousand.
        #[arg(long)]
        decimal_comma: bool,
        /// Check the file and report, but write nothing.
        #[arg(long)]
        dry_run: bool,
    },
}

/// A heading may have a = in it, a field never has.
fn mapping(text: &str) -> Result<(String, String), String> {
    pair(text.rsplit_once('='), "COLUMN=FIELD")
}

fn setting(text: &str) -> Result<(String, String), String> {
    pair(text.split_once('='), "FIELD=VALUE")
}

fn pair(parts: Option<(&str, &str)>, form: &str) -> Result<(String, String), String> {
    let (left, right) = parts.ok_or_else(|| format!("write {form}"))?;
    Ok((left.trim().to_owned(), right.trim().to_owned()))
}

fn separator(text: &str) -> Result<char, String> {
    match text {
        "comma" | "," => Ok(','),
        "semicolon" | ";" => Ok(';'),
        "tab" | "\t" => Ok('\t'),
        _ => Err("write comma, semicolon or tab".to_owned()),
    }
}

#[derive(Debug, Subcommand)]
enum AdminCommand {
    /// Make an administrator: with a password on stdin, or else by a set-up link for the first one.
    Create {
        /// Their email, which is their login.
        #[arg(long)]
        email: String,
    },
}

#[derive(Debug, Subcommand)]
enum MailCommand {
    /// Send one mail and tell what the mail server answered.
    Test {
        /// To whom.
        #[arg(long)]
        to: String,
    },
}

/// Runs the command of this process.
#[allow(clippy::print_stderr, reason = "the command line's errors are for whoever typed the command")]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let config = Config::load()?;
    let command = cli.command.unwrap_or(Command::Serve);
    start_log(&config, &command);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(execute(&config, command))
}

async fn execute(config: &Config, command: Command) -> anyhow::Result<ExitCode> {
    let portico = serve::open(config).await?;
    match command {
        Command::Migrate => {}
        Command::Serve => serve::serve(config, portico).await?,
        Command::Demo => {
            demo::prepare(config, &portico).await?;
            serve::serve(config, portico).await?;
        }
        Command::Import(ImportCommand::Odoo { dir, dry_run }) => {
            let files = import::read_folder(&dir).map_err(readable)?;
            let cx = portico.system("portico import");
            let report = import::import_odoo(&cx, files, dry_run, |_, _| {}).await.map_err(readable)?;
            return Ok(print_report(&report));
        }
        Command::Import(ImportCommand::Csv {
            kind,
            file,
            map,
            id,
            set,
            separator,
            decimal_comma,
            dry_run,
        }) => {
            let bytes = std::fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
            let name = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned();
            let source = import::SourceFile::new(name, bytes);
            let layout = import::Layout { kind, map, only_told: false, id, set, separator, decimal_comma };
            let cx = portico.system("portico import");
            let report = import::import_csv(&cx, &source, &layout, dry_run).await.map_err(readable)?;
            return Ok(print_report(&report));
        }
        Command::Admin(AdminCommand::Create { email }) => create_administrator(&portico, &email).await?,
        Command::Mail(MailCommand::Test { to }) => {
            let transport =
                mail::MailTransport::parse(&config.mail()).map_err(|error| anyhow!("mail: {error}"))?;
            let answer = mail::send_test_mail(&portico.system("portico mail test"), &transport, &to).await;
            say(&answer.map_err(readable)?);
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn create_administrator(
    portico: &std::sync::Arc<services::Portico>,
    email: &str,
) -> anyhow::Result<()> {
    let cx = portico.system("portico admin");
    let mut password = String::new();
    if !io::stdin().is_terminal() {
        io::stdin().read_to_string(&mut password).context("cannot read the password from stdin")?;
    }
    // One final newline is the pipe's, everything else is the password's.
    let password = password.strip_suffix('\n').unwrap_or(&password);
    let password = password.strip_suffix('\r').unwrap_or(password);
    if !password.is_empty() {
        auth::create_administrator(&cx, email, password).await.map_err(readable)?;
        say(&format!("{email} is an administrator and can log in at {}/login", cx.config().public_url));
        return Ok(());
    }
    match auth::offer_set_up_link(&cx).await.map_err(readable)? {
        Some(link) => say(&format!("Open this link once, within seven days:\n{link}")),
        None => bail!("there is an administrator already: give the new one's password on stdin"),
    }
    Ok(())
}

/// Tells what an import did; the exit code says whether every row went in.
fn print_report(report: &ImportReport) -> ExitCode {
    for note in &report.notes {
        let severity = match note.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let column = note.column.as_deref().map(|column| format!(", column {column}")).unwrap_or_default();
        say(&format!("{severity}: {} line {}{column}: {}", note.file, note.line, note.reason));
    }
    if report.dry_run {
        say("Dry run: nothing was written.");
    }
    for count in &report.counts {
        say(&format!(
            "{:<12} {:>6} read {:>6} created {:>6} changed {:>6} unchanged {:>6} failed",
            count.name, count.read, count.created, count.changed, count.unchanged, count.failed
        ));
    }
    say(&format!(
        "{} created, {} changed",
        report.total(|count| count.created),
        report.total(|count| count.changed)
    ));
    if report.notes_of(Severity::Error) == 0 { ExitCode::SUCCESS } else { ExitCode::from(2) }
}

fn start_log(config: &Config, command: &Command) {
    let quiet = !matches!(command, Command::Serve | Command::Demo);
    let default = if quiet { "warn" } else { "info,sqlx=warn,sea_orm_migration=warn" };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_unset| EnvFilter::new(default));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr);
    match config.log {
        LogFormat::Json => log.json().flatten_event(true).init(),
        LogFormat::Text => log.init(),
    }
}
