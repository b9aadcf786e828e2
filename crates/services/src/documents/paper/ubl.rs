//! An invoice for machines: UBL 2.1, which travels in the PDF.
//!
//! It says what is known and nothing more. Of an imported invoice no tax rates a line and no countries' codes are known, so
//! it names no profile, such as EN 16931, that asks for them.

use domain::{
    Money,
    date::to_iso,
    documents::{Direction, DocumentDetails, DocumentLine, DocumentRow, Party, Totals},
};

use crate::settings::Settings;

/// An invoice or credit note to a customer; nothing for any other document.
pub(super) fn ubl(
    row: &DocumentRow,
    details: &DocumentDetails,
    bill_to: &Party,
    lines: &[DocumentLine],
    totals: Option<Totals>,
    settings: &Settings,
) -> Option<String> {
    let DocumentDetails::Invoice { direction: Direction::Receivable, is_credit, reference, .. } = details
    else {
        return None;
    };
    let (totals, dated) = (totals?, row.dated?);
    let root = if *is_credit { "CreditNote" } else { "Invoice" };
    let mut xml = Xml(String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"));
    xml.0 += &format!(
        "<{root} xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:{root}-2\" \
         xmlns:cac=\"urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2\" \
         xmlns:cbc=\"urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2\">"
    );
    xml.text("cbc:UBLVersionID", "2.1");
    xml.text("cbc:ID", &row.number);
    xml.text("cbc:IssueDate", &to_iso(dated));
    if *is_credit {
        xml.text("cbc:CreditNoteTypeCode", "381");
    } else {
        if let Some(due) = row.due {
            xml.text("cbc:DueDate", &to_iso(due));
        }
        xml.text("cbc:InvoiceTypeCode", "380");
    }
    xml.text("cbc:Note", &row.title);
    xml.text("cbc:DocumentCurrencyCode", totals.total.currency.code());
    xml.text("cbc:BuyerReference", reference);
    xml.within("cac:AccountingSupplierParty", |xml| supplier(xml, settings));
    xml.within("cac:AccountingCustomerParty", |xml| customer(xml, bill_to));
    xml.within("cac:TaxTotal", |xml| xml.amount("cbc:TaxAmount", totals.tax));
    xml.within("cac:LegalMonetaryTotal", |xml| {
        xml.amount("cbc:LineExtensionAmount", totals.untaxed);
        xml.amount("cbc:TaxExclusiveAmount", totals.untaxed);
        xml.amount("cbc:TaxInclusiveAmount", totals.total);
        xml.amount("cbc:PayableAmount", totals.total);
    });
    let (of_line, quantity) = if *is_credit {
        ("cac:CreditNoteLine", "cbc:CreditedQuantity")
    } else {
        ("cac:InvoiceLine", "cbc:InvoicedQuantity")
    };
    let charged: Vec<_> =
        lines.iter().filter(|line| line.quantity != 0 || line.subtotal.minor != 0).collect();
    for (index, line) in charged.iter().enumerate() {
        xml.within(of_line, |xml| {
            xml.text("cbc:ID", &(index + 1).to_string());
            xml.with(quantity, " unitCode=\"C62\"", &decimal(line.quantity, 3));
            xml.amount("cbc:LineExtensionAmount", line.subtotal);
            xml.within("cac:Item", |xml| {
                let description = line.description.trim();
                let (name, text) = description.split_once('\n').unwrap_or((description, ""));
                xml.text("cbc:Description", text.trim());
                xml.text("cbc:Name", if name.trim().is_empty() { "Item" } else { name.trim() });
            });
            xml.within("cac:Price", |xml| price(xml, line));
        });
    }
    // An invoice without lines is one line of all.
    if charged.is_empty() {
        xml.within(of_line, |xml| {
            xml.text("cbc:ID", "1");
            xml.with(quantity, " unitCode=\"C62\"", "1");
            xml.amount("cbc:LineExtensionAmount", totals.untaxed);
            let name = row.title.trim();
            xml.within("cac:Item", |xml| {
                xml.text("cbc:Name", if name.is_empty() { &row.number } else { name })
            });
            xml.within("cac:Price", |xml| xml.amount("cbc:PriceAmount", totals.untaxed));
        });
    }
    xml.0 += &format!("</{root}>\n");
    Some(xml.0)
}

fn supplier(xml: &mut Xml, settings: &Settings) {
    let general = &settings.general;
    let legal = if general.legal_name.trim().is_empty() { &general.business } else { &general.legal_name };
    let address: Vec<&str> = general.legal_address.lines().collect();
    xml.within("cac:Party", |xml| {
        xml.within("cac:PartyName", |xml| xml.text("cbc:Name", &general.business));
        postal_address(xml, &address);
        tax_scheme(xml, &general.vat);
        xml.within("cac:PartyLegalEntity", |xml| {
            xml.text("cbc:RegistrationName", legal);
            xml.text("cbc:CompanyID", &general.registration);
        });
        if !general.support_phone.is_empty() || !general.support_email.is_empty() {
            xml.within("cac:Contact", |xml| {
                xml.text("cbc:Telephone", &general.support_phone);
                xml.text("cbc:ElectronicMail", &general.support_email);
            });
        }
    });
}

fn customer(xml: &mut Xml, party: &Party) {
    let address: Vec<&str> = party.address.iter().map(String::as_str).collect();
    xml.within("cac:Party", |xml| {
        xml.within("cac:PartyName", |xml| xml.text("cbc:Name", &party.name));
        postal_address(xml, &address);
        tax_scheme(xml, &party.vat);
        xml.within("cac:PartyLegalEntity", |xml| xml.text("cbc:RegistrationName", &party.name));
    });
}

fn postal_address(xml: &mut Xml, lines: &[&str]) {
    let lines: Vec<_> = lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).collect();
    if lines.is_empty() {
        return;
    }
    xml.within("cac:PostalAddress", |xml| {
        for line in lines {
            xml.within("cac:AddressLine", |xml| xml.text("cbc:Line", line));
        }
    });
}

