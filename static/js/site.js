// Three kindnesses; every page works without them.
(function () {
  "use strict";

  // After an htmx swap, as after a full load, what is to be mended gets the focus.
  function focusSummary(root) {
    const summary = root.querySelector("#error-summary");
    if (summary) summary.focus();
  }
  document.addEventListener("htmx:afterSettle", (event) => focusSummary(event.target));
  focusSummary(document);

  // Leaving with unsaved words in a form marked data-warn-unsaved asks first.
  const changed = new Set();
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!form) return;
    if (form.hasAttribute("data-warn-unsaved")) changed.add(form);
    if (form.dataset.draft) later(form);
  });
  document.addEventListener("submit", (event) => {
    changed.delete(event.target);
    clearTimeout(waiting.get(event.target));
    waiting.delete(event.target);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) changed.delete(event.target);
  });
  window.addEventListener("beforeunload", (event) => {
    for (const form of changed) {
      if (form.isConnected) event.preventDefault();
    }
  });

  // A form marked data-draft is kept two seconds after the last key: what is typed is not lost.
  const waiting = new Map();
  function later(form) {
    clearTimeout(waiting.get(form));
    waiting.set(form, setTimeout(() => keep(form), 2000));
  }
  async function keep(form) {
    const fields = new FormData(form);
    for (const [name, value] of [...fields]) {
      if (value instanceof File) fields.delete(name);
    }
    fields.set("draft_page", window.location.pathname);
    const said = form.querySelector("[data-draft-said]");
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body: fields });
      if (!answer.ok) return;
    } catch {
      return; // no network: the browser still asks before the page is left
    }
    if (!form.elements.namedItem("draft")) {
      const mark = document.createElement("input");
      Object.assign(mark, { type: "hidden", name: "draft", value: "1" });
      form.append(mark);
    }
    changed.delete(form);
    if (said) said.hidden = false;
  }
})();
