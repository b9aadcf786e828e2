//! The description of the API (`OpenAPI` 3.1), made of the same lists by which requests are read and let through.

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use domain::{
    documents::DocumentKind,
    form::{Control, FormField},
};
use serde_json::{Map, Value, json};
use services::api::{CONTACT_FIELDS, LINE_FIELDS, MAX_EXTERNAL_ID, TIES, document_fields};

use super::{MOST_RECORDS, OPERATIONS, Operation};

/// `GET /api/v1/openapi.json`: for everybody; it says nothing that is not in the source.
pub(super) async fn openapi() -> Response {
    let kind = (header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    ([kind], document().to_string()).into_response()
}

fn document() -> Value {
    let mut paths = Map::new();
    for operation in OPERATIONS.iter().filter(|operation| operation.scope.is_some()) {
        if operation.path.contains("{kind}") {
            for kind in DocumentKind::ALL {
                let path = operation.path.replace("{kind}", kind.plural());
                if !path.ends_with("/file") || kind.has_paper() {
                    put(&mut paths, path, operation, Some(kind));
                }
            }
        } else {
            put(&mut paths, operation.path.to_owned(), operation, None);
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Portico",
            "version": "1",
            "description": "Contacts and documents by the ids of your own system. Amounts are numbers or text such as \
                            `1250.50`; days are such as `2026-11-22`. `Idempotency-Key` makes it safe to send a request again.",
        },
        "servers": [{ "url": "/api/v1" }],
        "security": [{ "key": [] }],
        "paths": paths,
        "components": {
            "securitySchemes": { "key": { "type": "http", "scheme": "bearer", "description": "A key such as ptk_…" } },
            "schemas": schemas(),
            "responses": {
                "Problem": {
                    "description": "What was wrong (RFC 9457), with a JSON pointer for each field of a 422.",
                    "content": { "application/problem+json": { "schema": reference("Problem") } },
                },
            },
        },
    })
}

fn put(paths: &mut Map<String, Value>, path: String, operation: &Operation, kind: Option<DocumentKind>) {
    let described = described(operation, kind);
    let method = operation.method.to_lowercase();
    if let Value::Object(methods) = paths.entry(path).or_insert_with(|| json!({})) {
        methods.insert(method, described);
    }
}

fn described(operation: &Operation, kind: Option<DocumentKind>) -> Value {
    let noun = kind.map_or("contacts", DocumentKind::plural);
    let record = kind.map_or_else(|| "Contact".to_owned(), schema_name);
    let scope = operation.scope.map(|scope| scope.code()).unwrap_or_default();
    let (is_one, is_file) = (operation.path.contains("{external_id}"), operation.path.ends_with("/file"));
    let is_bulk = operation.path.ends_with("/bulk");
    let mut parameters = Vec::new();
    if is_one {
        parameters.push(json!({
            "name": "external_id", "in": "path", "required": true,
            "schema": { "type": "string", "minLength": 1, "maxLength": MAX_EXTERNAL_ID },
        }));
    }
    let (what, success, body) = match (operation.method, is_file, is_bulk) {
        ("GET", true, _) => ("Read the PDF of one of the", pdf("200", "The PDF."), None),
        ("PUT", true, _) => {
            let body = json!({ "application/pdf": { "schema": { "type": "string", "format": "binary" } } });
            ("Upload the PDF of one of the", json!({ "204": { "description": "Kept." } }), Some(body))
        }
        ("GET", ..) if is_one => {
            ("Read one of the", answer(&["200"], "The record.", json!({ "type": "object" })), None)
        }
        ("GET", ..) => {
            let page = json!({
                "type": "object",
                "required": ["items", "next"],
                "properties": {
                    "items": { "type": "array", "items": { "type": "object" } },
                    "next": { "type": ["string", "null"], "description": "The cursor of the next page." },
                },
            });
            parameters.push(
                json!({ "name": "cursor", "in": "query", "schema": { "type": "string", "format": "uuid" } }),
            );
            parameters.push(json!({
                "name": "limit", "in": "query",
                "schema": { "type": "integer", "minimum": 1, "maximum": 500, "default": 100 },
            }));
            ("List", answer(&["200"], "A page.", page), None)
        }
        (_, _, true) => {
            let item = json!({
                "allOf": [
                    { "type": "object", "required": ["external_id"],
                      "properties": { "external_id": { "type": "string", "minLength": 1, "maxLength": MAX_EXTERNAL_ID } } },
                    { "type": "object" },
                ],
                "description": format!("The fields of {record}, and the external id."),
            });
            let body = json!({
                "type": "object", "required": ["items"], "additionalProperties": false,
                "properties": { "items": { "type": "array", "maxItems": MOST_RECORDS, "items": item } },
            });
            let results = json!({
                "type": "object", "required": ["results"],
                "properties": { "results": { "type": "array", "items": { "type": "object" } } },
            });
            (
                "Create or change many",
                answer(&["200"], "What became of each.", results),
                Some(json!({ "application/json": { "schema": body } })),
            )
        }
        _ => {
            let body = json!({ "application/json": { "schema": reference(&record) } });
            (
                "Create or change one of the",
                answer(&["200", "201"], "What became of it.", reference("Saved")),
                Some(body),
            )
        }
    };
    if operation.method != "GET" && !is_file {
        parameters.push(json!({
            "name": "Idempotency-Key", "in": "header",
            "schema": { "type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$" },
        }));
    }
    let mut responses = match success {
        Value::Object(responses) => responses,
        _ => Map::new(),
    };
    for status in ["400", "401", "403", "404", "405", "409", "413", "415", "422", "429"] {
        responses.insert(status.to_owned(), json!({ "$ref": "#/components/responses/Problem" }));
    }
    let mut described = json!({
        "summary": format!("{what} {noun}"),
        "description": format!("Needs {scope}."),
        "operationId": format!("{}{}", operation.method.to_lowercase(), operation.path.replace("{kind}", noun).replace(['/', '{', '}'], "_")),
        "parameters": parameters,
        "responses": responses,
    });
    if let (Some(body), Value::Object(fields)) = (body, &mut described) {
        fields.insert("requestBody".to_owned(), json!({ "required": true, "content": body }));
    }
    described
}

