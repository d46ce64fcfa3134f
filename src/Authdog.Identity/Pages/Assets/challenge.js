// A challenge: has a worker do what the form says, and sends the form. Without this file there is a code by mail.
(() => {
  "use strict";

  const form = document.querySelector("form[data-challenge]");
  if (!form) {
    return;
  }

  // The name that a provider's widget calls once it is content.
  window.authdogChallengePassed = () => form.requestSubmit();

  const work = () => {
    form.hidden = false;
    const worker = new Worker(form.dataset.worker);
    worker.addEventListener("message", event => {
      form.elements["challenge-work"].value = String(event.data);
      form.requestSubmit();
    });
    worker.addEventListener("error", () => { form.hidden = true; });
    worker.postMessage({ id: form.dataset.work, bits: Number(form.dataset.bits) });
  };

  if (form.dataset.work && window.Worker) {
    if (performance.getEntriesByType("navigation")[0]?.type === "back_forward") {
      // Whoever goes back wants to go past this page, not through it again; where nothing is behind it, it works as before.
      window.setTimeout(work, 1000);
      window.history.back();
    } else {
      work();
    }
  }
})();
