//! A spreadsheet that was uploaded, and what was told of it.

use domain::{
    ids::ImportSheetId,
    import::{SheetColumn, SheetField, SheetForm},
};
use entities::import_sheet;
use sea_orm::EntityTrait;

use super::{Layout, Sheet, fields, guess, kind_of, label, same_for_all, words};
use crate::{
    Cx, ServiceError, ServiceResult,
    import::{file_kind::FileKind, notes::quote},
};

const SEPARATORS: [(char, &str); 3] = [(',', "comma"), (';', "semicolon"), ('\t', "tab")];
/// How many cells of a column are shown.
const SAMPLES: usize = 3;
/// How much of a cell is shown, in characters.
const LONGEST_SAMPLE: usize = 60;

/// A spreadsheet that was uploaded.
#[derive(Debug)]
pub(in crate::import) struct KeptSheet {
    pub name: String,
    pub bytes: Vec<u8>,
    pub layout: Layout,
}

impl KeptSheet {
    /// Reads one; the caller has asked who may.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] when there is none, or its day is over.
    pub(in crate::import) async fn read(cx: &Cx, id: ImportSheetId) -> ServiceResult<Self> {
        let found = import_sheet::Entity::find_by_id(id).one(cx.db().pool()).await?;
        let found = found.ok_or(ServiceError::NotFound)?;
        let layout = serde_json::from_value(found.layout).map_err(ServiceError::internal)?;
        Ok(Self { name: found.name, bytes: found.bytes, layout })
    }

    /// What its rows are.
    ///
    /// # Errors
    /// When that is not known any more.
    pub(in crate::import) fn kind(&self) -> ServiceResult<FileKind> {
        kind_of(&self.layout.kind)
    }

    /// Its cells, as far as is known how to read them.
    ///
    /// # Errors
    /// [`ServiceError::Refused`] when it cannot be read with the separator that was told.
    pub(in crate::import) fn sheet(&self) -> ServiceResult<Sheet<'_>> {
        Sheet::read(&self.name, &self.bytes, self.layout.separator)
    }

    /// Takes over what was told.
    ///
    /// # Errors
    /// [`ServiceError::Invalid`] for each field that is missing or told twice.
    pub(in crate::import) fn tell(&mut self, form: &SheetForm) -> ServiceResult<()> {
        let known = SEPARATORS.iter().find(|(_, word)| *word == form.separator);
        let separator = known.map(|(separator, _)| *separator);
        if separator.is_some() && separator != self.layout.separator {
            // These are other columns now.
            self.layout = Layout { kind: self.layout.kind.clone(), separator, ..Layout::default() };
            return Ok(());
        }
        let headings = headings(&self.sheet()?);
        let columns = form.columns.iter().map(String::as_str).chain(std::iter::repeat(""));
        self.layout.map =
            headings.into_iter().zip(columns).map(|(heading, field)| (heading, field.to_owned())).collect();
        self.layout.only_told = true;
        self.layout.id = Some(form.id_heading.clone()).filter(|heading| !heading.is_empty());
        self.layout.set.clone_from(&form.set);
        self.layout.decimal_comma = form.decimal_comma;
        Ok(())
    }
}

/// The headings that a column can be told by.
pub(in crate::import) fn headings(sheet: &Sheet<'_>) -> Vec<String> {
    sheet.headings.iter().filter(|heading| !heading.is_empty()).cloned().collect()
}

/// What a separator is called.
pub(in crate::import) fn separator_word(separator: char) -> &'static str {
    SEPARATORS.iter().find(|(known, _)| *known == separator).map_or("comma", |(_, word)| word)
}

