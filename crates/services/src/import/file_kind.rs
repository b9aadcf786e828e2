//! The eight files of an export, and the columns of each.

use domain::documents::DocumentKind;

/// What a file holds. In the order of import: what others point to comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum FileKind {
    Contacts,
    Leads,
    Orders,
    Purchases,
    Invoices,
    Projects,
    Tasks,
    Timesheets,
    /// These and the next two come by the machine API only.
    Tickets,
    Signatures,
    Subscriptions,
}

/// The columns of a kind of file, by their technical names.
#[derive(Debug)]
pub(super) struct Columns {
    /// A file without one of these is unreadable.
    pub required: &'static [&'static str],
    /// These are read where they are.
    pub optional: &'static [&'static str],
    /// These are known, and of no use here.
    pub unused: &'static [&'static str],
    /// What the names of the lines' columns begin with.
    pub line_prefix: Option<&'static str>,
    /// Columns that no other kind of file has.
    pub telling: &'static [&'static str],
}

impl FileKind {
    /// Those that files hold.
    pub(super) const ALL: [Self; 8] = [
        Self::Contacts,
        Self::Leads,
        Self::Orders,
        Self::Purchases,
        Self::Invoices,
        Self::Projects,
        Self::Tasks,
        Self::Timesheets,
    ];

    /// The file's name without its ending, and what it holds in plain words.
    pub(super) fn stem(self) -> &'static str {
        match self {
            Self::Contacts => "contacts",
            Self::Leads => "leads",
            Self::Orders => "orders",
            Self::Purchases => "purchases",
            Self::Invoices => "invoices",
            Self::Projects => "projects",
            Self::Tasks => "tasks",
            Self::Timesheets => "timesheets",
            Self::Tickets => "tickets",
            Self::Signatures => "signatures",
            Self::Subscriptions => "subscriptions",
        }
    }

    /// The kind of the documents in it.
    pub(super) fn document_kind(self) -> Option<DocumentKind> {
        match self {
            Self::Contacts => None,
            Self::Leads => Some(DocumentKind::Lead),
            Self::Orders => Some(DocumentKind::Sale),
            Self::Purchases => Some(DocumentKind::Purchase),
            Self::Invoices => Some(DocumentKind::Invoice),
            Self::Projects => Some(DocumentKind::Project),
            Self::Tasks => Some(DocumentKind::Task),
            Self::Timesheets => Some(DocumentKind::Timesheet),
            Self::Tickets => Some(DocumentKind::Ticket),
            Self::Signatures => Some(DocumentKind::Signature),
            Self::Subscriptions => Some(DocumentKind::Subscription),
        }
    }

    /// What a file holds: by its name, or else by a column that only one kind has.
    pub(super) fn recognise(name: &str, headers: &[String]) -> Option<Self> {
        let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
        let stem = file.rsplit_once('.').map_or(file, |(stem, _ending)| stem).to_lowercase();
        let has = |column: &&str| headers.iter().any(|header| header == column);
        Self::ALL
            .into_iter()
            .find(|kind| kind.stem() == stem)
            .or_else(|| Self::ALL.into_iter().find(|kind| kind.columns().telling.iter().any(has)))
    }

    pub(super) fn columns(self) -> &'static Columns {
        match self {
            Self::Contacts => &CONTACTS,
            Self::Leads => &LEADS,
            Self::Orders => &ORDERS,
            Self::Purchases => &PURCHASES,
            Self::Invoices => &INVOICES,
            Self::Projects => &PROJECTS,
            Self::Tasks => &TASKS,
            Self::Timesheets => &TIMESHEETS,
            Self::Tickets | Self::Signatures | Self::Subscriptions => &NO_FILE,
        }
    }
}

const NO_FILE: Columns =
    Columns { required: &[], optional: &[], unused: &[], line_prefix: None, telling: &[] };

const CONTACTS: Columns = Columns {
    required: &["id", "name"],
    optional: &[
        "is_company",
        "parent_id/id",
        "email",
        "phone",
        "street",
        "street2",
        "zip",
        "city",
        "state_id/code",
        "country_id/code",
        "vat",
        "ref",
        "lang",
        "website",
        "category_id/name",
        "comment",
    ],
    unused: &["type"],
    line_prefix: None,
    telling: &["is_company", "parent_id/id"],
};

