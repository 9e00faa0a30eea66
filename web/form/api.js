/* Asking the service. Every answer comes back as {status, body, version}; no answer at all is status 0. */
export async function ask(method, path, body, headers = {}, more = {}) {
  try {
    const answer = await fetch(path, {
      method,
      body: body instanceof FormData ? body : body === undefined ? undefined : JSON.stringify(body),
      headers: { Accept: 'application/json', ...(body instanceof FormData || body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
      credentials: 'same-origin',
      ...more
    });
    const etag = answer.headers.get('etag') || '';
    return { status: answer.status, body: await answer.json().catch(() => null), version: Number(etag.replace(/\D/g, '')) || null };
  } catch {
    return { status: 0, body: null, version: null };
  }
}

export const good = (answer) => answer.status >= 200 && answer.status < 300;

/** The sentence of a refusal. */
export function sentence(answer) {
  if (answer.status === 0) {
    return '没有连上服务，内容没有提交，仍保留在本页。请检查网络后再试。';
  }
  return answer.body?.detail || `服务没有完成这次操作（${answer.status}），内容仍保留在本页，请稍后再试。`;
}

/** A key for one act: pressing twice, or again after the network failed, is the same act. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(18));
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_');
}

export function measure(size) {
  return size < 1024 * 1024 ? `${Math.max(1, Math.round(size / 1024))} KiB` : `${(size / 1024 / 1024).toFixed(1)} MiB`;
}

/** Uploads one file: {file} or {fault}. ``kinds``: suffix -> most bytes. */
export async function upload(file, kinds) {
  const suffix = (file.name.match(/\.[^.]*$/) || [''])[0].toLowerCase();
  if (!(suffix in kinds)) {
    return { fault: `“${file.name}”不是可以上传的文件类型；可上传：${Object.keys(kinds).map((k) => k.slice(1)).join('、')}。` };
  }
  if (file.size > kinds[suffix]) {
    return { fault: `“${file.name}”有 ${measure(file.size)}，超过 ${measure(kinds[suffix])} 的上限。` };
  }
  const body = new FormData();
  body.append('file', file, file.name);
  const answer = await ask('POST', '/api/v1/files', body);
  return good(answer) ? { file: { id: answer.body.id, name: answer.body.file_name, size: answer.body.size } } : { fault: `“${file.name}”没有上传：${sentence(answer)}`, answer };
}
