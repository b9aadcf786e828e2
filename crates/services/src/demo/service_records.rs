//! The kinds that no export brings: tickets, requests for a signature and subscriptions.

use std::collections::HashMap;

use domain::{
    Currency,
    documents::{DocumentDetails, DocumentKind, DocumentState, Party},
};
use entities::document;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use time::{Date, Duration};

use crate::{
    Cx, ServiceError, ServiceResult,
    documents::{
        lines::NewLine,
        write::{Content, NewDocument, Owner, insert_documents},
    },
};

/// An imported order of the customer: these documents are made out as it is.
const ORDER: &str = "demo.order_1";
/// The tax on the customer's sample orders, in thousandths.
const TAX: i64 = 55;

struct Sample {
    external_id: &'static str,
    dated_on: Date,
    content: Content,
    lines: Option<Vec<NewLine>>,
}

/// Adds those that are not here yet.
pub(super) async fn load(cx: &Cx) -> ServiceResult<()> {
    let samples = samples(cx.now().to_utc().date());
    let wanted = samples.iter().map(|sample| sample.external_id).chain([ORDER]);
    let transaction = cx.begin().await?;
    let known: HashMap<Option<String>, document::Model> = document::Entity::find()
        .filter(document::Column::ExternalId.is_in(wanted))
        .all(&transaction)
        .await?
        .into_iter()
        .map(|document| (document.external_id.clone(), document))
        .collect();
    let missing = || ServiceError::internal(anyhow::anyhow!("{ORDER} was not imported"));
    let order = known.get(&Some(ORDER.to_owned())).ok_or_else(missing)?;
    let owner = order.contact_id.zip(order.entity_id).map(|(contact, entity)| Owner { contact, entity });
    let bill_to: Party = serde_json::from_value(order.bill_to.clone()).map_err(ServiceError::internal)?;
    let new = samples
        .into_iter()
        .filter(|sample| !known.contains_key(&Some(sample.external_id.to_owned())))
        .map(|sample| NewDocument {
            content: sample.content,
            owner,
            parent: None,
            sorted_on: sample.dated_on,
            published_at: Some(cx.now()),
            bill_to: bill_to.clone(),
            external_id: Some(sample.external_id.to_owned()),
            fingerprint: None,
            paid_here: None,
            lines: sample.lines,
        })
        .collect();
    insert_documents(cx, &transaction, new).await?;
    transaction.commit().await?;
    Ok(())
}

fn samples(today: Date) -> Vec<Sample> {
    let day = |days| today.saturating_add(Duration::days(days));
    vec![
        ticket(
            ("demo.ticket_1", "HD-1043", "Desk 7 stops half-way up"),
            (DocumentState::Open, day(-2), "High"),
            "The display shows E07 and the desk cannot be moved any more. It is the one by the window on the \
             first floor.",
        ),
        ticket(
            ("demo.ticket_2", "HD-1039", "Other wheels for twelve task chairs"),
            (DocumentState::Waiting, day(-6), "Normal"),
            "We can swap all of them during the second delivery. Is the floor carpet or wood?",
        ),
        ticket(
            ("demo.ticket_3", "HD-1021", "Scratch on the meeting table"),
            (DocumentState::Closed, day(-48), "Normal"),
            "Sanded and oiled again on site; no charge.",
        ),
        signature(
            ("demo.signature_1", "SIG-0021", "Delivery record, first load"),
            (DocumentState::Sent, day(-3), Some(day(11))),
            "Confirms that six desks and six chairs arrived without damage.",
        ),
        signature(
            ("demo.signature_2", "SIG-0014", "Framework agreement"),
            (DocumentState::Signed, day(-125), None),
            "Prices, lead times and warranty for all orders of the next two years.",
        ),
        subscription(
            ("demo.subscription_1", "SUB-0007", "Care plan for the showroom"),
            ("Monthly", day(-150), day(8)),
            ("Visit and small repairs", 1, 14_900),
        ),
        subscription(
            ("demo.subscription_2", "SUB-0009", "Plant care"),
            ("Yearly", day(-80), day(285)),
            ("Planter shelf, watering and pruning, a month", 12, 9_500),
        ),
    ]
}

/// External id, number and title.
type Name = (&'static str, &'static str, &'static str);

fn ticket(name: Name, (state, opened, priority): (DocumentState, Date, &str), description: &str) -> Sample {
    let details =
        DocumentDetails::Ticket { priority: priority.to_owned(), description: description.to_owned() };
    sample(name, DocumentKind::Ticket, state, opened, details)
}

fn signature(
    name: Name,
    (state, asked, due_on): (DocumentState, Date, Option<Date>),
    description: &str,
) -> Sample {
    let details = DocumentDetails::Signature { description: description.to_owned() };
    let mut sample = sample(name, DocumentKind::Signature, state, asked, details);
    sample.content.due_on = due_on;
    sample
}

/// The line: its description, how many, and the price of one.
fn subscription(
    name: Name,
    (recurrence, begun, next): (&str, Date, Date),
    (description, pieces, unit_price): (&str, i64, i64),
) -> Sample {
    let details =
        DocumentDetails::Subscription { recurrence: recurrence.to_owned(), next_invoice_on: Some(next) };
    let mut sample = sample(name, DocumentKind::Subscription, DocumentState::Active, begun, details);
    let untaxed = pieces * unit_price;
    let tax = (untaxed * TAX + 500) / 1_000;
    sample.content.due_on = Some(next);
    sample.content.currency = Some(Currency::USD);
    sample.content.untaxed = Some(untaxed);
    sample.content.tax = Some(tax);
    sample.content.total = Some(untaxed + tax);
    sample.lines = Some(vec![NewLine {
        description: description.to_owned(),
        quantity: pieces * 1_000,
        unit_price,
        discount: 0,
        subtotal: untaxed,
    }]);
    sample
}

fn sample(
    (external_id, number, title): Name,
    kind: DocumentKind,
    state: DocumentState,
    dated_on: Date,
    details: DocumentDetails,
) -> Sample {
    let content = Content {
        kind,
        number: number.to_owned(),
        title: title.to_owned(),
        state,
        dated_on: Some(dated_on),
        due_on: None,
        currency: None,
        untaxed: None,
        tax: None,
        total: None,
        residual: None,
        details,
    };
    Sample { external_id, dated_on, content, lines: None }
}
