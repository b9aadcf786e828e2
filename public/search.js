// Ctrl-K, or Cmd-K, goes to the box that searches everything, from wherever on the page.
document.addEventListener('keydown', (event) => {
  const isIt = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k';
  const box = isIt && document.querySelector('.search-all input');
  if (box) {
    event.preventDefault();
    box.focus();
    box.select();
  }
});
