// What is done in a row: its answer stands in the row. Every row works without this.
(function () {
  "use strict";

  // What was said of a row in its place is drawn there, whatever its status.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr } = event.detail;
    if (!xhr.getResponseHeader("In-Place")) return;
    event.detail.shouldSwap = true;
    event.detail.isError = false;
    event.detail.target.querySelector(":scope > .in-place-refused")?.remove();
  });

  // The focus stays in the row: what is to be mended, else what the answer offers.
  document.addEventListener("htmx:afterSettle", (event) => {
    const root = event.target;
    const next =
      (root.matches("[data-focus]") && root) ||
      root.querySelector("[aria-invalid=true]") ||
      root.querySelector("[data-focus]") ||
      root.querySelector("form.in-place :is(input, select, textarea):not([type=hidden])");
    if (next) next.focus();
  });

  // No answer came, or none that belongs in the row: it is said under the row, and nothing typed goes.
  function notDone(event) {
    const row = event.target.closest(".row-acts");
    const words = document.getElementById("not-done");
    if (!row || !words) return;
    row.querySelector("[data-not-done]")?.remove();
    const notice = document.createElement("div");
    notice.dataset.notDone = "";
    notice.className = "in-place-refused";
    notice.append(words.content.cloneNode(true));
    row.append(notice);
  }
  for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(name, notDone);
  }

  // A form under a row closes by Esc or by its own link, back to what opened it.
  const openers = new Map();
  document.addEventListener("htmx:afterRequest", (event) => {
    const place = event.detail.target;
    if (place && place.classList.contains("in-place-slot")) openers.set(place.id, event.detail.elt);
  });
  function close(form) {
    const place = form.closest(".in-place-slot");
    if (!place) return false;
    place.replaceChildren();
    openers.get(place.id)?.focus();
    return true;
  }
  document.addEventListener("click", (event) => {
    const leave = event.target.closest("[data-leave]");
    if (leave && close(leave.closest("form"))) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    const form = event.key === "Escape" && event.target.closest(".in-place");
    if (form) close(form);
  });
})();
