//! Settings of the business that staff change while Portico runs.

mod seed_groups;

pub use seed_groups::seed_groups;
