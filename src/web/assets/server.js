// Talks to the server and tells the person how it went.
const saved = document.getElementById("saved");
let fading;

/** Shows one short sentence in the bar: `kind` is busy, done or failed. */
export function say(text, kind) {
  clearTimeout(fading);
  saved.textContent = text;
  saved.className = kind;
  if (kind === "done") fading = setTimeout(() => { saved.textContent = ""; }, 6000);
}

/** Version of the file that the page shows. */
export function version() {
  return document.body.dataset.version;
}

export async function get(path) {
  return answer(await reach(path, {}));
}

export async function post(path, body) {
  const headers = { "Content-Type": "application/json" };
  return answer(await reach(path, { method: "POST", headers, body: JSON.stringify(body) }));
}

async function reach(path, options) {
  try {
    return await fetch(path, { ...options, credentials: "same-origin" });
  } catch {
    throw new Error("The server does not answer. Start `unblame review` again; what you typed is kept.");
  }
}

async function answer(response) {
  const text = await response.text();
  const isJson = (response.headers.get("Content-Type") ?? "").includes("json");
  const body = isJson && text ? JSON.parse(text) : text;
  if (response.ok) return body;
  const { error, help } = typeof body === "object" ? body : { error: body };
  throw new Error([error || response.statusText, help].filter(Boolean).join("; "));
}