const LEADS: Columns = Columns {
    required: &["id", "name"],
    optional: &[
        "type",
        "partner_id/id",
        "contact_name",
        "email_from",
        "stage_id/name",
        "expected_revenue",
        "probability",
        "user_id/name",
        "date_deadline",
        "create_date",
        "active",
    ],
    unused: &[],
    line_prefix: None,
    telling: &["expected_revenue", "probability", "email_from"],
};

const ORDERS: Columns = Columns {
    required: &["id", "name", "partner_id/id", "state", "currency_id/name", "amount_total"],
    optional: &[
        "date_order",
        "validity_date",
        "amount_untaxed",
        "amount_tax",
        "client_order_ref",
        "user_id/name",
        "note",
        "order_line/name",
        "order_line/product_uom_qty",
        "order_line/price_unit",
        "order_line/discount",
        "order_line/price_subtotal",
    ],
    unused: &[],
    line_prefix: Some("order_line/"),
    telling: &["validity_date", "client_order_ref", "order_line/product_uom_qty"],
};

const PURCHASES: Columns = Columns {
    required: &["id", "name", "partner_id/id", "state", "currency_id/name", "amount_total"],
    optional: &[
        "date_order",
        "date_planned",
        "amount_untaxed",
        "amount_tax",
        "order_line/name",
        "order_line/product_qty",
        "order_line/price_unit",
        "order_line/discount",
        "order_line/price_subtotal",
    ],
    unused: &[],
    line_prefix: Some("order_line/"),
    telling: &["date_planned", "order_line/product_qty"],
};

const INVOICES: Columns = Columns {
    required: &[
        "id",
        "name",
        "move_type",
        "partner_id/id",
        "state",
        "currency_id/name",
        "amount_total",
        "amount_residual",
    ],
    optional: &[
        "invoice_date",
        "invoice_date_due",
        "payment_state",
        "amount_untaxed",
        "amount_tax",
        "ref",
        "invoice_origin",
        "invoice_line_ids/name",
        "invoice_line_ids/quantity",
        "invoice_line_ids/price_unit",
        "invoice_line_ids/discount",
        "invoice_line_ids/price_subtotal",
    ],
    unused: &[],
    line_prefix: Some("invoice_line_ids/"),
    telling: &["move_type", "invoice_date", "amount_residual"],
};

const PROJECTS: Columns = Columns {
    required: &["id", "name", "privacy_visibility"],
    optional: &["partner_id/id", "user_id/name", "date_start", "date", "description"],
    unused: &["task_count"],
    line_prefix: None,
    telling: &["privacy_visibility", "date_start"],
};

const TASKS: Columns = Columns {
    required: &["id", "name", "project_id/id", "state"],
    optional: &[
        "partner_id/id",
        "user_ids/name",
        "stage_id/name",
        "priority",
        "date_deadline",
        "allocated_hours",
        "effective_hours",
        "description",
    ],
    unused: &[],
    line_prefix: None,
    telling: &["user_ids/name", "allocated_hours", "effective_hours"],
};

const TIMESHEETS: Columns = Columns {
    required: &["id", "date", "project_id/id", "unit_amount"],
    optional: &["employee_id/name", "task_id/id", "name", "partner_id/id"],
    unused: &[],
    line_prefix: None,
    telling: &["unit_amount", "employee_id/name"],
};

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(names: &[&str]) -> Vec<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn a_file_is_known_by_its_name_or_else_by_its_columns() {
        assert_eq!(FileKind::recognise("C:\\export\\Tasks.csv", &[]), Some(FileKind::Tasks));
        for kind in FileKind::ALL {
            let columns = kind.columns();
            let all: Vec<&str> = columns.required.iter().chain(columns.optional).copied().collect();
            assert_eq!(FileKind::recognise("export (2).csv", &headers(&all)), Some(kind));
        }
        assert_eq!(FileKind::recognise("export.csv", &headers(&["id", "name"])), None);
    }

    #[test]
    fn a_telling_column_is_of_one_kind_only() {
        for kind in FileKind::ALL {
            for column in kind.columns().telling {
                let known = |other: &FileKind| {
                    let columns = other.columns();
                    columns.required.contains(column) || columns.optional.contains(column)
                };
                let kinds: Vec<_> = FileKind::ALL.into_iter().filter(known).collect();
                assert_eq!(kinds, [kind], "{column}");
            }
        }
    }
}
