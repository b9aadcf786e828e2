//! What customers and staff write to each other on a document.

use domain::documents::{Conversation, MAX_FILE, MAX_FILES, MAX_MESSAGE, MAX_SHOWN, Message, MessageFile};
use leptos::prelude::*;

use super::figures::display_size;
use crate::{
    form::use_form_reply,
    ui::{Badge, Button, ButtonKind, FileDrop, Glyph, Icon, Panel, TextArea, Tone},
};

/// Which side reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Customer,
    Staff,
    /// Whoever has a link to the document, and reads only what they wrote by it.
    Link,
}

/// The conversation, the box for the next message, and whether to be told of others'.
#[component]
pub(super) fn Messages(
    conversation: Conversation,
    /// The document's own address, which those of its forms and files begin with.
    document: String,
    /// What the address has after it, with its `?`: the list that is open.
    query: String,
    side: Side,
) -> impl IntoView {
    let is_empty = conversation.messages.is_empty();
    let cut = conversation.is_cut.then(|| {
        view! { <p class="muted">{format!("These are the newest {MAX_SHOWN} messages.")}</p> }
    });
    let messages = conversation
        .messages
        .into_iter()
        .map(|message| message_view(message, &document, side))
        .collect_view();
    let form = conversation.may_post.then(|| {
        view! { <MessageBox action=format!("{document}/messages{query}") key=conversation.key.to_string() side=side /> }
    });
    let follow = conversation.follows.map(|follows| {
        view! { <Follow action=format!("{document}/follow{query}") follows=follows /> }
    });
    let nothing = is_empty.then(|| {
        let text = match (side, form.is_some()) {
            (Side::Customer, true) => "No messages yet. Write one, and we are told.",
            (Side::Customer, false) => "No messages.",
            (Side::Staff, _) => "No messages yet.",
            (Side::Link, _) => "Write to us about this document. Only what you write yourself is shown here.",
        };
        view! { <p class="muted">{text}</p> }
    });
    view! {
        <Panel title="Messages" id="messages">
            <div class="stack">
                {cut} {nothing} {(!is_empty).then(|| view! { <ol class="messages">{messages}</ol> })} {form} {follow}
            </div>
        </Panel>
    }
    .into_any()
}

fn message_view(message: Message, document: &str, side: Side) -> impl IntoView + use<> {
    let is_ours = message.is_staff == (side == Side::Staff);
    let class = match (message.is_internal, is_ours) {
        (true, _) => "message note",
        (false, true) => "message mine",
        (false, false) => "message",
    };
    let from_staff = message.is_staff && !message.is_internal && side != Side::Staff;
    let files = message
        .files
        .into_iter()
        .enumerate()
        .map(|(place, file)| file_link(&format!("{document}/messages/{}/{place}", message.id), file))
        .collect::<Vec<_>>();
    let has_files = !files.is_empty();
    view! {
        <li class=class>
            <p class="message-head">
                <span>
                    <strong>{message.author}</strong>
                    {message.is_internal.then(|| view! { " " <Badge tone=Tone::Warn text="Internal note" /> })}
                    {from_staff.then(|| view! { " " <Badge text="Staff" /> })}
                </span>
                <span>{message.at}</span>
            </p>
            {(!message.text.is_empty()).then(|| view! { <p class="message-text">{message.text}</p> })}
            {has_files.then(|| view! { <ul class="message-files">{files}</ul> })}
        </li>
    }
}

fn file_link(href: &str, file: MessageFile) -> impl IntoView + use<> {
    view! {
        <li>
            <a href=href.to_owned() rel="external" download="">
                <Icon glyph=Glyph::Download />
                {file.name}
            </a>
            <span class="muted">{display_size(file.size)}</span>
        </li>
    }
}

#[component]
fn MessageBox(action: String, key: String, side: Side) -> impl IntoView {
    let reply = use_form_reply().unwrap_or_default();
    // A form that was refused keeps its key: what is sent once it is put right is the same message.
    let key = Some(reply.value("key")).filter(|key| !key.is_empty()).unwrap_or(key);
    let files = (side != Side::Link).then(|| {
        let hint = format!("Up to {MAX_FILES} files of at most 10 MB each.");
        view! { <FileDrop label="Files" name="files" multiple=true most=MAX_FILE hint=hint error=reply.error("files") /> }
    });
    let encoding = files.is_some().then_some("multipart/form-data");
    let note = (side == Side::Staff).then(|| {
        view! {
            <Button submit=true name="as" value="note" glyph=Glyph::Lock>
                "Keep as internal note"
            </Button>
        }
    });
    view! {
        <form method="post" action=action enctype=encoding class="form" id="message-form">
            <input type="hidden" name="key" value=key />
            <TextArea
                label="Message"
                name="message"
                rows=4
                maxlength=u32::try_from(MAX_MESSAGE).unwrap_or(u32::MAX)
                value=reply.value("message")
                error=reply.error("message")
            />
            {files}
            <div class="actions">
                <Button kind=ButtonKind::Primary submit=true name="as" value="message">
                    "Send"
                </Button>
                {note}
            </div>
        </form>
    }
}

#[component]
fn Follow(action: String, follows: bool) -> impl IntoView {
    let (text, value, label) = if follows {
        ("You are told by mail of what others write here.", "no", "Unfollow")
    } else {
        ("Follow this to be told by mail of what others write here.", "yes", "Follow")
    };
    view! {
        <form method="post" action=action class="follow">
            <input type="hidden" name="follow" value=value />
            <p class="muted">{text}</p>
            <Button submit=true kind=ButtonKind::Quiet glyph=Glyph::Mail>
                {label}
            </Button>
        </form>
    }
}
