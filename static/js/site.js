// Two kindnesses; every page works without them.
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
    if (form && form.hasAttribute("data-warn-unsaved")) changed.add(form);
  });
  document.addEventListener("submit", (event) => changed.delete(event.target));
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) changed.delete(event.target);
  });
  window.addEventListener("beforeunload", (event) => {
    for (const form of changed) {
      if (form.isConnected) event.preventDefault();
    }
  });
})();
