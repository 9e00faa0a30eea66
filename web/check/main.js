/* What the tests use: open a diagram, a table or a form as the page will, and say what came of it. */
import Modeler from 'bpmn-js/lib/Modeler';
import camundaModdle from 'camunda-bpmn-moddle/resources/camunda.json';
import DmnModeler from 'dmn-js/lib/Modeler';
import { Form } from '@bpmn-io/form-js-viewer';

import onesealModdle from '../../bpmn/oneseal-moddle.json';

import 'diagram-js/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn.css';
import 'dmn-js/dist/assets/dmn-js-shared.css';
import 'dmn-js/dist/assets/dmn-js-drd.css';
import 'dmn-js/dist/assets/dmn-js-decision-table.css';
import 'dmn-js/dist/assets/dmn-js-decision-table-controls.css';
import 'dmn-js/dist/assets/dmn-js-literal-expression.css';
import 'dmn-js/dist/assets/dmn-font/css/dmn.css';
import '@bpmn-io/form-js-viewer/dist/assets/form-js.css';

/** An empty place of the whole window; whatever stood there before is gone. */
function room(width, height) {
  document.body.replaceChildren();
  const container = document.createElement('div');
  container.style.width = width ? `${width}px` : '100%';
  container.style.height = height ? `${height}px` : '100vh';
  document.body.append(container);
  return container;
}

function modelerWith(container) {
  return new Modeler({ container, moddleExtensions: { camunda: camundaModdle, oneseal: onesealModdle } });
}

/** -> {warnings, xml, svg, shapes, edges}: what the Modeler reads, draws and writes back. */
export async function openDiagram(xml) {
  const modeler = modelerWith(room());
  const { warnings } = await modeler.importXML(xml);
  const saved = await modeler.saveXML({ format: true });
  const { svg } = await modeler.saveSVG();
  const drawn = modeler.get('elementRegistry').getAll();
  modeler.get('canvas').zoom('fit-viewport');
  return {
    warnings: warnings.map((w) => w.message),
    xml: saved.xml,
    svg,
    shapes: drawn.filter((e) => e.parent && !e.waypoints).map((e) => shapeOf(e, modeler)),
    edges: drawn.filter((e) => e.waypoints).map(edgeOf)
  };
}

/** -> the XML after somebody has moved the element a little to the right, renamed it, and saved. */
export async function editDiagram(xml, id, name) {
  const modeler = modelerWith(room());
  await modeler.importXML(xml);
  const element = modeler.get('elementRegistry').get(id);
  modeler.get('modeling').moveElements([element], { x: 10, y: 0 });
  modeler.get('modeling').updateProperties(element, { name });
  return (await modeler.saveXML({ format: true })).xml;
}

function shapeOf(shape, modeler) {
  const { id, type, x, y, width, height, parent, host, labelTarget } = shape;
  return {
    id,
    type: labelTarget ? 'label' : type,
    box: [x, y, width, height],
    text: textOf(shape, modeler.get('elementRegistry').getGraphics(shape)),
    parent: parent?.id ?? null,
    host: host?.id ?? null,
    of: labelTarget?.id ?? null
  };
}

/** Where the words of a shape really stand, in the diagram's measure; null when it has none or they stand on their side. */
function textOf({ x, y }, graphics) {
  const text = graphics.querySelector(':scope > .djs-visual > text');
  if (!text || !text.textContent || text.hasAttribute('transform')) {
    return null;
  }
  const box = text.getBBox();
  return [x + box.x, y + box.y, box.width, box.height];
}

function edgeOf({ id, type, source, target, waypoints }) {
  return { id, type, source: source.id, target: target.id, points: waypoints.map((p) => [p.x, p.y]) };
}

/** -> {warnings, views}: the table opened in its editor; the first table stays on screen. */
export async function openTable(xml) {
  const modeler = new DmnModeler({ container: room() });
  const { warnings } = await modeler.importXML(xml);
  const table = modeler.getViews().find((view) => view.type === 'decisionTable');
  const opened = await modeler.open(table);
  return {
    warnings: [...warnings, ...opened.warnings].map((w) => w.message),
    views: modeler.getViews().map((view) => view.type)
  };
}

let form;

/** -> {warnings, fields}: the form drawn with the data; it stays on screen. */
export async function openForm(schema, data) {
  form = new Form({ container: room(900, 'auto') });
  const { warnings } = await form.importSchema(schema, data);
  const fields = form.get('formFieldRegistry').getAll();
  return { warnings: warnings.map((w) => w.message), fields: fields.map((f) => f.type) };
}

/** -> {data, errors}: what pressing 提交 would send, and what the form refuses. */
export function submitForm() {
  return form.submit();
}
