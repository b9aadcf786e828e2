//! The first page of each side.

mod portal_home;
mod staff_home;

pub use portal_home::HomePage;
pub use staff_home::StaffHomePage;
