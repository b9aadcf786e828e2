//! Hydrates the portal root in the browser, nothing else.
