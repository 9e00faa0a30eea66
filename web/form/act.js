/* What stands beside the form: opinion, the paper behind the act, its day with the reason when it is entered later, files. */
import { measure, upload } from './api.js';

const NAMES = ['opinion', 'paper_number', 'act_date', 'late_reason'];

/** ``kept``: what a draft holds. */
export function begin(kinds, kept) {
  const element = document.getElementById('act');
  const fields = Object.fromEntries(NAMES.map((name) => [name, element.elements[name]]).filter(([, field]) => field));
  const today = fields.act_date.value;
  const late = document.getElementById('late');
  const list = document.getElementById('attachments');
  const picker = document.getElementById('field-attachments');
  let files = [];
  let changed = () => {};

  const isLate = () => Boolean(fields.act_date.value) && fields.act_date.value < today;
  const dated = () => {
    late.hidden = !isLate();
  };
  const drawn = () => {
    list.replaceChildren(...files.map(row));
    changed();
  };
  const row = (file) => {
    const item = document.createElement('li');
    const link = document.createElement('a');
    link.href = `/api/v1/files/${encodeURIComponent(file.id)}`;
    link.download = '';
    link.textContent = file.name;
    const drop = document.createElement('button');
    drop.type = 'button';
    drop.className = 'btn btn-sm';
    drop.textContent = '移除';
    drop.setAttribute('aria-label', `移除${file.name}`);
    drop.addEventListener('click', () => {
      files = files.filter((other) => other !== file);
      drawn();
      picker.focus();
    });
    item.append(link, ` ${measure(file.size)} `, drop);
    return item;
  };
  const show = (name, text) => {
    const place = document.getElementById(`fault-${name}`);
    if (place) {
      place.textContent = text;
      place.hidden = !text;
    }
    fields[name]?.toggleAttribute('aria-invalid', Boolean(text));
  };

  for (const [name, value] of Object.entries(kept ?? {})) {
    if (fields[name] && typeof value === 'string' && value) {
      fields[name].value = value;
    }
  }
  if (Array.isArray(kept?.files)) {
    files = kept.files;
    drawn();
  }
  dated();
  fields.act_date.addEventListener('input', dated);
  element.addEventListener('submit', (event) => event.preventDefault());
  picker.addEventListener('change', async () => {
    const faults = [];
    picker.disabled = true;
    for (const file of [...picker.files]) {
      const outcome = await upload(file, kinds);
      if (outcome.file) {
        files = [...files, outcome.file];
      } else {
        faults.push(outcome.fault);
      }
    }
    picker.disabled = false;
    picker.value = '';
    show('attachments', faults.join(' '));
    drawn();
  });

  const said = (name) => fields[name]?.value.trim() ?? '';
  return {
    element,
    onChange: (listener) => (changed = listener),
    /** What the service takes. A day that is today's is not said: at midnight it would be yesterday's. */
    given: () => ({
      ...(fields.opinion ? { opinion: said('opinion') } : {}),
      paper_number: said('paper_number'),
      ...(isLate() ? { act_date: fields.act_date.value, late_reason: said('late_reason') } : {}),
      attachments: files.map((file) => file.id)
    }),
    kept: () => ({
      opinion: said('opinion'),
      paper_number: said('paper_number'),
      act_date: isLate() ? fields.act_date.value : '',
      late_reason: said('late_reason'),
      files
    }),
    clear: () => [...NAMES, 'attachments'].forEach((name) => show(name, '')),
    faults: () => {
      const lines = [];
      if (fields.act_date.value > today) {
        lines.push({ name: 'act_date', text: '办理日期不能晚于今天。' });
      }
      if (isLate() && !said('late_reason')) {
        lines.push({ name: 'late_reason', text: '补录须写明原因。' });
      }
      lines.forEach(({ name, text }) => show(name, text));
      return lines.map(({ name, text }) => ({ text, input: `field-${name}` }));
    },
    show: (faults) =>
      faults.map((fault) => {
        const name = fault.where.field.replace('act.', '');
        show(name, fault.message);
        return { text: fault.message, input: `field-${name}` };
      })
  };
}
