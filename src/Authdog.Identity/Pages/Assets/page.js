// Everything here is a convenience: each page works without it.
(() => {
  "use strict";

  for (const input of document.querySelectorAll("input[type=password][data-show]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "reveal";
    button.setAttribute("aria-controls", input.id);
    const draw = () => {
      const shown = input.type === "text";
      button.textContent = shown ? input.dataset.hide : input.dataset.show;
      button.setAttribute("aria-pressed", String(shown));
    };
    button.addEventListener("click", () => {
      input.type = input.type === "text" ? "password" : "text";
      draw();
      input.focus();
    });
    draw();
    input.parentElement.classList.add("revealable");
    input.parentElement.append(button);
    // A shown password must not stay in the browser's form history.
    input.form?.addEventListener("submit", () => { input.type = "password"; });
  }

  for (const form of document.querySelectorAll("form:not([data-again])")) {
    let sent = false;
    form.addEventListener("submit", event => {
      if (sent) {
        event.preventDefault();
      }
      sent = true;
    });
    window.addEventListener("pageshow", () => { sent = false; });
  }

  // What the person has asked for already. Whoever comes back to the page by its history has not.
  if (performance.getEntriesByType("navigation")[0]?.type === "navigate") {
    document.querySelector("form[data-submit]")?.requestSubmit();
  }
})();
