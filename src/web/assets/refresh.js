// Puts the pieces of a new version in place, and notices when the file changed on disk.
import { get, say, version } from "./server.js";
import { isEditing } from "./editor.js";

/** Milliseconds between two looks at the file. */
const PAUSE = 2000;

const shown = new Map();

/** Shows a version: only pieces that differ are replaced, and never a section that is being edited. */
export function show(view) {
  const focus = remember();
  document.body.dataset.version = view.version;
  for (const [id, html] of Object.entries(view.others)) {
    const element = document.getElementById(id);
    // What is being typed into the form of the head stays until it is closed.
    if (element?.open) continue;
    if (element && shown.get(id) !== html) element.innerHTML = html;
    shown.set(id, html);
  }
  showParts(view.parts);
  restore(focus);
  document.dispatchEvent(new Event("shown"));
}

function showParts(parts) {
  const main = document.getElementById("document");
  const keys = new Set(parts.map(([key]) => key));
  for (const old of main.querySelectorAll("[data-key]")) {
    if (!keys.has(old.dataset.key) && !isEditing(old)) old.remove();
  }
  let last = document.getElementById("unsaved") ?? document.getElementById("masthead");
  for (const [key, html] of parts) {
    let section = main.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!section || (shown.get(key) !== html && !isEditing(section))) {
      const box = document.createElement("template");
      box.innerHTML = html.trim();
      const fresh = box.content.firstElementChild;
      if (section) section.replaceWith(fresh);
      section = fresh;
      shown.set(key, html);
    }
    if (last.nextElementSibling !== section) last.after(section);
    last = section;
  }
}

function remember() {
  const active = document.activeElement;
  return active && active !== document.body ? { id: active.id, key: active.closest("[data-key]")?.dataset.key, text: active.value } : null;
}

/** Focus goes back to the same field, else to its section, so that the keyboard never falls off the page. */
function restore(focus) {
  if (!focus || (document.activeElement && document.activeElement !== document.body)) return;
  const again = (focus.id && document.getElementById(focus.id)) || (focus.key && document.getElementById(`part-${focus.key}`));
  again?.focus({ preventScroll: true });
}

/** Looks at the file now. */
export async function refresh() {
  show(await get("/api/view"));
}

export function startRefresh() {
  const look = async () => {
    if (document.visibilityState === "visible" && !isTyping()) {
      try {
        const view = await get("/api/view");
        if (view.version !== version()) {
          show(view);
          say("The file changed on disk; this is what it says now", "done");
        }
      } catch (error) {
        say(error.message, "failed");
      }
    }
    setTimeout(look, PAUSE);
  };
  setTimeout(look, PAUSE);
}

/** A form field holds text that is not saved yet; the editor keeps its own. */
function isTyping() {
  const active = document.activeElement;
  return active?.matches("input, textarea, select") && !active.closest(".editor") && active.closest("main");
}
