/* The diagram of a case or a process in the page: bpmn-js shows what the server's picture shows, to be moved and made larger.

   Until it is there, and wherever it cannot be there (no scripts, print), the page shows the server's picture. */
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';

import 'diagram-js/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import './diagram.css';

const SIGNS = { done: '✓', active: '▶', incident: '!' };
const STEP = 60;

async function show(figure) {
  const live = figure.querySelector('.os-diagram-live');
  const answer = await fetch(figure.dataset.diagram, { credentials: 'same-origin' });
  if (!answer.ok) {
    throw new Error(`the diagram answered ${answer.status}`);
  }
  figure.classList.add('os-live');
  const viewer = new NavigatedViewer({ container: live });
  await viewer.importXML(await answer.text());
  mark(viewer, JSON.parse(figure.dataset.marks));
  const canvas = viewer.get('canvas');
  const acts = {
    larger: () => canvas.zoom(canvas.zoom() * 1.25),
    smaller: () => canvas.zoom(canvas.zoom() / 1.25),
    whole: () => canvas.zoom('fit-viewport'),
    readable: () => begin(viewer, figure)
  };
  figure.querySelectorAll('[data-act]').forEach((button) => button.addEventListener('click', acts[button.dataset.act]));
  live.addEventListener('keydown', (event) => byKey(event, acts, canvas));
  begin(viewer, figure);
  figure.dataset.ready = 'true';
}

/** Every mark as a colour, a line and a sign, like the server's picture. */
function mark(viewer, marks) {
  const [canvas, overlays, registry] = [viewer.get('canvas'), viewer.get('overlays'), viewer.get('elementRegistry')];
  for (const [id, state] of Object.entries(marks)) {
    if (registry.get(id)) {
      canvas.addMarker(id, `os-${state}`);
      const html = document.createElement('span');
      html.className = `os-sign os-sign-${state}`;
      html.textContent = SIGNS[state];
      overlays.add(id, { position: { top: -9, right: 9 }, html, scale: { min: 0.7 } });
    }
  }
}

/** At a size one can read, with what is active (else the beginning) in sight. */
function begin(viewer, figure) {
  const canvas = viewer.get('canvas');
  const marks = Object.entries(JSON.parse(figure.dataset.marks));
  const wanted = marks.find(([, state]) => state === 'incident') ?? marks.find(([, state]) => state === 'active');
  canvas.zoom('fit-viewport');
  if (canvas.zoom() < 0.6) {
    canvas.zoom(0.8, { x: 0, y: 0 });
    const box = canvas.viewbox();
    canvas.viewbox({ ...box, x: box.inner.x - 10, y: box.inner.y - 10 });
  }
  const element = wanted && viewer.get('elementRegistry').get(wanted[0]);
  if (element && !inSight(element, canvas.viewbox())) {
    const box = canvas.viewbox();
    canvas.viewbox({
      ...box,
      x: Math.max(box.inner.x - 10, element.x + element.width / 2 - box.width / 2),
      y: Math.max(box.inner.y - 10, element.y + element.height / 2 - box.height / 2)
    });
  }
}

function inSight({ x, y, width, height }, box) {
  return x >= box.x && y >= box.y && x + width <= box.x + box.width && y + height <= box.y + box.height;
}

function byKey(event, acts, canvas) {
  const moves = { ArrowLeft: [STEP, 0], ArrowRight: [-STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] };
  const named = { '+': 'larger', '=': 'larger', '-': 'smaller', '0': 'whole', '1': 'readable' };
  if (event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  if (moves[event.key]) {
    canvas.scroll({ dx: moves[event.key][0], dy: moves[event.key][1] });
  } else if (named[event.key]) {
    acts[named[event.key]]();
  } else {
    return;
  }
  event.preventDefault();
}

document.querySelectorAll('[data-diagram]').forEach((figure) =>
  show(figure).catch((error) => {
    figure.classList.remove('os-live');
    console.warn('the diagram stays a picture:', error.message);
  })
);