fn answer(statuses: &[&str], told: &str, schema: Value) -> Value {
    let one = json!({ "description": told, "content": { "application/json": { "schema": schema } } });
    Value::Object(statuses.iter().map(|status| ((*status).to_owned(), one.clone())).collect())
}

fn pdf(status: &str, told: &str) -> Value {
    let schema = json!({ "type": "string", "format": "binary" });
    json!({ status: { "description": told, "content": { "application/pdf": { "schema": schema } } } })
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// `Invoices` for the kind of `invoices`.
fn schema_name(kind: DocumentKind) -> String {
    let mut letters = kind.plural().chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn schemas() -> Value {
    let mut all = Map::new();
    let text = |told: &str| json!({ "type": ["string", "null"], "description": told });
    let mut fields: Map<String, Value> =
        CONTACT_FIELDS.iter().map(|(name, told)| ((*name).to_owned(), text(told))).collect();
    fields.insert("name".to_owned(), json!({ "type": "string", "minLength": 1, "maxLength": 200 }));
    fields.insert("kind".to_owned(), json!({ "enum": ["company", "person"] }));
    all.insert("Contact".to_owned(), object(fields, &["name".to_owned()]));
    for kind in DocumentKind::ALL {
        let described = document_fields(kind);
        let mut fields: Map<String, Value> =
            described.iter().map(|field| (field.name.clone(), field_schema(field))).collect();
        for (name, told) in TIES {
            let is_of_kind = match name {
                "project" => matches!(kind, DocumentKind::Task | DocumentKind::Timesheet),
                "task" => kind == DocumentKind::Timesheet,
                _ => true,
            };
            if is_of_kind {
                fields.insert(name.to_owned(), text(told));
            }
        }
        fields.insert("published".to_owned(), json!({ "type": ["boolean", "null"] }));
        if services::api::has_lines(kind) {
            let line = LINE_FIELDS.iter().map(|(name, told)| {
                ((*name).to_owned(), json!({ "type": ["string", "number", "null"], "description": told }))
            });
            let line = object(line.collect(), &["description".to_owned()]);
            fields.insert(
                "lines".to_owned(),
                json!({ "type": ["array", "null"], "maxItems": 200, "items": line }),
            );
        }
        let mut required: Vec<String> = described
            .iter()
            .filter(|field| field.required && field.name != "currency")
            .map(|field| field.name.clone())
            .collect();
        required.push("state".to_owned());
        all.insert(schema_name(kind), object(fields, &required));
    }
    all.insert("Saved".to_owned(), json!({
        "type": "object",
        "required": ["external_id", "result"],
        "properties": { "external_id": { "type": "string" }, "result": { "enum": ["created", "changed", "unchanged"] } },
    }));
    all.insert(
        "Problem".to_owned(),
        json!({
            "type": "object",
            "required": ["type", "title", "status", "detail"],
            "properties": {
                "type": { "type": "string" },
                "title": { "type": "string" },
                "status": { "type": "integer" },
                "detail": { "type": "string" },
                "errors": { "type": "array", "items": {
                    "type": "object",
                    "required": ["pointer", "detail"],
                    "properties": { "pointer": { "type": "string" }, "detail": { "type": "string" } },
                } },
            },
        }),
    );
    Value::Object(all)
}

fn object(fields: Map<String, Value>, required: &[String]) -> Value {
    json!({ "type": "object", "additionalProperties": false, "required": required, "properties": fields })
}

fn field_schema(field: &FormField) -> Value {
    let mut told = field.label.clone();
    if let Some(hint) = &field.hint {
        told = format!("{told}. {hint}");
    }
    match &field.control {
        Control::Select(options) => {
            let codes: Vec<&str> = options.iter().map(|(code, _)| code.as_str()).collect();
            json!({ "enum": codes, "description": told })
        }
        Control::Date => json!({ "type": ["string", "null"], "format": "date", "description": told }),
        _ if field.required => json!({ "type": ["string", "number"], "description": told }),
        _ => json!({ "type": ["string", "number", "null"], "description": told }),
    }
}
