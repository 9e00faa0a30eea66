/* Between what the service says and what form-js holds. */

/** The schema as we show it: registers become plain options, and no row of a list hides. */
export function prepared(schema, values) {
  const copy = structuredClone(schema);
  const walk = (components) => {
    for (const component of components || []) {
      if (component.valuesKey && Array.isArray(values[component.valuesKey])) {
        component.values = values[component.valuesKey];
        delete component.valuesKey;
      }
      if (component.type === 'dynamiclist') {
        component.disableCollapse = true;
      }
      walk(component.components);
    }
  };
  walk(copy.components);
  return copy;
}

/** A draft over what the task began with. Rows of a list that offers no adding keep what the form does not show. */
export function overlaid(schema, input, draft) {
  const found = { ...input, ...draft };
  for (const component of schema.components || []) {
    const [was, now] = [input[component.path], draft?.[component.path]];
    if (component.type === 'dynamiclist' && !component.allowAddRemove && Array.isArray(was) && Array.isArray(now)) {
      found[component.path] = was.map((row, n) => ({ ...row, ...now[n] }));
    }
  }
  return found;
}

/** ['items', 0, 'item_id'] as the service writes it: items[0].item_id */
export function written(path) {
  return path.reduce((text, part) => (typeof part === 'number' ? `${text}[${part}]` : text ? `${text}.${part}` : String(part)), '');
}

/** Field as the service names it -> its instance in the form, with its label and the id of its input. */
export function instances(form) {
  const registry = form.get('formFieldRegistry');
  const found = new Map();
  for (const instance of form.get('formFieldInstanceRegistry').getAllKeyed()) {
    const field = registry.get(instance.id);
    const indexes = Object.values(instance.indexes || {});
    const input = `fjs-form-${form._id}-${[instance.id, ...indexes].join('_')}`;
    const row = indexes.length ? `第${indexes.map((n) => n + 1).join('—')}行 ` : '';
    found.set(written(instance.valuePath), { instance, indexes, input, label: row + (field.label || field.dateLabel || field.key) });
  }
  return found;
}

/** Puts what the service refused beside the fields; answers [{text, input}] in the order given. */
export function showFaults(form, faults) {
  const known = instances(form);
  const errors = {};
  const lines = faults.map((fault) => {
    const place = known.get(fault.where?.field ?? '');
    if (!place) {
      return { text: fault.message, input: '' };
    }
    let level = errors;
    const way = [place.instance.id, ...place.indexes];
    way.slice(0, -1).forEach((part, n) => {
      level[part] ??= typeof way[n + 1] === 'number' ? [] : {};
      level = level[part];
    });
    const last = way[way.length - 1];
    level[last] = [...(Array.isArray(level[last]) ? level[last] : []), fault.message];
    return { text: fault.message, input: place.input };
  });
  form._setState({ errors });
  return lines;
}

/** What the form itself refuses, in the same shape. */
export function ownFaults(form, errors) {
  const lines = [];
  for (const { instance, indexes, input, label } of instances(form).values()) {
    const found = [instance.id, ...indexes].reduce((level, part) => level?.[part], errors);
    for (const text of Array.isArray(found) ? found.filter((entry) => typeof entry === 'string') : []) {
      lines.push({ text: `${label}：${text}`, input });
    }
  }
  return lines;
}
