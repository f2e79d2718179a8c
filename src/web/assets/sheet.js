// The sheet beside the text, and the dialogs over it.
const sheet = document.getElementById("sheet");
let opener = null;
let marked = [];

/** A text node in an element; whatever it says, it is shown as text. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

/** Opens the sheet; `from` gets the focus back, `marks` are highlighted meanwhile. */
export function openSheet(title, content, from, marks = []) {
  closeSheet(false);
  const heading = element("h2", { id: "sheet-title", tabindex: "-1" }, title);
  const close = element("button", { type: "button", class: "quiet", "data-close": true }, "Close");
  sheet.replaceChildren(element("div", { class: "top" }, heading, close), ...content);
  opener = from;
  marked = marks;
  for (const mark of marked) mark.classList.add("open");
  sheet.show();
  heading.focus({ preventScroll: true });
  // On a small screen the line itself would stand below the fold.
  const line = sheet.querySelector(".this");
  sheet.scrollTop = line && line.offsetTop + line.offsetHeight > sheet.clientHeight ? line.offsetTop - sheet.clientHeight / 3 : 0;
}

export function closeSheet(giveBack = true) {
  if (!sheet.open) return false;
  sheet.close();
  for (const mark of marked) mark.classList.remove("open");
  if (giveBack && opener?.isConnected) opener.focus({ preventScroll: true });
  opener = null;
  return true;
}

export function startSheets() {
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-close]")) return;
    const dialog = event.target.closest("dialog");
    if (dialog === sheet) closeSheet();
    else dialog.close();
  });
  document.getElementById("show-help").addEventListener("click", openHelp);
  document.getElementById("show-changes").addEventListener("click", openChanges);
  document.getElementById("show-desk").addEventListener("click", () => {
    document.getElementById("desk").scrollIntoView({ block: "start" });
    document.getElementById("readiness-title").focus();
  });
}

export function openHelp() {
  document.getElementById("help").showModal();
  document.getElementById("help-title").focus();
}

export async function openChanges() {
  const { get, say } = await import("./server.js");
  const dialog = document.getElementById("changes");
  try {
    dialog.innerHTML = await get("/api/changes");
    dialog.showModal();
    document.getElementById("changes-title").focus();
  } catch (error) {
    say(error.message, "failed");
  }
}
