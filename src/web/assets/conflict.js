// Two people changed the same lines: both texts side by side, and a third to write.
import { element } from "./sheet.js";

/** Asks what the section shall say; `null` when the person wants to think about it. */
export function resolve(place) {
  const dialog = document.getElementById("conflict");
  const field = element("textarea", { id: "conflict-text" });
  field.value = place.mine;
  const side = (name, text, take) => {
    const use = element("button", { type: "button" }, take);
    use.addEventListener("click", () => { field.value = text; field.focus(); });
    return element("div", {}, element("h3", {}, name), element("pre", { tabindex: "0" }, text), element("div", { class: "row" }, use));
  };
  const save = element("button", { type: "button", class: "primary" }, "Save this text");
  const later = element("button", { type: "button" }, "Back to editing");
  const title = `${place.heading || "The title"} was changed in the file too`;
  dialog.replaceChildren(
    element("div", { class: "top" }, element("h2", { id: "conflict-title", tabindex: "-1" }, title)),
    element("p", { class: "aside" }, "Nothing has been written. Take one side, or write what it shall say."),
    element("div", { class: "two" }, side("Yours", place.mine, "Take yours"), side("In the file", place.theirs, "Take the file's")),
    element("label", { for: "conflict-text" }, "What it shall say"),
    field,
    element("div", { class: "row" }, save, later),
  );
  dialog.showModal();
  document.getElementById("conflict-title").focus();
  return new Promise((done) => {
    let chosen = null;
    save.addEventListener("click", () => { chosen = field.value; dialog.close(); });
    later.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => done(chosen), { once: true });
  });
}
