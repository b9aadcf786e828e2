//! What a contact says, field by field: the one list for reading, for answers and for the description.

/// Longest line of a contact.
pub(super) const MAX_LINE: usize = 200;
/// Longest comment.
pub(super) const MAX_COMMENT: usize = 20_000;

/// The fields of a contact: name and meaning. Each is text, or null for nothing.
pub const CONTACT_FIELDS: [(&str, &str); 17] = [
    ("name", "The name of the company or person. It must be sent."),
    ("kind", "`company` or `person`; a new contact is a person unless this says otherwise."),
    ("parent", "External id of the company that it belongs to; empty for none."),
    ("email", "One email address."),
    ("phone", "Telephone."),
    ("street", "Street and number."),
    ("street2", "Second line of the address."),
    ("zip", "Postal code."),
    ("city", "City."),
    ("state", "Code of the state or province."),
    ("country", "Two letters of the country, such as DE."),
    ("vat", "VAT number."),
    ("reference", "Your own number of it, such as a customer number."),
    ("language", "Language, such as en_US."),
    ("website", "Address of the web site."),
    ("tags", "Tags, with commas between."),
    ("comment", "Note among staff."),
];
