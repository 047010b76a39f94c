// The keys of the review. They work while nobody is typing, and can be switched off.
(function () {
  "use strict";
  const BUTTONS = { a: "accept", r: "reject", s: "skip", u: "undo" };
  const button = (act) => document.getElementById(JSON.stringify({ act }));
  const press = (act) => {
    const found = button(act);
    if (found) found.click();
  };
  document.addEventListener("keydown", (event) => {
    if (document.documentElement.dataset.page !== "/review" || !button("accept")) return;
    if (document.querySelector("[role=dialog]")) return; // the evidence lies above it
    const typing = event.target.closest && event.target.closest("input:not([type=checkbox]), textarea, select");
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      if (typing) typing.blur(); // what was typed is told before it is saved
      setTimeout(() => press("correct"), 0);
      return;
    }
    if (typing) {
      if (event.key === "Escape") typing.blur();
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
