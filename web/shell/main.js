/* Every page. Nothing here is needed to work with a page; it only makes a second press of a button do nothing. */
import '@tabler/core/dist/css/tabler.min.css';
import './shell.css';

const BUSY = 'data-busy';

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (form.hasAttribute(BUSY)) {
    event.preventDefault();
    return;
  }
  if (form.method !== 'get') {
    form.setAttribute(BUSY, '');
    form.setAttribute('aria-busy', 'true');
  }
});

// Back again by the browser's button: the page must take presses anew.
window.addEventListener('pageshow', () => {
  document.querySelectorAll(`form[${BUSY}]`).forEach((form) => {
    form.removeAttribute(BUSY);
    form.removeAttribute('aria-busy');
  });
});

// After a refusal the reader begins where it is told what was wrong.
document.getElementById('faults')?.focus();
