//! The first page of each side.

mod kind_tiles;
mod open_invoices;
mod person;
mod portal_home;
mod staff_home;
mod start;
mod todo_list;

pub use portal_home::HomePage;
pub use staff_home::StaffHomePage;
