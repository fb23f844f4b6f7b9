// Kindnesses; every page works without them.
(function () {
  "use strict";

  // After an htmx swap, as after a full load, what is to be mended gets the focus.
  function focusSummary(root) {
    const summary = root.querySelector("#error-summary");
    if (summary) summary.focus();
  }
  document.addEventListener("htmx:afterSettle", (event) => focusSummary(event.target));
  focusSummary(document);

  // A form is sent once: a second press while the answer is awaited does nothing. A page that the
  // browser brings back, or an answer that is a file, leaves it as it was.
  const RELEASED_AFTER = 10000;
  function release(form) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[type=submit]")) {
      button.removeAttribute("aria-disabled");
    }
  }
  function sendOnce(event) {
    const form = event.target;
    if (event.defaultPrevented || form.getAttribute("method") !== "post") return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    for (const button of form.querySelectorAll("[type=submit]")) {
      button.setAttribute("aria-disabled", "true");
    }
    setTimeout(() => release(form), RELEASED_AFTER);
  }
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(release);
  });

  // Somebody of a body is chosen: its office has nobody to name.
  document.addEventListener("change", (event) => {
    const chosen = event.target;
    if (!chosen.form || !chosen.checked) return;
    const [body, others] = chosen.dataset.takesPlace
      ? [chosen.dataset.takesPlace, "gives-way"]
      : [chosen.dataset.givesWay, "takes-place"];
    if (!body) return;
    for (const box of chosen.form.querySelectorAll(`[data-${others}="${body}"]`)) box.checked = false;
  });

  // What answered a sent form and is a page of its own has its own address: whoever goes on from
  // it and comes back opens it again, instead of being asked to send the form once more.
  const own = document.querySelector("[data-own-address]");
  if (own) window.history.replaceState(null, "", own.dataset.ownAddress);

  // A menu of the header closes by Esc, which leads back to its word, and by a click elsewhere; "/"
  // leads to the search, save where one types.
  const openMenus = () => document.querySelectorAll(".site-header .menu[open]");
  document.addEventListener("click", (event) => {
    for (const menu of openMenus()) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      for (const menu of openMenus()) {
        menu.open = false;
        if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
      }
    }
    const search = document.getElementById("find");
    if (event.key !== "/" || !search || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    event.preventDefault();
    search.focus();
  });

  // On a page of a case: g and the letter of a tab lead there, a question mark lists the letters.
  // Not while somebody writes, and not with another key held down: that is the browser's.
  const tabs = [...document.querySelectorAll("a[data-key]")];
  let led = 0;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const keys = document.querySelector("[data-keys]");
    if (event.key === "?" && keys) {
      keys.open = !keys.open;
      if (keys.open) keys.querySelector("summary").focus();
      return;
    }
    const isLed = Date.now() - led < 2000;
    led = event.key === "g" ? Date.now() : 0;
    const tab = isLed && tabs.find((one) => one.dataset.key === event.key);
    if (tab) tab.click();
  });

  // Leaving with unsaved words in a form marked data-warn-unsaved asks first.
  const changed = new Set();
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!form) return;
    if (form.hasAttribute("data-warn-unsaved")) changed.add(form);
    if (form.dataset.draft) later(form);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    sendOnce(event);
    if (event.defaultPrevented) return;
    changed.delete(form);
    clearTimeout(waiting.get(form));
    waiting.delete(form);
    if ((form.getAttribute("action") || "").endsWith("/logout/")) forgetAll();
    else if (form.hasAttribute("data-warn-unsaved")) setAside(form, false);
  });
  // A form under a row is sent by script, and set aside meanwhile like any other.
  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = event.detail.elt;
    if (form.matches("form[data-warn-unsaved]")) setAside(form, false);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) changed.delete(event.detail.elt);
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
    const left = neverKept(form);
    for (const [name, value] of [...fields]) {
      if (value instanceof File || left.has(name)) fields.delete(name);
    }
    fields.set("draft_page", window.location.pathname);
    let answer;
    try {
      answer = await fetch(form.dataset.draft, { method: "POST", body: fields, redirect: "manual" });
    } catch {
      return isNotKept(form, "not-kept");
    }
    // Only one answer says that it is kept. Being led to the log-in is another.
    if (answer.type === "opaqueredirect" || answer.status === 403) {
      return isNotKept(form, setAside(form, true) ? "logged-out" : "not-kept");
    }
    if (answer.status !== 204) return isNotKept(form, "not-kept");
    if (!form.elements.namedItem("draft")) {
      const mark = document.createElement("input");
      Object.assign(mark, { type: "hidden", name: "draft", value: "1" });
      form.append(mark);
    }
    // What identifies somebody is still only in the form: leaving it is still warned of.
    if (![...left].some((name) => form.elements[name].value)) changed.delete(form);
    isSaid(form, true);
    form.querySelector("[data-notice]")?.remove();
  }
  function neverKept(form) {
    return new Set([...form.querySelectorAll("[data-never-kept]")].map((one) => one.name));
  }
  function isSaid(form, kept) {
    const said = form.querySelector("[data-draft-said]");
    if (said) said.hidden = !kept;
  }
  function isNotKept(form, why) {
    isSaid(form, false);
    changed.add(form);
    const notice = notify(form, why);
    const way = notice && notice.querySelector("[data-log-in]");
    if (!way) return;
    way.search = `?next=${encodeURIComponent(window.location.pathname)}`;
    way.addEventListener("click", () => {
      if (setAside(form, true)) changed.delete(form);
    });
  }
  function notify(form, id) {
    const words = document.getElementById(id);
    if (!words) return null;
    const before = form.querySelector("[data-notice]");
    if (before && before.dataset.notice === id) return before;
    before?.remove();
    const notice = document.createElement("div");
    notice.dataset.notice = id;
    // Where the eye is: above the buttons, and read aloud since it comes into a live region.
    const place = form.querySelector(".form-actions");
    if (place) place.before(notice);
    else form.append(notice);
    notice.append(words.content.cloneNode(true));
    return notice;
  }

  // What is sent or could not be kept is set aside in this tab, for the same user alone, until an
  // answer has come: somebody whom the log-in came in between finds it in the form again.
  const PLACE = "written:";
  const SET_ASIDE_FOR = 12 * 3600 * 1000;
  const NOT_SET_ASIDE = new Set(["csrfmiddlewaretoken", "once", "draft", "draft_page"]);
  const user = document.body.dataset.user || "";
  function marked() {
    return [...document.querySelectorAll("form[data-warn-unsaved]")];
  }
  function placeOf(form) {
    // A form under a row has a page of its own, and is given back there.
    if (form.dataset.page) return `${PLACE}${form.dataset.page}#0`;
    return `${PLACE}${window.location.pathname}#${marked().indexOf(form)}`;
  }
  function setAside(form, lost) {
    if (!user) return false;
    const hidden = neverKept(form);
    for (const one of form.querySelectorAll("[type=password]")) hidden.add(one.name);
    const fields = [...new FormData(form)].filter(
      ([name, value]) => typeof value === "string" && !NOT_SET_ASIDE.has(name) && !hidden.has(name)
    );
    try {
      const entry = { user, at: Date.now(), lost, fields };
      sessionStorage.setItem(placeOf(form), JSON.stringify(entry));
    } catch {
      return false; // no room, or the browser keeps nothing
    }
    return true;
  }
  function places() {
    try {
      return Object.keys(sessionStorage).filter((key) => key.startsWith(PLACE));
    } catch {
      return [];
    }
  }
  function forgetAll() {
    places().forEach((key) => sessionStorage.removeItem(key));
  }
  function giveBack(form, fields) {
    const given = new Map();
    for (const [name, value] of fields) given.set(name, [...(given.get(name) || []), value]);
    for (const field of form.elements) {
      if (!field.name || NOT_SET_ASIDE.has(field.name) || field.type === "file") continue;
      if (field.tagName === "BUTTON" || field.type === "password") continue;
      const values = given.get(field.name) || [];
      if (field.type === "checkbox" || field.type === "radio") {
        field.checked = values.includes(field.value);
      } else if (field.tagName === "SELECT" && field.multiple) {
        for (const one of field.options) one.selected = values.includes(one.value);
      } else if (values.length) {
        field.value = values.shift();
      }
    }
    changed.add(form);
    notify(form, "given-back");
    if (form.dataset.draft) later(form);
  }
  for (const key of places()) {
    let entry = null;
    try {
      entry = JSON.parse(sessionStorage.getItem(key));
    } catch {
      // somebody else's: gone below
    }
    const isTheirs = entry && Date.now() - entry.at < SET_ASIDE_FOR && (!user || entry.user === user);
    if (!isTheirs) {
      sessionStorage.removeItem(key);
    } else if (!user) {
      // The log-in, or a page that says it went wrong, answered in place of what was asked.
      sessionStorage.setItem(key, JSON.stringify({ ...entry, lost: true }));
    } else if (!entry.lost) {
      sessionStorage.removeItem(key);
    } else {
      const form = marked().find((one) => placeOf(one) === key);
      if (form) {
        sessionStorage.removeItem(key);
        giveBack(form, entry.fields);
      }
    }
  }
})();
