//! The toasts that wait to be read.

use leptos::prelude::*;

use super::Tone;

/// Something that can be done about a toast, such as *Undo*.
#[derive(Clone, Debug)]
pub struct ToastAction {
    /// The button's text.
    pub label: String,
    /// What it does; the toast goes away.
    pub run: Callback<()>,
}

/// A short message that goes away by itself.
#[derive(Clone, Debug)]
pub struct Toast {
    /// Tells toasts apart.
    pub id: u32,
    /// Its mood.
    pub tone: Tone,
    /// What it says.
    pub text: String,
    /// What can be done about it.
    pub action: Option<ToastAction>,
}

/// Where parts of a page leave toasts; in context of everything below [`provide_toasts`].
#[derive(Clone, Copy, Debug, Default)]
pub struct ToastBox {
    pub(super) toasts: RwSignal<Vec<Toast>>,
    /// The open dialogs, the uppermost last: it shows the toasts.
    pub(super) hosts: RwSignal<Vec<String>>,
    next: StoredValue<u32>,
}

impl ToastBox {
    /// Shows a message.
    pub fn push(&self, tone: Tone, text: impl Into<String>) {
        self.add(tone, text.into(), None);
    }

    /// Shows a message with a button.
    pub fn push_with(
        &self,
        tone: Tone,
        text: impl Into<String>,
        label: impl Into<String>,
        run: impl Fn() + Send + Sync + 'static,
    ) {
        let run = Callback::new(move |()| run());
        self.add(tone, text.into(), Some(ToastAction { label: label.into(), run }));
    }

    /// Takes a message away.
    pub fn dismiss(&self, id: u32) {
        self.toasts.update(|toasts| toasts.retain(|toast| toast.id != id));
    }

    fn add(&self, tone: Tone, text: String, action: Option<ToastAction>) {
        let id = self.next.get_value();
        self.next.set_value(id.wrapping_add(1));
        self.toasts.update(|toasts| {
            if toasts.len() >= 4 {
                toasts.remove(0);
            }
            toasts.push(Toast { id, tone, text, action });
        });
    }

    /// A dialog opens or closes.
    pub(super) fn host(&self, id: &str, open: bool) {
        let is_open = self.hosts.with_untracked(|hosts| hosts.iter().any(|host| host == id));
        if is_open != open {
            self.hosts.update(|hosts| {
                hosts.retain(|host| host != id);
                if open {
                    hosts.push(id.to_owned());
                }
            });
        }
    }
}

/// Puts an empty box into context: once, at the root.
pub fn provide_toasts() -> ToastBox {
    let toasts = ToastBox::default();
    provide_context(toasts);
    toasts
}

/// The box in context; without one, a box that nobody looks into.
#[must_use]
pub fn use_toasts() -> ToastBox {
    use_context().unwrap_or_default()
}
