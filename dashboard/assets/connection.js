// The connection to the server: a question that finds no server is asked again until it is answered, and the page says
// so; an answer that a later question has overtaken changes nothing; a store that others have changed is announced, and
// shown when the reader wishes.
(function () {
  "use strict";
  const CALLBACK = "_dash-update-component";
  const TOGETHER = "..url.search...view.data"; // how the outputs begin that keep the address and the controls in step
  const AGAIN = 2000, LOOK = 15000; // milliseconds
  const ask = window.fetch.bind(window);
  let waiting = 0;
  let shown = null; // the revision of the store that the page shows
  let asked = 0; // how often the address and the controls were asked to be brought into step

  const bar = (name, text, button, press) => {
    let found = document.getElementById(name);
    if (!text) {
      if (found) found.remove();
      return;
    }
    if (found) return;
    found = document.createElement("div");
    found.id = name;
    found.className = "told";
    found.setAttribute("role", "status");
    found.append(text);
    if (button) {
      const pressed = document.createElement("button");
      pressed.append(button);
      pressed.addEventListener("click", press);
      found.append(" ", pressed);
    }
    document.body.append(found);
  };
  const gone = () =>
    bar("server-gone", waiting ? "The dashboard does not answer. What you chose is shown as soon as it does." : "");

  // Dash drops overtaken answers itself, but not of a callback that has a wildcard among its outputs: two quick steps back
  // would leave the controls at the first one
  const question = (sent) => {
    if (!String(sent && sent.body).startsWith(`{"output":"${TOGETHER}`)) return () => false;
    const mine = ++asked;
    return () => asked > mine;
  };

  window.fetch = async (address, ...more) => {
    if (!String(address && address.url ? address.url : address).includes(CALLBACK)) return ask(address, ...more);
    const isOvertaken = question(more[0]);
    let isWaiting = false;
    for (;;) {
      try {
        const answer = await ask(address, ...more);
        waiting -= isWaiting ? 1 : 0;
        if (isWaiting) gone();
        return isOvertaken() ? new Response(null, { status: 204 }) : answer;
      } catch (error) {
        if (error.name === "AbortError") throw error;
        waiting += isWaiting ? 0 : 1;
        isWaiting = true;
        gone();
        await new Promise((done) => setTimeout(done, AGAIN));
      }
    }
  };

  const look = async () => {
    if (document.hidden || waiting || shown === null) return;
    try {
      const answer = await ask("/revision");
      const now = answer.ok ? (await answer.json()).revision : shown;
      if (now > shown) {
        bar("store-changed", "Figures were added or reviewed meanwhile.", "Show them", () => {
          bar("store-changed", "");
          window.dash_clientside.set_props("revision", { data: now });
        });
      }
    } catch {
      // the next look, or the next question of the page, finds the server again
    }
  };
  setInterval(look, LOOK);
  document.addEventListener("visibilitychange", look);

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    connection: {
      known(revision) {
        shown = revision;
        bar("store-changed", "");
        return revision;
      },
    },
  });
})();
