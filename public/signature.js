// A signature drawn with finger, pen or mouse. What is drawn goes along with the form as points: `x,y x,y;x,y …`, in the
// canvas's own units. Without this script a signature is the typed name.

for (const box of document.querySelectorAll('[data-signature]')) {
  const canvas = box.querySelector('canvas');
  const field = box.querySelector('input');
  const pen = canvas.getContext('2d');
  const most = 3900;
  let strokes = field.value.split(';').filter(Boolean).map((stroke) => stroke.trim().split(' ').map((point) => point.split(',').map(Number)));
  let drawing = null;

  const paint = () => {
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.strokeStyle = getComputedStyle(canvas).color;
    pen.lineWidth = 3;
    pen.lineCap = 'round';
    pen.lineJoin = 'round';
    for (const stroke of strokes) {
      pen.beginPath();
      pen.moveTo(...stroke[0]);
      for (const point of stroke) {
        pen.lineTo(...point);
      }
      pen.stroke();
    }
  };
  const keep = () => {
    field.value = strokes.map((stroke) => stroke.map((point) => point.join(',')).join(' ')).join(';');
  };
  const within = (value, end) => Math.max(0, Math.min(end, Math.round(value)));
  const at = (event) => {
    const frame = canvas.getBoundingClientRect();
    return [
      within(((event.clientX - frame.left) / frame.width) * canvas.width, canvas.width),
      within(((event.clientY - frame.top) / frame.height) * canvas.height, canvas.height),
    ];
  };
  const add = (event) => {
    if (strokes.reduce((sum, stroke) => sum + stroke.length, 0) < most) {
      drawing.push(at(event));
      paint();
    }
  };

  canvas.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) {
      return;
    }
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    drawing = [];
    strokes.push(drawing);
    add(event);
  });
  canvas.addEventListener('pointermove', (event) => drawing && add(event));
  for (const end of ['pointerup', 'pointercancel']) {
    canvas.addEventListener(end, () => {
      drawing = null;
      strokes = strokes.filter((stroke) => stroke.length > 0);
      keep();
    });
  }
  box.querySelector('[data-clear]').addEventListener('click', () => {
    strokes = [];
    keep();
    paint();
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', paint);
  box.hidden = false;
  paint();
}

// Pressed twice, it is sent once; coming back to the page, it can be sent again.
for (const form of document.querySelectorAll('form:has([data-signature])')) {
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
    }
    form.dataset.sent = 'true';
  });
  addEventListener('pageshow', () => delete form.dataset.sent);
}
