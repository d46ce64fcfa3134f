// Passkeys: asks the authenticator what a form says, and posts what it answers. Without this file the forms stay hidden.
(() => {
  "use strict";

  if (!window.PublicKeyCredential || !navigator.credentials) {
    return;
  }

  const decode = text => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), c => c.charCodeAt(0));
  const encode = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const descriptors = list => (list ?? []).map(item => ({ ...item, id: decode(item.id) }));

  // As the standard's parse…FromJSON and toJSON do; written out, since browsers and extensions have them only lately.
  const parse = json => {
    const options = JSON.parse(json);
    options.challenge = decode(options.challenge);
    if (options.user) {
      options.user.id = decode(options.user.id);
      options.excludeCredentials = descriptors(options.excludeCredentials);
    } else {
      options.allowCredentials = descriptors(options.allowCredentials);
    }
    return options;
  };

  const write = credential => {
    const given = credential.response;
    const response = { clientDataJSON: encode(given.clientDataJSON) };
    if (given.attestationObject) {
      response.attestationObject = encode(given.attestationObject);
      response.transports = given.getTransports?.() ?? [];
    } else {
      response.authenticatorData = encode(given.authenticatorData);
      response.signature = encode(given.signature);
      if (given.userHandle) {
        response.userHandle = encode(given.userHandle);
      }
    }
    return JSON.stringify({ id: credential.id, rawId: encode(credential.rawId), type: credential.type, clientExtensionResults: {}, response });
  };

  const capabilities = async () => (await PublicKeyCredential.getClientCapabilities?.().catch(() => null)) ?? {};

  // One ceremony at a time: the browser refuses a second one while the first is waiting.
  let waiting = null;
  const begin = () => {
    waiting?.abort();
    waiting = new AbortController();
    return waiting.signal;
  };

  const explain = (form, error, began, options) => {
    const late = error.name === "NotAllowedError" && options.timeout && performance.now() - began >= options.timeout * 0.95;
    const texts = form.dataset;
    return {
      NotAllowedError: late ? texts.timeout : texts.cancelled,
      TimeoutError: texts.timeout,
      InvalidStateError: texts.already,
      SecurityError: texts.place,
      NotSupportedError: texts.unsupported,
      ConstraintError: texts.unsupported,
    }[error.name] ?? texts.failed;
  };

  const post = (form, credential, challenge) => {
    form.elements.credential.value = write(credential);
    form.elements.challenge.value = challenge;
    form.querySelector("button").disabled = true;
    form.submit();
  };

  const ask = async form => {
    const button = form.querySelector("button");
    const trouble = form.querySelector("[role=alert]");
    const options = parse(form.dataset.options);
    const began = performance.now();
    trouble.textContent = "";
    button.disabled = true;
    try {
      const signal = begin();
      const credential = form.dataset.ceremony === "create"
        ? await navigator.credentials.create({ publicKey: options, signal })
        : await navigator.credentials.get({ publicKey: options, signal });
      post(form, credential, form.dataset.challenge);
    } catch (error) {
      button.disabled = false;
      trouble.textContent = explain(form, error, began, options);
      offer(form);
    }
  };

  // Passkeys among the suggestions of the address field, until something else is chosen.
  const offer = async form => {
    if (form.dataset.autofill === undefined || !(await PublicKeyCredential.isConditionalMediationAvailable?.())) {
      return;
    }
    try {
      const credential = await navigator.credentials.get({ publicKey: parse(form.dataset.options), mediation: "conditional", signal: begin() });
      post(form, credential, form.dataset.challenge);
    } catch {
      // Whoever chose nothing needs no word about it.
    }
  };

  // Where the browser can, a passkey right after a sign-in with a saved password, without asking (conditional create).
  const createSilently = async form => {
    if (!form.dataset.silentOptions || !(await capabilities()).conditionalCreate) {
      return;
    }
    try {
      const credential = await navigator.credentials.create({ publicKey: parse(form.dataset.silentOptions), mediation: "conditional", signal: begin() });
      post(form, credential, form.dataset.silentChallenge);
    } catch {
      // The page asks instead.
    }
  };

  for (const form of document.querySelectorAll("form[data-ceremony]")) {
    form.hidden = false;
    form.addEventListener("submit", event => {
      event.preventDefault();
      ask(form);
    });
    window.addEventListener("pageshow", event => {
      if (event.persisted) {
        form.querySelector("button").disabled = false;
        offer(form);
      }
    });
    offer(form);
    createSilently(form);
  }

  for (const element of document.querySelectorAll("[data-passkeys-only]")) {
    element.hidden = false;
  }

  // What this account has now, for the password manager's list (Signal API).
  for (const { dataset } of document.querySelectorAll("[data-signal]")) {
    for (const [method, argument] of Object.entries(JSON.parse(dataset.signal))) {
      PublicKeyCredential[method]?.(argument).catch(() => {});
    }
  }

  // Tells the server that it makes sense to offer passkeys here.
  if (document.querySelector("form[data-ceremony]")) {
    PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable?.().then(available => {
      if (available) {
        document.cookie = "authdog-passkeys=1; path=/.authdog; max-age=2592000; samesite=lax" + (location.protocol === "https:" ? "; secure" : "");
      }
    }).catch(() => {});
  }
})();
