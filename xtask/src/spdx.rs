//! Licence expressions, as packages declare them: `MIT OR (Apache-2.0 AND BSD-3-Clause)`.

use std::iter::Peekable;
use std::vec::IntoIter;

use anyhow::{Result, bail};

/// Whether the expression can be met with licences that `allowed` accepts. An exception is part of its licence:
/// `Apache-2.0 WITH LLVM-exception`.
pub fn is_met(expression: &str, allowed: impl Fn(&str) -> bool) -> Result<bool> {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<String> = spaced.split_whitespace().map(str::to_owned).collect();
    let mut parser = Parser { words: words.into_iter().peekable(), allowed: &allowed };
    let met = parser.either()?;
    match parser.words.next() {
        None => Ok(met),
        Some(word) => bail!("`{expression}`: unexpected `{word}`"),
    }
}

struct Parser<'a> {
    words: Peekable<IntoIter<String>>,
    allowed: &'a dyn Fn(&str) -> bool,
}

impl Parser<'_> {
    fn either(&mut self) -> Result<bool> {
        let mut met = self.both()?;
        while self.takes("OR") {
            met |= self.both()?;
        }
        Ok(met)
    }

    fn both(&mut self) -> Result<bool> {
        let mut met = self.one()?;
        while self.takes("AND") {
            met &= self.one()?;
        }
        Ok(met)
    }

    fn one(&mut self) -> Result<bool> {
        if self.takes("(") {
            let met = self.either()?;
            if !self.takes(")") {
                bail!("a parenthesis is not closed");
            }
            return Ok(met);
        }
        let Some(mut licence) = self.words.next() else { bail!("the expression ends too early") };
        if self.takes("WITH") {
            let Some(exception) = self.words.next() else { bail!("WITH needs an exception") };
            licence = format!("{licence} WITH {exception}");
        }
        Ok((self.allowed)(&licence))
    }

    fn takes(&mut self, word: &str) -> bool {
        self.words.next_if(|next| next == word).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::is_met;

    #[test]
    fn expressions_are_met_as_they_read() {
        let allowed = |name: &str| ["MIT", "BSD-3-Clause", "Apache-2.0 WITH LLVM-exception"].contains(&name);
        for (expression, expected) in [
            ("MIT", true),
            ("GPL-3.0", false),
            ("GPL-3.0 OR MIT", true),
            ("MIT/GPL-3.0", true),
            ("MIT AND GPL-3.0", false),
            ("(GPL-3.0 OR MIT) AND BSD-3-Clause", true),
            ("GPL-3.0 OR MIT AND ISC", false),
            ("Apache-2.0", false),
            ("Apache-2.0 WITH LLVM-exception", true),
        ] {
            assert_eq!(is_met(expression, allowed).unwrap(), expected, "{expression}");
        }
    }

    #[test]
    fn nonsense_is_refused() {
        for expression in ["", "MIT OR", "(MIT", "MIT MIT", "MIT WITH"] {
            assert!(is_met(expression, |_| true).is_err(), "{expression}");
        }
    }
}
