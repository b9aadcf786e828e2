use domain::access::{Affected, GroupEffects, PermissionChange};
use leptos::prelude::*;

use crate::ui::{Alert, Badge, Cell, CellKind, Column, Row, Table, Tone};

/// What saving would do to people, and what confirms that it was seen.
pub(super) fn effects_view(effects: &GroupEffects) -> impl IntoView + use<> {
    let affected = effects.affected;
    let columns = ["What changes", "Now", "Then", "Effect"].map(Column::new).to_vec();
    let rows = effects.changes.iter().map(|change| row(affected, *change)).collect_view();
    let two_factor = effects.two_factor.map(|required| {
        let text = if required {
            format!(
                "{} to set up two-factor authentication at the next sign-in.",
                does(affected, "has", "have")
            )
        } else {
            format!(
                "{} to have two-factor authentication any more.",
                does(affected, "no longer needs", "no longer need")
            )
        };
        view! { <p>{text}</p> }
    });
    view! {
        <Alert tone=Tone::Warn title="Nothing is changed yet. Confirm what this does to people.">
            {two_factor}
            <p>"It acts at their next click; nobody is told by mail."</p>
        </Alert>
        {(!effects.changes.is_empty())
            .then(|| view! { <Table label="What people gain and lose" columns=columns>{rows}</Table> })}
        <input type="hidden" name="confirmation" value=effects.confirmation.clone() />
    }
}

fn row(affected: Affected, change: PermissionChange) -> impl IntoView + use<> {
    let permission = change.permission;
    let (tone, effect) = if change.is_gain() {
        (Tone::Good, does(affected, "gains", "gain"))
    } else {
        (Tone::Bad, does(affected, "loses", "lose"))
    };
    view! {
        <Row>
            <Cell kind=CellKind::Title>{permission.label()}</Cell>
            <Cell label="Now">{permission.scope_label(change.before)}</Cell>
            <Cell label="Then">{permission.scope_label(change.after)}</Cell>
            <Cell label="Effect">
                <Badge tone=tone text=effect />
            </Cell>
        </Row>
    }
}

/// Whom it concerns and what they do: *1 person gains*, *2 people gain*.
fn does(affected: Affected, one: &str, several: &str) -> String {
    match affected {
        Affected::People(people) => {
            format!("{} {}", people_words(people), if people == 1 { one } else { several })
        }
        Affected::Visitors => format!("Visitors {several}"),
    }
}

/// So many people, in words.
pub(super) fn people_words(people: i64) -> String {
    match people {
        0 => "Nobody".to_owned(),
        1 => "1 person".to_owned(),
        more => format!("{more} people"),
    }
}
