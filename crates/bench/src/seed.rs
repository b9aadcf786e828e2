//! What is measured upon: a small company, a large one, and one with a thousand people to grant access to.

use std::{fmt::Write as _, path::Path};

use anyhow::{Context, Result, anyhow};
use domain::{
    access::{RowChange, RowRequest},
    contacts::ContactFilter,
    ids::ContactId,
};
use entities::{contact, mail_outbox, user};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, TransactionTrait, sea_query::Expr};
use services::{
    Clock, Cx, Db, Portico, PorticoConfig, ServiceError, access, auth, contacts,
    import::{SourceFile, import_odoo},
    settings,
};
use uuid::Uuid;

/// Everybody's password.
pub(crate) const PASSWORD: &str = "tram-otter-violin-42";
/// The administrator.
pub(crate) const ADMINISTRATOR: &str = "admin@bench.example";
/// People of the company that is granted access.
pub(crate) const PEOPLE: usize = 1_000;
/// Documents of the small company.
const FEW: u32 = 20;
/// People who sign in with a wrong password, and as many who may not sign in any more.
const REFUSED: usize = 8;

/// Rows a statement: SQLite binds at most 32,766 values.
const ROWS: usize = 900;

/// Names of contacts that are searched among.
const FIRST_NAMES: [&str; 40] = [
    "Alma", "Bruno", "Carla", "Dario", "Elsa", "Fabio", "Greta", "Hugo", "Ines", "Jonas", "Katja", "Louis",
    "Maren", "Nadia", "Oscar", "Petra", "Quentin", "Rosa", "Silvio", "Tilda", "Ulrich", "Vera", "Walter",
    "Xenia", "Yara", "Zeno", "Agathe", "Boris", "Clelia", "Dorian", "Edda", "Florin", "Gesine", "Hauke",
    "Imke", "Jarl", "Kirsten", "Lennart", "Merle", "Nils",
];
/// Their last names.
const LAST_NAMES: [&str; 60] = [
    "Abbott",
    "Bergmann",
    "Castillo",
    "Dupont",
    "Eriksen",
    "Fontaine",
    "Gallo",
    "Haugen",
    "Ivanov",
    "Jansen",
    "Kowalski",
    "Lindqvist",
    "Moreau",
    "Novak",
    "Olsen",
    "Petrov",
    "Quiroga",
    "Rossi",
    "Santos",
    "Tanaka",
    "Ueda",
    "Vasquez",
    "Weber",
    "Xu",
    "Yilmaz",
    "Zimmermann",
    "Almeida",
    "Brandt",
    "Costa",
    "Dvorak",
    "Engel",
    "Ferrari",
    "Greco",
    "Hoffmann",
    "Iversen",
    "Jovanovic",
    "Keller",
    "Lombardi",
    "Mertens",
    "Nowak",
    "Ortega",
    "Pereira",
    "Ribeiro",
    "Schmidt",
    "Toth",
    "Urban",
    "Vogel",
    "Wagner",
    "Yamada",
    "Zhang",
    "Acosta",
    "Becker",
    "Conti",
    "Dias",
    "Espinosa",
    "Fuchs",
    "Gruber",
    "Herrera",
    "Ibsen",
    "Jung",
];

/// Who is there.
#[derive(Debug)]
pub(crate) struct Seeded {
    /// Signs in for the company with few documents.
    pub small_login: String,
    /// Signs in for the company with many documents.
    pub large_login: String,
    /// The company with a thousand people.
    pub crowd: ContactId,
    /// People who can sign in, for tries with a wrong password.
    pub active: Vec<String>,
    /// People who were disabled.
    pub disabled: Vec<String>,
}

/// Fills a data folder through the use cases.
pub(crate) async fn seed(data: &Path, documents: u32, contacts: u32) -> Result<Seeded> {
    let db = Db::connect(&format!("sqlite://{}", data.join("portico.db").display())).await?;
    db.migrate().await?;
    let config = PorticoConfig {
        public_url: "http://bench".to_owned(),
        business: "Bench".to_owned(),
        support_email: String::new(),
        mail_from: "portico@bench.example".to_owned(),
        secret_key: services::secrets::SecretKey::random(),
        files: services::files::Files::in_memory(),
        api_rate: 10,
    };
    let portico = Portico::new(db, Clock::system(), config);
    let cx = portico.system("bench");
    settings::seed_groups(&cx).await.map_err(told)?;
    auth::create_administrator(&cx, ADMINISTRATOR, PASSWORD).await.map_err(told)?;
    import_odoo(&cx, files(documents), false, |_, _| {}).await.map_err(told)?;
    strangers(&portico.db, contacts).await?;
    let small_login = customer(&cx, &portico.db, "Small person").await?;
    let large_login = customer(&cx, &portico.db, "Large person").await?;
    let crowd = contact(&cx, "Crowd").await?;
    let (mut active, mut disabled) = (Vec::new(), Vec::new());
    for n in 0..REFUSED {
        active.push(customer(&cx, &portico.db, &format!("Active {n}")).await?);
        disabled.push(customer(&cx, &portico.db, &format!("Disabled {n}")).await?);
    }
    user::Entity::update_many()
        .col_expr(user::Column::Status, Expr::value("disabled"))
        .filter(user::Column::Login.is_in(&disabled))
        .exec(portico.db.pool())
        .await?;
    drop(cx);
    portico.db.clone().close().await?;
    Ok(Seeded { small_login, large_login, crowd, active, disabled })
}

