//! The figures beside their budgets.

/// One line a figure.
#[derive(Debug, Default)]
pub(crate) struct Report(Vec<String>);

impl Report {
    /// Adds a figure.
    pub(crate) fn add(&mut self, what: &str, figure: f64, unit: &str, budget: &str) {
        self.0.push(format!("{what:<58} {figure:>10.2} {unit:<6} {budget}"));
    }

    /// Prints all of them.
    pub(crate) fn print(&self) {
        for line in &self.0 {
            println!("{line}");
        }
    }
}

/// The middle one of some figures.
pub(crate) fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}
