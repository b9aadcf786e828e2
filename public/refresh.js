// Looks again at a page that says, by `data-refresh`, that something is under way, and puts the parts that it calls
// `data-live` in place of those that are there. What else is on the page stays: somebody may be filling it in.

const EVERY = 500;

const live = (page) => [...page.querySelectorAll('[data-live]')];

async function look() {
  if (!document.querySelector('[data-refresh]')) {
    return;
  }
  try {
    const answer = await fetch(location.href, { cache: 'no-store' });
    if (!answer.ok || answer.redirected) {
      return location.reload();
    }
    const now = new DOMParser().parseFromString(await answer.text(), 'text/html');
    for (const part of live(now)) {
      live(document).find((old) => old.dataset.live === part.dataset.live)?.replaceWith(part);
    }
  } catch {
    // An answer that got lost is no matter: the next one comes.
  }
  setTimeout(look, EVERY);
}

look();