/// The columns as they were told, or else guessed, each field once; and the heading by which records are recognised.
pub(in crate::import) fn columns(
    sheet: &Sheet<'_>,
    kind: FileKind,
    layout: &Layout,
) -> (Vec<SheetColumn>, String) {
    let mut taken: Vec<&str> = Vec::new();
    let mut id_heading = layout.id.clone().unwrap_or_default();
    let mut columns = Vec::new();
    for (place, heading) in sheet.headings.iter().enumerate().filter(|(_, heading)| !heading.is_empty()) {
        let told = layout.map.iter().find(|(from, _)| from == heading).map(|(_, field)| field.clone());
        let field = told.unwrap_or_else(|| {
            let guessed = guess(kind, heading).filter(|field| !layout.only_told && !taken.contains(field));
            taken.extend(guessed);
            guessed.unwrap_or_default().to_owned()
        });
        let is_id = field == "id";
        if is_id && id_heading.is_empty() {
            id_heading.clone_from(heading);
        }
        let cells = sheet.rows.iter().filter_map(|row| row.cells.get(place)).map(|cell| cell.trim());
        let samples = cells.filter(|cell| !cell.is_empty()).take(SAMPLES).map(sample).collect();
        let field = if is_id { String::new() } else { field };
        columns.push(SheetColumn { heading: heading.clone(), samples, field });
    }
    (columns, id_heading)
}

fn sample(cell: &str) -> String {
    let line: String = cell.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST_SAMPLE) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}

/// What columns of a kind can be. The id is chosen apart: any column can be that too.
pub(in crate::import) fn choices(
    kind: FileKind,
    layout: &Layout,
    columns: &[SheetColumn],
    currency: &str,
) -> Vec<SheetField> {
    let all = fields(kind).filter(|name| *name != "id");
    all.map(|name| {
        let words = words(kind, name);
        let is_required = kind.columns().required.contains(&name);
        let is_same_for_all = same_for_all(kind).contains(&name);
        let is_mapped = columns.iter().any(|column| column.field == name);
        let told = layout.set.iter().find(|(field, _)| field == name).map(|(_, value)| value.clone());
        let usual = || match words.first() {
            _ if layout.only_told || is_mapped || !is_required || !is_same_for_all => String::new(),
            Some(word) => (*word).to_owned(),
            None if name == "currency_id/name" => currency.to_owned(),
            None => String::new(),
        };
        SheetField {
            name: name.to_owned(),
            label: label(kind, name).to_owned(),
            is_required,
            is_same_for_all,
            words: words.iter().map(|word| (*word).to_owned()).collect(),
            value: told.unwrap_or_else(usual),
        }
    })
    .collect()
}

/// What a layout lacks before records can be made of the file.
///
/// # Errors
/// [`ServiceError::Invalid`] for the form's fields.
pub(in crate::import) fn check(sheet: &Sheet<'_>, kind: FileKind, layout: &Layout) -> ServiceResult<()> {
    let mut errors = domain::FieldErrors::default();
    let headings = headings(sheet);
    if layout.id.as_ref().is_none_or(|id| !headings.contains(id)) {
        errors.add("id_heading", "Choose a column that is different for each record, such as a number.");
    }
    for (place, (heading, field)) in layout.map.iter().enumerate() {
        let name = format!("column.{place}");
        let earlier = layout.map.iter().take(place);
        if headings.iter().filter(|known| *known == heading).count() > 1 && !field.is_empty() {
            errors.add(&name, "Two columns have this heading. Give them different ones in the file.");
        } else if !field.is_empty() && earlier.clone().any(|(_, other)| other == field) {
            errors.add(&name, "Another column is that already. Choose one of them.");
        }
    }
    for name in fields(kind).filter(|name| *name != "id") {
        let is_set = layout.set.iter().any(|(field, _)| field == name);
        let column = layout.map.iter().find(|(_, field)| field == name);
        match column {
            Some((heading, _)) if is_set => {
                let told = format!(
                    "The column {} tells it. Leave this empty, or pass that column over.",
                    quote(heading)
                );
                errors.add(&format!("set.{name}"), told);
            }
            None if !is_set && kind.columns().required.contains(&name) => {
                let label = label(kind, name);
                if same_for_all(kind).contains(&name) {
                    errors.add(&format!("set.{name}"), "Fill it in, or choose the column that tells it.");
                } else {
                    errors.add("columns", format!("Choose the column that is {}.", quote(label)));
                }
            }
            _ => {}
        }
    }
    Ok(errors.into_result()?)
}
