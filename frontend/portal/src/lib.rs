//! Hydrates the portal in the browser, nothing else.

#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen]
/// Makes the page that the server rendered reactive.
pub fn hydrate() {
    console_error_panic_hook::set_once();
    app::hydrate_portal();
}
