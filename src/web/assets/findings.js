// Findings of the linter: underlined in the text, with their question and what the rule offers.
import { post, say, version } from "./server.js";
import { closeSheet, element, openSheet } from "./sheet.js";
import { show } from "./refresh.js";

function all() {
  return JSON.parse(document.getElementById("findings-data").textContent);
}

/** Marks of a finding, in the document or in a preview. */
function marksOf(number, within) {
  return [...within.querySelectorAll("mark.finding")].filter((mark) => mark.dataset.finding.split(" ").includes(String(number)));
}

/** Opens findings; `preview` gives those of a text that is being typed, which no fix can be applied to. */
export function openFindings(numbers, from, preview = null) {
  const list = preview ?? all();
  const content = numbers.flatMap((number) => (list[number] ? body(list[number], !preview) : []));
  const first = list[numbers[0]];
  if (!first) return;
  const within = from?.closest(".preview") ?? document.getElementById("document");
  const marks = numbers.flatMap((number) => marksOf(number, within));
  marks[0]?.closest("details.written")?.setAttribute("open", "");
  if (!from?.closest("mark")) marks[0]?.scrollIntoView({ block: "center" });
  openSheet(numbers.length > 1 ? `${numbers.length} findings` : first.rule, content, from, marks);
}

function body(finding, canFix) {
  const lines = [
    element("p", {}, element("strong", {}, finding.message)),
    element("p", { class: "question-text" }, finding.help),
    element("p", { class: "meta" }, `${finding.rule} · ${finding.severity} · line ${finding.line}`),
  ];
  if (finding.replacement !== null) {
    lines.splice(2, 0, element("p", { class: "fix" }, finding.replacement ? `Offered: ${finding.replacement}` : "Offered: take it out"));
  }
  const row = element("div", { class: "row" });
  if (finding.replacement !== null && canFix) {
    const apply = element("button", { type: "button", class: "primary" }, "Apply");
    apply.addEventListener("click", () => applyFix(finding));
    row.append(apply);
  }
  if (canFix) row.append(element("button", { type: "button", "data-edit": finding.key }, "Edit the section"));
  return [...lines, row];
}

async function applyFix({ start, end, replacement }) {
  try {
    const answer = await post("/api/edit", { base: version(), edit: { do: "fix", start, end, replacement } });
    closeSheet(false);
    show(answer.view);
    say(answer.outcome === "written" || answer.outcome === "merged" ? "Saved" : "The text changed; look again", "done");
  } catch (error) {
    say(error.message, "failed");
  }
}

function numbersOf(target) {
  return target.dataset.finding.split(" ").map(Number);
}

export function startFindings() {
  const opens = (event) => {
    const target = event.target.closest("[data-finding]");
    if (!target || target.closest(".preview")) return;
    event.preventDefault();
    openFindings(numbersOf(target), target);
  };
  document.addEventListener("click", opens);
  document.addEventListener("keydown", (event) => {
    if ((event.key === "Enter" || event.key === " ") && event.target.matches("mark[data-finding]")) opens(event);
  });
}
