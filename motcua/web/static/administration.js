// Names what Django's administration leaves nameless, for people who hear the page: search boxes, suggestions, halves of moments.
const NAMELESS = [
  ".select2-selection", ".select2-selection__rendered", ".select2-search__field", ".datetime input",
  ".tabular td input:not([type=hidden])", ".tabular td select", ".tabular td textarea",
].join();

const nameOf = (control) => {
  const cell = control.closest("td");
  const head = cell?.closest("table")?.querySelector(`thead th:nth-child(${cell.cellIndex + 1})`);
  const label = head ?? control.closest(".form-row, .fieldBox")?.querySelector("label, legend");
  const open = document.querySelector(".select2-container--open .select2-selection"); // its search stands at the page's end
  return label?.textContent.trim().replace(/:$/, "") ?? open?.getAttribute("aria-label");
};

const nameAll = () => {
  const search = document.getElementById("searchbar");
  search?.setAttribute("aria-label", search.form.querySelector("[type=submit]").value);
  for (const control of document.querySelectorAll(NAMELESS)) {
    const name = nameOf(control);
    if (name) control.setAttribute("aria-label", name);
  }
  for (const group of document.querySelectorAll(".inline-group")) {
    if (group.scrollWidth > group.clientWidth) group.tabIndex = 0; // so that the keyboard can scroll it
  }
};

nameAll();
new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true }); // suggestions and rows come later
