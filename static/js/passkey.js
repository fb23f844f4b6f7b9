// Passkeys: the browser makes one, or shows one it has. Where it cannot, the form stays hidden.
(function () {
  "use strict";
  if (!window.PublicKeyCredential || window.passkeysReady) return;
  window.passkeysReady = true;

  function bytes(text) {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (one) => one.charCodeAt(0)).buffer;
  }
  function text(buffer) {
    const plain = String.fromCharCode(...new Uint8Array(buffer));
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }
  function known(list) {
    return (list || []).map((one) => ({ ...one, id: bytes(one.id) }));
  }
  function asked(options) {
    const key = { ...options, challenge: bytes(options.challenge) };
    if (options.user) key.user = { ...options.user, id: bytes(options.user.id) };
    if (options.excludeCredentials) key.excludeCredentials = known(options.excludeCredentials);
    if (options.allowCredentials) key.allowCredentials = known(options.allowCredentials);
    return key;
  }
  function answered(found) {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (found.response[name]) response[name] = text(found.response[name]);
    }
    return JSON.stringify({
      id: found.id,
      rawId: text(found.rawId),
      type: found.type,
      response,
      clientExtensionResults: found.getClientExtensionResults(),
    });
  }
  async function ask(form) {
    const options = JSON.parse(form.querySelector("script[type='application/json']").textContent);
    const publicKey = asked(options.publicKey);
    const isNew = form.dataset.passkey === "create";
    return isNew ? navigator.credentials.create({ publicKey }) : navigator.credentials.get({ publicKey });
  }
  for (const one of document.querySelectorAll("[data-needs-passkeys]")) one.hidden = false;
  for (const one of document.querySelectorAll("[data-no-passkeys]")) one.hidden = true;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault(); // whoever comes back to this page is asked anew: an answer works once
      form.querySelector("[data-failed]").hidden = true;
      try {
        form.elements.credential.value = answered(await ask(form));
        form.submit();
      } catch {
        form.querySelector("[data-failed]").hidden = false;
      }
    });
  }
})();
