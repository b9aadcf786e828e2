use super::*;

fn parse(pairs: &[(&str, &str)]) -> ParsedFilter {
    UserFilter::parse(pairs.iter().copied())
}

/// A query as browsers read it.
fn unescape(query: &str) -> Vec<(String, String)> {
    let decode = |text: &str| {
        let mut bytes = Vec::new();
        let mut rest = text.bytes();
        while let Some(byte) = rest.next() {
            match byte {
                b'+' => bytes.push(b' '),
                b'%' => {
                    let hex: String = rest.by_ref().take(2).map(char::from).collect();
                    bytes.push(u8::from_str_radix(&hex, 16).expect("hex"));
                }
                _ => bytes.push(byte),
            }
        }
        String::from_utf8(bytes).expect("UTF-8")
    };
    let pairs = query.trim_start_matches('?').split('&').filter(|pair| !pair.is_empty());
    pairs.filter_map(|pair| pair.split_once('=')).map(|(name, value)| (decode(name), decode(value))).collect()
}

fn condition(field: &str, operator: &str, value: &str) -> UserCondition {
    UserCondition::parse(field, operator, value).expect("a condition")
}

#[test]
fn an_address_leads_back_to_its_filter() {
    let filter = UserFilter {
        search: "ann & 100% +ü".into(),
        quick: vec![QuickFilter::Portal, QuickFilter::NeverConnected],
        conditions: vec![
            condition("groups", "contains", "portal"),
            condition("name", "not", "A.B. \"C\""),
            condition("company", "lacks", "acme"),
            condition("status", "not", "Disabled"),
            condition("two-factor", "is", "no"),
            condition("last", "before", "2026-11-22"),
            condition("last", "after", "2025-01-01"),
            condition("last", "not", "Never"),
        ],
        join: Join::Any,
        page: PageRequest { after: Some("abc_-".into()), before: None },
    };
    let pairs = unescape(&filter.to_query());
    let parsed = UserFilter::parse(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    assert_eq!(parsed, ParsedFilter { filter, draft: None });
}

#[test]
fn the_address_is_short_and_says_what_it_means() {
    let filter =
        parse(&[("is", "portal"), ("field", "groups"), ("operator", "contains"), ("value", " portal ")]);
    assert_eq!(filter.filter.to_query(), "?is=portal&where=groups.contains.portal");
    assert_eq!(filter.filter.conditions[0].describe(), "Groups contains portal");
    assert_eq!(UserFilter::default().to_query(), "");
}

#[test]
fn what_makes_no_sense_is_left_out() {
    let parsed = parse(&[
        ("is", "robots"),
        ("is", "portal"),
        ("is", "portal"),
        ("where", "groups"),
        ("where", "groups.before.2026-01-01"),
        ("where", "shoe.is.44"),
        ("match", "some"),
        ("utm", "x"),
    ]);
    let filter = UserFilter { quick: vec![QuickFilter::Portal], ..UserFilter::default() };
    assert_eq!(parsed, ParsedFilter { filter, draft: None });
}

#[test]
fn a_condition_that_was_just_typed_says_what_is_wrong() {
    let cases = [
        ("shoe", "is", "44", "field"),
        ("groups", "like", "portal", "operator"),
        ("groups", "contains", " ", "value"),
        ("groups", "before", "2026-01-01", "operator"),
        ("status", "contains", "active", "operator"),
        ("status", "is", "asleep", "value"),
        ("two-factor", "is", "maybe", "value"),
        ("last", "before", "yesterday", "value"),
        ("last", "is", "2026-01-01", "operator"),
        ("last", "contains", "never", "operator"),
        ("name", "is", "a\nb", "value"),
    ];
    for (field, operator, value, wrong) in cases {
        let parsed = parse(&[("field", field), ("operator", operator), ("value", value)]);
        let draft = parsed.draft.expect("what was typed");
        assert_eq!((draft.field.as_str(), draft.value.as_str()), (field, value));
        assert!(draft.errors.get(wrong).is_some(), "{field} {operator} {value}: {:?}", draft.errors);
        assert!(parsed.filter.is_empty());
    }
}

#[test]
fn there_is_a_limit_to_conditions() {
    let word = ("where", "name.contains.x");
    let mut pairs = vec![word; 12];
    assert_eq!(parse(&pairs).filter.conditions.len(), MOST_CONDITIONS);
    pairs.extend([("field", "name"), ("operator", "is"), ("value", "y")]);
    assert!(parse(&pairs).draft.is_some_and(|draft| draft.errors.get("value").is_some()));
}

#[test]
fn filters_are_switched_and_removed_from_the_first_page() {
    let page = PageRequest { after: Some("x".into()), before: None };
    let conditions = vec![condition("name", "is", "a"), condition("name", "is", "b")];
    let filter = UserFilter { conditions, join: Join::Any, page, ..UserFilter::default() };
    let both = filter.toggled(QuickFilter::Inactive).toggled(QuickFilter::Portal);
    assert_eq!(both.quick, [QuickFilter::Portal, QuickFilter::Inactive]);
    assert_eq!(both.page, PageRequest::default());
    assert_eq!(both.toggled(QuickFilter::Portal).quick, [QuickFilter::Inactive]);
    let one = filter.without(0);
    assert_eq!((one.conditions[0].describe().as_str(), one.join), ("Name is b", Join::All));
    assert_eq!(filter.without(7).conditions.len(), 2);
}

#[test]
fn what_is_not_on_is_off() {
    assert_eq!(condition("two-factor", "not", "on"), UserCondition::TwoFactor { on: false });
    assert_eq!(condition("two-factor", "not", "off"), UserCondition::TwoFactor { on: true });
}
