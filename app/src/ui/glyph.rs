//! The shapes of the icons: one stroked path each, on a grid of 24.

/// An icon's subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyph {
    /// Look out.
    Alert,
    /// Documentation.
    Book,
    /// A company.
    Building,
    /// A payment card.
    Card,
    /// Purchases.
    Cart,
    /// Yes, done.
    Check,
    /// It worked.
    CheckCircle,
    /// Tasks.
    CheckSquare,
    /// Opens downwards.
    ChevronDown,
    /// Back, before.
    ChevronLeft,
    /// On, after.
    ChevronRight,
    /// Time, timesheets.
    Clock,
    /// Close, dismiss.
    Close,
    /// Copy.
    Copy,
    /// More.
    Dots,
    /// Download.
    Download,
    /// View as.
    Eye,
    /// Documents, invoices.
    File,
    /// Filters.
    Filter,
    /// Projects.
    Folder,
    /// Home.
    Home,
    /// Worth knowing.
    Info,
    /// Access.
    Key,
    /// A link.
    Link,
    /// A log, a list.
    List,
    /// Security.
    Lock,
    /// Log out.
    LogOut,
    /// Mail.
    Mail,
    /// The navigation, folded.
    Menu,
    /// Messages.
    Message,
    /// Edit.
    Pencil,
    /// New, add.
    Plus,
    /// Again; subscriptions.
    Refresh,
    /// Search.
    Search,
    /// Send.
    Send,
    /// Protected.
    Shield,
    /// Signatures.
    Signature,
    /// Settings.
    Sliders,
    /// Quotations and orders.
    Tag,
    /// Leads and opportunities.
    Target,
    /// Tickets.
    Ticket,
    /// Delete.
    Trash,
    /// Undo.
    Undo,
    /// Upload, import.
    Upload,
    /// A person.
    User,
    /// Contacts, people.
    Users,
    /// The wallet.
    Wallet,
}

