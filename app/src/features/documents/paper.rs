//! The document itself, as it would look on paper.

use domain::documents::{Direction, DocumentDetails, DocumentPage, Party};
use leptos::prelude::*;

use super::{
    facts::{Fact, facts},
    lines::Lines,
    text::{Body, Note, body_of, note_of},
    totals::TotalsBox,
};
use crate::{
    session::use_session,
    ui::{Definition, DefinitionList},
};

/// Head, parties and facts, text, lines and totals.
#[component]
pub(super) fn Paper(page: DocumentPage) -> impl IntoView {
    let facts = facts(&page);
    let (body, note) = (body_of(&page.details), note_of(&page.details));
    let party = party_of(&page);
    let totals = page.totals.map(|totals| view! { <TotalsBox totals=totals details=page.details.clone() /> });
    view! {
        <article class="doc-paper">
            <Head page=page.clone() />
            <div class="doc-parties">
                {party}
                {(!facts.is_empty())
                    .then(|| {
                        view! {
                            <DefinitionList>
                                {facts
                                    .into_iter()
                                    .map(|Fact { term, value }| view! { <Definition term=term>{value}</Definition> })
                                    .collect_view()}
                            </DefinitionList>
                        }
                    })}
            </div>
            <Body text=body />
            {(!page.lines.is_empty()).then(|| view! { <Lines lines=page.lines /> })}
            {totals}
            <Note text=note />
        </article>
    }
    .into_any()
}

/// Who made it out, and what it is.
#[component]
fn Head(page: DocumentPage) -> impl IntoView {
    let session = use_session();
    let is_theirs = matches!(page.details, DocumentDetails::Invoice { direction: Direction::Payable, .. });
    let issuer = if is_theirs && !page.bill_to.name.is_empty() {
        view! { <div class="doc-issuer"><PartyView party=page.bill_to.clone() /></div> }.into_any()
    } else {
        view! { <div class="doc-issuer"><strong>{session.business}</strong></div> }.into_any()
    };
    let number = page.row.number.clone();
    view! {
        <header class="doc-head">
            {issuer}
            <div>
                <h2>{page.row.noun}</h2>
                {(!number.is_empty()).then(|| view! { <p class="muted">{number}</p> })}
            </div>
        </header>
    }
    .into_any()
}

/// For whom it was made out; the issuer's own document names the business instead.
fn party_of(page: &DocumentPage) -> Option<AnyView> {
    let (title, party) = match &page.details {
        DocumentDetails::Invoice { direction: Direction::Payable, .. } => {
            ("Bill to", Party { name: use_session().business, ..Party::default() })
        }
        DocumentDetails::Invoice { .. } => ("Bill to", page.bill_to.clone()),
        DocumentDetails::Purchase { .. } => ("Vendor", page.bill_to.clone()),
        _ => ("For", page.bill_to.clone()),
    };
    (!party.name.is_empty()).then(|| {
        view! {
            <div>
                <h3>{title}</h3>
                <PartyView party=party />
            </div>
        }
        .into_any()
    })
}

#[component]
fn PartyView(party: Party) -> impl IntoView {
    let vat = (!party.vat.is_empty()).then(|| format!("VAT {}", party.vat));
    let lines: Vec<String> = party.address.into_iter().chain(vat).collect();
    view! {
        <address>
            <strong>{party.name}</strong>
            {(!lines.is_empty()).then(|| format!("\n{}", lines.join("\n")))}
        </address>
    }
    .into_any()
}
