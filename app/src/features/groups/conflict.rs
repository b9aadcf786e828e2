use domain::access::{GroupForm, Permission};
use leptos::prelude::*;

use crate::ui::{Alert, Cell, CellKind, Column, Row, Table, Tone};

/// Two people changed one group: what each chose, field by field.
pub(super) fn conflict_view(theirs: &GroupForm, mine: &GroupForm) -> impl IntoView + use<> {
    let columns = ["Field", "Saved now", "Typed by you"].map(Column::new).to_vec();
    let rows = differences(theirs, mine)
        .into_iter()
        .map(|(field, theirs, mine)| {
            view! {
                <Row>
                    <Cell kind=CellKind::Title>{field}</Cell>
                    <Cell label="Saved now">{theirs}</Cell>
                    <Cell label="Typed by you">{mine}</Cell>
                </Row>
            }
        })
        .collect_view();
    view! {
        <Alert tone=Tone::Bad title="Somebody else changed this meanwhile.">
            "Nothing of yours was saved yet. Change the fields below to what they should be and save again, or \
             discard to keep what is saved now."
        </Alert>
        <Table label="What differs" columns=columns>
            {rows}
        </Table>
    }
}

/// The fields that differ, with both values.
fn differences(theirs: &GroupForm, mine: &GroupForm) -> Vec<(&'static str, String, String)> {
    let yes = |is: bool| if is { "Yes" } else { "No" }.to_owned();
    let mut pairs = vec![
        ("Name", theirs.name.clone(), mine.name.clone()),
        ("Description", theirs.description.clone(), mine.description.clone()),
        ("Require two-factor", yes(theirs.require_two_factor), yes(mine.require_two_factor)),
        ("Default for new portal users", yes(theirs.is_default), yes(mine.is_default)),
    ];
    pairs.extend(Permission::ALL.iter().map(|permission| {
        let shown =
            |form: &GroupForm| permission.scope_label(form.permissions.scope_of(*permission)).to_owned();
        (permission.label(), shown(theirs), shown(mine))
    }));
    pairs.retain(|(_, theirs, mine)| theirs != mine);
    pairs
}

#[cfg(test)]
mod tests {
    use domain::access::ScopeKind;

    use super::*;

    #[test]
    fn shows_both_values_of_what_differs_only() {
        let theirs = GroupForm { name: "Buyers".into(), ..GroupForm::default() };
        let mut mine = theirs.clone();
        mine.permissions.allow(Permission::SalesView, ScopeKind::Own);
        let expected = ("See quotations and orders", "No".to_owned(), "Only their own".to_owned());
        assert_eq!(differences(&theirs, &mine), [expected]);
    }
}
