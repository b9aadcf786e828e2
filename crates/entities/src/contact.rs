//! A company or a person in the books.

use sea_orm::entity::prelude::*;

/// A company or a person in the books.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "contact")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Kind.
    pub kind: String,
    /// The parent.
    pub parent_id: Option<Uuid>,
    /// The commercial entity: the nearest company above, or the contact itself.
    pub entity_id: Uuid,
    /// Name.
    pub name: String,
    /// The name in lower case, by which lists are sorted.
    pub name_key: String,
    /// Email.
    pub email: String,
    /// The email as an index compares it (`domain::email::normalise`); not unique.
    pub email_key: Option<String>,
    /// Phone.
    pub phone: String,
    /// Street.
    pub street: String,
    /// Street2.
    pub street2: String,
    /// Zip.
    pub zip: String,
    /// City.
    pub city: String,
    /// State code.
    pub state_code: String,
    /// Country code.
    pub country_code: String,
    /// Vat.
    pub vat: String,
    /// Reference.
    pub reference: String,
    /// Lang.
    pub lang: String,
    /// The person's time zone; empty for the business's.
    pub time_zone: String,
    /// Website.
    pub website: String,
    /// Comment.
    #[sea_orm(column_type = "Text")]
    pub comment: String,
    /// Tags.
    pub tags: String,
    /// Everything the search looks at, in lower case.
    #[sea_orm(column_type = "Text")]
    pub search: String,
    /// Key in the system that it was imported from.
    pub external_id: Option<String>,
    /// Hash of the imported record, to tell whether it changed.
    pub fingerprint: Option<String>,
    /// Archived at; milliseconds since the Unix epoch.
    pub archived_at: Option<i64>,
    /// How often its secure link was rotated.
    pub link_generation: i32,
    /// Whether its secure link is switched off.
    pub link_is_off: bool,
    /// Version.
    pub version: i64,
    /// Created at; milliseconds since the Unix epoch.
    pub created_at: i64,
    /// Updated at; milliseconds since the Unix epoch.
    pub updated_at: i64,
}

/// Relations.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The parent.
    #[sea_orm(belongs_to = "Entity", from = "Column::ParentId", to = "Column::Id")]
    Parent,
    /// Where it is billed and delivered to.
    #[sea_orm(has_many = "super::address::Entity")]
    Address,
}

impl Related<super::address::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Address.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
