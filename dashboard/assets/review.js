// The keys of the review. They work while nobody is typing, and can be switched off.
(function () {
  "use strict";
  const BUTTONS = { a: "accept", r: "reject", s: "skip", u: "undo" };
  const button = (act) => document.getElementById(JSON.stringify({ act }));
  const press = (act) => {
    const found = button(act);
    if (found) found.click();
  };
  // What was typed reaches the page's state a moment later; a key that follows at once must not be ahead of it.
  const tell = (typed) => {
    if (!typed.id || typed.getAttribute("aria-haspopup") || typed.getAttribute("role") === "combobox") return;
    const id = typed.id.startsWith("{") ? JSON.parse(typed.id) : typed.id;
    window.dash_clientside.set_props(id, { value: typed.value });
  };
  document.addEventListener("keydown", (event) => {
    if (document.documentElement.dataset.page !== "/review" || !button("accept")) return;
    if (document.querySelector("[role=dialog]")) return; // the evidence lies above it
    const typing = event.target.closest && event.target.closest("input:not([type=checkbox]), textarea, select");
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      if (typing) {
        tell(typing);
        typing.blur();
      }
      setTimeout(() => press("correct"), 0);
      return;
    }
    if (typing) {
      if (event.key === "Escape") {
        tell(typing);
        typing.blur();
      }
      return;
    }
    const keys = document.getElementById("review-keys");
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || (keys && !keys.checked)) return;
    const key = event.key.toLowerCase();
    if (BUTTONS[key]) press(BUTTONS[key]);
    else if (key === "c") document.getElementById(JSON.stringify({ correct: "value" })).focus();
    else if (key === "n") document.getElementById("review-note").focus();
    else return;
    event.preventDefault();
  });
})();
