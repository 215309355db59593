// The keyboard of the desk. Everything here is also a link, a button or a field that works without it.
//
// [data-row] a row: its a[data-open] takes the focus, its checkbox is x · [data-key="F9"], [data-key="t"] a button is pressed, a field is
// gone to · form[data-act] the act that is open: Ctrl+Enter sends it, Esc presses its [data-cancel] · [data-select-all] · [data-selected]
// select[data-guides] the usual words of its [data-guidance] options stand in the field named
// [data-next] where to go on when a part drawn again has taken the focused control away
// [data-beside] the way to the dossiers beside this one in the list it was opened from; [data-list] the way back to that list

const typing = (element) => element.matches("input:not([type=checkbox], [type=radio], [type=button]), textarea, select, [contenteditable]");
const TICKED = "input[type=checkbox], input[type=radio]";
const rows = () => [...document.querySelectorAll("[data-row]")];
const LIST = "motcua:list"; // the list a dossier was opened from: its address, and of each row its name and where it opens
let sent = new Map(); // id of a field → how it stood when the last request left
const inView = (element) => element.offsetParent !== null;
const inMenu = (element) => element.closest("details.drop") && inView(element.closest("details.drop")); // closed, its keys work all the same

const keys = {
  j: () => move(1),
  k: () => move(-1),
  x: () => press(current()?.querySelector("input[type=checkbox]")),
  "?": () => document.getElementById("keys")?.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return;
  if (event.key === "Enter" && event.ctrlKey) return act(event, sendAct);
  if (event.ctrlKey) return;
  if (event.key === "Escape") return act(event, leave);
  if (typing(event.target) && event.key.length === 1) return;
  const named = [...document.querySelectorAll(`[data-key="${CSS.escape(event.key)}"]`)];
  const target = named.find(inView) ?? named.find(inMenu);
  if (target) act(event, () => useKey(target));
  else if (keys[event.key]) act(event, keys[event.key]);
});

document.addEventListener("focusin", (event) => {
  const row = event.target.closest("[data-row]");
  if (!row) return;
  rows().forEach((other) => other.classList.toggle("cursor", other === row));
  sessionStorage.setItem(cursorName(), row.dataset.row);
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-row] [data-open]")) rememberList();
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-select-all]")) boxes().forEach((box) => (box.checked = event.target.checked));
  if (event.target.matches("[data-row] input[type=checkbox], [data-select-all]")) showSelection();
});

// The usual words of a chosen reason are shown where the officer may write others.
document.addEventListener("change", (event) => {
  if (!event.target.matches("select[data-guides]")) return;
  document.getElementById(event.target.dataset.guides).placeholder = event.target.selectedOptions[0]?.dataset.guidance ?? "";
});

document.querySelectorAll("[data-help]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", keys["?"]);
});
document.addEventListener("click", (event) => {
  document.querySelectorAll(".bar__menu[open], .drop--up[open]").forEach((menu) => (menu.contains(event.target) && !event.target.closest(".drop--up a")) || menu.removeAttribute("open"));
});
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.requestConfig.verb === "post") sent = new Map(fieldsIn(document).map((field) => [field.id, stand(field)]));
});
// The session has ended, and only a part was asked for: what is open is posted, which keeps it until after signing in.
document.addEventListener("signedOut", () => {
  const open = document.querySelector("form[data-act], form.talk");
  if (open) open.requestSubmit();
  else location.reload();
});
document.addEventListener("htmx:afterOnLoad", goOn);
document.addEventListener("htmx:oobBeforeSwap", (event) => keepWhatWasTyped(event.detail.target, event.detail.fragment));

showSelection();
returnToRow();
showBeside();
goToFirstFault();

function act(event, what) {
  if (what() !== false) event.preventDefault();
}

function move(step) {
  const all = rows();
  const at = all.indexOf(current());
  const next = all[at < 0 ? 0 : Math.min(Math.max(at + step, 0), all.length - 1)];
  next?.querySelector("[data-open]")?.focus();
}

