/* What the page says above the form. Everything is text, never markup. */

/** A refusal: the sentence, a line for each fault (leading to its field), and what may be done about it. */
export function warn(text, lines = [], choices = []) {
  const box = document.getElementById('messages');
  box.replaceChildren(made('div', text));
  if (lines.length) {
    const list = document.createElement('ul');
    for (const line of lines) {
      const item = document.createElement('li');
      item.append(line.input ? leading(line) : line.text);
      list.append(item);
    }
    box.append(list);
  }
  if (choices.length) {
    const row = made('div', '');
    row.className = 'os-choices';
    row.append(...choices.map(choice));
    box.append(row);
  }
  document.getElementById('told').hidden = true;
  box.hidden = false;
  box.focus();
  box.scrollIntoView({ block: 'center' });
}

/** Something good to know. */
export function tell(text) {
  document.getElementById('messages').hidden = true;
  const box = document.getElementById('told');
  box.textContent = text;
  box.hidden = false;
}

function leading({ text, input }) {
  const link = made('a', text);
  link.href = `#${input}`;
  link.addEventListener('click', (event) => {
    event.preventDefault();
    const field = document.getElementById(input);
    field?.scrollIntoView({ block: 'center' });
    field?.focus();
  });
  return link;
}

function choice({ text, href, fresh, onClick }) {
  const found = made(href ? 'a' : 'button', text);
  found.className = 'btn btn-sm';
  if (href) {
    found.href = href;
  } else {
    found.type = 'button';
  }
  if (fresh) {
    found.target = '_blank';
    found.rel = 'noopener';
  }
  found.addEventListener('click', () => onClick?.());
  return found;
}

function made(tag, text) {
  const found = document.createElement(tag);
  found.textContent = text;
  return found;
}
