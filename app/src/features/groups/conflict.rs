use domain::access::{GroupForm, Permission};

/// The fields that differ, with both values.
pub(super) fn differences(theirs: &GroupForm, mine: &GroupForm) -> Vec<(String, String, String)> {
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
    pairs.into_iter().map(|(field, theirs, mine)| (field.to_owned(), theirs, mine)).collect()
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
        let expected = ("See quotations and orders".to_owned(), "No".to_owned(), "Only their own".to_owned());
        assert_eq!(differences(&theirs, &mine), [expected]);
    }
}
