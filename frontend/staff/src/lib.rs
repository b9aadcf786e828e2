//! Hydrates the staff root in the browser, nothing else.
