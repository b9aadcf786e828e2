use domain::{
    PageRequest,
    payments::{PaymentRequest, PaymentRow, PaymentState, Purpose},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::state::{StateBadge, is_refunded};
use crate::{
    layout::loaded,
    server::{answer, cx},
    ui::{
        self, ButtonLink, Cell, CellKind, Column, Crumb, EmptyState, FilterTab, FilterTabs, Glyph,
        PageHeader, Pager, Row, Table,
    },
};

/// On which side a list is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Customer,
    Staff,
}

impl Side {
    const fn address(self) -> &'static str {
        match self {
            Self::Customer => "/my/payments",
            Self::Staff => "/staff/payments",
        }
    }
}

/// `/my/payments`: what was paid, and what is under way. A plain page.
#[component]
pub fn PaymentListPage() -> impl IntoView {
    list(Side::Customer)
}

/// `/staff/payments`: the payments of all customers. A plain page.
#[component]
pub fn StaffPaymentListPage() -> impl IntoView {
    list(Side::Staff)
}

fn list(side: Side) -> AnyView {
    let request = use_query_map().with_untracked(|query| PaymentRequest {
        state: query.get("state").as_deref().and_then(PaymentState::parse),
        search: query.get("q").unwrap_or_default(),
        page: PageRequest { after: query.get("after"), before: query.get("before") },
    });
    let asked = request.clone();
    loaded(
        async move {
            let cx = cx()?;
            let found = match side {
                Side::Customer => services::payments::list_payments(&cx, &asked).await,
                Side::Staff => services::payments::list_staff_payments(&cx, &asked).await,
            };
            answer(&cx, found)
        },
        move |page| show(side, &request, page),
    )
}

fn show(side: Side, request: &PaymentRequest, page: domain::Page<PaymentRow>) -> AnyView {
    let address = |more: &str| {
        let mut parts = Vec::new();
        if let Some(state) = request.state {
            parts.push(format!("state={}", state.code()));
        }
        if !request.search.trim().is_empty() {
            parts.push(format!("q={}", crate::encode_path(request.search.trim())));
        }
        if !more.is_empty() {
            parts.push(more.to_owned());
        }
        format!("{}?{}", side.address(), parts.join("&"))
    };
    let previous = page.previous.map(|cursor| address(&format!("before={cursor}")));
    let next = page.next.map(|cursor| address(&format!("after={cursor}")));
    let pager = (previous.is_some() || next.is_some())
        .then(|| view! { <Pager previous=previous next=next summary="Newest first" /> });
    let of_state = |state: PaymentState| {
        let href = format!("{}?state={}", side.address(), state.code());
        FilterTab::new(state.label(), href, request.state == Some(state))
    };
    let all = FilterTab::new("All", side.address(), request.state.is_none());
    let tabs: Vec<FilterTab> =
        std::iter::once(all).chain(PaymentState::ALL.iter().copied().map(of_state)).collect();
    let content = if page.items.is_empty() { empty(request) } else { table(side, page.items) };
    let crumbs = if side == Side::Customer { vec![Crumb::link("Overview", "/my")] } else { Vec::new() };
    let may_manage = cx().is_ok_and(|cx| services::payments::may_manage(&cx));
    let statement = (side == Side::Staff && may_manage).then(|| {
        view! {
            <ButtonLink href="/staff/payments/statement" glyph=Glyph::Upload>
                "Bank statement"
            </ButtonLink>
        }
    });
    let search = (side == Side::Staff).then(|| search(&request.search));
    view! {
        <Title text="Payments" />
        <div class="page">
            <PageHeader title="Payments" crumbs=crumbs>
                {statement}
            </PageHeader>
            {search}
            <FilterTabs label="State" tabs=tabs />
            {content}
            {pager}
        </div>
    }
    .into_any()
}

fn search(text: &str) -> impl IntoView + use<> {
    view! {
        <form class="search" role="search" method="get" action=Side::Staff.address()>
            <ui::Icon glyph=Glyph::Search />
            <input
                class="input"
                type="search"
                name="q"
                value=text.to_owned()
                aria-label="Search payments"
                placeholder="Number, reference, payer or card"
            />
        </form>
    }
}

fn table(side: Side, rows: Vec<PaymentRow>) -> AnyView {
    let mut columns =
        vec![Column::new("Payment"), Column::new("Begun"), Column::new("Paid with"), Column::new("State")];
    if side == Side::Staff {
        columns.insert(1, Column::new("Customer"));
    }
    columns.push(Column::end("Amount"));
    let rows = rows.into_iter().map(|payment| row(side, payment)).collect_view();
    view! { <Table label="Payments" columns=columns class="doc-list">{rows}</Table> }.into_any()
}

fn row(side: Side, payment: PaymentRow) -> impl IntoView {
    let href = format!("{}/{}", side.address(), payment.id);
    let refunded = is_refunded(&payment);
    let sub = match payment.purpose {
        Purpose::TopUp => "Wallet top-up".to_owned(),
        Purpose::Documents => payment.payer.clone(),
    };
    let customer = (side == Side::Staff).then(|| {
        view! {
            <Cell label="Customer">{payment.company.clone()}</Cell>
        }
    });
    view! {
        <Row>
            <Cell kind=CellKind::Title>
                <a href=href>{payment.number}</a>
                <span class="sub">{sub}</span>
            </Cell>
            {customer}
            <Cell label="Begun">{payment.at}</Cell>
            <Cell label="Paid with">{payment.label}</Cell>
            <Cell label="State">
                <StateBadge state=payment.state is_refunded=refunded />
            </Cell>
            <Cell kind=CellKind::Figure label="Amount">
                <ui::Money amount=payment.amount />
            </Cell>
        </Row>
    }
}

fn empty(request: &PaymentRequest) -> AnyView {
    let (title, text) = if *request == PaymentRequest::default() {
        ("No payments yet", "What is paid here appears in this list.")
    } else {
        ("Nothing matches", "Look for something else, or choose another state.")
    };
    view! {
        <div class="card">
            <EmptyState title=title text=text glyph=Glyph::List />
        </div>
    }
    .into_any()
}
