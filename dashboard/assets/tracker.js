// What only the browser knows: its colour scheme and width, and which rows the table shows.
(function () {
  "use strict";
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const narrow = window.matchMedia("(max-width: 700px)");
  const look = () => ({ dark: dark.matches, narrow: narrow.matches });
  const tell = () => window.dash_clientside.set_props("screen", { data: look() });
  let listening = false;

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    tracker: {
      screen() {
        if (!listening) {
          listening = true;
          dark.addEventListener("change", tell);
          narrow.addEventListener("change", tell);
        }
        return look();
      },
      countRows(shown, all) {
        const total = (all || []).length;
        const seen = shown && shown.length <= total ? shown.length : total;
        const noun = total === 1 ? "figure" : "figures";
        return seen === total
          ? `${total.toLocaleString("en")} ${noun} in view`
          : `${seen.toLocaleString("en")} of ${total.toLocaleString("en")} ${noun} in view`;
      },
      rowsInView(clicks, shown, all) {
        return { clicks, ids: (shown || all || []).map((row) => row.figure_id) };
      },
    },
  });
})();
