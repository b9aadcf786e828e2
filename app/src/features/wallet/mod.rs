//! The wallet's page.

mod wallet_page;

pub use wallet_page::WalletPage;
