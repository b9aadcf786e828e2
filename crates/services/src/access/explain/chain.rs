use domain::access::{AccessAnswer, AccessStep};
use entities::document;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::{
    super::{Scope, gate, portal_scope_if_any},
    subject::Subject,
    words,
};
use crate::{
    Cx, ServiceError, ServiceResult,
    auth::{Entrant, Entry, enter},
};

/// Puts the question to the gate.
pub(super) async fn ask(
    cx: &Cx,
    entrant: Entrant,
    subject: Subject,
    document: Option<&document::Model>,
) -> ServiceResult<AccessAnswer> {
    let entry = enter(&cx.portico, entrant).await?.ok_or(ServiceError::NotFound)?;
    let allowed = verdict(cx, &entry, subject, document).await?;
    let steps = steps(cx, entrant, &entry, subject, document).await?;
    let name = entry.would_be.as_ref().map(|actor| actor.details.name.clone()).unwrap_or_default();
    let sentence = words::sentence(&name, entrant, subject, document, allowed);
    Ok(AccessAnswer { allowed, sentence, steps })
}

/// What the person would find: the query of their own pages, as themselves.
async fn verdict(
    cx: &Cx,
    entry: &Entry,
    subject: Subject,
    document: Option<&document::Model>,
) -> ServiceResult<bool> {
    let Some(actor) = entry.actor.clone() else { return Ok(false) };
    let Some(scope) = portal_scope_if_any(&cx.with_actor(actor), subject.permission())? else {
        return Ok(false);
    };
    match (subject, document) {
        (Subject::Kind(kind), Some(document)) => {
            let found = scope.documents(kind).filter(document::Column::Id.eq(document.id));
            Ok(found.one(cx.db().pool()).await?.is_some())
        }
        _ => Ok(true),
    }
}

async fn steps(
    cx: &Cx,
    entrant: Entrant,
    entry: &Entry,
    subject: Subject,
    document: Option<&document::Model>,
) -> ServiceResult<Vec<AccessStep>> {
    let mut steps: Vec<AccessStep> =
        entry.checks.iter().filter_map(|(check, holds)| words::entering(entry, *check, *holds)).collect();
    let Some(actor) = &entry.would_be else { return Ok(steps) };
    let reach = gate::reach(actor, subject.permission());
    steps.push(words::group(actor, subject, reach));
    let Some(reach) = reach else {
        if matches!(entrant, Entrant::Visitor(_))
            && let Some(last) = steps.last_mut()
        {
            last.text.push_str(words::EDIT_GROUP);
        }
        return Ok(steps);
    };
    let (Subject::Kind(kind), Some(document)) = (subject, document) else {
        if let Subject::Kind(_) = subject {
            steps.push(words::reach(actor, reach));
        }
        return Ok(steps);
    };
    let whose = words::whose(cx, document).await?;
    for (check, part) in Scope::new(reach, actor).parts(kind) {
        let found = document::Entity::find_by_id(document.id).filter(part).one(cx.db().pool()).await?;
        steps.push(words::part(actor, reach, check, kind, document, &whose, found.is_some()));
    }
    Ok(steps)
}
