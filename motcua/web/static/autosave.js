// Saves a form while it is being filled, and loses nothing when the session or the network ends.
//
// <form data-autosave="URL" data-draft="KEY">: 600 ms after a change the changed fields go to URL with `changed` (their names, so that
// an emptied field is told from an untouched one) and every hidden field. Answers: 2xx JSON {saved_at?, revision?}; 409 JSON {message};
// 401, 403 or a redirect: signed out. Words come from the data attributes of [data-saved], so that they are translated;
// the link [data-sign-in] in it, which leads back here after signing in, shows while signed out.

const WAIT_MS = 600;
const KEEP_DAYS = 30;

document.querySelectorAll("form[data-autosave]").forEach(start);

// A page that said what to mend was the answer to a POST: gone back to, it would show what has been mended since.
if (performance.getEntriesByType("navigation")[0]?.type === "back_forward" && document.querySelector(".govuk-error-summary"))
  location.replace(location.pathname + location.search);

function start(form) {
  const notice = form.querySelector("[data-saved]") || document.querySelector("[data-saved]");
  const store = draftStore(form.dataset.draft || location.pathname);
  const changed = new Set();
  const sentBefore = new Map(); // name → what was sent last: leaving a field tells its old value again
  let timer = 0;
  let queue = Promise.resolve(true);

  const say = (text, kind) => tell(notice, text, kind);
  const save = () => (queue = queue.then(send));

  async function send() {
    if (!changed.size) return true;
    const sent = [...changed];
    const values = valuesOf(form, sent);
    changed.clear();
    sent.forEach((name) => sentBefore.set(name, values[name].join("\n")));
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", body: body(form, sent, values), redirect: "manual" });
      if (answer.ok) return saved(await answer.json());
      if (answer.status === 409) return refused((await answer.json()).message, values);
      return kept(answer.status >= 500 ? "broken" : "signedOut", sent, values);
    } catch (error) {
      if (error instanceof TypeError) return kept("offline", sent, values); // what fetch throws when there is no network
      throw error;
    }
  }

  function saved({ saved_at: savedAt, revision }) {
    if (revision !== undefined && form.elements.revision) form.elements.revision.value = revision;
    if (!changed.size) store.clear();
    say(`${notice.dataset.savedAt} ${savedAt || hoursAndMinutes(new Date())}`, "good");
    return true;
  }

  function refused(message, values) {
    store.keep(values);
    say(message, "late");
    return true; // the server has the last word: leaving now leads to its page that asks which value is right
  }

  function kept(reason, names, values) {
    names.forEach((name) => changed.add(name) && sentBefore.delete(name));
    store.keep(values);
    say(notice.dataset[reason], "late");
    return false;
  }

  function note(event) {
    const { name, type } = event.target;
    if (!name || type === "file" || sentBefore.get(name) === valuesOf(form, [name])[name].join("\n")) return;
    changed.add(name);
    clearTimeout(timer);
    timer = setTimeout(save, WAIT_MS);
  }

  form.addEventListener("input", note);
  form.addEventListener("change", note);
  // The session is tried before the form leaves: a sign-in page in its place would swallow what was typed. A second press goes anyway.
  form.addEventListener("submit", async (event) => {
    if (!changed.size || form.dataset.tried) return;
    event.preventDefault();
    clearTimeout(timer);
    const submitter = event.submitter;
    if (await save()) return form.requestSubmit(submitter);
    form.dataset.tried = "yes";
    notice.scrollIntoView({ block: "center" }); // on a telephone the button is screens below what was just said
  });
  addEventListener("pagehide", () => {
    if (!changed.size) return;
    const names = [...changed];
    const values = valuesOf(form, names);
    store.keep(values);
    navigator.sendBeacon(form.dataset.autosave, body(form, names, values));
  });
  addEventListener("online", save);

  const restored = restore(form, store.read());
  if (restored.length) {
    restored.forEach((name) => changed.add(name));
    say(notice.dataset.restored, "good");
    timer = setTimeout(save, WAIT_MS);
  } else store.clear();
}

function valuesOf(form, names) {
  const data = new FormData(form);
  return Object.fromEntries(names.map((name) => [name, data.getAll(name).filter((value) => typeof value === "string")]));
}

function body(form, names, values) {
  const data = new FormData();
  form.querySelectorAll("input[type=hidden][name]").forEach((field) => data.append(field.name, field.value));
  names.forEach((name) => {
    data.append("changed", name);
    values[name].forEach((value) => data.append(name, value));
  });
  return data;
}

function restore(form, values) {
  return Object.keys(values).filter((name) => {
    if (valuesOf(form, [name])[name].join("\n") === values[name].join("\n")) return false;
    const fields = [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
    fields.forEach((field, index) => {
      if (field.type === "checkbox" || field.type === "radio") field.checked = values[name].includes(field.value);
      else field.value = values[name][index] ?? "";
    });
    return fields.length > 0;
  });
}

function draftStore(key) {
  const name = `motcua:draft:${key}`;
  const read = () => {
    const draft = JSON.parse(localStorage.getItem(name) || "null");
    return draft && Date.now() - draft.at < KEEP_DAYS * 86_400_000 ? draft.values : {};
  };
  return {
    read,
    keep: (values) => localStorage.setItem(name, JSON.stringify({ at: Date.now(), values: { ...read(), ...values } })),
    clear: () => localStorage.removeItem(name),
  };
}

function tell(notice, text, kind) {
  notice.classList.toggle("saved--late", kind === "late");
  notice.querySelector("span").textContent = text;
  notice.querySelectorAll("[data-sign-in]").forEach((link) => (link.hidden = text !== notice.dataset.signedOut));
}

function hoursAndMinutes(date) {
  return date.toTimeString().slice(0, 5);
}
