/* Fields we draw ourselves: files that are uploaded at once; text that reaches the form when one pauses or leaves the field; selects and
   days by the browser's own controls, which keyboards and screen readers know. Everything else is form-js's own. */
import { h } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Datetime, Description, Errors, FilePicker, Label, Select, Textarea, Textfield, useExpressionEvaluation } from '@bpmn-io/form-js-viewer';

import { measure, upload } from './api.js';

function frame(kind, { domId, errors = [], field, readonly, disabled }, label, ...children) {
  const classes = ['fjs-form-field', `fjs-form-field-${kind}`, errors.length && 'fjs-has-errors', readonly && 'fjs-readonly', disabled && 'fjs-disabled'];
  return h(
    'div',
    { class: classes.filter(Boolean).join(' ') },
    h(Label, { htmlFor: domId, label, required: field.validate?.required }),
    ...children,
    h(Description, { id: `${domId}-description`, description: field.description }),
    h(Errors, { id: `${domId}-error-message`, errors })
  );
}

const described = ({ domId, errors = [] }) => ({
  'aria-describedby': `${domId}-description ${domId}-error-message`,
  'aria-invalid': errors.length > 0
});

function Choice(props) {
  const { domId, field, value, onChange, onBlur, onFocus, readonly, disabled } = props;
  const computed = useExpressionEvaluation(field.valuesExpression || '');
  const options = (field.values || (Array.isArray(computed) ? computed : [])).map((entry) =>
    entry !== null && typeof entry === 'object' ? { value: entry.value ?? entry.label, label: entry.label ?? String(entry.value) } : { value: entry, label: String(entry) }
  );
  const chosen = options.findIndex((option) => option.value === value);
  return frame(
    'select',
    props,
    field.label,
    h(
      'select',
      {
        id: domId,
        class: 'form-select',
        disabled: readonly || disabled,
        value: String(chosen),
        onChange: (event) => onChange({ value: options[Number(event.target.value)]?.value ?? null }),
        onBlur,
        onFocus,
        ...described(props)
      },
      h('option', { value: '-1', selected: chosen < 0 }, '请选择'),
      options.map((option, n) => h('option', { value: String(n), key: n, selected: n === chosen }, option.label))
    )
  );
}

/** Long lists keep form-js's own select, which can be searched. */
export function OurSelect(props) {
  return h(props.field.searchable ? Select : Choice, props);
}
OurSelect.config = Select.config;

function Day(props) {
  const { domId, field, value, onChange, onBlur, onFocus, readonly, disabled } = props;
  return frame(
    'datetime',
    props,
    field.dateLabel || field.label,
    h('input', {
      id: domId,
      type: 'date',
      class: 'form-control os-day',
      max: '9999-12-31',
      value: value || '',
      readOnly: readonly,
      disabled,
      onInput: (event) => onChange({ value: event.target.value || null }),
      onBlur,
      onFocus,
      ...described(props)
    })
  );
}

export function OurDatetime(props) {
  return h((props.field.subtype || 'date') === 'date' ? Day : Datetime, props);
}
OurDatetime.config = Datetime.config;

/* What is being typed and has not reached the form yet: form-js would draw the whole form anew at every key. */
const pending = new Set();

/** Hands everything typed so far to the form; call it before reading the form. */
export function settle() {
  [...pending].forEach((commit) => commit());
}

function Words(props) {
  const { domId, field, value, onBlur, onFocus, readonly, disabled } = props;
  const [own, setOwn] = useState(null);
  const latest = useRef();
  latest.current = { own, onChange: props.onChange };
  const timer = useRef();
  const commit = useRef(() => {
    clearTimeout(timer.current);
    pending.delete(commit.current);
    const { own: typed, onChange } = latest.current;
    if (typed !== null) {
      latest.current.own = null;
      onChange({ value: typed });
      setOwn(null);
    }
  });
  // a field that goes takes what stood in it along: its place may be another row's now
  useEffect(() => () => {
    clearTimeout(timer.current);
    pending.delete(commit.current);
  }, []);
  const kind = field.type;
  return frame(
    kind,
    props,
    field.label,
    h(kind === 'textarea' ? 'textarea' : 'input', {
      ...(kind === 'textarea' ? { rows: 3 } : { type: 'text', autocomplete: 'off' }),
      id: domId,
      class: 'form-control',
      value: own ?? value ?? '',
      readOnly: readonly,
      disabled,
      onInput: (event) => {
        setOwn(event.target.value);
        latest.current.own = event.target.value;
        pending.add(commit.current);
        clearTimeout(timer.current);
        timer.current = setTimeout(commit.current, 500);
      },
      onBlur: () => {
        commit.current();
        onBlur?.();
      },
      onFocus,
      ...described(props)
    })
  );
}

