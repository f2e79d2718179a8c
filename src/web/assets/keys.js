// The keyboard: single keys outside of text fields, all of them in the list behind `?`.
import { edit, leaveCurrent, saveCurrent } from "./editor.js";
import { openDetails } from "./details.js";
import { closeSheet, openChanges, openHelp } from "./sheet.js";

let part = 0;

function parts() {
  return [...document.querySelectorAll("main .part")];
}

/** Lays out what was left for later: nobody can jump to a place whose height is a guess. */
function layOut() {
  document.documentElement.classList.add("laid-out");
}

function go(element) {
  if (!element) return;
  layOut();
  element.scrollIntoView({ block: element.matches(".part") ? "start" : "center" });
  element.focus({ preventScroll: true });
}

function goPart(by) {
  const all = parts();
  const here = all.findIndex((section) => section === document.activeElement || section.contains(document.activeElement));
  part = Math.max(0, Math.min(all.length - 1, (here < 0 ? part - (by > 0 ? 1 : 0) : here) + by));
  go(all[part]);
}

/** The next of many after the focus, in the order of the page. */
function goNext(selector, back = false) {
  const all = [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility());
  const active = document.activeElement;
  const follows = (element) => active && active !== document.body && active.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING;
  const precedes = (element) => active && active.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING;
  go(back ? (all.filter(precedes).at(-1) ?? all.at(-1)) : (all.find(follows) ?? all[0]));
}

const KEYS = {
  j: () => goPart(1),
  k: () => goPart(-1),
  e: () => edit((document.activeElement?.closest("[data-key]") ?? parts()[part])?.dataset.key),
  n: () => goNext("main mark.finding[tabindex]"),
  p: () => goNext("main mark.finding[tabindex]", true),
  c: () => goNext("main .prose a.cite"),
  q: () => goNext(".question:not(.answered) textarea"),
  a: () => go(document.querySelector(".part.actions")),
  m: () => go(document.querySelector("[data-matches]")?.closest(".part")),
  t: () => go(document.querySelector("svg.timeline .event[tabindex='0']")),
  r: () => go(document.querySelector("#desk a, #desk button")),
  h: () => openDetails(),
  d: () => openChanges(),
  "?": () => openHelp(),
};

function keyed(event) {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
    event.preventDefault();
    saveCurrent();
    return;
  }
  if (event.key === "Escape") {
    if (!closeSheet()) leaveCurrent();
    return;
  }
  const single = document.getElementById("single-keys").checked;
  const busy = event.target.closest("input, textarea, select, dialog[open]:modal");
  if (!single || busy || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const todo = KEYS[event.key];
  if (!todo) return;
  event.preventDefault();
  todo();
}

/** Tells the outline which section is being read. */
function follow() {
  const seen = new Map();
  const watcher = new IntersectionObserver((entries) => {
    for (const entry of entries) seen.set(entry.target.id, entry.isIntersecting);
    const first = parts().find((section) => seen.get(section.id));
    for (const link of document.querySelectorAll("#outline a")) {
      if (link.hash === `#${first?.id}`) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }, { rootMargin: "-15% 0px -60% 0px" });
  const watch = () => { watcher.disconnect(); parts().forEach((section) => watcher.observe(section)); };
  document.addEventListener("shown", watch);
  watch();
}

export function startKeys() {
  document.addEventListener("keydown", keyed);
  const box = document.getElementById("single-keys");
  box.checked = sessionStorage.getItem("single-keys") !== "off";
  box.addEventListener("change", () => sessionStorage.setItem("single-keys", box.checked ? "on" : "off"));
  follow();
  document.addEventListener("click", (event) => { if (event.target.closest("a[href^='#'], [data-finding]")) layOut(); }, true);
  requestIdleCallback(layOut, { timeout: 2000 });
}
