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
pub(crate) fn median(figures: Vec<f64>) -> f64 {
    percentile(figures, 50)
}

/// The figure that a percentage of all figures are below.
pub(crate) fn percentile(mut figures: Vec<f64>, percent: usize) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() * percent / 100).copied().unwrap_or(f64::NAN)
}
