// Shows how far large files are on their way to the server, and stops those that are too large before they set out. Forms
// with files work without this script; so they do with it, should anything go wrong.

const SLOW = 300_000;
const PLACE = 'portico-place';

const place = sessionStorage.getItem(PLACE);
sessionStorage.removeItem(PLACE);
if (place) {
  document.getElementById(place)?.scrollIntoView();
}

document.addEventListener('submit', (event) => {
  const { target: form, submitter } = event;
  const fields = [...form.querySelectorAll('input[type="file"]')];
  const files = fields.flatMap((field) => [...field.files]);
  const tooLarge = fields.find((field) => complain(field));
  if (tooLarge) {
    event.preventDefault();
    tooLarge.focus();
  } else if (form.method === 'post' && files.reduce((sum, file) => sum + file.size, 0) > SLOW) {
    event.preventDefault();
    send(form, submitter);
  }
});

/** Says beside a field which of its files is too large; whether there is one. */
function complain(field) {
  const most = Number(field.dataset.most);
  const file = most ? [...field.files].find((one) => one.size > most) : undefined;
  document.getElementById(`${field.id}-error`)?.remove();
  field.toggleAttribute('aria-invalid', false);
  if (!file) {
    return false;
  }
  const told = make('p', 'field-error', `“${file.name}” is larger than ${Math.floor(most / 1_048_576)} MB. Choose a smaller file.`);
  told.id = `${field.id}-error`;
  told.setAttribute('role', 'alert');
  field.setAttribute('aria-invalid', 'true');
  field.setAttribute('aria-describedby', `${told.id} ${field.id}-hint`);
  field.closest('.field').append(told);
  return true;
}

function send(form, submitter) {
  const body = new FormData(form, submitter);
  const request = new XMLHttpRequest();
  const buttons = [...form.querySelectorAll('button')].filter((button) => !button.disabled);
  const bar = make('progress');
  const text = make('span', 'progress-text');
  const label = make('label', '', 'Uploading');
  const cancel = make('button', 'button small', 'Cancel upload');
  cancel.type = 'button';
  bar.id = 'upload-progress';
  label.htmlFor = bar.id;
  const box = make('div', 'progress');
  box.append(label, text, bar, cancel);

  const over = () => {
    box.remove();
    buttons.forEach((button) => (button.disabled = false));
    removeEventListener('pagehide', over);
  };
  request.upload.onprogress = ({ loaded, total }) => {
    bar.max = total;
    bar.value = loaded;
    text.textContent = `${Math.floor((100 * loaded) / total)} %`;
  };
  request.onload = () => {
    if (request.status >= 400) {
      return natively();
    }
    sessionStorage.setItem(PLACE, form.closest('section')?.getAttribute('aria-labelledby') ?? '');
    location.assign(request.responseURL);
  };
  // The page that says what was wrong comes as it does without this script.
  const natively = () => {
    over();
    if (submitter?.name) {
      const field = make('input');
      Object.assign(field, { type: 'hidden', name: submitter.name, value: submitter.value });
      form.append(field);
    }
    form.submit();
  };
  request.onerror = natively;
  request.onabort = over;
  cancel.addEventListener('click', () => request.abort());
  addEventListener('pagehide', over);
  request.open('POST', form.action);
  request.send(body);
  buttons.forEach((button) => (button.disabled = true));
  (form.querySelector('.actions') ?? form.lastElementChild).before(box);
  cancel.focus();
}

function make(tag, className = '', text = '') {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}
