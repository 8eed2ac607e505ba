// Asks the browser for a passkey and sends what it answers. Flask-Security made the options in the
// form's data-options and checks the answer; nothing is decided here.
(() => {
  "use strict";

  const bytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  async function create(options) {
    const made = await navigator.credentials.create({
      publicKey: {
        ...options,
        challenge: bytes(options.challenge),
        user: { ...options.user, id: bytes(options.user.id) },
        excludeCredentials: known(options.excludeCredentials),
      },
    });
    const transports = made.response.getTransports ? made.response.getTransports() : null;
    return whole(made, {
      attestationObject: text(made.response.attestationObject),
      clientDataJSON: text(made.response.clientDataJSON),
      transports,
    });
  }

  async function get(options) {
    const given = await navigator.credentials.get({
      publicKey: {
        ...options,
        challenge: bytes(options.challenge),
        allowCredentials: known(options.allowCredentials),
      },
    });
    const { authenticatorData, clientDataJSON, signature, userHandle } = given.response;
    return whole(given, {
      authenticatorData: text(authenticatorData),
      clientDataJSON: text(clientDataJSON),
      signature: text(signature),
      userHandle: text(userHandle || new ArrayBuffer(0)),
    });
  }

  function whole(credential, response) {
    return {
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      response,
      extensions: JSON.stringify(credential.getClientExtensionResults()),
      assertionClientExtensions: JSON.stringify(credential.getClientExtensionResults()),
    };
  }

  async function run(form) {
    const said = form.querySelector("[data-passkey-said]");
    if (!window.PublicKeyCredential) {
      said.textContent = form.dataset.none;
      return;
    }
    try {
      const ask = form.dataset.passkey === "create" ? create : get;
      const credential = await ask(JSON.parse(form.dataset.options));
      form.elements.credential.value = JSON.stringify(credential);
      form.submit();
    } catch (error) {
      said.textContent =
        error.name === "NotAllowedError"
          ? form.dataset.notChosen
          : form.dataset.failed.replace("{error}", error.message);
    }
  }

  document.querySelectorAll("form[data-passkey]").forEach(run);
})();
