use domain::{
    FieldErrors, Instant,
    access::{PortalUserForm, parse_day},
    ids::GroupId,
};
use time::Date;

use crate::Cx;

/// On which terms somebody is a portal user, as staff typed them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Terms {
    pub group: Option<GroupId>,
    pub require_two_factor: bool,
    /// The beginning of the first day, where the business is.
    pub valid_from: Option<Instant>,
    /// The end of the last day, where the business is.
    pub valid_until: Option<Instant>,
}

impl Terms {
    /// Reads the form's fields.
    ///
    /// # Errors
    /// The fields that make no sense, with what to type instead.
    pub(super) fn parse(cx: &Cx, form: &PortalUserForm) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let group = match form.group.as_str() {
            "" => None,
            key => match key.parse() {
                Ok(group) => Some(group),
                Err(_no_key) => {
                    errors.add("group", super::group_choice::NO_SUCH_GROUP);
                    None
                }
            },
        };
        let mut day = |field: &str, text: &str| {
            parse_day(text).unwrap_or_else(|text| {
                errors.add(field, text);
                None
            })
        };
        let zone = &cx.settings().zone;
        let valid_from = day("valid_from", &form.valid_from).map(|day| zone.begin_of(day));
        let last = day("valid_until", &form.valid_until);
        let valid_until = last.and_then(Date::next_day).map(|after| zone.begin_of(after));
        if let Some(until) = valid_until {
            if valid_from.is_some_and(|from| until <= from) {
                errors.add("valid_until", "The last day lies before the first: choose a later one.");
            } else if until <= cx.now() {
                errors.add("valid_until", "This day is over: choose a later one, or end the access.");
            }
        }
        errors.into_result()?;
        Ok(Self { group, require_two_factor: form.require_two_factor, valid_from, valid_until })
    }
}
