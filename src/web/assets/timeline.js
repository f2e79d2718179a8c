// Zooms and walks the timeline: marks move, letters keep their size.
import { openEvidence } from "./evidence.js";

const STEPS = [1, 5, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 21600, 43200, 86400, 604800];
/** Shortest stretch that can be shown, in seconds. */
const SHORTEST = 20;

/** What is shown, kept while the picture is replaced. */
let kept = null;

function picture() {
  return document.querySelector("svg.timeline");
}

function numbers(svg) {
  const { from, seconds, left, width } = svg.dataset;
  return { from: Number(from), seconds: Number(seconds), left: Number(left), width: Number(width) };
}

function window_(svg) {
  return kept ?? { start: 0, length: numbers(svg).seconds };
}

function draw(svg) {
  const { from, left, width } = numbers(svg);
  const { start, length } = window_(svg);
  const x = (t) => left + ((t - start) / length) * width;
  for (const mark of svg.querySelectorAll(".event")) mark.setAttribute("cx", x(Number(mark.dataset.t)).toFixed(1));
  drawPhases(svg, left + width, x);
  for (const silence of svg.querySelectorAll(".silence")) {
    const begin = x(Number(silence.dataset.t));
    silence.setAttribute("x", begin.toFixed(1));
    silence.setAttribute("width", Math.max(0, x(Number(silence.dataset.u)) - begin).toFixed(1));
  }
  drawTicks(svg.querySelector(".ticks"), from, start, length, x);
}

/** Names of phases that meet stand below each other, as in the picture that was sent. */
function drawPhases(svg, right, x) {
  const { letter, row: height, rows } = svg.dataset;
  const names = [...svg.querySelectorAll(".phase")].map((group) => {
    const at = x(Number(group.dataset.t));
    const isLeft = at > right - 120;
    const length = group.textContent.length * letter + 8;
    return { group, at, isLeft, from: isLeft ? at - length : at, to: isLeft ? at : at + length, row: 0 };
  });
  const order = [...names.filter((name) => !name.isLeft), ...names.filter((name) => name.isLeft).reverse()];
  order.forEach((name, place) => {
    const above = order.slice(0, place).filter((other) => name.from <= other.to && other.from <= name.to);
    name.row = Math.min(rows - 1, Math.max(-1, ...above.map((other) => other.row)) + 1);
  });
  for (const { group, at, isLeft, row } of names) {
    const text = group.querySelector("text");
    group.setAttribute("transform", `translate(${at.toFixed(1)} 0)`);
    group.querySelector("line").setAttribute("y1", row * height + 5);
    text.setAttribute("class", isLeft ? "left" : "right");
    text.setAttribute("x", isLeft ? -4 : 4);
    text.setAttribute("y", row * height + 14);
  }
}

function drawTicks(group, from, start, length, x) {
  const step = STEPS.find((step) => length / step <= 9) ?? STEPS.at(-1);
  const first = Math.ceil((from + start) / step) * step;
  const ticks = [];
  for (let at = first; at < from + start + length; at += step) {
    const text = document.createElementNS("http://www.w3.org/2000/svg", "text");
    const clock = new Date(at * 1000).toISOString();
    text.textContent = step < 60 ? clock.slice(11, 19) : step < 86400 ? clock.slice(11, 16) : clock.slice(5, 10);
    text.setAttribute("x", x(at - from).toFixed(1));
    text.setAttribute("y", group.dataset.y);
    ticks.push(text);
  }
  group.replaceChildren(...ticks);
}

/** Zooms by a factor around a share of the width. */
function zoom(factor, share = 0.5) {
  const svg = picture();
  if (!svg) return;
  const { start, length } = window_(svg);
  const next = Math.max(SHORTEST, Math.min(length * factor, numbers(svg).seconds * 50));
  kept = { start: start + (length - next) * share, length: next };
  draw(svg);
}

function move(share) {
  const svg = picture();
  const { start, length } = window_(svg);
  kept = { start: start + length * share, length };
  draw(svg);
}

function showAll() {
  const svg = picture();
  const times = [...svg.querySelectorAll(".event")].map((mark) => Number(mark.dataset.t));
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const margin = Math.max(30, (last - first) * 0.03);
  const all = { start: first - margin, length: last - first + 2 * margin };
  kept = kept && kept.length === all.length ? null : all;
  draw(svg);
}

/** Puts the focus on an event and brings it into view. */
function walk(svg, from, by) {
  const marks = [...svg.querySelectorAll(".event")].sort((a, b) => a.dataset.t - b.dataset.t);
  const at = Math.max(0, Math.min(marks.length - 1, marks.indexOf(from) + by));
  const next = marks[at];
  from?.setAttribute("tabindex", "-1");
  next.setAttribute("tabindex", "0");
  const { start, length } = window_(svg);
  const t = Number(next.dataset.t);
  if (t < start || t > start + length) {
    kept = { start: t - length / 2, length };
    draw(svg);
  }
  next.focus();
}

function keyed(event) {
  const svg = event.target.closest?.("svg.timeline");
  if (!svg || event.ctrlKey || event.metaKey || event.altKey) return;
  const mark = event.target.closest(".event");
  const todo = {
    ArrowRight: () => walk(svg, mark, 1),
    ArrowLeft: () => walk(svg, mark, -1),
    Home: () => walk(svg, mark, -1e6),
    End: () => walk(svg, mark, 1e6),
    "+": () => zoom(1 / 1.6),
    "=": () => zoom(1 / 1.6),
    "-": () => zoom(1.6),
    0: showAll,
    Enter: () => openEvidence(mark.dataset.cite, mark),
    " ": () => openEvidence(mark.dataset.cite, mark),
  }[event.key];
  if (!todo) return;
  event.preventDefault();
  event.stopPropagation();
  todo();
}

function shareAt(svg, event) {
  const box = svg.getBoundingClientRect();
  const { left, width } = numbers(svg);
  const x = ((event.clientX - box.left) / box.width) * svg.viewBox.baseVal.width;
  return Math.max(0, Math.min(1, (x - left) / width));
}

function drag(event) {
  const svg = event.target.closest?.("svg.timeline");
  if (!svg || event.button !== 0 || event.pointerType === "touch" || event.target.closest(".event")) return;
  let last = shareAt(svg, event);
  const moved = (next) => {
    const share = shareAt(svg, next);
    move(last - share);
    last = share;
  };
  svg.setPointerCapture(event.pointerId);
  svg.addEventListener("pointermove", moved);
  svg.addEventListener("pointerup", () => svg.removeEventListener("pointermove", moved), { once: true });
}

export function startTimeline() {
  document.addEventListener("keydown", keyed);
  document.addEventListener("pointerdown", drag);
  // Words beside the pointer, written when they are wanted: hundreds of them would make the page wait.
  document.addEventListener("pointerover", (event) => {
    const mark = event.target.closest?.(".event");
    if (!mark || mark.firstChild) return;
    const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
    title.textContent = mark.getAttribute("aria-label");
    mark.append(title);
  });
  document.addEventListener("wheel", (event) => {
    const svg = event.target.closest?.("svg.timeline");
    if (!svg || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    zoom(event.deltaY > 0 ? 1.2 : 1 / 1.2, shareAt(svg, event));
  }, { passive: false });
  document.addEventListener("click", (event) => {
    const way = event.target.closest("[data-zoom]")?.dataset.zoom;
    if (way === "in") zoom(1 / 1.6);
    if (way === "out") zoom(1.6);
    if (way === "all") showAll();
  });
  document.addEventListener("shown", () => { if (kept && picture()) draw(picture()); });
}