export function OurTextfield(props) {
  const { prefixAdorner, suffixAdorner } = props.field.appearance || {};
  return h(prefixAdorner || suffixAdorner ? Textfield : Words, props);
}
OurTextfield.config = Textfield.config;

export function OurTextarea(props) {
  return h(Words, props);
}
OurTextarea.config = Textarea.config;

/** The value is what the service keeps: the id of an uploaded file, or a list of ids. ``known``: id -> {name, size}. */
export function filesField(known, kinds) {
  function Files(props) {
    const { domId, field, value, onChange, readonly, disabled } = props;
    const [busy, setBusy] = useState(false);
    const [faults, setFaults] = useState([]);
    const several = field.multiple === true;
    const ids = Array.isArray(value) ? value : value ? [value] : [];
    const put = (found) => onChange({ value: several ? found : (found[found.length - 1] ?? null) });
    const fixed = readonly || disabled;
    const accepted = (field.accept || '').split(',').map((suffix) => suffix.trim().toLowerCase()).filter((suffix) => suffix in kinds);
    const taken = accepted.length ? Object.fromEntries(accepted.map((suffix) => [suffix, kinds[suffix]])) : kinds;

    async function chosen(event) {
      const input = event.target;
      const files = [...input.files];
      setBusy(true);
      const outcomes = [];
      for (const file of files) {
        outcomes.push(await upload(file, taken));
      }
      const uploaded = outcomes.flatMap((outcome) => (outcome.file ? [outcome.file] : []));
      uploaded.forEach((file) => {
        known[file.id] = file;
      });
      setFaults(outcomes.flatMap((outcome) => (outcome.fault ? [outcome.fault] : [])));
      setBusy(false);
      input.value = '';
      if (uploaded.length) {
        put([...(several ? ids : []), ...uploaded.map((file) => file.id)]);
      }
    }

    const limits = [...new Set(Object.values(taken))].sort((a, b) => a - b);
    const most = limits
      .map((limit) => `${Object.keys(taken).filter((suffix) => taken[suffix] === limit).map((suffix) => suffix.slice(1)).join('、')}（不超过${Math.round(limit / 1024 / 1024)} MiB）`)
      .join('，');
    return frame(
      'files',
      { ...props, errors: [...(props.errors || []), ...faults] },
      field.label,
      h(
        'ul',
        { class: 'os-files' },
        ids.map((id) =>
          h(
            'li',
            { key: id },
            h('a', { href: `/api/v1/files/${encodeURIComponent(id)}`, download: true }, known[id]?.name || '附件'),
            known[id]?.size ? ` ${measure(known[id].size)} ` : ' ',
            !fixed && h('button', { type: 'button', class: 'btn btn-sm', onClick: () => put(ids.filter((other) => other !== id)), 'aria-label': `移除${known[id]?.name || '附件'}` }, '移除')
          )
        ),
        fixed && !ids.length && h('li', null, '无')
      ),
      !fixed && h('input', { id: domId, type: 'file', class: 'form-control', multiple: several, accept: Object.keys(taken).join(','), disabled: busy, onChange: chosen, ...described(props) }),
      !fixed && h('div', { class: 'fjs-form-field-description' }, busy ? '正在上传……' : `可上传 ${most}${several ? '，可多选' : '，一个文件'}`)
    );
  }
  Files.config = FilePicker.config;
  return Files;
}

/** The module that puts them in the place of form-js's own. */
export function ourFields(known, kinds) {
  class OurFields {
    constructor(formFields) {
      formFields.register('textfield', OurTextfield);
      formFields.register('textarea', OurTextarea);
      formFields.register('select', OurSelect);
      formFields.register('datetime', OurDatetime);
      formFields.register('filepicker', filesField(known, kinds));
    }
  }
  OurFields.$inject = ['formFields'];
  return { __init__: ['ourFields'], ourFields: ['type', OurFields] };
}