impl Glyph {
    /// The path's data.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::Alert => {
                "M12 9v4M12 17h.01M10.3 3.9 1.8 18a2 2 0 0 0 1.7 3h16.9a2 2 0 0 0 1.7-3L13.7 3.9a2 2 0 0 0-3.4 0Z"
            }
            Self::Book => "M4 19.5V5a2 2 0 0 1 2-2h14v18H6a2 2 0 0 1 0-4h14",
            Self::Building => {
                "M4 21V5a2 2 0 0 1 2-2h8a2 2 0 0 1 2 2v16M16 9h2a2 2 0 0 1 2 2v10M2 21h20M8 7h4M8 11h4M8 15h4"
            }
            Self::Card => {
                "M4 5h16a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2ZM2 10h20M6 15h4"
            }
            Self::Cart => "M8 21h.01M19 21h.01M2 3h3l2.6 12.4A2 2 0 0 0 9.6 17h8.8a2 2 0 0 0 2-1.6L22 7H6",
            Self::Check => "M20 6 9 17l-5-5",
            Self::CheckCircle => "M21.8 10A10 10 0 1 1 17 3.3M9 11l3 3L22 4",
            Self::CheckSquare => "M9 11l3 3 8-8M20 12v7a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2h9",
            Self::ChevronDown => "M6 9l6 6 6-6",
            Self::ChevronLeft => "M15 18l-6-6 6-6",
            Self::ChevronRight => "M9 18l6-6-6-6",
            Self::Clock => "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20ZM12 6v6l4 2",
            Self::Close => "M18 6 6 18M6 6l12 12",
            Self::Copy => {
                "M10 8h10a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H10a2 2 0 0 1-2-2V10a2 2 0 0 1 2-2ZM4 16a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2h10a2 2 0 0 1 2 2"
            }
            Self::Dots => "M5 12h.01M12 12h.01M19 12h.01",
            Self::Download => "M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4M7 10l5 5 5-5M12 15V3",
            Self::Eye => "M2 12s3.5-7 10-7 10 7 10 7-3.5 7-10 7-10-7-10-7ZM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6Z",
            Self::File => "M14 2H6a2 2 0 0 0-2 2v16a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2V8ZM14 2v6h6M8 13h8M8 17h6",
            Self::Filter => "M3 5h18M7 12h10M10 19h4",
            Self::Folder => {
                "M4 20h16a2 2 0 0 0 2-2V8a2 2 0 0 0-2-2h-8l-2-3H4a2 2 0 0 0-2 2v13a2 2 0 0 0 2 2Z"
            }
            Self::Home => "M3 10.5 12 3l9 7.5V20a1 1 0 0 1-1 1h-5v-7H9v7H4a1 1 0 0 1-1-1Z",
            Self::Info => "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20ZM12 16v-4M12 8h.01",
            Self::Key => {
                "M7.5 10a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11ZM21 2l-9.6 9.6M15.5 7.5l3 3L22 7l-3-3"
            }
            Self::Link => {
                "M10 13a5 5 0 0 0 7.5.5l3-3a5 5 0 0 0-7-7l-1.7 1.7M14 11a5 5 0 0 0-7.5-.5l-3 3a5 5 0 0 0 7 7l1.7-1.7"
            }
            Self::List => "M8 6h13M8 12h13M8 18h13M3 6h.01M3 12h.01M3 18h.01",
            Self::Lock => {
                "M5 11h14a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2ZM7 11V7a5 5 0 0 1 10 0v4"
            }
            Self::LogOut => "M9 21H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2h4M16 17l5-5-5-5M21 12H9",
            Self::Mail => {
                "M4 4h16a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2ZM22 7l-10 6L2 7"
            }
            Self::Menu => "M4 6h16M4 12h16M4 18h16",
            Self::Message => "M21 15a2 2 0 0 1-2 2H7l-4 4V5a2 2 0 0 1 2-2h14a2 2 0 0 1 2 2Z",
            Self::Pencil => "M17 3a2.8 2.8 0 1 1 4 4L7.5 20.5 2 22l1.5-5.5ZM15 5l4 4",
            Self::Plus => "M12 5v14M5 12h14",
            Self::Refresh => {
                "M21 12a9 9 0 0 1-15.5 6.2L3 16M3 12a9 9 0 0 1 15.5-6.2L21 8M21 3v5h-5M3 21v-5h5"
            }
            Self::Search => "M11 3a8 8 0 1 0 0 16 8 8 0 0 0 0-16ZM21 21l-4.3-4.3",
            Self::Send => "M22 2 11 13M22 2l-7 20-4-9-9-4Z",
            Self::Shield => "M12 22s8-4 8-10V5l-8-3-8 3v7c0 6 8 10 8 10ZM9 12l2 2 4-4",
            Self::Signature => "M3 17c3-8 5-12 7-12s1 3-1 6-3 5-1 5 3-4 5-4 1 3 3 3 2-1 5-1M3 21h18",
            Self::Sliders => "M4 21v-7M4 10V3M12 21v-9M12 8V3M20 21v-5M20 12V3M1 14h6M9 8h6M17 16h6",
            Self::Tag => {
                "M12.6 2.6A2 2 0 0 0 11.2 2H4a2 2 0 0 0-2 2v7.2a2 2 0 0 0 .6 1.4l8.7 8.7a2.4 2.4 0 0 0 3.4 0l6.6-6.6a2.4 2.4 0 0 0 0-3.4ZM7.5 7.5h.01"
            }
            Self::Target => {
                "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20ZM12 7a5 5 0 1 0 0 10 5 5 0 0 0 0-10ZM12 12h.01"
            }
            Self::Ticket => {
                "M2 9a3 3 0 0 1 0 6v2a2 2 0 0 0 2 2h16a2 2 0 0 0 2-2v-2a3 3 0 0 1 0-6V7a2 2 0 0 0-2-2H4a2 2 0 0 0-2 2ZM13 5v2M13 11v2M13 17v2"
            }
            Self::Trash => {
                "M3 6h18M8 6V4a1 1 0 0 1 1-1h6a1 1 0 0 1 1 1v2M19 6l-1 14a2 2 0 0 1-2 2H8a2 2 0 0 1-2-2L5 6M10 11v6M14 11v6"
            }
            Self::Undo => "M9 14 4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3",
            Self::Upload => "M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4M17 8l-5-5-5 5M12 3v12",
            Self::User => "M12 3a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9ZM4 21a8 8 0 0 1 16 0",
            Self::Users => {
                "M9 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM2 21a7 7 0 0 1 14 0M16 4.2a4 4 0 0 1 0 7.6M22 21a7 7 0 0 0-4-6.3"
            }
            Self::Wallet => {
                "M19 8V5a1 1 0 0 0-1-1H5a2 2 0 0 0 0 4h15a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H5a2 2 0 0 1-2-2V6M17 14h.01"
            }
        }
    }
}
