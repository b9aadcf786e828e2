//! Which fields a kind of document has, in the order of filling in.

use domain::{
    documents::{DocumentKind, DocumentState},
    form::{FormField, FormSection},
};

use super::values::Values;

/// What is to choose from.
pub(super) struct Choices {
    /// Contacts that the document may be for.
    pub(super) contacts: Vec<(String, String)>,
    /// The contact that is chosen.
    pub(super) contact: String,
    /// Projects and tasks that it may belong to.
    pub(super) parents: Vec<(String, String)>,
    /// The one that it belongs to.
    pub(super) parent: String,
    /// The state that it is in.
    pub(super) state: Option<DocumentState>,
}

/// Kinds that are made of lines.
pub fn has_lines(kind: DocumentKind) -> bool {
    matches!(
        kind,
        DocumentKind::Sale | DocumentKind::Purchase | DocumentKind::Invoice | DocumentKind::Subscription
    )
}

/// The types of an invoice: the word, and what people read.
const INVOICE_TYPES: [(&str, &str); 4] = [
    ("invoice", "Invoice"),
    ("credit-note", "Credit note"),
    ("bill", "Bill of a vendor"),
    ("vendor-credit-note", "Credit note of a vendor"),
];
const LEAD_TYPES: [(&str, &str); 2] = [("lead", "Lead"), ("opportunity", "Opportunity")];

/// The fields of a kind that say something of the document itself: all but whom it is for and what it belongs to.
pub(crate) fn plain_fields(kind: DocumentKind, values: &Values) -> Vec<FormField> {
    let none = Choices {
        contacts: Vec::new(),
        contact: String::new(),
        parents: Vec::new(),
        parent: String::new(),
        state: None,
    };
    let sections = head(kind, values, none).into_iter().chain(foot(kind, values));
    let fields = sections.flat_map(|section| section.fields);
    fields.filter(|field| !["contact", "customer"].contains(&field.name.as_str())).collect()
}

/// The fields before the lines.
pub(super) fn head(kind: DocumentKind, values: &Values, choices: Choices) -> Vec<FormSection> {
    let Choices { contacts, contact, parents, parent, state } = choices;
    let customer = FormSection::new(
        "Customer",
        vec![
            FormField::select("contact", "Belongs to", contact, contacts)
                .hint("Whoever it belongs to, and their company, see it once it is published."),
            FormField::text("customer", "Look for a customer", "")
                .hint("A name, an email address or a reference; then press Find customer."),
        ],
    );
    let mut fields = own_fields(kind, values);
    if !parents.is_empty() {
        let label = if kind == DocumentKind::Task { "Project" } else { "Project or task" };
        fields.insert(1, FormField::select("parent", label, parent, parents));
    }
    let states = states(kind, state);
    let value = values.get("state");
    let value = if value.is_empty() {
        states.first().map(|(code, _)| code.clone()).unwrap_or_default()
    } else {
        value
    };
    fields.push(FormField::select("state", "Status", value, states));
    let mut sections = vec![customer, FormSection::new("Document", fields)];
    if kind == DocumentKind::Lead {
        let v = |name: &str| values.get(name);
        let mut hidden = FormSection::new(
            "For staff only",
            vec![
                FormField::text("salesperson", "Salesperson", v("salesperson")),
                FormField::text("expected_revenue", "Expected revenue", v("expected_revenue")),
                FormField::text("currency", "Currency", v("currency")).required(true),
                FormField::text("probability", "Probability in percent", v("probability")),
            ],
        );
        hidden.note = Some("Customers never see these.".to_owned());
        sections.push(hidden);
    }
    sections
}

