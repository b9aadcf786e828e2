// Paying: keeps the amount with the documents that are ticked, has the card service take a new card in, and has a payer's
// bank confirm a payment. Without it saved cards, the wallet and transfers pay all the same.

/** The provider's script, while and once it is loaded. */
let loading;

const form = document.querySelector('.pay-form, form:has([data-card-key])');
const entry = document.querySelector('.card-field');

if (form?.dataset.decimals) {
  followTicks(form);
}
if (form && entry) {
  offerCard(form, entry);
}
for (const confirm of document.querySelectorAll('[data-confirm]')) {
  offerConfirmation(confirm);
}

/** The amount is what is open on the ticked documents, until somebody types another one. */
function followTicks(pay) {
  const rows = [...pay.querySelectorAll('[data-open]')];
  const amount = pay.querySelector('[name=amount]');
  let shown = amount.value;
  pay.querySelector('.pay-update')?.remove();
  for (const row of rows) {
    row.querySelector('input').addEventListener('change', () => {
      if (amount.value !== shown) {
        return;
      }
      const ticked = rows.filter((one) => one.querySelector('input').checked);
      const sum = ticked.reduce((all, one) => all + BigInt(one.dataset.open), 0n);
      amount.value = shown = decimal(sum, Number(pay.dataset.decimals));
    });
  }
}

function decimal(minor, decimals) {
  const digits = minor.toString().padStart(decimals + 1, '0');
  return decimals ? `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}` : digits;
}

/** The card service's own field, loaded once a new card is chosen. */
function offerCard(pay, box) {
  const isChosen = () => new FormData(pay).get('way') === 'new';
  let card;
  const load = async () => {
    if (card || !isChosen()) {
      return;
    }
    card = stripe(box.dataset).then((service) => {
      const element = service.elements().create('card', { hidePostalCode: true });
      element.mount(box);
      return { service, element };
    });
    card.catch(() => {
      card = undefined;
      tell(box, 'The card service cannot be reached. Try again later, or pay in another way.');
    });
  };
  pay.addEventListener('change', load);
  load();

  pay.addEventListener('submit', async (event) => {
    const setup = pay.elements.setup;
    if (event.submitter?.formMethod === 'get' || !isChosen() || setup.value) {
      return;
    }
    event.preventDefault();
    const over = busy(pay);
    tell(box, '');
    try {
      await load();
      const { service, element } = await card;
      const answer = await fetch(box.dataset.cardSetup, { method: 'POST' });
      const { secret, error: refusal } = await answer.json();
      if (!answer.ok) {
        throw new Error(refusal);
      }
      const { error, setupIntent } = await service.confirmCardSetup(secret, { payment_method: { card: element } });
      if (error) {
        throw new Error(error.message || 'The card was not accepted.');
      }
      setup.value = setupIntent.id;
      pay.submit();
    } catch (error) {
      over();
      tell(box, error.message);
    }
  });
}

/** The payer's bank asks them itself, by the card service; then the page looks how it went. */
function offerConfirmation(confirm) {
  confirm.addEventListener('submit', async (event) => {
    event.preventDefault();
    const over = busy(confirm);
    try {
      const service = await stripe(confirm.dataset);
      const { error } = await service.confirmCardPayment(confirm.dataset.confirm);
      if (error?.type === 'api_connection_error') {
        throw error;
      }
      confirm.submit();
    } catch {
      over();
      const told = confirm.querySelector('[role=alert]');
      told.textContent = 'The card service cannot be reached. Try again.';
      told.hidden = false;
    }
  });
}

function stripe({ cardKey, cardScript }) {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = cardScript;
    script.onload = resolve;
    script.onerror = () => {
      loading = undefined;
      script.remove();
      reject(new Error('The card service cannot be reached.'));
    };
    document.head.append(script);
  });
  return loading.then(() => window.Stripe(cardKey));
}

/** Buttons rest while something is under way; what ends that is answered. */
function busy(pay) {
  const buttons = [...pay.querySelectorAll('button')];
  buttons.forEach((button) => (button.disabled = true));
  return () => buttons.forEach((button) => (button.disabled = false));
}

function tell(box, words) {
  let told = document.getElementById('card-error');
  if (!told) {
    told = document.createElement('p');
    told.id = 'card-error';
    told.className = 'field-error';
    told.setAttribute('role', 'alert');
    box.after(told);
  }
  told.textContent = words;
}
