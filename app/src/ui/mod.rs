//! The kit: plain accessible HTML that works without WebAssembly and looks like Portico.
//!
//! One part a file. A part renders the same on the server and in the browser; what needs a browser happens in
//! effects and event handlers. Looks live in `style/ui/<part>.css`. Attributes that a part has no property for
//! are passed on with Leptos' `attr:name=` and land on the part's outermost element.

mod alert;
mod avatar;
mod badge;
mod bind;
mod button;
mod checkbox_field;
mod conflict;
mod definition_list;
mod dialog;
mod empty_state;
mod field;
mod file_drop;
mod filter_tabs;
mod form_sections;
mod frame;
mod glyph;
mod icon;
mod live_search;
mod menu;
mod menu_item;
mod menu_keys;
mod money;
mod page_header;
mod pager;
mod panel;
mod progress;
#[cfg(feature = "ssr")]
mod radio_field;
mod raw_text;
mod refreshing;
mod search_box;
mod select_field;
mod skeleton;
mod spinner;
mod table;
mod text_area;
mod tile;
mod toast;
mod toast_box;
mod tone;

pub use alert::{Alert, Banner};
pub use avatar::{Avatar, initials};
pub use badge::Badge;
pub use button::{Button, ButtonKind, ButtonLink, IconButton};
pub use checkbox_field::CheckboxField;
pub use conflict::Conflict;
pub use definition_list::{Definition, DefinitionList};
pub use dialog::Dialog;
pub use empty_state::EmptyState;
pub use field::Field;
pub use file_drop::FileDrop;
pub use filter_tabs::{FilterBar, FilterTab, FilterTabs};
pub use form_sections::{FormSections, differences};
pub use glyph::Glyph;
pub use icon::Icon;
pub use live_search::live_search;
pub use menu::Menu;
pub use menu_item::{MenuItem, MenuLink, MenuSeparator};
pub use money::Money;
pub use page_header::{Crumb, PageHeader};
pub use pager::{Pager, StepLinks};
pub use panel::Panel;
pub use progress::Progress;
#[cfg(feature = "ssr")]
pub use radio_field::RadioField;
pub(crate) use raw_text::raw_text;
pub use refreshing::{Refreshing, busy};
pub use search_box::SearchBox;
pub use select_field::SelectField;
pub use skeleton::Skeleton;
pub use spinner::Spinner;
pub use table::{Cell, CellKind, Column, Row, Table};
pub use text_area::TextArea;
pub use tile::{KindTile, StatCard};
pub use toast::Toasts;
pub use toast_box::{Toast, ToastAction, ToastBox, provide_toasts, use_toasts};
pub use tone::Tone;