fn own_fields(kind: DocumentKind, values: &Values) -> Vec<FormField> {
    let line = |name: &str, label: &str| FormField::text(name, label, values.get(name));
    let day = |name: &str, label: &str| FormField::date(name, label, values.get(name));
    let number = || line("number", "Number");
    let currency = || line("currency", "Currency").required(true).hint("Three letters, such as EUR.");
    match kind {
        DocumentKind::Lead => vec![
            line("title", "Subject").required(true),
            select("type", "Type", values, &LEAD_TYPES),
            line("stage", "Stage"),
            line("contact_name", "Contact name"),
            line("email", "Email"),
            day("dated_on", "Since"),
            day("due_on", "Expected closing"),
        ],
        DocumentKind::Sale => vec![
            number().required(true),
            line("title", "Title"),
            line("customer_reference", "Customer’s reference"),
            line("salesperson", "Salesperson"),
            day("dated_on", "Date"),
            day("due_on", "Valid until"),
            currency(),
        ],
        DocumentKind::Purchase => vec![
            number().required(true),
            line("title", "Title"),
            day("dated_on", "Date"),
            day("due_on", "Expected on"),
            currency(),
        ],
        DocumentKind::Invoice => vec![
            number().hint("A draft may do without one."),
            select("type", "Type", values, &INVOICE_TYPES),
            line("title", "Title"),
            line("reference", "Reference"),
            line("origin", "Source document"),
            day("dated_on", "Date"),
            day("due_on", "Due on"),
            currency(),
        ],
        DocumentKind::Project => vec![
            line("title", "Name").required(true),
            line("manager", "Manager"),
            day("dated_on", "Starts on"),
            day("due_on", "Ends on"),
        ],
        DocumentKind::Task => vec![
            line("title", "Title").required(true),
            line("stage", "Stage"),
            line("assignees", "Assignees"),
            line("priority", "Priority"),
            day("due_on", "Deadline"),
            line("allocated", "Planned hours").hint("Such as 1:30 or 1.5."),
            line("spent", "Hours spent"),
        ],
        DocumentKind::Timesheet => vec![
            line("title", "Work").required(true),
            line("employee", "Employee"),
            day("dated_on", "Date").required(true),
            line("spent", "Hours").required(true).hint("Such as 1:30 or 1.5."),
        ],
        DocumentKind::Ticket => vec![
            line("title", "Subject").required(true),
            number(),
            line("priority", "Priority"),
            day("dated_on", "Opened on"),
        ],
        DocumentKind::Signature => vec![
            line("title", "Title").required(true),
            number(),
            day("dated_on", "Sent on"),
            day("due_on", "Sign until"),
        ],
        DocumentKind::Subscription => vec![
            line("title", "Name").required(true),
            number(),
            line("recurrence", "Recurrence").hint("In plain words, such as Monthly."),
            day("dated_on", "Since"),
            day("due_on", "Next invoice on"),
            currency(),
        ],
    }
}

/// The fields after the lines.
pub(super) fn foot(kind: DocumentKind, values: &Values) -> Vec<FormSection> {
    let line = |name: &str, label: &str| FormField::text(name, label, values.get(name));
    let text = |name: &str, label: &str| FormField::lines(name, label, values.get(name));
    let mut sections = Vec::new();
    if has_lines(kind) {
        let mut sums = vec![
            line("untaxed", "Untaxed amount").hint("Leave it empty to add up the lines."),
            line("tax", "Tax").hint("An amount, or a rate such as 19 %."),
        ];
        if kind == DocumentKind::Invoice {
            sums.push(line("paid", "Paid so far"));
        }
        sections.push(FormSection::new("Sums", sums));
    }
    match kind {
        DocumentKind::Sale => {
            sections.push(FormSection::new("Below the sums", vec![text("note", "Terms and notes")]))
        }
        DocumentKind::Project | DocumentKind::Task | DocumentKind::Ticket | DocumentKind::Signature => {
            sections.push(FormSection::new("Text", vec![text("description", "Description")]));
        }
        _ => {}
    }
    sections
}

fn select(name: &str, label: &str, values: &Values, options: &[(&str, &str)]) -> FormField {
    let value = values.get(name);
    let first = options.first().map_or("", |(code, _)| code);
    let value = if value.is_empty() { first.to_owned() } else { value };
    let options = options.iter().map(|(code, label)| ((*code).to_owned(), (*label).to_owned())).collect();
    FormField::select(name, label, value, options)
}

/// The states of the kind, and the one that it is in should that be none of them.
fn states(kind: DocumentKind, current: Option<DocumentState>) -> Vec<(String, String)> {
    let of_kind = DocumentState::of(kind);
    let odd = current.filter(|state| !of_kind.contains(state));
    let all = of_kind.iter().copied().chain(odd);
    all.map(|state| (state.code().to_owned(), state.label(kind).to_owned())).collect()
}
