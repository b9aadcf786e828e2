use domain::users::{ConditionDraft, Join, Operator, UserField, UserFilter};
use leptos::prelude::*;

use super::{LIST, list_page::pairs, to_href};
use crate::ui::{Button, ButtonKind, Dialog, Field, SelectField};

/// The dialog *Add Custom Filter*: a plain form that leads to the list with one condition more.
#[component]
pub(super) fn CustomFilter(
    id: &'static str,
    filter: UserFilter,
    draft: Option<ConditionDraft>,
    open: RwSignal<bool>,
) -> impl IntoView {
    let draft = draft.unwrap_or_else(|| ConditionDraft {
        field: UserField::ALL[0].code().to_owned(),
        operator: Operator::ALL[0].code().to_owned(),
        ..ConditionDraft::default()
    });
    let errors = draft.errors.clone();
    let error = move |name: &str| errors.get(name).map(str::to_owned);
    let [field_error, operator_error, value_error] = ["field", "operator", "value"].map(error);
    let fields = UserField::ALL.map(|field| (field.code().to_owned(), field.label().to_owned()));
    let operators = Operator::ALL.map(|operator| (operator.code().to_owned(), operator.label().to_owned()));
    let asks_join = !filter.conditions.is_empty();
    let joins = [("", "All conditions hold (and)"), ("any", "One of them holds (or)")];
    let joins = joins.map(|(value, text)| (value.to_owned(), text.to_owned()));
    let join = if filter.join == Join::Any { "any" } else { "" };
    let hidden = pairs(&filter)
        .into_iter()
        .filter(|(name, _)| name != "match")
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect_view();
    view! {
        <Dialog id=id title="Add Custom Filter" open=open close_href=to_href(&filter)>
            <form method="get" action=LIST class="form">
                {hidden}
                <SelectField
                    label="Field"
                    name="field"
                    options=fields.into()
                    value=draft.field.clone()
                    error=field_error
                />
                <SelectField
                    label="Operator"
                    name="operator"
                    options=operators.into()
                    value=draft.operator.clone()
                    error=operator_error
                />
                <Field
                    label="Value"
                    name="value"
                    value=draft.value.clone()
                    autocomplete="off"
                    maxlength=100
                    hint="A text such as portal; for Status invited, active or disabled; for Two-factor on or off; \
                          for Latest authentication a date such as 2026-11-22, or never."
                    error=value_error
                />
                {asks_join
                    .then(|| {
                        view! {
                            <SelectField
                                label="Together with the other conditions"
                                name="match"
                                options=joins.into()
                                value=join
                            />
                        }
                    })}
                <div class="actions">
                    <Button kind=ButtonKind::Primary submit=true>
                        "Apply"
                    </Button>
                </div>
            </form>
        </Dialog>
    }
    .into_any()
}
