//! Why somebody may see something in the portal, or not.

use serde::{Deserialize, Serialize};

/// What is asked, as the page's query has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AccessQuestion {
    /// Whose access: a membership's key, or `visitor`.
    pub who: String,
    /// To what: a kind's code or `documentation`; empty before anything is asked.
    pub what: String,
    /// To which document of the kind: its number, title or key; empty for the kind as a whole.
    pub document: String,
}

/// The page: what there is to ask about, and the answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessExplained {
    /// The customer or person whose page it is.
    pub name: String,
    /// Whose access can be asked about: value and text.
    pub people: Vec<(String, String)>,
    /// To what: value and text.
    pub subjects: Vec<(String, String)>,
    /// What was asked.
    pub question: AccessQuestion,
    /// What there is to know before anything is asked, such as that the customer has no portal users.
    pub note: Option<String>,
    /// Why there is no answer: about the document that was typed.
    pub problem: Option<String>,
    /// Several documents that it could be: key and name.
    pub candidates: Vec<(String, String)>,
    /// The answer.
    pub answer: Option<AccessAnswer>,
}

/// An answer of the gate, and the chain of what it asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessAnswer {
    /// Whether they may see it.
    pub allowed: bool,
    /// The same in a sentence.
    pub sentence: String,
    /// What was asked on the way, in its order.
    pub steps: Vec<AccessStep>,
}

/// One link of the chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessStep {
    /// What it is about.
    pub title: String,
    /// What was found.
    pub text: String,
    /// Whether it lets through.
    pub holds: bool,
}
