// Passkeys: asks the server for a challenge, has the browser's authenticator answer it, and sends the answer back.
// Each <form data-passkey> is one such errand: it posts to its action and then to its data-finish.

const decode = (text) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));

const encode = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

const keys = (list = []) => list.map((key) => ({ ...key, id: decode(key.id) }));

// What older browsers do not do by themselves.
const creation = (options) =>
  PublicKeyCredential.parseCreationOptionsFromJSON?.(options) ?? {
    ...options,
    challenge: decode(options.challenge),
    user: { ...options.user, id: decode(options.user.id) },
    excludeCredentials: keys(options.excludeCredentials),
  };

const request = (options) =>
  PublicKeyCredential.parseRequestOptionsFromJSON?.(options) ?? {
    ...options,
    challenge: decode(options.challenge),
    allowCredentials: keys(options.allowCredentials),
  };

const toJson = (credential) => {
  if (credential.toJSON) {
    return credential.toJSON();
  }
  const response = {};
  for (const name of ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle']) {
    if (credential.response[name]) {
      response[name] = encode(credential.response[name]);
    }
  }
  const { id, type } = credential;
  return { id, rawId: encode(credential.rawId), type, response, clientExtensionResults: credential.getClientExtensionResults() };
};

class Refused extends Error {
  constructor({ problem, errors }) {
    super(problem);
    this.errors = errors ?? [];
  }
}

// Answers are JSON; a redirect leads to the sign-in page, once the session has ended.
async function post(address, fields) {
  const answer = await fetch(address, { method: 'POST', body: new URLSearchParams(fields) });
  if (answer.redirected) {
    location.assign(answer.url);
    return new Promise(() => {});
  }
  const text = await answer.text();
  const told = text.startsWith('{') ? JSON.parse(text) : { problem: 'The server did not answer as expected. Reload the page and try again.' };
  if (!answer.ok) {
    throw new Refused(told);
  }
  return told;
}

const reasons = {
  NotAllowedError: 'No passkey was used, or it took too long. Try again.',
  InvalidStateError: 'This device has a passkey for your login already.',
  NotSupportedError: 'Your device cannot make such a passkey. Use another one.',
  SecurityError: 'Passkeys do not work at this address. Tell us, please.',
  TypeError: 'The server could not be reached. Check your connection and try again.',
};

const words = (error) => (error instanceof Refused ? error.message : (reasons[error.name] ?? 'This did not work. Try again.'));

function show(form, error) {
  const problem = form.querySelector('[role=alert]');
  for (const old of form.querySelectorAll('.field-error')) {
    old.remove();
  }
  for (const field of form.querySelectorAll('[aria-invalid]')) {
    field.removeAttribute('aria-invalid');
    field.setAttribute('aria-describedby', `${field.id}-hint`);
  }
  problem.hidden = error === undefined;
  problem.querySelector('strong').textContent = error === undefined ? '' : words(error);
  for (const [name, text] of error?.errors ?? []) {
    const field = form.elements[name];
    const told = Object.assign(document.createElement('p'), { className: 'field-error', id: `${field.id}-error`, textContent: text });
    field.after(told);
    field.setAttribute('aria-invalid', 'true');
    field.setAttribute('aria-describedby', `${told.id} ${field.id}-hint`);
    problem.hidden = true;
  }
  form.querySelector('[aria-invalid]')?.focus();
}

async function run(form) {
  show(form);
  const fields = new FormData(form);
  const asked = await post(form.action, fields);
  const credential = asked.create
    ? await navigator.credentials.create({ publicKey: creation(asked.create) })
    : await navigator.credentials.get({ publicKey: request(asked.get) });
  const done = await post(form.dataset.finish, { credential: JSON.stringify(toJson(credential)) });
  location.assign(done.next);
}

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll('form[data-passkey]')) {
    const button = form.querySelector('[type=submit]');
    form.hidden = false;
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      if (button.getAttribute('aria-busy')) {
        return;
      }
      button.setAttribute('aria-busy', 'true');
      try {
        await run(form);
      } catch (error) {
        show(form, error);
        button.removeAttribute('aria-busy');
      }
    });
  }
  for (const without of document.querySelectorAll('[data-without-passkeys]')) {
    without.hidden = true;
  }
}
