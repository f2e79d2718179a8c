// Edits one section as Markdown, with a preview that follows every keystroke.
import { get, post, say, version } from "./server.js";
import { closeSheet, element } from "./sheet.js";
import { openFindings } from "./findings.js";
import { refresh, show } from "./refresh.js";
import { resolve } from "./conflict.js";

/** Milliseconds of quiet after which the linter is asked and the text is put on disk as unsaved. */
const QUIET = 350;

/** Open editors by key: the field, the version it began on, and what it began with. */
const open = new Map();

export function isEditing(section) {
  return open.has(section.dataset.key);
}

export async function edit(key) {
  closeSheet(false);
  const section = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!section) return;
  if (open.has(key)) {
    open.get(key).field.focus();
    return;
  }
  let part;
  try {
    part = await get(`/api/part/${encodeURIComponent(key)}`);
  } catch (error) {
    say(error.message, "failed");
    return;
  }
  const field = element("textarea", { "aria-label": `Markdown of ${label(section)}`, spellcheck: "true" });
  field.value = part.unsaved ?? part.text;
  const preview = element("div", { class: "preview prose" });
  const save = element("button", { type: "button", class: "primary" }, "Save");
  const cancel = element("button", { type: "button" }, "Discard");
  const hint = element("span", { class: "hint" }, part.unsaved ? "Restored from an earlier session" : "Ctrl S saves, Esc leaves an unchanged text");
  const tools = element("div", { class: "tools" }, save, cancel, hint);
  const editor = element("div", { class: "editor" }, field, tools, element("p", { class: "preview-name" }, "Preview"), preview);
  const state = { key, field, preview, base: part.version, text: part.text, editor, findings: [] };
  open.set(key, state);
  section.classList.add("editing");
  for (const child of section.children) if (child.tagName !== "HEADER") child.hidden = true;
  section.append(editor);
  grow(field);
  field.addEventListener("input", () => typed(state));
  save.addEventListener("click", () => saveEdit(state));
  cancel.addEventListener("click", () => discard(state));
  preview.addEventListener("click", (event) => {
    const mark = event.target.closest("[data-finding]");
    if (mark) openFindings(mark.dataset.finding.split(" ").map(Number), mark, state.findings);
  });
  field.focus({ preventScroll: true });
  field.setSelectionRange(0, 0);
  section.scrollIntoView({ block: "start" });
  draw(state, true);
}

function label(section) {
  return section.querySelector("h2")?.textContent ?? "the title and the preamble";
}

function grow(field) {
  field.rows = Math.min(14, Math.max(6, field.value.split("\n").length + 1));
}

function typed(state) {
  say("Not saved yet", "busy");
  performance.mark("typed");
  draw(state, false);
  clearTimeout(state.quiet);
  state.quiet = setTimeout(() => {
    draw(state, true);
    const text = state.field.value === state.text ? null : state.field.value;
    post("/api/unsaved", { key: state.key, text }).catch((error) => say(error.message, "failed"));
  }, QUIET);
}

/** Draws the preview; while an answer is under way only the newest text waits. */
async function draw(state, lint) {
  state.wanted = { lint: lint || (state.wanted?.lint ?? false) };
  if (state.drawing) return;
  state.drawing = true;
  while (state.wanted) {
    const { lint } = state.wanted;
    state.wanted = null;
    try {
      const answer = await post("/api/preview", { base: state.base, key: state.key, text: state.field.value, lint });
      state.preview.innerHTML = answer.html;
      state.findings = answer.findings;
      performance.mark("drawn");
    } catch (error) {
      say(error.message, "failed");
    }
  }
  state.drawing = false;
}

export async function saveEdit(state) {
  say("Saving", "busy");
  const text = state.field.value;
  try {
    const answer = await post("/api/edit", { base: state.base, edit: { do: "part", key: state.key, text } });
    if (answer.outcome === "conflict") {
      say("Somebody else changed the same lines", "failed");
      const chosen = await resolve(answer.places.find((place) => place.key === state.key) ?? answer.places[0]);
      if (chosen === null) return;
      state.base = answer.view.version;
      state.field.value = chosen;
      await saveEdit(state);
      return;
    }
    if (answer.outcome === "gone") {
      say("This section is not in the file any more; copy your text and reload", "failed");
      return;
    }
    close(state);
    show(answer.view);
    say(answer.outcome === "merged" ? "Saved, together with changes made elsewhere" : "Saved", "done");
    focusPart(state.key);
  } catch (error) {
    say(error.message, "failed");
  }
}

async function discard(state) {
  const changed = state.field.value !== state.text;
  if (changed && !window.confirm("Discard what you typed in this section?")) return;
  clearTimeout(state.quiet);
  close(state);
  await post("/api/unsaved", { key: state.key, text: null }).catch(() => {});
  await refresh().catch((error) => say(error.message, "failed"));
  say("", "");
  focusPart(state.key);
}

function close(state) {
  clearTimeout(state.quiet);
  open.delete(state.key);
  const section = state.editor.closest("[data-key]");
  state.editor.remove();
  section?.classList.remove("editing");
  for (const child of section?.children ?? []) child.hidden = false;
}

function focusPart(key) {
  document.getElementById(`part-${key}`)?.focus({ preventScroll: true });
}

/** The editor that holds the focus, else the only one that is open. */
function current() {
  const key = document.activeElement?.closest("[data-key]")?.dataset.key;
  return open.get(key) ?? (open.size === 1 ? [...open.values()][0] : undefined);
}

export function saveCurrent() {
  const state = current();
  if (state) saveEdit(state);
  return Boolean(state);
}

/** Leaves an editor whose text was not changed. */
export function leaveCurrent() {
  const state = current();
  if (!state || state.field.value !== state.text) return false;
  discard(state);
  return true;
}

export function startEditor() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-edit]");
    if (button) edit(button.dataset.edit);
  });
  window.addEventListener("beforeunload", (event) => {
    if ([...open.values()].some((state) => state.field.value !== state.text)) event.preventDefault();
  });
}