fn files(documents: u32) -> Vec<SourceFile> {
    let mut contacts = "id,name,is_company,parent_id/id,email\n".to_owned();
    for company in ["Small", "Large", "Crowd"] {
        contacts += &format!("{company},{company},True,,\n");
    }
    for company in ["Small", "Large"] {
        contacts +=
            &format!("{company}_p,{company} person,,{company},{}@bench.example\n", company.to_lowercase());
    }
    for n in 0..REFUSED {
        for name in ["Active", "Disabled"] {
            let login = name.to_lowercase();
            writeln!(contacts, "{name}{n},{name} {n},,Small,{login}{n}@bench.example").ok();
        }
    }
    for n in 0..PEOPLE {
        writeln!(contacts, "c{n},Member {n},,Crowd,member{n}@bench.example").ok();
    }
    let mut invoices =
        "id,name,move_type,partner_id/id,invoice_date,invoice_date_due,state,currency_id/name,\
                        amount_total,amount_residual\n"
            .to_owned();
    for (company, number) in [("Small", FEW), ("Large", documents)] {
        for n in 0..number {
            let day = 1 + n % 28;
            let open = if n < 5 { "100.0" } else { "0.0" };
            writeln!(
                invoices,
                "{company}{n},INV/{company}/{n},out_invoice,{company}_p,2026-10-{day:02},2026-11-{day:02},posted,USD,\
                 100.0,{open}"
            )
            .ok();
        }
    }
    [("contacts.csv", contacts), ("invoices.csv", invoices)]
        .map(|(name, text)| SourceFile::new(name, text.into_bytes()))
        .into()
}

/// Contacts that nothing else is about, to be searched among; written past the import, which is not what is measured.
async fn strangers(db: &Db, number: u32) -> Result<()> {
    let transaction = db.pool().begin().await?;
    let all: Vec<u32> = (0..number).collect();
    for some in all.chunks(ROWS) {
        let rows = some.iter().map(|n| stranger(*n));
        contact::Entity::insert_many(rows).exec_without_returning(&transaction).await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// What the contact of a number is called.
pub(crate) fn stranger_name(number: u32) -> String {
    let place = usize::try_from(number).unwrap_or_default();
    let first = FIRST_NAMES.get(place % FIRST_NAMES.len()).unwrap_or(&"");
    let last = LAST_NAMES.get(place / FIRST_NAMES.len() % LAST_NAMES.len()).unwrap_or(&"");
    format!("{first} {last} {number}")
}

fn stranger(number: u32) -> contact::ActiveModel {
    let name = stranger_name(number);
    let (email, city) = (format!("stranger{number}@bench.example"), format!("Town {}", number % 997));
    let phone = format!("+351 {:09}", 200_000_000 + number);
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    let id = Uuid::from_u128((1 << 100) + u128::from(number));
    let none = || Set(String::new());
    contact::ActiveModel {
        id: Set(id),
        kind: Set("person".to_owned()),
        parent_id: Set(None),
        entity_id: Set(id),
        name_key: Set(name.to_lowercase()),
        email_key: Set(Some(email.clone())),
        search: Set(format!("{}\n{email}\n{}\n{phone}\n{digits}", name.to_lowercase(), city.to_lowercase())),
        name: Set(name),
        email: Set(email),
        phone: Set(phone),
        city: Set(city),
        street: none(),
        street2: none(),
        zip: none(),
        state_code: none(),
        country_code: none(),
        vat: none(),
        reference: none(),
        lang: none(),
        time_zone: none(),
        website: none(),
        comment: none(),
        tags: none(),
        external_id: Set(None),
        fingerprint: Set(None),
        archived_at: Set(None),
        link_generation: Set(0),
        link_is_off: Set(false),
        version: Set(1),
        created_at: Set(0),
        updated_at: Set(0),
    }
}

async fn contact(cx: &Cx, name: &str) -> Result<ContactId> {
    let filter = ContactFilter { search: name.to_owned(), ..ContactFilter::default() };
    let page = contacts::list_contacts(cx, &filter).await.map_err(told)?;
    page.items.first().map(|row| row.id).ok_or_else(|| anyhow!("no contact {name}"))
}

/// Grants access and accepts as the mail's reader would.
async fn customer(cx: &Cx, db: &Db, name: &str) -> Result<String> {
    let id = contact(cx, name).await?;
    let email = contacts::get_contact(cx, id).await.map_err(told)?.form.email;
    let request = RowRequest { contact: id, email: email.clone(), change: RowChange::Grant, group: None };
    access::change_access(cx, &[request], "").await.map_err(told)?;
    let mail = mail_outbox::Entity::find()
        .filter(mail_outbox::Column::ToEmail.eq(&email))
        .one(db.pool())
        .await?
        .context("no invitation")?;
    let (_, link) = mail.text_body.split_once("/accept/").context("no link")?;
    let secret: String =
        link.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect();
    auth::accept_invitation(cx, &secret, PASSWORD, PASSWORD).await.map_err(told)?;
    Ok(email)
}

fn told(error: ServiceError) -> anyhow::Error {
    anyhow!("{error}")
}
