// A citation opens its line of evidence with the lines around it.
import { get } from "./server.js";
import { element, openSheet } from "./sheet.js";

/** Opens the evidence with this label; `from` is where the person came from. */
export async function openEvidence(label, from) {
  const marks = [...document.querySelectorAll(`.event[data-cite="${CSS.escape(label)}"]`)];
  if (from && !marks.includes(from)) marks.push(from);
  let shown;
  try {
    shown = await get(`/api/evidence/${encodeURIComponent(label)}`);
  } catch {
    const text = "No line of evidence has this label. It may have been mistyped, or its footnote was deleted.";
    openSheet(label, [element("p", {}, text)], from, marks);
    return;
  }
  const { item, before, after } = shown;
  const lines = element("ol", { class: "lines" });
  for (const line of before) lines.append(lineOf(line));
  lines.append(lineOf(item, true));
  for (const line of after) lines.append(lineOf(line));
  const meta = [item.time, item.source, item.kind, item.count > 1 ? `${item.count} times` : ""].filter(Boolean).join(" · ");
  const content = [element("p", { class: "meta" }, meta), lines, element("p", { class: "meta" }, item.place)];
  if (item.permalink) {
    const link = { href: item.permalink, target: "_blank", rel: "noopener noreferrer" };
    content.push(element("p", {}, element("a", link, "Open the original")));
  }
  openSheet(`Evidence ${item.label}`, content, from, marks);
}

function lineOf(item, isThis = false) {
  const clock = item.time.slice(11, 19) || item.time;
  const when = element("span", { class: "when" }, [clock, item.actor, isThis ? "" : item.label].filter(Boolean).join(" · "));
  return element("li", isThis ? { class: "this", "aria-current": "true" } : {}, when, item.text);
}

export function startEvidence() {
  document.addEventListener("click", (event) => {
    const cite = event.target.closest("[data-cite]");
    if (!cite || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    openEvidence(cite.dataset.cite, cite);
  });
}
