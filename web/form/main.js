/* The form of a task in the page: filled in, kept as a draft, handed in. The service judges; what it refuses stands beside its field. */
import { Form } from '@bpmn-io/form-js-viewer';
import flatpickr from 'flatpickr';
import { Mandarin } from 'flatpickr/dist/l10n/zh.js';

import '@bpmn-io/form-js-viewer/dist/assets/form-js.css';
import './form.css';

import { begin } from './act.js';
import { ask, good, newKey, sentence } from './api.js';
import { ourFields, settle } from './fields.js';
import { tell, warn } from './telling.js';
import { ownFaults, overlaid, prepared, showFaults } from './values.js';
import { ChineseModule, keepChinese } from './words.js';

const SAVE_EVERY = 30_000;
const root = document.getElementById('form');

if (root) {
  flatpickr.localize(Mandarin);
  open(JSON.parse(root.dataset.task));
}

async function open(task) {
  const kept = takeKept(task);
  Object.assign(task.files, kept?.files);
  const values = overlaid(task.schema, task.input, kept?.data ?? task.draft);
  const form = new Form({
    container: root,
    debounce: false, // with it form-js forgets what was typed in the last 300 ms when another field changes meanwhile
    additionalModules: [ChineseModule, ourFields(task.files, task.kinds)]
  });
  keepChinese(root);
  await form.importSchema(prepared(task.schema, values), values);
  fill(task, form, kept);
  document.getElementById('without')?.remove();
  root.dataset.ready = '';
}

