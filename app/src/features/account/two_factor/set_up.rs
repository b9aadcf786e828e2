use domain::{
    FieldErrors,
    account::{Enrolled, Enrolling, EnrolmentStep},
};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};

use super::{
    super::api::{begin_enrolment, finish_enrolment},
    recovery_codes::RecoveryCodes,
};
use crate::{
    PortalError,
    form::FormReply,
    ui::{Alert, Button, ButtonKind, Field, Tone},
};

/// What the steps share.
#[derive(Clone, Copy)]
struct Progress {
    step: RwSignal<EnrolmentStep>,
    errors: RwSignal<FieldErrors>,
    problem: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
}

impl Progress {
    /// What is wrong with a field.
    fn error(self, field: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || self.errors.with(|errors| errors.get(field).map(str::to_owned)))
    }

    /// Sends a step in the browser, one at a time; what was typed stays when it is refused.
    fn send<T: 'static>(
        self,
        event: &SubmitEvent,
        work: impl Future<Output = Result<T, PortalError>> + 'static,
        then: impl FnOnce(T) -> EnrolmentStep + 'static,
    ) {
        event.prevent_default();
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            let (mut errors, mut problem) = (FieldErrors::default(), None);
            match work.await {
                Ok(done) => {
                    self.step.set(then(done));
                    focus_first();
                }
                Err(PortalError::Invalid(found)) => errors = found,
                Err(other) => problem = Some(other.to_string()),
            }
            self.errors.set(errors);
            self.problem.set(problem);
            self.busy.set(false);
        });
    }
}

/// Puts the focus where the next step begins, as a page that loads does.
fn focus_first() {
    request_animation_frame(|| {
        let found = document().query_selector("#code, .recovery-codes").ok().flatten();
        if let Some(element) =
            found.and_then(|found| wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlElement>(found).ok())
        {
            element.focus().ok();
        }
    });
}

/// Setting up two-factor authentication: the password, then QR code and key, then the recovery codes. In the browser
/// one step takes the place of the other; without WebAssembly each is a form that the page is posted with.
#[component]
pub(crate) fn TwoFactorSetUp(
    /// How far it has come.
    step: EnrolmentStep,
    /// What was wrong with the step that was posted.
    reply: FormReply,
    /// Where to go afterwards.
    #[prop(into)]
    next: String,
    /// The page never becomes interactive.
    #[prop(optional)]
    is_plain: bool,
) -> impl IntoView {
    let progress = Progress {
        step: RwSignal::new(step),
        errors: RwSignal::new(reply.errors),
        problem: RwSignal::new(reply.problem),
        busy: RwSignal::new(false),
    };
    view! {
        {move || {
            progress.problem.get().map(|problem| view! { <Alert tone=Tone::Bad title=problem /> })
        }}
        {move || match progress.step.get() {
            EnrolmentStep::Password => password_step(progress),
            EnrolmentStep::Scan(enrolling) => scan_step(progress, enrolling),
            EnrolmentStep::Done(Enrolled { recovery_codes, next: home }) => {
                let next = home.unwrap_or_else(|| next.clone());
                view! { <RecoveryCodes codes=recovery_codes next=next is_plain=is_plain /> }.into_any()
            }
        }}
    }
    .into_any()
}

fn password_step(progress: Progress) -> AnyView {
    let password = RwSignal::new(String::new());
    let send = move |event: SubmitEvent| {
        progress.send(&event, begin_enrolment(password.get_untracked()), EnrolmentStep::Scan);
    };
    view! {
        <form method="post" class="form" on:submit=send>
            <input type="hidden" name="do" value="begin" />
            <Field
                label="Password"
                name="password"
                kind="password"
                autocomplete="current-password"
                bind=password
                required=true
                autofocus=true
                hint="The one that you log in with."
                error=progress.error("password")
            />
            <div>
                <Button kind=ButtonKind::Primary submit=true busy=progress.busy>
                    "Confirm Password"
                </Button>
            </div>
        </form>
    }
    .into_any()
}

fn scan_step(progress: Progress, enrolling: Enrolling) -> AnyView {
    let code = RwSignal::new(String::new());
    let send = move |event: SubmitEvent| {
        progress.send(&event, finish_enrolment(code.get_untracked()), EnrolmentStep::Done);
    };
    view! {
        <ol class="steps">
            <li>
                <p>"Scan this with your authenticator app (Google Authenticator, Authy, 1Password …)."</p>
                <div class="auth-qr">
                    <img src=enrolling.image alt="QR code" width="200" height="200" />
                </div>
                <p class="hint">"Cannot scan it? Type this key into the app:"</p>
                <p class="auth-key">{enrolling.key}</p>
            </li>
            <li>
                <form method="post" class="form" on:submit=send>
                    <input type="hidden" name="do" value="finish" />
                    <div class="auth-code">
                        <Field
                            label="Verification Code"
                            name="code"
                            autocomplete="one-time-code"
                            inputmode="numeric"
                            bind=code
                            required=true
                            autofocus=true
                            hint="The six digits that the app shows now."
                            error=progress.error("code")
                        />
                    </div>
                    <div>
                        <Button kind=ButtonKind::Primary submit=true busy=progress.busy>
                            "Enable two-factor authentication"
                        </Button>
                    </div>
                </form>
            </li>
        </ol>
    }
    .into_any()
}
