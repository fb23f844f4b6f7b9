// A list of people: one opens under its row, the one opened before closes; how many are chosen.
// Without this, the same links and boxes do the same with a page load.
(function () {
  "use strict";
  const table = document.getElementById("people");
  if (!table) return;

  function close() {
    const body = document.getElementById("opened");
    if (body) body.remove();
    for (const opener of table.querySelectorAll('.opener[aria-expanded="true"]')) {
      opener.setAttribute("aria-expanded", "false");
      opener.removeAttribute("aria-controls");
      opener.closest("tr").classList.remove("opens");
    }
  }
  async function open(opener) {
    const answer = await fetch(opener.dataset.opens, {
      headers: { "HX-Request": "true" },
      credentials: "same-origin",
    });
    if (!answer.ok || answer.redirected) {
      window.location.assign(opener.href);
      return;
    }
    const holder = document.createElement("template");
    holder.innerHTML = await answer.text();
    close();
    opener.setAttribute("aria-expanded", "true");
    opener.setAttribute("aria-controls", "opened");
    const row = opener.closest("tr");
    row.classList.add("opens");
    row.after(holder.content);
  }
  table.addEventListener("click", (event) => {
    const opener = event.target.closest(".opener");
    if (!opener || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (opener.getAttribute("aria-expanded") === "true") close();
    else open(opener);
  });

  const said = document.querySelector("[data-chosen]");
  function count() {
    const chosen = table.querySelectorAll('input[name="person"]:checked');
    for (const row of table.querySelectorAll("tr.chosen")) row.classList.remove("chosen");
    for (const box of chosen) box.closest("tr").classList.add("chosen");
    if (said) {
      said.hidden = chosen.length === 0;
      said.querySelector("strong").textContent = String(chosen.length);
    }
  }
  table.addEventListener("change", count);
  count();
})();
