use domain::{access::Permission, documents::DocumentKind};

/// To what access is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// Documents of a kind, or one of them.
    Kind(DocumentKind),
    /// The public documentation.
    Documentation,
}

const DOCUMENTATION: &str = "documentation";

impl Subject {
    /// The subject of a word in a query.
    pub(super) fn parse(code: &str) -> Option<Self> {
        if code == DOCUMENTATION {
            return Some(Self::Documentation);
        }
        DocumentKind::parse(code).map(Self::Kind)
    }

    /// The permission to look at it.
    pub(super) fn permission(self) -> Permission {
        match self {
            Self::Kind(kind) => kind.view(),
            Self::Documentation => Permission::DocumentationViewPublic,
        }
    }

    /// Its name on screen.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Kind(kind) => kind.label(),
            Self::Documentation => "Documentation",
        }
    }

    /// Every one, as a select offers them: value and text.
    pub(super) fn options() -> Vec<(String, String)> {
        let kinds = DocumentKind::ALL.map(|kind| (kind.code().to_owned(), kind.label().to_owned()));
        let documentation = (DOCUMENTATION.to_owned(), Self::Documentation.label().to_owned());
        kinds.into_iter().chain([documentation]).collect()
    }
}