fn tax_scheme(xml: &mut Xml, vat: &str) {
    if vat.trim().is_empty() {
        return;
    }
    xml.within("cac:PartyTaxScheme", |xml| {
        xml.text("cbc:CompanyID", vat.trim());
        xml.within("cac:TaxScheme", |xml| xml.text("cbc:ID", "VAT"));
    });
}

/// The price of one, and what was taken off it.
fn price(xml: &mut Xml, line: &DocumentLine) {
    let off = i128::from(line.unit_price.minor) * i128::from(line.discount) / 10_000;
    let off = i64::try_from(off).unwrap_or(0);
    let currency = line.unit_price.currency;
    xml.amount("cbc:PriceAmount", Money::new(line.unit_price.minor - off, currency));
    if off != 0 {
        xml.within("cac:AllowanceCharge", |xml| {
            xml.text("cbc:ChargeIndicator", "false");
            xml.amount("cbc:Amount", Money::new(off, currency));
            xml.amount("cbc:BaseAmount", line.unit_price);
        });
    }
}

/// XML in the making.
struct Xml(String);

impl Xml {
    /// An element with a text; left out where there is none.
    fn text(&mut self, name: &str, text: &str) {
        if !text.trim().is_empty() {
            self.with(name, "", text);
        }
    }

    fn amount(&mut self, name: &str, amount: Money) {
        let attribute = format!(" currencyID=\"{}\"", amount.currency.code());
        self.with(name, &attribute, &decimal(amount.minor, amount.currency.decimals()));
    }

    fn with(&mut self, name: &str, attributes: &str, text: &str) {
        self.0 += &format!("<{name}{attributes}>{}</{name}>", escaped(text.trim()));
    }

    fn within(&mut self, name: &str, fill: impl FnOnce(&mut Self)) {
        self.0 += &format!("<{name}>");
        fill(self);
        self.0 += &format!("</{name}>");
    }
}

/// A number with a point and as many decimals as its unit has.
fn decimal(value: i64, decimals: u32) -> String {
    let unit = 10_u64.pow(decimals);
    let sign = if value < 0 { "-" } else { "" };
    let (whole, fraction) = (value.unsigned_abs() / unit, value.unsigned_abs() % unit);
    let width = usize::try_from(decimals).unwrap_or(0);
    if decimals == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction:0width$}") }
}

/// Text in XML: what it gives a meaning is escaped, what it cannot hold is left out.
fn escaped(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => made += "&amp;",
            '<' => made += "&lt;",
            '>' => made += "&gt;",
            '"' => made += "&quot;",
            '\n' | '\t' => made.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => made.push(c),
        }
    }
    made
}
