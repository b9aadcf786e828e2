//! Accepting, signing and declining a document: what is typed, and what makes it valid.

use serde::{Deserialize, Serialize};

use super::DocumentPage;
use crate::FieldErrors;

/// Longest name of whoever signs.
pub const MAX_SIGNER: usize = 120;
/// Longest reason for declining.
pub const MAX_REASON: usize = 1_000;
/// The box that a signature is drawn in, in its own units.
pub const SIGNATURE_BOX: (u16, u16) = (600, 200);
/// Points of a drawn signature.
const MOST_POINTS: usize = 4_000;
/// Fewer points than this are a slip of the pen.
const LEAST_POINTS: usize = 8;

/// One movement of the pen, point by point.
pub type Stroke = Vec<(u16, u16)>;

/// What the form of *Accept & Sign* sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SigningForm {
    /// The name of whoever signs.
    pub name: String,
    /// The consent is ticked.
    pub agreed: bool,
    /// The signature as it was drawn; empty where the typed name is the signature.
    pub strokes: String,
    /// The hash of the PDF that was shown.
    pub shown: String,
}

/// A signature that can be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// The name of whoever signs.
    pub name: String,
    /// How it was drawn; empty where the typed name is the signature.
    pub strokes: Vec<Stroke>,
}

impl SigningForm {
    /// The signature, or what is wrong with it.
    ///
    /// # Errors
    /// The fields that are missing or wrong.
    pub fn checked(&self) -> Result<Signature, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = one_line(&self.name);
        if name.is_empty() {
            errors.add("name", "Enter your full name.");
        } else if name.chars().count() > MAX_SIGNER {
            errors.add("name", format!("Use at most {MAX_SIGNER} characters."));
        }
        if !self.agreed {
            errors.add("agreed", "Tick this to sign.");
        }
        let strokes = parse_strokes(&self.strokes);
        match &strokes {
            None => errors.add("strokes", "The drawing cannot be read. Clear it and draw it again."),
            Some(strokes) => {
                let points: usize = strokes.iter().map(Vec::len).sum();
                if points > 0 && points < LEAST_POINTS {
                    errors.add("strokes", "Draw your signature, or clear the box: your name is enough.");
                }
            }
        }
        errors.into_result()?;
        Ok(Signature { name, strokes: strokes.unwrap_or_default() })
    }
}

/// Reads `x,y x,y;x,y …`: points between blanks, strokes between semicolons, within the box.
fn parse_strokes(text: &str) -> Option<Vec<Stroke>> {
    let mut left = MOST_POINTS;
    let mut strokes = Vec::new();
    for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        let mut stroke = Stroke::new();
        for point in part.split_ascii_whitespace() {
            let (x, y) = point.split_once(',')?;
            let (x, y): (u16, u16) = (x.parse().ok()?, y.parse().ok()?);
            left = left.checked_sub(1)?;
            if x > SIGNATURE_BOX.0 || y > SIGNATURE_BOX.1 {
                return None;
            }
            stroke.push((x, y));
        }
        strokes.push(stroke);
    }
    Some(strokes)
}

fn one_line(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect::<String>().trim().to_owned()
}

/// Why somebody declines, or what is wrong with it.
///
/// # Errors
/// Where nothing is said, or too much.
pub fn check_reason(text: &str) -> Result<String, FieldErrors> {
    let text = text.replace("\r\n", "\n").trim().to_owned();
    if text.is_empty() {
        return Err(FieldErrors::one("reason", "Say briefly why, so that a better offer can be made."));
    }
    if text.chars().count() > MAX_REASON {
        return Err(FieldErrors::one("reason", format!("Use at most {MAX_REASON} characters.")));
    }
    Ok(text)
}

/// The page of *Accept & Sign*.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SigningPage {
    /// The document, as its page shows it.
    pub document: DocumentPage,
    /// The hash of its PDF.
    pub shown: String,
    /// What is agreed to.
    pub consent: String,
    /// Who signs, unless somebody else's name is typed.
    pub name: String,
    /// Why it cannot be signed, if it cannot.
    pub refusal: Option<String>,
}

/// How a document was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// Accepted or signed; otherwise declined.
    pub is_accepted: bool,
    /// By whom, in the name that was typed or the login's.
    pub name: String,
    /// When, in the business's time zone.
    pub at: String,
    /// Why it was declined.
    pub reason: String,
    /// It was an earlier version of the document that was answered: this one is not.
    pub is_void: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> SigningForm {
        SigningForm { name: " Ann Lee ".into(), agreed: true, ..SigningForm::default() }
    }

    #[test]
    fn a_typed_name_is_a_signature_and_a_drawing_is_better() {
        let typed = form().checked().expect("fine");
        assert_eq!((typed.name.as_str(), typed.strokes.len()), ("Ann Lee", 0));
        let drawing = "0,0 10,10 20,5 30,9;100,100 600,200 599,1 3,4 5,6 ";
        let drawn = SigningForm { strokes: drawing.into(), ..form() }.checked().expect("fine");
        assert_eq!(drawn.strokes.len(), 2);
        assert_eq!(drawn.strokes[1][1], (600, 200));
    }

    #[test]
    fn each_wrong_field_says_so() {
        let empty = SigningForm::default().checked().expect_err("wrong");
        assert!(
            empty.get("name").is_some() && empty.get("agreed").is_some() && empty.get("strokes").is_none()
        );
        let long = SigningForm { name: "x".repeat(MAX_SIGNER + 1), ..form() };
        assert!(long.checked().expect_err("wrong").get("name").is_some());
        let blank = SigningForm { name: "\n\t ".into(), ..form() };
        assert!(blank.checked().expect_err("wrong").get("name").is_some());
        let many = "1,1 ".repeat(MOST_POINTS + 1);
        for drawing in ["1,1", "601,1 1,1", "x", "1,1 2", "-1,0", "1.5,2", many.as_str()] {
            let drawn = SigningForm { strokes: drawing.into(), ..form() };
            assert!(drawn.checked().expect_err("wrong").get("strokes").is_some(), "{drawing}");
        }
    }

    #[test]
    fn declining_has_a_reason() {
        assert_eq!(check_reason(" too\r\ndear "), Ok("too\ndear".to_owned()));
        assert!(check_reason(" \n ").is_err() && check_reason(&"x".repeat(MAX_REASON + 1)).is_err());
    }
}
