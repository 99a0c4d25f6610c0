/** Talks to the server. Every failure is an Error with a sentence for a person. */
const PAGE = crypto.getRandomValues(new Uint32Array(2)).join("-");

export async function getJson(path, signal) {
  return readAnswer(await send(path, { signal }));
}

/** The decoded frames of a panel, an annotation or a variable; and the version of the dashboard's file. */
export async function query(request, key, signal) {
  const answer = await send("/api/query", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ ...request, client: `${PAGE}/${key}` }),
    signal,
  });
  const text = await answer.text();
  const body = parse(text);
  if (!answer.ok) throw new Error(body.message || `The viewer answered ${answer.status}`);
  return { ...decode(body.results), text, version: answer.headers.get("X-Dashboard-Version") };
}

/** Lets the stores drop what this page still asks. */
export function cancelAll() {
  const body = new Blob([JSON.stringify({ client: PAGE })], { type: "application/json" });
  navigator.sendBeacon("/api/cancel", body);
}

function decode(results) {
  const frames = [];
  const errors = [];
  const notices = [];
  for (const [refId, result] of Object.entries(results)) {
    if (result.error) errors.push({ refId, message: result.error });
    for (const { schema, data } of result.frames) {
      (schema.meta?.notices || []).forEach((notice) => notices.push(notice.text));
      frames.push({
        refId,
        name: schema.name,
        fields: schema.fields.map((field, i) => ({ ...field, values: data.values[i] })),
      });
    }
  }
  return { frames, errors, notices };
}

async function send(path, options) {
  try {
    return await fetch(path, options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Error("The viewer does not answer");
  }
}

async function readAnswer(answer) {
  const body = parse(await answer.text());
  if (!answer.ok) throw new Error(body.message || `The viewer answered ${answer.status}`);
  return body;
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error("The viewer's answer is no JSON");
  }
}
