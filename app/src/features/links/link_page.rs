use leptos::prelude::*;

/// Why a secure link did not lead on. Provided by the server, which alone knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkContext {
    /// Somebody is signed in for another customer.
    Occupied(Occupied),
    /// The link leads nowhere.
    Nothing,
}

/// Who is signed in while another customer's link is opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occupied {
    /// The customer whose link it is.
    pub customer: String,
    /// Who is signed in.
    pub name: String,
    /// For which company.
    pub company: String,
}

/// `/link/{token}`, where it leads nowhere yet. A plain page: browsers never run this.
#[component]
pub fn LinkPage() -> impl IntoView {
    #[cfg(feature = "ssr")]
    return rendered::show(use_context::<LinkContext>().unwrap_or(LinkContext::Nothing));
    #[cfg(not(feature = "ssr"))]
    ().into_any()
}

#[cfg(feature = "ssr")]
mod rendered {
    use leptos::prelude::*;
    use leptos_meta::Title;

    use super::{LinkContext, Occupied};
    use crate::{
        layout::{DeadLink, SignInShell},
        session::use_session,
        ui::{Button, ButtonKind, ButtonLink, Definition, DefinitionList},
    };

    pub(super) fn show(context: LinkContext) -> AnyView {
        match context {
            LinkContext::Occupied(occupied) => ask(occupied),
            LinkContext::Nothing => nothing(),
        }
    }

    fn ask(Occupied { customer, name, company }: Occupied) -> AnyView {
        let session = use_session();
        let go_on = format!("Continue as {customer}");
        view! {
            <Title text="Another customer’s link" />
            <SignInShell
                business=session.business
                title="Another customer’s link"
                lead="You are signed in for a different company. Continuing logs you out there."
            >
                <DefinitionList>
                    <Definition term="Signed in">{name}</Definition>
                    <Definition term="Company">{company}</Definition>
                    <Definition term="The link’s customer">{customer}</Definition>
                </DefinitionList>
                <form method="post" class="form">
                    <Button kind=ButtonKind::Primary submit=true>
                        {go_on}
                    </Button>
                </form>
                <ButtonLink href="/my" external=true>
                    "Stay signed in"
                </ButtonLink>
            </SignInShell>
        }
        .into_any()
    }

    fn nothing() -> AnyView {
        let lead = "It may have been replaced by a newer one, switched off, or broken by a mail program. Copy the \
                    whole address from the latest mail, or log in.";
        let ask = "To get a new link, write to ";
        view! { <DeadLink title="This link does not work" lead=lead may_log_in=true ask=ask /> }.into_any()
    }
}