function fill(task, form, kept) {
  const act = begin(task.kinds, kept?.act ?? task.draft?._act);
  const path = `/api/v1/tasks/${encodeURIComponent(task.id)}`;
  const key = newKey();
  let { version } = task;
  let dirty = Boolean(kept);
  let leaving = false;
  let line = Promise.resolve(); // one request after the other: each needs the version the one before gave

  const touched = () => {
    dirty = true;
  };
  form.on('field.updated', touched);
  act.element.addEventListener('input', touched);
  act.onChange(touched);
  const content = () => {
    settle();
    return { ...form._getSubmitData(), _act: act.kept() };
  };
  const headers = () => ({ 'If-Match': `"${version}"` });
  const next = (work) => (line = line.then(work, work));

  const save = ({ quietly = false, closing = false } = {}) =>
    next(async () => {
      settle();
      if (quietly && !dirty) {
        return;
      }
      dirty = false;
      const answer = await ask('PUT', `${path}/draft`, { data: content() }, headers(), { keepalive: closing });
      if (good(answer)) {
        version = answer.version ?? answer.body.version;
        saved(`已暂存 ${new Date().toLocaleTimeString('zh-CN', { hour12: false })}`);
        return;
      }
      dirty = true;
      if (quietly) {
        saved(`未能自动暂存：${sentence(answer)}`);
      } else {
        refused(answer, []);
      }
    });

  const refused = (answer, lines) => {
    if (answer.status === 401) {
      keep(task, content(), act.kept());
      warn('登录已过期，内容没有提交，仍保留在本页。', [], [
        { text: '在新窗口登录，再回到本页提交', href: '/sign-in', fresh: true },
        { text: '在本窗口登录后回来', href: `/sign-in?next=${encodeURIComponent(location.pathname)}`, onClick: () => (leaving = true) }
      ]);
    } else if (answer.status === 412) {
      stale(answer);
    } else {
      const again = answer.status === 409 || answer.status === 403 ? [{ text: '重新打开本页', href: location.pathname, onClick: () => (leaving = true) }] : [];
      warn(sentence(answer), lines, again);
    }
  };

  /** Somebody kept a newer version meanwhile: say who holds the task, and let the person choose. */
  const stale = async (answer) => {
    const now = await ask('GET', path);
    if (!good(now) || now.body.status !== 'open' || now.body.assignee !== task.person) {
      warn(sentence(answer), [], [{ text: '重新打开本页', href: location.pathname, onClick: () => (leaving = true) }]);
      return;
    }
    warn(`${answer.body.detail}此任务仍由您办理，较新的内容是您在另一窗口暂存的。`, [], [
      {
        text: '以本页填写的内容为准',
        onClick: () => {
          version = now.version ?? now.body.version;
          tell('已采用本页内容，请再次提交或暂存。');
        }
      },
      { text: '放弃本页的修改，载入较新的内容', href: location.pathname, onClick: () => (leaving = true) }
    ]);
  };

  const press = (button, work) => async (event) => {
    event.preventDefault();
    if (button.disabled) {
      return;
    }
    button.disabled = true;
    button.setAttribute('aria-busy', 'true');
    try {
      await work();
    } finally {
      button.disabled = false;
      button.removeAttribute('aria-busy');
    }
  };

  const done = () => {
    leaving = true;
    location.assign(`/tasks/${encodeURIComponent(task.id)}`);
  };

  const complete = async () => {
    settle();
    act.clear();
    const { data, errors } = form.submit();
    const lines = [...ownFaults(form, errors), ...act.faults()];
    if (lines.length) {
      warn(`有${lines.length}处需要更正，内容没有提交。`, lines);
      return;
    }
    await next(async () => {
      const answer = await ask('POST', `${path}/complete`, { data, act: act.given() }, { ...headers(), 'Idempotency-Key': key });
      if (good(answer)) {
        done();
        return;
      }
      const faults = answer.body?.faults ?? [];
      const ofAct = faults.filter((fault) => String(fault.where?.field).startsWith('act.'));
      const rest = faults.filter((fault) => !ofAct.includes(fault));
      refused(answer, [...(rest.length ? showFaults(form, rest) : []), ...act.show(ofAct)]);
    });
  };

  const back = document.getElementById('return-form');
  if (back) {
    const button = back.querySelector('button');
    button.type = 'button';
    button.addEventListener(
      'click',
      press(button, () => next(async () => {
        const [target, reason] = [back.elements.target.value, back.elements.reason.value.trim()];
        if (!target || !reason) {
          warn('退回须选择环节并写明理由。', [{ text: target ? '请写明退回理由。' : '请选择退回到哪个环节。', input: target ? 'field-reason' : 'field-target' }]);
          return;
        }
        const answer = await ask('POST', `${path}/return`, { target, act: { opinion: reason } }, { ...headers(), 'Idempotency-Key': `${key}-return` });
        if (good(answer)) {
          done();
          return;
        }
        refused(answer, (answer.body?.faults ?? []).map((fault) => ({ text: fault.message, input: '' })));
      }))
    );
  }

  document.getElementById('open-return')?.addEventListener('click', () => {
    document.getElementById('return').open = true;
  });
  wire('complete', press, complete);
  wire('save', press, () => save());
  act.element.hidden = false;
  if (kept) {
    tell('已恢复您登录过期前填写的内容，尚未提交。');
  } else if (task.draft) {
    tell('已载入您暂存的内容，尚未提交。');
  }
  setInterval(() => save({ quietly: true }), SAVE_EVERY);
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && !leaving && save({ quietly: true, closing: true }));
  window.addEventListener('beforeunload', (event) => {
    settle();
    if (dirty && !leaving) {
      event.preventDefault();
    }
  });
  document.getElementById('unclaim')?.addEventListener('submit', () => (leaving = true));
}

function wire(id, press, work) {
  const button = document.getElementById(id);
  button.hidden = false;
  button.addEventListener('click', press(button, work));
}

function saved(text) {
  document.getElementById('saved').textContent = text;
}

/* What was typed when the session ended: in this window only, for this person only, and only until it is back in the form. */
function shelf(task) {
  return `oneseal-task-${task.id}`;
}

function keep(task, data, act) {
  try {
    sessionStorage.setItem(shelf(task), JSON.stringify({ person: task.person, data, act, files: task.files }));
  } catch {
    // no room or not allowed: the page itself still holds it
  }
}

function takeKept(task) {
  try {
    const found = JSON.parse(sessionStorage.getItem(shelf(task)));
    sessionStorage.removeItem(shelf(task));
    return found?.person === task.person ? found : null;
  } catch {
    return null;
  }
}