function current() {
  return document.querySelector("[data-row].cursor");
}

// The row left by opening a dossier is marked again on coming back, so that the place in the list is not lost.
function returnToRow() {
  const left = sessionStorage.getItem(cursorName());
  const row = left && rows().find((candidate) => candidate.dataset.row === left);
  if (!row) return;
  row.classList.add("cursor");
  row.scrollIntoView({ block: "nearest" });
}

function cursorName(list = location.pathname + location.search) {
  return `motcua:row:${list}`;
}

function rememberList() {
  const list = rows().map((row) => [row.dataset.row, row.querySelector("[data-open]").pathname]);
  sessionStorage.setItem(LIST, JSON.stringify({ at: location.pathname + location.search, rows: list }));
}

// On a dossier opened from a list: links to the one before and the one after, and the row to mark on coming back.
function showBeside() {
  const beside = document.querySelector("[data-beside]");
  const list = beside && JSON.parse(sessionStorage.getItem(LIST) || "null");
  const at = list ? list.rows.findIndex(([, url]) => location.pathname.startsWith(url)) : -1;
  if (at < 0) return;
  for (const link of beside.querySelectorAll("[data-step]")) {
    const row = list.rows[at + Number(link.dataset.step)];
    if (row) link.href = row[1];
    link.hidden = !row;
  }
  const place = document.querySelector("[data-place]");
  place.querySelector("[data-at]").textContent = at + 1;
  place.querySelector("[data-of]").textContent = list.rows.length;
  place.hidden = beside.hidden = list.rows.length < 2;
  document.querySelectorAll("[data-list]").forEach((link) => (link.href = list.at));
  sessionStorage.setItem(cursorName(list.at), list.rows[at][0]);
}

// After a refusal the cursor stands in the first box at fault, wherever its line is in the list of all faults above.
function goToFirstFault() {
  const boxes = [...document.querySelectorAll(".talk-errors a[href^='#']")].map((link) => `#${CSS.escape(link.hash.slice(1))}`);
  const first = boxes.length && document.querySelector(boxes.join());
  if (!first) return;
  first.focus();
  first.scrollIntoView({ block: "center" });
}

// Whoever has gone elsewhere meanwhile, while a scan was travelling, is left there.
function goOn() {
  const next = document.querySelector("[data-next]");
  if (!next) return;
  next.removeAttribute("data-next");
  if (document.activeElement === document.body) next.focus();
}

function useKey(target) {
  if (target.htmlFor) document.getElementById(target.htmlFor)?.focus(); // of a file: so that the focus stays at its row
  if (!typing(target)) return target.click();
  target.focus();
  target.select?.();
}

function press(box) {
  box?.click();
}

function sendAct() {
  const form = document.activeElement?.form || document.querySelector("form[data-act]");
  if (!form?.matches("form[data-act]")) return false;
  form.requestSubmit(form.querySelector("[type=submit]"));
}

function leave() {
  if (document.activeElement?.type === "search") return document.activeElement.blur();
  const cancel = [...document.querySelectorAll("[data-cancel]")].find(inView);
  if (!cancel) return false;
  cancel.click();
}

function boxes() {
  return [...document.querySelectorAll("[data-row] input[type=checkbox]")];
}

function showSelection() {
  const count = boxes().filter((box) => box.checked).length;
  document.querySelectorAll("[data-selected]").forEach((place) => (place.textContent = count));
}

// What was typed or chosen while an answer travelled stands over what the answer draws in its place.
function keepWhatWasTyped(target, fragment) {
  for (const field of fieldsIn(target)) {
    const drawn = sent.has(field.id) && sent.get(field.id) !== stand(field) && fragment.getElementById(field.id);
    if (drawn) drawn[drawn.matches(TICKED) ? "checked" : "value"] = stand(field);
  }
}

function fieldsIn(place) {
  return [...place.querySelectorAll("input[id]:not([type=file]), select[id], textarea[id]")];
}

function stand(field) {
  return field.matches(TICKED) ? field.checked : field.value;
}
