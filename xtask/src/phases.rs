//! What a task did and how long each part took.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};

/// The parts of a task, in order.
#[derive(Default)]
pub struct Phases {
    done: Vec<(String, Duration)>,
}

impl Phases {
    /// Does one part, printing its name before and its duration after.
    pub fn run<T>(&mut self, name: &str, part: impl FnOnce() -> Result<T>) -> Result<T> {
        println!("==> {name}");
        let start = Instant::now();
        let outcome = part();
        let took = start.elapsed();
        self.done.push((name.to_owned(), took));
        match &outcome {
            Ok(_) => println!("    {name}: {}", seconds(took)),
            Err(_) => println!("    {name}: FAILED after {}", seconds(took)),
        }
        outcome.with_context(|| name.to_owned())
    }

    /// Prints the table of durations.
    pub fn report(&self) {
        let width = self.done.iter().map(|(name, _)| name.len()).max().unwrap_or_default().max(5);
        println!();
        for (name, took) in &self.done {
            println!("{name:<width$}  {:>9}", seconds(*took));
        }
        println!("{:<width$}  {:>9}", "total", seconds(self.done.iter().map(|(_, took)| *took).sum()));
    }
}

/// A duration as people read it.
pub fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}
