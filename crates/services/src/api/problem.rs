//! What was wrong with a record that another program sent.

use domain::FieldErrors;

use crate::ServiceError;

/// Why a request of another program was not done.
pub type ApiError = ServiceError;

/// The result of one.
pub type ApiResult<T> = Result<T, ApiError>;

/// The fields of a form as places in what was sent, in the words of RFC 6901.
pub(super) fn as_pointers(errors: FieldErrors) -> FieldErrors {
    let mut told = FieldErrors::default();
    for (field, text) in errors.iter() {
        told.add(&pointer(field), text);
    }
    told
}

/// `line.2.price` as `/lines/1/price`, and `title` as `/title`.
fn pointer(field: &str) -> String {
    if field.starts_with('/') {
        return field.to_owned();
    }
    let of_line = field.strip_prefix("line.").and_then(|rest| rest.split_once('.'));
    match of_line.and_then(|(number, part)| Some((number.parse::<usize>().ok()?.checked_sub(1)?, part))) {
        Some((place, part)) => format!("/lines/{place}/{part}"),
        None => format!("/{field}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_places_in_what_was_sent() {
        assert_eq!(pointer("line.2.price"), "/lines/1/price");
        assert_eq!(pointer("lines"), "/lines");
        assert_eq!(pointer("/external_id"), "/external_id");
        assert_eq!(pointer("line.0.price"), "/line.0.price");
    }
}
